"""Positions, segment maps, diagnostics and fingerprints."""

import datetime
import json
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathblog.cli.printing.folding import fold
from mathblog.core.diagnostic import Diagnostic, Severity, as_error, at, bound_kinds, in_file
from mathblog.core.digest import fingerprint
from mathblog.core.excerpt import describe
from mathblog.core.segments import Segment, SegmentMap, identity, verbatim
from mathblog.core.source import SourceText, Span
from mathblog.core.stops import Stop
from mathblog.core.surrogates import without_halves

POST = SourceText("_posts/2018-10-06-vae.md", "---\ntitle: VAE\n---\n잠재 변수 $$z \\in \\mathbbb{R}^d$$ 는\n")


@given(st.text(alphabet="a한\n", max_size=40), st.integers(0, 40))
def test_position_and_offset_are_inverse(text: str, offset: int) -> None:
    source = SourceText("x.md", text)
    offset = min(offset, len(text))
    line, column = source.position(offset)
    assert source.offset(line, column) == offset
    assert source.line(line) == text.split("\n")[line - 1]
    assert source.line_at(offset) == source.line_span(line)
    assert source.position(offset) == (line, column)  # of a text whose lines are known by now
    long = SourceText("x.md", f"{text}\n{'b' * 20_000}")
    assert (long.position(offset), long.line_at(offset)) == ((line, column), source.line_span(line))


def test_a_diagnostic_reads_like_a_compilers() -> None:
    start = POST.text.index("\\mathbbb")
    diagnostic = at(
        POST,
        Span(start, start + 8),
        "undefined control sequence `\\mathbbb`",
        code="math",
        hint="did you mean `\\mathbb`?",
    )
    assert describe(diagnostic) == "\n".join(
        [
            "_posts/2018-10-06-vae.md:4:15: warning: undefined control sequence `\\mathbbb` [math]",
            "    4 | 잠재 변수 $$z \\in \\mathbbb{R}^d$$ 는",
            # Hangul takes two columns of a terminal, so the carets stand four further right than column 15
            "      |                   ^^^^^^^^",
            "      = did you mean `\\mathbb`?",
        ]
    )


def test_a_diagnostic_of_a_whole_file_has_no_place() -> None:
    assert describe(in_file("a.md", "cannot be read", code="encoding")) == "a.md: warning: cannot be read [encoding]"


def test_a_long_line_is_cut_around_the_marked_place() -> None:
    source = SourceText("a.md", "x" * 500 + "HERE" + "y" * 500)
    report = describe(at(source, Span(500, 504), "bad", code="math"))
    excerpt, carets = report.split("\n")[1:3]
    assert len(excerpt) < 150
    assert excerpt[carets.index("^") : carets.index("^") + 4] == "HERE"


def test_of_a_very_long_line_what_stands_around_the_place_is_kept() -> None:
    source = SourceText("a.md", "first\n" + "x" * 50_000 + "HERE" + "y" * 50_000 + "\nlast")
    problem = at(source, Span(50_006, 50_010), "bad", code="math")
    assert (problem.line, problem.column, problem.end_column) == (2, 50_001, 50_005)
    assert len(problem.excerpt) == 400
    excerpt, carets = describe(problem).split("\n")[1:3]
    assert excerpt[carets.index("^") : carets.rindex("^") + 1] == "HERE"
    assert excerpt.startswith("    2 | …x")
    assert excerpt.endswith("y…")


def test_strict_turns_a_warning_into_an_error() -> None:
    warning = in_file("a.md", "m", code="c")
    assert as_error(warning) == replace(warning, severity=Severity.ERROR)


def test_verbatim_segments_map_character_by_character_and_generated_ones_as_a_whole() -> None:
    # author: `ab{{x}}cd`, rewritten: `abVALUEcd`
    segments = SegmentMap((verbatim(0, 2, 0), Segment(2, 5, 2, 5), verbatim(7, 2, 7)))
    assert segments.source_span(Span(1, 2)) == (1, 2)
    assert segments.source_span(Span(3, 4)) == (2, 7)
    assert segments.source_span(Span(1, 8)) == (1, 8)
    assert identity(10, 100).source_span(Span(3, 5)) == (103, 105)


@dataclass(frozen=True)
class Pair:
    left: object
    right: object


DIFFERENT = [
    None,
    True,
    False,
    0,
    1,
    0.0,
    1.0,
    "",
    "1",
    b"",
    b"1",
    (),
    ("",),
    ("1", ""),
    ("", "1"),
    {},
    {"a": 1},
    {"a": "1"},
    Pair(1, 2),
    Pair(2, 1),
    Pair((1, 2), None),
    Pair(1, (2, None)),
    frozenset(),
    frozenset({1}),
    datetime.date(2018, 10, 6),
    datetime.datetime(2018, 10, 6),
    "2018-10-06",
    1 << 200,
]


def test_fingerprints_of_different_values_differ() -> None:
    assert len({fingerprint(value) for value in DIFFERENT}) == len(DIFFERENT)


def test_a_mapping_counts_as_unordered() -> None:
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})


def test_a_value_without_a_fingerprint_is_refused() -> None:
    with pytest.raises(TypeError, match="no fingerprint"):
        fingerprint([object()])


def problems_of(path: str, number: int, code: str | Stop = Stop.LIQUID) -> list[Diagnostic]:
    return [in_file(path, f"unknown tag `t{n}`", code=code) for n in range(number)]


def test_many_equal_problems_of_a_document_are_a_number() -> None:
    few = problems_of("a.md", 1000)
    assert bound_kinds(few) == tuple(few)
    other = in_file("a.md", "another", code="liquid")
    *kept, last = bound_kinds([*problems_of("a.md", 50_000), other])
    assert kept == [*few, other]
    assert (last.severity, last.code) == (Severity.ERROR, "liquid")
    assert last.message == "49,000 more like this in this file"


def test_equal_errors_are_told_a_hundred_times() -> None:
    """Of warnings the first is told, of errors each is to be mended."""
    told = list(fold([*problems_of("a.md", 70), *problems_of("b.md", 31), *problems_of("c.md", 21, code="liquid")]))
    assert [it.problem.path for it in told] == ["a.md"] * 70 + ["b.md"] * 30 + ["c.md"]
    assert [(it.equal, it.files) for it in told if it.equal > 1] == [(101, 2), (21, 1)]
    assert len(list(fold(problems_of("a.md", 100)))) == 100


def test_a_sentence_that_quotes_a_megabyte_is_cut() -> None:
    problem = in_file("a.md", f"unknown tag `{'x' * 1_000_000}`", code="liquid")
    assert len(problem.message) < 2000
    assert problem.message.startswith("unknown tag `xxx")
    assert problem.message.endswith("x`")


@given(
    st.lists(
        st.one_of(st.text(), st.integers(0xD800, 0xDFFF).map(chr), st.just("\\ud800"), st.just("\N{GRINNING FACE}"))
    )
)
def test_json_gives_no_half_of_a_character(parts: list[str]) -> None:
    written = json.dumps(parts)
    whole = ["".join(part).encode("utf-16", "surrogatepass").decode("utf-16", "replace") for part in parts]
    assert json.loads(without_halves(written)) == whole
    assert len(without_halves(written)) == len(written)
