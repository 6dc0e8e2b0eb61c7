"""Object literals of JavaScript -> values. Nothing is run: what is no literal (a call, a function, a name) is passed over."""

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from mathblog.core.patterns import lazy_pattern

# None stands for what is no literal
Literal: TypeAlias = "bool | float | str | Sequence[Literal] | Mapping[str, Literal] | None"

_DEEPEST = 40
_TAG = r"\{%.*?(?:%\}|\Z)"  # a layout's Liquid may stand anywhere
_BLANK = lazy_pattern(rf"(?:\s++|//[^\n]*+|/\*.*?(?:\*/|\Z)|{_TAG})*+", re.DOTALL)
_STRING = lazy_pattern(
    r"\"((?:[^\"\\\n]|\\.)*+)\"|'((?:[^'\\\n]|\\.)*+)'|(String\.raw\s*+)?`((?:[^`\\]|\\.)*+)`", re.DOTALL
)
_NUMBER = lazy_pattern(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])")
_WORD = lazy_pattern(r"[\w$]++")
_WORDS: Mapping[str, Literal] = {"true": True, "false": False, "null": None, "undefined": None}
_STEP = lazy_pattern(
    rf"{_STRING.pattern}|//[^\n]*+|/\*.*?(?:\*/|\Z)|{_TAG}|[^\"'`/{{}}()\[\],]++|.",
    re.DOTALL,
)
_ESCAPE = lazy_pattern(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": ""}


def read_literal(text: str, start: int) -> tuple[Literal, int]:
    """The literal that begins at `start`, blanks before it allowed, and where it ends, whatever follows. Takes linear time.

    An object or array that is cut off holds what came before.
    """
    reader = _Reader(text, start)
    return reader.literal(0), reader.at


def skip_expression(text: str, start: int) -> int:
    """The end of an expression: before a comma or a closing bracket."""
    reader = _Reader(text, start)
    reader.skip()
    return reader.at


class _Reader:
    """A position in a text; each method takes something off."""

    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.at = at

    def literal(self, depth: int) -> Literal:
        """A literal; None for any other expression."""
        sign = self._peek()
        if sign in ("{", "[") and depth < _DEEPEST and not self.text.startswith("{{", self.at):
            self.at += 1
            return self._object(depth + 1) if sign == "{" else self._array(depth + 1)
        if string := self._match(_STRING):
            return _string(string)
        if number := self._match(_NUMBER):
            return float(number[0])
        if (word := _WORD.match(self.text, self.at)) and word[0] in _WORDS:
            self.at = word.end()
            return _WORDS[word[0]]
        self.skip()
        return None

    def skip(self) -> None:
        """An expression of any kind."""
        depth = 0
        while step := _STEP.match(self.text, self.at):
            sign = step[0]
            if sign in ("(", "[", "{"):
                depth += 1
            elif sign in (")", "]", "}"):
                depth -= 1
            if depth < 0 or (sign == "," and not depth):
                return
            self.at = step.end()

    def _value(self, depth: int) -> Literal:
        """A literal up to the comma or bracket after it, texts put together."""
        found = self.literal(depth)
        texts = [found]
        while isinstance(texts[-1], str) and self._take("+"):
            texts.append(self.literal(depth))
        if self._peek() not in (",", "}", "]", ""):
            self.skip()
            return None
        if len(texts) == 1:
            return found
        parts = [text for text in texts if isinstance(text, str)]
        return "".join(parts) if len(parts) == len(texts) else None

    def _array(self, depth: int) -> Literal:
        items: list[Literal] = []
        while self._peek() not in ("]", ""):
            items.append(self._value(depth))
            if not self._take(","):
                break
        self._take("]")
        return items

    def _object(self, depth: int) -> Literal:
        entries: dict[str, Literal] = {}
        while self._peek() not in ("}", ""):
            key = self._match(_STRING) or self._match(_WORD)
            if key and self._take(":"):
                name = _string(key) if key[0][0] in "\"'`" else key[0]
                value = self._value(depth)
                if name is not None:
                    entries[name] = value
            else:  # a method, `...others`, a name alone
                self.skip()
            if not self._take(","):
                break
        self._take("}")
        return entries

    def _peek(self) -> str:
        self._match(_BLANK)
        return self.text[self.at : self.at + 1]

    def _take(self, sign: str) -> bool:
        taken = self._peek() == sign
        self.at += taken
        return taken

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()
        return match


def _string(match: re.Match[str]) -> str | None:
    double, single, raw, template = match.group(1, 2, 3, 4)
    if template is not None and "${" in template:
        return None
    if raw:
        return str(template)
    written = next(part for part in (double, single, template) if part is not None)
    return _ESCAPE.sub(_unescape, written)


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else ""  # noqa: PLR2004 - Unicode's last
    return _ESCAPES.get(match[4], match[4])
