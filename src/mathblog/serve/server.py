"""The preview's web server: files of the site, the reload script put into pages on their way out."""

import contextlib
import threading
from collections.abc import AsyncIterator
from mimetypes import MimeTypes
from pathlib import Path
from socket import socket
from types import TracebackType
from typing import Self
from urllib.parse import quote, unquote

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from mathblog.serve.connections import PreviewProtocol
from mathblog.serve.hosts import HostPolicy
from mathblog.serve.locate import FORBIDDEN, FOUND, MISSING, MOVED, digest_content, digest_of, locate
from mathblog.serve.reload import Hub

_OWN = "/__mathblog"
_REFUSED = 403
_CLIENT = {"client.js": "text/javascript", "client.css": "text/css"}  # files of this package
_UNCHANGED = 304
_NOT_YET = 503
_FRESH = {"cache-control": "no-cache"}  # a browser may keep a file, but asks each time
_DOCUMENTS = ("", "document", "iframe", "frame")
_LEAVING = 1  # seconds that open connections have to end
_TYPES = {
    ".avif": "image/avif",
    ".js": "text/javascript",
    ".jxl": "image/jxl",
    ".mjs": "text/javascript",
    ".md": "text/markdown",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


class PreviewServer:
    """Owns the thread in which uvicorn answers. A context manager: inside it the server runs, after it all has ended."""

    def __init__(self, app: ASGIApp, hub: Hub, listening: socket) -> None:
        config = uvicorn.Config(
            app,
            log_config=None,
            log_level="error",  # its warnings are about what clients send
            access_log=False,
            http=PreviewProtocol,
            ws="none",
            lifespan="on",
            server_header=False,
            timeout_graceful_shutdown=_LEAVING,
        )
        self._server = uvicorn.Server(config)
        self._hub = hub
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [listening]}, name="preview", daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            self._thread.join(0.005)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.should_exit = True
        self._hub.close()
        self._thread.join(_LEAVING + 1)

    @property
    def is_running(self) -> bool:
        """Whether it still answers."""
        return self._thread.is_alive()


def make_app(hub: Hub, hosts: HostPolicy, *, livereload: bool) -> ASGIApp:
    """The application: the site as `hub` knows it, for those whom `hosts` allows."""
    pages = _Pages(hub, livereload=livereload)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        hub.attach()
        yield

    async def events(request: Request) -> Response:
        headers = request.headers
        same = headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
        if not same or ("origin" in headers and not hosts.allows_origin(headers["origin"], headers["host"])):
            return PlainTextResponse("only the preview's own pages may listen\n", _REFUSED)
        path = unquote(request.query_params.get("page", "/"))
        stream = hub.follow(path, request.query_params.get("digest", ""))
        return StreamingResponse(stream, media_type="text/event-stream", headers={"cache-control": "no-store"})

    def client(request: Request) -> Response:
        name = request.url.path.removeprefix(f"{_OWN}/")
        return FileResponse(Path(__file__).with_name(name), media_type=_CLIENT[name], headers=_FRESH)

    own = [Route(f"{_OWN}/{name}", client) for name in _CLIENT]
    own = [Route(f"{_OWN}/events", events), *own] if livereload else []
    app = Starlette(routes=[*own, Route("/{path:path}", pages.answer)], lifespan=lifespan)
    app.router.redirect_slashes = False
    return _OnlyFor(hosts, app)


class _OnlyFor:
    """Refuses requests whose `Host` is not this server's."""

    def __init__(self, hosts: HostPolicy, app: ASGIApp) -> None:
        self._hosts = hosts
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._hosts.allows(Headers(scope=scope).get("host", "")):
            refusal = PlainTextResponse("this host is not served here; name it with --host\n", _REFUSED)
            await refusal(scope, receive, send)
            return
        await self._app(self._relative(scope), receive, send)

    def _relative(self, scope: Scope) -> Scope:
        """A request for a whole address of this server, as proxies send it (RFC 9112, 3.2.2), as one for its path."""
        if scope["type"] != "http" or scope["path"].startswith("/"):
            return scope
        scheme, _, address = scope["path"].partition("://")
        host, _, path = address.partition("/")
        if scheme.lower() not in ("http", "https") or not self._hosts.allows(host):
            return scope
        return {**scope, "path": f"/{path}", "raw_path": quote(f"/{path}").encode()}


class _Pages:
    """Answers with files of the site."""

    def __init__(self, hub: Hub, *, livereload: bool) -> None:
        self._hub = hub
        self._livereload = livereload
        self._types = MimeTypes()  # a table of its own: the system's differ from one machine to the next
        for extension, kind in _TYPES.items():
            self._types.add_type(kind, extension)

    async def answer(self, request: Request) -> Response:
        """Answer one request."""
        preview = await self._hub.current()
        if preview is None:
            return PlainTextResponse("the preview ends\n", _NOT_YET)
        answer = locate(preview, request.scope["path"])
        if answer.status == FORBIDDEN:
            return PlainTextResponse("no such address\n", FORBIDDEN)
        if answer.status == MOVED:
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(answer.location + query, MOVED, headers=_FRESH)
        if answer.file is None:
            return self._page(request, _STAND_IN, digest_of(answer), _NOT_YET if preview.root is None else MISSING)
        try:
            if answer.file.suffix in (".html", ".htm"):
                content = answer.file.read_bytes()
                return self._page(request, content, digest_content(content), answer.status)
            return self._file(request, answer.file)
        except FileNotFoundError:  # removed by a build this very moment
            return PlainTextResponse("gone\n", MISSING)

    def _page(self, request: Request, content: bytes, digest: str, status: int) -> Response:
        live = self._livereload and request.headers.get("sec-fetch-dest", "") in _DOCUMENTS
        headers = _FRESH | {"etag": f'"{digest}{"-live" * live}"', "vary": "sec-fetch-dest"}
        if status == FOUND and _is_known(request, headers["etag"]):
            return Response(status_code=_UNCHANGED, headers=headers)
        if live:  # the script that reloads goes to the end of the body
            script = f'<script src="{_OWN}/client.js" data-page="{digest}"></script>'.encode()
            at = content.rfind(b"</body>")
            content = content + script if at < 0 else content[:at] + script + content[at:]
        return HTMLResponse(content, status, headers)

    def _file(self, request: Request, file: Path) -> Response:
        stat = file.stat()
        headers = _FRESH | {"etag": f'"{stat.st_mtime_ns:x}-{stat.st_size:x}-{stat.st_ino:x}"'}
        if _is_known(request, headers["etag"]):
            return Response(status_code=_UNCHANGED, headers=headers)
        kind = self._types.guess_type(file.name)[0] or "application/octet-stream"
        if kind in ("application/json", "application/xml", "application/manifest+json", "image/svg+xml"):
            kind += "; charset=utf-8"
        return FileResponse(file, headers=headers, media_type=kind, stat_result=stat)


_STAND_IN = b'<!DOCTYPE html>\n<meta charset="utf-8">\n<title>mathblog</title>\n<p>There is no page here.</p>\n'


def _is_known(request: Request, etag: str) -> bool:
    """Whether the browser has this very content (RFC 9110, If-None-Match: weak comparison)."""
    known = request.headers.get("if-none-match", "")
    return etag in [tag.strip().removeprefix("W/") for tag in known.split(",")]
