"""Files that are larger than the memory should be: copied without being read whole, holes and all."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mathblog.engine.folders import copying, root
from support.site import NewSite, Site, program_environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows counts memory and blocks otherwise")
MEGABYTE = 1 << 20
HUGE = 4096 * MEGABYTE
_MEASURED = """
import resource
from mathblog.cli.main import main
try:
    main()
finally:
    print("PEAK", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def sparse(path: Path, size: int, *places: int) -> None:
    """A file of this size that is holes but for a few bytes at some places."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)
        for place in places:
            file.seek(place)
            file.write(b"data")


def peak(site: Site) -> int:
    """The memory in kB that a build of the site needs."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, "build", *site.flags, "-j", "1"],
        env=program_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout.rpartition("PEAK")[2])


def test_a_large_file_costs_no_memory_and_little_time(new_site: NewSite) -> None:
    small, large = (new_site(name).post("2018-10-06-a", "text") for name in ("small", "large"))
    usual = peak(small)
    sparse(large.source / "films/film.mp4", HUGE, 0, 100 * MEGABYTE + 5, HUGE - 4)
    begun = time.monotonic()
    assert peak(large) < usual + 30_000
    assert peak(large) < usual + 30_000, "the second time it is compared, if at all"
    assert time.monotonic() - begun < 30
    published = large.output / "films/film.mp4"
    assert published.stat().st_size == HUGE
    if (large.source / "films/film.mp4").stat().st_blocks < 1000:  # else this file system knows no holes
        assert published.stat().st_blocks < 1000
    with published.open("rb") as file:
        for place in (0, 100 * MEGABYTE + 5, HUGE - 4):
            file.seek(place)
            assert file.read(4) == b"data"


def test_only_what_changed_is_copied(site: Site) -> None:
    site.post("2018-10-06-a", "text")
    sparse(site.source / "film.mp4", 5 * MEGABYTE, MEGABYTE)
    site.build().is_good()
    os.utime(site.source / "film.mp4")
    site.build().is_good()
    assert site.done.published is not None
    assert site.done.published.written == 0, "another time, but the same bytes"
    sparse(site.source / "film.mp4", 5 * MEGABYTE, MEGABYTE + 1)
    assert "film.mp4" in site.build().is_good().done.changed
    assert (site.output / "film.mp4").read_bytes() == (site.source / "film.mp4").read_bytes()


@pytest.mark.parametrize("by_kernel", [True, False])
@pytest.mark.parametrize("seed", range(6))
def test_a_copy_has_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, *, by_kernel: bool
) -> None:
    if not by_kernel:
        monkeypatch.setattr(copying, "_CLONE", 0)  # no system knows this call
        monkeypatch.delattr(os, "copy_file_range", raising=False)
    size = (0, 1, 4096, 3 * MEGABYTE, 3 * MEGABYTE + 1, 10 * MEGABYTE + 7)[seed]
    sparse(tmp_path / "one", size, *(place for place in (0, 5 * MEGABYTE, 9 * MEGABYTE + 3) if place + 4 < size))
    with (tmp_path / "one").open("rb") as one, (tmp_path / "two").open("w+b") as two:
        copying.copy_data(one.fileno(), two.fileno())
        assert copying.is_same_data(one.fileno(), two.fileno())
        if size:
            assert copying.digest_data(one.fileno()) == copying.digest_data(two.fileno())
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    if size > 4:
        with (tmp_path / "two").open("r+b") as two:
            two.seek(size - 2)
            two.write(b"x")
        with (tmp_path / "one").open("rb") as one, (tmp_path / "two").open("rb") as two:
            assert not copying.is_same_data(one.fileno(), two.fileno())


def writer(path: Path, times: int) -> Callable[[int, int], None]:
    """A copy of data during which somebody else writes to the source, some times."""
    real, left = copying.copy_data, [times]

    def copy(source: int, target: int) -> None:
        real(source, target)
        if left[0]:
            left[0] -= 1
            with path.open("ab") as file:
                file.write(b"more")

    return copy


@pytest.mark.parametrize(("times", "code"), [(2, 0), (100, 3)])
def test_a_file_that_is_written_to_while_it_is_copied(
    site: Site, monkeypatch: pytest.MonkeyPatch, times: int, code: int
) -> None:
    before = site.post("2018-10-06-a", "text").build().files()
    (site.source / "growing.bin").write_bytes(b"x" * 100_000)
    monkeypatch.setattr(root, "copy_data", writer(site.source / "growing.bin", times))
    site.build()
    assert site.code == code
    if code:
        assert "changed while it was copied" in site.report
        assert site.files() == before
    else:
        assert site.files()["growing.bin"] == (site.source / "growing.bin").read_bytes()


@pytest.mark.parametrize(
    "path", ["page.md", "_posts/2018-10-06-b.md", "_data/facts.json", "_data/facts.yml", "_layouts/x.html", "_theme/layouts/post.html"]
)  # fmt: skip
def test_a_file_that_is_too_large_for_a_text_is_not_read(site: Site, path: str) -> None:
    site.post("2018-10-06-a", "text").write({"_includes/x.html": ""})
    place = site.source / path
    sparse(place, HUGE)
    with place.open("r+b") as file:
        file.write(b"---\ntitle: large\n---\n")
    begun = time.monotonic()
    site.build()
    assert str(site.stop) == f"`{path}` is too large to be a text: more than 100 MB"
    assert site.code == 2
    assert time.monotonic() - begun < 30


def test_a_configuration_that_is_too_large_is_not_read(site: Site) -> None:
    sparse(site.source / "_config.yml", HUGE)
    site.build()
    assert str(site.stop) == "cannot read `_config.yml`: it is too large to be a text"
