"""Pygments' lexers, made to ask only the rules that may match at the character at hand: the tokens are the same, three times as fast.

A `RegexLexer` asks the rules of its state one after the other, thirty matches for a token on the listings of the benchmark. Which of them
may match before a `(` is read off their expressions (ADR 19).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import FunctionType
from typing import TYPE_CHECKING, Any, TypeAlias

from pygments.lexer import RegexLexer
from pygments.token import Error, Whitespace, _TokenType

from mathblog.markdown.fast.first_characters import first_characters

if TYPE_CHECKING:
    from pygments.lexer import Lexer

_Rule: TypeAlias = tuple[Any, Any, Any]  # the `match` of a pattern, a token type or a callback, where to go next
_LOOP = RegexLexer.__name__
_WORTH = 2000  # places in a state after which reading its rules' expressions pays


def dispatch_rules(lexer: "Lexer") -> "Lexer":
    """A lexer with the same tokens, quicker where Pygments' own loop over rules is what runs."""
    cls = type(lexer)
    loop = getattr(cls, "get_tokens_unprocessed", None)
    own: dict[str, Any] = {"__module__": __name__}
    if loop is not RegexLexer.get_tokens_unprocessed:
        if not (isinstance(loop, FunctionType) and issubclass(cls, RegexLexer) and _LOOP in loop.__code__.co_names):
            return lexer
        # it changes what the loop finds (C's, Haskell's), and calls that by the name of its class: ours has the name there
        names = {**loop.__globals__, _LOOP: _Dispatching}
        own[loop.__name__] = FunctionType(loop.__code__, names, loop.__name__, loop.__defaults__, loop.__closure__)
    if getattr(cls, "token_variants", False):
        return lexer
    own["_tokens"] = lexer._tokens  # type: ignore[attr-defined]  # noqa: SLF001
    own["_states"] = _States(own["_tokens"])
    lexer.__class__ = type(cls.__name__, (_Dispatching, cls), own)
    return lexer


class _Rules(dict[str, Sequence[_Rule]]):
    """The rules of a state by the character that may begin a match, `""` the end of the text."""

    def __init__(self, rules: Sequence[_Rule]) -> None:
        self._all = rules
        self._asked = 0
        self._tests: list[Any] | None = None

    def __missing__(self, character: str) -> Sequence[_Rule]:
        self._asked += 1
        if self._asked < _WORTH:
            return self._all
        if self._tests is None:
            patterns = [getattr(match, "__self__", None) for match, _, _ in self._all]
            self._tests = [first_characters(p) if isinstance(p, re.Pattern) else None for p in patterns]
        tested = zip(self._all, self._tests, strict=True)
        self[character] = rules = [rule for rule, test in tested if test is None or test(character)]
        return rules


class _States(dict[str, _Rules]):
    """The rules of each state of a lexer."""

    def __init__(self, tokens: Mapping[str, Sequence[_Rule]]) -> None:
        self._tokens = tokens

    def __missing__(self, state: str) -> _Rules:
        self[state] = rules = _Rules(self._tokens[state])
        return rules


class _Dispatching(RegexLexer):
    """A `RegexLexer` with the rules of each character."""

    _states: _States

    def get_tokens(self, text: str, unfiltered: bool = False) -> Iterator[tuple[_TokenType, str]]:  # noqa: FBT001, FBT002 - as Pygments'
        """As Pygments' own."""
        if self.filters and not unfiltered:
            return super().get_tokens(text, unfiltered)
        found = self.get_tokens_unprocessed(self._preprocess_lexer_input(text))  # type: ignore[attr-defined]
        return iter([(kind, value) for _, kind, value in found])

    def get_tokens_unprocessed(
        self, text: str, stack: Iterable[str] = ("root",)
    ) -> Iterator[tuple[int, _TokenType, str]]:
        """As Pygments' own, which gives them one by one."""
        states, path, position = self._states, list(stack), 0
        rules = states[path[-1]]
        found: list[tuple[int, _TokenType, str]] = []
        note = found.append
        while True:
            for match_at, action, following in rules[text[position : position + 1]]:
                match = match_at(text, position)
                if match is None:
                    continue
                if type(action) is _TokenType:
                    note((position, action, match[0]))
                elif action is not None:
                    found += action(self, match)
                position = match.end()
                if following is not None:
                    _move(path, following)
                    rules = states[path[-1]]
                break
            else:
                if position >= len(text):
                    return iter(found)
                character = text[position]
                if character == "\n":
                    path = ["root"]
                    rules = states["root"]
                note((position, Whitespace if character == "\n" else Error, character))
                position += 1


def _move(path: list[str], following: "tuple[str, ...] | int | str") -> None:
    """Change the path of states as a rule says; the first state stays, whatever is popped."""
    if isinstance(following, int):
        del path[following if -following < len(path) else 1 :]
        return
    for state in (following,) if isinstance(following, str) else following:
        if state == "#push":
            path.append(path[-1])
        elif state != "#pop":
            path.append(state)
        elif len(path) > 1:
            path.pop()
