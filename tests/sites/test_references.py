"""References to equations of other posts, and what is made again when their numbers change."""

import json
import re
import shutil
from html import escape, unescape
from xml.etree import ElementTree

import pytest

from support.site import Site

VAE, ELBO = "2018-10-06-vae", "2019-01-01-elbo"
VAE_PAGE, ELBO_PAGE = "2018/10/06/vae.html", "2019/01/01/elbo.html"
EQUATION = "\\begin{equation} x \\end{equation}\n\n"
LABELLED = "\\begin{align} a \\label{eq:a} \\\\ b \\label{b} \\end{align}\n"


def links(site: Site, path: str) -> list[tuple[str, str]]:
    """The references of a page: address and text."""
    return re.findall(r'<a class="eqref" href="([^"]*)"[^>]*>([^<]*)</a>', site.read(path))


def test_equations_of_other_posts(site: Site) -> None:
    site.post(VAE, LABELLED, "title: Autoencoders")
    site.post(
        ELBO,
        "By \\eqref{vae:eq:a}, \\ref{2018-10-06-vae:b}, [@vae:eq:a], $x \\overset{\\eqref{vae:b}}{=} y$,\n"
        "[](2018-10-06-vae.md#eq-a), [](/2018/10/06/vae.html#eq-b) and [](/2018/10/06/vae.html#none).\n",
    )
    site.build()
    assert [(it.line, it.message.split(":")[0], it.hint) for it in site.done.diagnostics] == [
        (
            4,
            "the link to `/2018/10/06/vae.html#none` has no words, and nothing with a number is called so",
            "`_posts/2018-10-06-vae.md` has no such label",
        )
    ]
    first, second = "/2018/10/06/vae.html#eq-a", "/2018/10/06/vae.html#eq-b"
    assert links(site, ELBO_PAGE) == [
        (first, "(1)"),
        (second, "2"),
        (first, "Equation\N{NO-BREAK SPACE}(1) of “Autoencoders”"),
        (second, "(2)"),
        (first, "(1)"),
        (second, "(2)"),
    ]
    site.has(ELBO_PAGE, "<mtext>(2)</mtext>", '<a href="/2018/10/06/vae.html#none"></a>')
    site.has("feed.xml", "https://example.org/2018/10/06/vae.html#eq-a").lacks("feed.xml", "\ufdd8")


def test_words_that_lead_to_other_posts_and_collections(site: Site) -> None:
    site.config("collections: {notes: {output: true}}\n").post(VAE, LABELLED).write(
        {"_notes/sets.md": f"---\n---\n{LABELLED}"}
    )
    text = "\\hyperref[vae:eq:a]{the *bound*} and \\hyperref[sets:b]{$x$, \\eqref{vae:b}}, \\eqref{sets:eq:a}, [\\hyperref[vae:b]{no}](/x)\n"
    site.post(ELBO, text).build().is_good()
    shown = site.body(ELBO_PAGE)
    assert '<a class="eqref" href="/2018/10/06/vae.html#eq-a">the <em>bound</em></a> and' in shown
    assert '<a class="eqref" href="/notes/sets.html#eq-b">' in shown
    assert '<span class="eqref">(2)</span></a>,' in shown
    assert '<a class="eqref" href="/notes/sets.html#eq-a">(1)</a>' in shown
    assert '<a href="/x"><span class="eqref">no</span></a>' in shown
    site.has("feed.xml", "https://example.org/notes/sets.html#eq-b").lacks("feed.xml", "\ufdd8")
    site.write({"_notes/more/sets.md": f"---\n---\n{LABELLED}"}).post(
        ELBO, "\\hyperref[vae:c]{see *this*}, \\eqref{sets:b}"
    ).build()
    assert "no label `vae:c`" in site.report
    assert "`sets:b` may mean `_notes/more/sets.md` or `_notes/sets.md`" in site.report
    site.has(ELBO_PAGE, '<span class="eqref-missing">see <em>this</em></span>')


