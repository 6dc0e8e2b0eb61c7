"""Chicago's author and date (Manual of Style, 18th edition, as citeproc-js writes it)."""

from collections.abc import Sequence
from typing import Any

from pybtex.richtext import BaseText, String
from pybtex.style.template import Node

from mathblog.citations.dates import date_of
from mathblog.citations.latex import decode
from mathblog.citations.names import Name, people
from mathblog.citations.nodes import capitals, close, doi, doi_of, ended, italic, pages, quoted, title_case, value, web
from mathblog.citations.rich import RichText, join, optional
from mathblog.citations.styles.apa import AuthorDate
from mathblog.citations.styles.base import (
    edition,
    has,
    join_names,
    kind_of,
    month_name,
    number_of,
    publisher_of,
    thesis_kind,
    title_of,
)
from mathblog.model.citations.reference import Reference

_MOST_NAMES, _SHOWN_NAMES = 6, 3


class ChicagoStyle(AuthorDate):
    """A template for each kind of entry."""

    ampersand = " and "
    comma = " "

    def short_title(self, reference: Reference) -> str:
        """Return the title in quotes."""
        return f"“{capitals(decode(reference.fields.get('title', reference.key)))}”"

    def article(self, reference: Reference) -> Node:
        """Return the template of an article in a journal."""
        return self._whole(reference, _title(reference), self._periodical(reference))

    def book(self, reference: Reference) -> Node:
        """Return the template of a book or of proceedings."""
        parts = [
            ended[italic(latin=True)[title_case[title_of(reference)]]],
            ended[edition(reference)],
            optional["Vol. ", value("volume"), "."],
            optional[ended[value("series")]],
            optional[ended[value("publisher", "organization")]],
        ]
        return self._whole(reference, *parts)

    def chapter(self, reference: Reference) -> Node:
        """Return the template of a part of a book."""
        editors = people(reference, "editor")
        inside = join(", ")[
            optional["In ", italic(latin=True)[title_case[value("booktitle", "maintitle")]]],
            edition(reference),
            f"edited by {join_names([_written(name) for name in editors], ' and ', ', and ')}" if editors else "",
        ]
        return self._whole(reference, _title(reference), ended[inside], optional[ended[value("publisher")]])

    def paper(self, reference: Reference) -> Node:
        """Return the template of a paper: proceedings without editors and publisher are like a journal."""
        if has(reference, "editor", "publisher", "series"):
            return self.chapter(reference)
        return self.article(reference)

    def thesis(self, reference: Reference) -> Node:
        """Return the template of a thesis."""
        where = join(", ")[thesis_kind(reference), optional[value("school", "institution")]]
        return self._whole(reference, _title(reference), ended[where])

    def report(self, reference: Reference) -> Node:
        """Return the template of a report."""
        parts = [
            ended[italic(latin=True)[title_case[title_of(reference)]]],
            ended[number_of(reference)],
            optional[ended[value("institution", "publisher")]],
        ]
        return self._whole(reference, *parts)

    def web(self, reference: Reference) -> Node:
        """Return the template of a page."""
        return self._whole(reference, _title(reference), ended[month_name(date_of(reference), day=True)])

    def misc(self, reference: Reference) -> Node:
        """Return the template of anything else."""
        return self._whole(reference, _title(reference), ended[decode(publisher_of(reference))])

    def _whole(self, reference: Reference, title: Any, *rest: Any) -> Node:
        head = self._head(reference)
        date = _Year(reference)
        first = [head, date, title] if head else [title, date]
        where = ended[doi] if doi_of(reference) else optional[ended[web]]
        return join(" ")[(*first, *rest, where)]

    def _head(self, reference: Reference) -> BaseText | None:
        authors = people(reference, "author")
        if authors:
            return close(String(_inverted_list(authors)), ".")
        editors = people(reference, "editor")
        if editors and kind_of(reference) != "chapter":
            return String(f"{_inverted_list(editors)}, {'eds' if len(editors) > 1 else 'ed'}.")
        return None

    def _periodical(self, reference: Reference) -> Node:
        is_paper = kind_of(reference) == "paper"
        name = italic(latin=True)[title_case[value("journaltitle", "journal", "booktitle")]]
        series = "" if is_paper or not has(reference, "series") else value("series")
        month = month_name(date_of(reference))
        volume = join(" ")[
            optional["vol. " if series else "", value("volume")], optional["(", value("number", "issue"), ")"]
        ]
        numbered = has(reference, "volume", "number")
        if month and not has(reference, "number"):
            month = f"({month})" if has(reference, "volume") else month
        elif has(reference, "number"):
            month = ""
        place = join(" ")[volume, month if has(reference, "volume") else ""]
        joiner = ", " if series or not numbered else " "
        head = join(joiner)[join(", ")[optional[name], series], place, "" if has(reference, "volume") else month]
        found = optional[pages(short=True)]
        return ended[join(": " if numbered else ", ")[head, found]]


class _Year:
    """The year of an entry as a template."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference

    def format_data(self, context: dict[str, Any]) -> BaseText:
        """Return the year with its letter."""
        return close(RichText(context["style"].year(self._reference, context["year_suffix"])), ".")


def _title(reference: Reference) -> Node:
    return quoted(".")[title_case[title_of(reference)]]


def _written(name: Name) -> str:
    return " ".join(part for part in (name.first, name.von, name.last, name.suffix) if part)


def _inverted_list(names: Sequence[Name]) -> str:
    first = names[0]
    parts = (first.last, f"{first.first} {first.von}".strip(), first.suffix)
    written = [", ".join(part for part in parts if part), *map(_written, names[1:])]
    if len(written) > _MOST_NAMES:
        return ", ".join(written[:_SHOWN_NAMES]) + ", et al."
    return join_names(written, ", and ", ", and ")
