"""What MathJax shows and KaTeX alone refuses: the rows, cells and signs that a reader meets."""

import re
from collections.abc import Iterator
from html import unescape

import pytest

from mathblog.core.source import Span
from mathblog.engine.katex.renderer import KatexRenderer
from mathblog.math.collect import FoundFormula, collect_formulas
from mathblog.math.marks import MarkContent, put_in
from mathblog.math.words import formula_words
from mathblog.model.formula import FormulaKey, RenderedFormula
from mathblog.model.options import MathOptions, NumberOptions
from mathblog.pipeline.numbering.counting import Counter, count_formula
from support.golden import Case, parametrize, update_golden
from support.growth import measure

__all__ = ["update_golden"]


@pytest.fixture(scope="module")
def renderer() -> Iterator[KatexRenderer]:
    with KatexRenderer(MathOptions(engine="quickjs")) as started:
        yield started


def outline(html: str) -> str:
    """A formula's MathML as text: a line for each row of a table, ` | ` between cells."""
    maths = html[html.index("<semantics>") : html.index("<annotation")]
    maths = re.sub("[\u2061\u2062\u200b]|\u2009", "", maths)
    maths = re.sub("</mtd><mtd", "</mtd> | <mtd", maths).replace("</mtr>", "\n").replace("<mtable", "\n<mtable")
    lines = unescape(re.sub(r"<[^>]*>", "", maths)).replace("\u00a0", " ").split("\n")
    return "\n".join(line.rstrip() for line in lines if line.strip())


def numbered(rendered: RenderedFormula, mode: str = "ams") -> str:
    """The outline of a formula that stands alone on its page, with its numbers."""
    numbering = rendered.numbering
    if numbering is None:
        return outline(rendered.html)
    rows = count_formula(Counter(NumberOptions(mode)), numbering, []).rows
    return outline(
        put_in(numbering, [MarkContent("", f"({''.join(row.parts).strip('()')})") if row else None for row in rows], [])
    )


@parametrize("math-numbers")
def test_numbered(case: Case, renderer: KatexRenderer, *, update_golden: bool) -> None:
    [rendered] = renderer.render([FormulaKey(case.input.strip(), True, "")])
    assert rendered.error is None
    case.check(numbered(rendered, case.settings[0]), update=update_golden)


def test_cells_and_lines_of_some_columns(renderer: KatexRenderer) -> None:
    """The columns that LaTeX's `\\multicolumn` and `\\cline` name, counted from 1, and no others."""
    written = r"\begin{array}{l|c|r} a & \multicolumn{2}{r|}{b} \\ \multicolumn{1}{r}{c} & d & e \\ \cline{2-3} f & g & h \end{array}"
    [rendered] = renderer.render([FormulaKey(written, True, "")])
    maths, boxes = rendered.html.split("</semantics>")
    assert re.findall('<mtd columnalign="(.*?)"(?: columnspan="(.*?)")?>', maths) == [("right", "2"), ("right", "")]
    assert [len(re.findall("<mtd", row)) for row in maths.split("</mtr>")] == [2, 3, 3, 0]
    lines = re.findall("<mtd([^>]*)>", maths.split("</mtr>")[2])
    assert lines == ["", *[' style="border-top:.04em solid"'] * 2]
    assert boxes.count("border-bottom:.04em solid") == 2
    [over] = re.findall(r'grid-area:1/(\d+)/2/(\d+);[^"]*text-align:right', boxes)
    shown = re.findall(r'grid-area:1/(\d+);[^"]*"><span class="col-align', boxes)
    assert over == (shown[1], str(int(shown[2]) + 1))
    assert len(re.findall("vertical-separator[^>]*mask:", boxes)) == 1  # the line that the second cell covers


def test_digits_of_two_alphabets_are_two_numbers(renderer: KatexRenderer) -> None:
    """As for MathJax; each digit keeps the alphabet that it is written in."""
    [rendered] = renderer.render([FormulaKey(r"\mathbf{1.5}2^3 + 4\mathbb{1}6 + 12.5 + \mathbf{x}7", True, "")])
    assert re.findall("<mn>(.*?)</mn>", rendered.html) == ["𝟏.𝟓", "2", "3", "4", "𝟙", "6", "12.5", "7"]
    assert "<msup><mrow><mn>𝟏.𝟓</mn><mn>2</mn></mrow><mn>3</mn></msup>" in rendered.html


@pytest.mark.parametrize(
    ("tex", "wide"),
    [
        (r"a + \sqrt{x_1 + x_2 + x_3 + x_4 + x_5 + x_6 + x_7} + b", 1),
        (r"\begin{pmatrix} 11 & 12 & 13 & 14 & 15 & 16 & 17 & 18 \end{pmatrix} \in M", 1),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}^{-1} x_1 + x_2 + x_3 + x_4 + x_5 + x_6 + x_7 + x_8", 0),
    ],
)
def test_a_piece_that_cannot_be_broken_scrolls_in_a_line(renderer: KatexRenderer, tex: str, wide: int) -> None:
    inline, display = (
        render.html for render in renderer.render([FormulaKey(tex, False, ""), FormulaKey(tex, True, "")])
    )
    assert inline.count('<span class="katex-wide"><span class="katex-base">') == wide
    assert inline.count("<span") == inline.count("</span")
    assert "katex-wide" not in display


