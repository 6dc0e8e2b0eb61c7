"""`--safe`: the body of a document by a list of what is allowed (ADR 31). Formulas are put in afterwards, as KaTeX made them."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from mathblog.core.diagnostic import Diagnostic, at, in_file
from mathblog.core.digest import fingerprint
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.markdown.marks import Marks
from mathblog.markdown.maths.nobreak import PIECE, with_breaks
from mathblog.model.body import Body, Math, Piece, to_html
from mathblog.model.document import Document
from mathblog.pipeline.compiling.nesting import MADE, work_of
from mathblog.text.harmless import runs_script
from mathblog.text.html_reader import HtmlReader
from mathblog.text.rendered import read_body

if TYPE_CHECKING:
    from nh3 import Cleaner

_TAGS = (
    "a abbr address article aside audio b bdi bdo blockquote br caption center cite code col colgroup dd del details "
    "dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd li main mark nav "
    "ol p picture pre q rp rt ruby s samp section small source span strike strong sub summary sup table tbody td "
    "tfoot th thead time tr tt u ul var video wbr"
)
_WITH_CONTENT = (
    "script style title template noscript noembed noframes iframe frame frameset object embed applet svg math "
    "textarea select xmp plaintext"
)
_EVERYWHERE = "id class title lang dir role align style"
_OF_TAG = {
    "a": "href name rel hreflang",
    "audio": "src controls loop muted preload",
    "blockquote": "cite",
    "col": "span width",
    "colgroup": "span width",
    "del": "cite datetime",
    "details": "open",
    "div": "data-style data-file",
    "font": "color size face",
    "img": "src alt width height loading",
    "input": "checked disabled",
    "ins": "cite datetime",
    "li": "value",
    "ol": "start type reversed",
    "q": "cite",
    "source": "src type media",
    "table": "border cellpadding cellspacing width summary",
    "td": "colspan rowspan headers width valign bgcolor",
    "th": "colspan rowspan headers scope abbr width valign bgcolor",
    "time": "datetime",
    "tr": "valign bgcolor",
    "ul": "type",
    "video": "src controls loop muted preload poster width height",
}
_ADDRESSES = frozenset(("href", "src", "cite", "poster"))
_STYLES = (
    "background-color border border-bottom border-collapse border-color border-left border-radius border-right "
    "border-spacing border-style border-top border-width clear color display float font font-family font-size "
    "font-style font-variant font-weight height letter-spacing line-height list-style-type margin margin-bottom "
    "margin-left margin-right margin-top max-height max-width min-height min-width padding padding-bottom padding-left "
    "padding-right padding-top text-align text-decoration text-indent text-transform vertical-align white-space width "
    "word-spacing"
)
_LOADS = lazy_pattern(r"url|expression|import|behaviou?r|-moz-binding|[\\<@]|/\*", re.IGNORECASE)  # in a style
_SCHEMES = frozenset(("http", "https", "mailto", "tel", "data"))  # of `data:` pictures only
_HINT = "without `--safe` it is published as it is"
_MOST_WORK = 50_000_000  # a second or two, some hundred megabytes
_TAG = r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>'


class Cleaning:
    """Cleans the texts of one document, and knows what it took out of them.

    `stand_ins` are words for its formulas, which pass; afterwards the formulas are put in their places. They hold a digest of
    the text that they are put into, so that no author can write them. One of a formula of several pieces has two, so that
    what decides whether a line may end between them (`nobreak.join`) decides of it as of the formula. `known` is the HTML of
    formulas that a template brought from other documents: these pass, too.
    """

    def __init__(self, text: str, formulas: Sequence[Piece], known: Collection[str] = ()) -> None:
        self._word = fingerprint("formulas", text)
        self._formulas = list(formulas)
        self._known = known
        names = (f"{self._word}-{number}-" for number in range(len(formulas)))
        self.stand_ins = [
            f"{PIECE}{name}</span>{PIECE}</span>" if PIECE in to_html(Body((formula,))) else name
            for name, formula in zip(names, formulas, strict=True)
        ]
        self._marks = Marks()
        self._taken: Counter[str] = Counter()

    def clean(self, html: str) -> Body:
        """The body that HTML with stand-ins is: what is allowed in it, and its formulas."""
        if not html:
            return Body()
        if self._known:
            parts = []
            for piece in read_body(html):
                if not isinstance(piece, Math) or piece.html not in self._known:
                    parts.append(piece if isinstance(piece, str) else piece.html)
                    continue
                parts.append(f"{self._word}-{len(self._formulas)}-")
                self._formulas.append(piece)
            html = "".join(parts)
        cleaned = clean_html(html)
        self._taken += _names(html) - _names(cleaned)
        if self._word not in cleaned:
            return read_body(cleaned)
        pieces = rf"{PIECE}{self._word}-(\d+)-</span>(<wbr>)?{PIECE}</span>"
        return self._marks.fill(re.sub(rf"{pieces}|{_TAG}|{self._word}-(\d+)-", self._put_in, cleaned))

    def report(self, document: Document) -> tuple[Diagnostic, ...]:
        """One warning of all that was taken out, at the first of it."""
        if not self._taken:
            return ()
        names = sorted(self._taken)
        message = f"`--safe` takes {', '.join(f'`{name}`' for name in names)} out of this page"
        first = re.compile("|".join(re.escape(name) for name in names), re.IGNORECASE)
        found = first.search(document.source.text, document.body_start)
        if found is None:
            return (in_file(document.meta.path, message, code="safe", hint=_HINT),)
        return (at(document.source, Span(*found.span()), message, code="safe", hint=_HINT),)

    def _put_in(self, found: re.Match[str]) -> str:
        if number := found[1] or found[3]:
            formula = self._formulas[int(number)]
            if found[2] and isinstance(formula, Math):
                formula = formula._replace(html=with_breaks(formula.html))
            return self._marks.stand_in(formula)
        tag = found[0]  # a formula within an attribute would end it
        return re.sub(rf"{self._word}-\d+-", "", tag) if self._word in tag else tag


def clean_html(html: str) -> str:
    """The part of HTML that `--safe` keeps. HTML that nobody could clean in little time and memory is shown as text."""
    is_bounded = html.count("<") ** 2 * MADE < _MOST_WORK or work_of(html) < _MOST_WORK
    return _cleaner().clean(html if is_bounded else escape(html))


class _Names(HtmlReader):
    """Counts the tags and attributes of a text, and the addresses that run scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count one tag."""
        self.found[f"<{tag}"] += 1
        for name, value in attrs:
            self.found[name] += 1
            if name in _ADDRESSES and value and runs_script(value):
                self.found[value.partition(":")[0] + ":"] += 1


def _names(html: str) -> Counter[str]:
    names = _Names()
    names.read(html)
    return names.found


@lru_cache(maxsize=1)
def _cleaner() -> "Cleaner":
    import nh3

    return nh3.Cleaner(
        tags=set(_TAGS.split()),
        clean_content_tags=set(_WITH_CONTENT.split()),
        attributes={"*": set(_EVERYWHERE.split()), **{tag: set(words.split()) for tag, words in _OF_TAG.items()}},
        tag_attribute_values={"input": {"type": {"checkbox"}}, "a": {"target": {"_blank"}}},
        attribute_filter=_filter,
        filter_style_properties=set(_STYLES.split()),
        generic_attribute_prefixes={"aria-"},
        link_rel=None,
        url_schemes=set(_SCHEMES),
        strip_comments=True,
    )


def _filter(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute, None for one that is left out."""
    if name in _ADDRESSES:
        is_picture = tag in ("img", "source") and value.lower().startswith("data:image/")
        return None if runs_script(value) or (value.lower().startswith("data:") and not is_picture) else value
    if name == "style" and _LOADS.search(value):
        return None
    return value
