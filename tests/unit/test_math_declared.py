r"""What layouts declare to MathJax and KaTeX: macros, delimiters, packages, numbers, formulas that only define."""

from pathlib import Path

import pytest

from mathblog.core.source import SourceText
from mathblog.engine.cache.store import Store
from mathblog.engine.declarations import tools_of
from mathblog.engine.sources.snapshot import Snapshot
from mathblog.math.declared.declared import Declared, define, read_declared, read_macros
from mathblog.math.declared.scripts import find_scripts
from mathblog.model.layout import Layout
from mathblog.model.options import PACKAGES, Config, MarkdownOptions, MathOptions
from mathblog.model.values import Data
from mathblog.pipeline.declared import Adopted, ScriptTools, adopt_declared
from support.growth import measure

VERSION_2 = r"""
<script type="text/x-mathjax-config">
  MathJax.Hub.Config({
    extensions: ["tex2jax.js"],  // MathJax's own
    tex2jax: { inlineMath: [ ['$', '$'], ["\\(", "\\)"] ], processEscapes: true },
    {% if page.chemistry %}"HTML-CSS": { fonts: ["TeX"] },{% endif %}
    TeX: {
      equationNumbers: { autoNumber: "AMS" },
      Macros: { RR: "\\mathbb{R}", bold: ["{\\bf #1}", 1], pair: ["(#1, #2)", 2, "0"], broken: 3 }
    }
  });
</script>
<script async src="https://cdn.example.org/mathjax/2.7.9/MathJax.js?config=TeX-AMS_HTML"></script>
"""
VERSION_3 = r"""
<script>
window.MathJax = {
  tex: {
    inlineMath: [['\\(', '\\)']],
    macros: { NN: String.raw`\mathbb{N}`, norm: ["\\left\\lVert #1 \\right\\rVert", 1] },
  },
  startup: { ready() { MathJax.startup.defaultReady(); } },
};
</script>
"""
KATEX = r"""
<script>
  document.addEventListener("DOMContentLoaded", function() {
    renderMathInElement(document.body, {
      delimiters: [ {left: "$$", right: "$$", display: true}, {left: "$", right: "$", display: false} ],
      macros: { "\\EE": "\\mathbb{E}", "\\inner": "\\langle #1, #2 \\rangle" }
    });
  });
</script>
"""


def tools(tmp: Store | None = None) -> ScriptTools:
    """The real engine, over a site without files."""
    return tools_of(Snapshot(Path(), {}, (), 0), tmp or Store(None), "")


def declared(*layouts: str, site: Data | None = None) -> Declared:
    sources = [SourceText(f"{number}.html", text) for number, text in enumerate(layouts)]
    scripts = find_scripts(sources, (), site or {})
    told = zip(scripts, tools().run(scripts), strict=True)
    configurations = [found._replace(source=script.source.path) for script, it in told for found in it.configurations]
    return read_declared({source.path: source.text for source in sources}, {}, configurations, site or {})


def test_mathjax_2() -> None:
    assert declared(VERSION_2)[:3] == (
        (
            r"\newcommand{\RR}{\mathbb{R}}",
            r"\newcommand{\bold}[1]{{\bf #1}}",
            r"\newcommand{\pair}[2][0]{(#1, #2)}",
        ),
        True,
        True,
    )


def test_mathjax_3() -> None:
    assert declared(VERSION_3)[:3] == (
        (r"\newcommand{\NN}{\mathbb{N}}", r"\newcommand{\norm}[1]{\left\lVert #1 \right\rVert}"),
        False,
        False,
    )


def test_katex() -> None:
    definitions = (r"\newcommand{\EE}{\mathbb{E}}", r"\newcommand{\inner}[2]{\langle #1, #2 \rangle}")
    assert declared(KATEX)[:3] == (definitions, True, False)


def test_one_layout_with_dollars_is_enough_and_the_first_definition_wins() -> None:
    found = declared(VERSION_3, VERSION_2.replace("RR:", "NN:"))
    assert found.single_dollar is True
    assert [tex for tex in found.definitions if r"\NN" in tex] == [r"\newcommand{\NN}{\mathbb{N}}"]


