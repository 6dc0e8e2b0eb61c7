"""HTML of a page -> HTML that reads well far from the page: in a feed reader, with no style sheet of ours."""

import re
from functools import partial
from html import escape
from urllib.parse import urljoin

from mathblog.core.patterns import lazy_pattern
from mathblog.model.body import Body, to_mathml
from mathblog.text.html_reader import HtmlReader, with_references
from mathblog.text.urls import rewrite_srcset

_LINKS = frozenset({"href", "src", "poster", "cite", "data", "action", "longdesc", "srcset"})
_MAY_LINK = lazy_pattern(r"\b(?:href|src|poster|cite|data|action|longdesc|srcset)\s*=", re.IGNORECASE)
_DROPPED = frozenset({"script", "style"})


def make_portable(body: Body, base: str) -> str:
    """The HTML of a body with absolute addresses and readable maths.

    `base` is the address of the page. Of a formula its MathML stays, with the TeX in it; KaTeX's boxes, which are nothing
    without its style sheet, go. Scripts and style sheets go as well: no reader runs them, and some show them. A statement is
    paragraphs, whose first begins with its head in bold.
    """
    writer = _Writer(partial(_join, base))
    writer.read(with_references(to_mathml(body)))
    return "".join(writer.parts)


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # `http://[`: what is no address stays as it was written
        return address


class _Writer(HtmlReader):
    """Copies a text's markup to `parts`. `_skipping` names the element being left out, `_depth` its nesting.

    `_divs` says of each open one whether it is a statement, whose tags go; `_head` where in the head of one we are: `in`
    it, or `behind` it, where the paragraph is still open for the first of the statement, with `_blanks` between.
    """

    def __init__(self, join: "partial[str]") -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._join = join
        self._skipping = ""
        self._depth = 0
        self._divs: list[bool] = []
        self._head = ""
        self._blanks = ""

    def close(self) -> None:
        super().close()
        self._end_head()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipping:
            self._depth += tag == self._skipping
        elif self._head and self._goes_on(tag, attrs):
            return
        elif tag == "div":
            self._divs.append(any(name == "data-style" for name, _ in attrs))
            if not self._divs[-1]:
                self._open(tag, attrs, ">")
        elif tag == "p" and ("class", "theorem-head") in attrs:
            self.parts.append("<p><strong>")
            self._head = "in"
        elif tag in _DROPPED:
            self._skipping, self._depth = tag, 1
        else:
            self._open(tag, attrs, ">")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # in HTML the slash of `<span/>` says nothing; in SVG and MathML it closes, and on void elements it does no harm
        if not self._skipping and tag not in _DROPPED:
            self._open(tag, attrs, "/>")

    def handle_endtag(self, tag: str) -> None:
        if self._head == "in" and tag in ("p", "strong"):
            if tag == "p":
                self.parts.append("</strong>")
                self._head = "behind"
            return
        self._end_head()
        if not self._skipping and tag == "div" and self._divs and self._divs.pop():
            return
        if not self._skipping:
            self.parts.append(f"</{tag}>")
        elif tag == self._skipping:
            self._depth -= 1
            if not self._depth:
                self._skipping = ""

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._keep(f"&#{name};")

    def _keep(self, text: str) -> None:
        if self._head == "behind" and text.isspace():
            self._blanks += text
            return
        self._end_head()
        if not self._skipping:
            self.parts.append(text)

    def _goes_on(self, tag: str, attrs: list[tuple[str, str | None]]) -> bool:
        """Whether a tag in the head of a statement, or behind it, is left out: the first paragraph goes on on its line."""
        if self._head == "in":
            return tag == "strong"
        joined = tag == "p" and not attrs
        if joined:
            self.parts.append(" ")
            self._head = self._blanks = ""
        self._end_head()
        return joined

    def _end_head(self) -> None:
        if self._head == "behind":
            self.parts += ("</p>", self._blanks)
            self._head = self._blanks = ""

    def _open(self, tag: str, attrs: list[tuple[str, str | None]], end: str) -> None:
        written = self.get_starttag_text() or ""
        if not _MAY_LINK.search(written):
            self.parts.append(written)
            return
        shown = "".join(
            f" {name}" if value is None else f' {name}="{self._attribute(name, value)}"' for name, value in attrs
        )
        self.parts.append(f"<{tag}{shown}{end}")

    def _attribute(self, name: str, value: str) -> str:
        if name == "srcset":
            value = rewrite_srcset(value, self._join)
        elif name in _LINKS:
            value = self._join(value)
        return escape(value)
