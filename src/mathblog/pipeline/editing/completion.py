r"""Completions at a place of a text: labels behind `\eqref{`, entries behind `[@`, includes, tags, keys of front matter, macros."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.model.facts import kinds
from mathblog.pipeline.editing.known_site import EntryPlace, KnownSite, LabelPlace
from mathblog.reading.frontmatter import split
from mathblog.text.delimiters import CODE, MATH
from mathblog.text.regions import regions
from mathblog.text.tex.definitions import find_definitions
from mathblog.text.tex.references import COMMANDS

_REFERENCE = lazy_pattern(rf"\\(?:{COMMANDS})\*?[ ]?\{{(?:[^{{}}]*,)?\s*([^{{}},\s]*)$")
_LINK = lazy_pattern(r"\]\(#([^()\s]*)$")
_CITE = lazy_pattern(r"\\(?:no)?cite[a-z]*\*?(?:\[[^\]]*\])*\{(?:[^{}]*,)?\s*([^{},\s]*)$")
_TAG = lazy_pattern(r"\{%-?\s*(?:cite|reference|quote|nocite)\s+(?:\S+\s+)*([^\s%]*)$")
_KEY = lazy_pattern(r"(?<![\w@/\\.])@([\w:.#$%&+?<>~/-]*)$")
_INCLUDE = lazy_pattern(r"\{%-?\s*include(?:_cached)?\s+([^\s%{}]*)$")
_POST = lazy_pattern(r"\{%-?\s*post_url\s+([^\s%]*)$")
_MACRO = lazy_pattern(r"(\\[A-Za-z]*)$")
_NEW_KEY = lazy_pattern(r"^([\w-]*)$")
_VALUE = lazy_pattern(r"^([\w-]+):\s*(?:\[\s*(?:[^\[\]]*,\s*)?|(?=[^\[\s]|$))([^\[\],]*)$")
_ITEM = lazy_pattern(r"^\s*-\s+(.*)$")
_PARENT = lazy_pattern(r"^([\w-]+):\s*$")


class Sort(StrEnum):
    """The kind of a completion, for its sign in the editor."""

    REFERENCE = "reference"
    ENTRY = "entry"
    FILE = "file"
    KEY = "key"
    VALUE = "value"
    MACRO = "macro"


class Completion(NamedTuple):
    """A text that may stand in the place of `span`, with a few words about it, and more of them."""

    text: str
    span: Span
    sort: Sort
    about: str = ""
    more: str = ""


def complete(site: KnownSite, source: SourceText, offset: int) -> list[Completion]:
    """All completions at a place of a document; the editor looks which of them begin with what stands there."""
    head = split(source.text)
    line = source.text[source.text.rfind("\n", 0, offset) + 1 : offset]
    if head.yaml and head.yaml.start <= offset <= head.yaml.end:
        return list(_in_front_matter(site, source.text[head.yaml.start : offset], line, offset))
    if (
        not head.yaml and source.text.startswith("---\n") and "\n\n" not in source.text[:offset]
    ):  # begun, not closed yet
        return list(_in_front_matter(site, source.text[4:offset], line, offset))
    within = offset - head.body_start
    before = takewhile(lambda it: it.start < within, regions(source.text[head.body_start :], site.config.markdown))
    if any(area.kind == CODE and within <= area.inner_end for area in before):
        return []
    for pattern, find in _OF_BODY:
        if found := pattern.search(line):
            return list(find(site, source, Span(offset - len(found[1]), offset)))
    return []


def _ids(site: KnownSite, source: SourceText, span: Span) -> Iterator[Completion]:
    known = {label.id: label for label in (*site.sections(source.path), *site.labels(source.path)) if label.id}
    for name, label in known.items():
        yield Completion(name, span, Sort.REFERENCE, site.describe(LabelPlace(source.path, label), source.path))


def _labels(site: KnownSite, source: SourceText, span: Span) -> Iterator[Completion]:
    """The labels of the document, then those of others with the names of these."""
    path = source.path
    for label in site.labels(path):
        yield Completion(label.name, span, Sort.REFERENCE, site.describe(LabelPlace(path, label), path))
    for other in site.documents():
        for label in site.labels(other) if other != path else ():
            name = f"{site.short_name(other)}:{label.name}"
            yield Completion(name, span, Sort.REFERENCE, site.describe(LabelPlace(other, label), path))


def _entries(site: KnownSite, _source: SourceText, span: Span) -> Iterator[Completion]:
    for key, file in site.entries().items():
        entry = site.view.get(kinds.REFERENCE, file, key)
        about = site.describe(EntryPlace(file, entry)) if entry else ""
        yield Completion(key, span, Sort.ENTRY, about, file)


def _labels_and_entries(site: KnownSite, source: SourceText, span: Span) -> Iterator[Completion]:
    yield from _labels(site, source, span)
    yield from _entries(site, source, span)


def _includes(site: KnownSite, _source: SourceText, span: Span) -> Iterator[Completion]:
    return (Completion(name, span, Sort.FILE) for name in site.view[kinds.INCLUDES])


def _posts(site: KnownSite, _source: SourceText, span: Span) -> Iterator[Completion]:
    for meta in site.view[kinds.POSTS]:
        yield Completion(meta.path.rpartition("/")[2].removesuffix(meta.ext), span, Sort.FILE, meta.title)


def _macros(site: KnownSite, source: SourceText, span: Span) -> Iterator[Completion]:
    """The macros of the site, and those that formulas of the text define."""
    text = source.text
    math, known = site.config.math, dict[str, str]()
    definitions = [it for tex in math.definitions for it in find_definitions(tex)]
    body_start = split(text).body_start
    for region in regions(text[body_start:], site.config.markdown):
        if region.kind == MATH:
            definitions += find_definitions(text[body_start + region.start : body_start + region.end])
    known.update((name if name.startswith("\\") else f"\\{name}", tex) for name, tex in math.macros)
    known.update((it.name, it.tex) for it in definitions if it.name.startswith("\\") and "{" not in it.name)
    return (Completion(name, span, Sort.MACRO, tex) for name, tex in known.items())


_OF_BODY = (
    (_REFERENCE, _labels),
    (_LINK, _ids),
    (_CITE, _entries),
    (_TAG, _entries),
    (_KEY, _labels_and_entries),
    (_INCLUDE, _includes),
    (_POST, _posts),
    (_MACRO, _macros),
)


def _in_front_matter(site: KnownSite, head: str, line: str, offset: int) -> Iterator[Completion]:
    """Keys at the beginning of a line, values behind a key or in its list."""
    lines = head.split("\n")
    if found := _NEW_KEY.search(line):
        used = {it.partition(":")[0] for it in lines[:-1]}
        for key, schema in site.front_matter.items():
            if key not in used and isinstance(schema, Mapping):
                about = str(schema.get("description", ""))
                yield Completion(key, Span(offset - len(line), offset), Sort.KEY, about)
        return
    if found := _VALUE.search(line):
        key, written = found[1], found[2]
    elif found := _ITEM.search(line):
        above = next((it for it in reversed(lines[:-1]) if not _ITEM.search(it)), "")
        parent = _PARENT.search(above)
        key, written = (parent[1], found[1]) if parent else ("", "")
    else:
        return
    for value in _values(site, key):
        yield Completion(value, Span(offset - len(written), offset), Sort.VALUE)


def _values(site: KnownSite, key: str) -> Iterable[str]:
    view = site.view
    if key in ("tags", "tag"):
        return [name for name, _ in view[kinds.TAGS]]
    if key in ("categories", "category"):
        return [name for name, _ in view[kinds.CATEGORIES]]
    if key == "layout":
        own = [name.rpartition(".")[0] or name for name in view[kinds.SITE_LAYOUTS]]
        return own or ["post", "page", "home", "default", "none"]
    schema = site.front_matter.get(key)
    if not isinstance(schema, Mapping):
        return []
    options = schema.get("enum")
    if isinstance(options, list | tuple):
        return [str(it).lower() if isinstance(it, bool) else str(it) for it in options]
    return ["true", "false"] if "boolean" in str(schema.get("type")) else []