def test_numbers_in_words_that_lead_to_other_posts(site: Site) -> None:
    theorem = '{: .theorem #thm-e title="Euler"}\n> True.\n\n'
    site.config("theorems: true\n").post(VAE, theorem + LABELLED)
    text = "[Eq. %s]({% post_url 2018-10-06-vae %}#eq-a), [the *bound* {number}](/2018/10/06/vae.html#eq-b), [%s, {name}](/2018/10/06/vae.html#thm-e), "
    site.post(
        ELBO, f"{text}[%s](/2018/10/06/vae.html#none), [100%s](https://example.org/#x), [Eq. %s](#eq-none).\n"
    ).build()
    first, second = "/2018/10/06/vae.html#eq-a", "/2018/10/06/vae.html#eq-b"
    body = site.body(ELBO_PAGE)
    assert f'<a href="{first}">Eq. (1)</a>, <a href="{second}">the <em>bound</em> 2</a>' in body
    assert '<a href="/2018/10/06/vae.html#thm-e">1, Euler</a>' in body
    assert ">%s</a>" in body  # nothing with a number is there
    assert ">100%s</a>" in body
    assert f"{ELBO}.md:3:{len(text) + 76}: warning: no label `eq-none`" in site.report
    assert site.report.count("[label-unknown]") == 1
    site.has("feed.xml", "&gt;Eq. (1)&lt;/a&gt;").lacks("feed.xml", "\ufdd8")
    site.post(VAE, theorem + EQUATION + LABELLED).build()
    site.has(ELBO_PAGE, f'<a href="{first}">Eq. (2)</a>')


def test_a_file_that_a_link_with_a_number_names_is_its_page(site: Site) -> None:
    site.post(VAE, LABELLED)
    site.post(ELBO, "[Eq. %s](2018-10-06-vae.md#eq-a), [Eq. %s](2018-10-06-vae.md#eq-aa), [](2018-10-06-va.md#eq-a).\n")
    site.build()
    page = "/2018/10/06/vae.html"
    assert f'<a href="{page}#eq-a">Eq. (1)</a>, <a href="{page}#eq-aa">Eq. %s</a>' in site.body(ELBO_PAGE)
    assert [(it.column, it.message.partition(" has ")[0], it.hint) for it in site.done.diagnostics] == [
        (44, "no label `eq-aa`", "did you mean `#eq:a`?"),
        (73, "the link to `2018-10-06-va.md#eq-a`", "write words between the brackets"),
    ]


def test_references_of_headings_in_a_table_of_contents(site: Site) -> None:
    site.post(VAE, LABELLED)
    text = "* x\n{:toc}\n\n## [Eq. %s](#eq-c), [](#eq-c) [](2018-10-06-vae.md#eq-a) \\ref{c} \\eqref{vae:b} [u](/u)\n\n$$ c \\label{eq-c} $$\n"
    site.post(ELBO, text).build().is_good()
    contents, _, rest = site.body(ELBO_PAGE).partition("</ul>")
    assert re.sub("<[^>]*>", "", contents).split() == ["Eq.", "(1),", "(1)", "(1)", "1", "(2)", "u"]
    assert contents.count("<a ") == 1
    heading = rest[rest.index("<h2") : rest.index("</h2>")]
    other = "/2018/10/06/vae.html"
    assert re.findall(r'href="([^"]*)"', heading) == ["#eq-c", "#eq-c", f"{other}#eq-a", "#eq-c", f"{other}#eq-b", "/u"]


def test_words_with_a_percent_sign_that_lead_to_a_heading(site: Site) -> None:
    """A contents list has them, of the program's or of the author's making."""
    headings = "## Formatting with %s and %d\n\n## GET /users/{name}\n"
    site.post(
        ELBO, f"* toc\n{{:toc}}\n\n- [With %s](#formatting-with-s-and-d)\n\n{headings}\n\\eqref{{b}}\n\n{LABELLED}"
    ).build()
    site.is_good().has(ELBO_PAGE, ">With %s</a>", ">GET /users/{name}</a>")


