"""Which entries a list shows, and in which order and groups (jekyll-scholar's `utilities.rb`, bibtex-ruby's queries)."""

import operator as operators
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from mathblog.citations.dates import MONTHS, date_of
from mathblog.citations.latex import plain
from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.model.citations.reference import Reference

_SELECTOR = lazy_pattern(r"\s*(!)?@(\w+|\*)(?:\[([^\]]*)\])?\**\s*(?:,|\|\|)?")
_CONDITION = lazy_pattern(r"\s*(\w+)\s*(?:(!=|\^=|~=|<=|>=|!~|=~|=|<|>|\^|~)(.*))?\s*\Z", re.DOTALL)
_PLAIN = lazy_pattern(r"[\w\s,-]*")
_SECONDS = 1.0  # of one search
_EVERY = frozenset({"*", "entry", "all"})
_ORDERS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operators.lt, ">": operators.gt, "<=": operators.le, ">=": operators.ge,
}  # fmt: skip
_NUMBER = lazy_pattern(r"\s*-?\d+(?:\.\d+)?\s*")
NAMES = ("author", "editor", "institution", "organization", "publisher")
TYPE_NAMES: Mapping[str, str] = {
    "article": "Journal Articles", "book": "Books", "incollection": "Book Chapters",
    "inproceedings": "Conference Articles", "thesis": "Theses", "mastersthesis": "Master's Theses",
    "phdthesis": "PhD Theses", "manual": "Manuals", "techreport": "Technical Reports", "misc": "Miscellaneous",
    "unpublished": "Unpublished",
}  # fmt: skip
TYPE_ALIASES: Mapping[str, str] = {"phdthesis": "thesis", "mastersthesis": "thesis"}


@dataclass(frozen=True, slots=True)
class EntryGroup:
    """A group of a list: the headings that come before it, each with its level counted from 0, and its entries."""

    headings: tuple[tuple[int, str], ...]
    references: tuple[Reference, ...]


@lru_cache(maxsize=64)
def matches(query: str) -> Callable[[Reference], bool]:
    """A test of a query: `@article[year>=2003]`, `@*[selected=true && year=2020]`, `!@book`; several are joined by commas.

    Raises:
        ValueError: where it is no query.

    """
    selectors: list[tuple[str, bool, list[list[Callable[[Reference], bool]]]]] = []
    position = 0
    while position < len(query.rstrip()):
        found = _SELECTOR.match(query, position)
        if found is None or found.end() == position:
            message = f"not a query: `{query.strip()}`"
            raise ValueError(message)
        ways = [re.split(r"&&|,", way) for way in (found[3] or "").split("||")]
        conditions = [[_condition(part) for part in way if part.strip()] for way in ways]
        selectors.append((found[2].lower(), bool(found[1]), conditions))
        position = found.end()

    def test(reference: Reference) -> bool:
        for kind, negated, conditions in selectors:
            of_kind = kind in _EVERY or reference.type == kind
            if of_kind != negated and any(all(condition(reference) for condition in way) for way in conditions):
                return True
        return not selectors

    return test


def _condition(written: str) -> Callable[[Reference], bool]:
    found = _CONDITION.match(written)
    if found is None:
        message = f"not a condition of a query: `{written.strip()}`"
        raise ValueError(message)
    name, operator = found[1].lower(), found[2] or ""
    wanted = (found[3] or "").strip().strip("\"'")

    def test(reference: Reference) -> bool:
        value = field_text(reference, name)
        if not operator or (not value and operator in _ORDERS):
            return bool(value)
        if operator in _ORDERS:
            numeric = _NUMBER.fullmatch(value) and _NUMBER.fullmatch(wanted)
            return _ORDERS[operator](float(value), float(wanted)) if numeric else _ORDERS[operator](value, wanted)
        return _TESTS[operator](value, wanted)

    return test


def _is_like(value: str, wanted: str) -> bool:
    """Whether a value holds a regular expression (bibtex-ruby's `~=`), or these words where it is none."""
    if _PLAIN.fullmatch(wanted):
        return wanted.casefold() in value.casefold()
    import regex  # slow to load, and hardly a query has an expression

    try:
        return regex.search(wanted, value, regex.IGNORECASE, timeout=_SECONDS) is not None
    except (regex.error, TimeoutError):
        return wanted.casefold() in value.casefold()


