"""jekyll-paginate-v2: which documents a paginated page lists, and in which order (its `paginationModel.rb`)."""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

from mathblog.core.patterns import lazy_pattern
from mathblog.model.document import MOST_NAMES, POSTS, Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.values import Data, Value
from mathblog.site.lists.pagination import is_hidden

_ALL = "all"
_COLLECTIONS, _NAMES, _WORDS = lazy_pattern(r"[;,\s]"), lazy_pattern(r"[;,]"), lazy_pattern(r"[;,\s]")


class Library:
    """The documents of a site, asked for many lists: what they are called is looked up once, not for every list."""

    def __init__(self, view: FactView) -> None:
        self.view = view
        self._shelves: dict[tuple[str, ...], Sequence[Meta]] = {}
        self._catalogues: dict[tuple[tuple[str, ...], str], Mapping[str, Sequence[Meta]]] = {}

    def collect(self, options: Data) -> tuple[str, ...]:
        """The paths of the documents that the options of one list choose: filtered, sorted, the last cut off, reversed.

        Jekyll counts the `offset` before it reverses, and so does this.
        """
        found = self._filter(options)
        field = options.get("sort_field")
        if field:
            keys = [part.strip().lower() for part in str(field).split(":")]
            found.sort(key=lambda meta: _rank(meta, keys))
            found = found[: len(found) - min(len(found), as_number(options.get("offset")))]
            if options.get("sort_reverse"):
                found.reverse()
        return tuple(meta.path for meta in found)

    def _filter(self, options: Data) -> list[Meta]:
        named = options.get("collection")
        if isinstance(named, str):
            named = [word for word in _COLLECTIONS.split(named) if word]
        chosen: list[str] = []
        for word in named if isinstance(named, Sequence) else (POSTS,):
            label = str(word).strip().lower()
            chosen += [other for other in labels(self.view) if other != POSTS] if label == _ALL else (label,)
        shelf = tuple(dict.fromkeys(chosen))
        sets = [
            self._catalogue(shelf, key).get(name, ())
            for key in _NAMES_OF
            for name in sorted(_listed(options.get(key), _NAMES))
        ]
        if not sets:
            return list(self._shelf(shelf))
        smallest = min(sets, key=len)
        paths = [{meta.path for meta in documents} for documents in sets if documents is not smallest]
        return [meta for meta in smallest if all(meta.path in known for known in paths)]

    def _shelf(self, labels: tuple[str, ...]) -> Sequence[Meta]:
        if labels not in self._shelves:
            documents = (meta for label in labels for meta in documents_of(self.view, label))
            self._shelves[labels] = [meta for meta in documents if not is_hidden(meta)]
        return self._shelves[labels]

    def _catalogue(self, labels: tuple[str, ...], key: str) -> Mapping[str, Sequence[Meta]]:
        """The documents by the names they have under `category`, `tag` or `locale`, each list in order."""
        if (labels, key) not in self._catalogues:
            catalogue: dict[str, list[Meta]] = {}
            for meta in self._shelf(labels):
                for name in _NAMES_OF[key](meta):
                    catalogue.setdefault(name, []).append(meta)
            self._catalogues[labels, key] = catalogue
        return self._catalogues[labels, key]


def documents_of(view: FactView, label: str) -> Sequence[Meta]:
    """The documents of a collection, the oldest first; those that are paginated pages themselves are no entries."""
    metas = view[kinds.POSTS][::-1] if label == POSTS else view.get(kinds.COLLECTION, label) or ()
    return [meta for meta in metas if "pagination" not in meta.data]


def as_number(value: Value) -> int:
    """A number of 0 or more, also from its digits; 0 for anything else (Ruby's `to_i`)."""
    found = re.match(r"\s*(\d+)", str(value)) if isinstance(value, int | str) and not isinstance(value, bool) else None
    return int(found[1][:9]) if found else 0


def labels(view: FactView) -> list[str]:
    """The labels of all collections, posts first."""
    configured = view.get(kinds.CONFIG, "collections") or ()
    return list(dict.fromkeys((POSTS, *(str(label) for label in cast("Iterable[object]", configured)))))


_NAMES_OF: Mapping[str, Callable[[Meta], set[str]]] = {
    "category": lambda meta: {
        "posts",
        *_split(meta.categories[:MOST_NAMES]),
    },  # `category: posts` is an old word for all of them
    "tag": lambda meta: _split(meta.tags[:MOST_NAMES]),
    "locale": lambda meta: _listed(meta.data.get("locale"), _WORDS),
}


def _listed(value: Value, between: re.Pattern[str]) -> set[str]:
    if isinstance(value, str):
        value = between.split(value)
    return _split(map(str, value)) if isinstance(value, Sequence) else set()


def _split(names: Iterable[str]) -> set[str]:
    return {part for name in names for word in _NAMES.split(name) if (part := word.strip().lower())}


def _rank(meta: Meta, keys: Sequence[str]) -> tuple[int, float, str]:
    """The key of a document: its value at `keys`. Missing ones come first, then numbers, dates, and texts in any case."""
    known: Mapping[str, object] = {"date": meta.date, "title": meta.title, "slug": meta.slug}
    value: object = {**meta.data, **{key: value for key, value in known.items() if value}}
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    if value is None or isinstance(value, Mapping):
        return (0, 0.0, "")
    if isinstance(value, int | float):
        return (1, float(value), "")
    if isinstance(value, datetime.datetime):
        return (2, value.timestamp(), "")
    if isinstance(value, datetime.date):
        return (2, datetime.datetime(value.year, value.month, value.day, tzinfo=datetime.UTC).timestamp(), "")
    return (3, 0.0, str(value).lower())