@pytest.mark.parametrize(
    ("script", "dollar"),
    [
        ("MathJax = {tex: {inlineMath: {'[+]': [['$', '$']]}}}", True),
        ("MathJax = {tex: {macros: {}}}", None),
        ("MathJax.Hub.Config({tex2jax: {inlineMath: []}})", False),
        ("renderMathInElement(document.body)", None),
        (
            "renderMathInElement(document.getElementById('a'), {delimiters: [{left: '$', right: '$', display: false}]})",
            True,
        ),
        ("renderMathInElement(document.body, {delimiters: [{left: '$', right: '$', display: true}]})", False),
        ("// MathJax = {tex: {inlineMath: [['$', '$']]}}", None),
        ("/* see http://x.org */ MathJax = {tex: {inlineMath: [['$', '$']]}}", True),
        ("if (MathJax == {}) {}", None),
        ("MathJax = load({tex: {inlineMath: [['$', '$']]}})", None),
        ("const one = [['$', '$']]; window.MathJax = Object.assign({}, {tex: {inlineMath: one}})", True),
        ("window.MathJax = {...{tex: {inlineMath: [['$', '$']]}}}", True),
        ("if (!window.MathJax) { window.MathJax = {tex: {inlineMath: [['$', '$']]}} }", True),
        ("var o = {tex2jax: {}}; o.tex2jax.inlineMath = [['$', '$']]; MathJax.Hub.Config(o)", True),
        (
            (
                "window.addEventListener('load', () => renderMathInElement(document.body, options)); "
                "const options = {delimiters: [{left: '$', right: '$', display: false}]}"
            ),
            True,
        ),
        (
            (
                "$(document).ready(function () { $('main').each(function () { renderMathInElement(this, "
                "{delimiters: [{left: '$', right: '$', display: false}]}) }) })"
            ),
            True,
        ),
        (
            (
                "document.querySelector('#k').onload = () => renderMathInElement(document.body, "
                "{delimiters: [{left: '$', right: '$', display: false}]})"
            ),
            True,
        ),
        ("MathJax = {tex: {inlineMath: [['$', '$']].concat([])}}; document.head.append(create('script'))", True),
        ("MathJax = {tex: {inlineMath: [['$', '$']]}}; throw new Error('too late')", True),
    ],
)
def test_dollars(script: str, dollar: bool | None) -> None:  # noqa: FBT001 - a table of them
    assert declared(f"<script>{script}</script>").single_dollar is dollar


@pytest.mark.parametrize(
    ("script", "argument"),
    [
        ("<script src='https://cdn.example.org/mathjax@2.7.9/MathJax.js'></script>", True),
        ("<script>MathJax.Hub.Config({tex2jax: {}})</script>", True),
        ("<script>MathJax.Hub.Config({TeX: {extensions: ['AMSmath.js', 'color.js']}})</script>", False),
        ("<script src='https://cdn.example.org/mathjax@3/es5/tex-chtml.js'></script>", False),
        ("<script>renderMathInElement(document.body, {colorIsTextColor: true})</script>", True),
    ],
)
def test_colours(script: str, argument: bool) -> None:  # noqa: FBT001 - a table of them
    assert declared(script).color_argument is argument


@pytest.mark.parametrize(
    ("layout", "number"),
    [
        (VERSION_2, "ams"),
        (VERSION_3, "labelled"),
        (KATEX, "ams"),
        ("<script>MathJax.Hub.Config({tex2jax: {}})</script>", "labelled"),
        ("<script>MathJax = {tex: {tags: 'ams'}}</script>", "ams"),
        ("<script>MathJax = {tex: {tags: 'all'}}</script>", "all"),
        ("<script>MathJax = {tex: {tags: 'none'}}</script>", "none"),
        ("<script>MathJax.Hub.Config({TeX: {equationNumbers: {autoNumber: 'all'}}})</script>", "all"),
        ('<script async src="https://cdn.example.org/mathjax@3/es5/tex-chtml.js"></script>', "labelled"),
        ("<script src='/js/MathJax.js?config=TeX-AMS_CHTML'></script>", "labelled"),
        ('<script src="/auto-render.min.js" onload="renderMathInElement(document.body);"></script>', "ams"),
        ("<p>We use MathJax and KaTeX</p>", None),
        ("{% if site.mathjax %}<script src='/MathJax.js'></script>{% endif %}", None),
        ("{% if page.mathjax %}<script src='/MathJax.js'></script>{% endif %}", "labelled"),
        ("<script>window.MathJax = {}</script><script>MathJax.tex = {tags: 'ams'}</script>", "ams"),
        ("<script>MathJax = {tex: {}}</script><script>window.MathJax.tex.tags = 'all'</script>", "all"),
        (
            "<script>MathJax = {}</script><script>MathJax.tex = {}</script><script>MathJax.tex.tags = 'ams'</script>",
            "ams",
        ),
        (
            "<script>MathJax = {startup: {ready() { MathJax.config.tex.tags = 'ams'; MathJax.startup.defaultReady() }}}</script>",
            "ams",
        ),
        ("<script>MathJax = {tex: {tags: 'ams'}, startup: {ready() { MathJax._.input.tex.gone() }}}</script>", "ams"),
        ("<script>MathJax = {tex: {tags: 'ams'}}</script><script>MathJax = {tex: {tags: 'none'}}</script>", "none"),
        (
            "<script>MathJax.Hub.Config({TeX: {equationNumbers: {autoNumber: 'AMS'}}}); MathJax.Hub.Config({showMathMenu: false})</script>",
            "ams",
        ),
    ],
)
def test_numbers(layout: str, number: str | None) -> None:
    assert declared(layout).number == number


