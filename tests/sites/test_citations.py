"""Citations of a whole site: spellings, lists, files, what is said, and what is made again."""

import re

import pytest

from support.site import Site

BIB = r"""
@string{jn = {Journal of Numbers}}
@article{gauss1801, author = {Gauss, Carl Friedrich}, title = {On $\mathbb{Z}[i]$ and {{ liquid }} {% raw %}}, journal = jn, year = 1801, volume = 1, pages = {1--9}}
@book{noether1921, author = {Noether, Emmy}, title = {Ideals}, publisher = {Ring Press}, year = 1921, selected = {true}}
@misc{sato1960, author = {佐藤, 幹夫}, title = {超函数の理論}, year = 1960}
"""
FILE = "_bibliography/refs.bib"
SPELLINGS = {
    "pandoc": "See [@noether1921].",
    "latex": r"See \cite{noether1921}.",
    "biblatex": r"See \Autocite{noether1921}.",
    "biblatex in notes": r"See \footcite{noether1921}.",
    "liquid": "See {% cite noether1921 %}.",
    "distill": 'See <d-cite key="noether1921"></d-cite>.',
}
CITED = '<a class="cite" href="#ref-noether1921" id="cite-noether1921-1">[1]</a>'
ENTRY = (
    '<li id="ref-noether1921"><span class="cite-label">[1]</span> E. Noether, <i>Ideals</i>. Ring Press, 1921. '
    '<a class="reversefootnote cite-back" href="#cite-noether1921-1" role="doc-backlink">&#8617;</a></li>'
)


@pytest.fixture
def cited(site: Site) -> Site:
    return site.write({FILE: BIB})


def post(site: Site, body: str, front: str = "") -> str:
    site.post("2020-01-01-on", body, front).build()
    return site.body("2020/01/01/on.html")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_one_html_for_all_spellings(cited: Site, spelling: str) -> None:
    body = post(cited, SPELLINGS[spelling] + "\n\n{% bibliography --cited %}\n")
    assert f"<p>See {CITED}.</p>" in body
    assert body.count(ENTRY) == 1
    assert body.count("<li") == 1
    cited.is_good()


def test_a_list_is_put_at_the_end_in_the_language_of_the_page(cited: Site) -> None:
    assert '<h2 id="references">References</h2>' in post(cited, "[@noether1921]")
    body = post(cited, "[@noether1921][^n]\n\n[^n]: a note", "lang: ko")
    assert '<h2 id="references">참고문헌</h2>' in body
    assert body.index("참고문헌") < body.index("footnotes")
    body = post(cited, "[@noether1921]\n\n## 참고문헌\n")
    assert body.count(">참고문헌<") == 1
    assert body.count("<h2") == 1
    assert ENTRY in body
    assert "References" not in post(cited, "no citation @param")


def test_brackets_narratives_and_locators(cited: Site) -> None:
    body = post(cited, "[see @noether1921, pp. 3--5; @gauss1801] and @gauss1801 [p. 2], [-@sato1960]", "")
    words = re.sub(r"<[^>]*>", "", body[: body.index("</p>")])
    assert words == "see [1, pp. 3–5], [2] and Gauss [2, p. 2], [3]"
    body = post(cited, r"\citep[see][p. 3]{noether1921} \citet{gauss1801} {% cite gauss1801 -l 2-3 -L chapter %}")
    assert re.sub(r"<[^>]*>", "", body[: body.index("</p>")]) == "see [1, p. 3] Gauss [2] [2, Chapters 2-3]"


def test_authors_and_years(cited: Site) -> None:
    cited.config("citations: {style: apa}\n")
    body = post(cited, "[@noether1921, p. 3; -@gauss1801] @sato1960")
    words = re.sub(r"<[^>]*>", "", body[: body.index("</p>")])
    assert words == "(Noether, 1921, p. 3; 1801) 佐藤幹夫 (1960)"
    assert re.findall(r'<li id="ref-(\w+)"', body) == ["gauss1801", "noether1921", "sato1960"]


def test_years_and_numbers_in_one_citation(cited: Site) -> None:
    """As citeproc sorts and joins them."""
    cited.config("citations: {style: apa}\n").write(
        {FILE: BIB + "@book{noether2, author = {Noether, Emmy}, title = {B}, year = 1921}"}
    )
    text = (
        "[@sato1960; @noether1921; @gauss1801; @noether2] [@noether1921, p. 1; @noether2] [see @sato1960; @gauss1801]"
    )
    words = re.sub(r"<[^>]*>", "", post(cited, text)).partition("\n")[0]
    assert words == (
        "(Gauss, 1801; Noether, 1921a, 1921b; 佐藤幹夫, 1960) (Noether, 1921a, 1921b, p. 1) (see 佐藤幹夫, 1960; Gauss, 1801)"
    )
    cited.config("title: a\n")
    words = re.sub(r"<[^>]*>", "", post(cited, "[@sato1960] [@gauss1801] [@gauss1801; @sato1960]")).partition("\n")[0]
    assert words == "[1] [2] [1], [2]"


