"""Theorems and callouts on whole sites: which sites have them, what is wrong with one, and what feeds and lists show."""

import re

import pytest

from mathblog.markdown.rules.statements.declarations import read_declarations
from mathblog.model.statements.kinds import StatementOptions
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
    found = re.search(r'<div class="theorem.*?</div>', site.read(path), re.DOTALL)
    assert found
    return found[0]


def test_all_spellings_give_one_html(site: Site) -> None:
    seen = {}
    for name, text in SPELLINGS.items():
        site.post("2018-10-06-a", f"Text.\n\n{text}").build().is_good()
        seen[name] = section(site).replace('<div class="theorem"', "")
    assert set(seen.values()) == {seen["callout"]}, seen
    assert 'id="thm-euler"' in seen["callout"]


def test_a_statement_of_another_post_is_referred_to_not_repeated(site: Site) -> None:
    """`[!restate] slug:thm` was an empty box."""
    site.post("2018-10-05-b", SPELLINGS["callout"], "title: B")
    text = '> [!restate] b:thm-euler\n\n> Words.\n{: .restate of="b:thm-euler"}\n\n> [!restate] b:thm-gone\n\n> [!restate] thm-gone\n'
    site.post("2018-10-06-a", text).build()
    heads = re.findall(r'<p class="theorem-head">(.*?)</p>', site.body("2018/10/06/a.html"))
    link = '<strong><a class="eqref" href="/2018/10/05/b.html#thm-euler">Theorem\xa01 of “B”</a></strong>.'
    missing = ['<strong><span class="eqref-missing">??</span></strong>.', "<strong>??</strong>."]
    assert heads == [link, link, *missing]
    assert "<p>Words.</p>" in site.body("2018/10/06/a.html")
    assert [(it.line, it.message) for it in site.done.diagnostics] == [
        (3, "a statement of another post is not repeated: a reference to it stands here"),
        (8, "no label `b:thm-gone`"),
        (8, "a statement of another post is not repeated: a reference to it stands here"),
        (10, "no statement `thm-gone` to repeat"),
    ]


def test_labels_with_several_colons_and_blanks_are_found_as_they_are_written(site: Site) -> None:
    """As papers have them: `\\label{thm:main:upper}` was found as `thm-main-upper` alone."""
    text = (
        "\\begin{theorem}\\label{thm:main:upper} A \\end{theorem}\n\n> [!lemma] {#lem:main:b}\n> B\n\n"
        "\\begin{lemma}\n\\label{my lemma: one}\nC\n\\end{lemma}\n\n"
        "\\ref{thm:main:upper} \\ref{thm-main-upper} [](#thm-main-upper) \\ref{lem:main:b} \\ref{my lemma: one}\n\n"
        '> [!restate] thm:main:upper\n\n> D\n{: .proof of="thm:main:upper"}\n'
    )
    site.post("2018-10-06-a", text).post("2018-10-07-b", "\\ref{a:thm:main:upper} \\ref{a:my lemma: one}\n")
    site.build().is_good()
    assert links(site.body("2018/10/06/a.html")) == ["1", "1", "Theorem\xa01", "2", "3", "Theorem\xa01"]
    assert links(site.body("2018/10/07/b.html")) == ["1", "3"]


def test_kinds_may_have_their_names_in_any_language(site: Site) -> None:
    text = (
        "> [!정리] 하나 {#thm-하나}\n> 본문\n\n\\begin{증명}\n끝\n\\end{증명}\n\n::: 정의 둘\n본문\n:::\n\n"
        "\\begin{Satz}[Drei]\\label{satz:drei} x \\end{Satz}\n\n> [!참고]\n> y\n\n> [!경고]\n> z\n\n\\ref{satz:drei}, \\ref{thm-하나}\n"
    )
    site.post("2018-10-06-a", text, "lang: ko").build().is_good()
    body = site.body("2018/10/06/a.html")
    heads = [re.sub("<[^>]*>", "", it) for it in re.findall(r'class="(?:theorem|callout)-head".*?</p>', body)]
    shown = [it.partition(">")[2].replace("\xa0", " ") for it in heads]
    assert shown == ["정리 1 (하나).", "증명.", "정의 2 (둘).", "정리 3 (Drei).", "참고 4.", "경고"]
    assert links(body) == ["3", "1"]


