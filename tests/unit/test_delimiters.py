"""The one scanner that knows what opens and closes a formula or a piece of code."""

import time

import pytest

from mathblog.model.options import MarkdownOptions
from mathblog.text.delimiters import CODE, MATH
from mathblog.text.regions import regions

OPTIONS = MarkdownOptions()


def found(text: str, options: MarkdownOptions = OPTIONS) -> list[tuple[str, str]]:
    return [(region.kind, text[region.inner_start : region.inner_end]) for region in regions(text, options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A $$x_i$$ and $y$", [(MATH, "x_i"), (MATH, "y")]),
        ("`$a` $b$", [(CODE, "`$a`"), (MATH, "b")]),
        ("``$ ` $`` $b$", [(CODE, "``$ ` $``"), (MATH, "b")]),
        ("a ` $b$", [(MATH, "b")]),
        ("```js\n$a\n```\n$b$", [(CODE, "$a\n"), (MATH, "b")]),
        ("~~~\n$a\n~~~\n$b$", [(CODE, "$a\n"), (MATH, "b")]),
        ("> ```\n> $a\n> ```\n> $b$", [(CODE, "> $a\n"), (MATH, "b")]),
        ("```\n$a", [(CODE, "$a")]),
        ("{% raw %}$x{% endraw %} $y$", [(CODE, "$x"), (MATH, "y")]),
        ("{%- highlight js -%}\n$x\n{%- endhighlight -%} $y$", [(CODE, "\n$x\n"), (MATH, "y")]),
        ("<% highlight js %>$a<% endhighlight %> $b$", [(CODE, "$a"), (MATH, "b")]),
        ("{% comment %}$x{% endcomment %} $y$", [(CODE, "$x"), (MATH, "y")]),
        ("{% raw %} $y$", [(MATH, "y")]),
        ("{% if a == '$x' %} y$ {% endif %}", []),
        ("{% include n.html text='see $$x$$' %} $y$", [(MATH, "x"), (MATH, "y")]),
        ("$x_{{ i }}$ $$\\frac{1}{{n}}$$", [(MATH, "x_{{ i }}"), (MATH, "\\frac{1}{{n}}")]),
        ("<!-- $ --> $x$", [(CODE, " $ "), (MATH, "x")]),
        ("<script>a$</script> $x$", [(CODE, "a$"), (MATH, "x")]),
        ('<a title="$x"> $5$ </a>', [(MATH, "5")]),
        ("<http://x/$a> b$", []),
        ("- $x and\n- y$", []),
        ("가격은 $x$원", [(MATH, "x")]),
    ],
)
def test_regions(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_a_region_names_its_delimiters_and_its_content() -> None:
    (region,) = regions("a $$ x $$ b", OPTIONS)
    assert region == (2, 9, 4, 7, MATH, False)


def test_an_environment_belongs_to_its_formula() -> None:
    text = "\\begin{align}\na\n\nb\n\\end{align}"
    assert found(text) == [(MATH, text)]


def test_a_formula_may_hold_a_blank_line_only_where_it_fills_a_block() -> None:
    assert found("$$\nx\n\ny\n$$\n\nmore") == [(MATH, "\nx\n\ny\n")]
    assert found("$$ and\n\ntext $$y$$ more") == [(MATH, "y")]


def test_single_dollars_can_be_turned_off() -> None:
    assert found("$x$ $$y$$", MarkdownOptions(single_dollar=False)) == [(MATH, "y")]


@pytest.mark.parametrize(
    "unit",
    ["$", "$$", "$a ", "$$a ", "\\$$", "$$\n", "$$x\n\n", "$\\text{$}", "\\\\(", "\\begin{align}", "`", "``a`", "<a ", '<a x="',
     "{% raw %}", "{{", "<!--", "<pre>", "```\n", "- $$ "],
)  # fmt: skip
def test_time_is_linear(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    start = time.process_time()
    list(regions(text, OPTIONS))
    assert time.process_time() - start < 2