def test_locators_as_pandoc_has_them(cited: Site) -> None:
    text = "[@sato1960 p. 3] [@sato1960, {ii, A}] [@sato1960 §3] [@sato1960 12--14] [@sato1960 as said] [@{sato1960}, chap. 1]"
    words = re.sub(r"<[^>]*>", "", post(cited, text)).partition("\n")[0]
    assert words == "[1, p. 3] [1, ii, A] [1, §3] [1, 12–14] [1] as said [1, chap. 1]"


def test_formulas_and_emphasis_within_citations(cited: Site) -> None:
    body = post(
        cited, "A [see *also* @sato1960, Theorem $n--1 < m~k$ and **3**] and me@sato1960@b.org, @sato1960@b.org."
    )
    assert 'application/x-tex">n--1 &lt; m~k</annotation>' in body
    words = re.sub(r"<math.*?</math>|<span[^>]*>|</span>|</?a[^>]*>", "", body[: body.index("</p>")])
    assert words.startswith("<p>A see <em>also</em> [1, Theorem ")
    assert " and <strong>3</strong>] and me@sato1960@b.org, @sato1960@b.org." in words
    home = cited.read("index.html")
    assert 'href="/2020/01/01/on.html#ref-sato1960"' in home
    assert "n--1 &lt; m~k" in home
    assert 'id="cite-' not in home
    cited.is_good()


def test_words_that_are_written_at_a_key(cited: Site) -> None:
    cited.write({FILE: BIB + "@misc{김2020, author = {김, 하나}, title = {글}, year = 2020}"})
    body = post(cited, "@sato1960는 @김2020 @김2020은 @김2021은 @param은")
    assert re.sub(r"<[^>]*>", "", body).startswith("佐藤幹夫 [1]는 김하나 [2] 김하나 [2]은 @김2021은 @param은")
    cited.is_good()


def test_citations_before_notes_and_escaped_signs(cited: Site) -> None:
    body = post(cited, "[@sato1960][^n] \\@sato1960 \\@param a\\@sato1960 **[@sato1960]**: b\n\n[^n]: c\n")
    assert re.sub(r"<[^>]*>", "", body).startswith("[1]1 @sato1960 \\@param a@sato1960 [1]: b\n")
    cited.is_good()


def test_citations_in_the_heads_of_statements(cited: Site) -> None:
    text = "> **Theorem** [@noether1921, p. 3]. A.\n{: .theorem}\n\n> **Lemma** [@noether1921] says it.\n{: .lemma}\n"
    body = post(cited, text)
    assert "<strong>Theorem 1</strong> ([1, p. 3]).</p>" in re.sub(r"</?a[^>]*>", "", body).replace("\xa0", " ")
    assert "<strong>Lemma 2</strong>.</p>" in body.replace("\xa0", " ")
    cited.config("citations: {style: apa}\n")
    body = re.sub(r"</?a[^>]*>", "", post(cited, text)).replace("\xa0", " ")
    assert "<strong>Theorem 1</strong> (Noether, 1921, p. 3).</p>" in body


def test_what_is_no_citation(cited: Site) -> None:
    text = "`[@noether1921]` $[@gauss1801]$ @param me@noether1921.org [x](https://e.org/@noether1921) @Test [a @x](b)"
    body = post(cited, f"{text}\n\n    [@noether1921]\n")
    assert 'class="cite"' not in body
    assert "@param me@noether1921.org" in body
    assert '<a href="https://e.org/@noether1921">x</a>' in body
    cited.is_good()


def test_unknown_keys_are_told_at_their_places(cited: Site) -> None:
    text = 'A [@noether1920] b\n{% cite gaus1801 %}\n\\cite{sato}\n\n> <d-cite key="gauss1802"></d-cite>\n'
    body = post(cited, text)
    assert "[@noether1920]" in body
    assert "(missing reference)" in body
    for place, key, near in (
        ("3:5", "noether1920", "noether1921"),
        ("4:9", "gaus1801", "gauss1801"),
        ("5:7", "sato", "sato1960"),
        ("7:16", "gauss1802", "gauss1801"),
    ):
        assert f"_posts/2020-01-01-on.md:{place}: warning: no entry `{key}` in the bibliography" in cited.report
        assert f"did you mean `{near}`?" in cited.report
    cited.build(strict=True)
    assert cited.code == 1


def test_without_a_bibliography_brackets_are_text(site: Site) -> None:
    assert post(site, "a [@x *b*] @y") == "<p>a [@x <em>b</em>] @y</p>"
    site.is_good()
    assert "(missing reference)" in post(site, "{% cite x %}")
    assert "put a `.bib` file into `_bibliography`" in site.report
    assert post(site, "`\\cite{y}`, see \\citep[p. 3]{x}") == (
        '<p><code class="language-plaintext highlighter-rouge">\\cite{y}</code>, see \\citep[p. 3]{x}</p>'
    )
    assert "on.md:3:17: warning: `\\citep[p. 3]{x}` stays in the text: there is no bibliography" in site.report


