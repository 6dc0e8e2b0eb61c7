r"""The text of a reference: `\eqref` a number in parentheses, `\cref` the word before it, ranges as cleveref has them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import NamedTuple

from mathblog.core.digits import to_number
from mathblog.model.compiled import EQUATION, Label
from mathblog.pipeline.numbering.words import LanguageWords, name_of

escaped = lru_cache(maxsize=1024)(escape)  # numbers and addresses of a page come again and again
_NBSP = "\N{NO-BREAK SPACE}"
_SHORT = {False: "eq.", True: "eqs."}  # cleveref's, in English
_UNKNOWN = {"eqref": "(??)", "link": "(??)"}
MATHJAX = (
    "eqref",
    "ref",
)  # commands that it reads in running text (`processRefs`); others stay there as they are written
# commands of varioref and zref, and those for page numbers, which the web does not have: each is shown like another command
_SAME = {"vref": "ref", "Vref": "ref", "pageref": "ref", "vpageref": "ref", "zcref": "cref"}
PAGES = ("pageref", "vpageref")
_NAMES_OF_KINDS = ("namecref", "nameCref", "lcnamecref")
_LEAST = 3  # numbers in a row that are a range


class FoundLabel(NamedTuple):
    """A labelled place: `page` is the address of its page, '' on the page itself, `title` that of its post, `path` the post's."""

    label: Label
    page: str = ""
    title: str = ""
    path: str = ""

    @property
    def address(self) -> str:
        """The address of the place, '' where it has none."""
        anchor = f"#{self.label.id.replace('%', '%25')}" if self.label.id else ""
        return f"{self.page}{anchor}"


class Run(NamedTuple):
    """A stretch of a reference: a text, and the place that it links to, None for words between."""

    text: str
    found: FoundLabel | None = None
    missing: bool = False


Find = Callable[[str], FoundLabel | None]


def number_of(label: Label) -> str:
    """The number of a place as it stands in a text: `(3)` of an equation, `2.1` of a theorem; the title of one without."""
    if not label.number:
        return label.title or "??"
    return f"({label.number})" if label.kind == EQUATION else label.number


# what the words of a link may hold, and what of the place that it leads to stands there
PLACES: Mapping[str, Callable[[Label], str]] = {
    "%s": number_of,
    "{number}": lambda label: label.number or label.title,
    "{name}": lambda label: label.title or number_of(label),
}


def refer(command: str, names: Sequence[str], find: Find, words: LanguageWords) -> list[Run]:
    r"""The runs of a reference. `command` is that of LaTeX's, `link` for a link without text, `cite` for `[@…]` and `@…`."""
    places, command = [find(name) for name in names], _SAME.get(command, command)
    if command in ("eqref", "ref", "nameref", "autoref", "link", *_NAMES_OF_KINDS):
        return [_one(command, place, words) for place in places]
    groups: dict[tuple[str, str], list[FoundLabel]] = {}  # by page and kind, in the order of their first
    for place in places:
        if place is not None:
            groups.setdefault((place.page, place.label.kind), []).append(place)
    runs = _listed([_group(command, members, words) for members in groups.values()], words)
    for _ in range(places.count(None)):
        runs += [Run(words.comma)] if runs else []
        runs.append(Run("??", missing=True))
    return runs


def _one(command: str, place: FoundLabel | None, words: LanguageWords) -> Run:
    if place is None:
        return Run(_UNKNOWN.get(command, "??"), missing=True)
    label = place.label
    if command == "eqref":
        return Run(f"({label.number})" if label.number else number_of(label), place)
    if command in _NAMES_OF_KINDS:
        name = name_of(label.kind, words)
        in_english = name_of("theorem", words) == "Theorem"
        return Run(name if command == "nameCref" or not in_english else name[0].lower() + name[1:], place)
    if command == "ref" or not label.number:
        return Run(label.number or number_of(label), place)
    if command == "nameref":
        return Run(label.title or label.number, place)
    if command == "link" and label.kind == EQUATION:
        return Run(number_of(label), place)
    number = label.number if command == "autoref" else number_of(label)
    return Run(f"{name_of(label.kind, words)}{_NBSP}{number}", place)


