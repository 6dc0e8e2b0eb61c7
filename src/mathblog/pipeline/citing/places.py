"""The places of a page that citations and lists fill, and the labels that come before entries."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from markdown_it.token import Token

from mathblog.core.dataclass import dataclass, field
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText
from mathblog.markdown.rules.spans.references import CERTAIN
from mathblog.model.citations.asked import Asked
from mathblog.model.citations.reference import Citation
from mathblog.model.facts import kinds
from mathblog.pipeline.citing.page import PageBibliography

_ID = lazy_pattern(r"[\w.:-]+")  # behind a `#`
_PREFIX = lazy_pattern(r"^(?:eq|thm|lem|prp|prop|cor|def|exm|ex|rem|cnj|exr|fig|tbl|sec)[:_-]")
PLACE = "cite"  # the type of a token that is filled


@dataclass
class CitationPlace:
    """A citation of the page: the token that is filled with it, and where it is written in the parsed text."""

    token: Token
    citation: Citation
    offset: int
    asked: Asked = field(default_factory=Asked)
    linked: bool = True
    index: int = 0  # among all places of the page
    in_words: bool = False  # the description of an image has no elements


@dataclass
class ListPlace:
    """A list of the page; `shown` are the keys of one that is written already."""

    token: Token
    asked: Asked
    shown: list[str] | None
    offset: int
    index: int = 0
    in_line: bool = False  # whether it stands among the words of a line


@dataclass
class FoundCitations:
    """All citations and lists of a page, in the order of its text, and the brackets with unknown keys."""

    cites: list[CitationPlace] = field(default_factory=list)
    lists: list[ListPlace] = field(default_factory=list)
    unknown: list[tuple[str, str, int]] = field(default_factory=list)  # the key, what is written, where about
    unread: list[tuple[str, str, int]] = field(default_factory=list)  # what stays as it is written, a hint, where about
    count: int = 0
    noted: list[str] = field(default_factory=list)  # the keys of `\\nocite`
    in_code: list[tuple[Token, str, Token]] = field(default_factory=list)  # a mark that Liquid wrote into code


class WrittenPlaces:
    """Where citations are written in a text, each looked for from the place of the one before it, or from the line of its token."""

    def __init__(self, text: str) -> None:
        self._source = SourceText("", text)
        self._at = 0
        self._line = -1  # of the last token, where no place was asked for since

    def enter(self, line: int, *, goes_on: bool) -> None:
        """A token begins at a line; one that `goes_on` is a part of the block before it, in which places were found already."""
        if goes_on:
            self._line = max(self._line, line)
        else:
            self._at, self._line = 0, line

    @property
    def at(self) -> int:
        """The last place."""
        if self._line >= 0:
            starts = self._source.line_starts
            self._at, self._line = max(self._at, starts[min(self._line, len(starts) - 1)]), -1
        return self._at

    @at.setter
    def at(self, offset: int) -> None:
        self._at, self._line = offset, -1

    def find(self, written: str) -> int:
        """Where something is written, from the last place on; the last place where it is written otherwise."""
        place = self._source.text.find(written, self.at)
        if place >= 0:
            self._at = place
        return self._at


class TextLabels:
    """The labels that a text seems to have: a name that is one of them is no key of an entry."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _names(self) -> frozenset[str]:
        text = self._text
        written = (behind.partition("}") for behind in text.split("\\label{")[1:])
        names = {name.strip() for name, closed, _ in written if name and closed and "{" not in name}
        names.update(_ids(text))
        return frozenset((*names, *(_PREFIX.sub("", name) for name in names)))

    def means(self, key: str, page: PageBibliography) -> bool:
        """Whether a key is that of a label, of the page or of another post, or looks like nothing else; numbering sees to it."""
        name, colon, _ = key.partition(":")
        is_elsewhere = bool(colon and page.view.get(kinds.NAMED, name))
        looks_so = re.split("[-:]", key)[0] in CERTAIN
        return key in self or ((is_elsewhere or looks_so) and page.find(key) is None)

    def __contains__(self, key: str) -> bool:
        """Whether there is a label of this name, with a prefix or without."""
        return key in self._names or _PREFIX.sub("", key) in self._names


def _ids(text: str) -> Iterator[str]:
    """The names behind a `#` in braces of its line, in linear time: most of a text with formulas are braces."""
    is_open = False  # whether the last brace before it on its line opens
    for before, behind in pairwise(text.split("#")):
        _, ended, line = before.rpartition("\n")
        opened, closed = line.rfind("{"), line.rfind("}")
        is_open = opened > closed or (is_open and not ended and opened == closed)
        if is_open and (found := _ID.match(behind)):
            yield found[0]
