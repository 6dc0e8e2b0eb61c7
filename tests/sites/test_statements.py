"""Theorems and callouts on whole sites: which sites have them, what is wrong with one, and what feeds and lists show."""

import re

import pytest

from support.site import Site

SPELLINGS = {
    "list behind": "> **Theorem** (Euler). It is $e^{i\\pi}=-1$.\n{: .theorem #thm-euler}\n",
    "list before": '{: #thm-euler .theorem title="Euler"}\n> It is $e^{i\\pi}=-1$.\n',
    "callout": "> [!theorem] Euler {#thm-euler}\n> It is $e^{i\\pi}=-1$.\n",
    "division": ':::: {#thm-euler .theorem title="Euler"}\nIt is $e^{i\\pi}=-1$.\n::::\n',
    "directive": ":::{prf:theorem} Euler\n:label: thm-euler\n\nIt is $e^{i\\pi}=-1$.\n:::\n",
    "environment": "\\begin{theorem}[Euler]\\label{thm:euler}\n\nIt is $e^{i\\pi}=-1$.\n\\end{theorem}\n",
    "short name": "> **Thm.** (Euler). It is $e^{i\\pi}=-1$.\n{: .thm #thm-euler}\n",
}
CLASSES = '<div class="theorem" id="a" markdown="1">\nOne.\n</div>\n\nTwo.\n{: .lemma}\n'
LAYOUT = {"_layouts/default.html": "<style>.theorem::before { content: 'Theorem' }</style>\n{{ content }}\n"}


def section(site: Site, path: str = "2018/10/06/a.html") -> str:
    found = re.search(r"<section.*?</section>", site.read(path), re.DOTALL)
    assert found
    return found[0]


def test_all_spellings_give_one_html(site: Site) -> None:
    seen = {}
    for name, text in SPELLINGS.items():
        site.post("2018-10-06-a", f"Text.\n\n{text}").build().is_good()
        seen[name] = section(site).replace('<section class="theorem"', "")
    assert set(seen.values()) == {seen["callout"]}, seen
    assert 'id="thm-euler"' in seen["callout"]


@pytest.mark.parametrize("text", [*SPELLINGS.values(), CLASSES, "> [!NOTE]\n> Text\n"])
def test_a_blog_with_layouts_of_its_own_keeps_its_bytes(site: Site, text: str) -> None:
    """Nothing of a statement is read, as the same build without any says: `theorems: false`."""
    site.write(LAYOUT).post("2018-10-06-a", text, "layout: default").build()
    left = site.read("2018/10/06/a.html")
    assert "<section" not in left
    assert 'class="callout' not in left
    site.config("theorems: false").build()
    assert site.read("2018/10/06/a.html") == left


@pytest.mark.parametrize("line", ["theorems: true", "theorems:", "theorems: {counter: own}"])
def test_a_blog_with_layouts_of_its_own_says_that_it_wants_them(site: Site, line: str) -> None:
    site.write(LAYOUT).config(line).post("2018-10-06-a", CLASSES + "\n> [!tip]\n> Text", "layout: default").build()
    page = site.read("2018/10/06/a.html")
    assert page.count("<section") == 2
    assert '<div class="callout tip"' in page


def test_elements_and_paragraphs_stay_unless_the_site_wants_them(site: Site) -> None:
    site.post("2018-10-06-a", CLASSES).build().is_good()
    page = site.read("2018/10/06/a.html")
    assert '<div class="theorem" id="a">\n  <p>One.</p>\n</div>\n\n<p class="lemma">Two.</p>' in page


def test_what_is_wrong_is_said_once(site: Site) -> None:
    site.post(
        "2018-10-06-a",
        """
        Text {{ "liquid" }}

        ::: theorem
        never closed

        \\begin{lemma} nor is this

        > [!theorem]
        > a
        >
        > > [!lemma]
        > > b

        > [!restate] thm-none

        > [!thoerem] c
        """,
    ).build()
    places = re.findall(r"a\.md:(\d+:\d+): warning: (.*?) \[statement\]", site.report)
    assert places == [
        ("5:1", "`:::` opens a theorem that is never closed"),
        ("8:1", "`\\begin{lemma}` is never closed"),
        ("13:1", "this lemma stands in a theorem"),
        ("16:1", "no statement `thm-none` to repeat"),
        ("18:5", "`thoerem` is no kind of statements: this stays a quote"),
    ]
    assert site.report.count("warning:") == 5
    assert "never closed" in site.read("2018/10/06/a.html")


def test_an_environment_says_how_a_blog_gets_theorems(site: Site) -> None:
    site.write(LAYOUT).post("2018-10-06-a", "\\begin{theorem}\nText\n\\end{theorem}", "layout: default").build()
    assert "warning: `theorem` outside of dollars stays in the text as it is" in site.report
    assert "write `theorems: true` into `_config.yml`" in site.report


def test_many_statements_take_linear_time(site: Site) -> None:
    """The lines of unclosed and nested ones are looked at once; a quadratic search of these would take minutes."""
    open_ones = "::: theorem\n\n" * 2000 + "\\begin{lemma}\n\n" * 2000
    site.post("2018-10-06-a", open_ones).post("2018-10-06-b", "> [!lemma]\n> a\n\n" * 2000).build()
    assert site.read("2018/10/06/b.html").count("<section") == 2000
    assert site.report.count("never closed") == 4000


def test_feeds_have_the_head_in_the_first_paragraph(site: Site) -> None:
    site.post(
        "2018-10-06-a",
        """
        > [!theorem] Euler on $x$ {#thm-euler}
        > First *one*.
        >
        > Second.

        > [!proof]
        > - a

        > [!NOTE]
        > Mind.

        <section>
        kept
        </section>
        """,
    ).build().is_good()
    feed = site.read("feed.xml")
    content = re.search(r"<content.*?</content>", feed, re.DOTALL)
    assert content
    html = re.sub(
        r"<math.*?</math>|<span[^>]*>|</span>",
        "",
        content[0].replace("&lt;", "<").replace("&gt;", ">"),
        flags=re.DOTALL,
    )
    assert "<p><strong>Theorem (Euler on ).</strong> First <em>one</em>.</p>\n\n  <p>Second.</p>" in html
    assert "<p><strong>Proof.</strong></p>" in html
    assert html.count("<section") == html.count("</section>") == 1
