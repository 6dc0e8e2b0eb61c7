"""The pages of a folder that is imported: each with the post that it becomes, by the names that links use, and the files that it names."""

import posixpath
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote, unquote

from mathblog.core.dataclass import dataclass, field
from mathblog.core.source import SourceText
from mathblog.model.values import Data
from mathblog.pipeline.importing.heads import ForeignFrontMatter, read_head
from mathblog.pipeline.importing.rewriting import GivenFolder, Imported, Rewriting, front_matter, keep_file
from mathblog.reading.decode import decode


class GivenPage(NamedTuple):
    """A page of another program, and the path of the post that it becomes. `title` is '' where its program gives it none."""

    source: SourceText
    head: ForeignFrontMatter
    post: str
    title: str = ""

    @property
    def path(self) -> str:
        """Where it lies in its folder."""
        return self.source.path

    def rewriting(self, *, unescapes: bool = False) -> Rewriting:
        """The edits of its body, with a problem where its front matter cannot be read."""
        found = Rewriting(self.source, self.head.body_start, unescapes)
        if self.head.fault:
            found.report(0, 3, self.head.fault, "write it again in the post")
        return found


@dataclass(slots=True)
class GivenPages:
    """The pages of a folder, and those that names call, without regard to case; of two with one name the first is called so."""

    folder: GivenFolder
    pages: list[GivenPage] = field(default_factory=list)
    by_name: dict[str, GivenPage] = field(default_factory=dict)

    def __iter__(self) -> Iterator[GivenPage]:
        """Each page, in the order in which they were added."""
        return iter(self.pages)

    def add(self, page: GivenPage, names: Iterable[str]) -> None:
        """Note a page, and the names by which links may call it."""
        self.pages.append(page)
        for name in names:
            self.by_name.setdefault(name.lower(), page)

    def named(self, name: str) -> GivenPage | None:
        """The page with this name."""
        return self.by_name.get(name.lower())


@dataclass(slots=True)
class Conversion:
    """A page on its way to a post: the edits of its body, and the files that the post needs by their paths in the site."""

    page: GivenPage
    body: Rewriting
    files: dict[str, bytes | str]

    def copy(self, path: str) -> str:
        """Note that a file is to be copied beside the post, and return its address there."""
        return quote(keep_file(self.files, posixpath.dirname(self.page.post), path))

    def imported(self, data: Data) -> Imported:
        """The post with this front matter, after the last edit."""
        text = front_matter(data) + self.body.result()
        return Imported(self.page.post, text, self.files, tuple(self.body.problems))


def readable(
    folder: GivenFolder, paths: Iterable[str], read: Callable[[SourceText], ForeignFrontMatter] = read_head
) -> Iterator[tuple[SourceText, ForeignFrontMatter]]:
    """The texts at some paths of a folder with their front matter, but for those that are not UTF-8."""
    for path in paths:
        source = decode(path, folder.read(path)).source
        if source is not None:
            yield source, read(source)


def beside(folder: GivenFolder, own: str, address: str) -> str:
    """The file that an address names from a page on, '' for none. An address that begins with `/` is one from the top of the folder."""
    start = "" if address.startswith("/") else posixpath.dirname(own)
    path = posixpath.normpath(posixpath.join(start, unquote(address.partition("#")[0].lstrip("/"))))
    return path if "://" not in address and folder.has(path) else ""
