r"""Blogs written for MathJax: what their layouts declare, how their formulas are written, and what an edit makes again."""

import re
from html import unescape

import pytest

from support.site import Site

POST = "2018-10-06-vae"
PAGE = "2018/10/06/vae.html"
LAYOUT = """
<html><head>
<script type="text/x-mathjax-config">
MathJax.Hub.Config({
  tex2jax: { inlineMath: [['$', '$']] },
  TeX: { Macros: { RR: "\\\\mathbb{R}", abs: ["\\\\left|#1\\\\right|", 1] } }
});
</script>
</head><body><p hidden>$\\DeclareMathOperator{\\KL}{KL}$</p>{{ content }}</body></html>
"""


def formulas(page: str) -> list[str]:
    found = re.findall(r'<annotation encoding="application/x-tex">(.*?)</annotation>', page, re.DOTALL)
    return [unescape(tex) for tex in found]


def shown(page: str) -> str:
    """The characters of the formulas, from the HTML part."""
    parts = re.findall(r'<span class="katex-html" aria-hidden="true">(.*?)<annotation|$', page, re.DOTALL)
    return re.sub(r"<[^>]*>|\s", "", "".join(parts) or page.partition('aria-hidden="true">')[2])


def test_macros_of_a_layout(site: Site) -> None:
    site.write({"_layouts/post.html": LAYOUT})
    site.post(POST, r"$\abs{x} \in \RR$, $\KL(p \Vert q)$").build()
    assert "[math]" not in site.report
    assert formulas(site.read(PAGE)) == [r"\abs{x} \in \RR", r"\KL(p \Vert q)"]
    assert "math-error" not in site.read(PAGE)


def test_an_edit_of_a_layouts_macro_renders_again(site: Site) -> None:
    site.write({"_includes/head.html": "<script>MathJax = {tex: {macros: {x: 'a_1'}}};</script>"})
    site.post(POST, r"$\x$").build().is_good()
    assert "mathnormal" in site.read(PAGE)
    first = site.read(PAGE)
    site.write({"_includes/head.html": "<script>MathJax = {tex: {macros: {x: 'b_2'}}};</script>"}).build().is_good()
    second = site.read(PAGE)
    assert first != second
    assert first.count("<mi>b</mi>") == 0
    assert second.count("<mi>b</mi>") == 1
    site.remove("_includes/head.html").build()
    assert "undefined control sequence `\\x`" in site.report


def test_the_configuration_wins_over_a_layout(site: Site) -> None:
    site.write({"_includes/head.html": "<script>MathJax = {tex: {macros: {x: 'a'}}};</script>"})
    site.config("math:\n  macros:\n    x: 'c'\n").post(POST, r"$\x$").build().is_good()
    site.has(PAGE, "<mi>c</mi>").lacks(PAGE, "<mi>a</mi>")


def test_dollars_that_a_layout_does_not_declare_are_text(site: Site) -> None:
    script = "<script>MathJax = {tex: {inlineMath: [['\\\\(', '\\\\)']]}};</script>"
    site.write({"_includes/head.html": script}).post(POST, r"a $x$ b $$y$$ c").build().is_good()
    assert formulas(site.read(PAGE)) == ["y"]
    site.has(PAGE, "a $x$ b")
    site.config("math: {single_dollar: true}\n").build().is_good()
    assert formulas(site.read(PAGE)) == ["x", "y"]


def test_dollars_may_have_blanks_declared_or_not(site: Site) -> None:
    site.post(POST, "a $ x_1 $ b").build().is_good()
    assert formulas(site.read(PAGE)) == ["x_1"]
    script = "<script>MathJax = {tex: {inlineMath: [['$', '$']]}};</script>"
    site.write({"_includes/head.html": script}).build().is_good()
    assert formulas(site.read(PAGE)) == ["x_1"]


def test_a_colour_has_an_argument_in_mathjax_2(site: Site) -> None:
    site.post(POST, r"$\color{red}{x} y$").build().is_good()
    assert site.read(PAGE).count('style="color:red;"') == 2
    site.write({"_includes/head.html": '<script src="/mathjax/MathJax.js?config=TeX-AMS_CHTML"></script>'})
    site.build().is_good()
    assert site.read(PAGE).count('style="color:red;"') == 1


def test_hidden_definitions_hold_from_there_on(site: Site) -> None:
    body = """
    before $\\up$

    <div style="display:none">
    $$
    \\newcommand{\\up}{\\uparrow}
    \\DeclareMathOperator{\\argmax}{arg\\,max}
    $$
    </div>

    after $\\up$ and $\\argmax_x$
    """
    site.post(POST, body).build()
    assert site.report.count("undefined control sequence `\\up`") == 1
    page = site.read(PAGE)
    assert formulas(page) == ["\\up", "\\argmax_x"]
    assert '<div style="display:none">' in page