def test_a_declared_title_is_not_translated(site: Site) -> None:
    text = "\\newtheorem{satz}{Satz}\n\n\\begin{satz} A \\end{satz}\n\n\\begin{lemma} B \\end{lemma}\n"
    site.post("2018-10-06-a", text, "lang: en").build().is_good()
    site.has("2018/10/06/a.html", "<strong>Satz\xa01</strong>", "<strong>Lemma\xa01</strong>")


def test_a_proof_of_what_no_post_has(site: Site) -> None:
    site.post("2018-10-06-a", '> D\n{: .proof of="lem:no:no"}\n').build()
    site.has("2018/10/06/a.html", '<strong>Proof of <span class="eqref-missing">(??)</span></strong>')
    assert "no label `lem:no:no`" in site.report


def links(html: str) -> list[str]:
    return re.findall(r'<a class="eqref"[^>]*>([^<]*)</a>', html)


@pytest.mark.parametrize("text", [*SPELLINGS.values(), CLASSES, "> [!NOTE]\n> Text\n"])
def test_a_blog_with_layouts_of_its_own_keeps_its_bytes(site: Site, text: str) -> None:
    """Nothing of a statement is read, as the same build without any says: `theorems: false`."""
    site.write(LAYOUT).post("2018-10-06-a", text, "layout: default").build()
    left = site.read("2018/10/06/a.html")
    assert "data-style" not in left
    assert 'class="callout' not in left
    site.config("theorems: false").build()
    assert site.read("2018/10/06/a.html") == left


