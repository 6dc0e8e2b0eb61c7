"""Errors in formulas: our words for KaTeX's, and the place in the author's file."""

import re
from collections.abc import Iterator

import pytest

from mathblog.core.excerpt import describe
from mathblog.core.source import SourceText, Span
from mathblog.engine.katex.renderer import KatexRenderer
from mathblog.math.collect import FoundFormula, collect_formulas, defined_names
from mathblog.math.errors import align, control_characters, diagnose, locate, refused_html
from mathblog.model.formula import Formula, FormulaError, FormulaKey
from mathblog.model.options import MathOptions
from support.golden import Case, parametrize, update_golden
from support.growth import measure

__all__ = ["update_golden"]


@pytest.fixture(scope="module")
def renderer() -> Iterator[KatexRenderer]:
    with KatexRenderer(MathOptions(engine="quickjs")) as started:
        yield started


@parametrize("math-errors")
def test_report(case: Case, renderer: KatexRenderer, *, update_golden: bool) -> None:
    source = SourceText("post.md", case.input)
    matches = re.finditer(r"\$\$(.*?)\$\$", case.input, re.DOTALL)
    formulas = collect_formulas([FoundFormula(match[1], display=True, span=Span(*match.span(1))) for match in matches])
    rendered = renderer.render([formula.key for formula in formulas])
    names = defined_names(formulas)
    reports = [diagnose(f, r.error, source, names) for f, r in zip(formulas, rendered, strict=True) if r.error]
    case.check("\n".join(map(describe, reports)), update=update_golden)


def place(tex: str, written: str, mark: str) -> str:
    """What is marked in `written` for an error at `mark` in `tex`, with the text before it on the line."""
    source = SourceText("post.md", f"앞 $${written}$$")
    start = len("앞 $$")
    formula = Formula(tex, display=True, prelude="", span=Span(start, start + len(written)))
    span = locate(formula, FormulaError("", tex.index(mark), len(mark)), source)
    line_start = source.text.rfind("\n", 0, span.start) + 1
    return f"{source.text[line_start : span.start]}[{source.text[span.start : span.end]}]"


def test_the_tex_stands_in_the_file_as_it_is() -> None:
    assert place(r"a + \bad", r"a + \bad", r"\bad") == r"앞 $$a + [\bad]"


def test_outer_blanks_are_gone() -> None:
    assert place(r"a + \bad", "\n  a + \\bad\n", r"\bad") == r"  a + [\bad]"


def test_marks_of_a_block_quote_are_gone() -> None:
    written = "\n> > a &= b \\\\\n> > > c \\bad\n> > "
    assert place("a &= b \\\\\n> c \\bad\n", written, r"\bad") == r"> > > c [\bad]"
    assert place("a &= b \\\\\n> c \\bad\n", written, "> c") == "> > [> c]"


def test_the_indentation_of_a_list_is_gone() -> None:
    assert place("x\n  \\bad\ny", "\n   x\n     \\bad\n   y\n   ", r"\bad") == r"     [\bad]"


def test_the_same_line_twice() -> None:
    assert place("a\na\nb \\bad", "> a\n> a\n> b \\bad", r"\bad") == r"> b [\bad]"


def test_backslashes_for_markdown_are_gone() -> None:
    assert place(r"\{x\} \bad", r"\\{x\\} \bad", r"\bad") == r"앞 $$\\{x\\} [\bad]"
    assert place("|x| \\bad", r"\|x\| \bad", r"\bad") == r"앞 $$\|x\| [\bad]"


def test_tex_that_does_not_stand_there_marks_the_whole_formula() -> None:
    assert place(r"\bad 1", " {{ x }} ", r"\bad") == "앞 $$ [{{ x }}]"


def test_an_error_at_the_end_marks_the_last_character() -> None:
    source = SourceText("post.md", "$$a+$$")
    formula = Formula("a+", display=True, prelude="", span=Span(2, 4))
    assert locate(formula, FormulaError("", 2, 0), source) == Span(3, 4)


def test_an_error_without_a_place_marks_the_formula() -> None:
    source = SourceText("post.md", "x $$ ab $$ y")
    formula = Formula("ab", display=True, prelude="", span=Span(4, 8))
    assert locate(formula, FormulaError("", -1, 0), source) == Span(5, 7)


def test_every_character_of_equal_texts_stays() -> None:
    text = "ab\ncd\n\ne"
    assert [align(text, text, position) for position in (0, 1, 3, 4, 7)] == [0, 1, 3, 4, 7]


def test_alignment_takes_linear_time() -> None:
    tex = "x_1 +\n" * 20_000
    assert align(tex, "> x_1 +\n" * 20_000, 6 * 20_000 - 2) == 8 * 20_000 - 2
    growth = measure("x_1 +\n".__mul__, lambda text: align(text, text.replace("x", "> x"), len(text) - 2), 400_000)
    assert not growth.is_steep, str(growth)


def test_the_page_shows_the_source() -> None:
    error = FormulaError('misplaced `"`', 0, 1)
    assert refused_html(FormulaKey("a<b", display=False, prelude=""), error) == (
        '<span class="math-error" title="misplaced `&quot;`">\\(a&lt;b\\)</span>'
    )
    assert refused_html(FormulaKey("a", display=True, prelude=""), error).startswith(
        '<span class="math-error math-error-display"'
    )


def test_control_characters_are_left_out_and_named(renderer: KatexRenderer) -> None:
    written = "\x08eta = \\fra\x07c{1}{2}\x0c"
    [with_them, without] = renderer.render(
        [FormulaKey(tex, display=False, prelude="") for tex in (written, r"eta = \frac{1}{2}")]
    )
    assert with_them.error is None
    assert with_them.html == without.html.replace(r">eta = \frac{1}{2}</annotation>", f">{written}</annotation>")
    assert with_them != without
    text = f"Let ${written}$ be"
    formula = Formula(written, display=False, prelude="", span=Span(5, 5 + len(written)))
    found = list(control_characters(formula, SourceText("post.md", text)))
    assert [(it.column, it.message.split()[3], it.hint.partition("`")[2].partition("`")[0]) for it in found] == [
        (6, "U+0008", r"\beta"),
        (17, "U+0007", r"\alpha"),
        (25, "U+000C", r"\frac"),
    ]


def test_an_error_after_a_control_character_has_its_place(renderer: KatexRenderer) -> None:
    tex = "a\x00\x0b + \\b\x01ad + \x08"
    [rendered] = renderer.render([FormulaKey(tex, display=False, prelude="")])
    assert rendered.error is not None
    assert tex[rendered.error.position :][: rendered.error.length] == "\\b\x01ad"
