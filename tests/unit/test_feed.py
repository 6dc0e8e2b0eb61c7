"""The Atom feed: always valid XML, absolute addresses, maths that a feed reader shows."""

import datetime
from xml.etree import ElementTree as ET

import pytest

from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions, SiteOptions
from mathblog.model.plugins import CollectionFeed, FeedOptions, TagFeeds
from mathblog.site.feeds.entries import EntryReader
from mathblog.site.feeds.feed import make_feed
from mathblog.site.feeds.feeds import list_feeds
from mathblog.site.feeds.portable import make_portable
from mathblog.text.rendered import read_body
from support.blog import Blog

ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(blog: Blog) -> ET.Element:
    return ET.fromstring(
        make_feed(EntryReader(blog.view(), blog.options, str), next(list_feeds(blog.view(), blog.options)))
    )


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
            '<img srcset="a.png 1x,/b.png 2x">',
            '<img srcset="https://example.org/notes/2020/a.png 1x,https://example.org/b.png 2x">',
        ),
        ("<p>5 < 6 &lt; 7 &#8212;</p>", "<p>5 < 6 &lt; 7 &#8212;</p>"),
        ('<pre data-x="href">a\n  b</pre>', '<pre data-x="href">a\n  b</pre>'),
        ("<script>alert('</p>')</script><p>x</p>", "<p>x</p>"),
        ("<svg><path d='M0'/></svg>", "<svg><path d='M0'/></svg>"),
    ],
)
def test_html_that_is_read_far_from_its_page(html: str, portable: str) -> None:
    assert make_portable(read_body(html), BASE) == portable


def test_a_formula_is_its_mathml() -> None:
    mathml = '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">x</annotation></semantics></math>'
    visual = '<span class="katex-html" aria-hidden="true"><span class="base"><span>x</span></span></span>'
    katex = f'<span class="katex"><span class="katex-mathml">{mathml}</span>{visual}</span>'
    assert make_portable(read_body(f"<p>변수 {katex}는</p>"), BASE) == (
        f'<p>변수 <span class="katex"><span class="katex-mathml">{mathml}</span></span>는</p>'
    )


def plugin_blog(**feed: object) -> Blog:
    """Posts of two categories and three tags, and jekyll-feed."""
    blog = Blog(options=GeneratorOptions(plugins=("jekyll-feed",), feed=FeedOptions(**feed)))
    blog.post("2020-01-01", "One", tags=["a", "C++"], categories=["Logic"])
    blog.post("2020-01-02", "Two", tags=["a"], categories=["logic", "Set Theory"])
    return blog.post("2020-01-03", "Three", tags=["b_1"])


def feeds_of(blog: Blog) -> dict[str, tuple[str | None, list[str | None]]]:
    """The title of each feed and those of its entries, by address."""
    found = {}
    for plan in list_feeds(blog.view(), blog.options):
        feed = ET.fromstring(make_feed(EntryReader(blog.view(), blog.options, str), plan))
        titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
        found[plan.url] = (feed.findtext(f"{ATOM}title"), titles)
    return found


def test_feeds_of_categories_and_collections() -> None:
    # addresses and titles as jekyll-feed 0.17.0 writes them; a category is named as the posts write it
    collections = (CollectionFeed("posts", "", ("Logic",)), CollectionFeed("notes", "", ("Sets",)))
    blog = plugin_blog(collections=collections)
    blog.note("notes", "n", "N")
    assert feeds_of(blog) == {
        "/feed.xml": ("수식 노트", ["Three", "Two", "One"]),
        "/feed/Logic.xml": ("수식 노트 | Logic", ["One"]),
        "/feed/notes.xml": ("수식 노트 | Notes", []),
        "/feed/notes/Sets.xml": ("수식 노트 | Notes | Sets", []),
    }


def test_a_feed_for_each_tag_with_a_plain_name() -> None:
    posts = (CollectionFeed("posts"),)
    assert feeds_of(plugin_blog(collections=posts, tags=TagFeeds())) == {
        "/feed.xml": ("수식 노트", ["Three", "Two", "One"]),
        "/feed/by_tag/a.xml": ("수식 노트", ["Two", "One"]),
        "/feed/by_tag/b_1.xml": ("수식 노트", ["Three"]),
    }
    chosen = TagFeeds("/t/", only=("a", "new"), left_out=("b_1",))
    assert list(feeds_of(plugin_blog(collections=posts, tags=chosen))) == ["/feed.xml", "/t/a.xml", "/t/new.xml"]


