"""Front matter of other programs: YAML, TOML or JSON at the head of a text, and the keys that have another name here."""

import json
import re
import tomllib
from collections.abc import Mapping
from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.model.values import Value
from mathblog.reading.frontmatter import read_front_matter

_TOML = lazy_pattern(r"\+\+\+[^\S\n]*\n(.*?\n)??\+\+\+[^\S\n]*(?:\n|$)", re.DOTALL)


class ForeignFrontMatter(NamedTuple):
    """The data of front matter, where each key stands, where the body begins, and '' or why it cannot be read."""

    data: dict[str, Value]
    keys: Mapping[str, Span]
    body_start: int
    fault: str = ""


def read_head(source: SourceText) -> ForeignFrontMatter:
    """The front matter of a text, whatever it is written in."""
    text = source.text
    if found := _TOML.match(text):
        try:
            data: dict[str, Value] = tomllib.loads(found[1] or "")
        except tomllib.TOMLDecodeError as error:
            return ForeignFrontMatter({}, {}, found.end(), f"the front matter is no TOML: {error}")
        except RecursionError:
            return ForeignFrontMatter({}, {}, found.end(), "the front matter is nested too deeply")
        return ForeignFrontMatter(data, _keys_of(text, data, found.end()), found.end())
    if text.startswith("{"):
        try:
            value, end = json.JSONDecoder().raw_decode(text)
        except ValueError as error:
            return ForeignFrontMatter({}, {}, 0, f"the front matter is no JSON: {error}")
        except RecursionError:
            return ForeignFrontMatter({}, {}, 0, "the front matter is nested too deeply")
        return ForeignFrontMatter(value, _keys_of(text, value, end), end)
    return read_yaml_head(source)


def read_yaml_head(source: SourceText) -> ForeignFrontMatter:
    """The front matter of a text of a program that writes YAML only."""
    read = read_front_matter(source)
    fault = read.diagnostics[0].message if read.diagnostics and read.unread else ""
    return ForeignFrontMatter(dict(read.data or {}), read.keys, read.body_start, fault)


def _keys_of(text: str, data: Mapping[str, Value], end: int) -> dict[str, Span]:
    """Where the keys stand, as far as that can be told."""
    places = ((key, text.find(key, 0, end)) for key in data)
    return {key: Span(at, at + len(key)) for key, at in places if at >= 0}