def test_lists_lead_to_the_post_and_have_no_ids(site: Site) -> None:
    for name in (VAE, ELBO):
        site.post(name, f"By \\eqref{{b}}: \n\n{LABELLED}", "excerpt_separator: none")
    site.write({"all.html": "---\n---\n{% for post in site.posts %}{{ post.content }}{% endfor %}"}).build().is_good()
    for path in ("index.html", "all.html"):
        page = site.read(path)
        assert ' id="eq-' not in page
        assert 'href="#eq-' not in page
        site.has(path, 'href="/2018/10/06/vae.html#eq-b"', 'href="/2019/01/01/elbo.html#eq-b"')
    site.has(VAE_PAGE, ' id="eq-b"', 'href="#eq-b"')


def test_a_page_is_made_again_when_a_number_that_it_shows_changes(site: Site) -> None:
    site.post(VAE, LABELLED).post(ELBO, "\\eqref{vae:b}").post("2020-01-01-other", "text").build().is_good()
    site.post(VAE, EQUATION + LABELLED).build().is_good()
    assert links(site, ELBO_PAGE) == [("/2018/10/06/vae.html#eq-b", "(3)")]
    site.post(VAE, EQUATION + LABELLED + "\nwords\n").build().is_good()
    assert links(site, ELBO_PAGE) == [("/2018/10/06/vae.html#eq-b", "(3)")]
    warm = {path: site.read(path) for path in site.files() if path.endswith((".html", ".xml"))}
    shutil.rmtree(site.source / ".mathblog-cache")
    site.build().is_good()
    assert {path: site.read(path) for path in warm} == warm


def test_a_page_is_made_again_only_for_a_label_that_it_shows(site: Site) -> None:
    two = "$$ a \\label{a} $$\n\n$$ b \\label{b} $$\n\n"
    site.post(VAE, two).post(ELBO, "\\eqref{vae:a}").post("2020-01-01-late", "\\eqref{vae:eq:b}").build().is_good()
    site.post(VAE, two.replace("$$ b", "$$ c $$\n\n$$ d \\label{d} $$\n\n$$ b")).build().is_good()
    reasons = site.done.reasons
    assert reasons["2020/01/01/late.html"] == "label _posts/2018-10-06-vae.md eq:b"
    assert ELBO_PAGE not in reasons
    assert links(site, "2020/01/01/late.html") == [("/2018/10/06/vae.html#eq-b", "(3)")]
    site.equals_a_clean_build()


def test_a_tag_that_refers_to_another_post(site: Site) -> None:
    tagged = "$$ c \\tag{\\ref{vae:b}$'$} \\label{c} $$\n\n\\eqref{c}"
    site.post(VAE, LABELLED).post(ELBO, tagged).post(
        "2020-01-01-third", "\\eqref{elbo:c} and [@elbo:c]"
    ).build().is_good()
    site.has(
        ELBO_PAGE, '<a class="eqref" href="#eq-c">(<span class="eqref">2</span>′)</a>', 'aria-label="Equation (2′)"'
    )
    third = re.sub("</?span[^>]*>", "", site.read("2020/01/01/third.html"))
    assert ">(2′)</a> and" in third
    assert ">Equation\N{NO-BREAK SPACE}(2′)" in third
    site.post(VAE, EQUATION + LABELLED).build().is_good()
    assert ">(3′)</a> and" in re.sub("</?span[^>]*>", "", site.read("2020/01/01/third.html"))
    site.lacks("feed.xml", "\ufdd8")


def test_tags_that_refer_to_each_other_across_posts(site: Site) -> None:
    for own, other in (("vae", "elbo"), ("elbo", "vae")):
        site.post(f"2018-10-06-{own}", f"$$ a \\tag{{\\ref{{{other}:a}}}} \\label{{a}} $$")
    site.build()
    site.has(VAE_PAGE, "??").lacks(VAE_PAGE, "\ufdd8")


