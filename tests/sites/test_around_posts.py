"""What both themes of mathblog's show around a post: reading time, series, related and pinned posts, authors, comments."""

import re

import pytest

from mathblog.model.body import Body, Math
from mathblog.theme.views import page
from mathblog.theme.views.reading_time import count_minutes
from support.site import Site

THEMES = pytest.mark.parametrize("theme", ["default", "strap"])


@pytest.mark.parametrize(
    ("body", "minutes"),
    [
        (Body(), 0),
        (Body(("<p>A word.</p>",)), 1),
        (Body((f"<p>{'word ' * 238}</p>",)), 1),
        (Body((f"<p>{'word ' * 400}</p>",)), 2),
        (Body((f"<p>{'<b>word</b> — ' * 400}</p>",)), 2),
        (Body((f"<p>{'수학' * 500}</p>",)), 2),
        (Body(tuple(Math("x", True, "<span>" * 50) for _ in range(12))), 2),
        (Body(tuple(Math("x", False, "<span>" * 50) for _ in range(12))), 1),
    ],
)
def test_reading_takes_time_for_words_signs_and_formulas(body: Body, minutes: int) -> None:
    assert count_minutes(body) == minutes


@THEMES
def test_the_reading_time_of_a_post(site: Site, theme: str) -> None:
    site.config(f"theme: {theme}\n").post("2020-01-01-a", "word " * 700 + "\n\n$$ x $$\n" * 20, "title: A")
    site.build().is_good().has("2020/01/01/a.html", "6 min read")
    site.config(f"theme: {theme}\ntheme_settings: {{reading_time: false}}\n").build().is_good()
    site.lacks("2020/01/01/a.html", "min read")


def titles(site: Site, path: str, name: str) -> list[str]:
    """The texts of the links in the element of a class."""
    found = re.search(rf'<(\w+) class="{name}".*?</\1>', site.read(path), re.DOTALL)
    return re.findall(r"<a [^>]*>([^<]*)</a>", found[0]) if found else []


@THEMES
def test_a_series_has_a_box_with_its_parts(site: Site, theme: str) -> None:
    site.config(f"theme: {theme}\n")
    for number, name in enumerate(["two", "one", "three"]):
        site.post(f"2020-01-0{(2, 1, 3)[number]}-{name}", "Text.", f"title: {name}\nseries: Sets")
    site.post("2020-01-04-alone", "Text.", "title: alone\nseries: Other").build().is_good()
    path = "2020/01/02/two.html"
    assert titles(site, path, "series") == ["one", "three"]
    site.has(path, "Part 2 of 3", '<span aria-current="page">two</span>')
    site.lacks("2020/01/04/alone.html", 'class="series"')
    site.post("2020-01-05-four", "Text.", "title: four\nseries: Sets").build().is_good()
    site.has(path, "Part 2 of 4", "four")
    site.post("2020-01-02-two", "Another text.", "title: two\nseries: Sets").build().is_good()
    site.has(path, "Part 2 of 4", "Another text.")


@THEMES
def test_related_posts_share_tags_and_a_rare_tag_counts_more(site: Site, theme: str) -> None:
    site.config(f"theme: {theme}\n")
    for day, name, tags in (
        (1, "rare", "maths, sheaves"),
        (2, "plain", "maths"),
        (3, "other", "cooking"),
        (4, "this", "maths, sheaves"),
        (5, "newer", "maths"),
        (6, "newest", "maths"),
    ):
        site.post(f"2020-01-0{day}-{name}", "Text.", f"title: {name}\ntags: [{tags}]")
    site.build().is_good()
    assert titles(site, "2020/01/04/this.html", "related") == ["rare", "newest", "newer"]
    assert titles(site, "2020/01/03/other.html", "related") == []
    site.post("2020-01-07-last", "Text.", "title: last\ntags: [sheaves, maths]").build().is_good()
    assert titles(site, "2020/01/04/this.html", "related") == ["last", "rare", "newest"]
    site.config(f"theme: {theme}\ntheme_settings: {{related: false}}\n").build().is_good()
    assert titles(site, "2020/01/04/this.html", "related") == []


@THEMES
def test_pinned_posts_come_first_on_the_home_pages_only(site: Site, theme: str) -> None:
    site.config(f"theme: {theme}\npaginate: 1\n").post("2020-01-01-old", "Text.", "title: Old\npin: true")
    site.post("2020-01-02-new", "Text.", "title: New").build().is_good()
    site.has("index.html", "Old", "Pinned").has("page2/index.html", "New")
    archive = site.read("archive/index.html")
    assert archive.index("New") < archive.index("Old")
    site.post("2020-01-01-old", "Text.", "title: Old\npin: false").build().is_good().has("index.html", "New")


