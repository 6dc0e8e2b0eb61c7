"""The store keeps values by content; whatever happens to its file costs time, never correctness."""

import datetime
import sqlite3
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathblog.core.diagnostic import Diagnostic, Severity
from mathblog.engine.cache import bodies
from mathblog.engine.cache.codec import DamagedError, decode, encode
from mathblog.engine.cache.memo import Memo, Trace
from mathblog.engine.cache.shapes import shape_of
from mathblog.engine.cache.store import VALUE, Store
from mathblog.model.body import Body, Math
from mathblog.model.compiled import Compiled, Excerpt, Heading, Label
from mathblog.model.document import Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView, SiteFacts
from mathblog.model.formula import Display, FormulaReference, Named, Numbering, NumberProblem, Row, TagContent

ANY = shape_of(Any)
SEOUL = datetime.datetime(2018, 10, 6, 20, tzinfo=ZoneInfo("Asia/Seoul"))
META = Meta(
    "_posts/가.md",
    "posts",
    "/x/",
    "x/index.html",
    "/x",
    "x",
    ".md",
    "가",
    SEOUL,
    ("c",),
    (),
    "post",
    False,
    {"n": 1, "d": datetime.date(2018, 1, 1), "l": [1, (2,)], "big": 1 << 80, "m": {"k": None}},
)
PROBLEM = Diagnostic(Severity.WARNING, "math", "m", "p", 1, 2, 3, "e", "h")
COMPILED = Compiled(
    "p",
    Body(("<p>가", Math("x'", False, "<i>x</i>"), Math("y", True, "<i>y</i>"), "</p>")),
    Excerpt(Body(("h",)), "h", uncut=True),
    (Heading(1, "i", Body(("h",)), "t"),),
    3,
    False,
    (PROBLEM,),
    (Label("eq:a", "equation", "1", "eq-a"), Label("s", "section", "", "s", "t\ud800")),
    (("key", 2),),
)
NUMBERING = Numbering(
    "rows",
    ("<i>", "n0", "</i>"),
    (Display("environment", (Row(True, (Named("eq:a", 7),)), Row(False, (), 0))), Display("bare", ())),
    (("set", 3), ("open", (Named("s", -1),)), ("display", 0), ("close", 0)),
    (TagContent(("a", "r0", ""), ("b",), ("c",)),),
    (FormulaReference("eqref", "eq:a", 4),),
    (NumberProblem("tag", 2, ""),),
)
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
    | st.dates()
    | st.datetimes(),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@pytest.mark.parametrize(
    "value",
    [META, COMPILED, PROBLEM, (META, [COMPILED]), NUMBERING, NUMBERING._replace(events=(("set", 1 << 70),))],
    ids=["meta", "compiled", "diagnostic", "nested", "numbering", "a counter of more than 64 bits"],
)
def test_stored_values_come_back_as_they_were(value: object) -> None:
    back = decode(encode(value), shape_of(type(value)))
    assert back == value
    assert repr(back) == repr(value)  # of the same classes: a named tuple is equal to a tuple


def test_a_large_body_comes_back_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    body = Body(("<p>\ud800가", Math("x'", True, "<i>x</i>" * 1000)) * 5)
    large = replace(COMPILED, body=body)
    usual = encode(large)
    monkeypatch.setattr(bodies, "LARGE", 10)
    monkeypatch.setattr(bodies, "_SLICE", 100)
    pressed = encode(large)
    assert len(pressed) < len(usual) // 50
    assert decode(pressed) == decode(usual) == large
    bomb = zlib.compress(msgpack.packb("h") + msgpack.packb("x" * 10_000))
    for data in (
        zlib.compress(b""),
        zlib.compress(msgpack.packb("hh") + msgpack.packb("x")),
        pressed[99:],
        b"",
        bomb[:-9],
    ):
        with pytest.raises((ValueError, zlib.error)):
            bodies.unpack_body(bodies.LARGE_BODY, data, msgpack.unpackb)
    monkeypatch.setattr(bodies, "_LARGEST", 5000)
    with pytest.raises(ValueError, match="no compressed body"):
        bodies.unpack_body(bodies.LARGE_BODY, bomb, msgpack.unpackb)


def test_a_value_that_cannot_be_stored_spoils_none_after_it() -> None:
    before = encode((META, ("a", (1, "b"))))
    with pytest.raises(TypeError, match="no stored form"):
        encode((META, ("a", (1, object()))))
    assert encode((META, ("a", (1, "b")))) == before


def test_a_date_keeps_its_zone() -> None:
    back = decode(encode(META))
    assert back.date.tzinfo == ZoneInfo("Asia/Seoul")


@given(plain)
def test_any_plain_value_comes_back(value: object) -> None:
    assert decode(encode(value)) == value


@given(plain, st.integers(0), st.integers(1, 255))
def test_changed_bytes_are_noticed(value: object, place: int, flip: int) -> None:
    data = bytearray(encode(value))
    data[place % len(data)] ^= flip
    with pytest.raises(DamagedError):
        decode(bytes(data))
    with pytest.raises(DamagedError):
        decode(encode(value)[:-1])


