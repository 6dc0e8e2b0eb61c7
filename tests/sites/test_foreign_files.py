"""What of the computer a site can read: its own folder, and of that neither version control, nor destination and cache."""

import errno
import inspect
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from time import sleep

import pytest

from mathblog.engine.builder import build
from mathblog.engine.output.publish import Publication
from mathblog.engine.problem import BuildStopped
from mathblog.engine.request import BuildRequest
from mathblog.engine.sources import opening, walk
from mathblog.engine.sources.snapshot import SourceChangedError, take_snapshot
from support.site import Site

SECRET = "q7Zr-secret"
OUT, NOWHERE = "leads out of the site's folder", "leads nowhere"
KEPT, MADE = "leads to what version control keeps", "leads into the destination or the cache"
# every kind of file that is read or published; `{}` is the name of a file that is read where it stands
PLACES = [
    "static.txt",
    "page.md",
    "assets/picture.png",
    "_posts/2018-10-06-post.md",
    "_drafts/draft.md",
    "_includes/part.html",
    "_layouts/frame.html",
    "_data/facts.yml",
    "_sass/_colours.scss",
    "_notes/member.md",
    "_bibliography/papers.bib",
    "_plugins/code.rb",
    "_theme/layouts/post.html",
    "_theme/includes/footer.html",
    "_theme/assets/own.css",
    "themes/mine/layouts/default.html",
    "themes/mine/assets/own.css",
    "relative.md",
]


@pytest.fixture
def secret(site: Site, tmp_path: Path) -> Path:
    """A file outside of the site, which reads everything it can."""
    site.config("theme: mine\ncollections: {notes: {output: true}}\ninclude: [_bibliography]\nshow_drafts: true\n")
    site.write(
        {
            "themes/mine/theme.yml": "",
            "themes/mine/layouts/default.html": "{{ page.content }}",
            "index.md": "---\n---\n{% include_relative relative.md %}{% include part.html %}{{ site.data.facts }}\n",
            "main.scss": "---\n---\n@import 'colours';\n",
            ".git/config": SECRET,
            "sub/.git": f"gitdir: {SECRET}",
            "sub/.hg/hgrc": SECRET,
        }
    )
    outside = tmp_path / "outside" / "secret"
    outside.parent.mkdir()
    outside.write_text(SECRET, encoding="utf-8")
    return outside


def _is_told_nowhere(site: Site) -> None:
    assert SECRET not in site.report
    for path, content in site.files().items():
        assert SECRET.encode() not in content, path


def _told_of_links(site: Site) -> list[str]:
    return [line for line in site.report.split("\n") if "[link]" in line]


@pytest.mark.parametrize("target", ["outside", ".git/config", "sub/.git", "sub/.hg/hgrc"])
def test_no_link_out_is_followed_whatever_is_read_there(site: Site, secret: Path, target: str) -> None:
    for place in PLACES:
        (site.source / place).unlink(missing_ok=True)
        site.link(place, secret if target == "outside" else site.source / target)
    site.build(keep_going=True)
    why = OUT if target == "outside" else KEPT
    assert _told_of_links(site) == [f"{place}: warning: the link {why} [link]" for place in sorted(PLACES)]
    _is_told_nowhere(site)


@pytest.mark.parametrize(
    ("links", "why"),
    [
        ({"a": "../outside"}, OUT),
        ({"assets": "../outside"}, OUT),
        ({"_posts": "../outside"}, OUT),
        ({"a": ".git"}, KEPT),
        ({"a/b": "../sub/.hg"}, KEPT),
        ({"a": "b", "b": "c", "c": "../outside"}, OUT),
        ({"a": "../blog/../outside/secret"}, OUT),
        ({"a": "b", "b": "a"}, NOWHERE),
        ({"a": "nothing"}, NOWHERE),
        ({"sub/a": ".."}, "leads back to a folder above it"),
        ({"a": "."}, "leads back to a folder above it"),
        ({"a": "_site"}, MADE),
        ({"a.txt": "_site/x.txt"}, MADE),
        ({"a": ".mathblog-cache"}, MADE),
        ({"a": "/proc/self/environ"}, OUT),
        ({"a.md": "/dev/zero"}, OUT),
        ({"a": "/"}, OUT),
    ],
)
def test_links_to_folders_chains_and_loops(site: Site, secret: Path, links: dict[str, str], why: str) -> None:
    site.write({"_site/x.txt": SECRET, ".mathblog-cache/x.txt": SECRET})
    for path, target in links.items():
        site.link(path, target)
    site.output = site.source / "_site"
    site.build(keep_going=True, force=True)
    (site.output / "x.txt").unlink()
    assert _told_of_links(site) == [f"{path}: warning: the link {why} [link]" for path in links]
    assert secret.read_text(encoding="utf-8") == SECRET
    _is_told_nowhere(site)


