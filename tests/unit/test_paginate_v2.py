"""jekyll-paginate-v2: pages with `pagination`, and autopages. The values are those of version 3.0.0 for the same posts.

Where its addresses lead nowhere (`permalink: /q/:num` makes `q/2index.html`) ours is the one that its links name.
"""

import pytest

from mathblog.model.options import GeneratorOptions
from mathblog.model.output import PageSpec
from mathblog.pipeline.extensions import BUILTINS
from mathblog.site.generate import generate_pages, merge_generated
from mathblog.site.lists.autopages import generate_autopages
from mathblog.site.lists.paginated import generate_paginated
from support.blog import Blog

OPTIONS = GeneratorOptions(plugins=("jekyll-paginate-v2",))


def blog_with(posts: int = 5, **pagination: object) -> Blog:
    config = {"pagination": {"enabled": True, "per_page": 2, "sort_reverse": True, **pagination}}
    blog = Blog(options=OPTIONS, config=config)
    for number in range(1, posts + 1):
        blog.post(f"2020-0{number}-01", f"P{number}", tags=["a", "Sci Fi"], categories=["Logic"])
    return blog


def pages(blog: Blog) -> tuple[PageSpec, ...]:
    return generate_paginated(blog.view(), blog.options)


def slugs(page: PageSpec) -> list[str]:
    return [path.rpartition("/")[2][11:-3] if "_posts" in path else path for path in page.data["posts"]]


def test_a_page_becomes_as_many_as_its_list_needs() -> None:
    first, second, third = pages(blog_with().page("index.html", "", pagination={"enabled": True}))
    assert [page.url for page in (first, second, third)] == ["/", "/page2/", "/page3/"]
    assert [page.title for page in (first, second, third)] == ["수식 노트", "수식 노트 - page 2", "수식 노트 - page 3"]
    assert [slugs(page) for page in (first, second, third)] == [["p5", "p4"], ["p3", "p2"], ["p1"]]
    assert {page.source for page in (first, second, third)} == {"index.html"}
    assert second.data["previous_page_path"] == "/"
    assert second.data["next_page_path"] == "/page3/"
    assert (second.data["first_page_path"], second.data["last_page_path"]) == ("/", "/page3/")
    assert second.data["page_path"] == "/page2/index.html"
    assert (first.data["autogen"], second.data["autogen"]) == (None, "jekyll-paginate-v2")


def test_options_of_the_page_win() -> None:
    options = {
        "enabled": True,
        "permalink": "/p:num/",
        "title": ":title (:num of :max)",
        "tag": "a, sci fi",
        "offset": 1,
    }
    blog = blog_with(6).post("2020-07-01", "Untagged").page("blog/index.md", "Blog", pagination=options)
    found = pages(blog)
    assert [page.url for page in found] == ["/blog/", "/blog/p2/", "/blog/p3/"]
    assert [page.title for page in found] == ["Blog", "Blog (2 of 3)", "Blog (3 of 3)"]
    assert [slugs(page) for page in found] == [["p5", "p4"], ["p3", "p2"], ["p1"]]


def test_a_limit_of_pages() -> None:
    first, second = pages(blog_with(7).page("lim/index.md", "L", pagination={"enabled": True, "limit": 2}))
    assert slugs(first) + slugs(second) == ["p7", "p6", "p5", "p4"]
    assert second.data["next_page"] is None


@pytest.mark.parametrize(
    ("before", "after", "numbers"),
    [
        (1, 2, ["1234", "1234", "2345", "2345", "2345"]),
        (2, 0, ["123", "123", "123", "234", "345"]),
        (0, 0, ["", "", "", "", ""]),
    ],
)
def test_the_trail_keeps_its_length(before: int, after: int, numbers: list[str]) -> None:
    options = {"enabled": True, "per_page": 1, "sort_reverse": False, "trail": {"before": before, "after": after}}
    found = pages(blog_with(5).page("tr/index.md", "L", pagination=options))
    assert ["".join(str(step["num"]) for step in page.data["page_trail"]) for page in found] == numbers
    assert not before or found[0].data["page_trail"][:2] == (
        {"num": 1, "path": "/tr/index.html", "title": "L"},
        {"num": 2, "path": "/tr/page2/index.html", "title": "L - page 2"},
    )


