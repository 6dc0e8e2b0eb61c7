"""The protocol of a compiler of Sass, with requests and answers in JSON, the same for every engine."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol

from mathblog.core.patterns import lazy_pattern
from mathblog.core.surrogates import without_halves

if TYPE_CHECKING:
    from mathblog.styles.imports import Imports

STYLES = (".scss", ".sass")
COMPILE = "mathblogSass.compile"  # the function in sass.js
SCRIPT = "sass.js"
_SILENCED = ("import",)  # what Jekyll's manual teaches, and the only way for those who use its older converter

_TABBED = lazy_pattern(r"^\t+", re.MULTILINE)
_INDENTED_BY_BLANKS = lazy_pattern(r"^ +\S", re.MULTILINE)


class SassCompiler(Protocol):
    """Sass's own compiler. It may own an engine, which is started with the first style sheet."""

    def compile(self, question: str) -> str:
        """The answer to a `request`; what stops the engine is an error in it."""


class SassPlace(NamedTuple):
    """A place: the path of an imported style sheet, '' for the one that is compiled, and a stretch of it."""

    path: str
    start: int  # in UTF-16 code units, as JavaScript counts
    end: int


class Warned(NamedTuple):
    """A message that a style sheet gives by `@warn`, or Sass about it."""

    message: str
    place: SassPlace | None


class SassAnswer(NamedTuple):
    """The result of a style sheet.

    `error` leaves `css` empty. `wanted` is what the request's table did not know: the sheet that loads, and the name
    that it loads; then nothing else counts. `missing` are those that are nowhere. `old` counts spellings that a later
    Sass will not know, by Sass's name of the change; `first` is the first place of one.
    """

    css: str
    error: Warned | None
    wanted: tuple[str, str] | None
    missing: tuple[tuple[str, str], ...]
    old: Mapping[str, int]
    first: SassPlace | None
    said: tuple[Warned, ...]


def request(text: str, imports: "Imports", *, indented: bool) -> str:
    """The question: a style sheet, where what it loads lies ('' for nowhere), and the texts of these files.

    Where the site counts on a theme, what is nowhere counts as an empty style sheet.
    """
    from json import dumps

    return dumps(
        {
            "text": _evenly_indented(text) if indented else text,
            "indented": indented,
            "style": "compressed" if imports.options.style == "compressed" else "expanded",
            "table": {"\n".join(key): path for key, path in imports.table.items()},
            "files": {
                path: _evenly_indented(source.text) if path.endswith(".sass") else source.text
                for path, source in imports.files.items()
            },
            "forgiving": bool(imports.options.theme),
            "silenced": _SILENCED,
        }
    )


def _evenly_indented(text: str) -> str:
    """A text in the indented syntax, with blanks for tabs where some lines begin with tabs and others with blanks: Sass refuses such a file.

    LibSass, which Jekyll used for long, counted each character as one level. No character changes its place.
    """
    if not (_TABBED.search(text) and _INDENTED_BY_BLANKS.search(text)):
        return text
    return _TABBED.sub(lambda tabs: " " * len(tabs[0]), text)


def refusal(message: str) -> str:
    """The answer that a compiler gives when its engine was stopped."""
    from json import dumps

    return dumps({"css": "", "error": {"message": message, "place": None}})


def read_answer(text: str) -> SassAnswer:
    """The answer as a value."""
    from json import loads

    found = loads(without_halves(text))
    wanted = found.get("wanted")
    return SassAnswer(
        found["css"],
        _warned(found["error"]) if found["error"] else None,
        (wanted[0], wanted[1]) if wanted else None,
        tuple((name[0], name[1]) for name in found.get("missing", ())),
        found.get("old", {}),
        _place(found.get("first")),
        tuple(map(_warned, found.get("said", ()))),
    )


def _warned(found: Mapping[str, object]) -> Warned:
    return Warned(str(found["message"]), _place(found["place"]))


def _place(found: object) -> SassPlace | None:
    return SassPlace(str(found["path"]), int(found["start"]), int(found["end"])) if isinstance(found, dict) else None
