"""Rows of a build record held as columns answer as a dictionary of lists does."""

from typing import NamedTuple

import pytest

from mathblog.engine.cache.codec import decode, encode
from mathblog.engine.incremental.rows import Rows, columns_of


class _Row(NamedTuple):
    source: str
    number: int
    clean: bool
    reads: list[str]
    packed: bytes


ROWS = {
    "a": ["x.md", 3, True, ["compiled\0x.md", "label\0y.md\0one"], b"1"],
    "b/ü\n": ["", 0, False, [], b"\x1e"],
    "c": ["x.md.md", 5, True, ["compiled\0x.md.md", "recompiled\0x.md"], b""],
    "d": ["", 7, True, ["compiled\0x.md", "compiled\0x.md"], b"3"],
}
NEWER = {"a": ["x.md", 4, True, ["label\0y.md\0two"], b"4"]}


@pytest.fixture
def stored() -> Rows:
    columns = decode(encode(Rows.of(_Row, ROWS).columns))
    assert columns_of(_Row)([columns])
    return Rows(_Row, columns)


def test_rows_are_what_was_taken(stored: Rows) -> None:
    assert list(stored) == list(ROWS)
    assert len(stored) == len(ROWS)
    assert dict(stored) == ROWS
    assert ("a" in stored, "" in stored, stored.get("x")) == (True, False, None)
    assert dict(stored.over(NEWER)) == ROWS | NEWER
    assert dict(stored.over(NEWER).over({"a": ROWS["a"]})) == ROWS


def test_no_rows() -> None:
    empty = Rows.of(_Row, {})
    assert columns_of(_Row)([empty.columns])
    assert (dict(empty), empty.column("number"), empty.showing("reads", {"x"})) == ({}, [], [])


def test_a_column_holds_what_is_newer(stored: Rows) -> None:
    assert stored.column("number") == [3, 0, 5, 7]
    assert stored.over(NEWER).column("number") == [4, 0, 5, 7]
    assert stored.over(NEWER).column("source") == ["x.md", "", "x.md.md", ""]


@pytest.mark.parametrize("others", [frozenset(), frozenset(map(str, range(100)))], ids=["few words", "many words"])
def test_rows_that_show_whole_words_only(stored: Rows, others: frozenset[str]) -> None:
    assert stored.showing("reads", others | {"compiled\0x.md"}) == ["a", "d"]
    assert stored.showing("reads", others | {"compiled\0x.md.md", "label\0y.md\0one", "compiled"}) == ["a", "c"]
    newer = stored.over(NEWER)
    assert newer.showing("reads", others | {"compiled\0x.md", "label\0y.md\0one"}) == ["d"]
    assert newer.showing("reads", others | {"label\0y.md\0two", "compiled\0x.md"}) == ["a", "d"]


def test_words_that_begin_so(stored: Rows) -> None:
    assert list(stored.words("reads", "label\0y.md\0")) == [("a", "label\0y.md\0one")]
    assert list(stored.over(NEWER).words("reads", "label\0y.md\0")) == [("a", "label\0y.md\0two")]
    assert list(stored.words("reads", "x.md")) == []


@pytest.mark.parametrize("place", ["path", "source", "reads"])
@pytest.mark.parametrize("sign", ["\x1e", "\x1f"])
def test_words_that_hold_a_separator_are_refused(place: str, sign: str) -> None:
    row = [f"s{sign}" if place == "source" else "", 1, True, [f"r{sign}"] if place == "reads" else [], b""]
    with pytest.raises(ValueError, match="stands between"):
        Rows.of(_Row, {f"p{sign}" if place == "path" else "p": row})


@pytest.mark.parametrize(
    ("place", "column"),
    [
        (0, "a\x1e../b\x1ec\x1ed\x1e"),  # leads out of the site
        (0, "a\x1ea\x1ec\x1ed\x1e"),
        (0, b"abcd"),
        (1, "one\x1e"),
        (1, "a\x1eb\x1ec\x1ed\x1ee"),
        (1, ["a", "b", "c", "d"]),
        (2, [1, 2, 3]),
        (2, [1, 2, 3, True]),
        (3, [1, 1, 1, 1]),
        (4, "\x1e\x1e\x1e"),
        (4, "word\x1e\x1e\x1e\x1e"),  # without an end
        (5, ["", "", "", ""]),
    ],
)
def test_columns_of_another_shape(place: int, column: object) -> None:
    columns = list(Rows.of(_Row, ROWS).columns)
    columns[place] = column
    assert not columns_of(_Row)([columns])
    assert not columns_of(_Row)([columns[:-1]])