def test_no_link_stands_in_a_link(cited: Site) -> None:
    body = post(cited, "[as @noether1921 says](https://e.org)")
    assert '<a href="https://e.org">as Noether [1] says</a>' in body


def test_formulas_in_titles_are_rendered_and_told(cited: Site) -> None:
    body = post(cited, "[@gauss1801]")
    assert 'application/x-tex">\\mathbb{Z}[i]</annotation>' in body
    assert cited.result is not None
    assert cited.result.formulas == 1
    assert " liquid  % raw %" in body
    cited.write({FILE: BIB.replace(r"\mathbb{Z}", r"\mathbbb{Z}")}).build()
    assert "_posts/2020-01-01-on.md:3:1: warning: undefined control sequence `\\mathbbb`" in cited.report


def test_files_of_a_page(cited: Site) -> None:
    cited.write({"assets/bibliography/own.bib": "@misc{own, title = {Own}}\n"})
    assert ">[1]</a>" in post(cited, "[@own]", "bibliography: own.bib")
    assert "[@noether1921]" in post(cited, "[@noether1921]", "bibliography: own")
    assert ">[1]</a>" in post(cited, "{% cite own --file own %}")
    cited.has("assets/bibliography/own.bib", "@misc{own")
    post(cited, "[@own]", "bibliography: other.bib")
    assert "_posts/2020-01-01-on.md:2:15: warning: no bibliography `other.bib`" in cited.report


def test_a_broken_file_is_told_and_used(cited: Site) -> None:
    cited.write({FILE: BIB + "@misc{bad, title = {x} year = 1}\n"})
    assert ENTRY in post(cited, "[@noether1921]")
    assert f"{FILE}:5:24: warning: the entry `bad` is broken" in cited.report


def test_lists_by_queries_and_groups(cited: Site) -> None:
    body = post(cited, "{% bibliography -q @*[year>=1900] --group_by year --group_order descending %}")
    assert re.findall(r"<h2 class=\"bibliography\">(\d+)</h2>", body) == ["1960", "1921"]
    assert re.findall(r"cite-label\">\[(\d)\]", body) == ["1", "2"]
    body = post(cited, "{% bibliography --max 1 --offset 1 %} {% bibliography_count -q @book %}")
    assert re.findall(r'<li id="ref-(\w+)"', body) == ["noether1921"]
    post(cited, "{% bibliography -q nonsense %}")
    assert "3:17: warning: not a query: `nonsense`" in cited.report


def test_lists_in_an_order_of_their_own(cited: Site) -> None:
    body = post(cited, "{% bibliography --sort_by year --order descending %}")
    assert re.findall(r'<li id="ref-(\w+)"', body) == ["sato1960", "noether1921", "gauss1801"]
    body = post(cited, "{% bibliography --sort_by title %}")
    assert re.findall(r'<li id="ref-(\w+)"', body) == ["noether1921", "gauss1801", "sato1960"]
    post(cited, "{% bibliography --sortby year -q @book --groupby year %}")
    assert "3:17: warning: `bibliography` has no option `--sortby` [citation]" in cited.report
    assert "did you mean `--sort_by`?" in cited.report


def test_nocite_reference_quote_and_details(cited: Site) -> None:
    body = post(cited, "a{% nocite gauss1801 %}b {% cite noether1921 %}\n\n{% bibliography --cited %}")
    assert "<p>ab " in body
    assert re.findall(r'<li id="ref-(\w+)"', body) == ["noether1921", "gauss1801"]
    body = post(cited, "{% quote noether1921 %}\nOne\ntwo.\n{% endquote %}\n\n{% reference noether1921 %}\n")
    assert f"<blockquote><p>One<br/>two.</p><cite>{CITED}</cite></blockquote>" in body
    assert '<span id="ref-noether1921"><span class="cite-label">[1]</span> E. Noether' in body
    assert '<a href="#ref-noether1921">more</a>' in post(cited, "{% cite_details noether1921 --text more %}")


SCHOLAR = """
plugins: [jekyll/scholar]
scholar:
  source: ./refs/
  bibliography: papers
"""


