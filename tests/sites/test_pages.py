"""The pages that mathblog makes by itself, how they hang together, and how they give way to the site's own."""

import os
import re

import pytest

from support.site import Site


@pytest.fixture
def blog(site: Site) -> Site:
    """Five posts, on three pages."""
    site.config("paginate: 2\n")
    for day, name in enumerate(("하나", "둘", "셋", "넷", "다섯"), 1):
        category = "연구" if day % 2 else "메모"
        site.post(f"2018-10-0{day}-p{day}", f"{name} 글", f"title: {name}\ntags: [수학, t{day}]\ncategory: {category}")
    return site


def titles(site: Site, path: str) -> list[str]:
    """The posts that a page lists, in order."""
    return re.findall(r'<a href="/[^"]*/p\d\.html">([^<]*)</a>', site.read(path))


def relations(site: Site, path: str) -> dict[str, str]:
    return {relation: link for link, relation in re.findall(r'href="([^"]*)" rel="(prev|next)"', site.read(path))}


def test_the_home_pages_list_the_newest_posts_first(blog: Site) -> None:
    blog.build().is_good()
    assert titles(blog, "index.html") == ["다섯", "넷"]
    assert titles(blog, "page2/index.html") == ["셋", "둘"]
    assert titles(blog, "page3/index.html") == ["하나"]
    assert relations(blog, "index.html") == {"next": "/page2/"}
    assert relations(blog, "page2/index.html") == {"prev": "/", "next": "/page3/"}
    assert relations(blog, "page3/index.html") == {"prev": "/page2/"}
    blog.lacks("page1").lacks("page4")


def test_a_post_that_goes_moves_the_others_up(blog: Site) -> None:
    blog.build().is_good().remove("_posts/2018-10-05-p5.md").build().is_good()
    assert titles(blog, "index.html") == ["넷", "셋"]
    blog.lacks("page3").lacks("tags/t5")


def test_an_own_home_page_with_the_home_layout_has_the_paginator(blog: Site) -> None:
    blog.write({"index.html": "---\nlayout: home\n---\n<p>어서 오세요</p>\n"}).build().is_good()
    blog.has("index.html", "<p>어서 오세요</p>").lacks("page2/index.html", "어서 오세요")
    assert titles(blog, "index.html") == ["다섯", "넷"]
    assert relations(blog, "index.html") == {"next": "/page2/"}


@pytest.mark.parametrize(
    "path", ["index.html", "404.html", "tags/index.html", "archive/index.html", "tags/수학/index.html"]
)
def test_generated_pages_give_way_to_the_sites_own(blog: Site, path: str) -> None:
    blog.build().is_good().has(path, "<!doctype html>")
    blog.write({path: "---\n---\n<p>나의 것</p>\n"}).build().is_good().has(path, "<p>나의 것</p>")
    blog.write({path: "<p>layout 없음</p>\n"}).build().is_good()
    assert blog.read(path) == "<p>layout 없음</p>\n"
    blog.remove(path).build().is_good().lacks(path, "나의 것", "layout 없음")


@pytest.mark.parametrize("path", ["feed.xml", "sitemap.xml", "robots.txt", ".nojekyll", "assets/css/main.css"])
def test_generated_files_give_way_to_the_sites_own(blog: Site, path: str) -> None:
    blog.config("include: ['.nojekyll']\n").write({path: "mine\n"}).build().is_good()
    assert blog.read(path) == "mine\n"


def test_a_markdown_page_takes_the_place_of_the_404_page(blog: Site) -> None:
    blog.write({"404.md": "---\ntitle: 없어요\npermalink: /404.html\n---\n길을 잃었습니다"}).build().is_good()
    blog.has("404.html", "길을 잃었습니다").lacks("sitemap.xml", "404")


def test_each_post_leads_to_the_one_before_and_the_one_after(blog: Site) -> None:
    blog.build().is_good()
    assert relations(blog, "연구/2018/10/01/p1.html") == {"next": "/%EB%A9%94%EB%AA%A8/2018/10/02/p2.html"}
    assert relations(blog, "메모/2018/10/02/p2.html") == {
        "prev": "/%EC%97%B0%EA%B5%AC/2018/10/01/p1.html",
        "next": "/%EC%97%B0%EA%B5%AC/2018/10/03/p3.html",
    }
    assert relations(blog, "연구/2018/10/05/p5.html") == {"prev": "/%EB%A9%94%EB%AA%A8/2018/10/04/p4.html"}
    blog.remove("_posts/2018-10-02-p2.md").build().is_good()
    assert relations(blog, "연구/2018/10/01/p1.html") == {"next": "/%EC%97%B0%EA%B5%AC/2018/10/03/p3.html"}


