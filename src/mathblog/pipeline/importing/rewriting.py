"""A text that is carried over: edits at its places, what is wrong with it, and its own signs kept from Liquid."""

import datetime
import posixpath
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mathblog.core.dataclass import dataclass, field
from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.model.citations.options import FOLDER
from mathblog.model.options import MarkdownOptions
from mathblog.model.values import Data
from mathblog.pipeline.importing.formulas import in_each_blog
from mathblog.text.delimiters import CODE, MATH, Region
from mathblog.text.regions import regions
from mathblog.text.slugs import slugify

RULE = "import"
READ_OTHERWISE = (
    "a blog without `math: {escapes: tex}` takes backslashes off this formula",
    "write it between `$$` and `$$`",
)
_LIQUID = lazy_pattern(r"\{\{|\{%")
_DIV = lazy_pattern(r"^[ \t>]*:{3,}[ \t]*(?:\{([^{}\n]*)\}|([\w*.-]+))?[ \t]*:*[ \t]*$", re.MULTILINE)
_OPTIONS = MarkdownOptions()


class Imported(NamedTuple):
    """A post: its path in the site, its text, and the files that it needs, each with its bytes or the path it is copied from."""

    path: str
    text: str
    files: Mapping[str, bytes | str]
    problems: tuple[Diagnostic, ...]


class GivenFolder(NamedTuple):
    """A folder that is imported: its files by their paths with the day each was written, and their bytes when asked for.

    Of one file only that one is listed; `has` says of any path whether a file is there.
    """

    files: Mapping[str, datetime.date]
    read: Callable[[str], bytes]
    has: Callable[[str], bool]


@dataclass(slots=True)
class Rewriting:
    """The edits of one text. `start` is where its body begins; code and formulas are left alone.

    `unescapes`: its program takes backslashes off formulas, as off all text.
    """

    source: SourceText
    start: int = 0
    unescapes: bool = False
    problems: list[Diagnostic] = field(default_factory=list)
    _edits: list[tuple[int, int]] = field(default_factory=list)  # in order
    _new: dict[tuple[int, int], str] = field(default_factory=dict)
    _areas: list[Region] = field(default_factory=list)

    def __post_init__(self) -> None:
        found = regions(self.source.text[self.start :], _OPTIONS)
        self._areas = [
            Region(
                it.start + self.start,
                it.end + self.start,
                it.inner_start + self.start,
                it.inner_end + self.start,
                it.kind,
                it.display,
            )
            for it in found
        ]

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches of a pattern outside of code, of formulas, and of what was replaced before."""
        closed = sorted([*((it.start, it.end) for it in self._areas), *self._edits])
        for found in pattern.finditer(self.source.text, self.start):
            if not (_is_in(closed, found.start()) or _is_in(closed, found.end(), behind=1)):
                yield found

    def fences(self) -> Iterator[Region]:
        """The fenced blocks of code."""
        return (it for it in self._areas if it.kind == CODE and self.source.text.startswith(("```", "~~~"), it.start))

    def displays(self) -> Iterator[tuple[int, int]]:
        """Where formulas between two dollars begin and end."""
        text = self.source.text
        return ((it.start, it.end) for it in self._areas if it.kind == MATH and text.startswith("$$", it.start))

    def code_spans(self) -> Iterator[tuple[int, int]]:
        """Where pieces of code within sentences begin and end."""
        text = self.source.text
        return (
            (it.start, it.end) for it in self._areas if text[it.start] == "`" and not text.startswith("```", it.start)
        )

    def replace(self, start: int, end: int, text: str) -> None:
        """Put a text in the place of a stretch. What stands in a stretch that is replaced already stays as that one says."""
        at_index = bisect_left(self._edits, (start, end))
        before = self._edits[at_index - 1][1] if at_index else 0
        after = self._edits[at_index][0] if at_index < len(self._edits) else len(self.source.text)
        if before <= start and end <= after:
            self._edits.insert(at_index, (start, end))
            self._new[start, end] = text

    def sub(self, pattern: re.Pattern[str], write: Callable[[re.Match[str]], str | None]) -> None:
        """Put what a function returns in the place of each match of a pattern that `find` finds. None leaves it."""
        for found in self.find(pattern):
            if (text := write(found)) is not None:
                self.replace(found.start(), found.end(), text)

    def report(self, start: int, end: int, message: str, hint: str = "") -> None:
        """Name what is not carried over."""
        self.problems.append(at(self.source, Span(start, end), message, code=RULE, hint=hint))

    def link(self, found: re.Match[str], post: str, otherwise: str) -> str:
        """The address of another post. One of a draft stays as it was: `link` finds nothing that is not published."""
        if not post.startswith("_drafts"):
            return f"{{% link {post} %}}"
        self.report(
            found.start(), found.end(), f"this leads to a draft, `{post}`", "write the link when it is published"
        )
        return otherwise

    def result(self) -> str:
        """The body with its edits. Signs of Liquid that the text had itself are written so that Liquid prints them."""
        text, at_offset, out = self.source.text, self.start, list[str]()
        for start, end in self._edits:
            out += [self._kept(at_offset, start), self._new[start, end]]
            at_offset = end
        out.append(self._kept(at_offset, len(text)))
        return "".join(out)

    def _kept(self, start: int, end: int) -> str:
        """A stretch as it was. In formulas Liquid reads nothing, and Markdown takes no backslash."""
        text, out = self.source.text, list[str]()
        first = bisect_left(self._areas, (start,))
        for area in self._areas[first : bisect_left(self._areas, (end,))]:
            if area.kind != MATH or area.end > end:
                continue
            formula, is_same = in_each_blog(text, area, unescapes=self.unescapes)
            if not is_same:
                self.report(area.start, area.end, *READ_OTHERWISE)
            out += [printed(text[start : area.start]), formula]
            start = area.end
        return "".join([*out, printed(text[start:end])])


def divs(rewriting: Rewriting) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """The lines that open and close each div of Pandoc's: the first group are its attributes, the second is its only word."""
    opened: list[re.Match[str]] = []
    for found in rewriting.find(_DIV):
        if (found[1] or found[2] or "").strip():
            opened.append(found)
        elif opened:
            yield opened.pop(), found