def test_values_live_as_long_as_they_are_saved(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put("a", META)
        store.save()
        store.put("b", 1)
    with Store(tmp_path) as store:
        assert store.get("a", ANY) == META
        assert store.get("b", ANY) is None


def overwrite(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 100)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def flip_values(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE entry SET value = CAST('x' || value AS BLOB)")
    connection.close()


@pytest.mark.parametrize("damage", [overwrite, cut, empty, flip_values])
def test_a_damaged_store_is_an_empty_one(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    with Store(tmp_path) as store:
        for number in range(200):
            store.put(str(number), "v" * 1000)
        store.save()
    (path,) = tmp_path.glob("*.sqlite3")
    for part in tmp_path.glob("*.sqlite3-*"):
        part.unlink()
    damage(path)
    with Store(tmp_path) as store:
        found = store.get_many(map(str, range(200)), ANY)
        assert set(found.values()) <= {"v" * 1000}
        store.put("new", 1)
        store.save()
    with Store(tmp_path) as store:
        assert store.get("new", ANY) in (1, None)


def test_a_folder_that_cannot_be_used_gives_a_store_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Store(tmp_path / "file" / "cache") as store:
        assert store.problem
        store.put("a", 1)
        store.save()
        assert store.get("a", ANY) == 1


def test_two_stores_on_one_file(tmp_path: Path) -> None:
    with Store(tmp_path) as one, Store(tmp_path) as two:
        one.put("a", 1)
        two.put("b", 2)
        one.save()
        two.save()
        assert two.get("a", ANY) == 1
        assert one.get("b", ANY) == 2


def test_what_a_new_store_wrote_is_found_before_it_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mathblog.engine.cache.store._PENDING", 10)
    with Store(tmp_path) as store:
        store.put("a", "written at once", large=True)
        assert store.get("a", ANY) == "written at once"
        assert store.get_many(["a", "b"], ANY) == {"a": "written at once"}


def test_a_store_without_a_folder_does_not_hold_everything_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mathblog.engine.cache.store._IN_MEMORY", 1000)
    monkeypatch.setattr("mathblog.engine.cache.store._PENDING", 1000)
    with Store(None) as store:
        values = {str(number): f"{number} " * 100 for number in range(100)}
        for key, value in values.items():
            store.put(key, value, large=True)
        assert sum(map(len, store.take_new().values())) < 2000
        found = [value for key, value in values.items() if store.get(key, ANY) == value]
        assert len(found) > 90
        for _ in range(3):
            store.put("kept", "x" * 600, large=True)
            store.rest()
            assert store.get("kept", ANY) == "x" * 600
        assert not store.problem


def test_no_place_for_a_temporary_file_leaves_a_store_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> sqlite3.Connection:
        raise sqlite3.OperationalError

    monkeypatch.setattr("mathblog.engine.cache.store._IN_MEMORY", 1000)
    monkeypatch.setattr("mathblog.engine.cache.store.open_temporary", refuse)
    with Store(None) as store:
        for number in range(10):
            store.put(str(number), "v" * 1000, large=True)
        assert store.get_many(map(str, range(10)), ANY) == {str(number): "v" * 1000 for number in range(10)}


def test_a_result_is_used_again_only_while_what_it_read_is_the_same() -> None:
    memo = Memo(Store(None))
    view = FactView(SiteFacts({("config", "title"): "A"}))
    assert view.get(kinds.CONFIG, "title") == "A"
    assert view.get(kinds.CONFIG, "missing") is None
    memo.record_encoded("key", view.reads, Trace("digest", [1]), encode(["digest", "large"]))
    same, other, appeared = (
        SiteFacts({("config", "title"): "A", ("config", "unrelated"): 1}),
        SiteFacts({("config", "title"): "B"}),
        SiteFacts({("config", "title"): "A", ("config", "missing"): "now here"}),
    )
    assert memo.look_up("compile", {"x": "key"}, same).hits == {"x": Trace("digest", [1])}
    assert memo.look_up("compile", {"x": "key"}, other).misses == {"x": ("config", "title")}
    assert memo.look_up("compile", {"x": "key"}, appeared).misses == {"x": ("config", "missing")}
    assert memo.look_up("compile", {"x": "another"}, same).misses == {"x": ()}
    assert memo.value("key", "digest") == "large"
    assert memo.value("key", "another") is None


def test_a_store_that_is_too_large_keeps_all_that_today_s_site_is_made_of(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        for name in ("live", "live" + VALUE, "stale"):
            store.put(name, name * 1000)
        store.save()
    with sqlite3.connect(next(tmp_path.glob("*.sqlite3"))) as connection:
        connection.execute("UPDATE entry SET used = used - 1")
        connection.execute("DELETE FROM entry WHERE key = '/touched'")  # that was yesterday, too
    connection.close()
    with Store(tmp_path) as store:
        store.largest = 0
        store.get_many(["live"], ANY)
        store.save()
    with Store(tmp_path) as store:
        assert store.get("live" + VALUE, ANY) == ("live" + VALUE) * 1000, "its trace was asked for"
        assert store.get("live", ANY) is not None
        assert store.get("stale", ANY) is None