_TESTS: Mapping[str, Callable[[str, str], bool]] = {
    "=": operators.eq, "!=": operators.ne, "^=": str.startswith, "^": str.startswith, "~=": _is_like, "~": _is_like,
    "=~": _is_like, "!~": lambda value, wanted: not _is_like(value, wanted),
}  # fmt: skip


def field_text(reference: Reference, name: str) -> str:
    """The words of a field; `type` and `key` are the entry's, `year` is also that of `date`."""
    if name in ("type", "key"):
        return reference.type if name == "type" else reference.key
    if name == "year":
        return date_of(reference).year
    if name in ("month", "month_numeric"):
        return str(date_of(reference).month or "")
    if name == "name":
        return next((plain(reference.fields[field]) for field in NAMES if reference.fields.get(field)), "")
    return plain(reference.fields.get(name, ""))


def _rank(value: str) -> tuple[int, float, str]:
    """Numbers before words, as bibtex-ruby's values compare; a missing one comes first."""
    return (1, float(value), "") if _NUMBER.fullmatch(value) else (2 if value else 0, 0.0, value)


def is_descending(order: str) -> bool:
    """Whether a word of `order` or `group_order` turns the order round."""
    return order.lower().startswith(("desc", "reverse"))


def sort_entries(references: Iterable[Reference], keys: Sequence[str], orders: Sequence[str]) -> list[Reference]:
    """Entries sorted by fields, the first one first; `orders` has a word for each, the last one for all others."""
    found = list(references)
    for place in reversed(range(len(keys))):
        order = orders[min(place, len(orders) - 1)] if orders else ""
        texts = [field_text(reference, keys[place]) for reference in found]
        if keys[place] == "name":
            texts = [text.strip("{} ").lower() for text in texts]
        ranked = zip(map(_rank, texts), found, strict=True)
        found = [it for _, it in sorted(ranked, key=itemgetter(0), reverse=is_descending(order))]
    return found


@dataclass(frozen=True, slots=True)
class Grouping:
    """How a list is grouped: by fields, in orders; the names of types and months, and the order of types."""

    keys: tuple[str, ...]
    orders: tuple[str, ...] = ()
    type_order: tuple[str, ...] = ()
    type_names: tuple[tuple[str, str], ...] = ()
    type_aliases: tuple[tuple[str, str], ...] = ()
    month_names: tuple[str, ...] = MONTHS


def group_entries(references: Sequence[Reference], grouping: Grouping) -> list[EntryGroup]:
    """The groups of a list in their order; the headings of an outer group stand before its first inner one."""
    return _groups(references, grouping, 0, ())


def _groups(
    references: Sequence[Reference], grouping: Grouping, level: int, headings: tuple[tuple[int, str], ...]
) -> list[EntryGroup]:
    if level == len(grouping.keys):
        return [EntryGroup(headings, tuple(references))]
    key = grouping.keys[level]
    key = "month_numeric" if key == "month" else key
    members: dict[str, list[Reference]] = {}
    aliases = {**TYPE_ALIASES, **dict(grouping.type_aliases)}
    for reference in references:
        value = field_text(reference, key)
        members.setdefault(aliases.get(value, value) if key == "type" else value, []).append(reference)
    order = grouping.orders[min(level, len(grouping.orders) - 1)] if grouping.orders else ""
    ranks = {value: _rank(value) for value in members}
    if key == "type" and (known := grouping.type_order):
        ranks = {value: (known.index(value) if value in known else len(known), 0.0, "") for value in members}
    elif key == "type":
        ranks = {value: (0, 0.0, value) for value in members}
    names = sorted(members, key=ranks.__getitem__, reverse=is_descending(order))
    groups: list[EntryGroup] = []
    for value in names:
        name = value
        if key == "type":
            name = {**TYPE_NAMES, **dict(grouping.type_names)}.get(value, value)
        elif key == "month_numeric":
            name = grouping.month_names[int(value) - 1] if value else "(unknown)"
        own = (*headings, (level, name))
        groups += _groups(members[value], grouping, level + 1, own)
        headings = ()
    return groups