def test_names_of_the_sites_own_in_references_from_other_posts(site: Site) -> None:
    site.config(
        "theorems:\n  names: {theorem: Satz}\n  kinds:\n    question: {name: {en: Question, ko: 질문}, prefix: qst}\n"
    )
    site.post(VAE, "> [!theorem] {#thm-a}\n> A\n\n> [!question] {#qst-b}\n> B\n")
    site.post(ELBO, "[@vae:thm-a], \\cref{vae:qst:b}", "lang: ko").post("2020-01-01-en", "[](2018-10-06-vae.md#qst-b)")
    site.build().is_good()
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for _, text in links(site, ELBO_PAGE)] == [
        "「Vae」의 Satz 1",
        "「Vae」의 질문 2",
    ]
    assert links(site, "2020/01/01/en.html") == [("/2018/10/06/vae.html#qst-b", "Question\N{NO-BREAK SPACE}2")]


def test_a_post_that_is_called_otherwise(site: Site) -> None:
    site.post(VAE, LABELLED).post(ELBO, "By \\eqref{vae:b}.").build().is_good()
    (site.source / "_posts" / f"{VAE}.md").rename(site.source / "_posts" / "2018-10-06-variational.md")
    site.build().warns(
        r"""
        _posts/2019-01-01-elbo.md:3:4: warning: no label `vae:b` [label-unknown]
            3 | By \eqref{vae:b}.
              |    ^^^^^^^^^^^^^
              = there is no post `vae`; did you mean `variational:b`?
        """
    )
    site.has(ELBO_PAGE, '<span class="eqref-missing">(??)</span>')


@pytest.mark.parametrize(
    ("path", "front", "slug", "hint"),
    [
        ("_drafts/sets.md", "", "sets", "`{}` is a draft: `--drafts` publishes it"),
        ("_posts/2999-01-01-sets.md", "", "sets", "`{}` is of the future: `--future` publishes it"),
        ("_posts/2999-01-01-sets.md", "", "2999-01-01-sets", "`{}` is of the future: `--future` publishes it"),
        ("_posts/2018-01-01-sets.md", "published: false\n", "sets", "`{}` says `published: false`"),
        ("_posts/2018-01-01-set.md", "", "sets", "there is no post `sets`; did you mean `set:b`?"),
        (
            "_posts/2018-01-01-sets.md",
            "number: referenced\n",
            "sets",
            "`{}` numbers only what it refers to itself: refer to `b` there, or set `number: ams`",
        ),
    ],
)
def test_why_a_post_has_no_such_label(site: Site, path: str, front: str, slug: str, hint: str) -> None:
    site.write({path: f"---\n{front}---\n$$ x \\label{{b}} $$\n"}).post(ELBO, f"\\eqref{{{slug}:b}}").build()
    (problem,) = site.done.diagnostics
    assert (problem.message, problem.hint) == (f"no label `{slug}:b`", hint.format(path))
    site.post(ELBO, f"More \\eqref{{{slug}:b}}").build()
    assert [it.hint for it in site.done.diagnostics] == [hint.format(path)]
    site.equals_a_clean_build()


def test_a_draft_that_is_published_is_found(site: Site) -> None:
    site.write({"_drafts/sets.md": "---\n---\n$$ x \\label{b} $$\n"}).post(ELBO, "\\eqref{sets:b}").build()
    site.has(ELBO_PAGE, "(??)").build(show_drafts=True).is_good().lacks(ELBO_PAGE, "(??)")
    assert [text for _, text in links(site, ELBO_PAGE)] == ["(1)"]