@pytest.mark.parametrize("line", ["theorems: true", "theorems:", "theorems: {counter: own}"])
def test_a_blog_with_layouts_of_its_own_says_that_it_wants_them(site: Site, line: str) -> None:
    site.write(LAYOUT).config(line).post("2018-10-06-a", CLASSES + "\n> [!tip]\n> Text", "layout: default").build()
    page = site.read("2018/10/06/a.html")
    assert page.count("data-style=") == 2
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

        \\begin{claim}
        slip
        \\end{remark}

        \\begin{theoerm}
        slip
        \\end{theoerm}
        """,
    ).build()
    places = re.findall(r"a\.md:(\d+:\d+): warning: (.*?) \[statement\]", site.report)
    assert places == [
        ("5:1", "`:::` opens a theorem that is never closed"),
        ("8:1", "`\\begin{lemma}` is never closed"),
        ("13:1", "this lemma stands in a theorem"),
        ("16:1", "no statement `thm-none` to repeat"),
        ("18:5", "`thoerem` is no kind of statements: this stays a quote"),
        ("20:1", "`\\begin{claim}` is closed by `\\end{remark}`"),
    ]
    assert "24:1: warning: `theoerm` outside" in site.report
    assert "did you mean `theorem`?" in site.report
    assert site.report.count("warning:") == 7
    assert "never closed" in site.read("2018/10/06/a.html")


def test_an_environment_says_how_a_blog_gets_theorems(site: Site) -> None:
    text = "\\newtheorem*{obs}{Observation}\n\n\\begin{obs}\nText\n\\end{obs}\n\n\\begin{theorem}\nText\n\\end{theorem}"
    site.write(LAYOUT).post("2018-10-06-a", text, "layout: default").build()
    assert "warning: `obs` outside of dollars stays in the text as it is" in site.report
    assert "warning: `theorem` outside of dollars stays in the text as it is" in site.report
    assert "write `theorems: true` into `_config.yml`" in site.report


def test_many_statements_take_linear_time(site: Site) -> None:
    """The lines of unclosed and nested ones are looked at once; a quadratic search of these would take minutes."""
    open_ones = "::: theorem\n\n" * 2000 + "\\begin{lemma}\n\n" * 2000
    site.post("2018-10-06-a", open_ones).post("2018-10-06-b", "> [!lemma]\n> a\n\n" * 2000).build()
    assert site.read("2018/10/06/b.html").count("data-style=") == 2000
    assert site.report.count("never closed") == 2 * 1001  # the first thousand of each, and how many more there are


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

        <div data-kept>
        kept
        </div>
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
    assert "<p><strong>Theorem\u00a01 (Euler on ).</strong> First <em>one</em>.</p>\n\n  <p>Second.</p>" in html
    assert "<p><strong>Proof.</strong></p>" in html
    assert html.count("<div data-kept") == 1
    assert html.count("<div") == html.count("</div>") == 2  # and that of the note


COUNTED = """
> [!theorem] {#thm-a}
> A

> [!lemma] {#lem-b}
> B

> **Theorem 7.** C
{: .theorem #thm-c}

> [!theorem*] Plain {#thm-p}
> P

## First

\\begin{theorem}\\label{thm:d} D

$$ e \\label{eq:e} $$
\\end{theorem}

## Second

> [!corollary] {#cor-f}
> F

> [!proof] {of="thm-a"}
> G
"""
USED = "\\ref{thm:a} \\ref{lem-b} \\ref{thm-c} \\ref{thm-d} \\ref{cor:f}\n\n"


def heads(site: Site, path: str = "2018/10/06/a.html") -> list[str]:
    found = re.findall(r'class="theorem-head"[^>]*>(.*?)</(?:p|summary)>', site.read(path))
    return [re.sub("<[^>]*>", "", head).replace("\u00a0", " ") for head in found]


def shown(site: Site, path: str = "2018/10/06/a.html") -> str:
    paragraph = re.search(r'<p>(.*?class="eqref".*?)</p>', site.read(path), re.DOTALL)
    assert paragraph
    return re.sub("<[^>]*>", "", paragraph[1]).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("settings", "numbers", "references"),
    [
        ("", ["Theorem 1.", "Lemma 2.", "Theorem 7.", "Theorem (Plain).", "Theorem 3.", "Corollary 4."], "1 2 7 3 4"),
        ("counter: own", ["Theorem 1.", "Lemma 1.", "Theorem 7.", "Theorem (Plain).", "Theorem 2.", "Corollary 1."], "1 1 7 2 1"),
        ("within: section", ["Theorem 0.1.", "Lemma 0.2.", "Theorem 7.", "Theorem (Plain).", "Theorem 1.1.", "Corollary 2.1."], "0.1 0.2 7 1.1 2.1"),
        ("counter: equation", ["Theorem 1.", "Lemma 2.", "Theorem 7.", "Theorem (Plain).", "Theorem 3.", "Corollary 5."], "1 2 7 3 5"),
        ("unnumbered: [lemma]", ["Theorem 1.", "Lemma.", "Theorem 7.", "Theorem (Plain).", "Theorem 2.", "Corollary 3."], ""),
    ],
)  # fmt: skip
def test_counters(site: Site, settings: str, numbers: list[str], references: str) -> None:
    site.config(f"theorems: {{{settings}}}").post("2018-10-06-a", USED + COUNTED).build().is_good()
    first = numbers[0].rstrip(".")
    assert heads(site) == [*numbers, f"Proof of {first}."]
    assert not references or shown(site) == references


def test_kinds_that_a_post_declares_as_a_paper_does(site: Site) -> None:
    declarations = (
        "\\newtheorem{thm}{Theorem}[section]\n\\newtheorem{lem}[thm]{Lemma}\n\\newtheorem{obs}{Main Observation}\n"
        "\\theoremstyle{remark}\n\\newtheorem*{rem}{Remark}\n\\newtheorem{ex}{Exercise}\n\\numberwithin{equation}{section}\n"
    )
    code = "~~~\n\\newtheorem{fact}[thm]{Fact}\n~~~\n"
    kinds = ("thm", "lem", "obs", "rem", "fact")
    first = "".join(f"\\begin{{{kind}}}\\label{{{kind}:1}} A\n\\end{{{kind}}}\n\n" for kind in kinds)
    second = "\\begin{ex} B\n\\end{ex}\n\n\\begin{obs} B\n\\end{obs}\n\n\\begin{lem} B\n\\end{lem}\n\n$$ a \\label{eq:a} $$\n"
    text = (
        f"\\ref{{lem:1}} \\cref{{obs:1}} \\eqref{{eq:a}}\n\n{declarations}{code}\n## One\n\n{first}## Two\n\n{second}"
    )
    site.post("2018-10-06-a", text).post("2018-10-07-b", "\\begin{thm} C\n\\end{thm}\n").build().is_good()
    one = ["Theorem 1.1.", "Lemma 1.2.", "Main Observation 1.", "Remark.", "Fact 1."]
    assert heads(site) == [*one, "Exercise 1.", "Main Observation 2.", "Lemma 2.1."]  # as LaTeX numbers them
    assert shown(site) == "1.2 main Observation 1 (2.1)"
    assert heads(site, "2018/10/07/b.html") == ["Theorem 1."]


def test_a_second_kind_of_one_title_and_names_that_belong_to_formulas() -> None:
    text = (
        "\\newtheorem{thm}{Theorem}\n\\newtheorem*{theorem*}{Theorem}\n\\newtheorem*{plainthm}{Theorem}\n"
        "\\newtheorem{align}{Alignment}\n\\newtheorem{obs2}[thm]{Observation}\n"
    )
    found = read_declarations(text, StatementOptions())
    kinds = [found.find(word) for word in ("thm", "plainthm", "obs2")]
    assert [(kind.name, kind.numbered, kind.counter) for kind in kinds if kind] == [
        ("theorem", True, "theorem"),
        ("plainthm", False, "plainthm"),
        ("obs2", True, "theorem"),
    ]
    assert found.find("align") is None


@pytest.mark.parametrize(
    ("lang", "theorem", "proof"),
    [
        ("en", "Theorem 1", "Proof of Theorem 1."),
        ("ko", "정리 1", "정리 1의 증명."),
        ("zh", "定理 1", "定理 1 的证明."),
        ("zh-TW", "定理 1", "定理 1 的證明."),
        ("ja", "定理 1", "定理 1 の証明."),
        ("es", "Teorema 1", "Demostración del Teorema 1."),
        ("de", "Satz 1", "Beweis von Satz 1."),
        ("fr", "Théorème 1", "Démonstration du théorème 1."),
        ("vi", "Định lý 1", "Chứng minh Định lý 1."),
        ("pt", "Theorem 1", "Proof of Theorem 1."),
    ],
)
def test_names_are_those_of_the_page(site: Site, lang: str, theorem: str, proof: str) -> None:
    text = "[@thm-a]\n\n> [!theorem] {#thm-a}\n> A\n\n> B\n{: .proof of='thm:a'}\n\n> [!NOTE]\n> C\n"
    site.post("2018-10-06-a", text, f"lang: {lang}").build().is_good()
    assert heads(site) == [f"{theorem}.", proof]
    assert shown(site) == theorem


def test_names_and_kinds_of_the_site(site: Site) -> None:
    site.config(
        """
        theorems:
          names: {theorem: Satz, ko: {lemma: 도움정리}}
          kinds: {question: {name: {en: Question, ko: 질문}, prefix: qst, style: definition}, law: Law}
        """
    )
    text = "[@qst-a]\n\n> [!theorem]\n> A\n\n> [!lemma]\n> B\n\n::: {#qst-a}\nC\n:::\n\n\\begin{law}\nD\n\\end{law}\n"
    site.post("2018-10-06-a", text).post("2018-10-07-b", text, "lang: ko").build().is_good()
    assert heads(site) == ["Satz 1.", "Lemma 2.", "Question 3.", "Law 4."]
    assert heads(site, "2018/10/07/b.html") == ["Satz 1.", "도움정리 2.", "질문 3.", "Law 4."]
    assert shown(site) == "Question 3"
    site.post(
        "2018-10-06-a", "\\ref{qst:a} [@qst-a] [](#qst-a)\n\n\\begin{question}\\label{qst:a}\nA\n\\end{question}\n"
    ).build().is_good()
    assert shown(site) == "1 Question 1 Question 1"
    site.post("2018-10-06-a", text).build()
    site.has(
        "2018/10/06/a.html",
        '<div class="question" id="qst-a" role="group" aria-labelledby="qst-a-head" data-style="definition">',
    )


def test_a_statement_once_more_has_its_number_and_no_ids(site: Site) -> None:
    text = "> [!lemma] {#lem-a}\n> $$ a \\label{eq:a} $$\n\n> [!theorem]\n> B\n\n> [!restate] lem-a\n\n\\eqref{eq:a}\n"
    site.post("2018-10-06-a", text).build().is_good()
    assert heads(site) == ["Lemma 1.", "Theorem 2.", "Lemma 1."]
    ids = re.findall(r'\sid="([^"]*)"', site.read("2018/10/06/a.html"))
    assert len(ids) == len(set(ids)), ids


def test_a_label_twice_is_an_error_and_a_proof_of_nothing_a_warning(site: Site) -> None:
    site.post("2018-10-06-a", "> [!lemma] {#a}\n> A\n\n> [!lemma] {#a}\n> B\n\n> [!proof] {of=b}\n> C {of=\n").build()
    assert "a.md:6:1: error: the label `a` is there already, at line 3" in site.report
    site.post("2018-10-06-a", '> [!lemma] {#lem-a}\n> A\n\n> [!proof] {of="lem-b"}\n> C\n').build()
    assert "a.md:6:1: warning: no label `lem-b`" in site.report
    assert heads(site) == ["Lemma 1.", "Proof."]


def test_lists_of_posts_repeat_numbers_without_ids(site: Site) -> None:
    site.post(
        "2018-10-06-a", "> [!theorem] {#thm-a}\n> A\n\n> B\n{: .proof of='thm-a'}\n", "excerpt_separator: <!--more-->"
    )
    site.post("2018-10-07-b", "> [!lemma] {#thm-a}\n> C\n").build().is_good()
    home = site.read("index.html")
    assert re.sub("<[^>]*>", "", "".join(re.findall(r'<p class="theorem-head">.*?</p>', home))).replace(
        "\u00a0", " "
    ) == ("Lemma 1.Theorem 1.Proof of Theorem 1.")
    assert 'id="thm-a' not in home
    assert 'href="/2018/10/06/a.html#thm-a"' in home


def test_safe_keeps_statements(site: Site) -> None:
    text = "> [!theorem] {#thm-a}\n> A $x$\n\n> B\n{: .proof .fold of='thm-a'}\n\n> [!NOTE]\n> C\n"
    site.post("2018-10-06-a", text).build().is_good()
    page = re.search(r'<div class="theorem.*</div>', site.read("2018/10/06/a.html"), re.DOTALL)
    site.build(safe=True).is_good()
    cleaned = re.search(r'<div class="theorem.*</div>', site.read("2018/10/06/a.html"), re.DOTALL)
    assert page
    assert cleaned
    assert cleaned[0].replace("&nbsp;", "\u00a0") == page[0]


def test_summaries_have_the_words_of_heads(site: Site) -> None:
    text = "> [!theorem] Euler {#thm-a}\n> First.\n\n> B\n{: .proof of='thm-a'}\n\n> [!TIP]\n> C\n\n[end]: x\n\nEND"
    site.post("2018-10-06-a", text, "excerpt_separator: END").build().is_good()
    summary = re.search(r"<summary[^>]*>(.*?)</summary>", site.read("feed.xml"))
    assert summary
    assert summary[1].replace("\u00a0", " ") == "Theorem 1 (Euler). First. Proof of Theorem 1. B Tip. C"


def test_links_and_proofs_lead_to_other_posts(site: Site) -> None:
    site.post("2018-10-06-a", "> [!theorem] Euler {#thm-a}\n> A\n", "title: First")
    site.post(
        "2018-10-07-b",
        "[](#thm-b), [Satz %s](#thm-b), [{name}](#thm-b), [](2018-10-06-a.md#thm-a), [@a:thm-a], \\ref{a:thm:a}\n\n"
        "> [!theorem] Gauß {#thm-b}\n> B\n\n> C\n{: .proof of='a:thm-a'}\n",
        "lang: de",
    )
    site.build().is_good()
    page = "2018/10/07/b.html"
    assert shown(site, page) == "Satz 1, Satz 1, Gauß, Satz 1, Satz 1 in „First“, 1"
    assert heads(site, page)[1] == "Beweis von Satz 1."
    site.has(page, 'Beweis von <a class="eqref" href="/2018/10/06/a.html#thm-a">')
    site.post("2018-10-06-a", "> [!lemma]\n> 0\n\n> [!theorem] Euler {#thm-a}\n> A\n", "title: First").build().is_good()
    assert heads(site, page)[1] == "Beweis von Satz 2."
    site.post("2018-10-06-a", "none", "title: First").build()
    assert "b.md:9:1: warning: no label `a:thm-a`" in site.report
