"""Macro definitions: which are found, and which reach the formulas after them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pytest

from mathblog.core.source import Span
from mathblog.math.collect import FoundFormula, collect_formulas, defined_names
from mathblog.math.renderer import render_unique
from mathblog.model.formula import TOO_LONG, Formula, FormulaKey, RenderedFormula
from mathblog.text.tex.definitions import find_definitions, only_defines
from support.growth import measure

if TYPE_CHECKING:
    from mathblog.math.lints.reading import Reading


def collect(*texts: str) -> list[Formula]:
    return collect_formulas([FoundFormula(tex, display=False, span=Span(i, i + 1)) for i, tex in enumerate(texts)])


def prelude(*texts: str) -> str:
    """The prelude of the last formula."""
    return collect(*texts)[-1].prelude


@pytest.mark.parametrize(
    "definition",
    [
        r"\newcommand{\x}{a}",
        r"\newcommand\x{a}",
        r"\newcommand*{\x}{a}",
        r"\newcommand{\x}[1]{a_{#1}}",
        r"\newcommand{\x}[2][b]{#1_{#2}}",
        r"\newcommand{x}{a}",
        r"\renewcommand{\x}{a}",
        r"\providecommand{\x}{a}",
        r"\newcommand { \x } { a }",
        r"\def\x{a}",
        r"\def\x#1#2{#1_{#2}}",
        r"\def\x[#1]{#1}",
        r"\gdef\x{a}",
        r"\edef\x{a}",
        r"\global\def\x{a}",
        r"\long\def\x{a}",
        r"\let\x=\alpha",
        r"\let\x\alpha",
        r"\let\x = a",
        r"\DeclareMathOperator{\x}{x}",
        r"\DeclareMathOperator*{\x}{x}",
        r"\newcommand{\x}{\{ a \}}",
        "\\newcommand{\\x}{% a } in a comment\n a}",
    ],
)
def test_found(definition: str) -> None:
    [found] = find_definitions(f"b {definition} c")
    assert (found.name, found.tex) == (r"\x", definition)
    assert only_defines(f" {definition}\n")
    assert prelude(definition, r"\x") == definition


@pytest.mark.parametrize(
    "text",
    [
        r"\newcommand",
        r"\newcommand{\x}",
        r"\newcommand{\x}{a",
        r"\newcommand{}{a}",
        r"\newcommand{\x}[1",
        r"\def",
        r"\def\x",
        r"\def\x{",
        r"\let\x",
        r"\DeclareMathOperator{\x}",
        r"\definition \letter \newcommands{\x}{a}",
        r"% \newcommand{\x}{a}",
    ],
)
def test_not_a_definition(text: str) -> None:
    assert find_definitions(text) == []
    assert not only_defines(text)


def test_a_formula_that_shows_something_is_no_mere_definition() -> None:
    assert not only_defines(r"\def\x{a} b")
    assert only_defines("\\def\\x{a}\n\\def\\y{b} % done")
    assert only_defines(r"\require{cancel} \def\x{a}")
    assert only_defines(r"\require{AMSmath}")
    assert not only_defines(r"\require{cancel} \cancel{x}")


def test_definitions_of_a_page_hold_from_its_first_formula_on() -> None:
    pieces = [
        FoundFormula(r"\x\y", display=False, span=Span(0, 1)),
        FoundFormula(r"\def\x{b}\x", display=False, span=Span(1, 2)),
    ]
    first, second = collect_formulas([*pieces, pieces[0]], [r"\def\x{a}", r"\def\z{c}"])[::2]
    assert first.prelude == r"\def\x{a}"
    assert second.prelude == r"\def\x{b}"


def test_only_what_is_used_goes_along() -> None:
    assert prelude(r"\def\x{a}", r"\def\y{b}", r"\y + 1") == r"\def\y{b}"
    assert prelude(r"\def\x{a}", r"\xx + 1") == ""


def test_what_a_macro_uses_goes_along_in_order() -> None:
    assert prelude(r"\def\x{a}\def\z{c}", r"\def\y{\x}", r"\y") == "\\def\\x{a}\n\\def\\y{\\x}"


def test_definitions_come_after_their_place_only() -> None:
    first, _, last = collect(r"\x", r"\def\x{a}", r"\x")
    assert (first.prelude, last.prelude) == ("", r"\def\x{a}")


def test_the_last_definition_holds() -> None:
    assert prelude(r"\def\x{a}", r"\renewcommand{\x}{b}", r"\x") == r"\renewcommand{\x}{b}"
    assert prelude(r"\def\x{a}", r"\providecommand{\x}{b}", r"\x") == r"\def\x{a}"


def test_repeating_a_definition_in_each_formula_does_not_pile_up() -> None:
    assert prelude(*[r"\def\x{a} \x"] * 50) == r"\def\x{a}"


def test_let_takes_the_meaning_of_its_moment() -> None:
    texts = r"\def\x{a}", r"\let\old\x", r"\def\x{b}", r"\old\x"
    assert prelude(*texts) == "\\def\\x{a}\n\\let\\old\\x\n\\def\\x{b}"


def test_edef_takes_all_it_expands_to() -> None:
    texts = r"\def\x{\y}\def\y{1}", r"\edef\z{\x}", r"\def\y{2}", r"\z"
    assert prelude(*texts).startswith("\\def\\x{\\y}\n\\def\\y{1}\n\\edef\\z{\\x}")


def test_groups_keep_their_definitions() -> None:
    assert prelude(r"{\def\x{a} \x}", r"\x") == ""
    assert prelude(r"\begin{matrix}\def\x{a}\end{matrix}", r"\x") == ""
    assert prelude(r"{\gdef\x{a} \x}", r"\x") == r"\gdef\x{a}"
    assert prelude(r"{\global\let\x\alpha}", r"\x") == r"\global\let\x\alpha"


def test_macros_that_use_each_other_end() -> None:
    assert prelude(r"\def\x{\y}\def\y{\x}", r"\x") == "\\def\\x{\\y}\n\\def\\y{\\x}"


def test_the_key_does_not_know_the_place() -> None:
    here, there = collect("a", "a")
    assert here.key == there.key
    assert here.span != there.span


def test_names_of_a_document() -> None:
    assert defined_names(collect(r"\def\x{a}", "b", r"\let\y\x \def\x{b}")) == (r"\x", r"\y")


@pytest.mark.parametrize("bad", [r"\newcommand\a{", r"\def\a", r"\newcommand\a[", r"{\def\a{", r"\let"])
def test_unfinished_definitions_cost_linear_time(bad: str) -> None:
    assert len(find_definitions(bad * 10_000)) <= 10_000
    growth = measure(bad.__mul__, find_definitions, 100_000)
    assert not growth.is_steep, str(growth)


def test_mere_definitions_need_none_before_them() -> None:
    """What a macro uses is looked up where it is used: a chain of definitions would have all before it again and again."""
    texts = [r"\newcommand{\x}{a}", r"\gdef\y{\x} \gdef\z{\y}", r"\renewcommand{\w}{\z}"]
    assert [formula.prelude for formula in collect(*texts)] == ["", "", ""]
    assert prelude(*texts, r"\w") == "\n".join([texts[0], r"\gdef\y{\x}", r"\gdef\z{\y}", texts[2]])
    assert prelude(texts[0], r"\gdef\y{\x} \y") == texts[0]
    assert prelude(texts[0], r"\let\y\x") == texts[0]


def test_eager_definitions_that_follow_each_other_keep_all_that_they_took() -> None:
    texts = r"\gdef\c{1}\gdef\b{\c}", r"\xdef\a{\b}", r"\xdef\d{\a}", r"\gdef\c{2}\gdef\b{3}\gdef\a{4}", r"\d"
    taken = "\\gdef\\c{1}\n\\gdef\\b{\\c}\n\\xdef\\a{\\b}\n\\xdef\\d{\\a}"
    assert prelude(*texts).startswith(taken)


def test_macros_that_come_to_too_much_text_are_refused() -> None:
    long = rf"\gdef\x{{{'a' * 500_000}}}"
    formulas = collect(long, *(rf"\x {number}" for number in range(60)), "y")
    left = [number for number, formula in enumerate(formulas) if formula.prelude == TOO_LONG]
    assert left == list(range(41, 61))  # behind twenty million characters
    assert formulas[-1].prelude == ""
    refused = render_unique(NoRenderer(), [formulas[-2].key])[formulas[-2].key]
    assert refused.error is not None
    assert "too much text" in refused.error.message
    assert r"\x 59" in refused.html


class NoRenderer:
    """Is asked for nothing."""

    def begin(self, keys: Sequence[FormulaKey]) -> Callable[[], list[RenderedFormula]]:
        raise AssertionError(keys)

    def read(self, keys: Sequence[FormulaKey]) -> "list[Reading | None]":
        raise AssertionError(keys)

    def close(self) -> None:
        """Nothing runs."""
