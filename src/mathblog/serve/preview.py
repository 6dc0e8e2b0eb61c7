"""The state that a browser is shown after a build: the site, its problems, and what changed."""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, unquote

from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic, Severity, in_file
from mathblog.core.excerpt import describe, location

EDITOR_URL = "vscode://file{path}:{line}:{column}"
_MOST = 20  # problems that a page shows; the terminal has them all


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A diagnostic for a page: its place, a link that opens the place in an editor, the rest of the report."""

    severity: str
    place: str
    link: str
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The site after a build.

    `root` is the folder of the last good site, None where there was none yet. `failed` says that `problems` kept a
    newer one from being published. `changed` are the paths, below `root`, of files that the build wrote or removed;
    `edited` is the path of the page whose source was edited, '' for none or several.
    """

    number: int
    root: Path | None
    baseurl: str = ""
    problems: tuple[ShownProblem, ...] = ()
    failed: bool = False
    changed: tuple[str, ...] = ()
    edited: str = ""


def address_of(preview: Preview, path: str) -> str:
    """The address, from the host on, of a file of the site; `index.html` is left out as in the site's own links."""
    shown = path.removesuffix("index.html") if path.rpartition("/")[2] == "index.html" else path
    return quote(f"{unquote(preview.baseurl)}/{shown}")


def show_problems(
    diagnostics: Iterable[Diagnostic], source: Path, editor_url: str = EDITOR_URL
) -> tuple[ShownProblem, ...]:
    """Problems for a page, errors first. `editor_url` holds `{path}`, `{line}` and `{column}`."""
    ranked = sorted(diagnostics, key=lambda item: (item.severity is not Severity.ERROR, item.sort_key))
    shown: list[ShownProblem] = []
    for item in ranked[:_MOST]:
        link = editor_url if item.path else ""
        if link:
            path = (source.absolute() / item.path).as_posix()
            path = quote(path if path.startswith("/") else f"/{path}", safe="/:")  # `/c:/blog` on Windows
            values = (("{path}", path), ("{line}", str(item.line or 1)), ("{column}", str(item.column or 1)))
            for name, value in values:
                link = link.replace(name, value)
        place = location(item)
        shown.append(ShownProblem(str(item.severity), place, link, describe(item).removeprefix(f"{place}: ")))
    if len(ranked) > _MOST:
        rest = in_file("", f"{len(ranked) - _MOST} more, in the terminal", code="")
        shown.append(ShownProblem(rest.severity, "", "", rest.message))
    return tuple(shown)
