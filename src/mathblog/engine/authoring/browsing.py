"""The texts of a site as a list, and where one of them is shown."""

import datetime
import os
import shlex
import socket
import subprocess

from mathblog.core.dataclass import dataclass
from mathblog.engine.authoring.texts import find_text, read_texts
from mathblog.engine.problem import ENVIRONMENT, BuildStopped
from mathblog.engine.request import BuildRequest
from mathblog.model.document import POSTS

_SECONDS = 2.0  # that a server of this computer may take to answer
_PORT = 4000


@dataclass(frozen=True, slots=True)
class Listed:
    """A draft or a post. `state` is `draft`, `unpublished` (`published: false`), `future` or `published`; `date` is ISO's, '' for a draft."""

    state: str
    date: str
    path: str
    title: str
    tags: tuple[str, ...]
    url: str


def list_posts(request: BuildRequest, *, tag: str = "") -> tuple[Listed, ...]:
    """All drafts by path, then posts, the newest first; with `tag` only those that have it.

    Raises:
        BuildStopped: 2 for a folder that is no blog.

    """
    texts = read_texts(request)
    now = datetime.datetime.now(datetime.UTC)
    metas = [meta for meta in texts.metas.values() if meta.collection == POSTS and (not tag or tag in meta.tags)]
    metas.sort(key=lambda it: (not it.draft, 0 if it.draft or it.date is None else -it.date.timestamp(), it.path))
    found: list[Listed] = []
    for meta in metas:
        later = meta.date is not None and meta.date > now
        hidden = meta.data.get("published") is False
        state = "draft" if meta.draft else "unpublished" if hidden else "future" if later else "published"
        date = meta.date.isoformat() if meta.date and not meta.draft else ""
        found.append(Listed(state, date, meta.path, meta.title, meta.tags, meta.url))
    return tuple(found)


def find_page(request: BuildRequest, name: str, port: int | None) -> str:
    """The address of a text, or of the home page where it is '', in a preview that runs on this computer.

    Raises:
        BuildStopped: 2 where there is no such text, 3 where no preview runs.

    """
    texts = read_texts(request)
    url = find_text(texts, name).url if name else "/"
    said = texts.config.value("port")
    port = port or (said if isinstance(said, int) and said else _PORT)
    try:
        socket.create_connection(("127.0.0.1", port), _SECONDS).close()
    except OSError as error:
        message = f"no preview runs on port {port}"
        hint = "`mathblog serve --open` starts one; `--port` names another"
        raise BuildStopped(message, code=ENVIRONMENT, hint=hint) from error
    return f"http://127.0.0.1:{port}{texts.config.site.baseurl}{url}"


def edit_source(request: BuildRequest, name: str) -> None:
    """Open the source of a text in the author's editor (`VISUAL`, `EDITOR`), and wait for it.

    Raises:
        BuildStopped: 2 where there is no such text, 3 where no editor is named or it cannot be run.

    """
    texts = read_texts(request)
    path = texts.root / find_text(texts, name).path if name else texts.root
    editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    if not editor:
        message = "`EDITOR` names no editor"
        raise BuildStopped(message, code=ENVIRONMENT, hint="set it, such as `export EDITOR=nano`")
    try:
        subprocess.run([*editor, str(path)], check=True)  # noqa: S603 - the author's own choice
    except (OSError, subprocess.CalledProcessError) as error:
        message = f"the editor `{editor[0]}` failed: {error}"
        raise BuildStopped(message, code=ENVIRONMENT, hint="`EDITOR` names it") from error
