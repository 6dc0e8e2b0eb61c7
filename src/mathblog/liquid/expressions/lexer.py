"""The strict reading of an expression (Liquid's `lexer.rb` and `parser.rb`)."""

from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern

_WORD = lazy_pattern(
    r"\s*(?:(?P<comparison>==|!=|<>|<=?|>=?|contains(?=\s))|(?P<string>'[^']*'|\"[^\"]*\")|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<id>[^\W\d][\w-]*\??)|(?P<dotdot>\.\.)|(?P<special>[|.:,\[\]()?-]))"
)
_DEEPEST = 20  # brackets within brackets


class UnreadableError(Exception):
    """The expression is not what strict Liquid accepts."""


class Word(NamedTuple):
    """A word of an expression; the kind of a special character is the character."""

    kind: str
    text: str
    start: int


class Cursor:
    """A position among the words of an expression."""

    def __init__(self, markup: str) -> None:
        self._words: list[Word] = []
        self._at = 0
        self._depth = 0
        position = 0
        while position < len(markup):
            found = _WORD.match(markup, position)
            if found is None:
                if markup[position:].isspace():
                    break
                raise UnreadableError
            kind = str(found.lastgroup)
            text = found[kind]
            self._words.append(Word(text if kind == "special" else kind, text, found.start(kind)))
            position = found.end()
        self._words.append(Word("end", "", len(markup)))

    def look(self, kind: str, ahead: int = 0) -> bool:
        """Whether the next word is of a kind."""
        at = self._at + ahead
        return at < len(self._words) and self._words[at].kind == kind

    def accept(self, kind: str, text: str = "") -> Word | None:
        """The next word, if it is of that kind and reads so."""
        word = self._words[self._at]
        if word.kind != kind or (text and word.text != text):
            return None
        self._at += 1
        return word

    def take(self, kind: str, text: str = "") -> Word:
        """The next word, which must be of that kind."""
        word = self.accept(kind, text)
        if word is None:
            raise UnreadableError
        return word

    def value(self) -> str:
        """The source of a literal, variable or range, without spaces."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableError
        text = self._value()
        self._depth -= 1
        return text

    def _value(self) -> str:
        if word := self.accept("id"):
            return word.text + self._lookups()
        if self.accept("["):
            inner = self.value()
            self.take("]")
            return f"[{inner}]{self._lookups()}"
        if word := self.accept("string") or self.accept("number"):
            return word.text
        self.take("(")
        first = self.value()
        self.take("dotdot")
        last = self.value()
        self.take(")")
        return f"({first}..{last})"

    def _lookups(self) -> str:
        text = ""
        while True:
            if self.accept("["):
                text += f"[{self.value()}]"
                self.take("]")
            elif self.accept("."):
                text += f".{self.take('id').text}"
            else:
                return text
