"""The entries that a page may cite, each asked of the facts for itself: a page depends on those that it shows."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property

from mathblog.core.dataclass import dataclass, field
from mathblog.model.citations.options import CitationOptions, find_files, override, site_files
from mathblog.model.citations.reference import Reference
from mathblog.model.document import Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView

_CLOSE = 0.6
_MOST_SUGGESTED = 20  # unknown keys of a page with a hint each: the search compares a key with all there are
PUBLICATIONS = "publications"


@dataclass
class PageBibliography:
    """The files and the options of one page; `scholar:` in its front matter is over the site's (`set_context_to`).

    `borrowed` are entries that a tag cites from another file (`--file`), `shown` those of the page's own that were asked for.
    """

    view: FactView
    site_options: CitationOptions
    meta: Meta
    borrowed: dict[str, Reference] = field(default_factory=dict)
    shown: dict[str, Reference] = field(default_factory=dict)
    suggested: int = 0

    @cached_property
    def options(self) -> CitationOptions:
        """The options of the page."""
        own = self.meta.data.get("scholar")
        return override(self.site_options, own) if isinstance(own, Mapping) else self.site_options

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The site's files."""
        return self.view[kinds.BIBLIOGRAPHIES]

    @cached_property
    def publishes(self) -> bool:
        """Whether it is the theme's page of publications, and no layout of the site's own."""
        return self.meta.data.get("layout") == PUBLICATIONS and self.view.get(kinds.LAYOUT, PUBLICATIONS) is None

    @property
    def named(self) -> tuple[str, ...]:
        """The files that the front matter names."""
        own = self.meta.data.get("bibliography")
        listed = [own] if isinstance(own, str) else own if isinstance(own, Sequence) else []
        return tuple(name for name in listed if isinstance(name, str) and name.strip())

    @cached_property
    def files(self) -> list[str]:
        """The files of the page."""
        if not self.known:
            return []
        return find_files(self.known, self.options, self.named) or site_files(self.known, self.options)

    def files_of(self, names: Sequence[str]) -> list[str]:
        """The files that a tag names (`--file`), those of the page where it names none."""
        return find_files(self.known, self.options, names) if names else self.files

    def find(self, key: str, names: Sequence[str] = ()) -> Reference | None:
        """Return an entry by its key, in the first of the files that has it."""
        if not names and key in self.shown:
            return self.shown[key]
        for path in self.files_of(names):
            if (reference := self.view.get(kinds.REFERENCE, path, key)) is not None:
                (self.borrowed if names else self.shown)[key] = reference
                return reference
        return None if names else self.borrowed.get(key)

    def keys(self, names: Sequence[str] = ()) -> list[tuple[str, str]]:
        """The entries of the files in their order, each the path of its file and its key."""
        found: dict[str, str] = {}
        for path in self.files_of(names):
            for key in self.view.get(kinds.REFERENCE_KEYS, path) or ():
                found.setdefault(key, path)
        return [(path, key) for key, path in found.items()]

    def all(self, names: Sequence[str] = ()) -> list[Reference]:
        """All entries of the files in their order."""
        found = (self.view.get(kinds.REFERENCE, path, key) for path, key in self.keys(names))
        return [reference for reference in found if reference is not None]

    def hint(self, key: str, names: Sequence[str] = ()) -> str:
        """The nearest key, for a message."""
        if not self.files_of(names):
            return f"put a `.bib` file into `{self.options.source}`, or name one in front matter: `bibliography: name`"
        self.suggested += 1
        known = [name for _, name in self.keys(names)] if self.suggested <= _MOST_SUGGESTED else []
        close = get_close_matches(key, known, 1, _CLOSE) or get_close_matches(
            key.casefold(), [name.casefold() for name in known], 1, _CLOSE
        )
        found = next((name for name in known if close and name.casefold() == close[0].casefold()), "")
        return f"did you mean `{found}`?" if found else "add it to the `.bib` file, or correct the key"
