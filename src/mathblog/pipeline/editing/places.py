"""Where names stand: the label, entry or file that a place of a text names, and every place that names a label."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.math.collect import FoundFormula, collect_formulas
from mathblog.model.facts import kinds
from mathblog.model.formula import Formula
from mathblog.pipeline.editing.known_site import EntryPlace, KnownSite, LabelPlace
from mathblog.pipeline.editing.mentions import Mention, Role, mention_at, mentions
from mathblog.pipeline.numbering.labels import Labels, normal, without_prefix
from mathblog.reading.frontmatter import split
from mathblog.text.delimiters import MATH
from mathblog.text.regions import regions

_INCLUDE = lazy_pattern(r"\{%-?\s*include(?:_cached|_relative)?\s+([^\s%{}]+)")
_POST = lazy_pattern(r"\{%-?\s*(?:post_url|link)\s+([^\s%]+)")
_ILLEGAL = lazy_pattern(r"[\s{}\[\](),#%\\]")
_PREFIXED = lazy_pattern(r"([A-Za-z]+)([:_-])(?=.)")

ReadText = Callable[[str], SourceText | None]


class FileStretch(NamedTuple):
    """A stretch of a file."""

    path: str
    span: Span


class RenameError(ValueError):
    """A label cannot have this name; the message says why."""


@dataclass(frozen=True, slots=True)
class CurrentTexts:
    """The texts of a site's files as they count: `read(path)` is None for what is no text."""

    site: KnownSite
    read: ReadText

    def label_at(self, source: SourceText, offset: int) -> tuple[Mention, LabelPlace] | None:
        """The mention of a label at a place, and the label."""
        mention = mention_at(source.text, self.site.config.markdown, offset)
        place = self.site.resolve(source.path, mention) if mention else None
        return (mention, place) if mention and isinstance(place, LabelPlace) else None

    def definition(self, source: SourceText, offset: int) -> FileStretch | None:
        """Where the label, the entry, the include or the post stands that a place of a text names."""
        if (file := self._file_at(source, offset)) is not None:
            return FileStretch(file, Span(0, 0))
        mention = mention_at(source.text, self.site.config.markdown, offset)
        place = self.site.resolve(source.path, mention) if mention else None
        if isinstance(place, LabelPlace):
            span = next((it.span for it in self._labelling(place)), self._heading(place))
            return FileStretch(place.path, span)
        text = self.read(place.path) if isinstance(place, EntryPlace) else None
        if isinstance(place, EntryPlace) and text is not None:
            found = re.search(rf"@\s*\w+\s*[{{(]\s*({re.escape(place.reference.key)})\s*,", text.text)
            return FileStretch(place.path, Span(*found.span(1)) if found else Span(0, 0))
        return None

    def places(self, label: LabelPlace) -> Iterator[tuple[FileStretch, Mention]]:
        """All places that name a label, in all documents."""
        name = label.label.name
        longest = max(without_prefix(name)[1].split(), key=len, default=name)
        pieces = (longest, label.label.id or name)  # every mention has one of them
        for path in self.site.documents():
            source = self.read(path)
            if source is None or not any(it in source.text for it in pieces):
                continue
            for mention in mentions(source.text, self.site.config.markdown):
                if self.site.resolve(path, mention) == label:
                    yield FileStretch(path, mention.span), mention

    def renamed(self, label: LabelPlace, new: str) -> list[tuple[FileStretch, str]]:
        """The edits that give a label another name, wherever it is named; each keeps its own spelling where it has one.

        Raises:
            RenameError: where the name cannot be that of a label, or is another label's of the document.

        """
        if not new or _ILLEGAL.search(new):
            message = f"`{new}` is no name for a label: it holds a blank or a sign that ends names"
            raise RenameError(message)
        known = Labels(it for it in self.site.labels(label.path) if it != label.label).find(new)
        if known is not None:
            message = f"`{label.path}` has a label `{known.name}` already"
            raise RenameError(message)
        found = list(self.places(label))
        if not any(mention.role is Role.LABEL for _, mention in found):
            message = f"`{label.label.name}` is made of the words of its heading: write `{{#{new}}}` behind it"
            raise RenameError(message)
        return [(place, _respelled(mention, label.label.name, new)) for place, mention in found]

    def formula_at(self, source: SourceText, offset: int, definitions: tuple[str, ...] = ()) -> Formula | None:
        """The formula that a place is in, with the macros that the text defined before it."""
        start, pieces = split(source.text).body_start, list[FoundFormula]()
        for region in regions(source.text[start:], self.site.config.markdown):
            if start + region.start > offset:
                return None
            if region.kind == MATH:
                span = Span(start + region.inner_start, start + region.inner_end)
                pieces.append(FoundFormula(source.text[span.start : span.end].strip(), region.display, span))
                if offset <= start + region.end:
                    return collect_formulas(pieces, definitions)[-1]
        return None

    def formula_of(self, label: LabelPlace) -> Formula | None:
        """The formula that has a label."""
        source = self.read(label.path)
        found = next(self._labelling(label), None) if source is not None else None
        return self.formula_at(source, found.span.start) if source is not None and found else None

    def _labelling(self, label: LabelPlace) -> Iterator[Mention]:
        """The places of a document that give it a label: one, where nothing is wrong."""
        source = self.read(label.path)
        options = self.site.config.markdown
        for mention in mentions(source.text, options) if source is not None else ():
            if mention.role is Role.LABEL and normal(mention.name) in (label.label.name, label.label.id):
                yield mention

    def _heading(self, label: LabelPlace) -> Span:
        """The heading whose words are the title of a place without a label of its own; else the head of the file."""
        source = self.read(label.path)
        found = (
            re.search(rf"^#+ [^\n]*?({re.escape(label.label.title)})", source.text, re.MULTILINE) if source else None
        )
        return Span(*found.span(1)) if found else Span(0, 0)

    def _file_at(self, source: SourceText, offset: int) -> str | None:
        """The file that a tag of Liquid names at a place."""
        start, end = source.line_span(source.position(offset).line)
        for found in _INCLUDE.finditer(source.text, start, end):
            include = self.site.view.get(kinds.INCLUDE, found[1]) if found.start(1) <= offset <= found.end(1) else None
            if include is not None:
                return include.path
        for found in _POST.finditer(source.text, start, end):
            name = found[1].strip("/")
            paths = self.site.view.get(kinds.NAMED, name) if found.start(1) <= offset <= found.end(1) else None
            if paths:
                return paths[0]
        return None


def _respelled(mention: Mention, old: str, new: str) -> str:
    """The new name as a mention spells it: with its page before it, with its prefix and its sign behind the prefix."""
    name = mention.name
    if mention.role is Role.LABEL or name == old:
        return new
    page = ""
    if not mention.address and ":" in name and without_prefix(name)[0] == "":
        slug, _, name = name.partition(":")
        page = f"{slug}:"
    if name == old:
        return page + new
    prefix, rest = without_prefix(new)
    sign = _PREFIXED.match(name)
    prefix = prefix or ("eq" if sign and sign[1] == "eq" else "")  # which ids of equations have in any case
    if not without_prefix(name)[0]:
        return page + (rest if without_prefix(old)[0] else new)
    return page + (f"{prefix}{sign[2]}{rest}" if prefix and sign else new)
