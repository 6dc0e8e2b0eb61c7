"""The theme `strap`: what a blog of Type on Strap has, by both spellings of its settings."""

import re
from xml.etree import ElementTree as ET

import pytest

from support.site import Site

POST = "2026/01/05/heat.html"


@pytest.fixture
def strap(site: Site) -> Site:
    site.config("theme: strap\nauthor: Kim\n").post("2026-01-05-heat", "Heat $x$.", "title: Heat $u$\ntags: [a b, C++]")
    return site.post("2026-02-05-cold", "Cold.", "title: Cold\ntags: [a b]")


def test_pages_have_what_both_themes_share_and_the_sheet_of_strap(strap: Site) -> None:
    strap.build().is_good()
    page = strap.read(POST)
    for part in (
        "Skip to content",
        'class="navbar"',
        "/assets/css/main.css",
        "/assets/css/strap.css",
        "citation_title",
    ):
        assert part in page
    assert re.search(r'class="hero of-page">\s*<div class="hero-words">\s*<h1>Heat <span class="katex">', page)
    assert 'rel="prev"' not in page
    assert 'rel="next"' in page
    strap.has("assets/css/strap.css").has("assets/text/text.css").has("feed.xml").has("404.html", "hero")
    for name, text in strap.files().items():
        if name.endswith(".html"):
            assert not re.findall(rb'<(?:script|img|link|iframe)[^>]* (?:src|href)="https?://(?!example\.org)', text), (
                name
            )


@pytest.mark.parametrize("settings", ["{key}: {value}\n", "theme_settings:\n  {key}: {value}\n"])
@pytest.mark.parametrize(
    ("key", "value", "page", "part"),
    [
        ("avatar", "assets/me.png", POST, '<img src="/assets/me.png" alt=""'),
        ("favicon", "assets/me.ico", POST, '<link rel="icon" href="/assets/me.ico">'),
        ("header_text", "Welcome & more", "index.html", "<h1>Welcome &amp; more</h1>"),
        ("header_text", "<h1>Hi</h1>", "index.html", "<h1>Hi</h1>"),
        ("header_text", "<p>Hi</p>", "index.html", '<h1 class="visually-hidden">수학 노트</h1>\n<p>Hi</p>'),
        ("header_feature_image", "a/b.png", "index.html", '<img class="hero-image" src="/a/b.png" alt=""'),
        ("footer_text", "<b>mine</b>", POST, '<div class="footer-text"><b>mine</b></div>'),
        ("color_theme", "dark", POST, 'data-theme="dark"'),
        ("disqus_shortname", "kim", POST, 'data-service="disqus"'),
    ],
)
def test_settings_at_the_top_and_below_theme_settings(
    strap: Site, *, settings: str, key: str, value: str, page: str, part: str
) -> None:
    strap.config("theme: strap\n" + settings.format(key=key, value=f"'{value}'")).build().is_good().has(page, part)


def test_the_old_names_of_settings(strap: Site) -> None:
    strap.config("""
        theme: strap
        theme_settings:
          title: Another title
          header_text_feature_image: a/b.png
          gravatar:
          github: kim
          linkedin: https://www.linkedin.com/in/someone
          email_address: kim@example.org
          share_buttons: {facebook: true, twitter: true, reddit: }
          katex: true
          str_next_post: 그다음
          str_months: [일, 이, 삼, 사, 오, 육, 칠, 팔, 구, 십, 십일, 십이]
        """).build().is_good()
    strap.has("index.html", "<h1>Another title</h1>", 'src="/a/b.png"')
    page = strap.read(POST)
    for part in (
        'href="https://github.com/kim"',
        'href="https://www.linkedin.com/in/someone"',
        'href="mailto:kim@example.org"',
        "facebook.com/sharer/sharer.php?u=https%3A%2F%2Fexample.org%2F2026%2F01%2F05%2Fheat.html",
        "twitter.com/intent/tweet?text=Heat%20u&amp;url=",
        "그다음",
        "일 5, 2026",
    ):
        assert part in page
    assert "reddit.com/submit" not in page


