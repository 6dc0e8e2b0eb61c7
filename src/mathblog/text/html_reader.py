"""Python's parser of HTML, made to read whatever an author writes, in time that grows as the text does."""

from collections.abc import Callable
from html.parser import HTMLParser

from mathblog.core.patterns import lazy_pattern

_NO_REFERENCE = lazy_pattern(r"&(?=#(?![0-9]+[^0-9a-fA-F]|[xX][0-9a-fA-F]+[^0-9a-fA-F]))")


class HtmlReader(HTMLParser):
    """A parser that has one text to read. Its handlers are those of Python's.

    Python's own raises an AssertionError at `<![x`, looks for the end of each comment that is never closed in all of the rest, and
    gives up on the rest at `&#` without a number, where references are not converted.
    """

    def __init__(self, *, convert_charrefs: bool = True) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self._never_closed: dict[str, str] = {}

    def read(self, html: str) -> None:
        """Hand a whole text to the handlers. Nothing after the last `>` can be a tag."""
        end = html.rfind(">") + 1
        self.feed(html[:end])
        self.close()
        for number, text in enumerate(html[end:].split("<") if end < len(html) else ()):
            if self.cdata_elem:  # the rest of a script
                return
            if number:
                self.handle_data("<")
            self.feed(text)
            self.close()

    def parse_comment(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 - as Python's
        """Return where the comment at `i` ends, -1 where it does not."""
        return self._once("<!--", lambda start: super(HtmlReader, self).parse_comment(start, report), i)

    def parse_html_declaration(self, i: int) -> int:
        """Return where `<!…` ends. What is no declaration is a comment up to the next `>`, as in browsers."""
        opening = self.rawdata[i : i + 5].lower()
        if not opening.startswith("<!["):
            return super().parse_html_declaration(i)
        try:
            return self._once(opening, super().parse_html_declaration, i)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def _once(self, opening: str, parse: Callable[[int], int], start: int) -> int:
        """Return what `parse` answers. Where one has no end, none after it has."""
        if self._never_closed.get(opening) is self.rawdata:
            return -1
        end = parse(start)
        if end < 0:
            self._never_closed[opening] = self.rawdata
        return end


def with_references(html: str) -> str:
    """The same with `&amp;#` for a `&#` that is no reference: a parser that converts none would stop there."""
    return _NO_REFERENCE.sub("&amp;", html) if "&#" in html else html
