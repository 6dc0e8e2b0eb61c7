"""HTML of block elements by kramdown's rules (`parser/html.rb`): it is raw up to the closing tag, blank lines or not.

Text after that tag is Markdown again. With `markdown="1"` the content is parsed as blocks or as running text, whichever
the element holds; `block` and `span` say which. Span elements (`<br>`, `<img …>`, `<b>`) begin no block. An element that
is never closed is raw up to a blank line, as in CommonMark, where kramdown takes the rest of the page; and `<details>`
holds Markdown without being told where a blank line parts it from the summary, as on GitHub. Markdown that an element
asks for is read also where it, or one around it, is never closed: nobody sees on Jekyll's page that the end is missing.
"""

import re
from bisect import bisect_left

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.blocks.lazy_continuation import SPAN_ELEMENTS
from mathblog.markdown.rules.blocks.lines import begin, container, end_at, first_char, indent, parse_inside
from mathblog.markdown.rules.html.elements import TAG, Element, element_at, read_elements, strays_in
from mathblog.model.options import MarkdownOptions

_START = lazy_pattern(r"<(?:!--|/?([A-Za-z][\w:-]*)(?=[\s/>]|$))")
_SPANS = frozenset(SPAN_ELEMENTS.split("|"))
_MARKDOWN = lazy_pattern(r"(?<!\s)\s+markdown\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([\w]+))", re.IGNORECASE)
_MARKED_TAG = lazy_pattern(r"<[A-Za-z][\w:-]*(?=[^<>]*\smarkdown\s*=)", re.IGNORECASE)
# kramdown's HTML_CONTENT_MODEL_BLOCK and HTML_CONTENT_MODEL_SPAN
_BLOCKS_INSIDE = frozenset(
    "address applet article aside blockquote body dd details div dl fieldset figure figcaption footer form header hgroup"  # noqa: SIM905
    " iframe li main map menu nav noscript object section summary td".split()
)
_SPANS_INSIDE = frozenset(
    "a abbr acronym b bdo big button cite caption del dfn dt em h1 h2 h3 h4 h5 h6 i ins label legend optgroup p q rb rbc"  # noqa: SIM905
    " rp rt rtc ruby select small span strong sub sup th tt".split()
)
_SUMMARY = lazy_pattern(r"\s*(?=<summary)", re.IGNORECASE)
_BLANK_LINE = lazy_pattern(r"[ \t]*\n[ \t>]*\n")
_DEEPEST = 3
_NESTING = 16  # elements with Markdown in elements with Markdown


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Replace markdown-it's rule, which reads all that follows up to a blank line as HTML."""

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        if not state.src.startswith("<", first_char(state, start)):
            return False
        read_elements(state, options)
        state.env.setdefault("parse_block_html", options.parse_block_html)
        at = first_char(state, start)
        found = _START.match(state.src, at, state.eMarks[start])
        if found is None:
            return False
        name = (found[1] or "").lower()
        if indent(state, start) > _DEEPEST or name in _SPANS or (silent and name in ("", "script")):
            return False
        element = element_at(state, at)
        limit = state.eMarks[end - 1]
        if element is None or element.end > limit:
            if state.src[at + 1] == "/":
                return False
            return html_block(state, start, end, silent) if element or silent else _push_unclosed(state, at, start, end)
        if not silent:
            _push_all(state, element, start, end)
        return True

    md.block.ruler.at("html_block", rule, {"alt": ["paragraph", "reference"]})


def _push_unclosed(state: StateBlock, at: int, start: int, end: int) -> bool:
    """Read a block that begins with a tag that is never closed: with `markdown="1"` all that follows, else up to a blank line.

    An element inside it that goes on behind the blank line is read whole, and may hold Markdown.
    """
    tag = TAG.match(state.src, at, state.eMarks[end - 1])
    if tag and _MARKDOWN.search(tag["attributes"]):
        limit = state.eMarks[end - 1]
        element = Element(tag["name"].lower(), tag["attributes"], at, tag.end(), limit, limit)
        if _content_model(state, element) == "block":
            _push(state, element, start)
            state.line = end
            return True
    blank = next((line for line in range(start + 1, end) if state.isEmpty(line)), end)
    for line in range(start + 1, blank):
        inner = element_at(state, first_char(state, line))
        if inner and state.eMarks[blank - 1] < inner.end <= state.eMarks[end - 1]:
            html_block(state, start, line, False)  # noqa: FBT003 - markdown-it wants it so
            _push_all(state, inner, line, end)
            return True
    return html_block(state, start, end, False)  # noqa: FBT003


def _push_all(state: StateBlock, element: Element, start: int, end: int) -> None:
    """An element, those after it on its last line, and the text after them."""
    line = start
    while True:
        index = len(state.tokens)
        _push(state, element, line)
        for token in state.tokens[index + 1 :]:
            token.meta["part"] = True  # nothing is cut off between the tags of an element
        line = _line_of(state, max(element.start, element.end - 1), line)
        if not state.src[element.end : state.eMarks[line]].strip():
            state.line = line + 1
            return
        begin(state, line, element.end)
        at = first_char(state, line)
        found = _START.match(state.src, at, state.eMarks[line])
        following = element_at(state, at) if found and (found[1] or "").lower() not in _SPANS else None
        if following is None or following.end > state.eMarks[end - 1]:
            break
        element = following
    state.sCount[line] = state.blkIndent
    paragraph = state.md.block.ruler.getRules("")[-1]
    paragraph(state, line, end, False)  # noqa: FBT003 - markdown-it wants it so