def test_parts_of_entries_and_lists_in_latex(cited: Site) -> None:
    text = r"""
\citeauthor{gauss1801}, \citeyear{gauss1801}, \citeyearpar{gauss1801}, \citealp{gauss1801, noether1921}, \citealt[p. 3]{gauss1801}, \citetitle{noether1921}.

\nocite{sato1960}
\bibliographystyle{plain}
\bibliography{refs}
"""
    shown = "<p>Gauss, 1801, (1801), 1, 2, Gauss 1, p. 3, <i>Ideals</i>.</p>"
    body = post(cited, text)
    assert re.sub("</?a[^>]*>", "", body).startswith(shown)
    assert re.findall(r'<li id="ref-(\w+)"', body) == ["gauss1801", "noether1921", "sato1960"]
    assert body.index('<h2 id="references">') < body.index("<li")
    in_place = post(cited, f"{text}\n## After", "scholar: {style: apa}")
    assert "Gauss, 1801, (1801), Gauss, 1801; Noether, 1921, Gauss 1801, p. 3," in re.sub("</?a[^>]*>", "", in_place)
    assert in_place.index("<li") < in_place.index("<h2")
    assert "<p><ol" not in in_place.replace("\n", "")
    everything = post(cited, "\\nocite{*}\n\n\\printbibliography[heading=none]")
    assert re.findall(r'<li id="ref-(\w+)"', everything) == ["gauss1801", "noether1921", "sato1960"]
    cited.is_good()


def test_several_lists_of_one_page_have_each_id_once(cited: Site) -> None:
    text = r"""
\cite{noether1921} before \bibliography{refs} behind it
\printbibliography
{: .notes}

{% bibliography --cited %}

One {% bibliography --cited %} more.

{% reference noether1921 %}

## \printbibliography

**words \bibliography{refs}**
"""
    body = post(cited, text)
    assert body.count('id="ref-noether1921"') == 1
    assert body.count("<ol") == 4
    assert not re.search(r"<p[^>]*>(?:(?!</p>).)*<ol", body, re.DOTALL)
    assert re.findall(r"<p(.*?)>(?:<a.*</a> )?(\w[^<]*)</p>", body)[:4] == [
        (' class="notes"', "before"),
        ("", "behind it"),
        ("", "One"),
        ("", "more."),
    ]
    assert "13:4: warning: `\\printbibliography` stays in the text" in cited.report
    assert "15:9: warning: `\\bibliography{refs}` stays in the text" in cited.report


def test_whole_entries_and_words_in_brackets(cited: Site) -> None:
    text = r"\citetext{see \citealp{gauss1801}, or \citeauthor{noether1921}} \fullcite[p. 3]{noether1921} ![as \citet{noether1921} & co](/a.png)"
    shown = "<p>[see 1, or Noether] E. Noether, <i>Ideals</i>. Ring Press, 1921, p. 3 "
    body = post(cited, text)
    assert re.sub(r"</?(?:a|span)\b[^>]*>", "", body).startswith(shown)
    assert '<span id="cite-noether1921-2">E. Noether' in body
    assert 'alt="as Noether [2] &amp; co"' in body
    assert 'content="[see 1, or Noether] E. Noether, Ideals. Ring Press, 1921, p. 3"' in cited.read(
        "2020/01/01/on.html"
    )
    several = post(
        cited, r"\parencites(cf.)(and more)[p. 1]{gauss1801}[see][]{noether1921} \textcites[p. 2]{gauss1801}{sato1960}"
    )
    words = re.sub(r"<[^>]*>", "", several[: several.index("</p>")])
    assert words == "cf. [1, p. 1], see [2, and more] Gauss [1, p. 2], 佐藤幹夫 [3]"
    assert "<p>(see Gauss, 1801, or" in re.sub("</?a[^>]*>", "", post(cited, text, "scholar: {style: apa}"))


def test_notes_of_commands_hold_formulas_and_signs(cited: Site) -> None:
    text = r"\cite[Theorem $A_5$]{gauss1801} \citep[see $x<y$][\S 3]{noether1921} \citet[Prop.\ 2, \emph{b}]{sato1960} \cite[$x$]{nobody}"
    body = post(cited, text)
    assert body.partition("</p>")[0].count('class="katex"') == 3
    assert re.search(
        r"A_5</annotation>.*\]</a> see .*x&lt;y</annotation>.*\[2, §3\]</a> .*\[3, Prop\. 2, b\]</a> \\cite",
        body,
        re.DOTALL,
    )
    assert "no entry `nobody`" in cited.report
    assert "stays in the text" not in cited.report


def test_notes_hold_references(cited: Site) -> None:
    text = (
        r"$$ a \label{eq:a} $$"
        "\n\n"
        r"[@gauss1801, Eq. \eqref{eq:a}], [see \ref{eq:a} and @gauss1801], \cite[Eq. \eqref{eq:a}]{gauss1801}, "
        r"\cite[see][\cref{eq:a}]{gauss1801}, [@gauss1801, \eqref{eq:b}] \citetext{see *this*, $x$ and \eqref{eq:a} in \citealp{gauss1801}}"
    )
    body = post(cited, text)
    paragraph = body[body.index("<p>") : body.index("</p>")]
    without = re.sub(r'<span class="katex">.*</span></span></span></span>', "x", paragraph)
    shown = re.sub(r"<[^>]*>", "", without).replace("\xa0", " ")
    assert shown == (
        "[1, Eq. (1)], see 1 and [1], [1, Eq. (1)], see [1, eq. (1)], [1, (??)] [see this, x and (1) in 1]"
    )
    assert "no label `eq:b`" in cited.report
    assert cited.report.count("warning") == 1
    assert not re.search(r"<a\b(?:(?!</a>).)*<a\b", paragraph)  # no link in a link
    cited.lacks("feed.xml", "ref{")


