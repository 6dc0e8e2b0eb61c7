"""Formulas rendered by KaTeX: the options, the habits of MathJax users, macros, trust."""

import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest

from mathblog.engine.katex.renderer import KatexRenderer
from mathblog.math.katex import FormulaAnswer, Refusal, request, response
from mathblog.math.renderer import render_unique
from mathblog.model.formula import FormulaKey, RenderedFormula
from mathblog.model.options import MathOptions

MACROS = ((r"\RR", r"\mathbb{R}"), (r"\set", r"\{#1\}"))


@pytest.fixture(scope="module", params=["quickjs", "v8"])
def renderer(request: pytest.FixtureRequest) -> Iterator[KatexRenderer]:
    with KatexRenderer(MathOptions(engine=request.param, macros=MACROS)) as started:
        yield started


def key(tex: str, prelude: str = "", *, display: bool = False) -> FormulaKey:
    return FormulaKey(tex, display, prelude)


def html(renderer: KatexRenderer, tex: str, prelude: str = "", *, display: bool = False) -> str:
    [rendered] = renderer.render([key(tex, prelude, display=display)])
    assert rendered.error is None
    return rendered.html


def shown(renderer: KatexRenderer, tex: str, prelude: str = "") -> str:
    """The characters that a reader sees, from the HTML part."""
    return unescape(
        re.sub("<[^>]*>|\u200b|\u2061", "", html(renderer, tex, prelude).partition('aria-hidden="true">')[2])
    )


def refusal(renderer: KatexRenderer, tex: str, prelude: str = "") -> tuple[str, int, int]:
    [rendered] = renderer.render([key(tex, prelude)])
    assert rendered.error is not None
    assert 'class="math-error' in rendered.html
    return rendered.error[:3]


def test_html_with_mathml_inside(renderer: KatexRenderer) -> None:
    inline = html(renderer, "x")
    assert inline.startswith('<span class="katex">')
    assert '<annotation encoding="application/x-tex">x</annotation>' in inline
    assert '<span class="katex-html" aria-hidden="true">' in inline


def test_display(renderer: KatexRenderer) -> None:
    assert html(renderer, "x", display=True).startswith('<span class="katex-display">')


def test_results_come_in_order_also_for_repeated_formulas(renderer: KatexRenderer) -> None:
    x, y, again = renderer.render([key("x"), key("y"), key("x")])
    assert x == again != y


def test_more_formulas_than_one_call_takes(renderer: KatexRenderer) -> None:
    rendered = renderer.render([key(f"x_{{{number}}}") for number in range(1001)])
    assert [f"x_{{{number}}}" in formula.html for number, formula in enumerate(rendered)] == [True] * 1001


def test_an_error_spoils_one_formula(renderer: KatexRenderer) -> None:
    good, bad, also_good = renderer.render([key("x"), key("}"), key("y")])
    assert (good.error, also_good.error) == (None, None)
    assert bad.error is not None


def test_hangul_in_formulas(renderer: KatexRenderer) -> None:
    assert shown(renderer, r"\text{확률} = 밀도") == "확률=밀도"


def test_chemistry(renderer: KatexRenderer) -> None:
    assert "H" in shown(renderer, r"\ce{2H2 + O2 -> 2H2O}")


def test_macros_of_the_site(renderer: KatexRenderer) -> None:
    assert shown(renderer, r"\RR \set{x}") == "R{x}"


def test_macros_of_the_document(renderer: KatexRenderer) -> None:
    assert shown(renderer, r"\x 1", r"\newcommand{\x}{a}") == "a1"
    assert shown(renderer, r"\x 1", r"\def\y{b}\let\x\y") == "b1"


