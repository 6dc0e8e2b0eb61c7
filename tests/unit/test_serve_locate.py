"""From the path of a request to a file, as the hosts of static sites do it."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from mathblog.serve.locate import FORBIDDEN, FOUND, MISSING, MOVED, Response, digest_of, locate
from mathblog.serve.preview import Preview

FILES = (
    "index.html",
    "404.html",
    "about.html",
    "posts/index.html",
    "posts/vae.html",
    "글/가우스 적분/index.html",
    "assets/main.css",
    "both.html",
    "both/index.html",
    "empty/deep/index.html",
    ".mathblog-manifest.json",
    ".mathblog-staging/x.html",
    ".nojekyll",
    ".well-known/security.txt",
)


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    root = tmp_path / "site"
    for name in FILES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "siteling").mkdir()
    (tmp_path / "siteling/index.html").write_text("a neighbour", encoding="utf-8")
    return Preview(1, root)


def read(preview: Preview, path: str) -> str:
    answer = locate(preview, path)
    assert answer.status == FOUND
    assert answer.file is not None
    return answer.file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/about", "about.html"),
        ("/about.html", "about.html"),
        ("/posts/", "posts/index.html"),
        ("/posts/vae", "posts/vae.html"),
        ("/글/가우스 적분/", "글/가우스 적분/index.html"),
        ("/assets/main.css", "assets/main.css"),
        ("/both", "both.html"),
        ("/both/", "both/index.html"),
        ("/.well-known/security.txt", ".well-known/security.txt"),
    ],
)
def test_files_and_their_short_addresses(preview: Preview, path: str, file: str) -> None:
    assert read(preview, path) == file


def test_a_folder_leads_to_its_page(preview: Preview) -> None:
    assert locate(preview, "/posts") == Response(MOVED, location="/posts/")
    assert locate(preview, "/글/가우스 적분").location == "/%EA%B8%80/%EA%B0%80%EC%9A%B0%EC%8A%A4%20%EC%A0%81%EB%B6%84/"


@pytest.mark.parametrize("path", ["/nothing", "/posts/vae/", "/about/", "/empty/", "/empty", "/assets/", "/x" * 3000])
def test_what_is_not_there_gets_the_sites_own_page(preview: Preview, path: str) -> None:
    answer = locate(preview, path)
    assert answer.status == MISSING
    assert answer.file is not None
    assert answer.file.name == "404.html"


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/posts/../../secret.txt",
        "/posts/../index.html",
        "/./index.html",
        "/..",
        "//index.html",
        "//example.org/",
        "/posts//vae",
        "/../siteling/",
        "/.mathblog-manifest.json",
        "/.mathblog-staging/x.html",
        "/.mathblog-staging/x",
        "/.nojekyll",
    ],
)
def test_nothing_outside_the_site_and_nothing_hidden(preview: Preview, path: str) -> None:
    assert locate(preview, path).status == MISSING


@pytest.mark.parametrize("path", ["", "index.html", "http://example.org/", "*", "/a\0b", "/..\\secret.txt", "/a\\b"])
def test_paths_that_are_none(preview: Preview, path: str) -> None:
    assert locate(preview, path) == Response(FORBIDDEN)


def test_links_are_followed_inside_the_site_only(preview: Preview) -> None:
    assert preview.root is not None
    (preview.root / "out.txt").symlink_to(preview.root.parent / "secret.txt")
    (preview.root / "outside").symlink_to(preview.root.parent / "siteling")
    (preview.root / "loop").symlink_to("loop")
    (preview.root / "in.html").symlink_to("about.html")
    assert read(preview, "/in") == "about.html"
    for path in ("/out.txt", "/outside/", "/outside/index.html", "/loop", "/loop/"):
        assert locate(preview, path).status == MISSING, path


@pytest.mark.skipif(os.name != "posix", reason="needs named pipes")
def test_a_pipe_is_not_waited_for(preview: Preview) -> None:
    assert preview.root is not None
    os.mkfifo(preview.root / "pipe.html")
    assert locate(preview, "/pipe").status == MISSING


def test_below_a_base_url(preview: Preview) -> None:
    blog = replace(preview, baseurl="/수학/blog")
    assert locate(blog, "/").location == "/%EC%88%98%ED%95%99/blog/"
    assert locate(blog, "/수학/blog").location == "/%EC%88%98%ED%95%99/blog/"
    assert read(blog, "/수학/blog/") == "index.html"
    assert read(blog, "/수학/blog/about") == "about.html"
    assert locate(blog, "/수학/blog/posts").location == "/%EC%88%98%ED%95%99/blog/posts/"
    for path in ("/about", "/수학/blogger/", "/수학/blog/../about", "/수학/blog//about"):
        assert locate(blog, path).status == MISSING, path


def test_before_there_is_a_site() -> None:
    assert locate(Preview(0, None), "/") == Response(MISSING)


def test_a_digest_tells_contents_apart(preview: Preview) -> None:
    about, again, gone = (locate(preview, path) for path in ("/about", "/about.html", "/nothing"))
    assert digest_of(about) == digest_of(again) != digest_of(gone)
    assert about.file is not None
    about.file.write_text("edited", encoding="utf-8")
    assert digest_of(about) != digest_of(locate(preview, "/both"))
    about.file.unlink()
    assert digest_of(about) == ""
