"""A style: pybtex's `BaseStyle` over kinds of entries, and how the style cites them in a text."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from pybtex.richtext import BaseText, String
from pybtex.style.formatting import BaseStyle
from pybtex.style.template import Node

from mathblog.citations.dates import MONTHS, Date
from mathblog.citations.latex import decode, plain
from mathblog.citations.names import ET_AL, OTHERS, Name, people, sort_key
from mathblog.citations.nodes import doi, plain_value, value, web
from mathblog.citations.rich import RichText, join, optional
from mathblog.core.digits import to_number
from mathblog.model.citations.reference import Reference

# BibTeX's and biblatex's types -> the kinds that styles tell apart
KINDS: Mapping[str, str] = {
    "article": "article", "suppperiodical": "article", "periodical": "article",
    "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book", "proceedings": "book",
    "mvproceedings": "book", "reference": "book", "manual": "book", "booklet": "book",
    "incollection": "chapter", "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter",
    "suppcollection": "chapter", "inreference": "chapter",
    "inproceedings": "paper", "conference": "paper",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "bachelorsthesis": "thesis",
    "techreport": "report", "report": "report",
    "online": "web", "electronic": "web", "www": "web", "webpage": "web",
}  # fmt: skip
SHORT_MONTHS = ("", "Jan.", "Feb.", "Mar.", "Apr.", "May", "Jun.", "Jul.", "Aug.", "Sep.", "Oct.", "Nov.", "Dec.")
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
_TEENS = range(11, 14)


class Entry(NamedTuple):
    """An entry as pybtex's style classes ask for it: `type` is the kind."""

    key: str
    type: str
    reference: Reference

    @property
    def fields(self) -> Mapping[str, str]:
        """The fields of the entry."""
        return self.reference.fields


class Style(BaseStyle):  # type: ignore[misc]  # pybtex has no types
    """A style with a template for each kind: `article`, `book`, `chapter`, `paper`, `thesis`, `report`, `web`, `misc`."""

    default_name_style = "plain"
    default_label_style = "number"
    default_sorting_style = "none"
    labelled = False  # whether entries begin with a label in square brackets
    sorted = False  # whether lists are in the order of authors, years, titles; else in the order of citation

    def __init__(self) -> None:  # pybtex's looks for plugins that write names, labels and orders, which we do ourselves
        pass

    def entry(self, reference: Reference, year_suffix: str = "") -> BaseText:
        """Return an entry of the list, without its label."""
        kind = KINDS.get(reference.type, "misc")
        template: Node = getattr(self, kind)(reference)
        context = {"entry": reference, "style": self, "year_suffix": year_suffix}
        text: BaseText = template.format_data(context)
        return text

    def label(self, reference: Reference, number: int) -> str:  # noqa: ARG002 - of styles with labels
        """Return the label of an entry in square brackets, '' in a style without labels."""
        return ""


def kind_of(reference: Reference) -> str:
    """The kind of an entry."""
    return KINDS.get(reference.type, "misc")


def order(reference: Reference) -> tuple[Any, ...]:
    """The place of an entry in a list that is sorted: by its authors or editors, its year, its title; anonymous ones first."""
    names = people(reference, "author") or people(reference, "editor")
    fields = reference.fields
    title = sort_key(plain(fields.get("title", "")))
    who = [sort_key(f"{name.family} {name.first} {name.suffix}") for name in names]
    year = plain(fields.get("year", fields.get("date", "")))
    return (who or [title], year, title, reference.key)


def join_names(names: Sequence[str], two: str, last: str) -> str:
    """Names with commas; `two` between two of them, `last` before the last of more; `et al.` where there are others."""
    if names and names[-1] == OTHERS:
        comma = "," if len(names) > 2 or two.startswith(",") else ""  # noqa: PLR2004 - more than one name
        return f"{', '.join(names[:-1])}{comma} {ET_AL}"
    if len(names) < 3:  # noqa: PLR2004 - more than two
        return two.join(names)
    return ", ".join(names[:-1]) + last + names[-1]


def month_name(date: Date, *, day: bool = False) -> str:
    """`April`, `May 6`, '' where no month is known."""
    if not date.month:
        return ""
    return f"{MONTHS[date.month - 1]} {date.day}" if day and date.day else MONTHS[date.month - 1]


def edition(reference: Reference, word: str = " ed.") -> str:
    """`2nd ed.` of a number, else as it is written."""
    written = plain(reference.fields.get("edition", "")).strip()
    number = to_number(written.rstrip("stndrh."))
    if number is None:
        return written
    ending = "th" if number % 100 in _TEENS else _ORDINALS.get(number % 10, "th")
    return f"{number}{ending}{word}"


def thesis_kind(reference: Reference) -> str:
    """The name of a kind of thesis."""
    written = plain(reference.fields.get("type", "")).strip()
    letters = "".join(char for char in written.casefold() if char.isalpha())
    if letters in ("", "phdthesis", "mathesis", "mastersthesis", "masterthesis"):
        return "PhD thesis" if reference.type == "phdthesis" or letters == "phdthesis" else "Master’s thesis"
    return written


def publisher_of(reference: Reference) -> str:
    """Who published an entry that is no book: a place that `howpublished` names, unless that is an address."""
    fields = reference.fields
    for name in ("publisher", "organization", "institution"):
        if fields.get(name):
            return fields[name]
    how = fields.get("howpublished", "")
    return "" if "\\url" in how or "://" in how or "\\href" in how else how


def title_of(reference: Reference) -> BaseText:
    """The title with its subtitle; the key where an entry has none."""
    fields = reference.fields
    title = fields.get("title", "")
    if not title:
        return String(reference.key)
    sub = fields.get("subtitle", "")
    return RichText(decode(title), ": ", decode(sub)) if sub else decode(title)


def number_of(reference: Reference) -> str:
    """The number of a report as it is written, `No. 5` of digits."""
    written = plain(reference.fields.get("number", "")).strip()
    return f"No. {written}" if written.isdigit() else written


def has(reference: Reference, *names: str) -> bool:
    """Whether an entry has one of some fields."""
    return any(reference.fields.get(name, "").strip() for name in names)


Form = Callable[[Sequence[Name]], str]
container = value("journaltitle", "journal", "booktitle", "maintitle")
place = plain_value("address", "location")
link = join[optional[web]]
doi_link = optional[doi]