def test_a_prelude_that_begins_with_the_last_one(renderer: KatexRenderer) -> None:
    first, second = r"\def\x{a}", "\\def\\x{a}\n\\def\\y{\\x b}"
    preludes = (first, second, rf"{second}\def\x{{c}}", f"{second}\n\\def\\x{{d}}", first, "", second)
    tex = r"\providecommand{\y}{n}\providecommand{\x}{n} \x\y"
    assert [shown(renderer, tex, it) for it in preludes] == ["an", "aab", "ccb", "ddb", "an", "nn", "aab"]
    broken = FormulaKey(r"\x", display=False, prelude=f"{first}\n\\def\\y}}")
    results = renderer.render([key(tex, first), broken, key(tex, second)])
    assert [it.error is None for it in results] == [True, False, True]


def test_as_many_macros_as_mathjax_expands(renderer: KatexRenderer) -> None:
    names = [f"\\m{''.join(chr(97 + int(digit)) for digit in str(number))}" for number in range(3000)]
    definitions = "\n".join(f"\\newcommand{{{name}}}{{x}}" for name in names)
    assert shown(renderer, f"{names[-1]} y", definitions) == "xy"
    assert shown(renderer, definitions + names[-1]) == "x"
    assert shown(renderer, r"\iff " * 3000).count("⟺") == 3000


def test_macros_do_not_leak(renderer: KatexRenderer) -> None:
    _, after = renderer.render([key(r"\gdef\leak{a} \leak"), key(r"\leak")])
    assert after.error is not None
    assert shown(renderer, r"\renewcommand{\RR}{S} \RR") == "S"
    assert shown(renderer, r"\RR") == "R"


def test_mere_definitions_show_nothing(renderer: KatexRenderer) -> None:
    assert renderer.render([key(r"\newcommand{\x}{a}", display=True)]) == [RenderedFormula("")]


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\newcommand{\R}{a}\R", "a"),  # KaTeX predefines \R and refuses
        (r"\newcommand*{\x}[1]{#1}\x b", "b"),
        (r"\newcommand{\x}[2][d]{#1#2}\x{e}\x[f]{g}", "defg"),
        (r"\newcommand\x[1][d]{#1}\x", "d"),
        (r"\renewcommand{\unheard}{a}\unheard", "a"),
        (r"\providecommand{\alpha}{a}\alpha", "α"),
        (r"\providecommand{\x}{a}\x", "a"),
        (r"\DeclareMathOperator{\x}{argmin} \x y", "argminy"),
        (r"\DeclareMathOperator*{\x}{argmin} \x_y", "argminy"),
        (r"a \mbox{if $x$}", "aif x"),
    ],
)
def test_habits_of_mathjax(renderer: KatexRenderer, tex: str, expected: str) -> None:
    assert shown(renderer, tex).replace("\u00a0", " ").replace(" ", "") == expected.replace(" ", "")


@pytest.mark.parametrize("url", ["http://a.b", "https://a.b/?q=1", "mailto:a@b.c", "/posts/1", "#eq", "page.html"])
def test_links_that_are_allowed(renderer: KatexRenderer, url: str) -> None:
    assert f'href="{url}"' in html(renderer, rf"\href{{{url}}}{{x}}")


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\href{JavaScript:alert(1)}{x}",
        r"\href{ javascript:alert(1)}{x}",
        r"\href{javascript&colon;alert(1)}{x}",
        r"\href{data:text/html,x}{x}",
        r"\href{vbscript:x}{x}",
        r"\url{javascript:alert(1)}",
        r"\includegraphics{javascript:alert(1)}",
        r"\includegraphics{data:image/svg+xml,x}",
        r"\htmlStyle{position:fixed}{x}",
        r"\htmlClass{a}{x}",
        r"\htmlData{a=b}{x}",
        r"\htmlId{main}{x}",
    ],
)
def test_no_scripts_and_attributes(renderer: KatexRenderer, tex: str) -> None:
    command = tex.partition("{")[0]
    message, position, length = refusal(renderer, tex)
    assert "not allowed" in message
    assert (position, length) == (0, len(command))


def test_entities_are_no_way_around(renderer: KatexRenderer) -> None:
    assert 'href="java&amp;#115;cript:alert(1)"' in html(renderer, r"\href{java&#115;cript:alert(1)}{x}")


