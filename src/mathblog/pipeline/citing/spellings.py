r"""The spellings of citations among the tokens of a page -> places to be filled.

Pandoc's `[@key]`, `@key`, `@key [p. 3]`, LaTeX's `\cite{key}`, Distill's `<d-cite key="a,b">`, and the marks of tags.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from mathblog.citations.formatting import is_dated
from mathblog.core.patterns import lazy_pattern
from mathblog.model.citations.asked import Asked
from mathblog.model.citations.reference import Citation, Cite
from mathblog.pipeline.citing.latex import (
    COMMAND,
    HINT,
    ONLY_LISTS,
    SEVERAL,
    CommandReader,
    read_citation,
    read_several,
)
from mathblog.pipeline.citing.lists import style_name
from mathblog.pipeline.citing.locators import read_locator, typeset
from mathblog.pipeline.citing.page import PageBibliography
from mathblog.pipeline.citing.places import PLACE, CitationPlace, FoundCitations, ListPlace, TextLabels, WrittenPlaces
from mathblog.pipeline.citing.service import CITE_MARK, LIST_MARK, citation_of, unpack

_ELEMENT = lazy_pattern(
    rf"<a class=\"citation\" {CITE_MARK}=\"(?P<cite>[^\"]*)\"></a>"
    rf"|<(?P<tag>\w+) class=\"[^\"]*\"(?: style=\"[^\"]*\")? {LIST_MARK}=\"(?P<list>[^\"]*)\">(?P<end></ol>)?"
    r"|<d-cite\b(?P<distill>[^<>]*)>\s*</d-cite>",
)
_DISTILL_KEY = lazy_pattern(r"\b(?:bibtex-)?key\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_CODE = frozenset({"fence", "code_block"})
_MAY_HOLD = lazy_pattern(r"@|\\[A-Za-z]*[cC]ite|ibliography|\\addbib")
_INTEREST = ("@", "cite", "Cite", "data-", "ibliography", "\\addbib")
_CLOSING = frozenset(("footnote_block_open",))
_SPELLED = frozenset(("citation_open", "reference"))


class CitationFinder:
    """Goes through the tokens of a page and puts places where citations stand."""

    def __init__(self, page: PageBibliography, text: str, *, distill: bool) -> None:
        self._page = page
        self._text = text
        self._distill = distill
        self._written = WrittenPlaces(text)
        self._labels = TextLabels(text)
        self._is_last = False  # whether the token stands at the end of the page
        self._takes_lists = True  # whether a list may stand in it: not in a heading, in bold words, in a link
        self.found = FoundCitations()
        self._commands = CommandReader(page, self._written, self.found)

    def run(self, tokens: Sequence[Token]) -> FoundCitations:
        """Look at all tokens."""
        enter, line, goes_on = self._written.enter, 0, True
        for index, token in enumerate(tokens):
            kind = token.type
            if token.map:
                goes_on = goes_on and kind == "inline"
                first = token.map[0]
                line = first if first > line or kind != "inline" else line
            if kind == "inline":
                written = token.content
                if token.children and any(map(written.__contains__, _INTEREST)):
                    enter(line, goes_on=goes_on)
                    goes_on = True
                    if self._page.files and ONLY_LISTS.fullmatch(written):
                        tokens[index - 1].hidden = tokens[index + 1].hidden = True
                        self._is_last = all(it.type in _CLOSING for it in tokens[index + 2 : index + 4])
                    self._takes_lists = tokens[index - 1].type != "heading_open"
                    known = len(self.found.lists)
                    token.children = self._inline(token.children)
                    for place in self.found.lists[known:]:
                        place.in_line = True
            elif kind == "html_block":
                enter(line, goes_on=goes_on)
                goes_on = True
                self._html_block(token)
            elif kind in _CODE and "data-mathblog" in token.content:
                enter(line, goes_on=goes_on)
                goes_on = True
                self._code(token)
        return self.found

    def _inline(self, children: Sequence[Token]) -> list[Token]:
        if not any(map(self._may_hold, children)):
            return list(children)
        result: list[Token] = []
        links, position = 0, 0
        takes_lists, depth = self._takes_lists, 0
        while position < len(children):
            child = children[position]
            depth += child.nesting
            self._takes_lists = takes_lists and depth == 0
            links += (child.type == "link_open") - (child.type == "link_close")
            if child.type == "text":
                result += self._text_token(child, linked=not links)
            elif child.type == "reference" and (citation := self._bare_key(child)):
                result.append(self._place(citation, child.meta["start"], linked=not links))
            elif child.type == "code_inline":
                self._code(child)
                result.append(child)
            elif child.type == "image" and child.children:
                self._description(child)
                result.append(child)
            elif child.type == "citation_open":
                position = self._bracket(children, position, result, linked=not links)
            elif child.type == "html_inline":
                position = self._html_inline(children, position, result, linked=not links)
            else:
                result.append(child)
            position += 1
        self._takes_lists = takes_lists
        return result

    def _description(self, image: Token) -> None:
        """The description of an image: its citations are words."""
        known, takes_lists = len(self.found.cites), self._takes_lists
        self._takes_lists = False
        image.children = self._inline(image.children or ())
        self._takes_lists = takes_lists
        for place in self.found.cites[known:]:
            place.linked, place.in_words = False, True

    def _may_hold(self, child: Token) -> bool:
        if child.type == "image":
            return any(map(self._may_hold, child.children or ()))
        if child.type == "text":
            return _MAY_HOLD.search(child.content) is not None or LIST_MARK in child.content
        if child.type == "html_inline":
            return "data-mathblog" in child.content or child.content.startswith("<d-cite")
        if child.type == "code_inline":
            return "data-mathblog" in child.content
        return child.type in _SPELLED

    def _code(self, token: Token) -> None:
        """Undo the spellings in code that Liquid wrote: the reader sees the HTML, as on Jekyll."""
        for match in _ELEMENT.finditer(token.content):
            if place := self._element(match, linked=True):
                self.found.in_code.append((token, match[0], place))

    def _text_token(self, token: Token, *, linked: bool) -> Iterator[Token]:
        content = token.content
        if LIST_MARK in content:  # a list in running text, which no paragraph may hold: kramdown makes text of its tags
            yield from self._lists(token)
            return
        if not _MAY_HOLD.search(content):
            yield token
            return
        position = 0
        for start, end, found in self._commands.read(content, takes_lists=self._takes_lists, is_last=self._is_last):
            if start > position:
                yield token.copy(content=content[position:start])
            if isinstance(found, Citation):
                yield self._place(found, self._written.find(content[start:end]), linked=linked)
            elif isinstance(found, Asked):
                yield self._list(Token(PLACE, "", 0), found, None)
            elif found:
                yield token.copy(content=found)
            position = end
        if position == 0:
            yield token
        elif position < len(content):
            yield token.copy(content=content[position:])

    def _lists(self, token: Token) -> Iterator[Token]:
        position = 0
        for match in _ELEMENT.finditer(token.content):
            if match["list"] is not None and (place := self._element(match, linked=True)):
                yield token.copy(content=token.content[position : match.start()])
                yield place
                position = match.end()
        yield token.copy(content=token.content[position:])

    def _bracket(self, children: Sequence[Token], start: int, result: list[Token], *, linked: bool) -> int:
        """`[see @a, p. 3; @b]`; the end of it. What names a label is a reference; where a key is no entry all of it is text."""
        opening = children[start]
        end = next(i for i in range(start, len(children)) if children[i].type == "citation_close")
        items = opening.meta["items"]
        offset = opening.meta["start"]
        written = self._text[offset : opening.meta["end"]]
        self._written.at = offset
        if written.startswith("\\citetext"):
            return self._words(children, start, end, result)
        command = COMMAND.fullmatch(written) if not items else None
        several = SEVERAL.fullmatch(written) if not items else None
        citation = read_citation(command) if command else read_several(several) if several else None
        keys = [cite.key for cite in citation.cites] if citation else [item.key for item in items]
        if not keys and self._page.files:
            self.found.unread.append((written, HINT, offset))
        is_label = any(self._labels.means(key, self._page) for key in keys)
        if is_label or not self._commands.all_known(keys, written):
            opening.meta.update({} if is_label or not self._page.files else {"told": True})
            result += children[start : end + 1]
            return end
        if citation:
            result.append(self._place(citation, offset, linked=linked))
            return end
        cites = []
        for item in items:
            locator, suffix = read_locator(item.behind)
            cites.append(Cite(item.key, typeset(item.before), locator, suffix, item.bare))
        result.append(self._place(Citation(tuple(cites)), offset, linked=linked))
        return end

    def _words(self, children: Sequence[Token], start: int, end: int, result: list[Token]) -> int:
        r"""`\citetext{see $x$ in \citealp{a}}`: its words in the brackets of a citation; the end of it."""
        first = children[start + 1]
        if not self._page.files:
            result += children[start : end + 1]
            return end
        left, right = "()" if is_dated(style_name(self._page.options)) else "[]"
        first.content = left + first.content.removeprefix("citetext{")
        result += [*self._inline(children[start + 1 : end]), Token("text", "", 0, content=right)]
        return end

    def _bare_key(self, token: Token) -> Citation | None:
        """`@ex-1984`, which may be a label, where it is an entry and no label."""
        key = token.meta["names"][0]
        if token.meta["command"] != "at" or key in self._labels or self._page.find(key) is None:
            return None
        return Citation((Cite(key),), narrative=True)

    def _html_inline(self, children: Sequence[Token], start: int, result: list[Token], *, linked: bool) -> int:
        """A mark or `<d-cite>`, which two tags make; the end of it."""
        html = children[start].content
        whole = html
        end = start
        if html.startswith("<d-cite") or "data-mathblog" in html:
            for number in range(start + 1, min(start + 3, len(children))):
                closing = children[number].content
                if children[number].type == "html_inline" and closing.startswith("</"):
                    whole, end = html + closing, number
                    break
                if closing.strip():
                    break
        match = _ELEMENT.fullmatch(whole) or _ELEMENT.fullmatch(html)
        token = self._element(match, linked=linked) if match else None
        if match is None or token is None:
            result.append(children[start])
            return start
        result.append(token)
        return end if match.string == whole else start

    def _html_block(self, token: Token) -> None:
        """Marks and `<d-cite>` in raw HTML."""
        if "data-mathblog" not in token.content and "<d-cite" not in token.content:
            return
        pieces: list[Token] = []
        for piece in token.children or [Token("html_block", "", 0, content=token.content)]:
            if piece.type != "html_block":
                pieces.append(piece)
                continue
            position = 0
            for match in _ELEMENT.finditer(piece.content):
                place = self._element(match, linked=True)
                if place is not None:
                    pieces += [Token("html_block", "", 0, content=piece.content[position : match.start()]), place]
                    position = match.end()
            pieces.append(Token("html_block", "", 0, content=piece.content[position:]))
        token.children = [piece for piece in pieces if piece.content or piece.type != "html_block"]

    def _element(self, match: re.Match[str], *, linked: bool) -> Token | None:
        if match["cite"] is not None:
            asked, _ = unpack(match["cite"])
            citation = citation_of(asked, style_name(self._page.options, asked))
            at = self._written.find(f'{CITE_MARK}="') if asked.keys else self._written.at
            return self._place(citation, at, linked=linked, asked=asked)
        if match["list"] is not None:
            asked, shown = unpack(match["list"])
            token = Token(PLACE, "", 0)
            if shown is not None:
                token.content = re.sub(rf' {LIST_MARK}="[^"]*"', "", match[0])
            return self._list(token, asked, shown)
        if not self._distill or not self._page.files:
            return None
        attribute = _DISTILL_KEY.search(match["distill"])
        written = next((part for part in attribute.groups() if part), "") if attribute else ""
        keys = [key.strip() for key in written.split(",") if key.strip()]
        known = [key for key in keys if self._page.find(key) is not None]
        offset = self._written.find(match[0])
        self.found.unknown += [(key, match[0], offset) for key in keys if key not in known]
        if not known:
            return None
        return self._place(Citation(tuple(map(Cite, known))), offset, linked=linked)

    def _list(self, token: Token, asked: Asked, shown: list[str] | None) -> Token:
        self.found.count += 1
        self.found.lists.append(ListPlace(token, asked, shown, self._written.at, self.found.count))
        return token

    def _place(self, citation: Citation, offset: int, *, linked: bool, asked: Asked | None = None) -> Token:
        token = Token(PLACE, "", 0)
        self.found.count += 1
        self.found.cites.append(CitationPlace(token, citation, offset, asked or Asked(), linked, self.found.count))
        return token
