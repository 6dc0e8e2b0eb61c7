"""The home pages (jekyll-paginate's rules, with addresses that end in `/`)."""

from mathblog.model.options import GeneratorOptions
from mathblog.model.output import PageSpec
from mathblog.site.generate import merge_generated
from mathblog.site.lists.pagination import generate_home
from support.blog import Blog


def blog_with(posts: int, **options: object) -> Blog:
    blog = Blog(options=GeneratorOptions(**options))
    for number in range(1, posts + 1):
        blog.post(f"2020-01-{number:02}", f"글 {number}")
    return blog


def home(blog: Blog) -> tuple[PageSpec, ...]:
    return generate_home(blog.view(), blog.options)


def test_posts_are_spread_over_pages_newest_first() -> None:
    pages = home(blog_with(5, paginate=2))
    assert [(page.url, page.output_path) for page in pages] == [
        ("/", "index.html"),
        ("/page2/", "page2/index.html"),
        ("/page3/", "page3/index.html"),
    ]
    assert [[path[7:17] for path in page.data["posts"]] for page in pages] == [
        ["2020-01-05", "2020-01-04"],
        ["2020-01-03", "2020-01-02"],
        ["2020-01-01"],
    ]
    assert pages[1].data | {"posts": ()} == {
        "page": 2, "per_page": 2, "total_posts": 5, "total_pages": 3, "previous": "/", "next": "/page3/", "posts": (),
        "previous_page": 1, "previous_page_path": "/", "next_page": 3, "next_page_path": "/page3",
    }  # fmt: skip


def test_a_full_last_page_is_not_followed_by_an_empty_one() -> None:
    assert len(home(blog_with(4, paginate=2))) == 2


def test_paginate_0_puts_all_posts_on_one_page() -> None:
    (page,) = home(blog_with(5, paginate=0))
    assert len(page.data["posts"]) == 5


def test_a_blog_without_posts_has_a_home_page() -> None:
    (page,) = home(blog_with(0))
    assert (page.data["posts"], page.data["total_pages"]) == ((), 1)


def test_hidden_posts_are_left_out() -> None:
    (page,) = home(blog_with(1).post("2021-01-01", "몰래", hidden=True))
    assert page.data["posts"] == ("_posts/2020-01-01-글-1.md",)


def test_paginate_path_as_jekyll_writes_it() -> None:
    # Type on Strap: `paginate_path: "blog/page:num"`
    assert [page.url for page in home(blog_with(3, paginate=2, paginate_path="blog/page:num"))] == ["/", "/blog/page2/"]


def test_paginate_path_to_a_file() -> None:
    pages = home(blog_with(3, paginate=2, paginate_path="/page-:num.html"))
    assert (pages[1].url, pages[1].output_path) == ("/page-2.html", "page-2.html")


def test_the_first_page_is_the_deepest_own_index_on_the_way() -> None:
    blog = blog_with(3, paginate=2, paginate_path="/blog/page:num/").page("blog/index.html", layout="home")
    pages = home(blog)
    assert [page.url for page in pages] == ["/blog/", "/blog/page2/", "/"]
    assert pages[1].data["previous"] == "/blog/"


def test_an_own_landing_page_without_paginate_gets_no_second_page() -> None:
    landing = blog_with(3, paginate=2).page("index.md", "환영", layout="page")
    assert [page.url for page in home(landing)] == ["/"]
    landing.config = {"paginate": 2}
    assert [page.url for page in home(landing)] == ["/", "/page2/"]


def test_an_own_home_page_gets_the_posts_of_the_generated_one() -> None:
    own = PageSpec("/", "index.html", "page", "home", "", source="index.html", data={"mine": 1})
    first, second = merge_generated([own], home(blog_with(3, paginate=2)))
    assert (first.source, first.data["mine"], len(first.data["posts"])) == ("index.html", 1, 2)
    assert second.url == "/page2/"