def test_version_control_is_not_published_when_the_site_asks_for_it(site: Site, secret: Path) -> None:
    site.config("include: [.git, sub/.git, .hg]\n").build()
    assert ".git: warning: `.git` belongs to version control [link]" in site.report
    _is_told_nowhere(site)
    assert secret.exists()


def test_links_inside_of_the_site_are_followed_as_by_jekyll(site: Site) -> None:
    site.write({"real/a.txt": "A", "real/deep/p.md": "---\n---\npage", "real/part.html": "part"})
    site.link("one", "real").link("two", "one").link("a.txt", "real/a.txt").link(
        "_includes/p.html", "../real/part.html"
    )
    site.link("_posts/2018-10-06-x.md", "../real/deep/p.md").link("_theme/assets/t.css", "../../real/a.txt")
    site.write({"index.md": "---\n---\n{% include p.html %}"}).build().is_good()
    site.has("one/a.txt", "A").has("two/a.txt", "A").has("a.txt", "A").has("two/deep/p.html", "page")
    site.has("2018/10/06/x.html", "page").has("index.html", "part").has("assets/t.css", "A").equals_a_clean_build()
    site.write({"real/a.txt": "B"}).build().is_good().has("one/a.txt", "B").has("a.txt", "B").equals_a_clean_build()


def test_a_configuration_that_is_a_link_out_is_not_read(site: Site, tmp_path: Path) -> None:
    (tmp_path / "outside.yml").write_text(f"title: {SECRET}\n", encoding="utf-8")
    site.remove("_config.yml").link("_config.yml", "../outside.yml").build()
    site.fails(
        """
        `_config.yml` is a link that leads out of the site's folder
              = name the file with `--config`, if you know what is in it
        """,
        code=2,
    )
    assert site.run("--config", str(tmp_path / "outside.yml")).exit_code == 0


@pytest.mark.parametrize("name", ["../outside", "/etc", "themes/../../outside", "..", ".", "", "a" * 5000, "x\\y"])
def test_the_name_of_a_theme_leads_nowhere_else(site: Site, tmp_path: Path, name: str) -> None:
    (tmp_path / "outside/layouts").mkdir(parents=True)
    (tmp_path / "outside/theme.yml").write_text("", encoding="utf-8")
    (tmp_path / "outside/layouts/default.html").write_text(SECRET, encoding="utf-8")
    site.write({"index.md": "---\n---\nx"}).config(f"theme: '{name}'\n").build()
    assert site.code == 0
    _is_told_nowhere(site)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes")
def test_a_pipe_is_not_waited_for(site: Site, secret: Path) -> None:
    for place in PLACES:
        (site.source / place).parent.mkdir(parents=True, exist_ok=True)
        (site.source / place).unlink(missing_ok=True)
        os.mkfifo(site.source / place)
    site.build(keep_going=True)
    assert _told_of_links(site) == [
        f"{place}: warning: this is neither a file nor a folder [link]" for place in sorted(PLACES)
    ]
    assert secret.exists()


def _as_link(file: Path, outside: Path) -> None:
    file.unlink()
    file.symlink_to(outside)


def _as_pipe(file: Path, _outside: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _as_folder(file: Path, _outside: Path) -> None:
    file.unlink()
    file.mkdir()


def _under_a_link(file: Path, outside: Path) -> None:
    file.parent.rename(file.parent.with_name("away"))
    outside.rename(outside.with_name(file.name))
    file.parent.symlink_to(outside.parent)


@pytest.mark.parametrize("change", [_as_link, _as_pipe, _as_folder, _under_a_link])
def test_a_file_that_becomes_something_else_after_it_was_listed(
    tmp_path: Path, change: Callable[[Path, Path], None]
) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside" / "secret"
    for file in (site / "sub" / "a.md", outside):
        file.parent.mkdir(parents=True)
        file.write_text(SECRET, encoding="utf-8")
    snapshot = take_snapshot(site, lambda _path, _is_folder: True)
    assert snapshot.read("sub/a.md") == SECRET.encode()
    change(site / "sub" / "a.md", outside)
    with pytest.raises(SourceChangedError, match=r"sub/a\.md"):
        snapshot.read("sub/a.md")


def test_without_handles_of_folders_links_are_not_followed_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_HAS_HANDLES", False)
    (tmp_path / "a").mkdir()
    (tmp_path / "a/x").write_text("x", encoding="utf-8")
    (tmp_path / "b").symlink_to("a")
    assert opening.read_plain(str(tmp_path), "a/x") == b"x"
    with pytest.raises(OSError, match="link"):
        opening.read_plain(str(tmp_path), "b/x")


def test_links_that_double_at_every_step_have_a_limit(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "_MOST_BY_LINKS", 200)
    for depth in range(10):
        site.write({f"f{depth}/x.txt": ""}).link(f"f{depth}/l", f"../f{depth + 1}").link(
            f"f{depth}/r", f"../f{depth + 1}"
        )
    site.write({"f10/x.txt": ""}).build()
    assert site.code == 3
    assert "links lead to more than 200 files" in site.report


def test_a_folder_of_too_many_files_is_none_of_a_blog(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "_MOST", 100)
    site.write({f"many/{number}.txt": "" for number in range(100)} | {"node_modules/x.js": ""}).build()
    assert site.code == 2
    assert "holds more than 100 files and folders, such as those in `many/`" in site.report
    site.config("exclude: [many]\n").build().is_good()


@pytest.mark.parametrize("folder", ["/", "/proc", "/proc/self", "/dev", "/sys"])
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="Linux has these folders")
def test_a_folder_of_the_system_is_no_blog(folder: str, tmp_path: Path) -> None:
    with pytest.raises(BuildStopped, match="is a folder of the system, and holds no blog"):
        build(BuildRequest(Path(folder), into=tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_folders_deeper_than_calls_may_be(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 300)
    deep.mkdir(parents=True)
    (deep / "x.txt").touch()
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        assert len(take_snapshot(tmp_path, lambda _path, _is_folder: True).files) == 1
    finally:
        sys.setrecursionlimit(limit)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ENAMETOOLONG])
