"""Feed and sitemap: valid XML, whole addresses, whatever stands in the posts."""

import datetime
import json
from xml.etree import ElementTree as ET

import pytest

from support.site import Site

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def blog(site: Site) -> Site:
    body = "식 $$x < y \\& z$$ 과 ]]> 와 😀 그리고 <b>html</b>\n\n![그림](/img/a.png) [링크](other.html) [밖](https://example.com/?a=1&b=2)\n"
    site.write({"img/a.png": "x"}).post("2018-10-06-vae", body, "title: 변분 <&> ]]> 😀\ntags: ['R&D', '수학']")
    return site.post("2018-10-07-next", "글", "date: 2018-10-07 09:00:00 +0900")


def entries(site: Site) -> list[ET.Element]:
    return list(ET.fromstring(site.read("feed.xml")).iterfind(f"{ATOM}entry"))


def test_the_feed_is_a_feed(blog: Site) -> None:
    feed = ET.fromstring(blog.build().is_good().read("feed.xml"))
    assert feed.tag == f"{ATOM}feed"
    for required in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{required}") is not None
    links = {link.get("rel"): link.get("href") for link in feed.iterfind(f"{ATOM}link")}
    assert links == {"self": "https://example.org/feed.xml", "alternate": "https://example.org/"}
    newest, oldest = entries(blog)
    assert (newest.findtext(f"{ATOM}title"), oldest.findtext(f"{ATOM}title")) == ("Next", "변분 <&> ]]> 😀")
    assert [category.get("term") for category in oldest.iterfind(f"{ATOM}category")] == ["R&D", "수학"]
    for entry in entries(blog):
        assert (entry.findtext(f"{ATOM}id") or "").startswith("https://example.org/2018/10/")
        datetime.datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "")
    assert feed.findtext(f"{ATOM}updated") == newest.findtext(f"{ATOM}updated")


def test_json_feeds_and_feeds_of_tags(blog: Site) -> None:
    """JSON Feed 1.1: which fields there must be, and their types (jsonfeed.org/version/1.1)."""
    blog.config("feed: {tags: true}\nauthor: Ada\n").build().is_good()
    feed = json.loads(blog.read("feed.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["title"], feed["home_page_url"]) == ("수학 노트", "https://example.org/")
    assert (feed["feed_url"], feed["authors"]) == ("https://example.org/feed.json", [{"name": "Ada"}])
    newest, oldest = feed["items"]
    for item in feed["items"]:
        assert item["id"].startswith("https://example.org/2018/10/")
        assert all(isinstance(item[name], str) for name in ("url", "title", "content_html", "summary", "language"))
        assert datetime.datetime.fromisoformat(item["date_published"]).tzinfo
    assert (newest["title"], oldest["tags"]) == ("Next", ["R&D", "수학"])
    assert (oldest["content_html"].count("<math"), oldest["content_html"].count("katex-html")) == (1, 0)
    for name in ("feed.json", "feed.xml"):
        assert "Next" not in blog.read(f"tags/r-d/{name}")
        blog.has(f"tags/r-d/{name}", "수학 노트 | R&amp;D" if name == "feed.xml" else "수학 노트 | R&D", "변분")
    blog.has("tags/r-d/index.html", 'href="/tags/r-d/feed.xml"', 'type="application/feed+json"')
    blog.has("index.html", 'href="/feed.json"').lacks("index.html", "tags/r-d/feed")
    blog.config("feed: {json: false, excerpt_only: true}\n").build().is_good()
    assert not {"feed.json", "tags/r-d/feed.xml"} & set(blog.files())
    blog.config("plugins: [jekyll-feed]\nfeed: {excerpt_only: true}\n").build().is_good()
    assert "feed.json" not in blog.files()
    blog.config("plugins: [jekyll-feed]\nfeed: {excerpt_only: true, json: true}\n").build().is_good()
    assert "<b>" not in (item := json.loads(blog.read("feed.json"))["items"][1])["content_text"]
    assert "content_html" not in item


def test_what_the_feed_carries_is_readable_elsewhere(blog: Site) -> None:
    content = entries(blog.build().is_good())[1].findtext(f"{ATOM}content") or ""
    assert 'src="https://example.org/img/a.png"' in content
    assert 'href="https://example.org/2018/10/06/other.html"' in content
    assert 'href="https://example.com/?a=1&amp;b=2"' in content
    assert "<math" in content
    assert 'class="katex-html"' not in content
    assert "]]&gt;" in content or "]]>" in content
    assert "😀" in content


def test_control_characters_do_not_break_the_feed(blog: Site) -> None:
    blog.post("2018-10-08-control", "a\x01b\x0cc\ufffed", 'title: "x\\u0001y"').build()
    assert blog.code == 0
    text = entries(blog)[0].findtext(f"{ATOM}content") or ""
    assert "a" in text
    assert not set(text) & {"\x01", "\x0c", "\ufffe"}


def test_the_sitemap_lists_every_page_once_with_its_whole_address(blog: Site) -> None:
    blog.write({"about.md": "---\n---\n글", "hidden.md": "---\nsitemap: false\n---\n글"}).build().is_good()
    urls = ET.fromstring(blog.read("sitemap.xml"))
    assert urls.tag == f"{SITEMAP}urlset"
    addresses = [url.findtext(f"{SITEMAP}loc") for url in urls]
    assert len(set(addresses)) == len(addresses)
    assert {"https://example.org/", "https://example.org/2018/10/06/vae.html", "https://example.org/about.html"} <= set(
        addresses
    )
    assert not {address for address in addresses if address and ("404" in address or "hidden" in address)}
    blog.has("robots.txt", "Sitemap: https://example.org/sitemap.xml")


def test_addresses_below_a_path_are_whole(blog: Site) -> None:
    blog.config("baseurl: /blog\n").build()
    assert [problem.message for problem in blog.done.diagnostics] == [
        "`/img/a.png` lacks the base path `/blog`: online it leads nowhere"
    ]
    assert entries(blog)[1].findtext(f"{ATOM}id") == "https://example.org/blog/2018/10/06/vae"
    blog.has("sitemap.xml", "<loc>https://example.org/blog/2018/10/06/vae.html</loc>")


def test_an_empty_blog_has_a_valid_feed(site: Site) -> None:
    feed = ET.fromstring(site.build().is_good().read("feed.xml"))
    assert feed.findtext(f"{ATOM}title") == "수학 노트"
    assert feed.find(f"{ATOM}entry") is None
