"""QuickJS and V8 give the same bytes, over a few hundred formulas of all kinds; KaTeX's files are there."""

from itertools import product
from pathlib import Path

import pytest

from mathblog.engine.katex import assets as katex_assets
from mathblog.engine.katex.assets import katex_files, katex_scripts, katex_styles
from mathblog.engine.katex.renderer import KatexRenderer
from mathblog.engine.problem import ENVIRONMENT, BuildStopped
from mathblog.model.formula import FormulaKey, RenderedFormula
from mathblog.model.options import MathOptions

FONTS = [
    "mathbb",
    "mathbf",
    "mathcal",
    "mathfrak",
    "mathit",
    "mathrm",
    "mathscr",
    "mathsf",
    "mathtt",
    "bm",
    "boldsymbol",
]
ACCENTS = [
    "hat",
    "widehat",
    "bar",
    "overline",
    "vec",
    "tilde",
    "widetilde",
    "dot",
    "ddot",
    "overrightarrow",
    "underbrace",
]
MATRICES = [
    "matrix",
    "pmatrix",
    "bmatrix",
    "Bmatrix",
    "vmatrix",
    "Vmatrix",
    "smallmatrix",
    "cases",
    "rcases",
    "aligned",
]
GREEK = ["alpha", "beta", "Gamma", "varepsilon", "vartheta", "Omega", "digamma", "varkappa"]
OPERATORS = ["sum", "prod", "int", "oint", "bigcup", "bigoplus", "lim", "max", "det", "limsup", "injlim"]
RELATIONS = ["le", "geqslant", "subseteq", "approx", "mapsto", "longrightarrow", "iff", "nRightarrow", "vDash", "perp"]
DELIMITERS = [
    "()",
    "[]",
    (r"\{", r"\}"),
    (r"\langle", r"\rangle"),
    (r"\lfloor", r"\rceil"),
    "|.",
    (r"\lVert", r"\rVert"),
]
SIZES = ["tiny", "small", "large", "Huge", "displaystyle", "scriptstyle"]
WHOLE = [
    r"e^{i\pi} + 1 = 0",
    r"\frac{1}{1 + \frac{1}{1 + \cfrac{1}{x}}}",
    r"\sqrt[3]{\frac{x^3 + y^3}{2}}",
    r"\binom{n}{k} = \dbinom{n-1}{k} + \tbinom{n-1}{k-1}",
    r"\mathbb{E}_{q_\phi(z \mid x)}\left[ \log p_\theta(x \mid z) \right] - D_{\mathrm{KL}}(q_\phi \,\Vert\, p)",
    r"\text{확률 변수 } X \sim \mathcal{N}(0, \sigma^2), \quad 평균 = 0",
    r"\text{若 } x > 0 \text{ 则 } f(x) = \ln x",
    r"\ce{H2O} \quad \ce{2H2 + O2 -> 2H2O} \quad \ce{SO4^2-} \quad \ce{A <=>[x] B}",
    r"\pu{1.2e3 kJ//mol}",
    r"\color{red} x \textcolor{#00f}{y} \colorbox{yellow}{z} \fcolorbox{red}{white}{w}",
    r"\begin{CD} A @>a>> B \\ @VbVV @AAcA \\ C @= D \end{CD}",
    "\\begin{aligned} a &= b + c \\\\ &= d \\\\[1em] &\\le e \\end{aligned}",
    r"\begin{align} a &= b \\ c &= d \tag{*} \end{align}",
    r"\begin{gather} a \\ b \notag \end{gather}",
    r"\begin{alignat}{2} a &= b & c &= d \end{alignat}",
    r"\begin{equation} \begin{split} a &= b \\ &= c \end{split} \end{equation}",
    r"\begin{array}{l|c:r} a & b & c \\ \hline d & e & f \\ \hdashline g & h & i \end{array}",
    r"\underbrace{a + b}_{\text{sum}} \overbrace{c}^{2} \xrightarrow[n \to \infty]{\text{a.s.}} X",
    r"\cancel{x} \bcancel{y} \xcancel{z} \sout{w} \boxed{E = mc^2}",
    r"\bra{\psi} \ket{\phi} \braket{a|b}",
    r"\sum_{\substack{0 < i < n \\ i \text{ odd}}} x_i \mathop{\bigstar}_{k}",
    r"\lim_{n \to \infty} \operatorname*{arg\,max}_\theta \; \operatorname{Res}(f, a)",
    r"f'(x) \quad f''^{2} \quad x^{\prime\prime}",
    r"\overset{!}{=} \underset{x}{y} \stackrel{def}{=} \not= \neq \not\in",
    r"\rule{1em}{2em} \kern2em \hspace{1cm} \raisebox{1em}{x} \phantom{y} \smash[b]{z}",
    r"\href{https://example.org/?a=1&b=2}{x} \url{https://example.org}",
    r"\def\x#1{#1^2} \x{a} \let\y\alpha \y",
    r"\newcommand{\R}{\mathbf{R}} \R^n",
    r"a < b > c \& d",
    r"\unknown",
    r"x_1_2",
    r"\begin{nothing} \end{nothing}",
    r"{",
]  # fmt: skip


