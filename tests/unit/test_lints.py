"""Lints of formulas: golden cases with the place of each finding, and what they cannot show."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import mathblog
from mathblog.config.known import SECTIONS, TOP_LEVEL
from mathblog.config.rules import RULES
from mathblog.core.excerpt import describe
from mathblog.core.source import SourceText, Span
from mathblog.engine.katex.renderer import KatexRenderer
from mathblog.engine.sources.configuration import front_matter_schema
from mathblog.extend.declarations import Looks
from mathblog.math.collect import FoundFormula, collect_formulas
from mathblog.math.errors import diagnose
from mathblog.math.lints.brackets import BRACKETS
from mathblog.math.slips import find_slips
from mathblog.model.document import Document
from mathblog.model.formula import Formula, FormulaKey
from mathblog.model.options import CheckOptions, LiquidOptions, MarkdownOptions, MathOptions
from mathblog.pipeline.checks.formulas import lint_documents
from mathblog.pipeline.checks.front_matter import KEYWORDS
from mathblog.pipeline.checks.links import read_page
from mathblog.pipeline.compiling.options import CompileOptions
from mathblog.pipeline.extensions import BUILTINS
from support.blog import make_meta
from support.golden import Case, parametrize, update_golden
from support.growth import measure

__all__ = ["update_golden"]


@pytest.fixture(scope="module")
def renderer() -> Iterator[KatexRenderer]:
    with KatexRenderer(MathOptions(engine="quickjs")) as started:
        yield started


def formulas_of(text: str) -> list[Formula]:
    """The formulas between `$` and `$$`."""
    matches = re.finditer(r"\$\$(.*?)\$\$|(?<!\$)\$([^$]+)\$", text, re.DOTALL)
    return collect_formulas(
        [FoundFormula(it[1] or it[2], bool(it[1]), Span(*it.span(1 if it[1] else 2))) for it in matches]
    )


@parametrize("lints-brackets", "lints-habits", "lints-signs", "lints-words")
def test_report(case: Case, renderer: KatexRenderer, *, update_golden: bool) -> None:
    source = SourceText("post.md", case.input)
    document = Document(make_meta("post.md", "/post.html", "", {}), source, 0, {})
    check = CheckOptions(lints=True, style="style" in case.settings)
    options = CompileOptions(BUILTINS, LiquidOptions(), MarkdownOptions(), ("md",), "", check=check)
    (found,) = lint_documents([(document, formulas_of(case.input))], renderer, options)
    reports = [describe(it) + (f"\n      > {it.fix}" if it.fix is not None else "") for it in found]
    case.check("\n".join(reports), update=update_golden)


@parametrize("math-slips")
def test_slips(case: Case, *, update_golden: bool) -> None:
    source = SourceText("post.md", case.input)
    found = (diagnose(formula, slip, source) for formula in formulas_of(case.input) for slip in find_slips(formula.tex))
    case.check("\n".join(map(describe, found)), update=update_golden)


def test_looking_for_slips_is_linear() -> None:
    growth = measure(lambda size: "x_{12} + \\text{가_12} % \n" * size, lambda tex: list(find_slips(tex)), 1 << 14)
    assert not growth.is_steep, str(growth)


BALANCED = (
    r"f(x) = \sum_{i=1}^{n} g(x_i) \left( h(i) + 1 \right)",
    r"\mathbb{E}[X \mid Y] = \int x \, p(x \mid y) \, dx",
    r"\begin{aligned} \log p(x) &= \log \int p(x, z) \, dz \\ &= \mathbb{E}\left[ \log \frac{p(x, z)}{q(z)} \right] \end{aligned}",
    r"\frac{1}{\sqrt{2\pi}} \exp\left( -\frac{(x - \mu)^2}{2\sigma^2} \right)",
    r"\bigl( (a + b) \cdot c \bigr)^{(n)} \text{ for } x \in (0, 1)",
    r"e^{-(x - \mu)^2 / (2\sigma^2)} \quad \underbrace{g(h(x))}_{\text{(outer)}}",
    r"\begin{pmatrix} a(x) & b \\ c & d(y) \end{pmatrix} \cdot \big[ u(t) \big]",
    r"\operatorname{softmax}(z)_i = \frac{\exp(z_i)}{\sum_j \exp(z_j)}",
)


@pytest.mark.parametrize("tex", BALANCED)
def test_every_bracket_that_is_taken_out_turned_or_doubled_is_missed(tex: str, renderer: KatexRenderer) -> None:
    def finds(written: str) -> bool:
        key = FormulaKey(written, display=True, prelude="")
        (reading,) = renderer.read([key])
        return reading is None or any(BRACKETS.find(key, reading))  # KaTeX refuses `\big` without its bracket

    turned = {"(": ")", ")": "(", "[": "]", "]": "["}
    in_text = [it.span() for it in re.finditer(r"\\text\{[^{}]*\}|\\(?:left|right)[^a-z]", tex)]
    places = [at for at, char in enumerate(tex) if char in turned and not any(a <= at < b for a, b in in_text)]
    assert not finds(tex)
    assert places
    for at in places:
        before, char, after = tex[:at], tex[at], tex[at + 1 :]
        assert finds(before + after), f"{before}<>{after}"
        assert finds(before + turned[char] + after), f"{before}<{turned[char]}>{after}"
        assert finds(before + char + char + after), f"{before}<{char}{char}>{after}"


def test_every_lint_has_its_rule() -> None:
    lints = {name for name, check in BUILTINS.checks.items() if check.looks is Looks.FORMULAS}
    assert lints <= RULES.keys()


def test_reading_is_linear(renderer: KatexRenderer) -> None:
    def find(key: FormulaKey) -> None:
        (reading,) = renderer.read([key])
        assert reading is not None
        assert len(list(BRACKETS.find(key, reading))) == 1

    growth = measure(
        lambda size: FormulaKey("(a_1 + " * size + "b)" * (size - 1), display=True, prelude=""), find, 4096
    )
    assert not growth.is_steep, str(growth)


def test_the_schema_has_only_what_is_heeded() -> None:
    for key, schema in front_matter_schema().items():
        assert isinstance(schema, dict)
        assert schema.keys() <= KEYWORDS, key
        assert schema["description"], key


def test_reading_pages_is_linear() -> None:
    growth = measure(lambda size: "<!-- <a href='#x' id=y> <pre " * size, read_page, 1 << 13)
    assert not growth.is_steep, str(growth)


def test_places_and_links_of_a_page() -> None:
    page = read_page(
        "<h1 id='a&amp;b'>x</h1><!-- <p id=no> --><p class=x id=c><a name=\"d\" href='#a'>x</a><A HREF=b?x&amp;y>z</A><abbr href=no>"
    )
    assert page == (frozenset({"a&b", "c", "d"}), ("#a", "b?x&y"))


def test_the_schema_of_the_configuration_has_only_known_keys() -> None:
    schema = json.loads((Path(mathblog.__file__).parent / "schemas" / "config.schema.json").read_text(encoding="utf-8"))
    assert schema["properties"].keys() <= {*TOP_LEVEL, "sass", "scholar", "remote_theme", "ignore_theme_config"}
    for section in ("math", "highlight"):
        assert schema["properties"][section]["properties"].keys() <= {*SECTIONS[section]}
