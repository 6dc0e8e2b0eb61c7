"""How much work a text in HTML makes for a parser that builds trees as browsers do."""

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.text.html_reader import HtmlReader

_EMPTY = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_PARTS_OF_TABLES = frozenset(["td", "th", "tr", "tbody", "thead", "tfoot"])
_PLACES = {
    "p": ("p",), "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "option": ("option",), "rt": ("rt", "rp"), "rp": ("rt", "rp"),
}  # fmt: skip
_HELD = {"select": ("option",), "datalist": ("option",), "optgroup": ("option",), "ruby": ("rt", "rp")}
_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "header", "hgroup", "li", "main", "menu", "nav", "ol", "pre", "section", "summary", "ul",
])  # fmt: skip
_FORMATTING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
_FOREIGN = frozenset(("svg", "math"))
_WITH_HTML = frozenset(["foreignobject", "desc", "title", "mi", "mo", "mn", "ms", "mtext", "annotation-xml"])
_BREAKING_OUT = frozenset([
    "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "font", "h1", "h2", "h3",
    "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby", "s", "small",
    "span", "strong", "strike", "sub", "sup", "table", "tt", "u", "ul", "var",
])  # fmt: skip
_TAG = lazy_pattern(r"<([A-Za-z][^\s/>]*)")
MADE = 40  # elements that are looked at in the time and the memory of one that is made


def work_of(html: str) -> int:
    """Return how many elements a parser of trees looks at, at most, but for a factor that no text changes.

    At a tag it looks through all that is open, and after a paragraph it makes all open `<b>`, `<i>`, … anew: the HTML that comes out
    may be a thousand times as long. An element counts as closed where that is certain: if it is the last one that is open, holds
    only what its end ends, too, or is a drawing without HTML in it. Parts of tables are not counted: of each a table has one that is open.
    """
    work = _Work()
    work.read(html)
    work.handle_data(work.rawdata)  # the rest of a `<style>` without an end
    return work.done


@dataclass(slots=True)
class _Drawing:
    """An open `<svg>` or `<math>`: its place among what is open, and how many tags since may have HTML behind them."""

    place: int
    with_html: int = 0


class _Work(HtmlReader):
    """Knows which elements are open, and counts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.done = 0
        self._open: list[str] = []
        self._formatting = 0
        self._drawings: list[_Drawing] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """Open an element. Within a drawing no name means what it does elsewhere."""
        self._look(tag)
        if tag in _FOREIGN:
            self._drawings.append(_Drawing(len(self._open)))
        elif self._drawings:
            drawing = self._drawings[-1]
            drawing.with_html += tag in _WITH_HTML or (not drawing.with_html and tag in _BREAKING_OUT)
        elif tag in _EMPTY or tag in _PARTS_OF_TABLES:
            return
        else:
            self._end_before(tag)
        self._open.append(tag)
        self._formatting += tag in _FORMATTING

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; the slash closes it in a drawing only."""
        is_drawn = tag in _FOREIGN or (self._is_drawing() and tag not in _BREAKING_OUT)
        self.handle_starttag(tag, attrs)
        if is_drawn:
            self._close()

    def handle_endtag(self, tag: str) -> None:
        """Close an element if that is certain, and what stands open in it."""
        self._look(tag)
        for _ in range(self._ended(tag)):
            self._close()

    def handle_data(self, data: str) -> None:
        """Open what a `<style>` or `<script>` of a drawing holds: there it is no text."""
        if self.cdata_elem and self._drawings:
            for tag in _TAG.findall(data):
                self.handle_starttag(tag.lower(), [])
                self._drawings[-1].with_html += 1

    def _ended(self, tag: str) -> int:
        """How many of the last elements an end ends."""
        if self._open[-1:] == [tag]:
            return 1
        if self._drawings:
            place = self._drawings[-1].place
            return len(self._open) - place if self._is_drawing() and self._open[place] == tag else 0
        held = _PLACES if tag in _BLOCKS else _HELD.get(tag, ())
        for number in (2, 3):
            first, *others = self._open[-number:] or [""]
            if first == tag and all(it in held for it in others):
                return number
        return 0

    def _end_before(self, tag: str) -> None:
        """Close what ends where an element begins. An `<rt>` does so in a `<ruby>` only."""
        if self._open[-1:] == ["p"] and tag in _BLOCKS:
            self._close()
        last = self._open[-1] if self._open else ""
        if last in _PLACES.get(tag, ()) and (tag not in _HELD["ruby"] or self._open[-2:-1] == ["ruby"]):
            self._close()

    def _is_drawing(self) -> bool:
        """Whether all that stands open in the last drawing is a drawing, too."""
        return bool(self._drawings) and not self._drawings[-1].with_html

    def _close(self) -> None:
        tag = self._open.pop()
        self._formatting -= tag in _FORMATTING
        if tag in _FOREIGN:
            self._drawings.pop()
        elif self._drawings and tag in _WITH_HTML:
            self._drawings[-1].with_html -= 1

    def _look(self, tag: str) -> None:
        self.done += len(self._open) + (0 if tag in _FORMATTING else MADE * self._formatting)
