"""Archive, tag and category pages, their addresses, and the navigation."""

import pytest

from mathblog.model.facts import kinds
from mathblog.model.navigation import NavigationItem
from mathblog.model.options import GeneratorOptions, SiteOptions
from mathblog.pipeline.extensions import BUILTINS
from mathblog.site.checks import check_options
from mathblog.site.generate import generate_pages
from mathblog.site.lists.archives import generate_archive
from mathblog.site.lists.tags import generate_tags
from mathblog.site.names import assign_slugs
from mathblog.site.navigation import list_navigation
from support.blog import Blog


@pytest.mark.parametrize(
    ("names", "slugs"),
    [
        (["딥러닝", "Machine Learning"], ["딥러닝", "machine-learning"]),
        (["C++", "C"], ["c-plus-plus", "c"]),
        (["C#", "C++", "c"], ["c-sharp", "c-plus-plus", "c"]),
        (["VAE", "vae"], ["vae", "vae-2"]),
        (["a-2", "A", "a"], ["a-2", "a", "a-3"]),
        (["R&D"], ["r-d"]),
        (["!!"], ["21-21"]),
        (["..", "/"], ["2e-2e", "2f"]),
    ],
)
def test_every_name_has_a_slug_of_its_own(names: list[str], slugs: list[str]) -> None:
    assert [assign_slugs(names)[name] for name in names] == slugs
    assert assign_slugs(reversed(names)) == assign_slugs(names)


def test_the_same_word_in_two_unicode_forms_is_two_addresses() -> None:
    composed, decomposed = "가", "\u1100\u1161"
    assert sorted(assign_slugs([composed, decomposed]).values()) == ["가", "가-2"]


def test_a_page_for_each_tag_and_one_for_all() -> None:
    blog = Blog().post("2020-01-01", "하나", tags=["확률", "C++"]).post("2020-01-02", "둘", tags=["확률"])
    pages = generate_tags(blog.view(), blog.options)
    assert [(page.url, page.output_path, page.title) for page in pages] == [
        ("/tags/%ED%99%95%EB%A5%A0/", "tags/확률/index.html", "확률"),
        ("/tags/c/", "tags/c/index.html", "C++"),
        ("/tags/", "tags/index.html", ""),
    ]
    assert pages[0].data["posts"] == ("_posts/2020-01-02-둘.md", "_posts/2020-01-01-하나.md")


def test_tag_path_may_name_a_file_at_the_root() -> None:
    blog = Blog(options=GeneratorOptions(tag_path="tag-:name.html")).post("2020-01-01", "x", tags=["R"])
    assert [(page.url, page.output_path) for page in generate_tags(blog.view(), blog.options)] == [
        ("/tag-r.html", "tag-r.html"),
    ]


def test_no_tags_no_pages_and_no_address() -> None:
    blog = Blog().post("2020-01-01", "x")
    assert generate_tags(blog.view(), blog.options) == ()
    assert blog.view().get(kinds.ADDRESS, "tags", "") is None


def test_addresses_are_facts() -> None:
    view = Blog().post("2020-01-01", "x", tags=["확률"]).view()
    assert view.get(kinds.ADDRESS, "tag", "확률") == "/tags/%ED%99%95%EB%A5%A0/"
    assert (view.get(kinds.ADDRESS, "archive", ""), view.get(kinds.ADDRESS, "feed", "")) == ("/archive/", "/feed.xml")


def test_the_archive_has_every_post_newest_first() -> None:
    blog = Blog().post("2019-12-31", "old").post("2020-01-01", "new")
    (page,) = generate_archive(blog.view(), blog.options)
    assert page.data["posts"] == ("_posts/2020-01-01-new.md", "_posts/2019-12-31-old.md")


def test_an_empty_path_turns_a_page_off() -> None:
    options = GeneratorOptions(archive_path="", tag_path="", category_path="", feed_path="")
    blog = Blog(options=options).post("2020-01-01", "x", tags=["a"])
    assert [page.url for page in generate_pages(blog.view(), options, BUILTINS)] == ["/", "/404.html"]