def test_references_in_several_citations_and_in_descriptions_of_images(cited: Site) -> None:
    text = (
        "$$ a \\label{eq:a} $$\n\n\\parencites[\\eqref{eq:a}]{gauss1801}[p. 4]{noether1921} \\cite[$x$]{gauss1801}{b} \\citefoo[$x$]{gauss1801}\n\n"
        "![of [@gauss1801, Eq. \\eqref{eq:a}] and \\cite[\\ref{eq:a}]{gauss1801}](/a.png)\n"
    )
    body = post(cited, text)
    paragraph = re.sub("<[^>]*>", "", body[body.index("<p>") : body.index("</p>")])
    assert paragraph.startswith("[1, (1)], [2, p. 4] [1, ")
    assert "]{b} \\citefoo[" in paragraph
    assert 'alt="of [1, Eq. (1)] and [1, 1]"' in body
    assert re.findall(r"warning: (.*) \[cite", cited.report) == ["`\\citefoo[$x$]{gauss1801}` stays in the text"]


def test_a_list_of_all_entries_leaves_no_empty_paragraph(cited: Site) -> None:
    assert "<p>" not in post(cited, "\\nocite{*}\n").partition("<ol")[0]


def test_ids_stand_once_where_a_layout_has_a_list_too(cited: Site) -> None:
    layout = "---\n---\n{{ content }}<hr>{% bibliography %}{% bibliography --cited %}"
    cited.write({"_layouts/own.html": layout})
    text = "# gauss1801 {#ref-sato1960}\n\n[@gauss1801]\n\n{% bibliography --cited %}"
    cited.post("2020-01-01-on", text, "layout: own").build().is_good()
    page = cited.read("2020/01/01/on.html")
    names = re.findall(r'\bid="([^"]*)"', page)
    assert len(names) == len(set(names))
    assert page.partition("<hr>")[0].count('<li id="ref-gauss1801"') == 1
    assert page.partition("<hr>")[2].count('<li id="ref-noether1921"') == 1


def test_commas_between_keys_are_semicolons(cited: Site) -> None:
    body = post(cited, "[@gauss1801, @noether1921], [see @gauss1801, p. 2, -@sato1960]")
    assert re.sub(r"<[^>]*>", "", body.partition("</p>")[0]) == "[1], [2], see [1, p. 2], [3]"


def test_no_command_stays_in_silence(cited: Site) -> None:
    text = r"\citeauthor{} \citetalias{x} \parencite(a)[b]{c} \citetext{see \citep{gauss1801}"
    body = post(
        cited,
        text,
        "title: On \\citeauthor{gauss1801}\ndescription: \\fullcite{sato1960}\nsubtitle: By [@sato1960] and [@me]",
    )
    assert body.startswith(r"<p>\citeauthor{} \citetalias{x} \parencite(a)[b]{c} \citetext{see <a")
    assert "4:11: warning: `[@sato1960]` stays in the text of `subtitle`" in cited.report
    for written, hint in {
        "2:8: warning: `\\citeauthor{gauss1801}` stays in the text of `title`": "write the words",
        "3:14: warning: `\\fullcite{sato1960}` stays in the text of `description`": "write the words",
        "6:1: warning: `\\citeauthor{}` stays in the text": "write the key of an entry",
        "6:15: warning: `\\citetalias{x}` stays in the text": "write `\\cite{key}`",
        "6:30: warning: `\\parencite(a)[b]{c}` stays in the text": "write `\\cite{key}`",
        "6:50: warning: `\\citetext` stays in the text": "close its brace",
    }.items():
        assert hint in cited.report.partition(written)[2].partition("warning:")[0]
    assert cited.report.count("stays in the text") == 7


def test_a_site_of_jekyll_scholars_keeps_its_ids_classes_and_style(site: Site) -> None:
    site.config(SCHOLAR).write({"refs/papers.bib": BIB})
    body = post(site, "{% cite noether1921 %} {% cite noether1921 -A --prefix a %}\n\n{% bibliography --cited %}")
    assert '(<a class="cite citation" href="#noether1921" id="cite-noether1921-1">Noether, 1921</a>)' in body
    assert '(<a class="cite citation" href="#a-noether1921" id="cite-noether1921-2">1921</a>)' in body
    assert '<ol class="bibliography"><li id="noether1921">Noether, E. (1921). <i>Ideals</i>. Ring Press.' in body
    site.is_good()


def test_a_style_that_is_not_here_is_told(site: Site) -> None:
    site.config("scholar: {style: harvard-cite-them-right}\n").post("2020-01-01-on").build()
    assert (
        "_config.yml:3:18: warning: the citation style `harvard-cite-them-right` is not here: `apa` is used"
        in site.report
    )
    site.config("scholar: {style: ieee}\n").build()
    assert "citation style" not in site.report


