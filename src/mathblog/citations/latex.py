r"""The value of a BibTeX field -> pybtex's rich text: accents, signs, `\emph`, `\textsc`, `\url`, `\href`, braces.

Formulas stay as they are written. What no rule knows is kept with its backslash: nothing is eaten.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Protocol

from pybtex.richtext import BaseText, HRef, Protected, String, Symbol, Tag

from mathblog.citations.rich import RichText
from mathblog.core.patterns import lazy_pattern

_ACCENTS: Mapping[str, str] = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "k": "\u0328",
    "r": "\u030a", "G": "\u030f", "U": "\u030e",
}  # fmt: skip
_SIGNS: Mapping[str, str] = {
    "ss": "ß", "SS": "SS", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ", "th": "þ", "TH": "Þ",
    "ng": "ŋ", "NG": "Ŋ", "S": "§", "P": "¶", "copyright": "©", "pounds": "£", "euro": "€", "dag": "†", "ddag": "‡",
    "ldots": "…", "dots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—", "textbackslash": "\\",
    "textless": "<", "textgreater": ">", "textbar": "|", "textasciitilde": "~", "textasciicircum": "^",
    "textunderscore": "_", "textregistered": "®", "texttrademark": "™",
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”",
    "textquotesingle": "'", "textquotedbl": '"', "textperiodcentered": "·", "textcopyright": "©", "textmu": "µ",
    "textdegree": "°", "degree": "°", "guillemotleft": "«", "guillemotright": "»", "textpm": "±", "texttimes": "×",
    "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2ε", "BibTeX": "BibTeX", "slash": "/", "par": " ", "newline": " ",
    "quad": " ", "qquad": " ", "space": " ", "newblock": " ", "nobreakspace": "\xa0",
    "&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", " ": " ", ",": "\u2009", "-": "", "/": "",
    "\\": " ", "@": "", "!": "", ";": " ", ":": " ",
}  # fmt: skip
_TAGS: Mapping[str, str] = {
    "emph": "i", "textit": "i", "textsl": "i", "em": "i", "it": "i", "itshape": "i", "sl": "i", "slshape": "i",
    "textbf": "b", "bf": "b", "bfseries": "b", "textsc": "small-caps", "sc": "small-caps", "scshape": "small-caps",
    "texttt": "code", "tt": "code", "ttfamily": "code", "textsuperscript": "sup", "textsubscript": "sub",
    "underline": "u",
}  # fmt: skip
_SWITCHES = frozenset(
    {"em", "it", "itshape", "sl", "slshape", "bf", "bfseries", "sc", "scshape", "tt", "ttfamily"}
)  # they hold to the end of their group
_AS_IT_IS = frozenset(
    {"textrm", "textup", "textnormal", "text", "mbox", "hbox", "textsf", "textmd", "mathrm", "uppercase",
     "MakeUppercase", "lowercase", "MakeLowercase", "bibinfo", "bibnamefont", "bibfnamefont", "natexlab"}
)  # fmt: skip
_NOTHING = frozenset(
    {"rm", "rmfamily", "sf", "sffamily", "up", "upshape", "normalfont", "relax", "protect", "bgroup", "egroup",
     "noindent", "allowbreak", "penalty", "hskip", "scriptsize", "small", "tiny", "footnotesize", "cyr"}
)  # fmt: skip
_UNSEEN = frozenset({"noopsort", "noop", "SortNoop", "NOOP", "foreignlanguage"})  # their first argument
_COMMAND = lazy_pattern(r"\\([A-Za-z]+\*?|.)[ \t]*", re.DOTALL)
_SPECIAL = lazy_pattern(r"[\\{}$~`'\"-]")
_DEEPEST = 60


class Maths(Symbol):  # type: ignore[misc]  # pybtex has no types
    """A formula in rich text: one sign that no change of case and no cut goes into."""

    def __init__(self, tex: str, *, display: bool = False) -> None:
        super().__init__(tex)
        self.display = display

    def __str__(self) -> str:
        """Return the formula as it is written in a text."""
        return f"${self.name}$"

    def _typeinfo(self) -> tuple[type, tuple[object, ...]]:
        return Maths, (object(),)  # never joined with another

    def render(self, backend: "MathsBackend") -> str:
        """Return it as the backend writes formulas."""
        return backend.format_maths(self.name)


class MathsBackend(Protocol):
    """A backend that can write `Maths`."""

    def format_maths(self, tex: str) -> str:
        """Return a formula as the backend writes it."""


@lru_cache(maxsize=4096)
def decode(value: str) -> BaseText:
    """Return the rich text of a value."""
    if _SPECIAL.search(value) is None:
        return RichText(String(value))
    return RichText(*_Decoder(value).group(0))


def plain(value: str) -> str:
    r"""The same as characters: no braces, no commands, formulas between dollars."""
    return value if _SPECIAL.search(value) is None else str(decode(value))


class _Decoder:
    """A run over one value."""

    def __init__(self, value: str) -> None:
        self.value = value
        self.at = 0
        self.before = " "  # the last character that was written: it tells which way a straight quote turns
        self.endless = ""
        self.nested = 0  # commands in arguments of commands

    def group(self, depth: int) -> list[BaseText]:
        """The parts up to the brace that closes the group, or to the end."""
        parts: list[BaseText] = []
        value, end = self.value, len(self.value)
        while self.at < end:
            found = _SPECIAL.search(value, self.at)
            stop = found.start() if found else end
            self._write(parts, value[self.at : stop])
            self.at = stop
            if found is None:
                break
            sign = found[0]
            if sign == "}":
                self.at += 1
                if depth:
                    break
            elif sign == "{":
                self._braces(parts, depth)
            elif sign == "\\":
                self._command(parts, depth)
            elif sign == "$":
                self._formula(parts)
            else:
                self._punctuation(parts, sign)
        return parts

    def _write(self, parts: list[BaseText], words: str) -> None:
        if words:
            parts.append(String(words))
            self.before = words[-1]

    def _braces(self, parts: list[BaseText], depth: int) -> None:
        """A group. One that begins with a command is no protection: it is how BibTeX knows an accented letter."""
        self.at += 1
        special = self.value.startswith("\\", self.at)
        inner = self.group(depth + 1) if depth < _DEEPEST else []
        parts.append(RichText(*inner) if special else Protected(*inner))

    def _formula(self, parts: list[BaseText]) -> None:
        r"""`$…$` or `$$…$$`; a dollar alone is a dollar."""
        mark = "$$" if self.value.startswith("$$", self.at) else "$"
        start = self.at + len(mark)
        end = self.value.find(mark, start)
        while end > 0 and self.value[end - 1] == "\\":
            end = self.value.find(mark, end + 1)
        if end <= start:
            self._write(parts, mark)
            self.at = start
            return
        self._maths(parts, self.value[start:end], end + len(mark))

    def _end_of_formula(self, opening: str) -> int:
        r"""Where the formula ends that `\(` or `\[` opens, -1 where it does not: then no other one does."""
        end = self.value.find({"(": "\\)", "[": "\\]"}[opening], self.at) if opening not in self.endless else -1
        if end < 0:
            self.endless += opening
        return end

    def _maths(self, parts: list[BaseText], tex: str, end: int) -> None:
        parts.append(Maths(tex.strip()))
        self.at, self.before = end, "x"

    def _punctuation(self, parts: list[BaseText], sign: str) -> None:
        """Dashes and quotes, as TeX joins them; a straight quote turns by what stands before it."""
        value, at = self.value, self.at
        run = 1
        while value.startswith(sign, at + run) and run < len("---"):
            run += 1
        words = sign
        opens = self.before.isspace() or self.before in "([{—–“‘/-"
        if sign == "-":
            words = {1: "-", 2: "–", 3: "—"}[run]
        elif sign == "~":
            run, words = 1, "\xa0"
        elif sign == '"':
            run, words = 1, "“" if opens else "”"
        elif sign == "'":
            run, words = (2, "”") if run >= len("''") else (1, "‘" if opens else "’")
        elif run >= len("``"):
            run, words = 2, "“"
        else:
            run = 1
        self.at = at + run
        self._write(parts, words)

    def _argument(self, depth: int) -> list[BaseText]:
        """The argument of a command: a group, a command or one character."""
        value = self.value
        while value.startswith((" ", "\t"), self.at):
            self.at += 1
        if value.startswith("{", self.at):
            self.at += 1
            return self.group(depth + 1) if depth < _DEEPEST else []
        parts: list[BaseText] = []
        if value.startswith("\\", self.at):
            self._command(parts, depth)
        elif self.at < len(value) and value[self.at] != "}":
            self._write(parts, value[self.at])
            self.at += 1
        return parts

    def _raw(self) -> str:
        """The argument of a command as it is written, without its braces."""
        if not self.value.startswith("{", self.at):
            return ""
        level, start = 0, self.at + 1
        for place in range(self.at, len(self.value)):
            level += {"{": 1, "}": -1}.get(self.value[place], 0)
            if not level:
                self.at = place + 1
                return self.value[start:place]
        self.at = len(self.value)
        return self.value[start:]

    def _command(self, parts: list[BaseText], depth: int) -> None:
        found = _COMMAND.match(self.value, self.at)
        if found is None or self.nested > _DEEPEST:
            self._write(parts, "\\")
            self.at += 1
            return
        self.nested += 1
        name = found[1].rstrip("*")
        is_word = name.isalpha()
        self.at = found.end() if is_word else found.end(1)
        if name in "([" and (end := self._end_of_formula(name)) >= 0:
            self._maths(parts, self.value[self.at : end], end + 2)
        elif name in _ACCENTS and not (is_word and self.value[self.at : self.at + 1] in ("", "}")):  # `\c` at the end
            self._accent(parts, _ACCENTS[name], depth)
        elif name in _SIGNS:
            if is_word and self.value.startswith("{}", self.at):
                self.at += 2
            self._write(parts, _SIGNS[name])
        elif not self._markup(parts, name, depth) and name not in _NOTHING:
            self._write(parts, found[0] if self.value.startswith(" ", found.end(1)) else found[0].rstrip())
            if self.value.startswith("{", self.at):
                self._write(parts, "{")
                parts += self._argument(depth)
                self._write(parts, "}")
        self.nested -= 1

    def _markup(self, parts: list[BaseText], name: str, depth: int) -> bool:
        """A command that marks its argument, or the rest of its group; whether it is one."""
        if name in _SWITCHES:
            inner = self.group(depth or 1)
            self.at -= bool(depth)  # the brace also ends the group around
            parts.append(Tag(_TAGS[name], *inner))
        elif name in _TAGS:
            parts.append(Tag(_TAGS[name], *self._argument(depth)))
        elif name in _AS_IT_IS:
            parts += self._argument(depth)
        elif name == "ensuremath" and self.value.startswith("{", self.at):
            self._maths(parts, self._raw(), self.at)
        elif name in _UNSEEN:
            self._raw()
        elif name in ("url", "href"):
            address = re.sub(r"\\([%#&_~{}$])", r"\1", self._raw().strip())
            parts.append(HRef(address, *([String(address)] if name == "url" else self._argument(depth))))
            self.before = "x"
        elif name == "texorpdfstring":
            parts += self._argument(depth)
            self._raw()
        elif name == "enquote":
            self._write(parts, "“")
            parts += self._argument(depth)
            self._write(parts, "”")
        else:
            return False
        return True

    def _accent(self, parts: list[BaseText], mark: str, depth: int) -> None:
        letters = str(RichText(*self._argument(depth))).replace("ı", "i").replace("ȷ", "j")
        self._write(parts, unicodedata.normalize("NFC", letters[:1] + mark + letters[1:]) if letters else "")


def change_words(
    text: BaseText, change: Callable[[str], str], protected: Callable[[str], str] | None = None
) -> BaseText:
    """Return the text with each of its strings changed, those in braces by `protected`."""
    if isinstance(text, String):
        return String(change(str(text)))
    if isinstance(text, Symbol):
        (protected or change)("x")
        return text
    if isinstance(text, Protected):
        if protected is None:
            return text
        change = protected
    parts = [change_words(part, change, protected) for part in text.parts]
    if isinstance(text, HRef):
        return HRef(text.url, *parts)
    return Tag(text.name, *parts) if isinstance(text, Tag) else type(text)(*parts)