def test_the_data_files_of_the_current_theme(strap: Site) -> None:
    strap.write(
        {
            "_data/icons.yml": 'github: kim\nmastodon: "a.org/@kim"\nstack-overflow:\n',
            "_data/social.yml": "share: {email: true, pinterest: false}\n",
            "_data/language.yml": "str_share_on: Teilen\nstr_previous_post: davor\n",
            "_data/comments.yml": "comments: {giscus: {repo: a/b, repo-id: R, strict: true}}\n",
            "_data/authors.yml": "kim: {name: Kim Haru, url: https://kim.example, avatar: assets/k.png, about: of $L^p$}\n",
        }
    ).post("2026-01-05-heat", "Heat.", "title: Heat\nauthor: kim").build().is_good()
    page = strap.read(POST)
    for part in (
        'href="https://github.com/kim"',
        'href="https://a.org/@kim"',
        "mailto:?subject=Heat&amp;body=",
        'aria-label="Teilen Email"',
        'data-service="giscus"',
        "giscus.app",
        'class="author-card"',
        '<a href="https://kim.example" rel="author">Kim Haru</a>',
        '<meta name="author" content="Kim Haru">',
        'src="/assets/k.png"',
    ):
        assert part in page, part
    assert "davor" in strap.read("2026/02/05/cold.html")
    assert "<iframe" not in page
    assert "pinterest" not in page


def test_the_bar_links_to_pages(strap: Site) -> None:
    pages = {
        "z.md": "---\ntitle: Second\nposition: 2\n---\n",
        "a.md": "---\ntitle: First\nposition: 1\nicon: fa-search\n---\n",
        "b.md": "---\ntitle: Hidden\nhide: true\n---\n",
        "c.md": "---\ntitle: Second\n---\n",
    }
    strap.write(pages).build().is_good()
    (bar,) = re.findall(r'<nav id="_menu".*?</nav>', strap.read("index.html"), re.DOTALL)
    assert re.findall(r'href="([^"]*)"', bar) == ["/a.html", "/z.html", "/archive/", "/tags/"]
    assert re.search(r'<svg class="icon".*</svg>\s*<span class="icon-name">First</span>', bar)


def test_the_head_of_a_post(strap: Site) -> None:
    front = "title: T\nsubtitle: S $x$\nfeature-img: a/b.png\nlast_modified: 2026-03-04\n"
    strap.post("2026-01-05-heat", "Text.", front).build().is_good()
    page = strap.read(POST)
    assert '<img class="hero-image" src="/a/b.png" alt=""' in page
    assert 'content="https://example.org/a/b.png"' in page
    assert "Updated <time" in page
    assert "March 4, 2026" in page
    assert page.count("<h1") == 1
    strap.post("2026-01-05-heat", "Text.", "title: T\nhide_title: true\ncolor: rgb(80,140,22)").build().is_good()
    strap.has(POST, '<h1 class="visually-hidden">T</h1>', 'style="--tone: rgb(80,140,22)"')
    strap.post("2026-01-05-heat", "Text.", 'title: T\ncolor: "red;background:url(//x)"').build().is_good()
    strap.lacks(POST, "--tone")


def test_teasers_have_thumbnails_and_pinned_posts_come_first(strap: Site) -> None:
    strap.config("theme: strap\npaginate: 1\npaginate_path: /blog/page:num\n")
    strap.post("2025-01-01-old", "First.\n\nSecond.", "title: Old\npin: true\nthumbnail: a/b.png").build().is_good()
    home = strap.read("index.html")
    assert 'class="teaser pinned"' in home
    assert '<img src="/a/b.png" alt="" loading="lazy">' in home
    assert "Cold" in strap.read("blog/page2/index.html")
    strap.config("theme: strap\nexcerpt: false\n").build().is_good()
    strap.lacks("index.html", "First.")


def test_tags_have_anchors_as_type_on_strap_links_to_them(strap: Site) -> None:
    strap.build().has("tags/index.html", 'id="a+b"', 'href="#a+b"', 'id="C%2B%2B"', "Cold")
    strap.write({"pages/tags.md": "---\nlayout: tags\ntitle: Words\npermalink: /tags/\n---\n"}).build().is_good()
    strap.has("tags/index.html", "<h1>Words</h1>", 'id="a+b"')


def test_a_feed_of_the_blogs_own_is_rss(strap: Site) -> None:
    strap.write({"feed.xml": "---\nlayout: feed\n---\n"}).build().is_good()
    feed = ET.fromstring(strap.read("feed.xml"))
    assert [item.findtext("title") for item in feed.iter("item")] == ["Cold", "Heat u"]
    assert feed.findtext(".//item/pubDate") == "Thu, 05 Feb 2026 00:00:00 +0000"
    assert feed.findtext(".//item/link") == "https://example.org/2026/02/05/cold.html"


def test_a_home_page_of_the_blogs_own_lists_cards(strap: Site) -> None:
    strap.write({"index.html": "---\nlayout: home\n---\n"}).build().is_good()
    strap.has("index.html", 'class="strap kind-page lists-posts"', 'class="teaser"')


