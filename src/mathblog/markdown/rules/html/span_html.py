"""HTML in running text by kramdown's rules (`parser/kramdown/html.rb`, `parse_span_html`).

An element reaches from its tag to the closing one, or to the end of the text where there is none. What stands in elements
that kramdown does not know (`<font>`, `<u>`), in `<samp>`, `<var>` and with `markdown="0"` is no Markdown. A tag of a block
element, and one that closes nothing, is text; so is what a section `<![CDATA[…]]>` holds.
"""

import re
from collections import Counter
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.maths.html_maths import split_html
from mathblog.markdown.rules.html.elements import EMPTY, TAG
from mathblog.markdown.rules.spans.link_definitions import with_entities
from mathblog.model.options import MarkdownOptions

_COMMENT = lazy_pattern(r"<!--.*?--!?>", re.DOTALL)
_TEXT = lazy_pattern(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_TAG_OR_COMMENT = lazy_pattern(rf"{TAG.pattern}|<!--.*?--!?>|<!\[CDATA\[(?P<text>.*?)\]\]>", re.DOTALL)
_MARKDOWN = lazy_pattern(r"\s+markdown\s*=\s*[\"']?(\w+)", re.IGNORECASE)
# those of kramdown's whose content is Markdown by itself
_READ = frozenset(
    "a abbr acronym applet article aside b bdo big button cite del details dfn em figure i ins label main map noscript"  # noqa: SIM905
    " object q rb rbc rp rt rtc ruby section select small span strong sub sup tt".split()
)
_BLOCKS = frozenset(
    "address applet article aside blockquote body caption col colgroup dd div dl dt fieldset figcaption footer form h1 h2"  # noqa: SIM905
    " h3 h4 h5 h6 head header hgroup hr html iframe legend li main map menu nav ol optgroup p pre section summary table"
    " tbody td tfoot th thead tr ul".split()
)

_KNOWN = (
    _READ
    | _BLOCKS
    | EMPTY
    | {"code", "kbd", "mark", "math", "option", "samp", "script", "style", "textarea", "u", "var"}
)


@lru_cache(maxsize=256)
def _closer(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE if name.lower() in _KNOWN else re.NOFLAG)


class _Elements:
    """The ends of the elements of one text, as far as asked: offsets of the tag -> the end of the content, and of all."""

    def __init__(self, state: StateInline) -> None:
        self.state = state
        self.known: dict[tuple[int, int], tuple[int, int]] = {}
        self.unclosed: dict[re.Pattern[str], int] = {}  # from where on

    def comment_end(self, pos: int) -> int:
        """The end of a comment or a section of text, 0 where none begins or it is never closed."""
        src = self.state.src
        if not src.startswith("<!", pos):
            return 0
        pattern = _TEXT if src.startswith("<![CDATA[", pos) else _COMMENT
        if pos >= self.unclosed.get(pattern, len(src)):
            return 0
        found = pattern.match(src, pos)
        if found is None and src.startswith(("<!--", "<![CDATA["), pos):
            self.unclosed[pattern] = pos
        return found.end() if found and found.end() <= self.state.posMax else 0

    def element(self, tag: re.Match[str], *, read: bool) -> tuple[int, int]:
        """The end of an element's content, and of the element."""
        key = (tag.start(), self.state.posMax)
        if key not in self.known:
            self.known[key] = self._find(tag, read=read)
        return self.known[key]

    def _find(self, tag: re.Match[str], *, read: bool) -> tuple[int, int]:
        state, limit = self.state, self.state.posMax
        closer = _closer(tag["name"])
        outer, pos = state.pos, tag.end()
        while pos < limit:
            closing = closer.match(state.src, pos, limit) if state.src[pos] == "<" else None
            if closing:
                state.pos = outer
                return pos, closing.end()
            pos = self._next(pos) if read else self._next_tag(pos)
        state.pos = outer
        return limit, limit

    def _next(self, pos: int) -> int:
        self.state.pos = pos
        self.state.md.inline.skipToken(self.state)
        return self.state.pos

    def _next_tag(self, pos: int) -> int:
        """The next place where a tag may begin, in what is no Markdown; elements within are skipped whole."""
        state, limit = self.state, self.state.posMax
        if state.src[pos] == "<":
            if end := self.comment_end(pos):
                return end
            tag = TAG.match(state.src, pos, limit)
            if tag and not (tag["slash"] or _is_empty(tag)) and state.level < state.md.options.maxNesting:
                state.level += 1
                end = self.element(tag, read=False)[1]
                state.level -= 1
                return end
        following = state.src.find("<", pos + 1, limit)
        return following if following >= 0 else limit


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Replace markdown-it's rule, which takes single tags."""

    def rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        return state.src[state.pos] == "<" and _html(state, options, silent=silent)

    md.inline.ruler.at("html_inline", rule)


def _html(state: StateInline, options: MarkdownOptions, *, silent: bool) -> bool:
    pos = state.pos
    elements: _Elements | None = state.env.get("html")
    if elements is None or elements.state is not state:
        elements = state.env["html"] = _Elements(state)
    end = elements.comment_end(pos)
    tag = None if end else TAG.match(state.src, pos, state.posMax)
    if tag and (tag["slash"] or tag["name"].lower() in _BLOCKS):
        if not silent:
            state.push("text", "", 0).content = with_entities(tag[0])
        state.pos = tag.end()
        return True
    if tag is None or _is_empty(tag):
        end = tag.end() if tag else end
        if end and not silent and state.src.startswith("<![CDATA[", pos):
            state.push("text", "", 0).content = state.src[pos + len("<![CDATA[") : end - len("]]>")]
        elif end and not silent:
            html = tag[0].replace("\n", " ") if tag else state.src[pos:end]
            if tag and tag["closed"] and tag["name"].lower() not in EMPTY:  # HTML closes `<a name="x"/>` by a tag
                html = f"{html[:-2].rstrip()}></{tag['name']}>"
            state.push("html_inline", "", 0).content = html
        state.pos = end or pos
        return end > 0
    _element(state, tag, elements, options, silent=silent)
    return True


def _is_empty(tag: re.Match[str]) -> bool:
    return bool(tag["closed"]) or tag["name"].lower() in EMPTY


def _element(
    state: StateInline, tag: re.Match[str], elements: _Elements, options: MarkdownOptions, *, silent: bool
) -> None:
    """Push an element that has content: its tags, and between them Markdown or what stands there."""
    asked = _MARKDOWN.search(tag["attributes"]) if tag["attributes"] else None
    value = asked[1] if asked else ""
    by_itself = tag["name"].lower() in _READ and (value == "1" or bool(state.env.get("parse_span_html", True)))
    read = value == "span" or (value != "0" and by_itself)
    inner_end, end = elements.element(tag, read=read)
    if not silent:
        state.push("html_inline", "", 0).content = tag[0].replace("\n", " ")
        limit, state.posMax = state.posMax, inner_end
        state.level += 1
        if read:
            state.pos = tag.end()
            state.md.inline.tokenize(state)
        else:  # no Markdown, but for the elements in it that say so
            at = tag.end()
            if "markdown" in state.src[at:inner_end]:
                for inner in TAG.finditer(state.src, at, inner_end):
                    if inner.start() >= at and inner["attributes"] and _MARKDOWN.search(inner["attributes"]):
                        _push_raw(state, at, inner.start(), options)
                        state.pos = inner.start()
                        _html(state, options, silent=False)
                        at = state.pos
            _push_raw(state, at, inner_end, options)
        state.level -= 1
        state.posMax = limit
        state.push("html_inline", "", 0).content = state.src[inner_end:end] or f"</{tag['name']}>"
        state.env["html"] = elements  # images have texts of their own
    state.pos = end


def _push_raw(state: StateInline, start: int, end: int, options: MarkdownOptions) -> None:
    """Push tags as they stand, formulas as in HTML, all else as text; so is a tag that closes none of these elements."""
    html = state.src[start:end]
    for piece in split_html(html, options) or (Token("html_block", "", 0, content=html),):
        if piece.type == "math_inline":
            formula = state.push("math_inline", "math", 0)
            formula.content, formula.meta = piece.content, piece.meta
            formula.meta.update(start=start + piece.meta["start"], end=start + piece.meta["end"])
            continue
        text, taken, opened = piece.content, 0, Counter[str]()
        for found in _TAG_OR_COMMENT.finditer(text):
            name = found["name"] or ""
            if name.lower() in _KNOWN:  # case does not count in HTML's own names
                name = name.lower()
            if found["slash"] and not opened[name]:
                continue
            if name and not _is_empty(found):
                opened[name] += -1 if found["slash"] else 1
            if found.start() > taken:
                state.push("text", "", 0).content = with_entities(text[taken : found.start()])
            if found["text"] is not None:
                state.push("text", "", 0).content = found["text"]
            else:
                state.push("html_inline", "", 0).content = found[0]
            taken = found.end()
        if taken < len(text):
            state.push("text", "", 0).content = with_entities(text[taken:])