def test_a_colon_is_one_script(renderer: KatexRenderer) -> None:
    [rendered] = renderer.render([FormulaKey(r"x^\colon y", True, "")])
    assert formula_words(rendered.html, "") == "x^:y"
    assert re.search("<msup><mi>x</mi><mrow><mo[^>]*>:</mo>", rendered.html)


@pytest.fixture(scope="module")
def physicist() -> Iterator[KatexRenderer]:
    with KatexRenderer(MathOptions(engine="quickjs", packages=("physics",))) as started:
        yield started


@parametrize("physics")
def test_physics(case: Case, physicist: KatexRenderer, *, update_golden: bool) -> None:
    keys = [FormulaKey(line, True, "") for line in case.input.strip().splitlines()]
    rendered = physicist.render(keys)
    assert [formula.error for formula in rendered] == [None] * len(keys)
    case.check("\n".join(outline(formula.html) for formula in rendered), update=update_golden)


@pytest.mark.parametrize("tex", [r"\va{x}", r"\tr(x)", r"\order{x}"])
def test_physics_has_to_be_wanted(renderer: KatexRenderer, tex: str) -> None:
    error = renderer.render([FormulaKey(tex, True, "")])[0].error
    assert error is not None
    assert (
        error.hint
        == f"`{tex.partition('{')[0].partition('(')[0]}` is of the package `physics`: `packages: [physics]` under `math:`"
    )


def test_a_named_operator_is_one_child_of_a_fraction_and_of_an_accent(renderer: KatexRenderer) -> None:
    """The sign that applies a function took the place of the denominator and of the accent: `max` without its hat."""
    [rendered] = renderer.render([FormulaKey(r"\frac{\sin}{y} \bar{\max} x_{\log}^2", True, "")])
    assert formula_words(rendered.html, "") == "sin/ymax^ˉx_log²"


def test_what_physics_changes_is_as_it_was_elsewhere(renderer: KatexRenderer, physicist: KatexRenderer) -> None:
    keys = [FormulaKey(r"6 \div 2, \Re z, \ket{\psi}", True, "")]
    assert "÷" in renderer.render(keys)[0].html
    assert "÷" not in physicist.render(keys)[0].html
    own = MathOptions(engine="quickjs", packages=("physics",), definitions=(r"\newcommand{\qty}[1]{[#1]}",))
    with KatexRenderer(own) as other:
        assert outline(other.render([FormulaKey(r"\qty{x}", True, "")])[0].html) == "[x]"


@parametrize("units")
def test_units(case: Case, renderer: KatexRenderer, *, update_golden: bool) -> None:
    rendered = renderer.render([FormulaKey(line, True, "") for line in case.input.strip().splitlines()])
    assert [formula.error for formula in rendered] == [None] * len(rendered)
    case.check("\n".join(outline(formula.html) for formula in rendered), update=update_golden)


def test_a_package_that_is_required_holds_from_there_on(renderer: KatexRenderer) -> None:
    written, later = r"\require{physics} \va{x}", r"\div \vb{E}"
    pieces = [FoundFormula(tex, display=True, span=Span(0, 0)) for tex in ("6 \\div 2", written, later)]
    before, _, after = renderer.render([formula.key for formula in collect_formulas(pieces)])
    assert "÷" in before.html
    assert "÷" not in after.html


@parametrize("mathjax-habits")
def test_shown(case: Case, renderer: KatexRenderer, *, update_golden: bool) -> None:
    keys = [FormulaKey(line, "inline" not in case.settings, "") for line in case.input.strip().split("\n\n")]
    rendered = renderer.render(keys)
    assert [formula.error for formula in rendered] == [None] * len(keys)
    case.check("\n\n".join(map(numbered, rendered)), update=update_golden)


def classes(renderer: KatexRenderer, tex: str, *, display: bool = True) -> list[str]:
    """The alignment of the columns that the HTML part shows."""
    [rendered] = renderer.render([FormulaKey(tex, display, "")])
    assert rendered.error is None
    return re.findall(r'class="col-align-(\w)"', rendered.html)


def test_columns_of_eqnarray_stand_as_in_latex(renderer: KatexRenderer) -> None:
    assert classes(renderer, r"\begin{eqnarray*} a &=& b \end{eqnarray*}") == ["r", "c", "l"]
    assert classes(renderer, r"\begin{align*} a &= b \end{align*}") == ["r", "l"]


def test_columns_that_katex_does_not_know_are_passed_over(renderer: KatexRenderer) -> None:
    assert classes(renderer, r"\begin{array}{@{}l|*{2}{r}p{2cm}} a & b & c & d \end{array}") == ["l", "r", "r", "l"]


