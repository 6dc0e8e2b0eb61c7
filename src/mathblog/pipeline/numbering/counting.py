"""The numbers of the equations of a page, in the order of the page."""

from collections.abc import Sequence
from typing import NamedTuple

from mathblog.core.dataclass import dataclass, field
from mathblog.model.formula import Display, Named, Numbering, Row
from mathblog.model.options import NumberOptions
from mathblog.pipeline.numbering.labels import without_spelling

_BARE = Display("bare", (Row(auto=True),))


class Numbered(NamedTuple):
    r"""A row with its number: a text, or that of a `\tag`, cut at its references. None stands for a row without.

    `labels` name it; `parts` of an automatic number is one text.
    """

    parts: tuple[str, ...]
    labels: tuple[str, ...]
    tag: int = -1


class FormulaNumbers(NamedTuple):
    """The numbers of a formula, one for each row of its displays; `block` is that of an environment that has one for all rows.

    `names` are the labels of `subequations` with the number and the index of the first row behind them; `lost` are those that
    name nothing, and stand in a row without a number. `anchors` are the ids of the rows, or of the block.
    """

    rows: tuple[Numbered | None, ...]
    block: Numbered | None = None
    names: tuple[tuple[str, str, int], ...] = ()
    lost: tuple[Named, ...] = ()
    moved: tuple[Named, ...] = ()
    anchors: Sequence[str] = ()


class _Rows(NamedTuple):
    """The rows of one display with their numbers, labels that name nothing, and labels that moved to another row."""

    rows: list[Numbered | None]
    lost: list[Named]
    moved: list[Named]


@dataclass(slots=True)
class Counter:
    """The count so far. `levels` are those of headings that the body uses, highest first; `referenced` are the names that it refers to (`without_spelling`)."""

    options: NumberOptions
    levels: Sequence[int] = ()
    referenced: frozenset[str] = frozenset()
    value: int = 0
    sections: list[int] = field(default_factory=lambda: [0, 0])
    parent: str = ""  # the number of the `subequations` that are open, '' where none are
    letters: int = 0
    pending: bool = False  # `subequations` whose number is counted with their first row
    all_of: bool = False  # all rows of these `subequations` are numbered, since they have a label

    def __post_init__(self) -> None:
        """Begin before the first number."""
        self.value = self.options.start - 1

    def begin_section(self, level: int) -> None:
        """Count a heading; numbers begin anew at those that they are within."""
        depth = self.levels.index(level) if level in self.levels else len(self.sections)
        if self.options.within == "page" or depth > (self.options.within == "subsection"):
            return
        self.sections[depth] += 1
        self.sections[depth + 1 :] = [0] * (1 - depth)
        self.value = 0

    def open(self, *, labelled: bool) -> str:
        """Begin `subequations`; return their number where they have one already."""
        self.letters, self.pending, self.all_of = 0, True, labelled
        if self.options.mode in ("ams", "all") or self.all_of:
            self._step_parent()
        return self.parent

    def close(self) -> None:
        """End `subequations`."""
        self.parent, self.pending, self.all_of = "", False, False

    def next(self) -> str:
        """The next automatic number."""
        if self.pending:
            self._step_parent()
        if self.parent:
            self.letters += 1
            letters, number = "", self.letters  # `a` to `z`, then `aa`
            while number:
                number, rest = divmod(number - 1, 26)
                letters = chr(ord("a") + rest) + letters
            return self.parent + letters
        self.value += 1
        return self._written()

    def _step_parent(self) -> None:
        self.value += 1
        self.parent, self.pending = self._written(), False

    def _written(self) -> str:
        options = self.options
        parts = [options.prefix] if options.prefix else []
        if options.within != "page":
            parts += map(str, self.sections[: 1 + (options.within == "subsection")])
        return ".".join([*parts, str(self.value)])

    def is_numbered(self, row: Row, kind: str) -> bool:
        r"""Whether a row without a `\tag` has a number."""
        if not row.auto or self.options.mode == "none" or kind == "starred":
            return False
        if self.options.mode == "referenced":
            return any(without_spelling(label.name) in self.referenced for label in row.labels)
        if self.options.mode == "all" or row.labels:
            return True
        return kind == "environment" and (self.options.mode == "ams" or self.all_of)


def count_formula(counter: Counter, numbering: Numbering | None, own: Sequence[str]) -> FormulaNumbers:
    """Number a formula. `own` are labels of the whole of it, from its attribute list: they name its first number.

    A formula without numbering is a displayed one that has neither label nor tag, and no environment.
    """
    numbering = numbering or Numbering("one", (), (_BARE,), (("display", 0),), (), (), ())
    own_left = list(own)
    rows: list[list[Numbered | None]] = [[] for _ in numbering.displays]
    names: list[tuple[str, str, int]] = []
    lost: list[Named] = []
    moved: list[Named] = []
    block = None
    for kind, value in numbering.events:
        if kind == "set" and isinstance(value, int):
            counter.value = value
        elif kind == "open" and not isinstance(value, int):
            number = counter.open(labelled=bool(value))
            names += [(label.name, number, sum(map(len, rows))) for label in value]
        elif kind == "close":
            counter.close()
        elif isinstance(value, int):
            display = numbering.displays[value]
            if (
                counter.options.mode == "all"
                and display.kind == "starred"
                and not any(it.tag >= 0 for it in display.rows)
            ):
                labels = [label.name for row in display.rows for label in row.labels]
                block = Numbered((counter.next(),), (*own_left, *labels))
                rows[value], own_left = [None] * len(display.rows), []
                continue
            found = _count_display(counter, numbering, display, own_left)
            rows[value] += found.rows
            lost += found.lost
            moved += found.moved
    flat = tuple(row for display in rows for row in display)
    return FormulaNumbers(flat, block, tuple(names), tuple(lost), tuple(moved))


def _count_display(counter: Counter, numbering: Numbering, display: Display, own: list[str]) -> _Rows:
    """Number the rows of a display. A label in a row without a number moves to the next one that has none (LaTeX).

    The first row with a number takes the labels `own` of the whole formula away.
    """
    rows: list[Numbered | None] = []
    moved: list[Named] = []
    waiting: list[Named] = []
    for row in display.rows:
        wanted = row._replace(labels=(*row.labels, *(Named(name, -1) for name in own))) if own else row
        parts: tuple[str, ...] = ()
        if row.tag >= 0:
            parts = numbering.tags[row.tag].text if "".join(numbering.tags[row.tag].text) else ()
        elif counter.is_numbered(wanted, display.kind):
            parts = (counter.next(),)
        if not parts:
            if not (row.auto and counter.options.mode == "referenced"):
                waiting += row.labels
            rows.append(None)
            continue
        names = [label.name for label in wanted.labels]
        own.clear()
        if waiting and not names:
            names = [label.name for label in waiting]
            moved += waiting
            waiting = []
        rows.append(Numbered(parts, tuple(names), row.tag))
    return _Rows(rows, waiting, moved)
