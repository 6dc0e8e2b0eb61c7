"""The site as an editor asks about it: which labels, entries, tags and files there are, and what a mention stands for."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote

from mathblog.core.dataclass import dataclass, field
from mathblog.model.citations.reference import Reference
from mathblog.model.compiled import EQUATION, SECTION, Heading, Label
from mathblog.model.document import Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView, SiteFacts
from mathblog.model.options import Config
from mathblog.model.values import Data
from mathblog.pipeline.editing.mentions import Mention, Role
from mathblog.pipeline.index import slugs
from mathblog.pipeline.numbering.labels import Labels, may_be_elsewhere
from mathblog.pipeline.numbering.references import number_of
from mathblog.pipeline.numbering.words import name_of, words_of


class LabelPlace(NamedTuple):
    """A label of a document, by its path."""

    path: str
    label: Label


class EntryPlace(NamedTuple):
    """An entry of a bibliography: the path of its file, and the entry."""

    path: str
    reference: Reference


@dataclass(frozen=True, slots=True)
class KnownSite:
    """A site that was looked at. `front_matter` are the keys of front matter with their JSON schemas, `headings` those of open texts."""

    facts: SiteFacts
    config: Config
    front_matter: Data
    headings: Mapping[str, tuple[Heading, ...]] = field(default_factory=dict)

    @property
    def view(self) -> FactView:
        """The facts, for one question."""
        return FactView(self.facts)

    def documents(self) -> Mapping[str, Meta]:
        """All documents by their paths."""
        keys = [key for key in self.facts.all_keys() if key[0] == kinds.DOCUMENT.name]
        return {key[1]: meta for key in keys if isinstance(meta := self.facts.get(key), Meta)}

    def labels(self, path: str) -> tuple[Label, ...]:
        """The labels of a document."""
        return self.view.get(kinds.LABELS, path) or ()

    def sections(self, path: str) -> tuple[Label, ...]:
        """The headings of an open text that links may lead to."""
        return tuple(Label(it.id, SECTION, "", it.id, it.text) for it in self.headings.get(path, ()) if it.id)

    def entries(self) -> Mapping[str, str]:
        """The keys of all entries, each with the path of its file: of two of one name the first."""
        view, found = self.view, dict[str, str]()
        for path in view[kinds.BIBLIOGRAPHIES]:
            for key in view.get(kinds.REFERENCE_KEYS, path) or ():
                found.setdefault(key, path)
        return found

    def resolve(self, path: str, mention: Mention) -> LabelPlace | EntryPlace | None:
        """Return the place that a mention in a document stands for; None where it leads nowhere."""
        label = None if mention.role is Role.CITATION else self._label(path, mention)
        if label is not None or mention.role not in (Role.CITATION, Role.EITHER):
            return label
        file = self.entries().get(mention.name)
        entry = self.view.get(kinds.REFERENCE, file, mention.name) if file else None
        return EntryPlace(file, entry) if file and entry else None

    def _label(self, path: str, mention: Mention) -> LabelPlace | None:
        if mention.address:
            paths = self._at(mention.address)
            labels = self.labels(paths[0]) if len(paths) == 1 else ()
            found = next((it for it in labels if unquote(mention.name) in (it.id, it.name)), None)
            return LabelPlace(paths[0], found) if found else None
        own = self.labels(path)
        label = Labels(own).find(mention.name) or next((it for it in own if it.id == mention.name), None)
        if label is not None:
            return LabelPlace(path, label)
        if mention.is_link or mention.role is Role.LABEL:
            return next((LabelPlace(path, it) for it in self.sections(path) if it.id == unquote(mention.name)), None)
        if may_be_elsewhere(mention.name):
            slug, _, rest = mention.name.partition(":")
            for other in self.view.get(kinds.NAMED, slug) or ():
                if label := Labels(self.labels(other)).find(rest):
                    return LabelPlace(other, label)
        return None

    def _at(self, address: str) -> tuple[str, ...]:
        """The documents at an address from the root of the site."""
        path = address.removeprefix(self.config.site.url).removeprefix(self.config.site.baseurl)
        path = path.removesuffix("index.html")
        found = (self.view.get(kinds.NAMED, it) for it in (path, f"{path}/", path.removesuffix(".html")))
        return next((it for it in found if it), ())

    def describe(self, place: LabelPlace | EntryPlace, path: str = "") -> str:
        """Words for it: `Theorem 2.1 (Euler)`, with the title of its post where that is another than `path`."""
        if isinstance(place, EntryPlace):
            from mathblog.citations.latex import plain

            fields = place.reference.fields
            year = fields.get("year") or fields.get("date", "")[:4]
            parts = (
                fields.get("author") or fields.get("editor", ""),
                f"({year})" if year else "",
                fields.get("title", ""),
            )
            return " ".join(plain(part) for part in parts if part) or place.reference.key
        meta, label = self.view.get(kinds.DOCUMENT, place.path), place.label
        words = words_of((meta.lang if meta else "") or self.config.site.lang)
        number = number_of(label)
        named = f"{name_of(label.kind, words)} {number}".strip()
        if label.title and label.title != number and label.kind != EQUATION:
            named += f" ({label.title})"
        return f"{named} — {meta.title}" if meta and place.path != path else named

    def short_name(self, path: str) -> str:
        """The shortest name by which references find a document: its slug, its dated slug, or its path."""
        names = [*reversed(slugs(path)), path.rpartition(".")[0], path]
        return next((it for it in names if self.view.get(kinds.NAMED, it) == (path,)), path)
