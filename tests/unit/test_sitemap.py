"""The sitemap and robots.txt (what jekyll-sitemap writes)."""

import datetime
from xml.etree import ElementTree as ET

from mathblog.model.facts.view import FactView
from mathblog.model.output import PageSpec
from mathblog.pipeline.extensions import BUILTINS
from mathblog.site.generate import generate_pages
from mathblog.site.sitemap import NAMESPACE, make_robots, make_sitemap
from support.blog import Blog, generated_files


def own_pages(blog: Blog) -> list[PageSpec]:
    return [PageSpec(meta.url, meta.output_path, "page", "page", meta.title, meta.path) for meta in blog.metas]


def entries(xml: bytes) -> list[tuple[str | None, ...]]:
    return [tuple(child.text for child in url) for url in ET.fromstring(xml).iter(f"{{{NAMESPACE}}}url")]


def test_all_pages_with_the_dates_they_have() -> None:
    blog = (
        Blog()
        .post("2018-10-06", "한글", tags=["a"])
        .page("about.md", "소개")
        .page("secret.md", "x", sitemap=False)
        .page("404.html", "own 404")
    )
    json = PageSpec("/search.json", "search.json", "page", "none", "", "about.md")
    pages = [*own_pages(blog), json, *generate_pages(blog.view(), blog.options, BUILTINS)]
    assert entries(make_sitemap(blog.view(), pages)) == [
        ("https://example.org/",),
        ("https://example.org/2018/10/06/%ED%95%9C%EA%B8%80.html", "2018-10-06T00:00:00+09:00"),
        ("https://example.org/about.html",),
        ("https://example.org/archive/",),
        ("https://example.org/tags/",),
        ("https://example.org/tags/a/",),
    ]


def test_static_html_and_pdf_files_are_pages_too() -> None:
    facts = Blog().facts().extend({("static",): ("cv #1.pdf", "demo/index.html", "img/x.png")})
    assert entries(make_sitemap(FactView(facts), [])) == [
        ("https://example.org/cv%20%231.pdf",),
        ("https://example.org/demo/",),
    ]


def test_robots_find_the_sitemap() -> None:
    assert make_robots(Blog().view()) == b"Sitemap: https://example.org/sitemap.xml\n"


def test_the_files_of_a_site() -> None:
    blog = Blog()
    assert [file.path for file in generated_files(blog)] == [
        "sitemap.xml",
        "robots.txt",
        "feed.xml",
    ]


def test_pages_have_a_date_only_where_they_say_that_they_changed() -> None:
    # jekyll-sitemap 1.4.0: `date` counts in posts and collections, `last_modified_at` everywhere
    blog = Blog(config={"timezone": "Asia/Seoul"}).page("a.md", date=datetime.date(2020, 1, 1))
    blog.page("b.md", last_modified_at=datetime.date(2020, 1, 2)).page("c.md", last_modified_at="2020-01-03 12:00")
    blog.page("d.md", last_modified_at="soon")
    blog.post("2020-01-03", "c", last_modified_at=datetime.datetime(2021, 1, 2, 3, 4, 5, tzinfo=datetime.UTC))
    assert entries(make_sitemap(blog.view(), own_pages(blog))) == [
        ("https://example.org/2020/01/03/c.html", "2021-01-02T12:04:05+09:00"),
        ("https://example.org/a.html",),
        ("https://example.org/b.html", "2020-01-02T00:00:00+09:00"),
        ("https://example.org/c.html", "2020-01-03T12:00:00+09:00"),
        ("https://example.org/d.html",),
    ]


def test_files_that_defaults_keep_out() -> None:
    facts = Blog().facts().extend({("static",): ("a.pdf", "b.pdf", "x/404.html"), ("unlisted",): ("a.pdf",)})
    assert entries(make_sitemap(FactView(facts), [])) == [("https://example.org/b.pdf",)]


def test_later_pages_of_a_list_are_listed_unless_their_template_is_not() -> None:
    blog = Blog().page("index.html").page("blog/index.html", sitemap=False)
    later = [
        PageSpec(f"/{name}page2/", f"{name}page2/index.html", "home", "x", "", f"{name}index.html")
        for name in ("", "blog/")
    ]
    assert entries(make_sitemap(blog.view(), later)) == [("https://example.org/page2/",)]


def test_an_own_style_sheet_is_named() -> None:
    view = FactView(Blog().facts().extend({("published", "sitemap.xsl"): True}))
    expected = b'<?xml-stylesheet type="text/xsl" href="https://example.org/sitemap.xsl"?>'
    assert make_sitemap(view, []).splitlines()[1] == expected