def _group(command: str, members: Sequence[FoundLabel], words: LanguageWords) -> list[Run]:
    r"""The references of one page and one kind, in the order of the page. `\crefrange` leaves out what lies between its two."""
    first, several = members[0], len(members) > 1
    is_range, command = several and command.endswith("range"), command.removesuffix("range")
    name = name_of(first.label.kind, words, several=several)
    if command == "Cref":
        name = name[0].upper() + name[1:]
    if command == "cref" and name_of("theorem", words) == "Theorem":  # in English
        name = _SHORT[several] if first.label.kind == EQUATION else name[0].lower() + name[1:]
    before = "" if command == "labelcref" else f"{name}{_NBSP}"
    upto = Run(words.upto if command in ("cref", "Cref", "labelcref") else words.dash)
    places = sorted(dict.fromkeys(members), key=lambda it: _order(it.label.number))
    items: list[list[Run]] = []
    for _, near in groupby(enumerate(places), key=lambda it: _gap(it[0], it[1].label.number)):
        row = [Run(number_of(place.label), place) for _, place in near]
        items += [[item] for item in row] if len(row) < _LEAST else [[row[0], upto, row[-1]]]
    if is_range:
        items = [[items[0][0], upto, items[-1][-1]]]
    numbers = _listed(items, words)
    if len(numbers) == 1:
        text = f"{before}{numbers[0].text}" if first.label.number else numbers[0].text
        if first.page and first.title:
            text = words.of.format(ref=text, title=first.title)
        return [Run(text, first)]
    runs = [*([Run(before)] if before else []), *numbers]
    if first.page and first.title:
        left, _, right = words.of.format(ref="\0", title=first.title).partition("\0")
        runs = [*([Run(left)] if left else []), *runs, *([Run(right)] if right else [])]
    return runs


def _listed(items: Sequence[list[Run]], words: LanguageWords) -> list[Run]:
    """Items with commas between them, and a word before the last."""
    runs: list[Run] = []
    for index, item in enumerate(items):
        if index:
            runs.append(Run(words.both if index == len(items) - 1 else words.comma))
        runs += item
    return runs


def _gap(index: int, number: str) -> object:
    """Return the common part of numbers in a row: `2.3` and `2.4` at the next place do; another text has nothing in common with any."""
    head, _, last = number.rpartition(".")
    if (counted := to_number(last)) is not None:
        return head, counted - index
    if len(last) > 1 and last[:-1].isdecimal() and last[-1].isalpha():  # of `subequations`
        return head, last[:-1], ord(last[-1]) - index
    return number, index


def _order(number: str) -> tuple[tuple[int, int, str], ...]:
    parts: list[tuple[int, int, str]] = []
    for part in number.split("."):
        digits = part if part.isdecimal() else part[: len(part) - len(part.lstrip("0123456789"))]
        counted = to_number(digits)
        parts.append((1, 0, part) if counted is None else (0, counted, part[len(digits) :]))
    return tuple(parts)


def text_of(runs: Iterable[Run]) -> str:
    """A reference as plain text."""
    return "".join(run.text for run in runs)


def html_of(runs: Iterable[Run], *, links: bool = True, hidden: bool = False) -> str:
    """A reference as HTML; `hidden` is one in the boxes of a formula, which a screen reader and the key Tab pass over."""
    tab = ' tabindex="-1"' if hidden else ""
    html = []
    for run in runs:
        text = escaped(run.text, quote=False)
        if run.missing:
            html.append(f'<span class="eqref-missing">{text}</span>')
        elif run.found is None:
            html.append(text)
        elif links and run.found.address:
            html.append(f'<a class="eqref" href="{escaped(run.found.address)}"{tab}>{text}</a>')
        else:
            html.append(f'<span class="eqref">{text}</span>')
    return "".join(html)
