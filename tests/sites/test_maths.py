r"""Maths in real posts: whole, rendered, and styled only where it is."""

import re

import pytest

from support.site import Site


def formulas(page: str) -> list[str]:
    return re.findall(r'<annotation encoding="application/x-tex">(.*?)</annotation>', page, re.DOTALL)


@pytest.mark.parametrize(
    "tex",
    [r"\frac{1}{{n}}", r"x^{{2}}", r"\{\%a\%\}", r"{{{ a }}}_{{b}}", r"a_{%x" + "\n" + "}"],
)
def test_braces_in_a_formula_are_tex(site: Site, tex: str) -> None:
    site.post("2018-10-06-vae", f"글 $${tex}$$ 끝").build().is_good()
    assert [item.replace("&gt;", ">") for item in formulas(site.read("2018/10/06/vae.html"))] == [tex]


def test_liquid_in_a_formula_counts_where_its_name_exists(site: Site) -> None:
    site.post("2018-10-06-vae", "{% for i in (1..3) %}$$x_{{ i }}$$ {% endfor %}").build().is_good()
    assert formulas(site.read("2018/10/06/vae.html")) == ["x_1", "x_2", "x_3"]


def test_code_that_looks_like_maths_or_raw_liquid_is_verbatim(site: Site) -> None:
    site.post("2018-10-06-vae", "`$$x$$` 그리고\n\n```text\n$$y$$ {% raw %}{{ z }} {% if %}{% endraw %}\n```\n")
    site.build().is_good()
    page = site.body("2018/10/06/vae.html")
    assert "<code>$$x$$</code>" in page.replace(' class="language-plaintext highlighter-rouge"', "")
    assert "$$y$$ {{ z }} {% if %}" in re.sub("<[^>]+>", "", page)
    assert formulas(page) == []


def test_katex_is_linked_by_pages_with_maths_alone(site: Site) -> None:
    site.post("2018-10-06-vae", "$$x$$").post("2018-10-07-words", "글").write(
        {"about.md": "---\n---\n글"}
    ).build().is_good()
    site.has("2018/10/06/vae.html", '<link rel="stylesheet" href="/assets/katex/katex.min.css')
    site.lacks("2018/10/07/words.html", "katex").lacks("about.html", "katex").lacks("archive/index.html", "katex")
    fonts = re.findall(r"url\(([^)]+\.woff2)\)", site.read("assets/katex/katex.min.css"))
    assert fonts
    assert ".nobreak{white-space:nowrap}" in site.read("assets/katex/katex.min.css"), "in whatever theme"
    for font in fonts:
        assert f"assets/katex/{font}" in site.files()


def test_a_blog_without_maths_has_no_katex(site: Site) -> None:
    site.post("2018-10-07-words", "글").build().is_good()
    assert [path for path in site.files() if "katex" in path] == []


def test_pages_need_nothing_from_other_hosts(site: Site) -> None:
    site.config("description: 수학 이야기\n").post("2018-10-06-vae", "$$x$$\n\n```python\nx = 1\n```\n", "tags: [수학]")
    site.build().is_good()
    for path in site.files():
        if path.endswith(".html"):
            page = site.read(path)
            assert re.findall(r'(?:src|<link[^>]*?rel="stylesheet"[^>]*?href)="(?:https?:)?//[^"]*"', page) == []
        if path.endswith(".css"):
            assert re.findall(r"@import|url\([\"']?(?:https?:)?//", site.read(path)) == []


def test_an_excerpt_is_never_cut_in_a_formula(site: Site) -> None:
    site.post("2018-10-06-vae", "첫 문단\n$$\na\n\n+ b\n$$\n\n둘째 문단 $$c$$\n").build().is_good()
    site.lacks("index.html", "$$", "둘째 문단")
    assert len(formulas(site.read("index.html"))) <= 1


def test_an_excerpt_separator_in_a_formula_separates_nothing(site: Site) -> None:
    site.config("excerpt_separator: '+'\n").post("2018-10-06-vae", "합은 $$a + b$$ 이다.\n\n다음").build().is_good()
    site.has("index.html", '<annotation encoding="application/x-tex">a + b</annotation>')


def test_an_edit_of_one_post_changes_its_formula(site: Site) -> None:
    site.post("2018-10-06-vae", "$$x$$").build().is_good()
    assert formulas(site.read("2018/10/06/vae.html")) == ["x"]
    site.post("2018-10-06-vae", "$$y$$").build().is_good()
    assert formulas(site.read("2018/10/06/vae.html")) == ["y"]


def test_markdownify_in_raw_html_keeps_what_is_inline(site: Site) -> None:
    text = "{% assign note = page.note | markdownify %}<div>{{ note }}</div>\n\n<p>raw $$y$$ raw</p>\n"
    site.post("2018-10-06-vae", text, r"note: 'a $$x < 1$$ and $P(A|B)$ b'").build().is_good()
    page = site.read("2018/10/06/vae.html")
    assert formulas(page) == ["x &lt; 1", "P(A|B)", "y"]
    assert page.count('class="katex-display"') == 1


def test_a_display_that_only_defines_leaves_nothing(site: Site) -> None:
    site.post(
        "2018-10-06-vae",
        "One.\n\n$$ \\newcommand{\\RR}{\\mathbb{R}} $$\n\n\\newcommand{\\E}{E}\n\n$$\\setcounter{equation}{4}$$\n\nTwo $\\RR\\E$.\n",
    ).build().is_good()
    site.lacks("2018/10/06/vae.html", "math-display", "setcounter").has("2018/10/06/vae.html", 'mathbb">R')