def test_ids_of_our_own(renderer: KatexRenderer) -> None:
    assert 'id="eq-1"' in html(renderer, r"\htmlId{eq-1}{x}")


def test_positions_count_characters(renderer: KatexRenderer) -> None:
    assert refusal(renderer, r"😀가 \bad") == (r"undefined control sequence `\bad`", 3, 4)


def test_positions_are_the_formulas_own_after_a_prelude(renderer: KatexRenderer) -> None:
    assert refusal(renderer, r"\x + \bad", r"\newcommand{\x}{y}")[1:] == (5, 4)


def test_an_error_inside_a_macro_is_not_placed_by_the_macros_text(renderer: KatexRenderer) -> None:
    message, position, length = refusal(renderer, r"yyyyyyyy + \x", r"\newcommand{\x}{\baad}")
    assert message == r"undefined control sequence `\baad`, used by `\x`"
    assert (position, length) == (11, 2)


def test_sizes_are_capped(renderer: KatexRenderer) -> None:
    assert "height:50em" in html(renderer, r"\rule{1em}{5000em}")


def test_render_unique_calls_once() -> None:
    class Counting:
        calls: list[int] = []  # noqa: RUF012

        def begin(self, keys: list[FormulaKey]) -> Callable[[], list[RenderedFormula]]:
            self.calls.append(len(keys))
            return lambda: [RenderedFormula(key.tex) for key in keys]

        def close(self) -> None: ...

    rendered = render_unique(Counting(), [key("x"), key("y"), key("x")])  # type: ignore[arg-type]
    assert rendered == {key("x"): RenderedFormula("x"), key("y"): RenderedFormula("y")}
    assert Counting.calls == [2]
    assert render_unique(Counting(), []) == {}  # type: ignore[arg-type]


def test_the_wire() -> None:
    sent = '{"formulas": [["가", false, ""]], "definitions": ["d"], "macros": {"\\\\x": "y"}, "colour": false, "packages": [], "budget": 5}'
    assert request([key("가")], MathOptions(macros=(("\\x", "y"),), definitions=("d",)), 5) == sent
    assert response('[[["<b>"]], ["bad", 1, 2]]') == [FormulaAnswer(["<b>"]), Refusal("bad", 1, 2)]


@pytest.mark.parametrize("environment", ["equation", "equation*", "gather", "align", "multline"])
def test_an_equation_of_one_cell_is_no_table(renderer: KatexRenderer, environment: str) -> None:
    def boxes(tex: str) -> str:
        return re.sub("<annotation.*?</annotation>", "", html(renderer, tex, display=True), flags=re.DOTALL)

    tex = r"\sum_n \begin{pmatrix} a \\ b \end{pmatrix} = x"
    assert boxes(rf"\begin{{{environment}}}\label{{a}} {tex} \notag\end{{{environment}}}") == boxes(tex)


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{align} a &= b \end{align}",
        r"\begin{equation} a \\ b \end{equation}",
        r"\begin{equation} \color{red} a \\ b \end{equation}",
        r"{\begin{equation} a \end{equation}}",
        r"\begin{gather} \hline a \end{gather}",
    ],
)
def test_an_equation_with_cells_lines_or_anything_around_it_is_one(renderer: KatexRenderer, tex: str) -> None:
    assert 'class="mtable"' in html(renderer, tex, display=True)


@pytest.mark.parametrize(
    ("tex", "place"),
    [
        (r"\begin{ align }a\end{align}", (7, 7)),
        (r"\begin{\text{a}}", (6, 10)),
        (r"\begin{pmatrix", (6, 1)),
        (r"\begin{}a\end{}", (7, 0)),
        (r"\begin{aligne}a\end{aligne}", (7, 6)),
        (r"x+\begin{cases}a\end{case}", (16, 4)),
    ],
)
def test_names_of_environments_that_are_none_are_refused_at_their_place(
    renderer: KatexRenderer, tex: str, place: tuple[int, int]
) -> None:
    assert refusal(renderer, tex)[1:] == place
