"""Changes of single keys in the front matter of a text; all other lines stay as they are."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mathblog.core.source import Span


class TextEdit(NamedTuple):
    """A piece of a text, of one line, and what belongs in its place."""

    span: Span
    text: str


def set_key(text: str, yaml: Span | None, key: str, value: str) -> Iterator[TextEdit]:
    """The edits that give a key of the front matter a value, which is written as YAML has it on one line.

    `yaml` is the span of the front matter, None for a text without: it gets one. A value over several lines loses them.
    """
    line = f"{key}: {value}"
    if yaml is None:
        yield TextEdit(Span(0, 0), f"---\n{line}\n---\n")
        return
    found = re.search(rf"^(?:{key}|\"{key}\"|'{key}')[ \t]*:.*$", text[yaml.start : yaml.end], re.MULTILINE)
    if found is None:
        yield TextEdit(Span(yaml.end, yaml.end), f"{line}\n")
        return
    start, end = yaml.start + found.start(), yaml.start + found.end()
    yield TextEdit(Span(start, end), line)
    rest = text[end + 1 : yaml.end]
    more = re.match(r"(?:(?:[ \t]*\n|[ \t]*#.*\n)*(?:[ \t]+[^#\s]|-[ \t]).*\n)*", rest)
    for below in more[0].splitlines(keepends=True) if more else ():
        yield TextEdit(Span(end + 1, end + 1 + len(below)), "")
        end += len(below)