def test_the_way_to_number_is_the_configurations_if_it_says_so() -> None:
    assert adopt(Config(), VERSION_3).math.number == "labelled"
    assert adopt(Config(), "<p></p>").math.number == "ams"
    given = Config(math=MathOptions(number="labelled"), raw={"math": {"number": "labelled"}})
    assert adopt(given, VERSION_2).math.number == "labelled"


@pytest.mark.parametrize(
    "script",
    [
        "MathJax = {loader: {load: ['[tex]/physics', 'ui/menu']}}",
        "MathJax = {tex: {packages: {'[+]': ['ams', 'physics']}}}",
        "MathJax = {tex: {packages: ['base', 'physics']}}",
        "MathJax.Hub.Config({TeX: {extensions: ['[Contrib]/physics/physics.js']}})",
        "MathJax.Hub.Config({extensions: ['TeX/physics.js']})",
    ],
)
def test_packages(script: str) -> None:
    assert "physics" in declared(f"<script>{script}</script>").packages


def test_what_is_commented_out_declares_nothing() -> None:
    assert declared(f"<!-- {VERSION_2} -->") == Declared()
    assert declared(f"{{% comment %}}{VERSION_2}{{% endcomment %}}") == Declared()


@pytest.mark.parametrize(
    "element",
    [
        '<div style="display:none">$$ \\newcommand{\\PP}{P} $$</div>',
        '<div class="hidden">\\[\\newcommand{\\PP}{P}\\]</div>',
        "<p hidden>\\(\\newcommand{\\PP}{P}\\)</p>",
        '<span style="display: none">$\\newcommand{\\PP}{P}$</span>',
        "<div hidden>{% raw %}$$\\newcommand{\\PP}{P}$${% endraw %}</div>",
    ],
)
def test_a_formula_that_only_defines(element: str) -> None:
    assert declared(f"<body>{element}{{{{ content }}}}</body>").definitions == (r"\newcommand{\PP}{P}",)


def test_an_include_counts_where_a_layout_includes_it() -> None:
    includes = {
        "head.html": "{% include maths/macros.html %}",
        "maths/macros.html": r"<p hidden>$\def\a{1}\DeclareMathOperator{\tr}{tr}$</p>",
        "example.html": r"<p>$\def\b{2}$</p>",
    }
    found = read_declared({"default.html": "{%- include head.html -%}"}, includes, [], {})
    assert found.definitions == (r"\def\a{1}", r"\DeclareMathOperator{\tr}{tr}")


def test_a_formula_that_shows_something_defines_nothing_for_others() -> None:
    assert declared(r"<footer>$\def\x{1} \x$</footer><script>let a = '$\def\y{2}$'</script>") == Declared()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a", r"\newcommand{\x}{a}"),
        ("#1#3", r"\newcommand{\x}[3]{#1#3}"),
        (["a"], r"\newcommand{\x}{a}"),
        (["#1", 2.0], r"\newcommand{\x}[2]{#1}"),
        (["#1", 1.0, ""], r"\newcommand{\x}[1][]{#1}"),
        ([], ""),
        (None, ""),
        (5.0, ""),
        (["a", 10.0], ""),
    ],
)
def test_a_macro_as_tex(value: object, expected: str) -> None:
    assert define(r"\x", value) == expected  # type: ignore[arg-type]


