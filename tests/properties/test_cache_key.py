"""A cache is somebody else's word unless it carries seals made with the user's own key."""

import sqlite3
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment
from jinja2.bccache import Bucket, bc_magic

from mathblog.engine.builder import build
from mathblog.engine.cache.codec import decode, encode
from mathblog.engine.cache.key import SEAL, UNSEALED, VARIABLE, NoKeyError, Seals, find_key
from mathblog.engine.request import BuildRequest
from mathblog.theme.sandbox.environment import ThemeEnvironment
from support.site import Site
from support.templates import compile_anew

HARM = "<script>harm()</script>"


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without any settings."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    return tmp_path / "settings"


def fill(site: Site) -> Site:
    site.post("2018-10-06-a", "harmless $x$", "title: one")
    return site.post("2018-10-07-b", "harmless, too $y$", "title: two")


def store_of(site: Site) -> Path:
    return next((site.source / ".mathblog-cache").glob("*.sqlite3"))


def tamper(site: Site, old: str, new: str, seal: bytes | None = None) -> int:
    """Replace a text in all values, with checksums made right, as one does who cannot make seals."""
    connection = sqlite3.connect(store_of(site))
    changed = 0
    with connection:
        for name, row in connection.execute("SELECT key, value FROM entry").fetchall():
            value = decode(row[SEAL:])
            other = replaced(value, old, new)
            if other != value:
                changed += 1
                data = (row[:SEAL] if seal is None else seal) + encode(other)
                connection.execute("UPDATE entry SET value = ? WHERE key = ?", (data, name))
    connection.close()
    return changed


def replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, str):
        return value.replace(old, new)
    if isinstance(value, bytes):
        try:
            return encode(replaced(decode(value), old, new))
        except ValueError:
            return value
    if isinstance(value, dict):
        return {replaced(name, old, new): replaced(item, old, new) for name, item in value.items()}
    if isinstance(value, list):
        return [replaced(item, old, new) for item in value]
    if names := getattr(value, "__dataclass_fields__", None):
        return type(value)(*(replaced(getattr(value, name), old, new) for name in names))
    if isinstance(value, tuple):
        items = (replaced(item, old, new) for item in value)
        return type(value)(*items) if hasattr(value, "_fields") else type(value)(items)
    return value


def edit(site: Site) -> Site:
    """A build that lays pages out again, from compiled texts of the cache."""
    return site.post("2018-10-07-b", "another text", "title: two and more")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="another folder")
def test_a_key_is_made_for_the_user_alone(site: Site, settings: Path) -> None:
    fill(site).build().is_good()
    file = settings / "mathblog/cache.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(file.read_bytes()) == 32
    assert find_key(site.source) == file.read_bytes()
    assert [item.name for item in file.parent.iterdir()] == ["cache.key"]
    site.build().equals_a_clean_build()
    assert site.told == []


@pytest.mark.parametrize("seal", [None, UNSEALED, b"x" * SEAL])
def test_a_value_that_somebody_wrote_is_not_published(site: Site, seal: bytes | None) -> None:
    fill(site).build()
    assert tamper(site, "harmless", HARM, seal)
    edit(site).build()
    assert len(site.told) == 1
    assert "not written with this key" in site.told[0]
    site.told.clear()
    site.equals_a_clean_build()
    assert HARM not in site.read("2018/10/06/a.html")


def test_a_value_does_not_stand_for_another(site: Site) -> None:
    """Two sealed values that change places: the name is part of the seal."""
    fill(site).build()
    connection = sqlite3.connect(store_of(site))
    with connection:
        rows = [row for row in connection.execute("SELECT key, value FROM entry") if b"harmless" in row[1]]
        for (name, _), (_, value) in zip(rows, rows[1:] + rows[:1], strict=True):
            connection.execute("UPDATE entry SET value = ? WHERE key = ?", (value, name))
    connection.close()
    edit(site).build()
    site.told.clear()
    site.equals_a_clean_build()


@pytest.mark.parametrize(
    "path", ["../out.html", "/elsewhere/out.html", "a/../../out.html", "..", "a//b.html", "a/./b", ""]
)
@pytest.mark.parametrize("trusted", [False, True])
def test_a_path_that_leads_out_is_never_used(site: Site, path: str, *, trusted: bool) -> None:
    fill(site).build()
    before = {
        item for item in site.output.parent.rglob("*") if site.output not in item.parents and "cache" not in str(item)
    }
    assert tamper(site, "2018/10/06/a.html", path)
    edit(site)
    request = BuildRequest(site.source, overrides={"destination": str(site.output)}, trust_cache=trusted)
    assert build(request).exit_code == 0
    after = {
        item for item in site.output.parent.rglob("*") if site.output not in item.parents and "cache" not in str(item)
    }
    assert after == before
    assert not Path("/elsewhere/out.html").exists()
    site.build()
    site.told.clear()
    site.equals_a_clean_build()