def test_a_page_of_search_and_404_search_the_archive(strap: Site) -> None:
    strap.write({"find.md": "---\nlayout: search\n---\n"}).build().is_good()
    strap.has("find.html", "<h1>Search</h1>", '<form class="search"', "/assets/js/search.js").lacks(
        "find.html", "search-open"
    )
    strap.has("404.html", '<form class="search"', "data-guess", "/assets/js/search.js")
    strap.has(POST, 'class="search-open" href="/archive/"', "/assets/js/search-open.js").lacks(POST, "/search.js")
    strap.config("theme: strap\ntheme_settings: {search: false}\n").build().is_good().lacks(
        POST, "search.js", "search-open.js"
    )


def test_portfolio_gallery_and_pictures_side_by_side(strap: Site) -> None:
    strap.config("theme: strap\ncollections: {portfolio: {output: true, permalink: /:collection/:name}}\n")
    strap.write(
        {
            "_portfolio/one.md": "---\ntitle: One\nimg: a/one.png\ndate: 2026-01-01\n---\nText\n",
            "_portfolio/two.md": "---\ntitle: Two\ndate: 2026-02-01\n---\nText\n",
            "works.md": "---\ntitle: Works\n---\n{% include default/portfolio.html %}\n",
            "shown.md": "---\ntitle: Shown\ngallery: pics\n---\n{% include gallery.html gallery_path=page.gallery %}\n",
            "pics/a-b.png": b"x",
            "pics/notes.txt": b"x",
            "assets/img/a.png": b"x",
            "assets/b.png": b"x",
            "a/one.png": b"x",
            "pair.md": '---\ntitle: P\n---\nBefore\n\n{% include aligner.html images="a.png, assets/b.png" caption="Two" %}\n\nAfter\n',
        }
    ).build().is_good()
    works = strap.read("works.html")
    assert re.findall(r'class="tile" href="([^"]*)"', works) == ["/portfolio/two", "/portfolio/one"]
    assert '<img src="/a/one.png"' in works
    strap.has("shown.html", '<a href="/pics/a-b.png"><img src="/pics/a-b.png" alt="a b"').lacks("shown.html", "notes")
    strap.has(
        "pair.html", 'src="/assets/img/a.png"', 'src="/assets/b.png"', "<figcaption>Two</figcaption>", "<p>After</p>"
    )


def test_nothing_of_a_stranger_runs_with_safe(strap: Site) -> None:
    attack = '"><script>alert(1)</script><a href="javascript:alert(1)'
    quoted = attack.replace('"', '\\"')
    strap.write(
        {
            "_data/authors.yml": f'kim: {{name: "{quoted}", url: "javascript:alert(1)", avatar: "{quoted}", about: "{quoted}"}}\n',
            "_data/icons.yml": f'github: "{quoted}"\nmastodon: "javascript:alert(1)"\n',
            "_data/comments.yml": "comments: {disqus_shortname: stranger}\n",
            "_data/language.yml": f'str_next_post: "{quoted}"\nstr_share_on: "{quoted}"\n',
            "_data/social.yml": "share: {email: true}\n",
        }
    )
    front = f'title: "{quoted}"\nauthor: kim\nsubtitle: "{quoted}"\nfeature-img: "{quoted}"\nseries: "{quoted}"\ncolor: "{quoted}"\n'
    strap.post("2026-01-05-heat", "Text.", front).post("2026-01-06-next", "Text.", front).build(safe=True)
    for name, html in strap.files().items():
        if name.endswith(".html"):
            page = html.decode()
            assert "<script>alert" not in page
            assert 'href="javascript:' not in page
    strap.lacks(POST, 'class="comments"')


@pytest.mark.parametrize(
    ("colour", "is_one"),
    [
        ("teal", True),
        ("#0b6", True),
        ("hsl(120deg 30% 40%)", True),
        ("url(//elsewhere/x.png)", False),
        ("image-set('//elsewhere/x')", False),
        ("rgb(0 0 0)url(//x)", False),
        ("red;background:blue", False),
        ("red/* x", False),
    ],
)
def test_a_colour_is_one_and_nothing_else(strap: Site, *, colour: str, is_one: bool) -> None:
    strap.post("2026-01-05-heat", "Text.", f'title: T\ncolor: "{colour}"').build().is_good()
    assert (f'style="--tone: {colour}"' in strap.read(POST)) is is_one


def test_a_blog_with_layouts_of_its_own_goes_on_using_them(strap: Site) -> None:
    strap.write({"_layouts/post.html": "own {{ content }}"}).post("2026-01-05-heat", "x", "layout: post").build()
    assert strap.read(POST).startswith("own ")
