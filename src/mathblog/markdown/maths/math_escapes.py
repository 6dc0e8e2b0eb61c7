r"""TeX that was written for Markdown's escapes -> TeX.

kramdown reads `$…$`, `\\(…\\)` and bare environments as text, wherever they stand: before each character of `ESCAPABLE`
it takes a backslash off (`parser/escaped_chars.rb`). So does mathblog, but where the result would be an error of TeX's or
nonsense (ADR 23); `kept_escapes` names these places:

- `\\` before a blank, a digit or a bracket ends a row, where a command of the formula makes rows; also before all else that
  would be no command. Three and more backslashes at the end of a line do.
- `\{` and `\}` are braces to be seen, unless the pair is an argument (`x_\{t}`, `\frac\{a\}\{b\}`) or is needed to group.
  `\\{` and `\\}` are braces to be seen where the other braces pair without them.
- `\_` is a sign in a name (`\mathrm{max\_iter}`, `\text{…}`) and where it would be a second subscript.
- `\!` and `\:` are TeX's spaces, `\#` and `\$` its signs; accents (`\'e`) and `\(…\)` stay in texts.
- `\\alpha`, `\\|`, `\\&`, `\\%` keep both where a command makes rows, unless the formula doubles all backslashes: one `\\\\`
  or `\\begin` says so.

Entities (`&lt;`, `&nbsp;`) are the characters they stand for, also between two dollars.
"""

import re
from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern
from mathblog.text.brackets import are_paired
from mathblog.text.html_tags import ENTITY, without_entities

ESCAPABLE = "\\\\.*_+`<>()\\[\\]{}#!:|\"'$=\\-~"  # kramdown's, for a set in a pattern
_MAY_ESCAPE = lazy_pattern(rf"\\[{ESCAPABLE}]|{ENTITY}")
_ESCAPE = lazy_pattern(rf"\\([{ESCAPABLE}])")
_DOUBLES = lazy_pattern(r"\\\\\\\\|(?<!\\)\\\\(?:begin|end)\{")
_ROWS = lazy_pattern(r"\\begin|\\(?:substack|displaylines|eqalign|matrix|pmatrix|cases|array)\s*\{")
_TOKEN = lazy_pattern(
    r"(?P<end>(?<!\\)\\\\\\+(?=\n))|(?P<row>\\\\(?:\\\\|\\(?=[\s\d&])))"
    r"|\\\\\\(?P<triple>[{}|_#$!:])|\\\\(?P<double>[a-zA-Z{}_|#%&,;:!> ])|\\\\"
    r"|(?P<text>\\(?:text[a-z]*|mbox|hbox|operatorname\*?|math(?:rm|tt|sf|it))\s*\{)"
    r"|\\(?P<single>[{}|_*+\-<>()\[\].`\"'=~])|\\.|(?P<brace>[{}])",
    re.DOTALL,
)
_BRACE = lazy_pattern(r"\\\\(?![{}])|\\+[{}]|[{}]")
_SECOND_SCRIPT = lazy_pattern(r"\\?_\s*(?:\w|\\[a-zA-Z]+|\{[^{}]*\})\s*\\_")
_SIGNS_IN_TEXT = frozenset("|*+<>{}")  # a text shows other signs with their backslash, or makes accents of them


class Kept(NamedTuple):
    """A place where a formula keeps what kramdown would take off: `start` in what was written, and both readings."""

    start: int
    written: str
    kramdown: str


def plain_tex(written: str) -> str:
    """The TeX of a formula that Markdown has read as text. Takes linear time."""
    if not _MAY_ESCAPE.search(written) or _only_ends_rows(written):
        return written
    return _Reading(without_entities(written)).plain()


def _only_ends_rows(written: str) -> bool:
    r"""Whether all that may be an escape is `\\` before a blank, in a formula with rows: it ends a row there."""
    others = written.replace("\\\\ ", "").replace("\\\\\n", "")
    return "\\\\\\" not in written and not _MAY_ESCAPE.search(others) and _ROWS.search(written) is not None


def kept_escapes(written: str) -> list[Kept]:
    """The places of a formula where it is not read as kramdown reads it, for those who compare."""
    reading = _Reading(written)
    reading.plain()
    return reading.kept


class _Reading:
    """The reading of escapes in one formula, and the properties of the formula that decide it."""

    def __init__(self, tex: str) -> None:
        from mathblog.markdown.maths.escaped_braces import grouping_braces  # its patterns take 2 ms to compile

        self.tex = tex
        self.doubles = _DOUBLES.search(tex) is not None
        self.rows = _ROWS.search(tex) is not None
        # whether the braces pair when those after `\\` are to be seen
        self.has_braces = are_paired(brace for brace in _BRACE.findall(tex) if brace in "{}")
        self.has_scripts = _SECOND_SCRIPT.search(tex) is None
        self.groups = grouping_braces(tex, told_apart=self.has_braces and "\\\\{" in tex)
        self.kept: list[Kept] = []

    def plain(self) -> str:
        parts: list[str] = []
        at = depth = text = 0  # `text` is the depth of the outermost text that is open
        for token in _TOKEN.finditer(self.tex):
            read = self._read(token, in_text=text > 0)
            parts += self.tex[at : token.start()], read
            at = token.end()
            if read == token[0] and read[0] == "\\" and (kramdown := _ESCAPE.sub(r"\1", read)) != read:
                self.kept.append(Kept(token.start(), read, kramdown))
            if token["text"] or read == "{":
                depth += 1
                text = text or (depth if token["text"] else 0)
            elif read == "}":
                text = 0 if depth == text else text
                depth -= 1
        return "".join((*parts, self.tex[at:]))

    def _read(self, token: re.Match[str], *, in_text: bool) -> str:
        if token["row"] or token["end"]:
            return "\\\\"
        if token["double"] and (self.doubles or self._is_escape(token["double"], token.end())):
            return f"\\{token['double']}"
        if token["triple"] and (self.doubles or not self.rows or token["triple"] in "_#$"):
            return f"\\{token['triple']}"
        if (sign := token["single"]) and (not in_text or sign in _SIGNS_IN_TEXT) and self._is_sign(sign, token):
            return sign
        return token[0]

    def _is_escape(self, sign: str, end: int) -> bool:
        r"""Whether `\\` before a sign is one backslash, in a formula that does not double all of them."""
        if sign in "{}":
            return self.has_braces
        if sign.islower() and not self.tex[end : end + 1].isalpha():  # no command has this name
            return False
        return sign in "_#,;:!" or not self.rows

    def _is_sign(self, sign: str, token: re.Match[str]) -> bool:
        r"""Whether a backslash before a sign is Markdown's: `\_` and braces are TeX's own, too."""
        if sign in "{}":
            return token.start() in self.groups
        return sign != "_" or (self.has_scripts and self.tex[token.end() : token.end() + 1].strip(" \n}") != "")
