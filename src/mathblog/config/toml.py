"""`_config.toml` -> the same as from YAML: data, where each key stands, and what cannot be read."""

import datetime
import re
import tomllib
from collections.abc import Mapping

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.core.stops import Stop
from mathblog.model.values import Value
from mathblog.text.yaml.data import Path, Yaml
from mathblog.text.yaml.scalars import DEEPEST

_PLACE = lazy_pattern(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)\Z")
_KEY = lazy_pattern(r"(?:^[ \t]*\[{0,2}|[{,])([\w \t.\"'-]+)(?=[=\]])", re.MULTILINE)
_LINE = lazy_pattern(r"^[ \t]*(?:\[{1,2}([^\]\n]+)\]{1,2}|([\w.\"'-]+)[ \t]*=[ \t]*)", re.MULTILINE)


def load_toml(source: SourceText) -> Yaml:
    """The data of a TOML file. A key stands where its line or its table begins, its value behind the `=`."""
    deep = next((it for it in _KEY.finditer(source.text) if it[1].count(".") > DEEPEST), None)
    if deep is not None:  # which takes the square of their number
        message = f"(at line {source.position(deep.start(1))[0]}, column 1)"
        return Yaml(None, {}, {}, (_complain(source, f"a key of more than {DEEPEST} names {message}"),))
    try:
        data = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        return Yaml(None, {}, {}, (_complain(source, str(error)),))
    except (RecursionError, ValueError):  # nested too deeply, or a number too long
        return Yaml(None, {}, {}, (_complain(source, "this is nested too deeply, or holds too long a number"),))
    keys: dict[Path, Span] = {}
    values: dict[Path, Span] = {}
    table: Path = ()
    for found in _LINE.finditer(source.text):
        name = tuple(part.strip().strip("\"'") for part in (found[1] or found[2]).split("."))
        if found[1]:
            table = name
            keys.setdefault(name, Span(found.start(1), found.end(1)))
            continue
        end = source.text.find("\n", found.end())
        keys[*table, *name] = Span(found.start(2), found.end(2))
        values[*table, *name] = Span(found.end(), end if end >= 0 else len(source.text))
    return Yaml({key: _plain(value) for key, value in data.items()}, values, keys, ())


def _complain(source: SourceText, message: str) -> Diagnostic:
    place = _PLACE.search(message)
    start = len(source.text)
    if place and place[1]:
        start = source.offset(int(place[1]), int(place[2]))
    text = _PLACE.sub("", message)
    shown = f"not TOML: {text[:1].lower()}{text[1:]}"
    return at(source, Span(start, start + 1), shown, code=Stop.CONFIG_SYNTAX)


def _plain(value: object, depth: int = 0) -> Value:
    """A value as YAML would give it: a time without an offset is UTC, a time without a day is text."""
    if depth > DEEPEST:
        return None
    if isinstance(value, Mapping):
        return {str(key): _plain(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner, depth + 1) for inner in value]
    if isinstance(value, datetime.datetime) and value.tzinfo is None:
        return value.replace(tzinfo=datetime.UTC)
    return value if isinstance(value, bool | int | float | str | datetime.date) else str(value)
