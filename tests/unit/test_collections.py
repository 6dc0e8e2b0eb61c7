"""The order of documents in a collection, against `Jekyll::Collection#sort_docs!` and `Document#<=>`."""

import datetime

import pytest

from mathblog.model.document import Meta
from mathblog.model.options import Collection
from mathblog.model.values import Value
from mathblog.pipeline.collections import arrange, neighbours, sort_documents


def meta(name: str, day: int = 0, **data: Value) -> Meta:
    date = datetime.datetime(2018, 10, day, tzinfo=datetime.UTC) if day else None
    path = f"_notes/{name}.md"
    return Meta(
        path, "notes", f"/{name}", f"{name}.html", f"/{name}", name, ".md", name, date, (), (), None, False, data
    )


def slugs(metas: object) -> str:
    return " ".join(meta.slug for meta in metas)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("metas", "order"),
    [
        ([meta("b", 1), meta("a", 2), meta("c", 1)], "b c a"),
        ([meta("b"), meta("a"), meta("c")], "a b c"),
        ([meta("d", 1), meta("b"), meta("a", 2), meta("c")], "d b c a"),
        ([], ""),
    ],
)
def test_documents_stand_by_date_and_those_without_one_by_path(metas: list[Meta], order: str) -> None:
    assert slugs(sort_documents(metas)) == order


@pytest.mark.parametrize(
    ("values", "order"),
    [
        ({"a": 3, "b": 1, "c": None, "d": 2.5}, "b d a c"),
        ({"a": "z", "b": "Z", "c": None, "d": "가"}, "b a d c"),
        ({"a": True, "b": False, "c": True, "d": False}, "a b c d"),
        ({"a": datetime.date(2018, 1, 2), "b": datetime.date(2018, 1, 1), "c": None, "d": None}, "b a c d"),
        ({"a": 2, "b": "text", "c": 2, "d": ["x"]}, "a b c d"),
    ],
)
def test_sort_by_a_key_of_the_front_matter(values: dict[str, Value], order: str) -> None:
    documents = [meta(name, weight=value) for name, value in values.items()]
    assert slugs(arrange(Collection("notes", sort_by="weight"), documents)) == order


def test_order_lists_paths_and_the_others_follow() -> None:
    documents = [meta(name) for name in ("a", "b", "sub/c", "d")]
    collection = Collection("notes", sort_by="ignored", data={"order": ["d.md", "sub/c.md", "nothing.md", "d.md"]})
    assert slugs(arrange(collection, documents)) == "d sub/c a b"


def test_neighbours_are_those_of_the_list() -> None:
    a, b, c = meta("a"), meta("b"), meta("c")
    assert dict(neighbours([a, b, c])) == {a.path: (None, b.path), b.path: (a.path, c.path), c.path: (b.path, None)}
    assert dict(neighbours([])) == {}
