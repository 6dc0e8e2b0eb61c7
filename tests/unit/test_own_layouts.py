"""A site with layouts of its own gets the pages that Jekyll would make of it, and no others."""

import pytest

from mathblog.model.options import GeneratorOptions
from mathblog.model.output import PageSpec
from mathblog.model.plugins import ArchiveOptions
from mathblog.pipeline.extensions import BUILTINS
from mathblog.site.checks import check_options
from mathblog.site.generate import derive_facts, generate_pages, merge_generated
from support.blog import Blog, generated_files

PERMALINKS = (
    ("year", "/:year/"),
    ("month", "/:year/:month/"),
    ("day", "/:year/:month/:day/"),
    ("tag", "/tag/:name/"),
    ("category", "/c/:name.html"),
)


def blog_with(posts: int = 5, **options: object) -> Blog:
    blog = Blog(options=GeneratorOptions(**options), layouts=("default", "home", "post"))
    for number in range(1, posts + 1):
        blog.post(f"2020-0{number}-01", f"P{number}", tags=["a", "C++"], categories=["Set Theory"])
    return blog


def made(blog: Blog) -> list[PageSpec]:
    return list(generate_pages(blog.view(), blog.options, BUILTINS))


def files(blog: Blog) -> list[str]:
    return [file.path for file in generated_files(blog)]


def test_nothing_is_made_unless_it_is_asked_for() -> None:
    blog = blog_with().page("index.html", "", layout="home")
    assert made(blog) == []
    assert files(blog) == []
    assert derive_facts(blog.view(), blog.options) == {("navigation",): ()}


def test_feed_and_sitemap_by_their_plugins() -> None:
    assert files(blog_with(plugins=("jekyll-feed",))) == ["feed.xml"]
    assert files(blog_with(plugins=("jekyll-sitemap",))) == ["sitemap.xml", "robots.txt"]


def test_paginate_makes_pages_of_index_html() -> None:
    # the paths are those of jekyll-paginate 1.1.0: no `/` at the end where `paginate_path` has none
    blog = blog_with(paginate=2, paginate_path="/blog/page:num").page("index.html").page("blog/index.html", "Blog")
    blog.config = {"paginate": 2}
    pages = made(blog)
    assert [(page.url, page.output_path) for page in pages] == [
        ("/blog/", "blog/index.html"),
        ("/blog/page2/", "blog/page2/index.html"),
        ("/blog/page3/", "blog/page3/index.html"),
    ]
    names = ("page", "per_page", "total_posts", "total_pages", "previous_page", "next_page")
    assert [pages[1].data[name] for name in names] == [2, 2, 5, 3, 1, 3]
    assert pages[0].data["next_page_path"] == "/blog/page2"
    assert (pages[1].data["previous_page_path"], pages[1].data["next_page_path"]) == ("/blog/", "/blog/page3")
    assert (pages[0].data["previous_page_path"], pages[2].data["next_page_path"]) == (None, None)


def test_later_pages_are_pages_of_the_template() -> None:
    blog = blog_with(paginate=2).page("index.html", "Home")
    blog.config = {"paginate": 2}
    own = PageSpec("/", "index.html", "page", "shelf", "Home", source="index.html")
    first, second, third = merge_generated([own], made(blog))
    assert [page.source for page in (first, second, third)] == ["index.html"] * 3
    assert [page.layout for page in (first, second, third)] == ["shelf"] * 3
    assert [page.title for page in (first, second, third)] == ["Home"] * 3
    assert (first.kind, second.url, third.data["page"]) == ("page", "/page2/", 3)


def test_a_template_that_failed_has_no_later_pages() -> None:
    blog = blog_with(paginate=2).page("index.html", "Home")
    blog.config = {"paginate": 2}
    assert [page.url for page in merge_generated([], made(blog))] == ["/"]


def test_paginate_needs_a_file_named_index_html() -> None:
    blog = blog_with(paginate=2).page("index.md", "", layout="home")
    assert not check_options(blog.view(), blog.options)
    blog.config = {"paginate": 2}
    assert made(blog) == []
    (problem,) = check_options(blog.view(), blog.options)
    assert problem.message.startswith("`paginate` is set, but no `index.html` lies on the way to `paginate_path`")


def test_archives_of_jekyll_archives() -> None:
    archives = ArchiveOptions(("year", "month", "day", "tag", "category"), PERMALINKS, layouts=(("tag", "tagged"),))
    blog = blog_with(2, archives=archives).post("2019-12-31", "Old", tags=["b"])
    pages = {page.url: page for page in made(blog)}
    assert list(pages) == [
        "/tag/b/",
        "/tag/a/",
        "/tag/c/",
        "/c/set-theory.html",
        "/2020/",
        "/2019/",
        "/2020/02/",
        "/2020/01/",
        "/2019/12/",
        "/2020/02/01/",
        "/2020/01/01/",
        "/2019/12/31/",
    ]
    tag, month = pages["/tag/a/"], pages["/2020/02/"]
    assert (tag.layout, tag.data["type"], tag.data["title"]) == ("tagged", "tag", "a")
    assert (month.layout, month.data["type"], month.data["title"]) == ("archive", "month", None)
    assert str(month.data["date"]) == "2020-02-01"
    assert str(pages["/2020/"].data["date"]) == "2020-01-01"
    assert pages["/2020/"].data["posts"] == ("_posts/2020-02-01-p2.md", "_posts/2020-01-01-p1.md")
    assert derive_facts(blog.view(), blog.options)["address", "category", "Set Theory"] == "/c/set-theory.html"


def test_archives_decide_the_addresses_with_a_theme_of_ours_too() -> None:
    archives = ArchiveOptions(("tag", "year"), PERMALINKS, layouts=(("tag", "tagged"),))
    blog = blog_with(1, archives=archives)
    blog.layouts = ()
    pages = {page.url: page for page in made(blog)}
    assert {"/tag/a/", "/tag/", "/categories/set-theory/", "/2020/", "/archive/", "/"} <= set(pages)
    assert "/tags/a/" not in pages
    assert (pages["/tag/a/"].layout, pages["/2020/"].layout) == ("tag", "archive")


@pytest.mark.parametrize(
    ("mode", "urls"), [("default", ["/tag/sci-fi/"]), ("none", ["/tag/sci%20fi!/"]), ("raw", ["/tag/sci-fi!/"])]
)
def test_slug_modes_of_archives(mode: str, urls: list[str]) -> None:
    blog = Blog(options=GeneratorOptions(archives=ArchiveOptions(("tag",), PERMALINKS, slug_mode=mode)), layouts=("x",))
    assert [page.url for page in made(blog.post("2020-01-01", "x", tags=["Sci Fi!"]))] == urls