def _is_in(spans: Sequence[tuple[int, int]], offset: int, behind: int = 0) -> bool:
    """Whether a place is in one of some spans, or in it with so many characters of it before; of nested ones the first counts."""
    index = bisect_right(spans, (offset - behind, len(spans) and spans[-1][1] + 1)) - 1
    return index >= 0 and spans[index][0] + behind <= offset < spans[index][1]


def printed(text: str) -> str:
    """A text whose signs of Liquid are printed as they stand."""
    return _LIQUID.sub(lambda found: f"{{% raw %}}{found[0]}{{% endraw %}}", text) if "{" in text else text


def front_matter(data: Data) -> str:
    """A block of front matter."""
    import yaml

    shown = {key: value for key, value in data.items() if value not in (None, "", (), [])}
    return f"---\n{yaml.safe_dump(_plain(shown), allow_unicode=True, sort_keys=False, width=10_000)}---\n"


def _plain(value: object) -> object:
    """A value of types that YAML is written of."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | datetime.date | None) else str(value)


def fenced(code: str, language: str) -> str:
    """A block of code, with more ticks than stand in it."""
    ticks = max((len(it) for it in re.findall(r"`{3,}", code)), default=2) + 1
    code = code.rstrip("\n")
    return f"{'`' * ticks}{language}\n{printed(code)}\n{'`' * ticks}"


@dataclass(slots=True)
class PostPaths:
    """The paths of new posts, each once. Of posts with files of their own it is `index.md` in a folder.

    `bibliographies` are those that all these posts share, by their paths in the site with the path each is copied from.
    """

    taken: set[str] = field(default_factory=set)
    bibliographies: dict[str, bytes | str] = field(default_factory=dict)

    def post(self, name: str, day: datetime.date, *, draft: bool = False, with_files: bool = False) -> str:
        """The path of a post by the name of its file."""
        slug = slugify(name) or "post"
        stem = f"_drafts/{slug}" if draft else f"_posts/{day.isoformat()}-{slug}"
        number, unique = 1, stem
        while unique in self.taken:
            number += 1
            unique = f"{stem}-{number}"
        self.taken.add(unique)
        return f"{unique}/index.md" if with_files else f"{unique}.md"

    def bibliography(self, path: str, read: Callable[[str], bytes]) -> str:
        """The path of a bibliography that is copied from another one; of two of one name that differ the second has a number."""
        for name, known in self.bibliographies.items():
            is_named = isinstance(known, str) and posixpath.basename(path) == posixpath.basename(known)
            if is_named and read(str(known)) == read(path):
                return name
        return posixpath.join(FOLDER, keep_file(self.bibliographies, FOLDER, path))


def keep_file(files: dict[str, bytes | str], folder: str, path: str) -> str:
    """Note that a file is to be copied into a folder; its name there, which no other file has."""
    name, number = posixpath.basename(path), 1
    while files.get(posixpath.join(folder, name), path) != path:
        number += 1
        stem, ending = posixpath.splitext(posixpath.basename(path))
        name = f"{stem}-{number}{ending}"
    files[posixpath.join(folder, name)] = path
    return name


def day_of(value: object, otherwise: datetime.date) -> datetime.date:
    """The day that a date of front matter says."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)", value) if isinstance(value, str) else None
    try:
        return datetime.date(*map(int, found.groups())) if found else otherwise
    except ValueError:
        return otherwise