def test_a_slug_of_two_posts(site: Site) -> None:
    site.post(VAE, LABELLED).post("2019-10-06-vae", LABELLED).post(ELBO, "\\eqref{vae:b}").build()
    assert "`vae:b` may mean `_posts/2018-10-06-vae.md` or `_posts/2019-10-06-vae.md`" in site.report
    site.post(ELBO, "\\eqref{2019-10-06-vae:b}").build().is_good()
    assert links(site, ELBO_PAGE) == [("/2019/10/06/vae.html#eq-b", "(2)")]


def test_a_label_that_another_post_cannot_steal(site: Site) -> None:
    site.post("2018-10-06-eq", LABELLED).post(ELBO, LABELLED + "\n\\eqref{eq:a}\n").build().is_good()
    assert links(site, ELBO_PAGE) == [("#eq-a", "(1)")]


def test_numbers_as_a_page_wants_them(site: Site) -> None:
    site.post(
        VAE, EQUATION + LABELLED + "\n\\eqref{b}", "number: labelled\nnumber_start: 4\nnumber_prefix: B"
    ).build().is_good()
    assert links(site, VAE_PAGE) == [("#eq-b", "(B.5)")]
    site.post(VAE, EQUATION, "number: none").build().is_good()
    site.lacks(VAE_PAGE, "eqno")


def test_pages_of_the_sites_own_that_show_posts_in_another_form(site: Site) -> None:
    """A filter of the page sees the number: it is not put in behind the filter's back."""
    site.config("baseurl: /b\n").post(VAE, LABELLED, 'title: "A & B"')
    site.post(ELBO, "By \\eqref{vae:b} & [@vae:eq:a], [](/b/about.html#eq-p).", "layout: null")
    site.write(
        {
            "about.md": "---\n---\n$$ p \\label{p} $$\n",
            "feed.atom.xml": "---\n---\n<feed>{% for post in site.posts %}<c>{{ post.content | xml_escape }}</c>{% endfor %}</feed>",
            "search.json": "---\n---\n[{% for post in site.posts %}{{ post.content | strip_html | jsonify }},{% endfor %}0]",
            "all.html": "---\n---\n{% for post in site.posts %}<p title='{{ post.content | strip_html | escape }}'>a</p>{% endfor %}",
        }
    )
    site.build().is_good()
    feed = ElementTree.fromstring(site.read("feed.atom.xml"))
    host = "https://example.org/b"
    assert re.findall('href="([^"]*)"', feed[0].text or "") == [
        f"{host}/2018/10/06/vae.html#eq-b",
        f"{host}/2018/10/06/vae.html#eq-a",
        f"{host}/about.html#eq-p",
    ]
    assert "<mtext>(2)</mtext>" in (feed[1].text or "")
    assert " id=" not in (feed[1].text or "")
    shown = "By (2) & Equation\N{NO-BREAK SPACE}(1) of “A & B”, (1)."
    found = json.loads(site.read("search.json"))[0]
    assert unescape(found).strip() == shown
    site.has("all.html", f"title='{escape(escape(shown, quote=False))}\n'")
    site.post(VAE, EQUATION + LABELLED, 'title: "A & B"').build().equals_a_clean_build()
    assert "By (3) &" in unescape(json.loads(site.read("search.json"))[0])
    site.write({"about.md": "---\n---\n$$ o \\label{o} $$\n\n$$ p \\label{p} $$\n"}).build().equals_a_clean_build()
    site.has("all.html", "(2).")


def test_titles_and_descriptions(site: Site) -> None:
    site.post(VAE, LABELLED, 'title: "Proof of \\\\eqref{b}"\ndescription: "By \\\\ref{eq:a}"')
    site.post(ELBO, "text", 'title: "More on $x$ and \\\\cref{vae:a}"\nsubtitle: "\\\\eqref{vae:b}"').build().is_good()
    site.has(VAE_PAGE, "<title>Proof of (2) |", "<h1>Proof of (2)</h1>", 'name="description" content="By 1"')
    site.has(ELBO_PAGE, "<title>More on x and eq.\N{NO-BREAK SPACE}(1) |", '<p class="subtitle">(2)</p>')
    site.has("index.html", ">Proof of (2)</a>").has("archive/index.html", ">Proof of (2)</a>")
    site.has("feed.xml", ">Proof of (2)</title>", ">By 1</summary>")
    site.post(VAE, EQUATION + LABELLED, 'title: "Proof of \\\\eqref{b}"').build().is_good().equals_a_clean_build()
    site.has(VAE_PAGE, "<h1>Proof of (3)</h1>").has("index.html", ">Proof of (3)</a>")


