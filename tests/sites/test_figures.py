"""Figures and tables with numbers, and references to them."""

import re
from pathlib import Path

import pytest

from mathblog.pipeline.numbering.words import name_of, words_of
from support.site import REPOSITORY, Site

FIGURES = """
See [](#fig-one), [@fig-one; @fig:two], \\ref{fig-two}, \\cref{fig-one,tbl-a}, @tbl-a, [Figure %s of two](#fig-two), [@cat].

![one](a.svg "The graph of $x^2$ and \\eqref{e}")
{: #fig-one}

![a two](a.svg){: #fig:two .figure}

![a cat](a.svg){: #cat .figure}

| a |

: Values of $f$ {#tbl-a}

$$ e \\label{e} $$
"""


def test_figures_have_numbers_and_references_find_them(site: Site) -> None:
    site.write({"_posts/a.svg": "<svg viewBox='0 0 3 2'/>"}).post("2024-01-01-x", FIGURES, "title: X")
    site.post("2024-01-02-y", "As in \\ref{x:fig-one} and [@x:tbl-a].\n\n![](a.svg){: #fig-one}")
    site.post("2024-01-03-ko", FIGURES, "lang: ko").build().is_good()
    html = site.read("2024/01/01/x.html")
    captions = re.findall("<figcaption>(.*?)</figcaption>", html, re.DOTALL)
    labels = [re.sub("<[^>]*>", "", it).replace("\N{NO-BREAK SPACE}", " ")[:9] for it in captions]
    assert labels == ["Figure 1.", "Figure 2.", "Figure 3.", "Table 1. "]
    assert 'href="#eq-e">(1)</a>' in captions[0]
    assert "katex" in captions[0]
    first = html[html.index("<p>See ") : html.index("<figure")].replace("\N{NO-BREAK SPACE}", " ")
    links = re.findall(r'href="([^"]*)">([^<]*)<', first)
    assert links == [
        ("#fig-one", "Figure 1"), ("#fig-one", "1"), ("#fig:two", "2"), ("#fig:two", "2"), ("#fig-one", "figure 1"),
        ("#tbl-a", "table 1"), ("#tbl-a", "Table 1"), ("#fig:two", "Figure 2 of two"), ("#cat", "Figure 3"),
    ]  # fmt: skip
    other = site.read("2024/01/02/y.html").replace("\N{NO-BREAK SPACE}", " ")
    assert '<a class="eqref" href="/2024/01/01/x.html#fig-one">1</a>' in other
    assert "Table 1 of “X”" in other
    assert '<figcaption><span class="caption-label">Figure 1</span></figcaption>' in other
    site.has("2024/01/03/ko.html", "그림\N{NO-BREAK SPACE}1.", "표\N{NO-BREAK SPACE}1.")
    before = FIGURES.replace("See ", "![](a.svg){: #fig-zero}\n\nSee ")
    site.post("2024-01-01-x", before, "title: X").build().has(
        "2024/01/02/y.html", '#fig-one">2</a>'
    ).equals_a_clean_build()


RAW = """
See [](#fig-raw), [](#fig-md), [](#tbl-b), [](#fig-c).

<figure id="fig-raw">
<img src="a.svg" alt="">
<figcaption class="c">One &amp; $x$</figcaption>
</figure>

![](a.svg){: #fig-md}

<div><figure id='tbl-b' markdown="1">

| a |

<figcaption markdown="span">Of *b*</figcaption>
</figure>
<figure id="fig-c"><figcaption>c</figcaption></figure></div>

<figure class="unnumbered" id="fig-d"><figcaption>d</figcaption></figure>
<figure id="other"><figcaption>e</figcaption></figure>
<figure id="fig-f"></figure><!-- <figcaption> -->
<figure id="fig-c"><figcaption>g</figcaption></figure>
"""


def test_a_label_that_two_figures_have_is_no_error(site: Site) -> None:
    site.write({"p.svg": "<svg viewBox='0 0 3 2'/>"}).post(
        "2024-01-01-x", "![a](/p.svg){: #fig-a}\n\n![b](/p.svg){: #fig-a}\n\n\\ref{fig-a}\n"
    ).build()
    assert [(it.line, it.code) for it in site.done.diagnostics] == [(5, "label-duplicate")]
    assert site.code == 0


def test_figures_in_html_are_counted_with_the_others(site: Site) -> None:
    site.write({"_posts/a.svg": "<svg viewBox='0 0 3 2' width='3' height='2'/>"}).post(
        "2024-01-01-x", RAW
    ).build().is_good()
    html = site.read("2024/01/01/x.html").replace("\N{NO-BREAK SPACE}", " ").replace("<!-- <figcaption> -->", "")
    captions = [
        re.sub("<math.*</math>|<[^>]*>", "", it, flags=re.DOTALL)
        for it in re.findall("<figcaption.*?>(.*?)</figcaption>", html, re.DOTALL)
    ]
    assert [it.split(" ")[:3] for it in captions[:1]] == [["Figure", "1.", "One"]]
    assert captions[1:] == ["Figure 2", "Table 1. Of b", "Figure 3. c", "d", "e", "Figure 4. g"]
    assert re.findall(r'class="eqref" href="#(\S+)">([^<]*)', html) == [
        ("fig-raw", "Figure 1"), ("fig-md", "Figure 2"), ("tbl-b", "Table 1"), ("fig-c", "Figure 3"),
    ]  # fmt: skip
    assert '<img src="a.svg" alt="" width="3" height="2"' in html
    site.config("images: {figures: false}").build().lacks("2024/01/01/x.html", "caption-label")


def test_a_blog_that_was_written_for_jekyll_has_figures_if_it_asks(site: Site) -> None:
    site.config("markdown: kramdown\n").post("2024-01-01-x", '![a](/a.svg "t"){: #fig-a}\n\n[](#fig-a)')
    site.write({"a.svg": "<svg/>"}).build().has("2024/01/01/x.html", '<img src="/a.svg" alt="a" title="t" id="fig-a"')
    site.config("markdown: kramdown\nimages: {figures: true}\n").build().is_good()
    site.has("2024/01/01/x.html", '<figure id="fig-a">', '<a class="eqref" href="#fig-a">Figure')


@pytest.mark.parametrize(
    "path", sorted((REPOSITORY / "themes/default/labels").glob("*.yml")), ids=lambda path: path.stem
)
def test_figures_and_tables_have_names_in_all_languages_of_the_themes(path: Path) -> None:
    words = words_of(path.stem)
    names = {name_of(kind, words) for kind in ("figure", "table")}
    assert len(names) == 2
    assert path.stem in ("en", "fr", "vi") or not names & {"Figure", "Table"}
