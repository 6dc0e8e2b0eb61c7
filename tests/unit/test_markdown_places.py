"""Where formulas and images stand in the text."""

import time

import pytest

from mathblog.markdown.parser import formula_tokens, parse
from mathblog.markdown.render import render
from mathblog.model.options import MarkdownOptions
from mathblog.pipeline.extensions import BUILTINS

OPTIONS = MarkdownOptions()


def places(text: str) -> list[str]:
    return [text[token.meta["start"] : token.meta["end"]] for token in formula_tokens(parse(text, OPTIONS, BUILTINS))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("변수 $x$는 $$ y $$이다", ["x", "y"]),
        ("첫 줄\n둘째 줄 $x$", ["x"]),
        ("   들여쓴 $x$\n     더 $y$  ", ["x", "y"]),
        ("a $x$ a $x$ ## $x$", ["x", "x", "x"]),
        ("## 제목 $x$ ##", ["x"]),
        ("제목 $x$\n===", ["x"]),
        ("- 하나 $x$\n  둘 $y$\n\n  1. 셋 $z$", ["x", "y", "z"]),
        ("> 인용 $x$\n> > 속 $y$\n게으른 $z$", ["x", "y", "z"]),
        ("| $a$ | 가 |\n|---|---|\n| $a$ | $a$ $b$ |", ["a", "a", "a", "b"]),
        ("| x | $x$ |\n|---|---|\n| x \\| y | $y$ |", ["x", "y"]),
        ("text[^1]\n\n[^1]: 주석 $x$\n\n    더 $$y$$ z", ["x", "y"]),
        ("<div>\n글 $x$\n</div>", ["x"]),
        ("- <div>$x$</div>", ["x"]),
        ("<div>\n1 < 2, a<b and $x<y$\n\n$$p<q$$ &lt; $z$\n</div>", ["x<y", "p<q", "z"]),
        ("> <div>\n> a<b $x$\n> </div>", ["x"]),
        ("<p>\n$x<br>\n= y$ and $a&nbsp;b$ $z$</p>", ["x<br>\n= y", "a&nbsp;b", "z"]),
        ("$$\n  x\n$$", ["x"]),
        ("- 항목\n\n  $$\n  x\n  $$", ["x"]),
        ("1. \\begin{align}\n   x\n   \\end{align}", ["\\begin{align}\n   x\n   \\end{align}"]),
        ("\\$$x$$", ["x"]),
        ("\t\n\n- a\n\t- 깊이 $x$", ["x"]),
        ("말 $x$\n: 뜻 $y$", ["x", "y"]),
    ],
)
def test_formulas_are_found_where_they_stand(text: str, expected: list[str]) -> None:
    assert places(text) == expected


def test_each_of_two_equal_formulas_has_its_own_place() -> None:
    first, second = formula_tokens(parse("| $a$ | $a$ |\n|---|---|", OPTIONS, BUILTINS))
    assert (first.meta["start"], second.meta["start"]) == (3, 9)


def test_images_are_found_where_they_stand() -> None:
    text = '글 ![하나](a.png) 과 ![둘](b c.png)\n\n<p><img alt="" src="d.png"></p>\n'
    assert [(image.src, text[image.offset :][:5]) for image in parse(text, OPTIONS, BUILTINS).images] == [
        ("a.png", "a.png"),
        ("b c.png", "b c.p"),
        ("d.png", "<img "),
    ]


@pytest.mark.parametrize(
    "unit",
    ["$", "$$", "[", "*", "_", "`", "$a ", "\\\\[ ", "<a ", "\\begin{align}\n", "$$\n", "$$x\n\n", "a|b\n|---|\n", "**가(", "[^a", "- $$\n",
     "\"'", "- ", "- a\n  ", "1. a\n  - b\n", "> ", "<div>\n", '<div markdown="1">', "<div>a</div>", "<!-- ", "<script>\n", "`<div>",
     "| a ", "a | b\n", "*{: a", "{:a: b c}\n{:b: a c}\n", "{::comment}\n", "{::comment a", "^\n", "*[a]: b\n", "a\n: b\n", "<<", "```a\n- b\n",
     "- a\n```\n", "<b>{: .c}", '[a](u "', "- [ ] a\n", "<details>\n\n"],
)  # fmt: skip
def test_time_is_linear(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    start = time.process_time()
    parsed = parse(text, OPTIONS, BUILTINS)
    render(parsed, ["x"] * len(formula_tokens(parsed)))
    assert time.process_time() - start < 10  # about a second; quadratic work takes minutes
