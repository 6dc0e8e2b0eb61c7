"""The path of a request -> a file of the site, and never any other file."""

import os
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote, unquote

from mathblog.core.dataclass import dataclass
from mathblog.serve.preview import Preview

FORBIDDEN = 400
FOUND = 200
MOVED = 302  # a browser would remember a permanent one after the preview is gone
MISSING = 404
_SHOWN_DOT_FOLDERS = (".well-known",)


@dataclass(frozen=True, slots=True)
class Response:
    """The response to a request: a file, with MISSING the site's own `404.html`; or where to go instead."""

    status: int
    file: Path | None = None
    location: str = ""


def locate(preview: Preview, path: str) -> Response:
    """Return the answer to `path`, percent-decoded, as the hosts of static sites give it.

    `/x` is the file `x`, or `x.html`; `/x/` is `x/index.html`, and `/x` leads there; folders are not listed. The site
    lives below its base URL, and `/` leads to it. Anything strange is refused before the disk is asked.
    """
    if not path.startswith("/") or "\0" in path or "\\" in path:
        return Response(FORBIDDEN)
    root = preview.root
    if root is None:
        return Response(MISSING)
    baseurl = unquote(preview.baseurl)
    if baseurl and path in ("/", baseurl):
        return Response(MOVED, location=quote(f"{baseurl}/"))
    if not path.startswith(f"{baseurl}/"):
        return _missing(root)
    inner = path.removeprefix(baseurl)
    parts = inner[1:].split("/")
    hidden = any(part.startswith(".") and part not in _SHOWN_DOT_FOLDERS for part in parts)  # our own files, too
    if hidden or "" in parts[:-1]:
        return _missing(root)
    name = "/".join(parts)
    if not parts[-1]:
        file = _file(root, f"{name}index.html")
    else:
        file = _file(root, name) or _file(root, f"{name}.html")
        if file is None and _file(root, f"{name}/index.html"):
            return Response(MOVED, location=quote(f"{baseurl}{inner}/"))
    return Response(FOUND, file) if file else _missing(root)


def digest_of(answer: Response) -> str:
    """A name for the content of an answer."""
    if answer.file is None:
        return f"{answer.status}"
    try:
        return digest_content(answer.file.read_bytes())
    except OSError:  # removed by a build this very moment
        return ""


def digest_content(content: bytes) -> str:
    """A name for a content: the same for the same bytes only."""
    return blake2b(content, digest_size=12).hexdigest()


def _missing(root: Path) -> Response:
    return Response(MISSING, _file(root, "404.html"))


def _file(root: Path, name: str) -> Path | None:
    """A regular file below `root`, also when links are followed."""
    real_root = os.path.realpath(root)
    try:
        real = os.path.realpath(os.path.join(real_root, name))  # noqa: PTH118 - `Path` hides an error in a name
        inside = os.path.commonpath((real, real_root)) == real_root
        return Path(real) if inside and os.path.isfile(real) else None  # noqa: PTH113
    except (OSError, ValueError):  # a name that no file can have, another drive
        return None
