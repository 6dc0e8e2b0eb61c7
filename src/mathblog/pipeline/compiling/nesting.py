"""How much work a text in HTML makes for a parser that builds trees as browsers do."""

from mathblog.text.html_reader import HtmlReader

_EMPTY = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_ENDED_BY_THE_NEXT = frozenset(
    ["p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "rt", "rp"]
)
_FORMATTING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
_FOREIGN = frozenset(("svg", "math"))
_DRAWN = frozenset(["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "use", "stop", "image"])
MADE = 40  # elements that are looked at in the time and the memory of one that is made


def work_of(html: str) -> int:
    """Return how many elements a parser of trees looks at, at most. It is never less than what such a parser does.

    At a tag it looks through all that is open, and after a paragraph it makes all open `<b>`, `<i>`, … anew: the HTML that comes out
    may be a thousand times as long. An element counts as closed if it is the last one that is open.
    """
    work = _Work()
    work.read(html)
    return work.done


class _Work(HtmlReader):
    """Knows which elements are open, and counts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.done = 0
        self._open: list[str] = []
        self._formatting = self._foreign = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """Open an element. Within a drawing no name means what it does elsewhere."""
        self._look(tag)
        if self._foreign or not (tag in _EMPTY or tag in _ENDED_BY_THE_NEXT):
            self._open.append(tag)
            self._count(tag, 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; the slash closes it in a drawing only."""
        self.handle_starttag(tag, attrs)
        if self._foreign and tag in _DRAWN:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close an element if it is the last that is open."""
        self._look(tag)
        if self._open and self._open[-1] == tag:
            self._open.pop()
            self._count(tag, -1)

    def _look(self, tag: str) -> None:
        self.done += len(self._open) + (0 if tag in _FORMATTING else MADE * self._formatting)

    def _count(self, tag: str, number: int) -> None:
        self._formatting += number * (tag in _FORMATTING)
        self._foreign += number * (tag in _FOREIGN)
