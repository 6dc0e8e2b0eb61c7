"""Numbers in square brackets, in the order of citation (IEEE's style, as citeproc-js writes it)."""

from collections.abc import Sequence
from typing import Any

from pybtex.richtext import BaseText, String, Tag
from pybtex.style.template import Node

from mathblog.citations.dates import accessed, date_of
from mathblog.citations.latex import decode, plain
from mathblog.citations.names import ET_AL, OTHERS, Name, people
from mathblog.citations.nodes import address_of, doi_of, ended, italic, pages, plain_value, quoted, value, web
from mathblog.citations.nodes import doi as doi_link
from mathblog.citations.rich import RichText, join, optional
from mathblog.citations.styles.base import (
    SHORT_MONTHS,
    Style,
    edition,
    has,
    join_names,
    publisher_of,
    thesis_kind,
    title_of,
)
from mathblog.model.citations.reference import Reference

_MOST_NAMES = 6


_OF_ARTICLE = (
    optional[italic(latin=True)[value("journaltitle", "journal")]],
    optional["vol. ", value("volume")],
    optional["no. ", value("number", "issue")],
    optional[pages("p. ", "pp. ")],
)
_DOI = optional[doi_link("doi: ")]
_ENDED_DOI = ended[doi_link("doi: ")]
_ONLINE = join[RichText("[Online]. Available: "), web]


class NumericStyle(Style):
    """A template for each kind of entry."""

    labelled = True

    def entry(self, reference: Reference, year_suffix: str = "") -> BaseText:
        """Return an entry of the list; a title with nothing behind it ends the sentence."""
        text = super().entry(reference, year_suffix)
        return RichText(text[:-2], ".”") if str(text).endswith(",”") else text

    def label(self, reference: Reference, number: int) -> str:  # noqa: ARG002 - of this style
        """Return the number."""
        return str(number)

    def article(self, reference: Reference) -> Node:
        """Return the template of an article in a journal."""
        parts = [*_OF_ARTICLE, _month_year(reference), _DOI]
        return _whole(reference, quoted(",")[title_of(reference)], join(", ")[parts])

    def book(self, reference: Reference) -> Node:
        """Return the template of a book or of proceedings."""
        volume = optional["vol. ", value("volume")]
        title = ended(sep=", ")[italic(latin=True)[title_of(reference)], volume, edition(reference)]
        return _whole(
            reference,
            title,
            join(" ")[
                optional[ended(sep="")["in ", value("series"), optional[", vol. ", value("volume")]]],
                _published(reference),
            ],
            role_end=",",
        )

    def chapter(self, reference: Reference) -> Node:
        """Return the template of a part of a book."""
        which = edition(reference)
        series = optional["in ", value("series"), optional[", vol. ", value("volume")]]
        parts = join(", ")[
            optional["in ", italic(latin=True)[value("booktitle", "maintitle")]],
            (which if which.endswith(".") else f"{which}.") if which else "",
            (_editors_text(reference) if people(reference, "author") else None) or "",
            series if not has(reference, "series") or not has(reference, "publisher") else ended[series],
        ]
        rest = join(", ")[_published(reference), optional[pages("p. ", "pp. ")]]
        joiner = " " if has(reference, "series") and has(reference, "publisher") else ", "
        return _whole(reference, quoted(",")[title_of(reference)], join(joiner)[parts, rest])

    def paper(self, reference: Reference) -> Node:
        """Return the template of a paper in proceedings."""
        return self.chapter(reference)

    def thesis(self, reference: Reference) -> Node:
        """Return the template of a thesis."""
        school = optional[value("school", "institution")]
        place = optional[plain_value("address", "location")]
        parts = join(", ")[thesis_kind(reference), school, place, _month_year(reference)]
        return _whole(reference, quoted(",")[title_of(reference)], parts)

    def report(self, reference: Reference) -> Node:
        """Return the template of a report."""
        number = join(" ")[optional[value("type")], optional[value("number")]]
        institution = optional[value("institution", "publisher")]
        place = optional[plain_value("address", "location")]
        parts = join(", ")[institution, place, number, _month_year(reference)]
        return _whole(reference, quoted(",")[title_of(reference)], parts)

    def web(self, reference: Reference) -> Node:
        """Return the template of a page: when it was read, or when it was written."""
        seen = accessed(reference)
        read = f"Accessed: {SHORT_MONTHS[seen.month]} {seen.day:02}, {seen.year}" if seen.day else ""
        return _whole(reference, quoted(".")[title_of(reference)], read or _full_date(reference))

    def misc(self, reference: Reference) -> Node:
        """Return the template of anything else."""
        publisher = publisher_of(reference)
        parts = join(", ")[decode(publisher) if publisher else "", _full_date(reference)]
        return _whole(reference, quoted(".")[title_of(reference)], parts)


def _whole(reference: Reference, title: Node, rest: Any, role_end: str = "") -> Node:
    """Authors, title, the rest, and where it is to be found."""
    authors = people(reference, "author")
    head: BaseText | None = _list(authors) if authors else None
    if not authors and role_end:
        head = _editors_text(reference)
    in_article = reference.type in ("article", "suppperiodical", "periodical")
    has_doi = bool(doi_of(reference)) and not in_article
    parts = [
        RichText(head, ",") if head is not None else "",
        title,
        ended[rest],
        _ENDED_DOI if has_doi else "",
        _ONLINE if address_of(reference) and not doi_of(reference) else "",
    ]
    return join(" ")[parts]


def _list(names: Sequence[Name]) -> BaseText:
    written = [" ".join(part for part in (name.initials, name.family, name.suffix) if part) for name in names]
    if len(written) > _MOST_NAMES:
        written = [written[0], OTHERS]
    words = join_names(written, " and ", ", and ")
    return RichText(words.removesuffix(ET_AL), Tag("i", ET_AL)) if written[-1] == OTHERS else String(words)


def _editors_text(reference: Reference) -> BaseText | None:
    editors = people(reference, "editor")
    return RichText(_list(editors), ", Eds." if len(editors) > 1 else ", Ed.") if editors else None


def _published(reference: Reference) -> Node:
    where = plain(reference.fields.get("address", reference.fields.get("location", ""))).strip()
    publisher = optional[value("publisher", "organization")]
    both = join(": ")[where, publisher] if has(reference, "publisher", "organization") else join[""]
    return join(", ")[both, _month_year(reference)]


def _month_year(reference: Reference) -> str:
    date = date_of(reference)
    return f"{SHORT_MONTHS[date.month]} {date.year}" if date.month and date.year else date.year


def _full_date(reference: Reference) -> str:
    date = date_of(reference)
    if date.day and date.month:
        return f"{SHORT_MONTHS[date.month]} {date.day:02}, {date.year}"
    return _month_year(reference)