def test_documents_of_other_collections_sorted_by_a_field_in_any_case() -> None:
    options = {"enabled": True, "collection": "all", "sort_field": "title", "sort_reverse": False, "limit": 1}
    blog = blog_with().page("all/index.html", "All", pagination=options)
    blog.config = {**blog.config, "collections": {"notes": {"output": True}}}
    for name in ("Zeta", "alpha", "Beta"):
        blog.note("notes", name, name)
    (page,) = pages(blog)
    assert slugs(page) == ["_notes/alpha.md", "_notes/Beta.md"]
    assert page.data["total_posts"] == 3


def test_a_list_stands_at_its_folder_whatever_its_file_is_called() -> None:
    options = {"enabled": True, "category": "Logic", "permalink": "/q/:num"}
    blog = blog_with().page("nos/list.html", "NoS", pagination=options)
    found = pages(blog)
    assert [page.output_path for page in found] == ["nos/index.html", "nos/q/2/index.html", "nos/q/3/index.html"]
    assert found[1].data["next_page_path"] == "/nos/q/3"
    own = PageSpec("/nos/list.html", "nos/list.html", "page", "default", "NoS", source="nos/list.html")
    settled = merge_generated([own], found)
    assert [page.output_path for page in settled] == [page.output_path for page in found]
    assert {(page.layout, page.source) for page in settled} == {("default", "nos/list.html")}


def test_a_page_of_the_sites_own_at_the_first_address_is_the_first_page() -> None:
    blog = blog_with().page("index.html", "Home", pagination={"enabled": True})
    own = PageSpec("/", "index.html", "page", "default", "Home", source="index.html")
    first, *later = merge_generated([own], generate_pages(blog.view(), blog.options, BUILTINS))
    assert (first.url, first.layout, slugs(first)) == ("/", "default", ["p5", "p4"])
    assert [page.url for page in later if page.source] == ["/page2/", "/page3/"]


@pytest.mark.parametrize("site", [{}, {"pagination": {}}, {"pagination": {"enabled": False}}])
def test_nothing_is_paginated_where_it_is_not_turned_on(site: dict[str, object]) -> None:
    blog = blog_with().page("index.html", "", pagination={"enabled": True})
    blog.config = site
    assert pages(blog) == ()


def test_hidden_posts_and_lists_themselves_are_no_entries() -> None:
    blog = blog_with(1).post("2021-01-01", "Hidden", hidden=True).post("2021-01-02", "List", pagination={})
    (page,) = pages(blog.page("index.html", "", pagination={"enabled": True}))
    assert slugs(page) == ["p1"]


def test_autopages() -> None:
    blog = blog_with().note("notes", "n", "N")
    tags = {"layouts": ["tagpage.html"], "title": "T :tag", "permalink": "/t/:tag", "slugify": {"mode": "default"}}
    blog.config = {
        **blog.config,
        "collections": {"notes": {"output": True}},
        "autopages": {"enabled": True, "tags": tags, "categories": {"layouts": ["tagpage.html"]}},
    }
    blog.layouts = ("tagpage",)
    found = generate_autopages(blog.view(), blog.options)
    assert [page.url for page in found if page.data["page"] == 1] == [
        "/t/a/",
        "/t/sci-fi/",
        "/category/logic/",
        "/collection/posts/",
        "/collection/notes/",
    ]
    science = next(page for page in found if page.url == "/t/sci-fi/page2/")
    assert (science.title, science.layout, slugs(science)) == ("T sci-fi - page 2", "tagpage", ["p3", "p2"])
    assert science.data["autopages"] == {"display_name": "Sci Fi"}
    assert science.data["pagination"]["tag"] == "sci fi"
    assert next(page for page in found if page.url == "/category/logic/").title == "Posts in category logic"
    assert next(page for page in found if page.url == "/collection/notes/").layout == "autopage_collection"


def test_values_of_a_wrong_type_do_no_harm() -> None:
    options = {"enabled": True, "per_page": "many", "limit": [1], "tag": {"a": 1}, "sort_field": 5, "trail": "x"}
    found = pages(blog_with(2).page("index.html", "", pagination=options))
    assert len(found) == 2