def _push(state: StateBlock, element: Element, line: int) -> None:
    """The tokens of an element: raw HTML, and what stands in those of its elements that hold Markdown."""
    model = _content_model(state, element)
    if model == "raw":
        _push_raw(state, element, line)
        return
    tag = _MARKDOWN.sub("", state.src[element.start : element.inner_start])
    opening = _push_html(
        state, tag + ("\n" if model == "block" else ""), line, _line_of(state, element.inner_start - 1, line)
    )
    first = _line_of(state, element.inner_start, line)
    last = _line_of(state, element.inner_end, first)
    opening.meta["holds"] = 1
    if model == "span":
        token = state.push("inline", "", 0)
        token.content = _range(state, element.inner_start, element.inner_end, first).strip()
        token.map = [first, last + 1]
        token.children = []
    else:
        depth = state.env["html_depth"] = state.env.get("html_depth", 0) + 1
        with container(state):
            end_at(state, last, max(element.inner_end, state.bMarks[last]))
            for number in range(first, last + 1):
                begin(state, number, max(state.bMarks[number], element.inner_start if number == first else 0))
            state.push("element_open", "", 1)
            if depth <= _NESTING:
                parse_inside(state, first, last + 1)
            state.push("element_close", "", -1)
            state.env["attributes"] = True
        state.env["html_depth"] = depth - 1
    if element.end > element.inner_start:  # there is a body
        ending = _line_of(state, element.end - 1, last)
        tag = state.src[element.inner_end : element.end] or f"</{element.name}>"
        closing = _push_html(state, tag + "\n", ending, ending)
        closing.meta.update(opening=opening, holds=-1)
        if model == "block" and ending > first and state.isEmpty(ending - 1):
            closing.meta["blank"] = True


def _push_raw(state: StateBlock, element: Element, line: int) -> None:
    first, taken = line, element.start
    mentioned = "markdown" in state.src[element.inner_start : element.inner_end].lower()  # much faster than the search
    marked = _MARKED_TAG.search(state.src, element.inner_start, element.inner_end) if mentioned else None
    while marked:
        inner = element_at(state, marked.start())
        if inner is None or inner.end > element.inner_end or not _MARKDOWN.search(inner.attributes):
            marked = _MARKED_TAG.search(state.src, marked.end(), element.inner_end)
            continue
        first = _push_range(state, element, taken, inner.start, first)
        _push(state, inner, first)
        taken = inner.end
        first = _line_of(state, taken - 1, first)
        marked = _MARKED_TAG.search(state.src, taken, element.inner_end)
    _push_range(state, element, taken, element.end, first)
    state.tokens[-1].content += "\n"


def _push_range(state: StateBlock, element: Element, start: int, end: int, line: int) -> int:
    """Push a part of an element as it stands, and tell the line it ends on."""
    first, last = line, _line_of(state, end, line)
    html, at = "", start
    for stray in strays_in(state, start, end):
        html += _range(state, at, stray, line) + "&lt;"
        at = stray + 1
        line = _line_of(state, at, line)
    html += _range(state, at, end, line)
    if start == element.start and _MARKDOWN.search(element.attributes):
        html = _MARKDOWN.sub("", html, count=1)
    _push_html(state, html, first, last)
    return last


def _range(state: StateBlock, start: int, end: int, line: int) -> str:
    """The text between two offsets, without the marks of the quotes and lists around it."""
    pieces = []
    while state.eMarks[line] < end:
        pieces.append(state.src[max(start, state.bMarks[line]) : state.eMarks[line] + 1])
        line += 1
    return "".join([*pieces, state.src[max(start, state.bMarks[line]) : end]])


def _push_html(state: StateBlock, html: str, first: int, last: int) -> Token:
    token = state.push("html_block", "", 0)
    token.content = html
    token.map = [first, last + 1]
    return token


def _content_model(state: StateBlock, element: Element) -> str:
    asked = _MARKDOWN.search(element.attributes) if element.attributes else None
    value = (asked[1] or asked[2] or asked[3] or "") if asked else ""
    if value in ("span", "block"):
        return value
    if value == "1" or (value != "0" and state.env.get("parse_block_html")):
        if element.name in _BLOCKS_INSIDE:
            return "block"
        return "span" if element.name in _SPANS_INSIDE else "raw"
    if element.name != "details" or value:
        return "raw"
    # Markdown is meant where a blank line stands at the beginning or behind the summary, as on GitHub
    begin_of_text = _SUMMARY.match(state.src, element.inner_start, element.inner_end)
    summary = element_at(state, begin_of_text.end()) if begin_of_text else None
    start = summary.end if summary and summary.name == "summary" else element.inner_start
    blank = _BLANK_LINE.match(state.src, start, element.inner_end)
    if blank is None:
        return "raw"
    line = _line_of(state, blank.end(), 0)
    while line < state.lineMax and state.isEmpty(line):
        line += 1
    return "block" if indent(state, line) <= _DEEPEST else "raw"  # what is code in Markdown is HTML that is moved in


def _line_of(state: StateBlock, offset: int, known: int) -> int:
    """The line of an offset, not before a known one."""
    return bisect_left(state.eMarks, offset, known, state.lineMax - 1)
