"""TeX as tokens with positions: as much of TeX's lexer as definitions and error messages need."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern

_TOKEN = lazy_pattern(r"\\(?:[a-zA-Z@]+|.)|%[^\n]*(?:\n|\Z)|[^\\%]|\\", re.DOTALL)
_CONTROL = lazy_pattern(r"\\begin[ ]*\{[^{}\\]*\}|\\(?:[a-zA-Z@]+|.)", re.DOTALL)
_COLOURS = lazy_pattern(r"\\(?:(?:text)?color(?:box)?|fcolorbox[ ]*\{([^{}]*)\})[ ]*\{([^{}]*)\}")


class TexToken(NamedTuple):
    r"""A control sequence (`\frac`, `\{`) or one character, and where it stands."""

    text: str
    start: int
    end: int

    @property
    def is_control(self) -> bool:
        """Whether it starts with a backslash."""
        return self.text[0] == "\\"


def tokenize(tex: str) -> Iterator[TexToken]:
    """All tokens of `tex` but comments, blanks included."""
    for match in _TOKEN.finditer(tex):
        text = match.group()
        if text[0] != "%":
            yield TexToken(text, match.start(), match.end())


def control_sequences(tex: str) -> frozenset[str]:
    r"""The names of all commands that `tex` uses, of environments as `\begin{name}`, of colours as `\color{name}`."""
    names = _CONTROL.findall(tex)
    if "color" in tex:
        names += [f"\\color{{{name.strip()}}}" for names in _COLOURS.findall(tex) for name in names if name]
    return frozenset(name.replace(" ", "") if name.startswith("\\begin") else name for name in names)


def unclosed(tex: str, opening: str, closing: str) -> TexToken | None:
    r"""The innermost `opening` (`{`, `\left`, `\begin`) that no `closing` follows, or None."""
    stack: list[TexToken] = []
    for token in tokenize(tex):
        if token.text == opening:
            stack.append(token)
        elif token.text == closing and stack:
            stack.pop()
    return stack[-1] if stack else None


def find_token(tex: str, text: str) -> TexToken | None:
    """The first token that reads `text`."""
    return next((token for token in tokenize(tex) if token.text == text), None)
