"""The order of a collection's documents, and which of them are neighbours (`Jekyll::Collection#sort_docs!`)."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from functools import cmp_to_key

from mathblog.model.document import Meta
from mathblog.model.facts.kinds import Neighbours
from mathblog.model.options import Collection
from mathblog.model.values import Value


def sort_documents(documents: Iterable[Meta]) -> list[Meta]:
    """Documents from old to new, those of one date by path; those without a date stand where their path puts them.

    `Document#<=>` compares dates where both documents have one, else paths: of a mixture there is no order that agrees with
    it everywhere. Here the paths decide which places are those of dated documents, and the dates which of them is first.
    """
    by_path = sorted(documents, key=lambda meta: meta.path)
    dated = [meta for meta in by_path if meta.date]
    dated.sort(key=lambda meta: meta.date.timestamp() if meta.date else 0.0)
    in_order = iter(dated)
    return [next(in_order) if meta.date else meta for meta in by_path]


def arrange(collection: Collection, documents: Sequence[Meta], container: str = "") -> tuple[Meta, ...]:
    """The documents of a collection, sorted as `sort_documents` does, in the order that its metadata asks for.

    `order` lists paths below the collection's folder: these come first; otherwise `sort_by` names a key of the front
    matter: documents without it come last, values that cannot be compared stay by date. `container` is `collections_dir`.
    """
    order = collection.data.get("order")
    if isinstance(order, list | tuple):
        folder = f"{container}/_{collection.label}/".lstrip("/")
        by_path = {meta.path: meta for meta in documents}
        first = [
            by_path[path]
            for path in (f"{folder}{entry}" for entry in dict.fromkeys(map(str, order)))
            if path in by_path
        ]
        listed = {meta.path for meta in first}
        return (*first, *(meta for meta in documents if meta.path not in listed))
    if collection.sort_by:
        by_value = cmp_to_key(_compare)
        return tuple(sorted(documents, key=lambda meta: by_value(meta.data.get(collection.sort_by))))
    return tuple(documents)


def _compare(one: Value, other: Value) -> int:
    """Ruby's `<=>` for what front matter holds, an empty value after all others; 0 where two values have no order."""
    if one is None or other is None:
        return (one is None) - (other is None)
    if isinstance(one, bool) or isinstance(other, bool):
        return 0
    if isinstance(one, int | float) and isinstance(other, int | float):
        return (one > other) - (one < other)
    if isinstance(one, str) and isinstance(other, str):
        return (one > other) - (one < other)
    if isinstance(one, datetime.datetime) and isinstance(other, datetime.datetime):
        return (one > other) - (one < other)
    if isinstance(one, datetime.date) and type(one) is type(other):
        return (one.isoformat() > other.isoformat()) - (one.isoformat() < other.isoformat())
    return 0


def neighbours(documents: Sequence[Meta]) -> Iterator[tuple[str, Neighbours]]:
    """(path, (path of the document before it, path of the one after it)) for each document, in their order."""
    paths = [None, *(meta.path for meta in documents), None]
    for place, meta in enumerate(documents):
        yield meta.path, (paths[place], paths[place + 2])
