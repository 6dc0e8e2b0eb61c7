"""The citations of a parsed page, filled: labels and numbers are given when all of them are known."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from markdown_it.token import Token

from mathblog.citations.formatting import EntryLabel, Linked, Links, citation_html, in_order, is_sorted, label_entries
from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.segments import SegmentMap
from mathblog.core.source import Span
from mathblog.model.citations.asked import Asked
from mathblog.model.citations.reference import Reference
from mathblog.model.document import Document
from mathblog.model.options import MarkdownOptions
from mathblog.pipeline.citing.apart import plain_words, set_apart, splice, take_apart, words_apart
from mathblog.pipeline.citing.footnotes import read_distill_notes
from mathblog.pipeline.citing.latex import UNKNOWN
from mathblog.pipeline.citing.lists import ListWriter, grouped, links_of, place_id, select, style_name
from mathblog.pipeline.citing.page import PageBibliography
from mathblog.pipeline.citing.places import CitationPlace, FoundCitations, ListPlace
from mathblog.pipeline.citing.service import PageCitations, write_list
from mathblog.pipeline.citing.spellings import CitationFinder

if TYPE_CHECKING:
    from mathblog.markdown.parser import Parsed

CODE = "citation"
_ITEM = lazy_pattern(r'<li id="(?:ref-)?([^"]*)"')
# what a heading of the list is called (`docs/guide/citations.md`)
HEADINGS = {
    "en": "References", "ko": "참고문헌", "zh": "参考文献", "zh-tw": "參考文獻", "ja": "参考文献", "es": "Referencias",
    "de": "Literatur", "fr": "Références", "vi": "Tài liệu tham khảo",
}  # fmt: skip
_OTHERS = (
    "Bibliography",
    "Works cited",
    "Literature",
    "References and notes",
    "참고 문헌",
    "参考资料",
    "參考資料",
    "Literaturverzeichnis",
    "Bibliographie",
    "Bibliografía",
    "Referências",
    "Références bibliographiques",
)
_NAMES = frozenset(name.casefold() for name in (*HEADINGS.values(), *_OTHERS))


class Resolved(NamedTuple):
    """The page with its citations, what was wrong, and how often it cites each entry, in the order of first citation."""

    parsed: "Parsed"
    diagnostics: tuple[Diagnostic, ...]
    cited: tuple[tuple[str, int], ...]


class Here(NamedTuple):
    """The settings around a page: its address in lists, whether `<d-cite>` is ours, whether a list is put at its end, below which words."""

    address: str
    distill: bool
    appends: bool
    heading: str


class _Shown(NamedTuple):
    """The entries of a list in their order, and where it goes."""

    place: ListPlace
    references: list[Reference]


class _Labels:
    """The labels of the entries of a page in the styles that it uses: those of lists in a style come first."""

    def __init__(self, page: PageBibliography, lists: Sequence[_Shown], rest: Sequence[Reference]) -> None:
        self._page = page
        self._lists = lists
        self._rest = rest
        self._known: dict[str, dict[str, EntryLabel]] = {}

    def of(self, style: str) -> dict[str, EntryLabel]:
        """Return the labels in a style."""
        if style not in self._known:
            own = [item for item in self._lists if style_name(self._page.options, item.place.asked) == style]
            others = [item for item in self._lists if item not in own]
            listed = [reference for item in (*own, *others) for reference in item.references]
            entries = {reference.key: reference for reference in (*listed, *self._rest)}
            self._known[style] = label_entries(style, list(entries.values()))
        return self._known[style]


def resolve_citations(
    document: Document, parsed: "Parsed", service: PageCitations, segments: SegmentMap, here: Here
) -> Resolved:
    """Fill the citations and lists of a page; one that cites and has no list gets it at its end."""
    page = service.page
    found = CitationFinder(page, parsed.text, distill=here.distill).run(parsed.tokens)
    diagnostics = tuple(_report(found, page, document, segments))
    known = [place for place in found.cites if all(_entry(page, place, key) for key in _keys(place))]
    order = list(dict.fromkeys([*(key for place in known for key in _keys(place)), *service.noted, *found.noted]))
    lists = [_Shown(place, _references(page, place, _cited_in(place, found, known, order))) for place in found.lists]
    tokens = parsed.tokens
    if here.distill and page.files and "<d-footnote" in parsed.text:
        tokens = read_distill_notes(tokens)
    publishes = page.publishes
    if (order or publishes) and not lists and here.appends:
        asked = Asked(group_by="year", group_order="descending") if publishes else Asked(cited=True)
        own = ListPlace(Token("html_block", "", 0), asked, None, len(parsed.text))
        lists.append(_Shown(own, _references(page, own, order)))
        tokens = _with_list(tokens, own.token, "" if publishes else here.heading)
    shown = {reference.key: reference for item in lists for reference in item.references}
    others = {key: reference for key in order if key not in shown and (reference := page.find(key)) is not None}
    rest = list(others.values())
    style = style_name(page.options)
    labels = _Labels(page, lists, in_order(rest) if is_sorted(style) else rest)
    counts = _fill_cites(page, known, labels, here, parsed.options)
    starts = {key: place.offset for place in reversed(known) for key in _keys(place)}
    for item in lists:
        if item.place.shown is None:
            asked = item.place.asked
            writer = ListWriter(page, asked, labels.of(style_name(page.options, asked)), counts, service.given)
            _fill_list(item.place, write_list(writer, item.references), parsed, starts)
    for code, mark, place in found.in_code:
        code.content = code.content.replace(mark, place.content, 1)
    tokens = set_apart(tokens, [item.place.token for item in lists if item.place.in_line])
    filled = (*(item.place.token for item in lists), *(place.token for place in known))
    if any("pieces" in token.meta for token in filled):
        splice(tokens)
    cited = tuple((key, counts.get(key, 0)) for key in order)
    return Resolved(replace(parsed, tokens=tokens), diagnostics, cited)


def _keys(place: CitationPlace) -> list[str]:
    return [cite.key for cite in place.citation.cites]


def _entry(page: PageBibliography, place: CitationPlace, key: str) -> Reference | None:
    return page.find(key, place.asked.files)


def _cited_in(
    place: ListPlace, found: FoundCitations, known: Sequence[CitationPlace], order: Sequence[str]
) -> Sequence[str]:
    """The keys that a list of cited entries may have: with `--clear` on a page each list has its own, those before it."""
    cleared = [item.index for item in found.lists if item.asked.clear]
    if not cleared:
        return order
    begin = max((index for index in cleared if index < place.index), default=0)
    own = [item for item in known if begin < item.index < place.index]
    return list(dict.fromkeys(key for item in own for key in _keys(item)))


def _references(page: PageBibliography, place: ListPlace, order: Sequence[str]) -> list[Reference]:
    if place.shown is not None:
        return [reference for key in place.shown if (reference := page.find(key)) is not None]
    try:
        found = select(page, place.asked, order)
        return [reference for group in grouped(page, place.asked, found) for reference in group.references]
    except ValueError:  # the tag was told
        return []


def _fill_cites(
    page: PageBibliography, places: Sequence[CitationPlace], labels: _Labels, here: Here, options: MarkdownOptions
) -> Counter[str]:
    """Write the citations; how often each entry is cited."""
    counts: Counter[str] = Counter()
    for place in places:
        style = style_name(page.options, place.asked)
        linked = []
        for cite in place.citation.cites:
            counts[cite.key] += place.linked
            reference = _entry(page, place, cite.key)
            if reference is not None:
                label = labels.of(style).get(cite.key, EntryLabel())
                linked.append(Linked(cite, reference, label, place_id(cite.key, counts[cite.key])))
        links = links_of(page.options, place.asked.prefix)
        token = place.token
        token.content = citation_html(style, place.citation, linked, links, linked=place.linked)
        apart = [item._replace(place="") for item in linked]
        elsewhere = Links(links.before_id, here.address, links.css_class)
        written = partial(citation_html, style, place.citation, apart)
        token.meta["listed"] = partial(written, elsewhere, linked=place.linked)
        in_words = partial(written, links, linked=False)
        token.meta["words"] = partial(plain_words, in_words)
        if place.in_words:
            token.type, token.content = "reference", token.meta["words"]()
            token.meta["html"] = token.content
            if "ref{" in token.content:
                token.meta["pieces"] = words_apart(token.content)
        elif "\\" in token.content:
            take_apart(token, in_words(), place.offset, options)
    return counts


def _fill_list(place: ListPlace, html: str, parsed: "Parsed", starts: Mapping[str, int]) -> None:
    """Put a list into its place, its formulas apart: theirs is where the entry is cited first, else that of the list."""
    from mathblog.markdown.maths.html_maths import split_written

    block = place.token.type == "html_block"
    pieces = split_written(html, parsed.options)
    offset = place.offset
    for piece in pieces or ():
        if piece.type == "math_inline":
            piece.meta.update(start=offset, end=offset)
        else:
            keys = [key for key in _ITEM.findall(piece.content) if key in starts]
            offset = starts[keys[-1]] if keys else offset
    place.token.content = f"{html}\n" if block else html
    if pieces and block:
        place.token.children = [*pieces, Token("html_block", "", 0, content="\n")]
    elif pieces:
        place.token.meta["pieces"] = pieces


def _with_list(tokens: Sequence[Token], own: Token, heading: str) -> list[Token]:
    """The tokens with a list before the notes: below a last heading that is called so, else below one of its own, if it has words."""
    end = next((index for index, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
    headings = [index for index, token in enumerate(tokens[:end]) if token.type == "heading_open"]
    last = tokens[headings[-1] + 1].content if headings else ""
    named = last.strip().strip("*_#:： ").lstrip("0123456789.) ").casefold() in _NAMES
    own.meta["blank"] = own.meta["appended"] = True
    if named or not heading:
        return [*tokens[:end], own, *tokens[end:]]
    ids = {token.attrs["id"] for token in tokens if token.attrs and "id" in token.attrs}
    name = next(name for name in ("references", "references-list", "references-of-this-page", "") if name not in ids)
    opening = Token("heading_open", "h2", 1, attrs={"id": name} if name else {}, markup="##", block=True)
    opening.meta["blank"] = opening.meta["appended"] = True
    text = Token("inline", "", 0, content=heading, children=[Token("text", "", 0, content=heading)], block=True)
    return [*tokens[:end], opening, text, Token("heading_close", "h2", -1, markup="##", block=True), own, *tokens[end:]]


def heading_of(language: str) -> str:
    """Return the heading of the list in a language."""
    name = language.casefold().replace("_", "-")
    return HEADINGS.get(name) or HEADINGS.get(name.partition("-")[0]) or HEADINGS["en"]


def _report(
    found: FoundCitations, page: PageBibliography, document: Document, segments: SegmentMap
) -> Sequence[Diagnostic]:
    """A warning for each unknown key and each command that nobody reads, at its place."""
    problems = []
    for key, written, offset in found.unknown:
        start = offset + max(written.find(key), 0)
        span = segments.source_span(Span(start, start + len(key)))
        message = f"no entry `{key}` in the bibliography"
        problems.append(at(document.source, span, message, code=UNKNOWN, hint=page.hint(key)))
    for written, hint, offset in found.unread:
        span = segments.source_span(Span(offset, offset + len(written)))
        problems.append(at(document.source, span, f"`{written}` stays in the text", code=UNKNOWN, hint=hint))
    missing = [name for name in page.named if not page.files_of([name])]
    for name in missing if page.known or found.cites or found.unknown else ():
        span = document.keys.get("bibliography", Span(0, 1))
        hint = f"put the file into `{page.options.source}` or `assets/bibliography`"
        problems.append(at(document.source, span, f"no bibliography `{name}`", code=CODE, hint=hint))
    return problems