BIB_LAYOUT = """---
---
<b id="{{ entry.key }}">{{ entry.title }}</b>{% for author in entry.author_array %}|{{ author.first }} {{ author.last }}{% endfor %}
{{ index }} {{ type }} {{ entry.month | capitalize }} {{ reference }}<pre>{{ entry.bibtex }}</pre>
"""


def test_templates_of_entries(site: Site) -> None:
    """As al-folio has them."""
    site.config(f"{SCHOLAR}  bibliography_template: bib\n  group_by: year\n  group_order: descending\n")
    site.write({"refs/papers.bib": BIB, "_layouts/bib.liquid": BIB_LAYOUT, "_layouts/default.html": "{{ content }}"})
    site.write({"pub.md": "---\nlayout: default\n---\n{% bibliography -f papers -q @*[selected=true]* %}\n"}).build()
    page = site.read("pub.html")
    assert '<h2 class="bibliography">1921</h2>' in page
    assert '<b id="noether1921">Ideals</b>|Emmy Noether' in page
    assert "1 book" in page
    assert '<span id="noether1921">Noether, E. (1921). <i>Ideals</i>. Ring Press.</span>' in page
    assert "<pre>@book{noether1921,\n  author = {Noether, Emmy},\n  title = {Ideals}," in page
    assert "data-mathblog" not in page
    site.is_good()


DETAILS = """---
layout: default
kind: an entry
---
{{ page.title }}|{{ page.kind }}|{{ page.url }}|{{ page.key }}|{{ page.type }}|{{ page.reference }}|{{ page.entry.year }}|{{ page.link }}
{{ page.entry.bibtex }}"""


def test_pages_of_details(site: Site) -> None:
    """jekyll-scholar's `details.feature` and `cite_details.feature`."""
    scholar = f"{SCHOLAR}  details_layout: entry.html\n  repository: papers\n  details_dir: lit\nbaseurl: /blog\n"
    bib = BIB + "@misc{a:b 1, title = {{Liquid} {{ x }}}, month = {August}, doi = {10.1/X}}".replace(" 1,", ",")
    layouts = {"_layouts/default.html": "<main>{{ content }}</main>", "_layouts/entry.html": DETAILS}
    site.config(scholar).write({"refs/papers.bib": bib, "papers/noether1921.pdf": "x", **layouts})
    site.write(
        {
            "list.md": "---\n---\n{% bibliography -q @book %}\n{% cite_details a:b none -t more %} {% details_link sato1960 %}\n"
        }
    )
    site.build()
    page = site.read("lit/noether1921.html")
    assert page.startswith("<main>Ideals|an entry|/lit/noether1921.html|noether1921|book|<span id=")
    assert "|1921|/blog/papers/noether1921.pdf\n@book{noether1921," in page
    assert "title = {{Liquid} {{ x }}},\n  month = aug," in site.read("lit/a_b.html")
    listed = site.read("list.html")
    assert '<a class="details" href="/blog/lit/noether1921.html">Details</a></li>' in listed
    assert '<a href="/blog/lit/a_b.html">more</a>\n(missing reference) /blog/lit/sato1960.html' in listed
    site.write({"refs/papers.bib": bib.replace("Ideals", "Rings").replace("sato1960", "sato1961")}).build()
    assert site.read("lit/noether1921.html").startswith("<main>Rings|")
    site.lacks("lit/sato1960.html")
    site.config(f"{scholar}permalink: pretty\n").build()
    assert "|/lit/noether1921/|" in site.read("lit/noether1921/index.html")
    site.config(
        scholar.replace("details_dir: lit", "details_permalink: /:details_dir/:year/:title/:doi:extension")
    ).build()
    site.has("bibliography/1921/rings/noether1921.html")
    site.has("bibliography/1801/on-$-mathbb-z-i-$-and-liquid-raw/gauss1801.html")
    site.config(f"{scholar}".replace("details_dir: lit", "query: '@book'")).build()
    site.has("bibliography/noether1921.html").lacks("bibliography/gauss1801.html")
    site.config(scholar.replace("entry.html", "other.html")).build()
    site.lacks("lit/noether1921.html")
    assert 'class="details"' not in site.read("list.html")


def test_attributes_of_lists_and_entries_that_are_there_twice(site: Site) -> None:
    """jekyll-scholar's `removeduplicate.feature` and `bibliography.rb`."""
    twice = "@misc{a, title = {T}, year = 1}\n@misc{b, title = {T}, year = 2}\n@misc{c, title = {T}, year = 2}\n"
    attributes = "  bibliography_list_attributes: {start: 3}\n  bibliography_item_attributes: {data-x: y}\n"
    site.config(SCHOLAR + attributes).write({"refs/papers.bib": twice})
    body = post(site, "{% bibliography %}")
    assert '<ol class="bibliography" start="3"><li id="a" data-x="y">' in body
    assert re.findall(r'<li id="(\w)"', body) == ["a", "b", "c"]
    assert re.findall(r'<li id="(\w)"', post(site, "{% bibliography --remove_duplicates %}")) == ["a", "b"]
    assert re.findall(r'<li id="(\w)"', post(site, "{% bibliography -r title %}")) == ["a"]
    site.config(f"{SCHOLAR}  remove_duplicates: true\n")
    assert re.findall(r'<li id="(\w)"', post(site, "{% bibliography %}")) == ["a", "b"]