def test_a_pages_own_macros() -> None:
    assert read_macros(VERSION_3)[0] == r"\newcommand{\NN}{\mathbb{N}}"


def adopted(config: Config, layout: str) -> Adopted:
    source = SourceText("_layouts/default.html", layout)
    return adopt_declared(config, {"default": Layout("default", source, 0, {})}, {}, tools())


def adopt(config: Config, layout: str) -> Config:
    return adopted(config, layout).config


@pytest.mark.parametrize("math", [MathOptions(), MathOptions(number="none", packages=PACKAGES[:2])])
def test_a_site_without_layouts_and_settings_declares_nothing(math: MathOptions) -> None:
    config = Config(math=math, raw={"title": "x"})
    assert adopt_declared(config, {}, {}, tools()) == (config, ())


def test_what_the_configuration_says_wins() -> None:
    silent = adopt(Config(math=MathOptions(definitions=("mine",))), VERSION_3)
    assert silent.math.definitions[-1] == "mine"
    assert not silent.markdown.single_dollar
    assert adopt(Config(raw={"math": {"single_dollar": True}}), VERSION_3).markdown.single_dollar
    off = Config(markdown=MarkdownOptions(single_dollar=False), raw={"math": {"single_dollar": False}})
    assert not adopt(off, VERSION_2).markdown.single_dollar
    assert adopt(Config(), VERSION_2).markdown.single_dollar


def test_a_site_that_declares_nothing_keeps_its_configuration() -> None:
    config = Config(math=MathOptions(engine="v8", macros=((r"\a", "b"),)))
    assert adopt(config, "<body>{{ content }} costs $5 and $10</body>") == config


@pytest.mark.parametrize(
    "layout",
    [
        "<script>var Own = {RR: 'R'};</script><p></p><script>MathJax = {tex: {macros: Own}};</script>",
        "<script>MathJax = {tex: {macros: {['R' + 'R']: ['R'].join('')}}};</script>",
        "<script>(function (m) { window.MathJax = {tex: {macros: m}}; })({RR: 'R'});</script>",
        "<script>MathJax.Hub.Register.StartupHook('TeX Jax Ready', () => MathJax.InputJax.TeX.Macro('RR', 'R'))</script>",
        "<script defer src='/auto-render.min.js' onload=\"renderMathInElement(document.body, {macros: {'\\RR': 'R'}})\"></script>",
        "<script type=module>import render from './x.mjs';\nrenderMathInElement(0, {macros: {RR: 'R'}})</script>",
        "<script>MathJax = {tex: {macros: {RR: '{{ site.letter }}'}}, v: {{ page.v }} };</script>",
        "<script>MathJax = {tex: {macros: {{ site.macros | jsonify }} }};</script>",
        "<script>MathJax = {tex: {macros: {% if page.x %}{RR: 'R'}{% else %}{RR: 'S'}{% endif %} }};</script>",
        "<script>MathJax = {tex: {macros: {RR: '{% if site.letter == 'R' %}R{% else %}S{% endif %}'}}};</script>",
        (
            "{% if site.off %}<script>MathJax = {tex: {macros: {RR: 'S'}}}</script>{% endif %}"
            "<script>MathJax = {tex: {macros: {RR: 'R'}}}</script>"
        ),
    ],
)
def test_a_script_is_run(layout: str) -> None:
    found = adopted(Config(raw={"letter": "R", "macros": {"RR": "R"}}), layout)
    assert found.config.math.definitions == (r"\newcommand{\RR}{R}",)
    assert not found.diagnostics


