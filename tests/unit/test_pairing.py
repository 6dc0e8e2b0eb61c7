r"""A delimiter that is never closed takes nothing from the formulas around it, and is named alone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mathblog.core.segments import identity
from mathblog.core.source import Span
from mathblog.markdown.parser import formula_tokens, parse
from mathblog.model.facts.view import FactView, SiteFacts
from mathblog.model.options import LiquidOptions, MarkdownOptions
from mathblog.pipeline.checks.checked_text import CheckedText
from mathblog.pipeline.checks.unclosed import unclosed_maths
from mathblog.pipeline.compiling.options import CompileOptions
from mathblog.pipeline.extensions import BUILTINS
from mathblog.text.delimiters import MATH
from mathblog.text.regions import regions
from support.growth import measure
from support.liquid_site import page

OPTIONS = MarkdownOptions()
TEX = ["x", "x_1", "f(x)", "a + b", r"\alpha", r"\frac{1}{2}", "[0, 1)", "x < y", r"\text{so it is}"]
DISPLAYS = ["$$\n{}\n$$", "$${}$$", "$$ {} $$", "\\\\[\n{}\n\\\\]", "\\\\[{}\\\\]", "> $$\n> {}\n> $$", "- $${}$$"]
INLINES = ["$${}$$", "$$ {} $$", "${}$", "\\\\({}\\\\)"]
PROSE = [
    "We read on for a while.", "It follows", "# The next part", "- one item\n- two items", "1. first\n2. second", "> said so",
    "```tex\n$$\n\\\\[\n```", "`$$` is code", "<!-- $$ -->", "값은 아래와 같이 정해진다", "因此我们得到下面的公式",
    "Так как это верно", "| a | b |", "![an image](a.png)",
]  # fmt: skip
OPENINGS = [
    ("$$\n{}", "$$"), ("$$ {}", "$$"), ("so $$ {} and more", "$$"), ("so $${} it is", "$$"), ("> $$\n> {}", "$$"), ("- $$ {}", "$$"),
    ("\\\\[\n{}", "\\\\["), ("so \\\\({} it is", "\\\\("), ("\\begin{align}\n{}", "\\begin{align}"),
]  # fmt: skip
_patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
_tex = st.sampled_from(TEX)
_display = st.tuples(st.sampled_from(DISPLAYS), _tex).map(lambda pair: (pair[0].replace("{}", pair[1]), [pair[1]]))
_inline = st.tuples(st.sampled_from(INLINES), _tex).map(lambda pair: (pair[0].replace("{}", pair[1]), [pair[1]]))
_prose = st.sampled_from(PROSE).map(lambda text: (text, list[str]()))
_sentence = _inline.map(lambda pair: (f"Here {pair[0]} is it.", pair[1]))
_blocks = st.lists(st.one_of(_display, _prose, _sentence), max_size=5)
_opening = st.tuples(st.sampled_from(OPENINGS), _tex).map(lambda pair: (pair[0][0].replace("{}", pair[1]), pair[0][1]))


def formulas(text: str) -> list[str]:
    return [token.content.strip() for token in formula_tokens(parse(text, OPTIONS, BUILTINS))]


def scanned(text: str) -> list[str]:
    found = (region for region in regions(text, OPTIONS) if region.kind == MATH)
    return [text[region.inner_start : region.inner_end].strip("\n >") for region in found]


def warned(text: str) -> list[str]:
    """What is named as never closed, with its place."""
    parsed = parse(text, OPTIONS, BUILTINS)
    spans = [Span(token.meta["start"], token.meta["end"]) for token in formula_tokens(parsed)]
    options = CompileOptions(BUILTINS, LiquidOptions(), OPTIONS, ("md",), "")
    subject = CheckedText(page(text), text, identity(len(text)), parsed, spans, FactView(SiteFacts({})), options, True)
    found = unclosed_maths(subject)
    return [f"{problem.line}:{problem.column} {problem.message}" for problem in found]


@_patient
@given(_blocks, _opening, _blocks)
def test_blocks_around_an_open_formula(
    before: list[tuple[str, list[str]]], opening: tuple[str, str], after: list[tuple[str, list[str]]]
) -> None:
    lead = "".join(f"{text}\n\n" for text, _ in before)
    text = f"{lead}{opening[0]}\n\n" + "".join(f"{text}\n\n" for text, _ in after)
    expected = [tex for _, inside in [*before, *after] for tex in inside]
    assert formulas(text) == expected
    assert scanned(text) == expected
    start = text.index(opening[1], len(lead))
    line = text.count("\n", 0, start) + 1
    column = start - text.rfind("\n", 0, start)
    says = "is" if opening[1].startswith("\\begin") else "opens a formula that is"
    assert warned(text) == [f"{line}:{column} `{opening[1]}` {says} never closed"]


@_patient
@given(st.lists(_inline, max_size=4), st.sampled_from(["$${}", "$$ {}"]), _tex, st.lists(_inline, max_size=4))
def test_formulas_in_a_paragraph_around_an_open_one(
    before: list[tuple[str, list[str]]], opening: str, tex: str, after: list[tuple[str, list[str]]]
) -> None:
    pieces = [text for text, _ in before] + [opening.replace("{}", tex)] + [text for text, _ in after]
    text = "We see that " + " holds and ".join(pieces) + " now."
    expected = [found for _, inside in [*before, *after] for found in inside]
    assert formulas(text) == expected
    assert scanned(text) == expected


@pytest.mark.parametrize(
    "tex",
    [
        "\\begin{aligned}\na &= b\n\n&= \\text{as long as it is not null}\n\\end{aligned}",
        "True Positive Rate = a\n\nFalse Positive Rate = b",
        "a % and here is a note of some words\n\n= b",
        "a\n\n- b\n\n+ c",
        "\\text{for all \\emph{other} cases of it}\n\nx",
    ],
)
def test_clean_mathematics_over_blank_lines_is_a_formula(tex: str) -> None:
    assert formulas(f"$$\n{tex}\n$$\n\nThe end.") == [tex]
    assert warned(f"lead\n\n$$\n{tex}\n$$\nand so on") == []


@pytest.mark.parametrize(
    "unit", ["$$a b ", "$$a\n\nso it is\n\n", "$$\na\n\n", "\\\\(a ", "\\\\[ a\n\nb ", "$$\na\n\nb\n$$\n"]
)
def test_time_is_linear(unit: str) -> None:
    growth = measure(lambda size: unit * size + "$$", lambda text: list(regions(text, OPTIONS)), 50_000)
    assert not growth.is_steep, f"steps of twice the input: {growth}"