def test_hidden_elements_of_other_kinds(site: Site) -> None:
    body = """
    <div class="hidden">$$\\def\\a{1}$$</div>

    <p hidden>\\(\\def\\b{2}\\)</p>

    <span style="display:none">$\\def\\c{3}$</span> $\\a\\b\\c$
    """
    site.post(POST, body).build().is_good()
    assert formulas(site.read(PAGE)) == ["\\a\\b\\c"]


def test_macros_of_a_page_of_its_own(site: Site) -> None:
    body = """
    <script type="text/x-mathjax-config">
    MathJax.Hub.Config({TeX: {Macros: {half: "\\\\frac12"}}});
    </script>

    It is $\\half$.
    """
    site.post(POST, body).post("2018-10-07-other", r"$\half$").build()
    assert site.report.count("undefined control sequence `\\half`") == 1
    assert "2018-10-07-other" in site.report
    assert formulas(site.read(PAGE)) == ["\\half"]


def test_the_place_of_an_error_behind_escapes(site: Site) -> None:
    site.post(POST, r"the set $\\{x \mid \baad\\}$").build().warns(
        r"""
        _posts/2018-10-06-vae.md:3:20: warning: undefined control sequence `\baad` [math]
            3 | the set $\\{x \mid \baad\\}$
              |                    ^^^^^
        """
    )


def test_the_place_of_an_error_in_html_with_line_breaks_and_entities(site: Site) -> None:
    site.post(POST, "<div>\n1 < 2, a<b\n$$<br>a &le; b<br>+ \\baad$$</div>").build().warns(
        r"""
        _posts/2018-10-06-vae.md:5:21: warning: undefined control sequence `\baad` [math]
            5 | $$<br>a &le; b<br>+ \baad$$</div>
              |                     ^^^^^
        """
    )


def test_a_reference_in_the_text_is_a_link(site: Site) -> None:
    body = """
    By \\eqref{eq:a}, \\eqref{eq:b} and `\\ref{eq:a}`:

    $$x = 1 \\label{eq:a}$$
    """
    site.post(POST, body).build().warns(
        r"""
        _posts/2018-10-06-vae.md:3:18: warning: no label `eq:b` [label-unknown]
            3 | By \eqref{eq:a}, \eqref{eq:b} and `\ref{eq:a}`:
              |                  ^^^^^^^^^^^^
              = did you mean `eq:a`?
        """
    )
    site.has(
        PAGE, '<a class="eqref" href="#eq-a">(1)</a>', '<span class="eqref-missing">(??)</span>', r"\ref{eq:a}</code>"
    )


def test_a_reference_in_html_may_have_a_blank_before_its_brace(site: Site) -> None:
    """As MathJax finds it (`FindTeX`): `\\\\(?:eq)?ref\\s*\\{[^}]*\\}`."""
    page = "---\n---\n<p>\\[x = 1 \\label{eq:a}\\] By \\eqref {eq:a} and \\ref{eq:a}, not \\eqref {<b>eq:a</b>}.</p>\n"
    site.write({"a.html": page}).build()
    assert re.findall(r'class="eqref" href="#eq-a">([^<]*)<', site.read("a.html")) == ["(1)", "1"]


def test_a_macro_that_cannot_be_read_is_named_where_it_is_used(site: Site) -> None:
    site.write({"_includes/head.html": "<script>MathJax = {tex: {macros: {x: '{a', y: ['b', 0]}}};</script>"})
    site.post(POST, r"$\x + \y$").build().warns(
        r"""
        _posts/2018-10-06-vae.md:3:2: warning: undefined control sequence `\x` [math]
            3 | $\x + \y$
              |  ^^
              = the site defines it, but its definition cannot be read: do the braces pair?
        """
    )


HEAD = "<script src=\"{{ '/assets/js/mathjax-setup.js' | relative_url }}\"></script>"


@pytest.mark.parametrize("front_matter", ["", "---\nlayout: null\n---\n"])
def test_a_script_file_sets_mathjax_up(site: Site, front_matter: str) -> None:
    script = "/* setup */ const rows = {x: 'a_1'};\nwindow.MathJax = {tex: {macros: rows, inlineMath: [['\\\\(', '\\\\)']]}};\n"
    if front_matter:
        script = "{%- comment -%} it's Liquid {%- endcomment -%}\n" + script
    site.write({"_includes/head.html": HEAD, "assets/js/mathjax-setup.js": front_matter + script})
    site.post(POST, r"costs $5 and $6, \\(\x\\)").build().is_good()
    site.has(PAGE, "costs $5 and $6").has(PAGE, "<mi>a</mi>")
    site.write({"assets/js/mathjax-setup.js": front_matter + script.replace("a_1", "b_2")}).build().is_good()
    site.has(PAGE, "<mi>b</mi>").lacks(PAGE, "<mi>a</mi>")


