"""jekyll-paginate-v2: which documents a paginated page lists, and in which order (its `paginationModel.rb`)."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from mathblog.model.document import PAGES, POSTS, Meta
from mathblog.model.facts import FactView
from mathblog.model.values import Data, Value
from mathblog.site.pagination import is_hidden

_ALL = "all"
_COLLECTIONS, _NAMES, _WORDS = re.compile(r"[;,\s]"), re.compile(r"[;,]"), re.compile(r"[;,\s]")


def collect(view: FactView, options: Data) -> tuple[str, ...]:
    """The paths of the documents that the options of one page choose: filtered, sorted, the last ones cut off, reversed.

    Jekyll counts the `offset` before it reverses, and so does this.
    """
    found = [meta for label in _labels(view, options.get("collection")) for meta in documents_of(view, label)]
    found = [meta for meta in found if not is_hidden(meta)]
    for key, names_of in (("category", _categories), ("tag", _tags), ("locale", _locales)):
        wanted = _listed(options.get(key), _NAMES)
        found = [meta for meta in found if wanted <= names_of(meta)]
    field = options.get("sort_field")
    if field:
        keys = [part.strip().lower() for part in str(field).split(":")]
        found.sort(key=lambda meta: _rank(_value_of(meta, keys)))
        found = found[: len(found) - min(len(found), as_number(options.get("offset")))]
        if options.get("sort_reverse"):
            found.reverse()
    return tuple(meta.path for meta in found)


def documents_of(view: FactView, label: str) -> Sequence[Meta]:
    """The documents of a collection, the oldest first; those that are paginated pages themselves are no entries."""
    if label == POSTS:
        metas = tuple(reversed(cast("Sequence[Meta]", view.get("posts") or ())))
    else:
        metas = cast("tuple[Meta, ...]", view.get("collection", label) or ())
    return [meta for meta in metas if "pagination" not in meta.data]


def as_number(value: Value) -> int:
    """A number of 0 or more, also from its digits; 0 for anything else (Ruby's `to_i`)."""
    found = re.match(r"\s*(\d+)", str(value)) if isinstance(value, int | str) and not isinstance(value, bool) else None
    return int(found[1][:9]) if found else 0


def labels(view: FactView) -> list[str]:
    """The labels of all collections, posts first."""
    configured = view.get("config", "collections") or ()
    return list(dict.fromkeys((POSTS, *(str(label) for label in cast("Iterable[object]", configured)))))


def _labels(view: FactView, value: Value) -> Iterable[str]:
    if isinstance(value, str):
        value = [word for word in _COLLECTIONS.split(value) if word]
    for name in value if isinstance(value, Sequence) else (POSTS,):
        label = str(name).strip().lower()
        yield from [other for other in labels(view) if other not in (POSTS, PAGES)] if label == _ALL else (label,)


def _categories(meta: Meta) -> set[str]:
    return {"posts", *_split(meta.categories)}  # `category: posts` is an old word for all of them


def _tags(meta: Meta) -> set[str]:
    return _split(meta.tags)


def _locales(meta: Meta) -> set[str]:
    return _listed(meta.data.get("locale"), _WORDS)


def _listed(value: Value, between: re.Pattern[str]) -> set[str]:
    if isinstance(value, str):
        value = between.split(value)
    return _split(map(str, value)) if isinstance(value, Sequence) else set()


def _split(names: Iterable[str]) -> set[str]:
    return {part for name in names for word in _NAMES.split(name) if (part := word.strip().lower())}


def _value_of(meta: Meta, keys: Sequence[str]) -> object:
    known: Mapping[str, object] = {"date": meta.date, "title": meta.title, "slug": meta.slug}
    value: object = {**meta.data, **{key: value for key, value in known.items() if value}}
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _rank(value: object) -> tuple[int, float, str]:
    """What sorts values of all kinds: those that are missing first, then numbers, dates, and texts in any case."""
    if value is None or isinstance(value, Mapping):
        return (0, 0.0, "")
    if isinstance(value, int | float):
        return (1, float(value), "")
    if isinstance(value, datetime.datetime):
        return (2, value.timestamp(), "")
    if isinstance(value, datetime.date):
        return (2, datetime.datetime(value.year, value.month, value.day, tzinfo=datetime.UTC).timestamp(), "")
    return (3, 0.0, str(value).lower())