def test_a_title_with_a_reference_that_a_reference_names(site: Site) -> None:
    """Each of two titles names a label of the other post."""
    site.post(VAE, f"{LABELLED}\n\\cref{{elbo:eq:a}}", 'title: "Beyond \\\\ref{elbo:b}"')
    site.post(ELBO, f"\\cref{{vae:eq:a}}\n\n{LABELLED}", 'title: "More on \\\\eqref{vae:b}"').build().is_good()
    assert links(site, ELBO_PAGE) == [("/2018/10/06/vae.html#eq-a", "eq.\N{NO-BREAK SPACE}(1) of “Beyond 2”")]
    assert links(site, VAE_PAGE) == [("/2019/01/01/elbo.html#eq-a", "eq.\N{NO-BREAK SPACE}(1) of “More on (2)”")]
    site.lacks("feed.xml", "ref{").lacks("index.html", "\\eqref{vae").lacks("index.html", "\\ref{elbo")


def test_titles_in_layouts_of_the_sites_own(site: Site) -> None:
    site.write({"_layouts/post.html": "<h1>{{ page.title }}</h1>{{ content }}{{ page.previous.title }}"})
    site.post(VAE, LABELLED, 'layout: post\ntitle: "Proof of \\\\eqref{b}, \\\\eqref{gone}, `\\\\eqref`"')
    site.build().warns(
        r"""
        _posts/2018-10-06-vae.md:3:8: warning: no label `gone` [label-unknown]
            3 | title: "Proof of \\eqref{b}, \\eqref{gone}, `\\eqref`"
              |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              = write `\label{…}` into the equation that is meant
        """
    )
    site.has(VAE_PAGE, "<h1>Proof of (2), \\eqref{gone}, `\\eqref`</h1>")


def test_the_description_of_an_image(site: Site) -> None:
    site.write({"a.png": "x"}).post(VAE, LABELLED).post(
        ELBO, "$$ x \\label{x} $$\n\n![see \\eqref{x} and \\eqref{vae:b}](/a.png)"
    )
    site.build().is_good().has(ELBO_PAGE, 'alt="see (1) and (2)"')
    site.post(ELBO, "words\n\n> and ![see \\eqref{none}](/a.png) *x*\n").build()
    assert f"{ELBO}.md:5:13: warning: no label `none`" in site.report


def test_the_first_of_two_labels_counts(site: Site) -> None:
    """Also where the second one stands at a tag: its number is not that of the first."""
    site.write({"_layouts/post.html": "{{ content }}"})
    two = "$$ a \\label{x} $$\n\n$$ b \\label{x} \\tag{9} $$\n\n\\eqref{x}\n"
    site.post(VAE, two, "layout: post\nnumber: ams").build()
    assert links(site, VAE_PAGE) == [("#eq-x", "(1)")]


COMMANDS = "\\eqref{no}, \\ref{no}, \\cref{no,nor}, \\Cref{post:no}, \\autoref{no}, \\nameref{no}, \\cref{no,b}.\n"


