"""`mathblog build --relative`: a site that opens from a disk, where no server completes addresses."""

import posixpath
import re
from html import unescape
from urllib.parse import unquote, urlsplit

import pytest

from mathblog.model.options import SiteOptions
from mathblog.site.relative import Relative
from support.site import Site

FILES = frozenset(
    ("index.html", "a b.html", "tags/x/index.html", "2020/p.html", "about.html", "css/m.css", "i/1.png", "x:y.html")
)
PAGE = "2020/p.html"


def relative(baseurl: str = "") -> Relative:
    return Relative(SiteOptions(url="https://example.org", baseurl=baseurl), FILES)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/", "../index.html"),
        ("/tags/x/", "../tags/x/index.html"),
        ("/tags/x", "../tags/x/index.html"),
        ("/tags/x/?q=1#y", "../tags/x/index.html?q=1#y"),
        ("/about", "../about.html"),
        ("../about#me", "../about.html#me"),
        ("/a%20b.html", "../a%20b.html"),
        ("p.html", "p.html"),
        ("/x:y.html", "../x:y.html"),
        ("/gone/", "../gone/index.html"),
        ("/gone", "../gone"),
        ("https://example.org", "../index.html"),
        ("https://example.org/tags/x/", "../tags/x/index.html"),
        ("https://example.org.evil/tags/x/", "https://example.org.evil/tags/x/"),
        ("//cdn.example/x.js", "//cdn.example/x.js"),
        ("https://elsewhere.example/", "https://elsewhere.example/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("data:image/png;base64,AA/=", "data:image/png;base64,AA/="),
        ("#fn:1", "#fn:1"),
        ("", ""),
        ("http://[", "http://["),
    ],
)
def test_an_address_as_a_disk_needs_it(address: str, expected: str) -> None:
    assert relative().link(PAGE, address) == expected


def test_what_lies_outside_of_the_base_path_is_another_site() -> None:
    links = relative("/blog")
    assert links.link(PAGE, "/blog/about") == "../about.html"
    assert links.link(PAGE, "/blog") == "../index.html"
    assert [links.link(PAGE, path) for path in ("/blogger/", "/about")] == ["/blogger/", "/about"]
    assert links.link("index.html", "x:y.html") == "x:y.html"  # a scheme as far as anybody can say
    assert links.link("index.html", "/blog/x:y.html") == "./x:y.html"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<a class=x href=/about>t</a>", '<a class=x href="../about.html">t</a>'),
        ("<a\n href = '/about?a=1&amp;b' >/about</a>", '<a\n href = "../about.html?a=1&amp;b" >/about</a>'),
        ('<img srcset="/i/1.png 1x, /i/1.png 2x">', '<img srcset="../i/1.png 1x, ../i/1.png 2x">'),
        ('<link rel="canonical" href="https://example.org/">', '<link rel="canonical" href="https://example.org/">'),
        ('<link rel="icon" href="/i/1.png">', '<link rel="icon" href="../i/1.png">'),
        ('<p title=\'href="/about"\'>href="/about"</p>', '<p title=\'href="/about"\'>href="/about"</p>'),
        ("<!-- <a href='/about'> -->", "<!-- <a href='/about'> -->"),
        ('<script>x = "<a href=\'/about\'>"</script>', '<script>x = "<a href=\'/about\'>"</script>'),
        ('<script>location="/about"</script>', '<script>location="../about.html"</script>'),
        ('<script>location = "a\\\'b"</script>', '<script>location = "a\\\'b"</script>'),  # no JSON
        (f'<img srcset="{" " * 100_000}">', f'<img srcset="{" " * 100_000}">'),  # which once took minutes
        (f'<img srcset=" /i/1.png,{"," * 100_000}b">', f'<img srcset=" ../i/1.png,{"," * 100_000}b">'),
        ('<meta http-equiv="refresh" content="0; url=/about">', '<meta http-equiv="refresh" content="0; url=../about.html">'),
        ("<style>a { background: url(/i/1.png) }</style>", "<style>a { background: url(../i/1.png) }</style>"),
        ('<p style="background: url(/i/1.png)">', '<p style="background: url(../i/1.png)">'),
        ('<base href="/x/"><a href="/about">', '<base href="/x/"><a href="/about">'),
        ('<svg><use xlink:href="#i"/><a xlink:href="/about"/></svg>', '<svg><use xlink:href="#i"/><a xlink:href="../about.html"/></svg>'),
        ("<p>5 < 6 <a href='/about'", "<p>5 < 6 <a href='/about'"),
    ],
)  # fmt: skip
def test_only_links_in_tags_change(html: str, expected: str) -> None:
    assert relative().rewrite(PAGE, f"한글 \r\n{html}\n") == f"한글 \r\n{expected}\n"


def test_links_of_style_sheets() -> None:
    css = "@import '/css/n.css'; a{b:url( \"/i/1.png\" ),url(/i/1.png),url(x.png),url(#f),url(data:a/b)} /* url(/i/1.png) */"
    assert relative().rewrite("css/m.css", css) == (
        "@import 'n.css'; a{b:url( \"../i/1.png\" ),url(../i/1.png),url(x.png),url(#f),url(data:a/b)} /* url(../i/1.png) */"
    )


def test_a_built_site_leads_from_file_to_file(site: Site) -> None:
    site.config("baseurl: /blog\npermalink: pretty\nplugins: [jekyll-redirect-from]\n")
    site.post("2020-01-01-a", "$x$ [b]({% post_url 2020-01-02-b %}) ![i](/blog/i.png)", "title: A\ntags: [한글]")
    site.post("2020-01-02-b", "Text", "title: B\nredirect_from: /old")
    site.write(
        {"i.png": b"png", "own/page.html": "<a href='/blog/archive/'>x</a>", "own/latin.html": b"<a href='/blog/'>\xe9"}
    )
    site.build().is_good()
    plain = {path: (site.output / path).read_bytes() for path in site.files()}
    assert site.run("--relative").exit_code == 0
    files = set(site.files())
    assert files == plain.keys()
    for path in (path for path in files if path.endswith((".html", ".css")) and path != "own/latin.html"):
        links = re.findall(r'(?:href|src)="([^"]*)"|url\(["\']?([^"\')]*)', site.read(path))
        for link in map(urlsplit, (unescape(one or two) for one, two in links)):
            if not link.scheme and link.path:
                assert posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(link.path))) in files, path
    site.has("own/page.html", 'href="../archive/index.html"').has("old.html", "2020/01/02/b/index.html")
    for path in ("feed.xml", "sitemap.xml", "own/latin.html"):
        assert (site.output / path).read_bytes() == plain[path]
    assert site.run("--relative", "--verify").exit_code == 0
    site.build().is_good()
    assert {path: (site.output / path).read_bytes() for path in site.files()} == plain