def test_settings_of_the_configuration() -> None:
    kramdown: Data = {"kramdown": {"math_engine_opts": {"macros": {r"\RR": r"\mathbb{R}"}}}}
    assert declared(site=kramdown).definitions == (r"\newcommand{\RR}{\mathbb{R}}",)
    mathjax: Data = {"mathjax": {"inlineMath": [["$", "$"]], "macros": {"RR": "R"}}}
    assert declared(site=mathjax)[:2] == ((r"\newcommand{\RR}{R}",), True)
    jektex: Data = {"jektex": {"macros": (("\\Q", "\\mathbb{Q}"), ("alone",), "text")}}
    assert declared(site=jektex).definitions == (r"\newcommand{\Q}{\mathbb{Q}}",)
    assert declared(site={"mathjax": True, "katex": None, "kramdown": {}}) == Declared()


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("for (;;) MathJax;", "it takes longer than 1 s"),
        ("MathJax = {tex: {macros: SiteMacros}};", "`SiteMacros` is not known here"),
        ("MathJax = {tex: {macros: {RR: 'R'}}", "SyntaxError: expecting ';'"),
        ("for (let a = []; ; ) a.push('MathJax'.repeat(1e6) + a.length)", "InternalError: out of memory"),
    ],
)
def test_what_cannot_be_read_is_one_warning(script: str, message: str) -> None:
    found = adopted(Config(), f"<html>\n<script>{script}</script>")
    told = f"cannot read all that this script tells MathJax or KaTeX: {message}"
    assert [(it.message, it.line, it.column) for it in found.diagnostics] == [(told, 2, 9)]
    again = adopted(Config(), f"<script>{script}</script><script>{script};</script><script>MathJax = {{}}</script>")
    assert [it.message for it in again.diagnostics] == [f"{told}, and so 1 more"]


def test_of_a_script_that_fails_its_literals_count() -> None:
    found = adopted(Config(), "<script>let let = 1; MathJax = {tex: {macros: {RR: 'R'}}};</script>")
    assert found.config.math.definitions == (r"\newcommand{\RR}{R}",)
    assert len(found.diagnostics) == 1


def test_a_script_that_sets_nothing_up_is_not_run() -> None:
    assert not adopted(Config(), "<script>for (;;);</script>").diagnostics


def test_a_script_reaches_nothing_and_says_the_same_at_any_time() -> None:
    script = """MathJax = {tex: {macros: {
        now: String(Date.now() + new Date().getTime() + Math.random()),
        own: [typeof require, typeof process, typeof sandbox.run(''), typeof std].join(' '),
    }}}"""
    found = adopt(Config(), f"<script>{script}</script>").math.definitions
    assert found == (r"\newcommand{\now}{0.5}", r"\newcommand{\own}{function function function function}")


def test_what_was_run_is_not_run_again() -> None:
    store = Store(None)
    scripts = find_scripts([SourceText("a.html", "<script>MathJax = {tex: {tags: 'ams'}}</script>")], (), {})
    first = tools(store).run(scripts)
    kept = dict(store._values)
    assert len(kept) == 1
    assert tools(store).run(scripts) == first
    assert store._values == kept


@pytest.mark.parametrize(
    "piece", ["<!--", "MathJax = {", "MathJax={a:", "$", "\\(", "$$", "<script", "renderMathInElement(", "{% include"]
)
def test_linear_time(piece: str) -> None:
    growth = measure(piece.__mul__, lambda text: declared(r"\newcommand{\x}{y}" + text), 100_000)
    assert not growth.is_steep, str(growth)


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<script>MathJax = {tex: {displayMath: [['$$', '$$'], ['\\\\[', '\\\\]']]}}</script>", True),
        ("<script>MathJax = {tex: {displayMath: [['\\\\[', '\\\\]']]}}</script>", False),
        ("<script>MathJax = {tex: {macros: {x: 'a'}}}</script>", True),
        ("<script>MathJax.Hub.Config({tex2jax: {inlineMath: [['$', '$']]}})</script>", True),
        ("<script>MathJax.Hub.Config({tex2jax: {displayMath: [['@@', '@@']]}})</script>", False),
        ("<script>renderMathInElement(document.body, {delimiters: [{left: '$$', right: '$$', display: true}]})</script>", True),
        ("<script>renderMathInElement(document.body, {delimiters: [{left: '$', right: '$', display: false}]})</script>", False),
        ('<script src="https://cdn.jsdelivr.net/npm/mathjax@3/es5/tex-mml-chtml.js"></script>', True),
        ('<script src="/assets/auto-render.min.js"></script>', True),
        ('<script src="/assets/katex.min.js"></script>', False),
        ("<p>$$</p>", False),
    ],
)  # fmt: skip
def test_two_dollars_in_the_text_of_a_page(page: str, shown: bool) -> None:  # noqa: FBT001 - a table of them
    assert declared(page).double_dollar is shown


def test_a_section_for_kramdown_shows_no_dollars() -> None:
    assert not adopt(Config(raw={"kramdown": {"math_engine": "mathjax"}}), "").markdown.escaped_display
    assert adopt(Config(), VERSION_2).markdown.escaped_display
    assert not adopt(Config(markdown=MarkdownOptions(kramdown=False)), VERSION_2).markdown.escaped_display
