"""A cache never stops a build: every wrong value at every place of it, damaged files, and files of somebody else's.

Each build after a damage ends well, says at most once that there was one, and makes what a build without a cache makes.
A part of the seeds is tried at each run; `MATHBLOG_SEEDS=80` tries so many of each kind.
"""

import copy
import dataclasses
import datetime
import json
import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mathblog.core.source import Span
from mathblog.engine.builder import Builder
from mathblog.engine.cache.codec import DamagedError, decode, encode
from mathblog.engine.cache.key import SEAL, Seals, find_key
from mathblog.engine.request import BuildRequest
from mathblog.engine.sources.gems.cache import list_stored
from support.site import Site

CODE = "```python\nprint({0})\n```\n"
MACROS = "<script>window.MathJax = {tex: {macros: {RR: '{\\\\bf R}'}}};</script>"
WRONG = (
    None, True, 7, -1, 1 << 70, 2.5, "", "x", b"", b"x", [], ["x"], [None], [[]], {}, {"x": "x"}, {"x": None}, {7: [7]},
    (), ("x",), datetime.date(2020, 1, 1), datetime.datetime(2020, 1, 1), Span(1, 2),
)  # fmt: skip
NEWS = 1
SEEDS = int(os.environ.get("MATHBLOG_SEEDS", "8"))


def fill(site: Site, *, layouts: bool = False) -> Site:
    for day in range(1, 5):
        text = f"{{% include note.html %}} text {day} $\\RR_{day}$ and $x_{day}$\n\n{CODE.format(day)}\n{{{{ site.time | date: '%Y' }}}}"
        site.post(f"2018-10-0{day}-p{day}", text, f"title: post {day}\ntags: [maths]\ncategories: [notes]")
    site.write(
        {"_includes/note.html": f"note {MACROS}", "about.md": "---\ntitle: About\n---\n[x](/a/)", "a/file.txt": "plain"}
    )
    if layouts:
        frame = f"{MACROS}<h1>{{{{ page.title }}}}</h1>{{{{ content }}}}{{% for post in site.posts %}}{{{{ post.excerpt }}}}{{% endfor %}}"
        site.write({f"_layouts/{name}.html": frame for name in ("default", "post", "page", "home")})
    return site


def store_of(site: Site) -> Path:
    (path,) = (site.source / ".mathblog-cache").glob("*.sqlite3")
    return path


def sql(site: Site, statement: str, *values: object) -> list[Any]:
    connection = sqlite3.connect(store_of(site))
    with connection:
        rows = connection.execute(statement, values).fetchall()
    connection.close()
    return rows


def edit(site: Site, step: int) -> None:
    """What an author does: nothing, an edit of a text, of front matter, of the configuration."""
    front = f"title: post {step if step % 4 > 1 else 2}\ntags: [maths]"
    if step % 4:
        site.post("2018-10-02-p2", f"step {step % 8} $y$", front)
    if step % 4 == 3:
        site.config(f"description: step {step % 8}\n")


def is_as_clean(site: Site, where: object) -> None:
    site.build()
    news = [text for text in site.told if "cache" in text]
    assert site.code == 0, where
    assert len(news) <= NEWS, where
    site.told.clear()
    try:
        site.equals_a_clean_build()
    except AssertionError as error:
        raise AssertionError(where) from error