def test_tags_and_categories_have_pages(blog: Site) -> None:
    blog.build().is_good()
    assert titles(blog, "tags/수학/index.html") == ["다섯", "넷", "셋", "둘", "하나"]
    assert titles(blog, "tags/t3/index.html") == ["셋"]
    assert titles(blog, "categories/메모/index.html") == ["넷", "둘"]
    blog.has("tags/index.html", 'href="/tags/%EC%88%98%ED%95%99/"', '<span class="count">5</span>')
    blog.has("categories/index.html", 'href="/categories/%EC%97%B0%EA%B5%AC/"')
    blog.has("메모/2018/10/02/p2.html", 'href="/tags/%EC%88%98%ED%95%99/" rel="tag">수학</a>')


def test_what_front_matter_says_cannot_break_a_page(blog: Site) -> None:
    evil = "\"'><script>alert(1)</script>"
    quoted = evil.replace("'", "''")
    keys = ("title", "description", "author", "subtitle", "lang", "image", "canonical_url", "excerpt")
    blog.post("2018-10-06-p6", "글", "\n".join(f"{key}: '{quoted}'" for key in keys) + f"\ntags: ['{quoted}']").build()
    for path in [path for path in blog.files() if path.endswith(".html")]:
        if path != "index.html":  # an excerpt that is given is HTML, as in Jekyll
            assert "<script>alert" not in blog.read(path), path


def test_the_archive_lists_every_post_by_year(blog: Site) -> None:
    blog.post("2017-01-01-p0", "", "title: 옛날").build().is_good()
    assert titles(blog, "archive/index.html") == ["다섯", "넷", "셋", "둘", "하나", "옛날"]
    page = blog.read("archive/index.html")
    assert page.index('id="year-2018"') < page.index("하나") < page.index('id="year-2017"') < page.index("옛날")


def test_every_link_inside_the_site_leads_somewhere(blog: Site) -> None:
    from urllib.parse import unquote

    blog.build().is_good()
    files = set(blog.files())
    for path in [path for path in files if path.endswith(".html")]:
        for link in {link.partition("#")[0] for link in blog.links(path)} - {""}:
            target = unquote(link).lstrip("/")
            assert target in files or f"{target}index.html" in files, f"{path} links to {link}"


def test_a_layout_of_the_sites_own_takes_the_place_of_the_themes(blog: Site) -> None:
    blog.write({"_theme/layouts/post.html": "<b>{{ page.title }}</b>{{ content }}\n"}).build().is_good()
    assert blog.read("연구/2018/10/01/p1.html").strip() == "<b>하나</b><p>하나 글</p>"
    blog.remove("_theme/layouts/post.html").build().is_good().has("연구/2018/10/01/p1.html", "<!doctype html>")


def test_an_asset_of_the_sites_own_takes_the_place_of_the_themes(blog: Site) -> None:
    blog.write({"_theme/assets/css/main.css": "body { color: red }\n"}).build().is_good()
    assert blog.read("assets/css/main.css") == "body { color: red }\n"


def test_an_include_of_the_sites_own_takes_the_place_of_the_themes(blog: Site) -> None:
    blog.write({"_theme/includes/custom-head.html": '<meta name="mine">\n'}).build().is_good()
    blog.has("index.html", '<meta name="mine">').has("연구/2018/10/01/p1.html", '<meta name="mine">')


def test_a_theme_in_the_sites_own_folder(blog: Site) -> None:
    blog.write({
        "themes/bare/theme.yml": "name: bare\n",
        **{f"themes/bare/layouts/{name}.html": "{{ content }}" for name in ("default", "post", "home", "page")},
    })  # fmt: skip
    blog.config("theme: bare\n").build()
    assert blog.read("연구/2018/10/01/p1.html").strip() == "<p>하나 글</p>"


def test_a_document_among_the_posts_is_left_out_as_jekyll_does(site: Site) -> None:
    site.write({"_posts/2018-10-06-notes.docx": b"PK\0\xff"}).build().warns("""
        _posts/2018-10-06-notes.docx: warning: this file among the posts is no text: it is left out [name]
              = move it out of `_posts`, to `assets` for example
    """).lacks("2018/10/06/notes.docx")


def test_yaml_among_the_posts_is_left_out_as_jekyll_does(site: Site) -> None:
    site.write({"_posts/2018-10-06-a.yml": "title: A\n", "_posts/2018-10-07-b.yaml": "---\ntitle: B\n---\nb\n"})
    site.write({"_posts/2018-10-08-c.json": "{}\n", "_drafts/d.yml": "title: D\n"}).build(show_drafts=True).warns("""
        _drafts/d.yml: warning: this file among the posts is data: it is left out [name]
              = move it to `_data`
        _posts/2018-10-06-a.yml: warning: this file among the posts is data: it is left out [name]
              = move it to `_data`
        _posts/2018-10-07-b.yaml: warning: this file among the posts is data: it is left out [name]
              = move it to `_data`
    """).has("2018/10/08/c.json", "{}").lacks("2018/10/06/a.yml").lacks("2018/10/07/b.yaml")