def test_navigation_holds_the_pages_with_titles_then_archive_and_tags() -> None:
    blog = (
        Blog()
        .post("2020-01-01", "x", tags=["a"])
        .page("index.html", "Home")
        .page("404.html", "없음")
        .page("untitled.md")
        .page("hidden.md", "Hidden", hide=True)
        .page("b.md", "소개")
        .page("z.md", "Talks", position=1)
        .page("c.md", "소개")
    )
    assert list_navigation(blog.view(), blog.options) == (
        NavigationItem("Talks", "/z.html"),
        NavigationItem("소개", "/b.html"),
        NavigationItem("", "/archive/", "archive"),
        NavigationItem("", "/tags/", "tags"),
    )


def test_an_own_tags_page_takes_the_place_of_the_generated_link() -> None:
    blog = Blog().post("2020-01-01", "x", tags=["a"]).page("tags/index.md", "주제")
    assert [item.title or item.kind for item in list_navigation(blog.view(), blog.options)] == ["주제", "archive"]


def test_header_pages_choose_and_order_the_links() -> None:
    blog = Blog(config={"header_pages": ["b.md", "missing.md", "a.md"]}).page("a.md", "A").page("b.md", "B")
    assert [item.title for item in list_navigation(blog.view(), blog.options)] == ["B", "A"]


def test_header_pages_may_name_one_page_and_those_that_are_generated() -> None:
    """The guide's own recipe names `archive.md`, which a new blog does not have as a file."""
    one = Blog(config={"header_pages": "a.md"}).page("a.md", "A").page("b.md", "B")
    assert [item.title for item in list_navigation(one.view(), one.options)] == ["A"]
    blog = Blog(config={"header_pages": ["tags.md", "a.md", "archive.md"]}).page("a.md", "A")
    blog.post("2020-01-01", "x", tags=["a"])
    assert [item.url for item in list_navigation(blog.view(), blog.options)] == ["/tags/", "/a.html", "/archive/"]
    own = Blog(config={"header_pages": ["archive.md"]}).page("archive.md", "All")
    assert [item.title for item in list_navigation(own.view(), own.options)] == ["All"]


def test_what_the_configuration_should_say_better() -> None:
    blog = Blog(site=SiteOptions(), options=GeneratorOptions(paginate_path="/page/", tag_path="/tag/"))
    problems = check_options(blog.view(), blog.options)
    assert [(problem.path, problem.message, problem.hint) for problem in problems] == [
        (
            "_config.yml",
            "no `url`: the addresses in the feed and the sitemap have no host name",
            "set `url: https://example.org`, without a path",
        ),
        (
            "_config.yml",
            "`paginate_path: /page/` has no `:num`: `/page:num` is used",
            "write `:num` where the number of the page belongs",
        ),
        (
            "_config.yml",
            "`tag_path: /tag/` has no `:name`: all its pages have the same address",
            "write `tag_path: /tag/:name/`",
        ),
    ]
    assert check_options(Blog().view(), GeneratorOptions()) == ()


def test_names_in_header_pages_that_are_none_are_told_where_the_menu_is_ours() -> None:
    blog = Blog(config={"header_pages": ["abuot.md", "archive.md", "a.md"]}).page("about.md", "About").page("a.md")
    assert [(it.message, it.hint) for it in check_options(blog.view(), blog.options)] == [
        (
            "`header_pages` names `abuot.md`, which is no page with a title: it is left out of the menu",
            "did you mean `about.md`?",
        ),
        (
            "`header_pages` names `a.md`, which is no page with a title: it is left out of the menu",
            "give it a `title:`",
        ),
    ]
    theirs = Blog(config={"header_pages": ["abuot.md"], "layouts_dir": "own"})
    assert check_options(theirs.view(), theirs.options) == ()


def test_a_name_that_is_too_long_for_a_folder_is_cut() -> None:
    slugs = assign_slugs(["가" * 100, "가" * 101])
    assert sorted(slugs.values()) == ["가" * 80, "가" * 80 + "-2"]
    assert all(len(slug.encode()) <= 255 for slug in slugs.values())