@pytest.mark.parametrize("folder", ["_posts", "assets", "_theme", "_data/deep"])
def test_a_folder_that_cannot_be_read_is_named(
    site: Site, monkeypatch: pytest.MonkeyPatch, number: int, folder: str
) -> None:
    site.write({f"{folder}/x.txt": "", "index.md": "---\n---\nx"})
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path) == str(site.source / folder):
            raise OSError(number, os.strerror(number), path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    site.build().fails(f"cannot read `{folder}`: {os.strerror(number).lower()}\n      = ", code=3)


def test_folders_that_are_moved_about_during_builds(site: Site) -> None:
    """The program ends well, or with a sentence and 3; at rest the site is what a clean build makes."""
    for number in range(12):
        site.post(f"2018-10-{number + 10}-p{number}", f"$$x + {number}$$").write({f"assets/{number}/f.txt": "f"})
        site.write({"_includes/a.html": "a", "_data/d.yml": "k: v", "_theme/assets/t.css": "t"})
    done = threading.Event()
    folders = [site.source / name for name in ("_posts", "assets", "_includes", "_data", "_theme", "assets/3")]

    def move() -> None:
        while not done.is_set():
            for folder in folders:
                folder.rename(folder.with_name("elsewhere"))
                sleep(0.002)
                folder.with_name("elsewhere").rename(folder)
                sleep(0.004)

    mover = threading.Thread(target=move)
    mover.start()
    try:
        codes = [site.build(keep_going=True).code for _ in range(40)]
    finally:
        done.set()
        mover.join()
    assert set(codes) <= {0, 1, 3}
    site.build().is_good().equals_a_clean_build()


@pytest.mark.parametrize("moment", ["stage", "commit"])
def test_a_static_file_that_becomes_a_link_before_it_is_copied(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    site.write({"film.mp4": "frames"})
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    usual = getattr(Publication, moment)

    def exchange(publication: Publication, *arguments: object) -> object:
        place = site.source / "film.mp4"
        if not place.is_symlink():
            place.unlink()
            place.symlink_to(secret)
        return usual(publication, *arguments)

    monkeypatch.setattr(Publication, moment, exchange)
    site.build()
    assert (site.code, "film.mp4" in site.files()) == (0, False)
    _is_told_nowhere(site)


def test_a_link_that_may_not_be_read_is_left_out(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `/proc/1/exe` for all but root."""
    follow = os.path.realpath

    def refuse(path: str, **how: bool) -> str:
        if os.path.basename(path) == "exe.md":  # noqa: PTH119
            raise PermissionError(errno.EACCES, "Permission denied", "/proc/1/exe")
        return follow(path, **how)

    site.post("2018-10-06-vae").link("exe.md", Path("/proc/1/exe"))
    monkeypatch.setattr(os.path, "realpath", refuse)
    site.build(keep_going=True)
    assert _told_of_links(site) == ["exe.md: warning: the link cannot be read: permission denied [link]"]
    site.has("2018/10/06/vae.html")


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOENT])
def test_a_link_that_becomes_something_else_meanwhile_is_a_changed_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Python asks twice about a link in `realpath`, and a folder may stand there by the second time."""
    (tmp_path / "link.md").symlink_to("nowhere")
    follow = os.path.realpath

    def miss(path: str, **how: bool) -> str:
        if os.path.basename(path) == "link.md":  # noqa: PTH119
            raise OSError(number, os.strerror(number), path)
        return follow(path, **how)

    monkeypatch.setattr(os.path, "realpath", miss)
    with pytest.raises(SourceChangedError):
        list(walk.Walk(str(tmp_path), lambda _path, _is_folder: True).files())
