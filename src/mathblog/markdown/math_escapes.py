r"""TeX that was written for Markdown's escapes -> TeX.

kramdown reads `$…$`, `\\(…\\)` and bare environments as text: of `\\{`, `\\\\`, `\_`, `\*` it takes one backslash off, and
so its users write them. Others write TeX. Each escape is read as the one that can have been meant:

- `\\\\` is `\\`; so is `\\` before a blank, a digit, a bracket: the end of a row.
- `\\{` and `\\}` are braces to be seen where the other braces pair without them.
- `\\_ \\# \\, \\; \\: \\!` lose a backslash. So do `\\alpha`, `\\|`, `\\&`, `\\%` where no command of the formula makes rows.
- `\\\{`, `\\\}` and `\\\|` lose two, where no command makes rows.
- One `\\\\`, or `\\begin`, says that the author doubles all backslashes.
- `\_` is a subscript and `\* \+ \- \< \( \) \[ \]` are their signs, but not in a text.
- `&lt;`, `&gt;` and `&amp;` are `<`, `>` and `&`, also between two dollars.

`\{`, `\|`, `\#` keep their meaning in TeX.
"""

import re
from html import unescape

_MAY_ESCAPE = re.compile(r"\\[\\_*+\-<()\[\]]|&(?:lt|gt|amp);")
_ENTITY = re.compile(r"&(?:lt|gt|amp);")
_DOUBLES = re.compile(r"\\\\\\\\|(?<!\\)\\\\(?:begin|end)\{")
_ROWS = re.compile(r"\\begin|\\(?:substack|displaylines|eqalign|matrix|pmatrix|cases|array)\s*\{")
_TOKEN = re.compile(
    r"(?P<row>\\\\\\\\)|\\\\\\(?P<triple>[{}|])|\\\\(?P<double>[a-zA-Z{}_|#%&,;:! ])|\\\\"
    r"|(?P<text>\\(?:text[a-z]*|mbox|hbox|operatorname\*?|math(?:rm|tt|sf|it))\s*\{)"
    r"|\\(?P<single>[_*+\-<()\[\]])|\\.|(?P<brace>[{}])",
    re.DOTALL,
)
_BRACE = re.compile(r"\\\\(?![{}])|\\+[{}]|[{}]")
_SCRIPT = re.compile(r"[\w\\{]")
_TWO_SCRIPTS = re.compile(r"\\_(?:\w|\\[a-zA-Z]+|\{[^{}]*\})\s*\\_")


def plain_tex(written: str) -> str:
    """The TeX of a formula that Markdown has read as text. Takes linear time."""
    if not _MAY_ESCAPE.search(written):
        return written
    return _Reading(without_entities(written)).plain()


def without_entities(written: str) -> str:
    """The same text with the signs that HTML makes authors write as entities."""
    return _ENTITY.sub(lambda entity: unescape(entity[0]), written) if "&" in written else written


class _Reading:
    """What decides between the readings of an escape in one formula."""

    def __init__(self, tex: str) -> None:
        self.tex = tex
        self.doubles = _DOUBLES.search(tex) is not None
        self.rows = _ROWS.search(tex) is not None
        self.has_braces = _pairs(tex)
        self.has_scripts = _TWO_SCRIPTS.search(tex) is None

    def plain(self) -> str:
        parts: list[str] = []
        at = depth = text = 0  # `text` is the depth of the outermost text that is open
        for token in _TOKEN.finditer(self.tex):
            parts += self.tex[at : token.start()], self._read(token, in_text=text > 0)
            at = token.end()
            if token["text"] or token["brace"] == "{":
                depth += 1
                text = text or (depth if token["text"] else 0)
            elif token["brace"]:
                text = 0 if depth == text else text
                depth -= 1
        return "".join((*parts, self.tex[at:]))

    def _read(self, token: re.Match[str], *, in_text: bool) -> str:
        if token["row"]:
            return "\\\\"
        if token["double"] and (self.doubles or self._is_escape(token["double"], token.end())):
            return f"\\{token['double']}"
        if token["triple"] and (self.doubles or not self.rows):
            return f"\\{token['triple']}"
        if token["single"] and not in_text and self._is_sign(token["single"], token.end()):
            return token["single"]
        return token[0]

    def _is_escape(self, sign: str, end: int) -> bool:
        r"""Whether `\\` before a sign is one backslash, in a formula that does not double all of them."""
        if sign in "{}":
            return self.has_braces
        if sign.islower() and not self.tex[end : end + 1].isalpha():  # no command has this name
            return False
        return sign in "_#,;:!" or (sign != " " and not self.rows)

    def _is_sign(self, sign: str, end: int) -> bool:
        return sign != "_" or (self.has_scripts and _SCRIPT.match(self.tex, end) is not None)


def _pairs(tex: str) -> bool:
    r"""Whether the braces pair when those after `\\` are to be seen."""
    depth = 0
    for brace in _BRACE.findall(tex):
        if brace in "{}":
            depth += 1 if brace == "{" else -1
            if depth < 0:
                return False
    return depth == 0