def test_data_in_a_folder_without_an_underscore_is_published_too(site: Site) -> None:
    """`DataReader` reads the folder; `Reader` does not leave it out."""
    site.config("data_dir: assets/data\nincludes_dir: parts\n")
    site.write(
        {
            "assets/data/names.yml": "- 가\n- 나\n",
            "assets/data/.hidden.yml": "x",
            "parts/name.html": "{{ site.data.names[1] }}",
        }
    )
    site.post("2018-10-06-a", "{% include name.html %}").build()
    assert site.body("2018/10/06/a.html") == "<p>나</p>"
    site.has("assets/data/names.yml").has("parts/name.html").lacks("assets/data/.hidden.yml")


def test_links_to_documents_below_collections_dir(site: Site) -> None:
    """`Document#relative_path` starts there, and so does what `{% link %}` names."""
    site.config("collections_dir: stuff\ncollections: {notes: {output: true}}\n")
    site.write({"stuff/_notes/a.md": "---\n---\n글", "stuff/_posts/2018-10-06-vae.md": "글"})
    site.write(
        {
            "x.html": "---\nlayout: none\n---\n{% link _notes/a.md %} {% link _posts/2018-10-06-vae.md %} {% post_url 2018-10-06-vae %}"
        }
    )
    site.build().is_good()
    assert site.read("x.html").strip() == "/notes/a.html /2018/10/06/vae.html /2018/10/06/vae.html"


def test_a_page_that_prints_when_a_file_was_written_follows_it(site: Site) -> None:
    site.write({"a.pdf": "x", "x.txt": "---\n---\n{{ site.static_files[0].modified_time | date: '%Y' }}"})
    for year, seconds in (("2018", 1_538_800_000), ("2021", 1_633_500_000)):
        os.utime(site.source / "a.pdf", (seconds, seconds))
        site.build().has("x.txt", year)


def test_coffee_script_keeps_its_name(site: Site) -> None:
    """Jekyll converts it with a plugin only, and makes no `.js` without (`features/rendering.feature`)."""
    site.write({"a.coffee": "---\n---\nx = {{ 1 | plus: 1 }}\n"}).build().is_good().lacks("a.js")
    assert site.read("a.coffee") == "x = 2\n"


@pytest.mark.parametrize("name", ["note.txt", "NOTE.MD"])
def test_whatever_counts_as_markdown_keeps_its_formulas_from_liquid(blog: Site, name: str) -> None:
    text = "---\ntitle: Note\npermalink: /note.html\n---\nA half: $\\frac{1}{{n}}$.\n\n```\n{{ n }} {% n %}\n```\n"
    blog.config('markdown_ext: "md,txt"\n').write({name: text}).build().is_good()
    blog.has("note.html", r"\frac{1}{{n}}").has("note.html", "{{ n }} {% n %}")


def test_a_theme_yml_of_the_site_adds_to_the_themes(blog: Site) -> None:
    blog.build().is_good().has("index.html", "Skip to content")
    blog.write({"_theme/theme.yml": "labels:\n  en:\n    archive: All of it\n"}).build().is_good()
    blog.has("index.html", "Skip to content").has("index.html", "All of it")


def test_a_warning_goes_with_its_cause(blog: Site) -> None:
    blog.post("2018-10-06-twice", "Text $a$.", "title: One\ntitle: Two").build()
    assert "title" in blog.report
    blog.post("2018-10-06-twice", "Text $a$.", "title: One").build().is_good()
    blog.post("2018-10-06-twice", "Text $b$.", "title: One").build().is_good()


def test_the_excerpt_of_a_file_with_the_line_ends_of_windows_is_all_of_it_as_on_jekyll(site: Site) -> None:
    text = b"---\r\ntitle: One\r\n---\r\nThe first.\r\n\r\nThe $x$ second.\r\n"
    site.write({"_posts/2018-10-01-one.md": text, "_layouts/default.html": "{{ content }}"})
    site.write({"list.html": "---\n---\n{% for post in site.posts %}{{ post.excerpt }}{% endfor %}"}).build().is_good()
    site.has("list.html", "The first.", "second.")
    site.write({"_posts/2018-10-01-one.md": text.replace(b"\r\n", b"\n")}).build().is_good()
    site.has("list.html", "The first.").lacks("list.html", "second.")
