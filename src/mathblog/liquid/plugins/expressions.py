r"""The filters `regex_replace` and `regex_replace_once` (jekyll-regex-replace): Ruby's regular expressions.

The library `regex` has nearly all of Onigmo's syntax, and a limit of time: an expression such as `(a+)+$` must not hang a build.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.errors import FilterArgumentError, LimitError
from mathblog.liquid.text import to_s, too_long
from mathblog.model.limits import LEAST, Limits

if TYPE_CHECKING:
    from regex import Match

_SECONDS = 2.0  # for one filter; what is meant takes milliseconds
_LONGEST = 10_000  # characters of an expression
# Ruby's escapes that mean something else in the library, without and within brackets
_ESCAPE = lazy_pattern(
    r"\\(?:k<(?P<name>\w+)>|(?P<letter>.))|(?P<open>\[\^?\]?)|(?P<close>\])|(?P<flags>\(\?[a-z]*-?[a-z]*[:)])",
    re.DOTALL,
)
_CLASSES: Mapping[str, str] = {
    "h": "0-9a-fA-F",
    "d": "0-9",
    "s": r" \t\r\n\f\v",
    "w": "a-zA-Z0-9_",
}
_ANCHORS: Mapping[str, str] = {"z": r"\Z", "Z": r"(?=\n?\Z)"}
_REFERENCE = lazy_pattern(r"\\(?:k<(\w+)>|([0-9&`'+\\]))")


def regex_replace(value: object, expression: object = "", new: object = "", *, limits: Limits = LEAST) -> str:
    """With all that matches replaced, as by Ruby's `gsub`."""
    return _replace(to_s(value), to_s(expression), to_s(new), 0, limits)


def regex_replace_once(value: object, expression: object = "", new: object = "", *, limits: Limits = LEAST) -> str:
    """With the first that matches replaced, as by Ruby's `sub`."""
    return _replace(to_s(value), to_s(expression), to_s(new), 1, limits)


def _replace(text: str, expression: str, new: str, count: int, limits: Limits) -> str:
    import regex

    if len(expression) > _LONGEST:
        message = f"a regular expression of more than {_LONGEST:,} characters".replace(",", " ")
        raise FilterArgumentError(message)
    try:
        pattern = regex.compile(_translate(expression), regex.MULTILINE | regex.VERSION1)
    except (regex.error, ValueError, OverflowError, RecursionError) as error:
        message = f"not a regular expression: `{_short(expression)}` ({error})"
        raise FilterArgumentError(message) from None
    size = len(text)

    def expand(found: "Match[str]") -> str:
        nonlocal size
        made = _expand(new, found) if "\\" in new else new
        size += len(made)
        if size > limits.characters:
            raise too_long(limits)
        return made

    try:
        return str(pattern.sub(expand, text, count=count, timeout=_SECONDS))
    except TimeoutError:
        message = f"the expression `{_short(expression)}` takes longer than {_SECONDS:g} seconds"
        hint = "are there repetitions within repetitions, such as `(a+)+`?"
        raise LimitError(message, hint=hint) from None


def _translate(expression: str) -> str:
    r"""Ruby's syntax as the library's: `\h`, `\z`, `\Z`, `\k<name>`, `(?m)`; `\d`, `\s`, `\w` are ASCII in Ruby."""
    depth = 0

    def change(found: re.Match[str]) -> str:
        nonlocal depth
        if found["open"]:
            depth += 1
            return found[0].replace("]", r"\]")
        if found["close"]:
            depth = max(depth - 1, 0)
            return found[0]
        if found["flags"]:
            return found[0] if depth else found[0].replace("m", "s")
        if found["name"]:
            return f"(?P={found['name']})"
        letter = found["letter"]
        if letter.lower() in _CLASSES:
            return f"[{'^' if letter.isupper() else ''}{_CLASSES[letter.lower()]}]"
        return found[0] if depth else _ANCHORS.get(letter, found[0])

    return _ESCAPE.sub(change, expression)


def _expand(new: str, found: "Match[str]") -> str:
    r"""Return a replacement as Ruby reads it: `\1`, `\0`, `\&`, `\k<name>`, `` \` ``, `\'`, `\+`, `\\`; all else stays."""

    def part(reference: re.Match[str]) -> str:
        name, sign = reference[1], reference[2]
        if name:
            if name not in found.re.groupindex:
                message = f"the expression has no group `{name}`"
                raise FilterArgumentError(message)
            return found[name] or ""
        if sign.isdecimal() or sign == "&":
            number = int(sign) if sign != "&" else 0
            return (found[number] or "") if number <= found.re.groups else ""
        around = {"\\": "\\", "`": found.string[: found.start()], "'": found.string[found.end() :]}
        return around[sign] if sign in around else (found[found.lastindex] or "" if found.lastindex else "")

    return _REFERENCE.sub(part, new)


def _short(expression: str) -> str:
    return expression if len(expression) <= 60 else f"{expression[:59]}…"  # noqa: PLR2004 - what fits a terminal's line
