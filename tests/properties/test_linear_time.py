"""The time of each stage grows with its input, and no faster: every construct is doubled, until it can be measured.

A few of the constructs are measured at each run, every eighth one in the whole test run, and all of them with
`MATHBLOG_CONSTRUCTS=all` (five minutes of a processor).
"""

import os
from types import SimpleNamespace
from typing import Any

import pytest
from markdown_it.token import Token

from mathblog.citations.reading import read_bibliography
from mathblog.core.source import SourceText, Span
from mathblog.engine.katex.renderer import KatexRenderer
from mathblog.markdown.rules.statements.ends import end_proof
from mathblog.model.options import MathOptions
from mathblog.pipeline.checks.leftover import left_in_html
from support.compiling import compile_text
from support.constructs import liquid, markdown, maths
from support.growth import Growth, measure
from support.liquid_site import meta, render
from support.site import Site

LARGEST = 200_000  # pieces of a text that is quick enough
STEP = 1 if os.environ.get("MATHBLOG_CONSTRUCTS") == "all" else 8
OFTEN = (
    "deflist",
    "lists apart",
    "table separators",
    "link <",
    "autolink open",
    "ial long",
    "first comment",
    "em both",
    "comments of rules",
    "commands beside code",
    "command of references",
)
OFTEN_IN_MATHS = (
    "macros by newcommand",
    "label same",
    "labels of headings",
    "subequations open",
    "references to nothing of a formula",
)


@pytest.mark.parametrize("construct", OFTEN)
def test_what_once_was_slow(construct: str) -> None:
    check(measure(markdown.ALL[construct], compile_text, LARGEST))


@pytest.mark.slow
@pytest.mark.parametrize("construct", [*markdown.ALL][::STEP])
def test_a_construct_of_markdown(construct: str) -> None:
    check(measure(markdown.ALL[construct], compile_text, LARGEST))


@pytest.mark.slow
@pytest.mark.parametrize("construct", [*liquid.ALL][::STEP])
def test_a_construct_of_liquid(construct: str) -> None:
    check(measure(liquid.ALL[construct], compile_text, LARGEST))


def test_ties_and_blanks_near_the_end_of_a_proof() -> None:
    def run(text: str) -> object:
        return end_proof([Token("inline", "", 0, children=[Token("text", "", 0, content=text)])])

    check(measure(lambda size: "a" + "~ " * size + "b", run, 1 << 18))


def test_elements_that_hold_formulas() -> None:
    """The check alone: what it takes is little beside the rest of a document."""
    line = "<p>$x$ costs \\$5</p>\n"

    def make(size: int) -> Any:
        tokens = [Token("html_block", "", 0, content=line, map=[row, row + 1]) for row in range(size)]
        parsed = SimpleNamespace(text=line * size, tokens=tokens)
        formulas = [Span(row * len(line) + 4, row * len(line) + 5) for row in range(size)]
        document = SimpleNamespace(meta=None)
        lines = [row * len(line) for row in range(size + 1)]
        return SimpleNamespace(parsed=parsed, formulas=formulas, is_markdown=True, document=document, line_starts=lines)

    assert not list(left_in_html(make(2)))
    check(measure(make, lambda subject: list(left_in_html(subject)), 1 << 15))


@pytest.mark.parametrize("construct", OFTEN_IN_MATHS)
def test_what_once_was_slow_in_maths(construct: str) -> None:
    check_maths(construct)


@pytest.mark.slow
@pytest.mark.parametrize("construct", [*maths.ALL][::STEP])
def test_a_construct_of_maths(construct: str) -> None:
    check_maths(construct)


def check_maths(construct: str) -> None:
    """With KaTeX, whose thread counts as a part of the process."""
    with KatexRenderer(MathOptions(engine="quickjs")) as renderer:
        check(measure(maths.ALL[construct], lambda text: compile_text(text, renderer=renderer), LARGEST))


@pytest.mark.parametrize(
    "tag",
    [
        "{% post_url 2018-10-06-p@ %} ",
        "{% post_url 2018-10-06-none@ %} ",
        "{% link a/b@.txt %} ",
        "{% link none@.txt %} ",
        "{% include none@.html %} ",
    ],
)
def test_names_of_a_large_site(tag: str) -> None:
    """As many tags as the site has posts, files and includes."""

    def run(size: int) -> object:
        posts = tuple(meta(f"_posts/x/2018-10-06-p{number}.md", f"/p{number}", 6) for number in range(size))
        facts = {
            ("posts",): posts,
            ("static",): tuple(f"a/b{number}.txt" for number in range(size)),
            ("includes",): tuple(f"i{number}.html" for number in range(size)),
        }
        return render("".join(tag.replace("@", str(number)) for number in range(size)), facts=facts)

    check(measure(int, run, 8192))


@pytest.mark.parametrize(
    "piece",
    [
        *(
            '"a" # ',
            "{a} # ",
            "jan # ",
            "{a {b}} # ",
            '"',
            "{",
            "}",
            "{}",
            "@",
            "# ",
            ", ",
            ", f% = {a}",
            ', f% = "a {b}"',
        ),
        *("@article{", "\n@article{a, title={", "\n@article{a%, title={b {c}}}", "\n@string{a% = {b}}", "\n@comment{"),
    ],
)
def test_pieces_of_a_bibliography(piece: str) -> None:
    def make(size: int) -> SourceText:
        pieces = (piece.replace("%", str(number)) for number in range(size))
        return SourceText("a.bib", "@article{a, title = " + "".join(pieces))

    check(measure(make, read_bibliography, 16_384))


def check(growth: Growth) -> None:
    assert not growth.is_steep, f"steps of twice the input: {growth}"


def test_the_measure_notices_what_is_quadratic() -> None:
    def run(text: str) -> object:
        return [text.count("b", start) for start in range(len(text))]

    # The least of three ratios counts, and a busy machine can halve one: a few tries, of which one is enough.
    assert any(measure("a".__mul__, run, 1 << 18).is_steep for _ in range(8))
    assert not measure("a".__mul__, lambda text: [ord(sign) for sign in text], 1 << 18).is_steep


def test_an_address_of_many_folders_is_refused_where_it_is_written(site: Site) -> None:
    site.post("2018-10-06-a", "x", f"permalink: {'/a' * 1200}/").build()
    assert "_posts/2018-10-06-a.md:2:12: error: the address `/a/a/a" in site.report
    assert "it has more than 500 folders" in site.report
    site.post("2018-10-06-a", "x", f"permalink: /{'/'.join(['b' * 200] * 20)}/").build()
    assert "it is longer than 3,500 bytes" in site.report
