"""Blogs without layouts: which are mathblog's own, and which were written for Jekyll and show what they showed there (ADR 45)."""

import pytest

from support.site import Site

POST = "$$ a \\label{x} $$\n\n$$ b \\label{x} \\tag{1} \\tag{2} $$\n\n> **Theorem.** Text.\n{: .theorem #thm-a}\n\n> [!NOTE]\n> Mind.\n"
PAGE = "2018/10/06/a.html"
STYLE = ".theorem::before { content: 'Theorem ' counter(theorem); counter-increment: theorem }"
SIGNS = [
    pytest.param("plugins: [jekyll-feed]", {}, id="plugins"),
    pytest.param("markdown: kramdown", {}, id="kramdown"),
    pytest.param("kramdown: {input: GFM}\nmath: true", {}, id="a switch of a theme's"),
    pytest.param("", {"Gemfile": "gem 'jekyll'\n"}, id="Gemfile"),
    pytest.param("", {"_plugins/a.rb": "module A\nend\n"}, id="Ruby"),
    pytest.param("", {"assets/site.css": STYLE}, id="style sheet"),
    pytest.param("", {"assets/site.scss": f"---\n---\nmain {{ {STYLE} }}\n"}, id="Sass"),
]


def is_own(site: Site) -> bool:
    """Whether the last build stopped at the label, and had a theorem; else it did neither."""
    found = {
        "error: the label `x` is there already, at line 3" in site.report,
        "error: a second `\\tag` in one row" in site.report,
        site.code == 1,
    }
    site.build(keep_going=True)
    found |= {'<div class="theorem"' in site.read(PAGE), '<div class="callout note"' in site.read(PAGE)}
    assert len(found) == 1, (found, site.report)
    return found.pop()


@pytest.mark.parametrize(
    "line", ["", "theme: default", "strict: true", "math: {number: ams}", "baseurl: /blog", "math: true"]
)
def test_a_blog_without_layouts_is_mathblogs_own(site: Site, line: str) -> None:
    site.config(line).write({"assets/site.css": ".theorem-list, .post { color: red }"})
    assert is_own(site.post("2018-10-06-a", POST).build())


@pytest.mark.parametrize(("lines", "files"), SIGNS)
def test_one_that_was_written_for_jekyll_shows_what_it_showed(site: Site, lines: str, files: dict[str, str]) -> None:
    site.config(lines).write(files).post("2018-10-06-a", POST).build()
    assert not is_own(site)
    left = site.read(PAGE)
    site.config(f"{lines}\ntheorems: false").build(keep_going=True)
    assert site.body(PAGE) in left


@pytest.mark.parametrize(("lines", "files"), SIGNS)
def test_it_is_mathblogs_own_where_it_says_so(site: Site, lines: str, files: dict[str, str]) -> None:
    site.config(f"{lines}\ntheme: default").write(files)
    assert is_own(site.post("2018-10-06-a", POST).build())


def test_a_page_with_styles_for_theorems_keeps_its_quotes(site: Site) -> None:
    quote = "> **Theorem.** Text.\n{: .theorem #thm-a}\n"
    site.post("2018-10-06-a", f"<style>{STYLE}</style>\n\n{quote}").post("2018-10-07-b", quote).build().is_good()
    site.has(PAGE, '<blockquote class="theorem" id="thm-a">').has("2018/10/07/b.html", '<div class="theorem"')
    site.config("theorems: true").build().is_good().has(PAGE, '<div class="theorem"')


def test_what_a_blog_is_follows_its_files(site: Site) -> None:
    """A warm build knows of a style sheet that came or went, though no post changed."""
    site.post("2018-10-06-a", "> **Theorem.** Text.\n{: .theorem}\n").write({"a.css": "p {}"}).build().is_good()
    site.has(PAGE, "data-style=").write({"a.css": STYLE}).build().is_good().lacks(
        PAGE, "data-style="
    ).equals_a_clean_build()
    site.remove("a.css").build().is_good().has(PAGE, "data-style=").equals_a_clean_build()
