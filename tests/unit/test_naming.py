"""Which files are read, and as what; the answers are those of Jekyll 4.3."""

import pytest

from mathblog.model.options import Collection, FrontMatterDefault, ReadingOptions
from mathblog.reading.defaults import find_defaults
from mathblog.reading.left_out import report_undated
from mathblog.reading.naming import FileKind, classify, split_name, walks_into

OPTIONS = ReadingOptions(
    include=("_pages", "_inc/z.md", ".htaccess"),
    exclude=("excl", "*.bak", "node_modules", "vendor/bundle/"),
    collections=(Collection("posts", output=True), Collection("docs", output=True)),
)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("about.md", FileKind.PAGE), ("sub/a b.html", FileKind.PAGE), ("img/x.png", FileKind.PAGE), ("페이지.md", FileKind.PAGE),
        ("2018-10-10-dated.md", FileKind.PAGE), (".htaccess", FileKind.PAGE),
        ("_posts/2018-10-06-vae.md", FileKind.POST), ("_posts/sub/2018-10-06-vae.md", FileKind.POST),
        ("blog/_posts/18-1-2-한글.md", FileKind.POST), ("_posts/nodate.md", FileKind.UNDATED), ("_posts/2018-10-06.md", FileKind.UNDATED),
        ("_posts/_wip/2018-11-08-wip.md", FileKind.IGNORED), ("_posts/a/_wip/2018-11-08-wip2.md", FileKind.POST),
        ("_posts/.2018-10-06-x.md.swp", FileKind.IGNORED), ("_posts/2018-10-06-x.md~", FileKind.IGNORED),
        ("_drafts/d.md", FileKind.DRAFT), ("x/_drafts/e.md", FileKind.DRAFT),
        ("_docs/a.md", FileKind.MEMBER), ("_docs/sub/static.txt", FileKind.MEMBER), ("_docs/_h/x.md", FileKind.IGNORED),
        ("_layouts/post.html", FileKind.LAYOUT), ("_includes/a/b.html", FileKind.INCLUDE),
        ("_data/a/b.yml", FileKind.DATA), ("_data/a.txt", FileKind.IGNORED), ("_other/x.md", FileKind.IGNORED),
        ("_hidden.md", FileKind.IGNORED), ("#x.md", FileKind.IGNORED), ("~x.md", FileKind.IGNORED), ("b~", FileKind.IGNORED),
        ("a/.dot", FileKind.IGNORED), ("_site/index.html", FileKind.IGNORED),
        ("excl/a.md", FileKind.IGNORED), ("excl2.md", FileKind.IGNORED), ("foo.bak/x.md", FileKind.IGNORED), ("q.bak", FileKind.IGNORED),
        ("node_modules/_posts/2018-10-06-x.md", FileKind.IGNORED), ("vendor/bundle/x.md", FileKind.IGNORED), ("vendor/y.md", FileKind.PAGE),
        ("_pages/w.md", FileKind.PAGE), ("sub/_pages/w2.md", FileKind.PAGE), ("_inc/z.md", FileKind.PAGE), ("_inc/y.md", FileKind.IGNORED),
    ],
)  # fmt: skip
def test_kinds(path: str, kind: FileKind) -> None:
    assert classify(path, OPTIONS).kind is kind


@pytest.mark.parametrize(
    ("folder", "walked"),
    [
        ("_posts", True), ("blog/_posts", True), ("_posts/sub", True), ("_drafts", True), ("_docs", True), ("_layouts", True),
        ("_data/x", True), ("sub", True), ("_pages", True), ("_inc", True), ("_other", True), (".git", False),
        ("node_modules", False), ("node_modules/x", False), ("vendor", True), ("vendor/bundle", False), ("_site", False),
    ],
)  # fmt: skip
def test_folders(folder: str, walked: bool) -> None:  # noqa: FBT001
    assert walks_into(folder, OPTIONS) is walked


def test_everything_that_is_read_lies_in_folders_that_are_walked() -> None:
    for path in (
        "_inc/z.md",
        "cols/_docs/a/b.md",
        "cols/_posts/2018-10-06-x.md",
        "_my/layouts/x.html",
        "sub/_pages/w.md",
    ):
        options = ReadingOptions(
            include=OPTIONS.include, collections=OPTIONS.collections, collections_dir="cols", layouts_dir="_my/layouts"
        )
        assert classify(path, options).kind is not FileKind.IGNORED
        parts = path.split("/")[:-1]
        assert all(walks_into("/".join(parts[: depth + 1]), options) for depth in range(len(parts)))


def test_with_a_collections_folder_posts_live_there_only() -> None:
    options = ReadingOptions(collections_dir="cols")
    assert classify("cols/x/_posts/2018-10-06-a.md", options).folders == ("x",)
    assert classify("_posts/2018-10-06-a.md", options).kind is FileKind.IGNORED


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("2018-10-06-vae.md", ("2018-10-06", "vae", ".md")),
        ("2018-1-2-a.b.c.markdown", ("2018-1-2", "a.b.c", ".markdown")),
        ("18-01-03-한글 제목...md", ("18-01-03", "한글 제목", ".md")),
        ("2018-10-06-.md", ("2018-10-06", "", ".md")),
        ("2018-10-06.md", ("", "2018-10-06", ".md")),
        ("x", ("", "x", "")),
    ],
)
def test_names(name: str, parts: tuple[str, str, str]) -> None:
    assert split_name(name) == parts


def test_a_post_without_a_date_is_left_out_and_said() -> None:
    (problem,) = report_undated(classify("_posts/vae.md", OPTIONS), OPTIONS)
    assert (problem.code, problem.path) == ("name", "_posts/vae.md")
    assert "`YYYY-MM-DD-vae.md`" in problem.hint
    assert report_undated(classify("_posts/2018-10-06-vae.md", OPTIONS), OPTIONS) == ()


@pytest.mark.parametrize(
    ("path", "kind", "layout"),
    [
        ("a.md", "pages", "base"),
        ("_posts/x.md", "posts", "post"),
        ("sec/a.md", "pages", "sec"),
        ("other/a.md", "pages", "base"),
        ("section.md", "pages", "sec"),
        ("_drafts/x.md", "posts", "draft"),
        ("_docs/a/b.md", "docs", "globbed"),
        ("_docs/b.md", "docs", "base"),
        ("_docs/a/c/b.md", "docs", "base"),
    ],
)
def test_the_narrowest_default_wins(path: str, kind: str, layout: str) -> None:
    defaults = (
        FrontMatterDefault("", "posts", {"layout": "post"}),
        FrontMatterDefault("", "", {"layout": "base"}),
        FrontMatterDefault("_drafts", "", {"layout": "draft"}),
        FrontMatterDefault("sec", "", {"layout": "sec"}),
        FrontMatterDefault("/other", "", {"layout": "never"}),
        FrontMatterDefault("_docs/*/b*", "docs", {"layout": "globbed"}),
    )
    assert find_defaults(path, kind, defaults)["layout"] == layout


def test_defaults_are_merged() -> None:
    defaults = (
        FrontMatterDefault("a/b", "", {"x": {"p": 1}, "y": 1}),
        FrontMatterDefault("a", "", {"x": {"p": 2, "q": 2}, "y": 2, "z": 2}),
    )
    assert find_defaults("a/b.md", "pages", defaults) == {"x": {"p": 1, "q": 2}, "y": 1, "z": 2}
