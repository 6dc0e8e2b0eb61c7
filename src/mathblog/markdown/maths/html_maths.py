r"""Formulas in HTML, as MathJax finds them: in texts between tags, by the delimiters that it knows.

`$$` is a display formula, wherever it stands: kramdown leaves raw HTML alone, so its rule, by which `$$` in a text is
inline, does not hold there. What is rendered already, code, scripts, attributes and the head of a page are left alone. A formula holds no tags
but line breaks, which are blanks of it (MathJax's `includeHtmlTags`), and characters may be written as entities.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from html import unescape

from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.model.formula import BLANKS
from mathblog.model.options import MarkdownOptions
from mathblog.text.delimiters import Region, Scanner, closing
from mathblog.text.html_elements import SKIPPED_BY_MATHJAX
from mathblog.text.html_tags import LINE_BREAK, TAG, end_of_comment, end_of_head, without_entities
from mathblog.text.rendered import rendered_formulas
from mathblog.text.signs import is_escaped
from mathblog.text.tex.references import LABEL

_SIGN = lazy_pattern(r"\$|\\[(\[]|\\begin\{|\\(?:eq)?ref[ ]?\{")
_REFERENCE = lazy_pattern(rf"\\(eqref|ref){LABEL}")  # MathJax's, which it finds in texts, too
_SKIPPED = "|".join((*SKIPPED_BY_MATHJAX, "head"))  # which is no part of the body that MathJax reads
_ANY_MARKUP = rf"<!--|<(?P<name>{_SKIPPED})(?=[\s>])|{TAG}"
_PLAIN = lazy_pattern(r"\\\(((?:[^\\$<>%]|\\[A-Za-z])+)\\\)")
_PAIRS = {
    "$$": ("$$", True),
    "\\\\(": ("\\\\)", False),
    "\\(": ("\\)", False),
    "\\\\[": ("\\\\]", True),
    "\\[": ("\\]", True),
}


@cache
def _markup() -> re.Pattern[str]:
    """Return the pattern of what begins markup; it is slow to compile, and few posts have formulas in HTML."""
    return re.compile(_ANY_MARKUP, re.IGNORECASE)


@cache
def _left_alone() -> re.Pattern[str]:
    """Return the pattern of what begins an element whose formulas stay as they are, or a comment."""
    return re.compile(rf"<(?:!--|(?:{_SKIPPED})(?=[\s>]))", re.IGNORECASE)


@cache
def _stop() -> re.Pattern[str]:
    """Return the pattern of what begins markup or may begin a formula."""
    return re.compile(rf"{_ANY_MARKUP}|\$|\\", re.IGNORECASE)


class _HtmlScanner(Scanner):
    """Remembers where the next tag is, as its base remembers delimiters. A line of HTML that begins with `+` is no list item."""

    breaks = lazy_pattern(r"\n[ \t]*+\n")
    _asked, _known = 0, -1

    def next_tag(self, start: int) -> int:
        """The start of the next tag or comment, the end of the text where there is none."""
        if not self._asked <= start <= self._known:
            tag = _markup().search(self.text, start)
            self._asked, self._known = start, tag.start() if tag else len(self.text)
        return self._known


def may_hold_formula(html: str) -> bool:
    """Whether something stands in an HTML text that could open a formula; highlighted code mostly has nothing at all."""
    return ("$" in html or "\\" in html) and _SIGN.search(html) is not None


def split_html(html: str, options: MarkdownOptions) -> list[Token] | None:
    """The pieces of an HTML text, HTML and formulas in turn; None where it has no formula that is not rendered."""
    pieces: list[Token] = []
    position = 0
    text = html
    if "br" in html or "BR" in html:  # a break is no tag where formulas are looked for, and no price ends in this sign
        text = LINE_BREAK.sub(lambda tag: "=" * len(tag[0]), html)
    for region in _regions(text, options):
        if region.kind == "reference":
            written = html[region.start : region.end]
            command, _, name = unescape(written)[1:-1].partition("{")
            meta = {
                "command": command.rstrip(),
                "names": (" ".join(name.split()),),
                "start": region.start,
                "end": region.end,
            }
            pieces += [
                Token("html_block", "", 0, content=html[position : region.start]),
                Token("reference", "", 0, content=written, meta=meta),
            ]
            position = region.end
            continue
        inner = html[region.inner_start : region.inner_end]
        start = region.inner_start + len(inner) - len(inner.lstrip(BLANKS))
        end = start + len(inner.strip(BLANKS))
        tex = LINE_BREAK.sub("\n", html[start:end]).strip(BLANKS)
        if is_escaped(inner, len(inner.rstrip(BLANKS))):
            tex += " "  # `\ ` is a blank of TeX's
        meta = {"display": region.display, "start": start, "end": end}
        content = without_entities(tex)
        pieces += [
            Token("html_block", "", 0, content=html[position : region.start]),
            Token("math_inline", "math", 0, content=content, meta=meta),
        ]
        position = region.end
    return [*pieces, Token("html_block", "", 0, content=html[position:])] if pieces else None


def split_written(html: str, options: MarkdownOptions) -> list[Token] | None:
    r"""The same of HTML that we wrote, whose formulas are `\(…\)`; plain ones are found at once, and have no places."""
    if not may_hold_formula(html):
        return None
    parts = _PLAIN.split(html)
    others, formulas = "".join(parts[::2]), parts[1::2]
    is_plain = all(tex.count("{") == tex.count("}") and tex.strip(BLANKS) for tex in formulas)
    if not is_plain or "\\" in others or "$" in others or "katex" in others or _left_alone().search(others):
        return split_html(html, options)
    tokens = [
        Token("math_inline", "math", 0, content=without_entities(part.strip(BLANKS)), meta={"display": False})
        if index % 2
        else Token("html_block", "", 0, content=part)
        for index, part in enumerate(parts)
    ]
    return tokens if formulas else None


def _regions(html: str, options: MarkdownOptions) -> Iterator[Region]:
    if not may_hold_formula(html):
        return
    if "\\\\begin{" in html:  # Markdown takes no backslash off here
        options = replace(options, math_escapes=False)
    scanner = _HtmlScanner(html, options)
    done = rendered_formulas(html)
    rendered = next(done, None)
    position = 0
    while stop := _stop().search(html, position):
        start = stop.start()
        while rendered and rendered.end <= start:
            rendered = next(done, None)
        if rendered and rendered.start <= start:
            position = rendered.end
        elif html[start] == "<":
            position = _after_markup(html, stop, scanner.find)
        elif html[start] == "\\" and (found := _REFERENCE.match(html, start)) and "<" not in found[2]:
            yield Region(start, found.end(), start, found.end(), "reference")
            position = found.end()
        else:  # a formula closes before the next tag
            limit = scanner.next_tag(start)
            region = _formula_at(scanner, start, limit)
            if region and region.end <= limit:
                yield region
                position = region.end
            else:
                position = start + (2 if html[start] == "\\" or html.startswith("$$", start) else 1)


def _formula_at(scanner: _HtmlScanner, start: int, limit: int) -> Region | None:
    """The formula that opens at a place. Only one in a single dollar ends at a blank line: MathJax reads all others over it."""
    html = scanner.text
    opening = next((opening for opening in _PAIRS if html.startswith(opening, start)), None)
    if opening is not None:
        closer, display = _PAIRS[opening]
        return scanner.delimited(start, (len(opening), closer), limit, display=display)
    environment = closing(html, start, scanner.options) if html.startswith("\\", start) else None
    if environment is not None:
        return scanner.delimited(start, environment, limit, display=True)
    return scanner.inline_formula_at(start)


def is_text_at(html: str, place: int) -> bool:
    """Whether the text of a page goes on at a place: no tag, comment or element whose content is no text is open there."""
    position = 0
    while (stop := _markup().search(html, position)) and stop.start() < place:
        position = _after_markup(html, stop, html.find)
    return position <= place


def _after_markup(html: str, stop: re.Match[str], find: Callable[[str, int], int]) -> int:
    """The end of a tag, of a comment, or of an element whose content is no text."""
    if stop[0] == "<!--":
        _, end = end_of_comment(find, stop.end())
        return end if end >= 0 else len(html)
    if stop["name"]:
        if stop["name"].lower() == "head":
            return end_of_head(html, stop.start())
        closer = re.compile(rf"</{stop['name']}\s*>", re.IGNORECASE).search(html, stop.end())
        return closer.end() if closer else len(html)
    return stop.end()
