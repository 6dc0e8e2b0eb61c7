"""Formulas in titles and descriptions, pages without a title, and the direction of a language, in mathblog's own theme."""

import json
import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest

from support.site import Site


def test_a_formula_in_a_title_is_rendered_in_the_text_and_words_elsewhere(site: Site) -> None:
    site.post(
        "2020-01-01-a", "Text.", "title: On $\\mathbb{R}^n$ for $5\ndescription: About $\\alpha$"
    ).build().is_good()
    page = site.read("2020/01/01/a.html")
    assert "<title>On ℝⁿ for $5 | " in page
    assert '<meta property="og:title" content="On ℝⁿ for $5">' in page
    assert '<meta name="description" content="About α">' in page
    assert re.search(r'<h1>On <span class="katex">.*</span> for \$5</h1>', page)
    assert "assets/katex/katex.min.css" in page
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert json.loads(script)["headline"] == "On ℝⁿ for $5"
    assert "katex-html" in site.read("index.html")
    assert "katex-html" in site.read("archive/index.html")
    feed = ET.fromstring(site.read("feed.xml"))
    assert feed.findtext(".//{*}entry/{*}title") == "On ℝⁿ for $5"
    assert "katex.min.css" in "".join(site.files())


def test_a_refused_formula_in_a_title_is_a_warning_once(site: Site) -> None:
    site.post("2020-01-01-a", "Text.", "title: On $\\zork$").build()
    assert site.report.count("undefined control sequence") == 1


@pytest.mark.parametrize("name", ["a.md", "b.html"])
def test_a_page_without_a_title_has_the_sites(site: Site, name: str) -> None:
    site.config("").write({name: "---\n---\nText.\n"}).build().is_good()
    page = site.read(f"{name[0]}.html")
    title = re.findall("<title>(.*?)</title>", page)
    assert title == re.findall('og:site_name" content="(.*?)"', page)
    assert f'<meta property="og:title" content="{title[0]}">' in page


@pytest.mark.parametrize(
    ("lang", "direction"),
    [
        ("he", "rtl"),
        ("ar-EG", "rtl"),
        ("fa", "rtl"),
        ("ur", "rtl"),
        ("az-Arab", "rtl"),
        ("ar-Latn", ""),
        ("en", ""),
        ("ko", ""),
    ],
)
def test_the_direction_of_a_page_is_that_of_its_language(site: Site, lang: str, direction: str) -> None:
    site.post("2020-01-01-a", "x $y$", f"title: T\nlang: {lang}").build().is_good()
    expected = f'<html lang="{lang}" dir="{direction}"' if direction else f'<html lang="{lang}">'
    assert expected in site.read("2020/01/01/a.html")
    assert re.search(r"\.katex[^{}]*\{direction:ltr", site.read("assets/katex/katex.min.css"))


BEGINNING = """\
By \\eqref{other:q} the *set* $\\R^2$ of <b>$a < b$</b> has
\\begin{align} a &= \\tfrac{b}{2} \\label{p} \\\\ c &\\overset{\\eqref{p}}{=} d \\text{ by \\ref{other:q}} \\nonumber \\end{align}
and $\\nope$.

Not this.
"""


def descriptions(page: str) -> set[str]:
    """What the head of a page says the page is about: to search engines, in cards, in JSON-LD."""
    found = re.findall(r'<meta (?:name|property)="(?:og:)?description" content="([^"]*)"', page)
    found += [json.loads(it)["description"] for it in re.findall(r'"application/ld\+json">(.*?)</script>', page)]
    assert len(found) == 3
    return {unescape(it) for it in found}


def test_the_beginning_of_a_post_is_words_in_its_description(site: Site) -> None:
    site.post("2019-01-01-other", "$$ x \\label{q} $$").post("2020-01-01-a", BEGINNING, "macros: {R: '\\mathbb{R}'}")
    site.build()
    words = "By (1) the set ℝ² of a < b has a = b/2 (1) c =⁽¹⁾ d by 1 and \\nope."
    assert descriptions(site.read("2020/01/01/a.html")) == {words}
    feed = ET.fromstring(site.read("feed.xml"))
    assert words in [it.text for it in feed.iter("{http://www.w3.org/2005/Atom}summary")]
    site.post("2019-01-01-other", "$$ x \\label{q} $$\n\n$$ y \\label{r} $$")
    site.post("2020-01-01-a", BEGINNING.replace("other:q", "other:r"), "macros: {R: '\\mathbb{R}'}").build()
    assert descriptions(site.read("2020/01/01/a.html")) == {words.replace("(1) the", "(2) the").replace("by 1", "by 2")}


def test_descriptions_of_a_site_that_is_cleaned(site: Site) -> None:
    site.post("2020-01-01-a", "Let $\\alpha \\le \\beta$:\n$$ \\gamma \\label{g} $$\n").build(safe=True)
    assert descriptions(site.read("2020/01/01/a.html")) == {"Let α ≤ β: γ"}


def test_a_description_that_a_layout_of_jekylls_shows_has_tex(site: Site) -> None:
    """jekyll-seo-tag strips the tags of the excerpt, in which formulas are TeX."""
    site.write({"_layouts/post.html": "{% seo %}{{ content }}"})
    site.post("2020-01-01-a", "Let $$\\alpha < 1$$ be.\n\n`code`", "layout: post").build().is_good()
    site.has("2020/01/01/a.html", '<meta name="description" content="Let \\alpha &lt; 1 be." />')


def test_a_formula_in_the_description_of_an_image_is_words(site: Site) -> None:
    site.write({"a.png": "x"}).post(
        "2020-01-01-a",
        "\\newcommand{\\R}{\\mathbb{R}}\n\n![the set $\\R^2$, $a < \\alpha \\label{x}$ and $\\nope^2$](/a.png) $b$\n\n[![$\\beta$](/a.png)](/)\n",
    )
    site.build().is_good()
    site.has("2020/01/01/a.html", 'alt="the set ℝ², a &lt; α and \\nope^2"', 'alt="β"')
