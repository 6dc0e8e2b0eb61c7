"""The YAML block at the head of a file: where it is, what it says, where each key stands."""

import posixpath
import re
from collections.abc import Mapping, Sequence
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
_KEY_WITHOUT_BLANK = lazy_pattern(r"([\w-]+):\S")
# a block as front matter is, but not where or not as Jekyll looks for it: below empty lines, indented, with the fences of TOML or of a word processor
_MISSED = lazy_pattern(
    r"\s*(---|\+\+\+|—|----+)[^\S\n]*\n\s*[A-Za-z_][\w-]*[ \t]*[:=][^\n]*\n(?:.*\n)*?[ \t]*\1[^\S\n]*(?:\n|\Z)"
)
_BEFORE_MISSED = ("\n", " ", "\t", "\r", "+", "—", "-")  # the first characters that `_MISSED` can begin with
TEXTS = (".md", ".markdown", ".mkdown", ".mkdn", ".mkd", ".html", ".htm", ".xhtml")


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

    As in Jekyll, YAML that is refused says nothing and is no part of the body, and where a fence is never closed or is
    not in the first line the whole text is the body; in Markdown and HTML that is a warning (a YAML file may start with
    `---`). Front matter that is a list or a word stops Jekyll in a page or a layout (`Convertible#validate_data!`) and
    says nothing in a post or a member of a collection, which `is_document` (`Document#read`).
    """
    parts = split(source.text)
    if parts.yaml is None:
        is_text = posixpath.splitext(source.path)[1].lower() in TEXTS
        if parts.open_fence is None:
            return FrontMatter({}, {}, 0, report_missed(source, "this is shown as text") if is_text else ())
        message, hint = "front matter is never closed: it is shown as text", "write a line `---` after the last key"
        problem = at(source, parts.open_fence, message, code=CODE, hint=hint)
        return FrontMatter({}, {}, 0, (problem,) if is_text else ())
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
        hint=_hint_for_lines(source.text[start : parts.yaml.end], found.value),
    )
    data: Data | None = {} if is_document else None
    return FrontMatter(data, {}, parts.body_start, (*found.diagnostics, problem), unread=True)


def report_missed(source: SourceText, instead: str) -> tuple[Diagnostic, ...]:
    """The warning for a block that was meant as front matter, and that Jekyll takes for text; `instead` is what becomes of it."""
    if source.text[:1] not in _BEFORE_MISSED or not (found := _MISSED.match(source.text)):
        return ()
    if found[1] == "+++":
        hint = "this is TOML: write YAML between lines of `---`, or bring the post with `mathblog import --from hugo`"
    elif found[1] == "---":
        hint = "delete what stands before it"
    else:
        hint = "write three hyphens, `---`, in a line before and after it"
    message = f"front matter has to begin in the first line, with `---`: {instead}"
    return (at(source, Span(found.start(1), found.end(1)), message, code=CODE, hint=hint),)


def _hint_for_lines(yaml: str, value: object) -> str:
    if found := _KEY_WITHOUT_BLANK.match(yaml):
        return f"write a blank behind the colon: `{found[1]}: …`"
    if isinstance(value, str):
        return "a rule at the start of a page is written `***`"
    return "write `title: …`, without a hyphen before it" if isinstance(value, Sequence) else ""