def test_pinned_posts_stand_where_jekyll_has_them_in_layouts_of_the_site(site: Site) -> None:
    site.config("paginate: 1\nplugins: [jekyll-paginate]\n").post("2020-01-01-old", "Text.", "title: Old\npin: true")
    site.write({"_layouts/default.html": "{{ content }}"}).post("2020-01-02-new", "Text.", "title: New")
    site.write({"index.html": "---\n---\n{% for post in paginator.posts %}{{ post.title }}{% endfor %}"}).build()
    assert site.read("index.html") == "New"


@THEMES
def test_authors_are_people_of_the_data(site: Site, theme: str) -> None:
    site.config(f"theme: {theme}\nauthor: The site\n")
    site.write({"_data/authors.yml": "kim: {name: Kim Haru, bio: Writes.}\nlee: {name: Lee Bada}\n"})
    site.post("2020-01-01-a", "Text.", "title: A\nauthors: [kim, lee, Somebody else]").build().is_good()
    page = site.read("2020/01/01/a.html")
    assert '<meta name="author" content="Kim Haru and Lee Bada and Somebody else">' in page
    assert page.count('class="author-card"') == 1
    assert "Writes." in page
    for name in ("Kim Haru", "Lee Bada", "Somebody else"):
        assert f"<span>{name}</span>" in page
    site.write({"_data/authors.yml": "kim: {name: Kim Bom}\n"}).build().is_good()
    site.has("2020/01/01/a.html", "<span>Kim Bom</span>", "<span>lee</span>").lacks("2020/01/01/a.html", "author-card")


@THEMES
@pytest.mark.parametrize(
    ("service", "options"),
    [
        ("giscus", "{giscus: {repo: a/b, repo-id: R_1, category: '\"<C>'}}"),
        ("utterances", "{utterances: {repo: a/b, issue-term: pathname}}"),
        ("disqus", "{disqus_shortname: kim}"),
        ("cusdis", "{cusdis_app_id: 1a-2b}"),
    ],
)
def test_comments_are_asked_of_nobody_before_the_reader_asks(
    site: Site, *, theme: str, service: str, options: str
) -> None:
    site.config(f"theme: {theme}\n").post("2020-01-01-a", "Text.", "title: A").build().is_good()
    site.lacks("2020/01/01/a.html", 'class="comments"').lacks("2020/01/01/a.html", "comments.js")
    site.config(f"theme: {theme}\ntheme_settings: {{comments: {options}}}\n")
    site.post("2020-01-02-b", "Text.", "title: B\ncomments: false").build().is_good()
    page = site.read("2020/01/01/a.html")
    assert f'data-service="{service}"' in page
    assert "/assets/js/comments.js" in page
    assert "https://giscus" not in page
    assert "<C>" not in page
    site.lacks("2020/01/02/b.html", 'class="comments"')


def test_lists_of_lists_are_bounded(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of n tags has a page and a feed that show the text with its n tags; each of n parts lists the others."""
    monkeypatch.setattr(page, "_AROUND", 1)
    names = ", ".join(f"t{number}" for number in range(203))
    site.config("feed: {tags: true}\n").post("2020-01-01-many", "Text.", f"tags: [{names}]\nseries: Long\ntitle: p1")
    for number in range(2, 6):
        site.post(f"2020-01-0{number}-p{number}", "Text.", f"series: Long\ntitle: p{number}")
    site.build()
    assert "_posts/2020-01-01-many.md: warning: 203 tags: there are pages and feeds for the first 200 of" in site.report
    assert sum(path.startswith("tags/t") and path.endswith("/index.html") for path in site.files()) == 200
    assert site.read("tags/t0/feed.xml").count("<category ") == 200
    assert site.read("2020/01/01/many.html").count('"/tags/t') == 203 - 3
    site.has("2020/01/03/p3.html", "Part 3 of 5", ">p2</a>").lacks("2020/01/03/p3.html", ">p1</a>")
    site.has("2020/01/05/p5.html", "Part 5 of 5", ">p4</a>")


def test_texts_with_one_ref_have_a_limit(site: Site) -> None:
    for number in range(202):
        site.write({f"p{number}.html": f"---\nref: one\nlang: x{number}\nlayout: null\n---\n"})
    site.build()
    assert (
        "p0.html: warning: `ref: one` is that of 202 texts: each names 200 of them as its translations" in site.report
    )
