"""The entries that a page shows, in one of the five styles: labels, citations in a text, entries of the list, as HTML."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import quote

from mathblog.citations.html import escape_text, to_html, words_html
from mathblog.citations.names import named_in_text, people
from mathblog.citations.styles.ams import AlphaStyle, AmsStyle
from mathblog.citations.styles.apa import ApaStyle, AuthorDate
from mathblog.citations.styles.base import Style, order, title_of
from mathblog.citations.styles.chicago import ChicagoStyle
from mathblog.citations.styles.numeric import NumericStyle
from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.model.citations.reference import Citation, Cite, Reference

_STYLES: Mapping[str, type[Style]] = {
    "numeric": NumericStyle,
    "apa": ApaStyle,
    "alpha": AlphaStyle,
    "chicago-author-date": ChicagoStyle,
    "ams": AmsStyle,
}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ARXIV = lazy_pattern(  # behind what is left alone: links, tags, formulas, addresses that are words
    r"<a\b.*?</a>|<[^<>]*>|\\\(.*?\\\)|https?://[^\s<]+"
    r"|(?<![\w/])arXiv:(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7})\b",
    re.IGNORECASE | re.DOTALL,
)
_LINKS = lazy_pattern(r"</?a\b[^<>]*>")


def is_dated(name: str) -> bool:
    """Whether the citations of a style are authors and years, in round brackets."""
    return isinstance(style_of(name), AuthorDate)


class EntryLabel(NamedTuple):
    """The label of an entry on its page: what stands in square brackets, or the letter behind its year."""

    text: str = ""
    year_suffix: str = ""


@cache
def style_of(name: str) -> Style:
    """Return the style of one of the five names."""
    return _STYLES[name]()


def is_sorted(name: str) -> bool:
    """Whether the lists of a style are in the order of authors."""
    return style_of(name).sorted


def is_labelled(name: str) -> bool:
    """Whether the entries of a style begin with a label."""
    return style_of(name).labelled


def in_order(references: Sequence[Reference]) -> list[Reference]:
    """The entries in the order of authors, years, titles."""
    return sorted(references, key=order)


def label_entries(name: str, references: Sequence[Reference]) -> dict[str, EntryLabel]:
    """The labels of entries by their keys; `references` are those of a page in the order of its list."""
    style = style_of(name)
    if isinstance(style, AuthorDate):
        written = [style.cite(reference, "", narrative=True, without_author=False) for reference in references]
        suffixes = _tell_apart(written)
        return {it.key: EntryLabel("", suffix) for it, suffix in zip(references, suffixes, strict=True)}
    labels = [style.label(reference, number) for number, reference in enumerate(references, 1)]
    suffixes = _tell_apart(labels)
    return {it.key: EntryLabel(label + suffix) for it, label, suffix in zip(references, labels, suffixes, strict=True)}


def _tell_apart(words: Sequence[object]) -> list[str]:
    """Letters for those that are equal: a, b … z, aa … zz, aaa."""
    count, seen = Counter(words), Counter[object]()
    suffixes = []
    for word in words:
        seen[word] += 1
        left, letters = seen[word], ""
        while left:
            left, place = divmod(left - 1, len(_LETTERS))
            letters = _LETTERS[place] + letters
        suffixes.append(letters if count[word] > 1 else "")
    return suffixes


@lru_cache(maxsize=4096)
def entry_html(name: str, reference: Reference, year_suffix: str = "") -> str:
    r"""The HTML of an entry without its label; formulas in it are written `\(…\)`, `arXiv:1706.03762` in words is a link."""
    html = to_html(style_of(name).entry(reference, year_suffix)).strip()
    return _ARXIV.sub(_arxiv_link, html) if "arxiv:" in html.lower() else html


def _arxiv_link(found: re.Match[str]) -> str:
    return f'<a href="https://arxiv.org/abs/{found[1]}">{found[0]}</a>' if found[1] else found[0]


@dataclass(frozen=True, slots=True)
class Links:
    """Where citations lead: `before_id` begins the ids of entries, `page` is the page that has the list, '' for this one."""

    before_id: str = "ref-"
    page: str = ""
    css_class: str = "cite"

    def open_tag(self, key: str, place: str) -> str:
        """The beginning of a link to an entry; `place` is the id of the link, '' for none."""
        own = f' id="{escape_text(place)}"' if place else ""
        return f'<a class="{self.css_class}" href="{escape_text(self.page)}#{_anchor(self.before_id + key)}"{own}>'


@lru_cache(maxsize=1024)
def _anchor(name: str) -> str:
    """The id of an entry as it stands in an address."""
    return escape_text(quote(name, safe=":/@!,;=+()*'.&"))


class Linked(NamedTuple):
    """A cite with its entry, its label, and the id of its link."""

    cite: Cite
    reference: Reference
    label: EntryLabel
    place: str = ""


def citation_html(name: str, citation: Citation, cites: Sequence[Linked], links: Links, *, linked: bool = True) -> str:
    """The HTML of a citation; without links where it stands in one (`linked`).

    As in CSL the entries of one are in the order of the list where the style asks for it and no words stand between them, and
    several years of the same authors have one name (`sort`, `collapse` of apa.csl, ieee.csl and chicago-author-date.csl).
    """
    style = style_of(name)
    if not any(item.cite.prefix or item.cite.suffix or item.cite.without_author for item in cites):
        if isinstance(style, ApaStyle):
            cites = sorted(cites, key=lambda item: order(item.reference))
        elif isinstance(style, NumericStyle):
            cites = sorted(cites, key=lambda item: (len(item.label.text), item.label.text))
    if citation.part:
        between = "; " if isinstance(style, AuthorDate) else ", "
        return between.join(_cite(style, citation, item, links, linked=linked) for item in cites)
    if not isinstance(style, AuthorDate) or citation.narrative:
        return ", ".join(_cite(style, citation, item, links, linked=linked) for item in cites)
    written, before = "", ""
    for item in cites:
        cite = item.cite
        who = style.cite(item.reference, "", narrative=False, without_author=cite.without_author)[0]
        again = bool(who) and who == before and not cite.prefix
        shown = item._replace(cite=replace(cite, without_author=True)) if again else item
        between = ("; ", ", ")[again] if written else ""
        written += between + _cite(style, citation, shown, links, linked=linked)
        before = "" if cite.locator or cite.suffix else who
    return f"({written})"


def _part(style: Style, citation: Citation, item: Linked) -> str:
    r"""The part of an entry that a command shows: natbib's `\citeauthor`, `\citeyear`, `\citealp`, `\citealt` and biblatex's `\citetitle`, `\fullcite`."""
    _, reference, label, _ = item
    if citation.part == "entry":
        return to_html(style.entry(reference, label.year_suffix)).strip().removesuffix(".")
    if citation.part == "title":
        return f"<i>{to_html(title_of(reference)).strip()}</i>"
    dated = style if isinstance(style, AuthorDate) else ApaStyle()
    who, year = dated.cite(
        reference, label.year_suffix, narrative=citation.part != "bare" or citation.narrative, without_author=False
    )
    if citation.part == "author":
        return dated.html_of(reference, who)
    if citation.part != "bare":
        return f"({escape_text(year)})" if citation.part == "bracketed year" else escape_text(year)
    if isinstance(style, AuthorDate):
        return f"{style.html_of(reference, who)}{' ' if citation.narrative else style.comma}{escape_text(year)}"
    return f"{escape_text(who)} {escape_text(label.text)}" if citation.narrative else escape_text(label.text)


def _cite(style: Style, citation: Citation, item: Linked, links: Links, *, linked: bool) -> str:
    cite, reference, label, place = item
    locator = words_html(cite.locator)
    if citation.part:
        shown = _part(style, citation, item)
        shown = f"{shown}, {locator}" if locator else shown
    elif isinstance(style, AuthorDate):
        who, year = style.cite(
            reference, label.year_suffix, narrative=citation.narrative, without_author=cite.without_author
        )
        year = f"{escape_text(year)}, {locator}" if locator else escape_text(year)
        joiner = " " if citation.narrative else style.comma
        year = f"({year})" if citation.narrative else year
        named = style.html_of(reference, who)
        if joiner.startswith(",") and named.endswith("”"):  # a comma stands before closing quotes
            named, joiner = f"{named[:-1]},”", joiner[1:]
        shown = f"{named}{joiner}{year}" if who else year
    else:
        shown = f"[{escape_text(label.text)}, {locator}]" if locator else f"[{escape_text(label.text)}]"
        who = ""
        if citation.narrative and not cite.without_author:  # the style itself names nobody
            names = people(reference, "author") or people(reference, "editor")
            who = named_in_text(names, " and ") if names else ""
        shown = f"{escape_text(who)} {shown}" if who else shown
    if citation.part == "entry":  # it has links of its own
        shown = f'<span id="{escape_text(place)}">{shown}</span>' if linked and place else shown
        shown = shown if linked else _LINKS.sub("", shown)
    elif linked:
        shown = f"{links.open_tag(cite.key, place)}{shown}</a>"
    before = f"{words_html(cite.prefix)} " if cite.prefix else ""
    return f"{before}{shown}{words_html(cite.suffix)}"