def places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places in a value: items, keys (marked with `...`), fields, and the same of what is packed in it."""
    yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*path, ..., key)
            yield from places(item, (*path, key))
    elif isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        for number, item in enumerate(value):
            yield from places(item, (*path, number))
    elif names := getattr(value, "_fields", None) or list(getattr(value, "__dataclass_fields__", ())):
        for name in names:
            if name != "data":  # which may be anything
                yield from places(getattr(value, name), (*path, name))
    elif isinstance(value, bytes) and (inner := unpacked(value)) is not None:
        yield from places(inner, (*path, bytes))


def unpacked(data: bytes) -> object:
    try:
        return decode(data)
    except DamagedError:
        return None


def put(value: Any, path: tuple[Any, ...], wrong: object) -> Any:
    """The value with a wrong one at a place."""
    if not path:
        return wrong
    step, *rest = path
    if step is bytes:
        return encode(put(decode(value), tuple(rest), wrong))
    if step is ...:
        return {(wrong if key == rest[0] else key): item for key, item in value.items()}
    if isinstance(step, str) and not isinstance(value, dict):
        fields = {step: put(getattr(value, step), tuple(rest), wrong)}
        return value._replace(**fields) if hasattr(value, "_fields") else dataclasses.replace(value, **fields)
    if isinstance(value, tuple):
        return (*value[:step], put(value[step], tuple(rest), wrong), *value[step + 1 :])
    made = copy.copy(value)
    made[step] = put(value[step], tuple(rest), wrong)
    return made


def shapes(value: object) -> str:
    return type(value).__name__ + (f"({len(value)})" if isinstance(value, list) else "")


def spoil(site: Site, chance: random.Random) -> object:
    """Put a wrong value at some place of some value of the store, with a right checksum and a right seal."""
    rows = sql(site, "SELECT key, value FROM entry")
    kinds: dict[str, list[Any]] = {}
    for key, data in rows:
        kinds.setdefault(shapes(decode(data[SEAL:])) + key[32:40], []).append((key, data))
    key, data = chance.choice(kinds[chance.choice(sorted(kinds))])
    value = decode(data[SEAL:])
    found = sorted(places(value), key=len)
    path = found[int(len(found) * chance.random() ** 2)]
    here = value
    for step in path if ... not in path else path[:0]:
        here = (
            decode(here)
            if step is bytes
            else getattr(here, step)
            if isinstance(step, str) and not isinstance(here, dict)
            else here[step]
        )
    wrong = chance.choice(
        [item for item in WRONG if type(item) is not type(here) or item in ([None], {"x": None}, {7: [7]})]
    )
    try:
        data = encode(put(value, path, wrong))
    except TypeError:  # a key that cannot be one
        return ""
    sql(site, "UPDATE entry SET value = ? WHERE key = ?", Seals(find_key(site.source)).seal(key, data) + data, key)
    return key, path, wrong, value


def some(quick: int) -> list[Any]:
    """Seeds, the first of which are tried at every quick run, too."""
    return [*range(quick), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(quick, SEEDS))]


@pytest.mark.parametrize("seed", some(1))
def test_a_wrong_value_anywhere_is_made_again(site: Site, seed: int) -> None:
    chance = random.Random(seed)
    fill(site, layouts=seed % 2 == 1).build()
    assert site.code == 0
    for _ in range(8):
        where = spoil(site, chance)
        edit(site, chance.randrange(64))
        is_as_clean(site, (seed, where))


_TYPES = ("abc", None, 7, "", b"", b"abc", 7.5, -1, 1 << 62, b"\xff" * 100, "CAST(x'ff' AS TEXT)")


@pytest.mark.parametrize("wrong", [*_TYPES[:2], *(pytest.param(wrong, marks=pytest.mark.slow) for wrong in _TYPES[2:])])
@pytest.mark.parametrize("column", ["key", "value", "used"])
def test_a_wrong_type_in_every_column(site: Site, column: str, wrong: object) -> None:
    fill(site).build()
    literal = wrong if isinstance(wrong, str) and wrong.startswith("CAST") else "?"
    connection = sqlite3.connect(store_of(site))
    if wrong is None:  # the tables as somebody else might have made them
        connection.execute("DROP TABLE entry")
        connection.execute("CREATE TABLE entry (key, value, used)")
    elif column == "key":
        literal = f"{literal} || rowid"
    try:
        with connection:
            connection.execute(f"UPDATE entry SET {column} = {literal}", (wrong,) * literal.count("?"))
    except sqlite3.Error:
        pass  # SQLite itself refuses this type there
    connection.close()
    edit(site, 1)
    is_as_clean(site, (column, wrong))
    site.build()
    assert site.told == []


@pytest.mark.parametrize("seed", some(2))
def test_random_bytes(site: Site, seed: int) -> None:
    chance = random.Random(seed)
    fill(site).build()
    path = store_of(site)
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 4, 40, 400, 4000))):
        at = chance.randrange(len(data))
        length = chance.choice((1, 8, 100))
        data[at : at + length] = chance.randbytes(length)
    path.write_bytes(data)
    if chance.random() < 0.3:
        path.with_name(path.name + chance.choice(("-wal", "-shm", "-journal"))).write_bytes(chance.randbytes(40_000))
    for step in range(2):
        edit(site, chance.randrange(8))
        is_as_clean(site, (seed, step))


def nothing(path: Path) -> None:
    path.unlink()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_full_folder(path: Path) -> None:
    a_folder(path)
    (path / "mine.txt").write_text("mine")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def a_link_to_a_file(path: Path) -> None:
    path.unlink()
    target = path.parents[1] / "precious.txt"
    target.write_text("mine")
    path.symlink_to(target)


def a_link_to_nothing(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.parents[1] / "made.txt")


def read_only(path: Path) -> None:
    path.chmod(0o400)


def another_table(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE entry (name TEXT)")
    connection.close()


def no_table(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE entry")
    connection.close()


def a_view(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE entry RENAME TO other")
        connection.execute("CREATE VIEW entry AS SELECT * FROM other")
    connection.close()


def a_trigger(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TRIGGER no BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'no'); END")
    connection.close()


def rubbish_beside(path: Path) -> None:
    for part in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + part).write_bytes(b"rubbish" * 5000)


def folders_beside(path: Path) -> None:
    for part in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + part).mkdir()


FILES = (
    nothing, a_folder, a_full_folder, empty, cut, a_pipe, a_link_to_a_file, a_link_to_nothing, read_only, another_table,
    no_table, a_view, a_trigger, rubbish_beside, folders_beside,
)  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="links and pipes")
@pytest.mark.parametrize(
    "damage", [*FILES[:5], *(pytest.param(damage, marks=pytest.mark.slow) for damage in FILES[5:])]
)
def test_something_else_in_place_of_the_file(site: Site, damage: Callable[[Path], None]) -> None:
    fill(site).build()
    path = store_of(site)
    damage(path)
    edit(site, 1)
    is_as_clean(site, damage.__name__)
    edit(site, 2)
    site.build()
    assert site.told == [], "the cache was mended by the first build"
    assert path.is_file()
    assert not path.is_symlink()
    assert not (site.source / "made.txt").exists()
    site.equals_a_clean_build()


def test_a_cache_that_another_program_holds(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mathblog.engine.cache.database._SECONDS", 0.1)
    fill(site).build()
    connection = sqlite3.connect(store_of(site))
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    edit(site, 1)
    is_as_clean(site, "locked")
    connection.close()
    edit(site, 2)
    site.build()
    assert site.told == []


def test_damage_while_the_cache_is_open(site: Site) -> None:
    """A preview keeps the store open, and reads what was not asked for yet long after it opened it."""
    request = BuildRequest(site.source, overrides={"destination": str(site.output)}, tell=site.told.append)
    fill(site).build()
    with Builder(request) as builder:
        for step in range(1, 5):
            site.post(f"2018-11-0{step}-n{step}", f"new {step} $z_{step}$")
            store_of(site).write_bytes(random.Random(step).randbytes(100_000))
            assert builder.build().exit_code == 0
    assert len(site.told) <= NEWS
    site.told.clear()
    site.build()
    site.told.clear()
    site.equals_a_clean_build()


_RECORD: dict[str, Any] = {
    "format": 1,
    "theme": {
        "name": "quiet", "version": "1", "authors": "", "description": "", "metadata": {}, "dependencies": [["a", "1"]],
        "digest": "d",
    },
    "ref": "", "commit": "", "left_out": 0,
}  # fmt: skip


def records() -> Iterator[str]:
    """What may stand in the record of a fetched theme: other JSON, no JSON, and every field with another type."""
    yield from ("", "{", "[" * 100_000, "5", '"x"', "null", "[]", "{}", '{"format": 1}', '{"format": 1, "theme": []}')
    for wrong in (None, 5, "x", [], {}, ["x"], {"x": 5}, 2.5):
        for name, value in _RECORD.items():
            if type(wrong) is not type(value):
                yield json.dumps({**_RECORD, name: wrong})
        for name, value in _RECORD["theme"].items():
            if (type(wrong) is not type(value) or wrong in (["x"], {"x": 5})) and wrong != {}:  # no dependencies
                yield json.dumps({**_RECORD, "theme": {**_RECORD["theme"], name: wrong}})


def test_a_damaged_record_of_a_theme_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "quiet-1/files").mkdir(parents=True)
    record = tmp_path / "quiet-1/theme.json"
    record.write_text(json.dumps(_RECORD))
    assert [stored.theme.name for stored in list_stored(tmp_path)] == ["quiet"]
    for text in records():
        record.write_text(text)
        assert not list(list_stored(tmp_path)), text[:80]
