"""Labels of names and years: the American Mathematical Society's list (`ams`), and BibTeX's `alpha`."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from pybtex.richtext import BaseText, String
from pybtex.style.template import Node

from mathblog.citations.dates import date_of
from mathblog.citations.latex import decode, plain
from mathblog.citations.names import OTHERS, Name, people
from mathblog.citations.nodes import (
    bold,
    doi,
    doi_of,
    ended,
    is_address,
    italic,
    pages,
    plain_value,
    value,
    web,
    with_commas,
)
from mathblog.citations.rich import RichText, join, optional
from mathblog.citations.styles.base import (
    Style,
    edition,
    has,
    join_names,
    month_name,
    number_of,
    publisher_of,
    thesis_kind,
    title_of,
)
from mathblog.model.citations.reference import Reference

_FOUR, _THREE = 4, 3


class LabelStyle(Style):
    """The common part of styles with such labels."""

    labelled = True
    sorted = True


class AmsStyle(LabelStyle):
    """A template for each kind of entry; everything is parted by commas."""

    def label(self, reference: Reference, number: int) -> str:  # noqa: ARG002 - of this style
        """Return `Knut84` of one name, `ErRé59` of two, `NoOĞ72` of three, `VSPU17` of more (citeproc's `trigraph`)."""
        names = people(reference, "author") or people(reference, "editor")
        names = tuple(name for name in names if name.last != OTHERS)
        letters = {1: (4,), 2: (2, 2), 3: (2, 1, 1)}.get(len(names), (1, 1, 1, 1))
        who = "".join(_compact(name.last)[:count] for name, count in zip(names, letters, strict=False))
        return (who or "Anon") + _short_year(reference, "00")

    def article(self, reference: Reference) -> Node:
        """Return the template of an article in a journal."""
        year = date_of(reference).year
        place = join(" ")[
            optional[value("journaltitle", "journal")],
            optional[bold[value("volume")]],
            optional["no. ", value("number", "issue")],
            f"({year})" if year else "",
            optional[pages],
        ]
        return _whole(reference, title_of(reference), place)

    def book(self, reference: Reference) -> Node:
        """Return the template of a book or of proceedings."""
        return _whole(
            reference,
            italic(latin=True)[title_of(reference)],
            edition(reference),
            optional["vol. ", value("volume")],
            optional[value("series")],
            optional[value("publisher", "organization")],
            optional[plain_value("address", "location")],
            date_of(reference).year,
        )

    def chapter(self, reference: Reference) -> Node:
        """Return the template of a part of a book."""
        editors = people(reference, "editor")
        word = "(eds.)" if len(editors) > 1 else "(ed.)"
        by = f"({join_names([_inverted(name) for name in editors], ' and ', ', and ')} {word})" if editors else ""
        return _whole(
            reference,
            title_of(reference),
            join(" ")[optional["in ", italic(latin=True)[value("booktitle", "maintitle")]], by],
            optional[value("publisher")],
            optional[plain_value("address", "location")],
            optional[pages("p. ", "pp. ")],
        )

    def paper(self, reference: Reference) -> Node:
        """Return the template of a paper in proceedings."""
        return self.chapter(reference)

    def thesis(self, reference: Reference) -> Node:
        """Return the template of a thesis."""
        school = optional[value("school", "institution")]
        return _whole(reference, title_of(reference), thesis_kind(reference), school, date_of(reference).year)

    def report(self, reference: Reference) -> Node:
        """Return the template of a report."""
        title = italic(latin=True)[title_of(reference)]
        return _whole(reference, title, optional[value("institution", "publisher")], date_of(reference).year)

    def web(self, reference: Reference) -> Node:
        """Return the template of a page."""
        return _whole(reference, title_of(reference), date_of(reference).year)

    def misc(self, reference: Reference) -> Node:
        """Return the template of anything else."""
        return _whole(reference, title_of(reference), decode(publisher_of(reference)), date_of(reference).year)


def _whole(reference: Reference, title: Any, *rest: Any) -> Node:
    authors = people(reference, "author")
    editors = () if authors else people(reference, "editor")
    head = join_names([_inverted(name) for name in authors or editors], ", and ", ", and ")
    if editors:
        head += ", eds." if len(editors) > 1 else ", ed."
    return join(" ")[ended[with_commas[(head, title, *rest)]], _where(reference)]


def _where(reference: Reference) -> Node:
    return ended[doi] if doi_of(reference) else optional[ended[web]]


def _inverted(name: Name) -> str:
    return ", ".join(part for part in (name.last, f"{name.first} {name.von}".strip(), name.suffix) if part)


class AlphaStyle(LabelStyle):
    """A template for each kind of entry, in sentences, as BibTeX's `alpha.bst` has them."""

    def label(self, reference: Reference, number: int) -> str:  # noqa: ARG002 - of this style
        """Return `Knu84` of one name, the first letters of several, `+` for those behind the third of five."""
        names = people(reference, "author") or people(reference, "editor")
        if not names:
            who = reference.key[:_THREE]
        elif len(names) == 1:
            name = names[0]
            initials = "".join(word[0] for word in [*name.von.split(), *_plain_letters(name.last).split()])
            who = initials if name.von else _compact(_plain_letters(name.last))[:_THREE]
        else:
            goes_on = len(names) > _FOUR or names[-1].last == OTHERS
            shown = names[: min(_THREE, len(names) - 1)] if goes_on else names
            who = "".join(word[0] for name in shown for word in [*name.von.split(), _plain_letters(name.last)] if word)
            who += "+" if goes_on else ""
        return who + _short_year(reference, "")

    def article(self, reference: Reference) -> Node:
        """Return the template of an article in a journal."""
        numbered = join[optional[value("volume")], optional["(", value("number", "issue"), ")"], optional[":", pages]]
        unnumbered = optional[pages("page ", "pages ")]
        place = numbered if reference.fields.get("volume") else unnumbered
        return _sentences(
            reference,
            title_of(reference),
            join(", ")[optional[italic[value("journaltitle", "journal")]], place, _date(reference)],
        )

    def book(self, reference: Reference) -> Node:
        """Return the template of a book or of proceedings."""
        number = optional["volume ", value("volume"), optional[" of ", italic[value("series")]]]
        alone = "" if reference.fields.get("volume") else optional[value("series")]
        return _sentences(
            reference,
            join(", ")[italic[title_of(reference)], number],
            alone,
            join(", ")[*_publisher(), _edition(reference), _date(reference)],
        )

    def chapter(self, reference: Reference) -> Node:
        """Return the template of a part of a book."""
        editors = people(reference, "editor")
        word = "editors" if len(editors) > 1 else "editor"
        by = f"{_straight(editors)}, {word}" if editors else ""
        number = optional["volume ", value("volume"), optional[" of ", italic[value("series")]]]
        inside = join(", ")[
            by, optional[italic[value("booktitle", "maintitle")]], number, optional[pages("page ", "pages ")]
        ]
        where = join(", ")[*_publisher(), _edition(reference), _date(reference)]
        if not has(reference, "booktitle", "maintitle"):  # BibTeX's `inbook`, whose title is that of the book
            part = optional["chapter ", value("chapter")], optional[pages("page ", "pages ")]
            return _sentences(reference, join(", ")[italic[title_of(reference)], number, *part], where)
        return _sentences(reference, title_of(reference), join[RichText("In "), inside], where)

    def paper(self, reference: Reference) -> Node:
        """Return the template of a paper in proceedings."""
        return self.chapter(reference)

    def thesis(self, reference: Reference) -> Node:
        """Return the template of a thesis."""
        where = join(", ")[thesis_kind(reference), optional[value("school", "institution")], _date(reference)]
        return _sentences(reference, italic[title_of(reference)], where)

    def report(self, reference: Reference) -> Node:
        """Return the template of a report."""
        kind = plain(reference.fields.get("type", "")) or "Technical Report"
        where = join(", ")[
            f"{kind} {number_of(reference)}".strip(), optional[value("institution", "publisher")], _date(reference)
        ]
        return _sentences(reference, title_of(reference), where)

    def web(self, reference: Reference) -> Node:
        """Return the template of a page."""
        return self.misc(reference)

    def misc(self, reference: Reference) -> Node:
        """Return the template of anything else."""
        how = _note(reference) if reference.type == "unpublished" else decode(publisher_of(reference))
        return _sentences(reference, title_of(reference), join(", ")[how, _date(reference)])


def _publisher() -> tuple[Node, Node]:
    return optional[value("publisher", "organization")], optional[plain_value("address", "location")]


def _sentences(reference: Reference, *parts: Any) -> Node:
    authors = people(reference, "author")
    editors = () if authors else people(reference, "editor")
    head = _straight(authors or editors)
    if editors:
        head += ", editors" if len(editors) > 1 else ", editor"
    note = "" if reference.type == "unpublished" else _note(reference)
    return join(" ")[(ended[head], *(ended[part] for part in parts), ended[note], _where(reference))]


def _edition(reference: Reference) -> str:
    """`2nd edition`, `second edition`."""
    written = edition(reference, " edition")
    return f"{written.lower()} edition" if written.isalpha() else written


def _note(reference: Reference) -> BaseText:
    """The note of an entry, unless it is nothing but its address."""
    note = reference.fields.get("note", "")
    return String("") if is_address(note) else decode(note)


def _straight(names: Sequence[Name]) -> str:
    written = [" ".join(part for part in (name.first, name.von, name.last) if part) for name in names]
    written = [f"{words} {name.suffix}" if name.suffix else words for words, name in zip(written, names, strict=True)]
    return join_names(written, " and ", ", and ")


def _date(reference: Reference) -> BaseText:
    date = date_of(reference)
    return String(f"{month_name(date)} {date.year}".strip())


def _short_year(reference: Reference, none: str) -> str:
    year = date_of(reference).year
    return year[-2:] if year[-2:].isdigit() else none


def _compact(words: str) -> str:
    """The letters of a name."""
    return "".join(char for char in words if char.isalnum())


def _plain_letters(words: str) -> str:
    """A name without accents."""
    return unicodedata.normalize(
        "NFC", "".join(char for char in unicodedata.normalize("NFD", words) if not unicodedata.combining(char))
    )