def test_a_script_file_that_no_layout_names_or_that_is_a_library_does_not_count(site: Site) -> None:
    script = "MathJax = {tex: {macros: {x: 'a'}}};"
    site.write({"_includes/head.html": HEAD, "assets/js/other.js": script})
    site.write({"assets/js/mathjax-setup.js": script + " " * 70_000, "assets/js/mathjax-setup.min.js": script})
    site.post(POST, r"$\x$").build()
    assert "undefined control sequence `\\x`" in site.report


def test_what_a_script_declares_and_cannot_be_read_is_told_until_it_is_mended(site: Site) -> None:
    site.write({"_includes/head.html": "<script>\nMathJax = {tex: {macros: SiteMacros}};</script>"})
    site.post(POST, r"$x$").build()
    assert "_includes/head.html:1:9: warning: cannot read all that this script tells MathJax or KaTeX: " in site.report
    assert "`SiteMacros` is not known here [math]" in site.report
    site.build()
    assert "SiteMacros" in site.report
    site.post(POST, r"$y$").build()
    assert "SiteMacros" in site.report
    site.write({"_includes/macros.html": "<script>\nvar SiteMacros = {x: 'a'};</script>"}).build().is_good()


def test_environments_are_numbered_as_the_site_says(site: Site) -> None:
    post = "$$\n\\begin{align} a &= b \\\\ c &= d \\tag{C} \\end{align}\n$$\n"
    site.post(POST, post).build().is_good()
    site.has(PAGE, "(1)</span>", "C").lacks(PAGE, "eqn-num")
    site.write({"_includes/head.html": "<script>MathJax = {tex: {}};</script>"}).build().is_good()
    site.lacks(PAGE, "(1)</span>").has(PAGE, "katex-tag")
    site.write({"_includes/head.html": "<script>MathJax = {tex: {tags: 'ams'}};</script>"}).build().is_good()
    site.has(PAGE, "(1)</span>")
    site.config("math: {number: none}\n").build().is_good()
    site.lacks(PAGE, "(1)</span>")


def test_a_package_that_a_site_loads(site: Site) -> None:
    site.post(POST, r"$\tr(x)$").build()
    assert "`packages: [physics]` under `math:`" in site.report
    site.config("math: {packages: [physics]}\n").build().is_good()
    first = site.read(PAGE)
    site.config("").write({"_includes/head.html": "<script>MathJax = {loader: {load: ['[tex]/physics']}};</script>"})
    site.build()
    assert formulas(site.read(PAGE)) == formulas(first) == [r"\tr(x)"]
    site.lacks(PAGE, "math-error")


@pytest.mark.parametrize(
    "script",
    [
        "JSON.stringify = () => '{}';",
        "JSON.stringify = () => 'no JSON';",
        "JSON.stringify = () => '[1, 2]';",
        "JSON.stringify = () => '['.repeat(100000);",
        'JSON.stringify = () => \'{"configurations": [{"kind": 5, "value": 1, "unknown": []}], "failures": []}\';',
        'JSON.stringify = () => \'{"configurations": [], "failures": [{}]}\';',
        "Object.prototype.toJSON = function () { return 5; };",
        "Array.prototype.toJSON = function () { return 5; };",
        "Array.prototype.map = function () { return 'x'; };",
    ],
)
def test_a_script_that_changes_javascript_itself(site: Site, script: str) -> None:
    """What it answers is not believed: one warning, and the site is built."""
    layout = f"<script>{script} MathJax = {{tex: {{macros: {{foo: 'F'}}}}}};</script>{{{{ content }}}}"
    site.write({"_layouts/d.html": layout, "index.md": "---\nlayout: d\n---\n$x$\n"}).build()
    assert site.code == 0
    assert "it changes what JavaScript itself is made of" in site.report
    site.has("index.html", "katex")


def test_half_a_surrogate_in_a_macro(site: Site) -> None:
    layout = "<script>MathJax = {tex: {macros: {foo: '\\ud800'}}};</script>{{ content }}"
    site.write({"_layouts/d.html": layout, "index.md": "---\nlayout: d\n---\n$x$\n"}).build()
    assert site.code == 0