def test_a_path_of_its_own() -> None:
    assert list(feeds_of(plugin_blog(collections=(CollectionFeed("posts", "atom.xml"),)))) == ["/atom.xml"]


def test_excerpts_only() -> None:
    (entry, *_) = feed_of(plugin_blog(excerpt_only=True)).iter(f"{ATOM}entry")
    assert entry.find(f"{ATOM}content") is None
    assert entry.findtext(f"{ATOM}summary") == "text"
    (own,) = feed_of(Blog().post("2020-01-01", "x", feed={"excerpt_only": True})).iter(f"{ATOM}entry")
    assert own.find(f"{ATOM}content") is None


def test_drafts_where_they_are_shown() -> None:
    blog = plugin_blog(drafts=True).post("2021-01-01", "Draft", draft=True)
    assert feeds_of(blog)["/feed.xml"][1][0] == "Draft"


def test_no_feed_in_development() -> None:
    blog = plugin_blog(not_in_development=True)
    for environment, expected in (("development", []), ("production", ["/feed.xml"])):
        view = FactView(blog.facts().extend({("environment",): environment}))
        assert [feed.url for feed in list_feeds(view, blog.options)] == expected


def test_authors_and_images_of_entries() -> None:
    authors = {"bob": {"name": "Bob B", "email": "b@example.org", "uri": "https://b.example"}}
    blog = Blog().post("2020-01-01", "x", author="bob", image={"path": "/img/a.png"}, category="single")
    blog.post("2020-01-02", "y", authors=["Ada"], image="https://e.example/b.png")
    view = FactView(blog.facts().extend({("data",): {"authors": authors}}))
    feed = ET.fromstring(make_feed(EntryReader(view, blog.options, str), next(list_feeds(view, blog.options))))
    newest, oldest = feed.iter(f"{ATOM}entry")
    assert [element.text for element in oldest.find(f"{ATOM}author") or ()] == [
        "Bob B",
        "b@example.org",
        "https://b.example",
    ]
    assert newest.findtext(f"{ATOM}author/{ATOM}name") == "Ada"
    media = "{http://search.yahoo.com/mrss/}"
    assert [entry.find(f"{media}thumbnail").get("url") for entry in (newest, oldest)] == [  # type: ignore[union-attr]
        "https://e.example/b.png",
        "https://example.org/img/a.png",
    ]
    assert [category.get("term") for category in oldest.iter(f"{ATOM}category")] == ["single"]


def test_an_own_style_sheet_is_named() -> None:
    blog = Blog()
    view = FactView(blog.facts().extend({("published", "feed.xslt.xml"): True}))
    xml = make_feed(EntryReader(view, blog.options, str), next(list_feeds(view, blog.options)))
    assert xml.splitlines()[1] == b'<?xml-stylesheet type="text/xml" href="https://example.org/feed.xslt.xml"?>'
    ET.fromstring(xml)


def test_summaries_and_authors_of_jekyll_feed() -> None:
    formula = '<span class="katex"><math><annotation encoding="application/x-tex">a &lt; b</annotation></math></span>'
    blog = Blog(options=GeneratorOptions(plugins=("jekyll-feed",)))
    blog.config = {"author": {"name": "Ada", "email": "ada@example.org"}}
    blog.post("2020-01-01", "x", excerpt=f"<p>Where {formula}\nholds &amp; more</p>", author=["Bob", "Cleo"])
    blog.post("2020-01-02", "y", description="said")
    newest, oldest = (feed := feed_of(blog)).iter(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}summary") for entry in (newest, oldest)] == [
        "said",
        "Where \\(a < b\\) holds & more",
    ]
    assert texts(feed, "@author/@email") == texts(newest, "@author/@email") == ["ada@example.org"]
    assert texts(oldest, "@author/@name") == ["Bob", "Cleo"]