def test_only_an_id_is_the_id_of_an_entry(cited: Site) -> None:
    cited.write({"_layouts/own.html": "{{ content }}{% bibliography %}"})
    cited.post("2020-01-01-on", '<i data-id="ref-sato1960">x</i>', "layout: own").build().is_good()
    assert ' id="ref-sato1960"' in cited.read("2020/01/01/on.html")


def test_a_list_in_a_layout_knows_what_the_page_cites(cited: Site) -> None:
    cited.write(
        {"_layouts/post.html": "{{ content }}<hr>{% bibliography --cited_in_order %}", "_layouts/default.html": ""}
    )
    cited.post("2020-01-01-on", "[@sato1960] [@noether1921]", "layout: post").build().is_good()
    page = cited.read("2020/01/01/on.html")
    assert page.count("<ol") == 1
    assert re.findall(r'<li id="ref-(\w+)"', page[page.index("<hr>") :]) == ["sato1960", "noether1921"]
    assert "References" not in page


def test_distill_is_left_to_its_script(cited: Site) -> None:
    layout = '<script src="/assets/js/distillpub/template.v2.js"></script>{{ content }}'
    cited.write({"_layouts/distill.html": layout})
    cited.post("2020-01-01-on", SPELLINGS["distill"], "layout: distill").build().is_good()
    assert '<d-cite key="noether1921"></d-cite>' in cited.read("2020/01/01/on.html")


def test_excerpts_link_to_the_post_and_repeat_no_ids(cited: Site) -> None:
    cited.post("2020-01-01-on", "First [@noether1921].\n\nMore.").build().is_good()
    home = cited.read("index.html")
    assert 'href="/2020/01/01/on.html#ref-noether1921"' in home
    assert 'id="cite-' not in home
    cited.post(
        "2020-01-01-on", "First [@noether1921].\n"
    ).build().is_good()  # its excerpt is all of it, but for the list
    assert 'id="ref-' not in cited.read("index.html")


def test_only_pages_that_show_an_entry_are_made_again(cited: Site) -> None:
    cited.post("2020-01-01-on", "[@noether1921]").post("2020-01-02-off", "[@sato1960]").build().is_good()
    cited.write({FILE: BIB.replace("Ring Press", "Ideal Press")}).build().is_good()
    assert cited.result is not None
    assert "_posts/2020-01-01-on.md" in cited.result.reasons
    assert "_posts/2020-01-02-off.md" not in cited.result.reasons
    assert "Ideal Press" in cited.read("2020/01/01/on.html")


def test_labels_come_before_entries(cited: Site) -> None:
    """`[@eq-one]` is a reference to an equation, whatever the bibliography says."""
    cited.write({FILE: BIB + "@misc{eq-one, title = {One}}\n@misc{ex-1984, title = {Two}}\n"})
    body = post(cited, "$$ a \\label{eq:one} $$\n\n[@eq-one] and @ex-1984 [@noether1921].\n")
    assert 'href="#ref-eq-one"' not in body
    assert 'href="#eq-one"' in body
    assert 'href="#ref-ex-1984"' in body
    cited.is_good()


def test_distill_notes_are_footnotes(cited: Site) -> None:
    text = 'A<d-footnote>First $x$ <d-cite key="noether1921"></d-cite></d-footnote> b[^n] c<d-footnote>Third</d-footnote>\n\n[^n]: Second'
    body = post(cited, text)
    assert re.findall(r'role="doc-noteref">(\d)</a>', body) == ["1", "2", "3"]
    notes = re.findall(r"<li id=\"fn:([^\"]*)\">\s*<p>(\w+)", body)
    assert notes == [("d-1", "First"), ("n", "Second"), ("d-2", "Third")]
    assert "d-footnote" not in body
    assert ">[1]</a>&nbsp;" in body
    cited.is_good()


def test_a_list_in_running_text_is_a_list(cited: Site) -> None:
    body = post(cited, "Text {% bibliography --cited %} and [@noether1921].")
    assert "data-mathblog" not in body
    assert '<p>Text</p>\n<ol class="bibliography"' in body
    assert "</ol>\n<p>and <a" in body


def test_what_liquid_writes_into_code_is_text(cited: Site) -> None:
    body = post(cited, "`{% cite noether1921 %}`\n\n```\n{% cite noether1921 %}\n```\n")
    assert "data-mathblog" not in body
    assert body.count("href=") - body.count('<a class="reversefootnote') == 2


