"""Object literals of JavaScript: what is read, what is passed over, and in which time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathblog.math.declared.javascript import Literal, read_literal, skip_expression
from support.growth import measure


def value(text: str) -> Literal:
    [found] = read_literal(f"[{text}]", 0)[0]  # type: ignore[misc,union-attr]
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"a"', "a"),
        ("'a\"'", 'a"'),
        (r'"\\mathbb{R} \"q\" \x41\u0042\u{1F600}\n"', '\\mathbb{R} "q" AB\U0001f600\n'),
        (r"`\\alpha`", r"\alpha"),
        ("`a${b}`", None),
        (r"String.raw`\alpha`", r"\alpha"),
        ('"a" + "b" + \'c\'', "abc"),
        ('"a" + b', None),
        ("1", 1.0),
        ("-1.5e2", -150.0),
        ("1 + 1", None),
        ("true", True),
        ("false", False),
        ("null", None),
        ("trueish", None),
        ("[]", []),
        ("[1, 'a', [true],]", [1.0, "a", [True]]),
        ("{}", {}),
        ("{a: 1, 'b': 2, \"c\": 3, 4: 5, $d_: 6,}", {"a": 1.0, "b": 2.0, "c": 3.0, "4": 5.0, "$d_": 6.0}),
        ("{a: {b: {c: 'd'}}}", {"a": {"b": {"c": "d"}}}),
        ("{ // one, two\n a: /* } */ 1 /* , */ }", {"a": 1.0}),
        (
            "{a: 1, {% if x %} b: 2, {% endif %} c: {{ site.c | jsonify }}, d: 4}",
            {"a": 1.0, "b": 2.0, "c": None, "d": 4.0},
        ),
    ],
)
def test_literals(text: str, expected: Literal) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    "other",
    [
        "name",
        "f(1, 2)",
        "function (a, b) { return '}'; }",
        "(a, b) => { return [1, 2]; }",
        "a ? b : c",
        "{...b}.c",
        "'x'.repeat(2)",
        "new RegExp('a,b')",
        "[1, 2].concat([3, 4])",
    ],
)
def test_what_is_no_literal_is_passed_over(other: str) -> None:
    assert value(f"{{a: 1, b: {other}, c: [{other}, 2]}}") == {"a": 1.0, "b": None, "c": [None, 2.0]}


def test_methods_and_spreads_are_passed_over() -> None:
    assert value("{a: 1, ready() { f({}); }, get x() { return 1, 2; }, ...more, short, async go() {}, b: 2}") == {
        "a": 1.0,
        "b": 2.0,
    }


def test_what_is_cut_off_holds_what_came_before() -> None:
    assert read_literal("{a: 1, b: {c: 2, d: [3", 0)[0] == {"a": 1.0, "b": {"c": 2.0, "d": [3.0]}}
    assert read_literal("{a: 1, b: 'x\n, c: 2}", 0)[0] == {"a": 1.0, "b": None, "c": 2.0}


def test_where_it_ends() -> None:
    text = "f({a: ')'}, [1, 2]); g()"
    assert text[read_literal(text, 2)[1] :] == ", [1, 2]); g()"
    assert text[skip_expression(text, 2) :] == ", [1, 2]); g()"


@pytest.mark.parametrize(
    "piece",
    [
        "{a:",
        "[",
        "(",
        "/*",
        "{%",
        "'",
        '"',
        "`",
        "//",
        "{a:1,",
        "x,",
        "String.raw",
        "${",
        "\\",
        "{f(){",
        "[[1],",
        "'a'+",
        "{ ",
    ],
)
def test_linear_time(piece: str) -> None:
    openings = ("", "{a: ", "[", "{a: f(")
    growth = measure(piece.__mul__, lambda text: [read_literal(opening + text, 0) for opening in openings], 200_000)
    assert not growth.is_steep, str(growth)


@given(st.text(alphabet="{}[]()'\"`,:/*\\ab1+%$#\n .<>=", max_size=60))
def test_no_text_is_too_much(text: str) -> None:
    _, end = read_literal(text, 0)
    assert 0 <= end <= len(text)
