"""APA: author and year, lists in the order of authors (Publication Manual, 7th edition, as citeproc-js writes it)."""

from collections.abc import Sequence
from typing import Any

from pybtex.richtext import BaseText, String
from pybtex.style.template import Node

from mathblog.citations.dates import date_of
from mathblog.citations.html import escape_text
from mathblog.citations.latex import decode, plain
from mathblog.citations.names import OTHERS, Name, named_in_text, people
from mathblog.citations.nodes import capitals, close, doi, doi_of, ended, italic, pages, title_case, value, web
from mathblog.citations.rich import RichText, join, optional
from mathblog.citations.styles.base import (
    Style,
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

_MOST_NAMES = 20
_WITH_MONTH = frozenset({"paper", "web", "misc"})


class AuthorDate(Style):
    """The common part of styles of author and year: how a text cites."""

    sorted = True
    ampersand = " & "
    comma = ", "
    no_date = "n.d."

    def cite(self, reference: Reference, year_suffix: str, *, narrative: bool, without_author: bool) -> tuple[str, str]:
        """Return whom a text names, or the title, and the year."""
        names = people(reference, "author") or people(reference, "editor")
        joiner = self.ampersand if not narrative else " and "
        who = named_in_text(names, joiner) if names else self.short_title(reference)
        return "" if without_author else who, self.year(reference, year_suffix)

    def html_of(self, reference: Reference, who: str) -> str:  # noqa: ARG002 - of this style
        """Return what `cite` says of an entry as HTML."""
        return escape_text(who)

    def short_title(self, reference: Reference) -> str:
        """Return the title of an entry without authors as a text cites it."""
        return str(capitals(decode(reference.fields.get("title", reference.key))))

    def year(self, reference: Reference, suffix: str) -> str:
        """Return the year with the letter that tells it from others of the same authors."""
        year = date_of(reference).year or self.no_date
        return f"{year}-{suffix}" if suffix and not year[-1:].isdigit() else f"{year}{suffix}"


class ApaStyle(AuthorDate):
    """A template for each kind of entry."""

    def html_of(self, reference: Reference, who: str) -> str:
        """Return names; of an entry without them its title, in italics where the list has it so, else in quotes."""
        if people(reference, "author") or people(reference, "editor"):
            return escape_text(who)
        is_part = kind_of(reference) in ("article", "chapter", "paper")
        return f"“{escape_text(who)}”" if is_part else f"<i>{escape_text(who)}</i>"

    def article(self, reference: Reference) -> Node:
        """Return the template of an article in a journal."""
        return self._whole(reference, ended[title_of(reference)], self._periodical(reference))

    def book(self, reference: Reference) -> Node:
        """Return the template of a book or of proceedings."""
        return self._whole(reference, ended[self._titled(reference, _volume(reference))], self._publisher("publisher"))

    def chapter(self, reference: Reference) -> Node:
        """Return the template of a part of a book."""
        return self._whole(
            reference, ended[title_of(reference)], self._in_book(reference), self._publisher("publisher")
        )

    def paper(self, reference: Reference) -> Node:
        """Return the template of a paper: proceedings without editors and publisher are like a journal."""
        if has(reference, "editor", "publisher", "series"):
            return self.chapter(reference)
        return self.article(reference)

    def thesis(self, reference: Reference) -> Node:
        """Return the template of a thesis."""
        title = join(" ")[italic[title_of(reference)], f"[{thesis_kind(reference)}]"]
        return self._whole(reference, ended[title], self._publisher("school", "institution"))

    def report(self, reference: Reference) -> Node:
        """Return the template of a report."""
        words = [plain(reference.fields.get("type", "")), number_of(reference)]
        inner = " ".join(word for word in words if word)
        title = ended[self._titled(reference, inner)]
        return self._whole(reference, title, self._publisher("institution", "publisher"))

    def web(self, reference: Reference) -> Node:
        """Return the template of a page."""
        return self._whole(reference, ended[italic[title_of(reference)]], optional[ended[value("organization")]])

    def misc(self, reference: Reference) -> Node:
        """Return the template of anything else."""
        publisher = publisher_of(reference)
        title = ended[italic[title_of(reference)]]
        return self._whole(reference, title, ended[decode(publisher)] if publisher else "")

    def _whole(self, reference: Reference, title: Node, *rest: Any) -> Node:
        """Return authors, date, title and the rest; a title without authors comes before its date."""
        end = doi if doi_of(reference) else optional[web]
        head = self._head(reference)
        date = _Date(reference)
        first = [head, date, title] if head else [title, date]
        return join(" ")[(*first, *rest, end)]

    def _head(self, reference: Reference) -> BaseText | None:
        authors = people(reference, "author")
        if authors:
            return close(String(_list(authors)), ".")
        editors = people(reference, "editor")
        if editors and kind_of(reference) != "chapter":
            word = "(Eds.)" if len(editors) > 1 else "(Ed.)"
            return String(f"{_list(editors)} {word}.")
        return None

    def _titled(self, reference: Reference, inner: str) -> Node:
        """Return a title in italics, and in brackets what tells it from others."""
        return join(" ")[italic[title_of(reference)], f"({inner})" if inner else ""]

    def _periodical(self, reference: Reference) -> Node:
        """Return the place in a journal: volume in italics, number in brackets, pages."""
        is_paper = kind_of(reference) == "paper"
        name = value("journaltitle", "journal", "booktitle")
        name = name if is_paper else title_case[name]
        return ended(sep=", ")[
            optional[italic[join(", ")[name, "" if is_paper else optional[value("series")]]]],
            join[
                optional[italic[value("volume")]],
                optional["(", value("number", "issue"), ")"],
            ],
            optional[pages],
        ]

    def _in_book(self, reference: Reference) -> Node:
        editors = people(reference, "editor")
        word = "(Eds.)" if len(editors) > 1 else "(Ed.)"
        parts = ((name.initials, name.family, name.suffix) for name in editors)
        names = join_names([" ".join(part for part in name if part) for name in parts], " & ", ", & ")
        by = f"{names} {word}, " if editors else ""
        has_pages = has(reference, "pages")
        found = str(pages("p. ", "pp. ").format_data({"entry": reference})) if has_pages else ""
        inner = ", ".join(part for part in (_volume(reference), found) if part)
        book = join(" ")[optional[italic[value("booktitle", "maintitle")]], f"({inner})" if inner else ""]
        return ended["In ", by, book](sep="") if has(reference, "booktitle", "maintitle") else ended[book]

    def _publisher(self, *names: str) -> Node:
        return optional[ended[value(*names)]]


class _Date:
    """The date of an entry as a template."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference

    def format_data(self, context: dict[str, Any]) -> BaseText:
        """Return year, and month and day where the kind of entry has them."""
        date = date_of(self._reference)
        style: ApaStyle = context["style"]
        year = style.year(self._reference, context["year_suffix"])
        month = month_name(date, day=True) if kind_of(self._reference) in _WITH_MONTH and date.year else ""
        return RichText(f"({year}, {month})." if month else f"({year}).")


def _list(names: Sequence[Name]) -> str:
    written = [", ".join(part for part in (name.family, name.initials, name.suffix) if part) for name in names]
    if len(written) > _MOST_NAMES and written[-1] != OTHERS:
        return ", ".join(written[: _MOST_NAMES - 1]) + ", . . . " + written[-1]
    return join_names(written, ", & ", ", & ")


def _volume(reference: Reference) -> str:
    """The edition and the volume of a book."""
    volume = plain(reference.fields.get("volume", "")).strip()
    parts = (edition(reference), f"Vol. {volume}" if volume else "")
    return ", ".join(part for part in parts if part)
