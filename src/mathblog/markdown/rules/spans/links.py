"""Links and images by kramdown's rules (`parser/link.rb`, `autolink.rb`), which differ from CommonMark's.

An address is all between its parentheses, which balance: blanks, parentheses, backslashes and letters of any script stay
as they were written. The words of a link may hold brackets and what would be a link outside of it.
"""

import re
from itertools import islice
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.math import scanner_of
from mathblog.markdown.rules.spans.link_definitions import LinkDefinition, normalized, with_entities
from mathblog.model.options import MarkdownOptions

_NAME = lazy_pattern(r"\s*\[([^\]]*)\]")
_ANGLED = lazy_pattern(r"\(<([^\n>]*)>")
_PARENTHESIS = lazy_pattern(r"[()]|\s(?=[\"'])")
_TITLE = {quote: lazy_pattern(rf"\s*{quote}(.+?){quote}\s*\)", re.DOTALL) for quote in "\"'"}
_ESCAPE = lazy_pattern(r"\\([\\.*_+`<>()\[\]{}#!:|\"'$=-])")
_AUTOLINK = lazy_pattern(r"<(?:((?:mailto|https?|ftps?):[^\n>]+)|([\w.-]+@[\w.-]+))>")
_MOST = 100  # parentheses in an address
_LONGEST_TITLE = 2000


class Target(NamedTuple):
    """The target of a link, and the end of the link in the text."""

    end: int
    address: str
    title: str | None
    definition: LinkDefinition | None = None
    written: str = ""  # the title as it stands in the text


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Replace markdown-it's rules of links, images and autolinks."""

    def autolink(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        closed = _is_closed(state, state.pos, options)
        found = _AUTOLINK.match(state.src, state.pos, state.posMax) if closed else None
        if found is None:
            return False
        if not silent:
            address = with_entities(found[1] or found[2])
            state.push("link_open", "a", 1).attrs = {"href": address if found[1] else f"mailto:{address}"}
            state.push("text", "", 0).content = address.removeprefix("mailto:")
            state.push("link_close", "a", -1)
        state.pos = found.end()
        return True

    def link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        return _link(state, options, silent=silent)

    def image(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        return _image(state, options, silent=silent)

    md.inline.ruler.at("link", link)
    md.inline.ruler.at("image", image)
    md.inline.ruler.at("autolink", autolink)


def description(label: str) -> str:
    """The description of an image as kramdown shows it: what stands in the brackets, without escapes."""
    return with_entities(_ESCAPE.sub(r"\1", label).replace("\n", " "))


def _link(state: StateInline, options: MarkdownOptions, *, silent: bool) -> bool:
    start = state.pos
    if state.src[start] != "[" or state.src.startswith("^", start + 1) or state.env.get("link") is state:
        return False
    label_end = state.md.helpers.parseLinkLabel(state, start)
    target = _target(state, start + 1, label_end, options) if label_end >= 0 else None
    if target is None:
        return False
    if not silent:
        limit = state.posMax
        state.pos, state.posMax = start + 1, label_end
        opening = state.push("link_open", "a", 1)
        _with_target(opening, "href", target)
        words = state.src[start + 1 : label_end]
        # whether the words have a place for the number of what the link leads to
        if "#" in target.address and (not words.strip() or "%s" in words or "{number}" in words or "{name}" in words):
            state.env["refers"] = opening.meta["refers"] = True
        state.env["link"] = state  # no links in its words; markdown-it's own count is also of `<a>`
        state.md.inline.tokenize(state)
        del state.env["link"]
        state.push("link_close", "a", -1)
        state.posMax = limit
    state.pos = target.end
    return True


def _image(state: StateInline, options: MarkdownOptions, *, silent: bool) -> bool:
    start = state.pos
    if not state.src.startswith("![", start) or state.src.startswith("^", start + 2):
        return False
    label_end = state.md.helpers.parseLinkLabel(state, start + 1)
    target = _target(state, start + 2, label_end, options) if label_end >= 0 else None
    if target is None:
        return False
    if not silent:
        token = state.push("image", "img", 0)
        token.content, token.children = state.src[start + 2 : label_end], []
        token.meta["until"] = target.end
        if target.title:
            token.meta["title"] = target.written or target.title
        state.md.inline.parse(token.content, state.md, state.env, token.children)
        _with_target(token, "src", target)
    state.pos = target.end
    return True


def _with_target(token: Token, name: str, target: Target) -> None:
    token.attrs = {name: target.address} if name == "href" else {name: target.address, "alt": ""}
    if target.title:
        token.attrs["title"] = target.title
    if target.definition is not None:
        token.meta["definition"] = target.definition


def _target(state: StateInline, label_start: int, label_end: int, options: MarkdownOptions) -> Target | None:
    """The target of a link with some words: the address in parentheses, else that of its name."""
    src, at, limit = state.src, label_end + 1, state.posMax
    named = _NAME.match(src, at, limit)
    if named is None and src.startswith("(", at) and at < limit:
        return _address(src, at, limit, angled=src.startswith("<", at + 1) and _is_closed(state, at, options))
    definitions: dict[str, LinkDefinition] = state.env.get("references", {})
    name = (named and named[1]) or _ESCAPE.sub(r"\1", src[label_start:label_end])
    found = definitions.get(normalized(name)) if definitions else None
    if found is None:
        return None
    return Target(named.end() if named else at, found.address, found.title, found)


def _is_closed(state: StateInline, start: int, options: MarkdownOptions) -> bool:
    """Whether a `>` follows on the line; where none does, no pattern need look for it at each `<`."""
    scanner = scanner_of(state, options)
    end = scanner.find(">", start)
    return end >= 0 and not 0 <= scanner.find("\n", start) < end


def _address(src: str, start: int, limit: int, *, angled: bool) -> Target | None:
    """The address in the parentheses at `start`, between `<` and `>` if `angled`, and the title after it."""
    found = _ANGLED.match(src, start, limit) if angled else None
    if found:
        end, address = found.end(), found[1]
        closed = src.startswith(")", end) and end < limit
        end += closed
    else:
        # up to the parenthesis that closes it, or to the blank before a title
        end, closed, depth = start, False, 0
        for stop in islice(_PARENTHESIS.finditer(src, start, limit), _MOST):
            if stop[0] not in "()":
                end = stop.start()
                break
            depth += 1 if stop[0] == "(" else -1
            if depth == 0:
                end, closed = stop.end(), True
                break
        address = src[start + 1 : end - closed].strip()
    if closed:
        return Target(end, with_entities(address), None)
    at = end
    while at < limit and src[at].isspace():
        at += 1
    quote = src[at : at + 1]
    title = _TITLE[quote].match(src, end, min(limit, at + _LONGEST_TITLE)) if quote in _TITLE else None
    return Target(title.end(), with_entities(address), with_entities(title[1]), None, title[1]) if title else None
