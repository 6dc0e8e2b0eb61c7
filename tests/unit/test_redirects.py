"""jekyll-redirect-from. Addresses and `redirects.json` are those of version 0.16.0."""

import json

from mathblog.model.options import GeneratorOptions, SiteOptions
from mathblog.pipeline.extensions import BUILTINS
from mathblog.site.checks import check_options
from mathblog.site.generate import generate_pages
from mathblog.site.redirects import moved_documents
from support.blog import Blog, generated_files

NEW = "https://example.org/b/2020/01/01/new.html"


def blog_of(**options: object) -> Blog:
    site = SiteOptions(url="https://example.org", baseurl="/b")
    return Blog(site=site, options=GeneratorOptions(plugins=("jekyll-redirect-from",), **options))


def made(blog: Blog) -> dict[str, str]:
    files = generated_files(blog)
    return {file.path: (file.content or b"").decode() for file in files if not file.path.endswith((".xml", ".txt"))}


def test_old_addresses_lead_to_the_page() -> None:
    files = made(blog_of().post("2020-01-01", "New", redirect_from=["/old/one", "old/two.html", "/old/three/"]))
    assert list(files) == ["old/one.html", "old/two.html", "old/three/index.html", "redirects.json"]
    page = files["old/one.html"]
    assert f'<link rel="canonical" href="{NEW}">' in page
    assert f'<meta http-equiv="refresh" content="0; url={NEW}">' in page
    assert f'<script>location="{NEW}"</script>' in page
    assert '<meta name="robots" content="noindex">' in page
    assert json.loads(files["redirects.json"]) == {"/old/one": NEW, "/old/two.html": NEW, "/old/three/": NEW}


def test_a_document_that_moved_away() -> None:
    blog = blog_of().post("2020-01-01", "New", redirect_to="https://elsewhere.example/?a=1&b=2")
    blog.page("moved.md", "", redirect_to=["/x.html", "/y.html"]).page("stays.md")
    files = made(blog)
    assert "https://elsewhere.example/?a=1&amp;b=2" in files["2020/01/01/new.html"]
    assert "https://example.org/b/x.html" in files["moved.html"]
    assert moved_documents(blog.view(), blog.options) == {"_posts/2020-01-01-new.md", "moved.md"}


def test_one_address_may_be_a_text() -> None:
    assert "old.html" in made(blog_of().page("new.md", "", redirect_from="/old"))


def test_no_list_where_it_is_turned_off() -> None:
    assert list(made(blog_of(redirects_json=False).page("new.md", "", redirect_from="/old"))) == ["old.html"]


def test_without_the_plugin_the_keys_mean_nothing() -> None:
    blog = Blog().page("new.md", "", redirect_from="/old", redirect_to="/x")
    assert made(blog) == {}
    assert not moved_documents(blog.view(), blog.options)


def test_a_layout_of_the_sites_own_makes_the_pages() -> None:
    blog = blog_of().page("new.md", "", redirect_from="/old/").page("gone.md", "", redirect_to="/new.html")
    blog.layouts = ("default", "redirect")
    assert list(made(blog)) == ["redirects.json"]
    back, gone = generate_pages(blog.view(), blog.options, BUILTINS)
    assert (back.url, back.output_path, back.layout) == ("/old/", "old/index.html", "redirect")
    assert back.data["redirect"] == {"from": "/old/", "to": "https://example.org/b/new.html"}
    assert (gone.output_path, gone.data["redirect"]) == (
        "gone.html",
        {"from": "/gone.html", "to": "https://example.org/b/new.html"},
    )


def test_addresses_that_cannot_be_redirected_from() -> None:
    blog = blog_of().page("taken.md").page("new.md", "", redirect_from=["/taken", "/a%2F..%2Fb", "/free"])
    assert list(made(blog)) == ["taken.html", "free.html", "redirects.json"]  # the page at /taken.html is there first
    assert [problem.message for problem in check_options(blog.view(), blog.options)] == [
        "`redirect_from: /a%2F/%2Fb` cannot be used: it holds an encoded slash",
        "`redirect_from: /taken` is the address of `taken.md`, which stays there",
    ]


def test_a_target_cannot_end_the_script() -> None:
    (page, _) = made(blog_of().page("x.md", "", redirect_to="https://e.example/</script><b>")).values()
    assert "</script><b>" not in page