@pytest.mark.parametrize(
    ("tex", "below"),
    [
        (r"\mathop{\mathrm{argmin}}_x f", True),
        (r"\mathop{x}\nolimits_i", False),
        (r"\mathrm{argmin}\limits_x f", True),
        (r"\operatorname{argmin}\limits_x f", True),
        (r"\operatorname{argmin}_x f", False),
        (r"\sideset{}{'}\sum_k", True),
        (r"\iiiint_V", False),
    ],
)
def test_limits_of_a_display(renderer: KatexRenderer, tex: str, *, below: bool) -> None:
    shown, inline = renderer.render([FormulaKey(tex, display, "") for display in (True, False)])
    assert ("<munder>" in shown.html) is below
    assert ("<munder>" in inline.html) is (below and "limits" in tex)


def test_the_source_stays_with_the_formula(renderer: KatexRenderer) -> None:
    tex = r"\begin{eqnarray} a &=& \mbox{b} \label{x} \end{eqnarray}"
    [rendered] = renderer.render([FormulaKey(tex, display=True, prelude="")])
    annotation = re.search(r'<annotation encoding="application/x-tex">(.*?)</annotation>', rendered.html)
    assert annotation is not None
    assert unescape(annotation[1]) == tex


def test_models_of_colours(renderer: KatexRenderer) -> None:
    tex = r"\textcolor[rgb]{0,0.5,1}{a}\textcolor[RGB]{255,0,16}{b}\textcolor[gray]{1}{c}\textcolor[HTML]{00ff7F}{d}"
    [rendered] = renderer.render([FormulaKey(tex, display=False, prelude="")])
    assert re.findall(r'mathcolor="([^"]*)"', rendered.html) == ["#0080ff", "#ff0010", "#ffffff", "#00ff7f"]


def test_cells_are_coloured(renderer: KatexRenderer) -> None:
    tex = r"\begin{array}{c>{\columncolor{tan}}c} \rowcolor{red} a & b \\ \cellcolor[gray]{1}[1pt][2pt] -c & \begin{matrix} d \end{matrix} \end{array}"
    [rendered] = renderer.render([FormulaKey(tex, display=True, prelude="")])
    assert re.findall(r"<mtd(?: mathbackground=\"([^\"]*)\")?>", rendered.html) == ["red", "red", "#ffffff", "tan", ""]
    boxes = re.findall(r"left:(-?[\d.]+)em;right:(-?[\d.]+)em;[^\"]*background-color:([^;]*);", rendered.html)
    assert boxes == [("-0.5", "-0.5", colour) for colour in ("red", "#ffffff", "red", "tan")]
    assert "background-color" not in renderer.render([FormulaKey(r"\begin{matrix} a \end{matrix}", True, "")])[0].html


@pytest.mark.parametrize("font", ["cal", "scr", "frak", "sf"])
def test_a_font_within_boldsymbol_has_its_bold_face(renderer: KatexRenderer, font: str) -> None:
    [rendered] = renderer.render([FormulaKey(rf"\boldsymbol{{\math{font}{{X}}}}", display=False, prelude="")])
    _, boxes = rendered.html.split("</math>")
    assert re.search(rf'style="font-weight:700;?"><span class="[^"]*math{font}[^>]*>X<', boxes)


@pytest.mark.parametrize(
    "tex",
    [
        r"\color[rgb]{2,0,0} x",
        r"\color[hsb]{0,0,1} x",
        r"\definecolor{a}{rgb}{0,0,2} \color{a} x",
        r"\newenvironment{a}{(}{)} \begin{a} x",
        r"\num{abc}",
        r"\unit{\metrs}",
        r"\color[rgb]{a} x",
        r"\limits",
        r"x_\rm",
        r"x^\left( a",
        r"x \label",
        r"\begin{eqnarray}",
        r"\begin{math}",
        r"\end{eqnarray}",
    ],
)
def test_what_is_cut_off_is_an_error(renderer: KatexRenderer, tex: str) -> None:
    [rendered] = renderer.render([FormulaKey(tex, display=True, prelude="")])
    assert rendered.error is not None


def test_an_environment_that_ends_as_another_is_named_as_it_was_written(renderer: KatexRenderer) -> None:
    [rendered] = renderer.render([FormulaKey(r"\begin{eqnarray} a \end{align}", display=True, prelude="")])
    assert rendered.error is not None
    assert rendered.error.message == r"`\begin{eqnarray}` is closed by `\end{align}`"
    assert (rendered.error.position, rendered.error.length) == (19, 4)


@pytest.mark.parametrize(
    "piece",
    [r"\begin{math}", r"\begin{eqnarray}a\\", r"\text{", r"x\limits", r"\matrix{a&", r"\bbox[", r"\sideset{}{}"],
)
def test_bad_input_costs_linear_time(renderer: KatexRenderer, piece: str) -> None:
    [rendered] = renderer.render([FormulaKey(piece * 300, display=True, prelude="")])
    assert rendered.error is not None or rendered.html
    growth = measure(piece.__mul__, lambda tex: renderer.render([FormulaKey(tex, display=True, prelude="")]), 1024)
    assert not growth.is_steep, str(growth)
