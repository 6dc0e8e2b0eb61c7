"""Broken expressions, read as Liquid 4 reads them in its lax mode, with a warning.

Sites out there hold `{% if (a or b) or c %}`, `{{ page.title or site.title }}` and the like: Liquid skips what it does not
understand. The rules are those of `lax_parse` in Liquid's `condition`, `variable` and `for`.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from liquid import Environment, TokenStream
from liquid.builtin.expressions import BooleanExpression, FilteredExpression, LoopExpression, tokenize
from liquid.exceptions import LiquidError
from liquid.token import Token

_FRAGMENT = r"\"[^\"]*\"|'[^']*'|(?:[^\s,|'\"]|\"[^\"]*\"|'[^']*')+"
_LOGIC = re.compile(r"\s+(and|or)\s+")
_COMPARISON = re.compile(rf"({_FRAGMENT})\s*(==|!=|<>|<=?|>=?|contains(?=\s))?\s*({_FRAGMENT})?")
_FIRST = re.compile(rf"\s*({_FRAGMENT})")
_FILTER = re.compile(rf"\|\s*(\w+)(?:\s*:\s*((?:{_FRAGMENT})(?:\s*,\s*(?:{_FRAGMENT}))*))?")
_NAME = re.compile(r"\[[^\[\]]+\]|[^\W\d][\w-]*\??")
_PLAIN = re.compile(r"\"[^\"]*\"|'[^']*'|-?\d+(?:\.\d+)?|\(\s*[\w.]+\s*\.\.\s*[\w.]+\s*\)")
_LOOP = re.compile(rf"\s*([\w-]+)\s+in\s+({_FRAGMENT})\s*(reversed)?")
_LOOP_ARGUMENT = re.compile(rf"(limit|offset)\s*:\s*({_FRAGMENT})")
_ASSIGN = re.compile(r"\s*([\w-]+)\s*=\s*(.*)", re.DOTALL)


def relax(environment: Environment, tag: str, token: Token) -> Token:
    """The expression of a tag or output, replaced by what Liquid 4 makes of it when it cannot be parsed.

    A replacement is reported to the environment; an expression that even Liquid 4 refuses is returned as it is, for
    the tag to complain about.
    """
    reader = _READERS.get(tag)
    if reader is None:
        return token
    error = _error(environment, tag, token)
    if error is None:
        return token
    replacement = reader(token.value)
    if replacement is None or _error(environment, tag, token._replace(value=replacement)):
        return token
    from mathblog.liquid.environment import TemplateError

    hint = f"Liquid reads it as `{replacement}`"
    environment.error(TemplateError(f"not a valid expression: `{_short(token.value)}`", token=token, hint=hint))
    return token._replace(value=replacement)


def _error(environment: Environment, tag: str, token: Token) -> str | None:
    return _check(environment, "output" if tag in _OUTPUTS else tag, token.value)


@lru_cache(maxsize=2048)
def _check(environment: Environment, tag: str, value: str) -> str | None:
    """Why an expression cannot be parsed, None when it can."""
    markup = value.partition("=")[2] if tag == "assign" else value
    try:
        tokens = TokenStream(tokenize(markup, Token("expression", markup, 0, markup)))
        if tag in {"if", "unless", "elsif"}:
            BooleanExpression.parse(environment, tokens)
        elif tag == "for":
            LoopExpression.parse(environment, tokens)
        else:
            FilteredExpression.parse(environment, tokens)
    except LiquidError as error:
        return str(error.message)
    return None


def _condition(markup: str) -> str | None:
    parts = _LOGIC.split(markup)
    words = []
    for index, part in enumerate(parts):
        if index % 2:
            words.append(part)
            continue
        match = _COMPARISON.search(part)
        if match is None:
            return None
        left, operator, right = match.groups()
        words.append(f"{_value(left)} {operator} {_value(right)}" if operator and right else _value(left))
    return " ".join(words)


def _output(markup: str) -> str | None:
    first = _FIRST.match(markup)
    if first is None:
        return None
    filters = []
    for match in _FILTER.finditer(markup, first.end()):
        arguments = ", ".join(_value(argument) for argument in re.findall(_FRAGMENT, match[2] or ""))
        filters.append(f" | {match[1]}: {arguments}" if arguments else f" | {match[1]}")
    return _value(first[1]) + "".join(filters)


def _assignment(markup: str) -> str | None:
    match = _ASSIGN.match(markup)
    value = _output(match[2]) if match else None
    return f"{match[1]} = {value}" if match and value else None


def _loop(markup: str) -> str | None:
    match = _LOOP.match(markup)
    if match is None:
        return None
    arguments = [f" {name}: {_value(value)}" for name, value in _LOOP_ARGUMENT.findall(markup, match.end())]
    return f"{match[1]} in {_value(match[2])}{' reversed' if match[3] else ''}{''.join(arguments)}"


def _value(fragment: str) -> str:
    """A fragment as a literal or a path: Liquid takes the names in it and skips all other characters."""
    if _PLAIN.fullmatch(fragment):
        return fragment
    names = _NAME.findall(fragment)
    return "".join(name if name[0] == "[" or not at else f".{name}" for at, name in enumerate(names)) or "nil"


def _short(markup: str) -> str:
    line = " ".join(markup.split())
    return line if len(line) <= 60 else f"{line[:59]}…"  # noqa: PLR2004 - what fits a terminal's line


_OUTPUTS = frozenset({"output", "echo", "mathblog:maybe"})
_READERS: dict[str, Callable[[str], str | None]] = {
    "if": _condition,
    "unless": _condition,
    "elsif": _condition,
    "for": _loop,
    "assign": _assignment,
    "output": _output,
    "echo": _output,
}