def formulas() -> list[FormulaKey]:
    made = [
        *WHOLE,
        *(rf"\{font}{{{text}}}" for font, text in product(FONTS, ["R", "abc", "x_1^2"])),
        *(rf"\{accent}{{{text}}}_i" for accent, text in product(ACCENTS, ["x", "xyz"])),
        *(rf"\begin{{{name}}} 1 & \{greek} \\ \frac{{a}}{{b}} & 0 \end{{{name}}}" for name, greek in product(MATRICES, GREEK[:3])),
        *(rf"\{operator}_{{i=1}}^n \{greek}_i" for operator, greek in product(OPERATORS, GREEK[:2])),
        *(rf"\{one} \{relation} \{other}" for relation, one, other in product(RELATIONS, GREEK[:2], GREEK[2:4])),
        *(rf"\left{left} {inner} \right{right}" for (left, right), inner in product(DELIMITERS, ["x", r"\frac{\frac12}{x}"])),
        *(rf"\{size} \frac{{a}}{{b}} \sqrt{{{greek}}}" for size, greek in product(SIZES, ["2", "x"])),
    ]  # fmt: skip
    return [FormulaKey(tex, display=display, prelude="") for tex in made for display in (False, True)]


def test_both_engines_give_the_same_bytes() -> None:
    keys = formulas()
    with KatexRenderer(MathOptions(engine="quickjs")) as quickjs, KatexRenderer(MathOptions(engine="v8")) as v8:
        first, second = quickjs.render(keys), v8.render(keys)
    assert len(keys) > 300
    assert first == second
    refused = {key.tex for key, formula in zip(keys, first, strict=True) if formula.error and key.display}
    assert refused == {r"\unknown", "x_1_2", r"\begin{nothing} \end{nothing}", "{"}


@pytest.mark.parametrize("engine", ["quickjs", "v8"])
def test_chemistry_is_the_same_whenever_it_is_first_asked_for(engine: str) -> None:
    """KaTeX's extension for it starts with the first formula, prelude or macro that names a command of it."""

    def render(*keys: FormulaKey, macros: tuple[tuple[str, str], ...] = ()) -> list[RenderedFormula]:
        with KatexRenderer(MathOptions(engine=engine, macros=macros)) as renderer:
            renderer.render([FormulaKey("x", display=False, prelude="")])
            return renderer.render(keys)

    water = FormulaKey(r"\ce{H2O}", display=False, prelude="")
    (at_first,) = render(water)
    assert at_first.error is None
    with KatexRenderer(MathOptions(engine=engine)) as renderer:
        renderer.vocabulary()
        assert renderer.render([water]) == [at_first]
    defined = FormulaKey(r"\water", display=False, prelude=r"\newcommand{\water}{\ce{H2O}}")
    for (made,) in (
        render(FormulaKey("\\\x01ce{H2O}", display=False, prelude="")),
        render(FormulaKey(r"\pu{1 kJ}", display=False, prelude="")),
        render(defined),
        render(FormulaKey(r"\water", display=False, prelude=""), macros=((r"\water", r"\ce{H2O}"),)),
    ):
        assert made.error is None


def test_the_names_that_hints_come_from() -> None:
    with KatexRenderer(MathOptions(engine="quickjs")) as renderer:
        known = renderer.vocabulary()
    assert {r"\alpha", r"\frac", r"\mathbb", r"\ce", r"\operatorname"} <= set(known.commands)
    assert {"aligned", "pmatrix", "CD", "cases", "align*"} <= set(known.environments)
    assert not {r"\mathbbb", r"\eqrefs"} & set(known.commands)


def test_katex_is_installed() -> None:
    sheets = {"katex.min.css": katex_styles(), **katex_files()}
    assert b"fonts/KaTeX_Main-Regular.woff2" in sheets["katex.min.css"].read_bytes()
    assert sheets["fonts/KaTeX_Main-Regular.woff2"].read_bytes()[:4] == b"wOF2"


def test_katex_is_not_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(katex_assets, "_FOLDER", tmp_path)
    for reads in (katex_scripts, katex_files):
        with pytest.raises(BuildStopped, match="KaTeX is not installed") as stopped:
            reads()
        assert stopped.value.code == ENVIRONMENT
        assert "install" in stopped.value.hint