def test_commands_that_lead_nowhere_on_a_blog_for_mathjax(site: Site) -> None:
    """MathJax reads `\\ref` and `\\eqref` in running text, and shows ???; other commands stay text."""
    site.write({"_layouts/post.html": "{{ content }}", "all.html": "---\n---\n{{ site.posts[0].content }}"})
    site.post(VAE, f"{COMMANDS}\n{LABELLED}", "layout: post\nnumber: ams").build()
    missing = '<span class="eqref-missing">(??)</span>, <span class="eqref-missing">??</span>'
    rest = "\\cref{no,nor}, \\Cref{post:no}, \\autoref{no}, \\nameref{no}, <a"
    site.has(VAE_PAGE, f"<p>{missing}, {rest}").has("all.html", f"<p>{missing}, {rest}")
    assert site.report.count("[label-unknown]") == 8
    site.remove("_layouts/post.html").build()
    site.lacks(VAE_PAGE, "\\cref", "\\Cref", "\\autoref")
    assert site.report.count("[label-unknown]") == 8


def test_a_korean_particle_behind_a_bare_name(site: Site) -> None:
    label = "$$ a \\label{eq:a} $$\n\n$$ b \\label{eq:가} $$\n\n"
    site.post(VAE, f"{label}@eq-a는, @eq-가에서는, @eq-가, @eq-b는\n", "lang: ko").build()
    shown = re.sub("<[^>]*>", "", site.body(VAE_PAGE).rpartition("<p>")[2]).replace("\N{NO-BREAK SPACE}", " ")
    assert shown.strip() == "식 (1)는, 식 (2)에서는, 식 (2), @eq-b는"
    assert site.report.count("no label") == 1


FOREIGN = """
\\figref{a}, \\ref{}, \\\\figref{a}, `\\figref{a}`, $\\text{a}$, \\href{https://example.org}{a}, \\prefix{un}, \\reference{a}

\\subsection*{Words}

{eq}`eq:a`, {prf:ref}`thm-e`, {cite:t}`gauss`, `{eq}` and ``{eq}`a` ``, \\@ref(eq:a), `\\@ref(a)`, {other}`a`.

```{prf:theorem} Euler
True.
```

~~~{math}
a
~~~

```{python}
{eq}`a` \\@ref(eq:a)
```

    {eq}`a`

:::{math}
a
:::
"""


def test_what_myst_and_bookdown_read_is_told_and_written_for_mathblog(site: Site) -> None:
    site.post(VAE, FOREIGN).build()
    assert [(it.line, it.column, it.message.partition(",")[0], it.hint) for it in site.done.diagnostics] == [
        (3, 1, "`\\figref` is no command for references", "write `\\cref{a}`"),
        (3, 13, "`\\ref{}` names nothing", "write the name of a label into the braces"),
        (5, 1, "`\\subsection` is no heading here", "write `### Words`"),
        (7, 1, "`{eq}` is a role of MyST", "write `\\eqref{eq:a}`"),
        (7, 13, "`{prf:ref}` is a role of MyST", "write `\\cref{thm-e}`"),
        (7, 31, "`{cite:t}` is a role of MyST", "write `@gauss`"),
        (7, 73, "`\\@ref(eq:a)` is bookdown's", "write `\\eqref{eq:a}`"),
        (9, 1, "`{prf:theorem}` is a directive", "write `::: theorem` … `:::`"),
        (13, 1, "`{math}` is a directive of MyST", "write `$$ … $$`, with `\\label{…}` among the TeX"),
        (23, 1, "`{math}` is a directive of MyST", "write `$$ … $$`, with `\\label{…}` among the TeX"),
    ]


def test_a_bracket_with_a_name_of_somebody_is_no_reference_on_a_blog_for_jekyll(site: Site) -> None:
    text = "Thanks to [@ex-user] and [@def-con], see [@eq-x]."
    site.config("markdown: kramdown\n").post(VAE, text).build()
    assert [it.message for it in site.done.diagnostics if it.code == "label-unknown"] == ["no label `eq-x`"]


def test_a_link_follows_the_address_of_a_post(site: Site) -> None:
    site.post(VAE, LABELLED).post(ELBO, "\\eqref{vae:b}").build().is_good()
    site.post(VAE, LABELLED, "permalink: /auto/").build().is_good().equals_a_clean_build()
    assert links(site, ELBO_PAGE) == [("/auto/#eq-b", "(2)")]