def test_a_cache_of_another_user_is_made_again_unless_it_is_trusted(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(site).build()
    assert tamper(site, "harmless", "MARKED")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(site.source.parent / "other"))
    edit(site)
    request = BuildRequest(
        site.source, overrides={"destination": str(site.output)}, trust_cache=True, tell=site.told.append
    )
    assert build(request).exit_code == 0
    assert "MARKED" in site.read("2018/10/06/a.html")
    assert site.told == []
    edit(site).build()  # what followed from the trusted values was not sealed: it is not taken over
    site.told.clear()
    site.equals_a_clean_build()
    assert "MARKED" not in site.read("2018/10/06/a.html")


def test_the_environment_gives_the_key(site: Site, settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "a secret of the repository")
    fill(site).build().is_good()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(site.source.parent / "other"))
    site.post("2018-10-08-c", "new").build()
    assert site.told == []
    assert not settings.exists()
    monkeypatch.setenv(VARIABLE, "another secret")
    site.post("2018-10-08-c", "newer").build()
    assert len(site.told) == 1


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 33])
def test_a_damaged_key_is_made_again(site: Site, settings: Path, damage: bytes) -> None:
    fill(site).build()
    (settings / "mathblog/cache.key").write_bytes(damage)
    edit(site).build()
    assert len(site.told) == 1
    site.told.clear()
    site.equals_a_clean_build()
    assert len((settings / "mathblog/cache.key").read_bytes()) == 32


@pytest.mark.parametrize("place", ["file", "site"])
def test_without_a_place_for_a_key_the_cache_is_not_used(
    site: Site, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Settings that cannot be written, or that lie inside the site, which could then bring a key of its own."""
    (site.source.parent / "file").write_text("")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(site.source.parent / "file" if place == "file" else site.source / "own"))
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(NoKeyError):
        find_key(site.source)
    fill(site).build()
    assert site.code == 0
    assert len(site.told) == 1
    assert VARIABLE in site.told[0]
    assert not list((site.source / ".mathblog-cache").glob("*.sqlite3"))


def count_compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that are compiled from now on."""
    names: list[str] = []
    generate = ThemeEnvironment._generate

    def note(self: ThemeEnvironment, source: Any, name: Any, *rest: Any, **options: Any) -> str:
        names.append(name)
        return generate(self, source, name, *rest, **options)

    monkeypatch.setattr(ThemeEnvironment, "_generate", note)
    monkeypatch.setattr(Environment, "compile", compile_anew)
    return names


def test_templates_are_compiled_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = count_compiled(monkeypatch)
    fill(site).build()
    assert "layouts/post.html" in compiled
    compiled.clear()
    edit(site).build().is_good()
    assert compiled == []
    site.write({"_theme/layouts/post.html": "<p>{{ page.title }} {{ page.content }}</p>"}).build()
    assert compiled == ["layouts/post.html"]
    assert "<p>one " in site.read("2018/10/06/a.html")


@pytest.mark.parametrize("how", ["trusted", "variable"])
def test_templates_are_not_run_from_a_cache_that_others_may_have_written(
    site: Site, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    if how == "variable":
        monkeypatch.setenv(VARIABLE, "a word that can be guessed")
    fill(site).build()
    compiled = count_compiled(monkeypatch)
    edit(site)
    overrides = {"destination": str(site.output)}
    assert build(BuildRequest(site.source, overrides=overrides, trust_cache=how == "trusted")).exit_code == 0
    assert "layouts/post.html" in compiled


@pytest.mark.parametrize("seal", ["the old one", "none", "the user's"])
def test_code_that_somebody_wrote_is_not_run(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seal: str
) -> None:
    """Only with a seal of the user's own key: who can make one can change the user's programs."""
    fill(site).build()
    place: Any = Bucket(Environment(), "", "")
    place.code = compile(f"with open({str(tmp_path / 'harm')!r}, 'w'): pass", "layouts/post.html", "exec")
    data = encode(place.bytecode_to_string())
    connection = sqlite3.connect(store_of(site))
    with connection:
        rows = connection.execute("SELECT key, value FROM entry").fetchall()
        of_templates = [(name, row) for name, row in rows if bc_magic in row[SEAL : SEAL + 40]]
        for name, row in of_templates:
            seals = {"the old one": row[:SEAL], "none": UNSEALED}
            before = seals.get(seal) or Seals(find_key(site.source)).seal(name, data)
            connection.execute("UPDATE entry SET value = ? WHERE key = ?", (before + data, name))
    connection.close()
    assert len(of_templates) > 3
    compiled = count_compiled(monkeypatch)
    edit(site).build()
    if seal == "the user's":
        assert (tmp_path / "harm").exists()
        return
    assert "layouts/post.html" in compiled
    assert not (tmp_path / "harm").exists()
    assert len(site.told) == 1
    site.told.clear()
    site.equals_a_clean_build()
