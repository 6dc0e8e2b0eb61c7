"""The targets of a style sheet's `@import`, `@use` and `@forward`: only files of the site, each asked for by its path."""

import posixpath
from collections.abc import Callable, Iterator

from mathblog.core.dataclass import dataclass, field
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText
from mathblog.model.options import SassOptions

_ENDINGS = (".scss", ".sass", ".css")
_LOADS = lazy_pattern(r"@(?:import|use|forward)\s+([^;{}]*)")
_QUOTED = lazy_pattern(r"""["']([^"'\n]+)["']""")
_BARE = lazy_pattern(r"[^\s,\"']+")  # the indented syntax needs no quotes
Find = Callable[[str], SourceText | None]


@dataclass(slots=True)
class Imports:
    """The files that style sheets load, as far as they are known: `table` leads from (sheet, name) to a path, '' for nowhere.

    The sheet that is compiled is '' there. A name is known as it was written and as Sass asks for it: `a/b` for `./a/b`. `find` answers for a path in the site with its text, and records the question.
    `commas` are those that were taken out (`commas.py`); the sheet that is compiled has no path there.
    """

    options: SassOptions
    find: Find
    table: dict[tuple[str, str], str] = field(default_factory=dict)
    files: dict[str, SourceText] = field(default_factory=dict)
    commas: list[tuple[SourceText, int]] = field(default_factory=list)

    def learn(self, sheet: str, text: str) -> None:
        """Look for all that `text` seems to load, and for what that loads. Words in comments do no harm."""
        waiting = [(sheet, text)]
        while waiting:
            sheet, text = waiting.pop()
            for statement in _LOADS.finditer(text):
                line = statement[1].partition("\n")[0]
                names = _QUOTED.findall(statement[1]) or _BARE.findall(line)
                found = [self.look_up(sheet, name) for name in names if (sheet, name) not in self.table]
                waiting += [(new.path, new.text) for new in found if new]

    def look_up(self, sheet: str, name: str) -> SourceText | None:
        """The file that `name` in `sheet` means; it is returned only the first time."""
        path, found, known = "", None, False
        for path in self._candidates(sheet, name):
            known = path in self.files
            found = self.files.get(path) or self.find(path)
            if found is not None:
                self.files[path] = found
                break
        for spelling in {name, posixpath.normpath(name)}:
            self.table[sheet, spelling] = path if found else ""
        return None if known else found

    def _candidates(self, sheet: str, name: str) -> Iterator[str]:
        """As in Sass's `importer/utils.dart`: beside the sheet, then in the folders; partials, then an index.

        A style sheet of the site does not see its own folder, as Jekyll gives Sass its text only.
        """
        own = [posixpath.dirname(sheet)] if sheet else []
        for folder in (*own, self.options.folder, *self.options.load_paths):
            stem = posixpath.normpath(posixpath.join(folder, name))
            if stem.startswith(("../", "/")) or stem == "..":
                continue
            yield from _named(stem)
            if posixpath.splitext(stem)[1] not in _ENDINGS:
                yield from _named(posixpath.join(stem, "index"))


def _named(stem: str) -> Iterator[str]:
    folder, base = posixpath.split(stem)
    endings = ("",) if posixpath.splitext(base)[1] in _ENDINGS else _ENDINGS
    for name in (base, f"_{base}"):
        for ending in endings:
            yield posixpath.join(folder, name + ending)
