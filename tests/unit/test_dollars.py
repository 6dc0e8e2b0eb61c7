"""Single dollars: formulas among prices, variables of a shell, quotes, and scripts without blanks."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathblog.model.options import MarkdownOptions
from mathblog.text.delimiters import MATH
from mathblog.text.regions import regions

OPTIONS = MarkdownOptions()
TEX = [
    "x", "n", "x_1", "f(x)", "f'", "a + b", "x < y", r"\alpha", r"\frac{1}{2}", "[0, 1)", "]0, 1[", "(a, b)", r"\{1, 2\}", r"\|v\|", "2n", "0.5",
    r"\text{if \"a\"}", "a^{**}", r"x = 5\$", "A \\to B", "|x|", "n!",
]  # fmt: skip
PRICES = [
    "$5",
    "$1,000",
    "$7.50",
    "US$30",
    "$5/month",
    "$1M",
    "-$8",
    "($9)",
    "**$10**",
    "*$11*",
    '"$12"',
    "“$13”",
    "<b>$14</b>",
    "[$15](u)",
]
SHELL = ["$HOME/bin", '"$PATH"', "${HOME}/a", "'$USER'", "$(pwd)", "`$a`", "`$b` and `$c`"]
WORDS = [
    "cost",
    "we pay",
    "and then",
    "그리고",
    "값은",
    "其中",
    "is (at most)",
    'said "so"',
    "**bold**",
    "(see",
    "below)",
    "where",
]


def formulas(text: str) -> list[str]:
    return [
        text[region.inner_start : region.inner_end].strip() for region in regions(text, OPTIONS) if region.kind == MATH
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tickets are $8 ($n$ of them).", ["n"]),
        ("**$8** for *$n$*", ["n"]),
        ("*$8* for $ n $, *$a*b$* and *$a^*$*", ["n", "a*b", "a^*"]),
        ("'$USER' is **in** $ n $", ["n"]),
        ("**$8** for **$\\beta$**", ["\\beta"]),
        ('width="$8" and "$n$"', ["n"]),
        ("$8, so ($n_1$)", ["n_1"]),
        ("8$ or 9$ and 10$.", []),
        ("we paid $8—they paid $9—for $n$", ["n"]),
        ("$8 million, and $n$ parts", ["n"]),
        ("$8/part, $n$ parts", ["n"]),
        ("budget: 8 $ + 9 $ tax", []),
        ("At $ (1, -3) $: $ u + 2v $ and $ g(u) $", ["(1, -3)", "u + 2v", "g(u)"]),
        ("$T=\\lbrace a\\rbrace $, on $T$ with $Y=Y(a)$", ["T=\\lbrace a\\rbrace", "T", "Y=Y(a)"]),
        ("设$T=\\lbrace a\\rbrace $，在$T$上$Y=Y(a)$。", ["T=\\lbrace a\\rbrace", "T", "Y=Y(a)"]),
        ("{$ (a, b) $} and {$ (c, d) $}", ["(a, b)", "(c, d)"]),
        ("$ sin u $, $ AB = 5 $, $ ax + by = c $, $ y. $", ["sin u", "AB = 5", "ax + by = c", "y."]),
        ("공은 $8이고 $n$은 수다. $n$개와 $m$개", ["n", "n", "m"]),
        ("球价$8，而$n$是", ["n"]),
        ("若（$u>0$），则$v$；“$w$”和「$z$」", ["u>0", "v", "w", "z"]),
        ("速さは$速さ=距離/時間$、$v$", ["速さ=距離/時間", "v"]),
        ("export X=$HOME/a:$X for $n$", ["n"]),
        ("scp $me@$host, $n$ keys", ["n"]),
        ("if $u > $v then $w$", ["w"]),
        ("$u++; $v and $w$", ["w"]),
        ("half-open $[0,1)$, French $]0,1[$, signs $($ and $)$", ["[0,1)", "]0,1[", "(", ")"]),
        ("$u$-axis, $k$-means, $n$th, $3$rd, $\\beta$2", ["u", "k", "n", "3", "\\beta"]),
        ("函数$ g(u) $是 and the map$ g(u) $is", ["g(u)", "g(u)"]),
    ],
)
def test_formulas_among_other_dollars(text: str, expected: list[str]) -> None:
    assert formulas(text) == expected


@given(
    st.lists(
        st.one_of(
            st.sampled_from([*PRICES, *SHELL, *WORDS]).map(lambda text: (text, [])),
            st.tuples(st.sampled_from(TEX), st.sampled_from(["${}$", "$ {} $", "($ {} $)", "(${}$)", "**${}$**"])).map(
                lambda pair: (pair[1].replace("{}", pair[0]), [pair[0]])
            ),
        ),
        max_size=8,
    )
)
def test_only_the_formulas_are_formulas(pieces: list[tuple[str, list[str]]]) -> None:
    text = " word ".join(piece for piece, _ in pieces)
    assert formulas(text) == [tex for _, inside in pieces for tex in inside]


@given(st.text(alphabet="$ax1 (){}[]\\\"'*_^,.=-/`<>\n값，", max_size=60))
def test_what_is_found_stands_between_two_dollars(text: str) -> None:
    end = 0
    for region in regions(text, MarkdownOptions()):
        assert end <= region.start < region.inner_start <= region.inner_end < region.end or region.kind != MATH
        end = region.end


@pytest.mark.parametrize(
    "unit", ["$a ", "$ a", "$(", "$a and ", "$\\text{a", "$\\a{", "$[b", "$'", "$값", "$a**", "$aa aa", "$\\ "]
)
def test_time_is_linear(unit: str) -> None:
    text = unit * (200_000 // len(unit)) + " " * 50_000 + "a" * 50_000 + "$"
    start = time.process_time()
    list(regions(text, OPTIONS))
    assert time.process_time() - start < 20  # quadratic time is hours
