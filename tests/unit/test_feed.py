"""The Atom feed: always valid XML, absolute addresses, maths that a feed reader shows."""

import datetime
from xml.etree import ElementTree as ET

import pytest

from mathblog.model.options import GeneratorOptions, SiteOptions
from mathblog.site.feed import make_feed
from mathblog.site.feeds import list_feeds
from mathblog.site.portable import make_portable
from support.blog import Blog

ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(blog: Blog) -> ET.Element:
    return ET.fromstring(make_feed(blog.view(), blog.options, next(list_feeds(blog.view(), blog.options))))


def texts(element: ET.Element, path: str) -> list[str | None]:
    return [found.text for found in element.findall(path.replace("@", ATOM))]


def test_an_entry_says_what_atom_asks_for() -> None:
    feed = feed_of(Blog().post("2018-10-06", "변분 오토인코더", "<p>본문</p>", tags=["vae"]))
    entry = feed.find(f"{ATOM}entry")
    address = "https://example.org/2018/10/06/%EB%B3%80%EB%B6%84-%EC%98%A4%ED%86%A0%EC%9D%B8%EC%BD%94%EB%8D%94"
    assert texts(feed, "@title") == ["수식 노트"]
    assert texts(feed, "@author/@name") == ["하루"]
    assert texts(feed, "@id") == ["https://example.org/feed.xml"]
    assert texts(feed, "@updated") == ["2018-10-06T00:00:00+09:00"]
    assert texts(entry, "@id") == [address]  # jekyll-feed: the post's id, without `.html`
    assert entry.find(f"{ATOM}link").get("href") == address + ".html"
    assert entry.find(f"{ATOM}category").get("term") == "vae"
    assert texts(entry, "@summary") == ["summary of 변분 오토인코더"]
    assert texts(entry, "@content") == ["<p>본문</p>"]


def test_the_newest_posts_without_drafts() -> None:
    blog = Blog(options=GeneratorOptions(feed_limit=2))
    blog.post("2020-01-01", "a").post("2020-01-02", "b").post("2020-01-03", "c", draft=True).post("2020-01-04", "d")
    assert texts(feed_of(blog), "@entry/@title") == ["d", "b"]


def test_a_feed_without_posts_needs_no_clock() -> None:
    assert texts(feed_of(Blog()), "@updated") == ["1970-01-01T00:00:00+00:00"]


def test_a_change_makes_an_entry_newer() -> None:
    blog = Blog().post("2020-01-01", "a", last_modified_at=datetime.date(2021, 5, 1)).post("2020-06-01", "b")
    assert texts(feed_of(blog), "@updated") == ["2021-05-01T00:00:00+09:00"]


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("<p>a ]]> b</p>", "<p>a ]]> b</p>"),
        ("<p>\x00\x08\x0b\x1f\x7f</p>", "<p>\x7f</p>"),
        ("<p>\ud800 \uffff 🧮 한</p>", "<p>  🧮 한</p>"),
        ("<p>&nbsp;&amp;lt;</p>", "<p>&nbsp;&amp;lt;</p>"),
    ],
)
def test_whatever_a_post_holds_the_feed_is_xml(body: str, kept: str) -> None:
    blog = Blog(site=SiteOptions(title="a\x01b", url="https://example.org")).post("2020-01-01", "t", body)
    feed = feed_of(blog)
    assert texts(feed, "@title") == ["ab"]
    assert texts(feed, "@entry/@content") == [kept]


def test_without_a_url_addresses_start_at_the_root() -> None:
    feed = feed_of(Blog(site=SiteOptions(baseurl="/notes")).post("2020-01-01", "x", '<a href="y.png">y</a>'))
    assert feed.find(f"{ATOM}entry/{ATOM}link").get("href") == "/notes/2020/01/01/x.html"
    assert texts(feed, "@entry/@content") == ['<a href="/notes/2020/01/01/y.png">y</a>']


BASE = "https://example.org/notes/2020/x.html"


@pytest.mark.parametrize(
    ("html", "portable"),
    [
        ('<a href="/notes/b">b</a>', '<a href="https://example.org/notes/b">b</a>'),
        ('<img src="c.png" alt="c">', '<img src="https://example.org/notes/2020/c.png" alt="c">'),
        ('<a href="#fn:1">1</a>', f'<a href="{BASE}#fn:1">1</a>'),
        ('<a href="mailto:a@b.c">m</a>', '<a href="mailto:a@b.c">m</a>'),
        ('<a href="http://[">bad</a>', '<a href="http://[">bad</a>'),
        ('<a href="?a=1&amp;b=2">q</a>', f'<a href="{BASE}?a=1&amp;b=2">q</a>'),
        (
            '<img srcset="a.png 1x, /b.png 2x">',
            '<img srcset="https://example.org/notes/2020/a.png 1x, https://example.org/b.png 2x">',
        ),
        ("<p>5 < 6 &lt; 7 &#8212;</p>", "<p>5 < 6 &lt; 7 &#8212;</p>"),
        ('<pre data-x="href">a\n  b</pre>', '<pre data-x="href">a\n  b</pre>'),
        ("<script>alert('</p>')</script><p>x</p>", "<p>x</p>"),
        ("<svg><path d='M0'/></svg>", "<svg><path d='M0'/></svg>"),
    ],
)
def test_html_that_is_read_far_from_its_page(html: str, portable: str) -> None:
    assert make_portable(html, BASE) == portable


def test_a_formula_is_its_mathml() -> None:
    mathml = '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">x</annotation></semantics></math>'
    visual = '<span class="katex-html" aria-hidden="true"><span class="base"><span>x</span></span></span>'
    katex = f'<span class="katex"><span class="katex-mathml">{mathml}</span>{visual}</span>'
    assert make_portable(f"<p>변수 {katex}는</p>", BASE) == (
        f'<p>변수 <span class="katex"><span class="katex-mathml">{mathml}</span></span>는</p>'
    )
