"""Whatever happens to the cache costs time, never correctness: damage, another version, old times, a full disk."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mathblog.engine.sources import snapshot
from support.site import NewSite, Site, program_environment

POST = "2018-10-06-post"


def fill(site: Site) -> Site:
    for day in range(1, 6):
        site.post(f"2018-10-0{day}-p{day}", f"글 $x_{day}$", f"title: 글 {day}\ntags: [수학]")
    return site


def cache_of(site: Site) -> Path:
    return site.source / ".mathblog-cache"


def store_of(site: Site) -> Path:
    (path,) = cache_of(site).glob("*.sqlite3")
    return path


def fresh(site: Site) -> dict[str, bytes]:
    """What a build without the cache makes of the same sources."""
    other = Site(site.source, site.output.with_name("fresh"))
    assert other.run("--no-cache").exit_code == 0
    return other.files()


def overwrite(path: Path) -> None:
    path.write_bytes(os.urandom(50_000))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def flip_a_byte_of_each_page(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(4096 + 200, len(data), 4096):
        data[at] ^= 0x55
    path.write_bytes(bytes(data))


def spoil_values(path: Path) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE entry SET value = substr(value, 1, length(value) - 1) || x'00' WHERE rowid % 2")
    connection.close()


def another_schema(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE entry (name TEXT)")
    connection.commit()
    connection.close()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "damage",
    [overwrite, cut, empty, flip_a_byte_of_each_page, spoil_values, another_schema, a_folder],
    ids=lambda damage: damage.__name__,
)
def test_a_damaged_cache_is_made_anew(site: Site, damage: Callable[[Path], None]) -> None:
    fill(site).build().is_good()
    damage(store_of(site))
    site.post("2018-10-03-p3", "anders $y$", "title: 글 3").build().is_good()
    assert site.files() == fresh(site)
    site.post("2018-10-03-p3", "wieder $z$", "title: 글 3").build().is_good()
    assert site.files() == fresh(site)


def test_a_cache_that_came_from_elsewhere_with_old_times_is_good(new_site: NewSite) -> None:
    """As in CI: the checkout is new, the cache is restored, every time stamp is another one."""
    here, there = fill(new_site("here")), fill(new_site("there"))
    here.build().is_good()
    there.post("2018-10-03-p3", "anders $y$", "title: 글 3")
    shutil.copytree(cache_of(here), cache_of(there))
    for path in (*there.source.rglob("*"), *cache_of(there).iterdir()):
        os.utime(path, (0, 0))
    there.build().is_good()
    assert there.files() == fresh(there)


@pytest.mark.parametrize("moved", [-3600, 3600, -400 * 86_400])
def test_a_clock_that_jumps_hides_no_edit(site: Site, moved: int, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(site).build().is_good()
    site.post("2018-10-03-p3", "anders $y$", "title: 글 3")
    later = time.time() + moved
    os.utime(site.source / "_posts/2018-10-03-p3.md", (later, later))
    true_time = time.time_ns
    monkeypatch.setattr(snapshot.time, "time_ns", lambda: true_time() + moved * 10**9)
    site.build().is_good()
    assert site.files() == fresh(site)
    site.post("2018-10-03-p3", "ander2 $y$", "title: 글 3").build().is_good()
    assert site.files() == fresh(site)


def test_an_edit_with_the_old_size_and_the_old_time_is_seen(site: Site) -> None:
    fill(site).build().is_good()
    path = site.source / "_posts/2018-10-03-p3.md"
    stat = path.stat()
    path.write_text(path.read_text().replace("x_3", "y_3"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert "y_3" in site.build().is_good().read("2018/10/03/p3.html")


_LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from mathblog.cli.main import main
main()
"""


def limited(site: Site, size: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Build where no file can grow beyond `size` bytes, as on a disk that is full."""
    return subprocess.run(
        [sys.executable, "-c", _LIMITED, str(size), "build", *site.flags, *arguments],
        env=program_environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_full_disk_leaves_the_old_site(site: Site) -> None:
    before = fill(site).build().is_good().files()
    site.post(POST, "x" * 100_000)
    done = limited(site, 60_000)
    assert (done.returncode, "Traceback" in done.stderr) == (3, False), done.stderr
    assert str(site.output) in done.stderr
    assert site.files() == before
    assert not [*site.output.glob(".mathblog-staging*"), *site.output.glob(".mathblog-lock")]
    site.build().is_good()
    assert site.files() == fresh(site)


def test_a_cache_that_cannot_grow_is_done_without(site: Site) -> None:
    fill(site).build().is_good()
    size = store_of(site).stat().st_size
    for number in range(40):
        site.post(f"2018-09-{number % 28 + 1:02}-n{number}", f"글 {number} " + "lang " * 300)
    done = limited(site, max(size, 70_000))
    assert done.returncode == 0, done.stderr
    assert site.files() == fresh(site)
    site.build().is_good()
    assert site.files() == fresh(site)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="an administrator may write anywhere")
def test_a_cache_that_cannot_be_written_is_done_without(site: Site) -> None:
    fill(site).build().is_good()
    for path in (*cache_of(site).iterdir(), cache_of(site)):
        path.chmod(0o500 if path.is_dir() else 0o400)
    site.post(POST, "neu $n$").build().is_good()
    assert site.files() == fresh(site)
    cache_of(site).chmod(0o700)
