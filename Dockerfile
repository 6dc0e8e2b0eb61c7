# mathblog as an image:
#   docker build -t mathblog .
#   docker run --rm -v "$PWD:/blog" -u "$(id -u):$(id -g)" mathblog build
#   docker run --rm -v "$PWD:/blog" -u "$(id -u):$(id -g)" -p 127.0.0.1:4000:4000 mathblog serve --host 0.0.0.0 --force_polling
FROM python:3.13-slim AS wheel
COPY . /mathblog
RUN pip wheel --quiet --no-cache-dir --no-deps --wheel-dir /wheels /mathblog

FROM python:3.13-slim
RUN --mount=type=bind,from=wheel,source=/wheels,target=/wheels \
    --mount=type=bind,source=requirements.lock,target=/requirements.lock \
    pip install --quiet --no-cache-dir --constraint /requirements.lock /wheels/*.whl
# any user may run it: what it keeps for one (its key of the cache, themes that were fetched) goes here
ENV HOME=/home/mathblog
RUN mkdir -m 1777 /home/mathblog
USER 1000:1000
WORKDIR /blog
EXPOSE 4000
ENTRYPOINT ["mathblog"]
CMD ["--help"]