def test_a_post_says_how_it_is_cited(site: Site) -> None:
    site.config("author: Ada M. Lovelace\n").post(
        "2018-10-06-on-engines", "Text.", "title: On 100% $x^2$ engines & more"
    )
    site.build().is_good()
    page = site.read("2018/10/06/on-engines.html")
    assert (
        "<p>Ada M. Lovelace (2018, October 6). On 100% x² engines &amp; more. 수학 노트. https://example.org/" in page
    )
    assert (
        "@misc{lovelace2018onengines,\n  author = {Ada M. Lovelace},\n  title = {{On 100\\% x² engines \\&amp; more}},"
        in page
    )
    assert "howpublished = {\\url{https://example.org/2018/10/06/on-engines.html}}" in page
    assert '<meta name="citation_title" content="On 100% x² engines &amp; more">' in page
    assert '<meta name="citation_publication_date" content="2018/10/06">' in page
    site.post("2018-10-07-two", "Text.", "author: [Ada Lovelace, C. Babbage]\npdf: /two.pdf").build().is_good()
    page = site.read("2018/10/07/two.html")
    assert (
        '<meta name="citation_author" content="Ada Lovelace">\n<meta name="citation_author" content="C. Babbage">'
        in page
    )
    assert '<meta name="citation_pdf_url" content="https://example.org/two.pdf">' in page
    assert '<meta name="citation_abstract_html_url" content="https://example.org/2018/10/07/two.html">' in page
    assert "<p>Ada Lovelace and C. Babbage (2018, October 7)." in page
    assert "@misc{lovelace2018two,\n  author = {Ada Lovelace and C. Babbage}," in page
    site.config("author: A\ntheme_settings: {cite_post: false}\n").build().is_good()
    assert "cite-post" not in site.read("2018/10/06/on-engines.html")
    assert "citation_" not in site.read("index.html")


def test_a_page_of_publications(cited: Site) -> None:
    extra = "@misc{own, author = {Noether, Emmy and Artin, Emil}, title = {Own}, year = 1999, pdf = {own.pdf}, doi = {10.1/x}, abstract = {On $x<y$}}"
    cited.config("scholar: {last_name: [Noether]}\ncitations: {style: apa}\n").write({FILE: BIB + extra})
    cited.write({"papers.md": "---\nlayout: publications\ntitle: Papers\n---\nMy papers.\n"}).build().is_good()
    page = cited.read("papers.html")
    assert re.findall(r"<h2 class=\"bibliography\">(\d+)</h2>", page) == ["1999", "1960", "1921", "1801"]
    assert "<strong>Noether, E.</strong>, &amp; Artin, E. (1999)." in page
    assert '<a href="https://doi.org/10.1/x">DOI</a> <a href="/assets/pdf/own.pdf">PDF</a>' in page
    assert '<details><summary>Abstract</summary><p>On <span class="katex">' in page
    assert "<details><summary>BibTeX</summary><pre><code>@misc{own," in page
    cited.write({"papers.md": "---\nlayout: publications\n---\n{% bibliography -q @book %}\n"}).build().is_good()
    assert cited.read("papers.html").count('<li id="') == 1
    cited.write({"_layouts/publications.html": "{{ content }}"}).build().is_good()
    assert "<details>" not in cited.read("papers.html")


def test_variables_expressions_and_lists_of_their_own(cited: Site) -> None:
    """jekyll-scholar's `191.feature`, `bibtex.feature` and `cited_only.feature`."""
    body = post(cited, "{% assign key = 'noether1921' %}{% reference {{key}} %} {% cite key %}")
    assert '<span id="ref-noether1921">' in body
    body = post(cited, "{% assign y = 1950 %}{% bibliography --query @*[year <= {{ y }} && author ~= ^Noe\\w+] %}")
    assert re.findall(r'<li id="ref-(\w+)"', body) == ["noether1921"]
    text = "{% cite sato1960 %}\n\n{% bibliography --cited --clear --prefix one %}\n\n{% cite noether1921 %}\n\n{% bibliography --cited --prefix two %}\n"
    assert re.findall(r'<li id="([\w-]+)"', post(cited, text)) == ["one-sato1960", "two-noether1921"]
    body = post(cited, "{% bibtex %}\n@book{here, title = {Here}, year = 2000}\n{% endbibtex %}\n")
    assert "<i>Here</i>. 2000." in body
    cited.is_good()


def test_a_page_without_any_bibliography_is_told_once(site: Site) -> None:
    config = "plugins: [jekyll-scholar]\nscholar: {bibliography: lost.bib}\nurl: https://a.example\n"
    site.write({"_config.yml": config})
    html = post(site, "As {% cite a %} and {% cite b c %} say.\n\n{% cite d %}\n\n{% bibliography --cited %}\n")
    assert html.count("(missing reference)") == 3
    assert site.done.exit_code == 0
    assert [item.line for item in site.done.diagnostics if item.code == "cite-unknown"] == [3]
