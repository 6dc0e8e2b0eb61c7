"""The YAML block at the head of a file: where it is, what it says, where each key stands."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.core.stops import Stop
from mathblog.model.values import Data
from mathblog.text.yaml.data import load_yaml

CODE = "front-matter"

# Jekyll: \A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)  -  so blank lines after it belong to it
_OPENING = lazy_pattern(r"---[^\S\n]*\n")
_CLOSING = lazy_pattern(r"\n(?:---|\.\.\.)\s*$\n?", re.MULTILINE)
_TEXTS = (".md", ".markdown", ".mkdown", ".mkdn", ".mkd", ".html", ".htm", ".xhtml")


class Split(NamedTuple):
    """The span of the YAML, None for a file without, and the start of the body. `open_fence` is a fence never closed."""

    yaml: Span | None
    body_start: int
    open_fence: Span | None = None


class FrontMatter(NamedTuple):
    """The content of the block; empty where it is `unread`, that is there and cannot be read.

    `data` is None where the file cannot become a page.
    """

    data: Data | None
    keys: Mapping[str, Span]
    body_start: int
    diagnostics: tuple[Diagnostic, ...]
    unread: bool = False


def split(text: str) -> Split:
    """Cuts the front matter off a text, by Jekyll's rule."""
    opening = _OPENING.match(text)
    if not opening:
        return Split(None, 0)
    closing = _CLOSING.search(text, opening.end() - 1)
    if not closing:
        return Split(None, 0, Span(0, 3))
    return Split(Span(opening.end(), max(opening.end(), closing.start() + 1)), closing.end())


def read_front_matter(source: SourceText, *, is_document: bool = False) -> FrontMatter:
    """The front matter of a file: its data, the places of its values, the start of the body.

    As in Jekyll, YAML that is refused says nothing and is no part of the body, and where a fence is never closed the
    whole text is the body; in Markdown and HTML that is a warning (a YAML file may start with `---`). Front matter
    that is a list or a word stops Jekyll in a page or a layout (`Convertible#validate_data!`) and says nothing in a
    post or a member of a collection, which `is_document` (`Document#read`).
    """
    parts = split(source.text)
    if parts.yaml is None:
        if parts.open_fence is None or posixpath.splitext(source.path)[1].lower() not in _TEXTS:
            return FrontMatter({}, {}, 0, ())
        problem = at(
            source,
            parts.open_fence,
            "front matter is never closed: it is shown as text",
            code=CODE,
            hint="write a line `---` after the last key",
        )
        return FrontMatter({}, {}, 0, (problem,))
    found = load_yaml(source, parts.yaml, code=CODE)
    keys = {path[0]: span for path, span in found.spans.items() if path}
    if isinstance(found.value, Mapping):
        return FrontMatter(found.value, keys, parts.body_start, found.diagnostics)
    if found.refused:
        *others, why = found.diagnostics
        why = replace(why, message=f"{why.message}: nothing of the front matter counts")
        return FrontMatter({}, {}, parts.body_start, (*others, why), unread=True)
    if found.value is None:
        return FrontMatter({}, {}, parts.body_start, found.diagnostics)
    start = parts.yaml.start
    while start < parts.yaml.end and source.text[start].isspace():
        start += 1
    end = source.text.find("\n", start)
    problem = at(
        source,
        Span(start, end if end >= 0 else parts.yaml.end),
        "front matter has to be `key: value` lines",
        code=CODE if is_document else Stop.FRONT_MATTER,
        hint="a rule at the start of a page is written `***`" if isinstance(found.value, str) else "",
    )
    data: Data | None = {} if is_document else None
    return FrontMatter(data, {}, parts.body_start, (*found.diagnostics, problem), unread=True)
