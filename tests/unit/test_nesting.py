"""HTML that is cleaned takes little time and memory, whatever is nested in it."""

import time
from html import escape

import pytest

from mathblog.pipeline.compiling.cleaning import clean_html
from mathblog.pipeline.compiling.nesting import work_of

BOLD = "".join(f'<b id="b{number}">' for number in range(200))


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<div>" * 50_000 + "</div>" * 50_000,
        f"<p>{BOLD}" + "<p>x" * 20_000,
        f"<p>{BOLD}" + "<p>x</p>" * 20_000,
        "<div><!--</div>-->" * 15_000,
        "<div><marquee></div></marquee>" * 15_000,
        '<div title="</div>">' * 15_000,
        "<div><svg><div/></svg>" * 15_000,
        "<svg><td>" * 15_000,
        "<table><div>" * 15_000,
    ],
)
def test_what_would_take_hours_or_gigabytes_is_text(html: str) -> None:
    begun = time.perf_counter()
    assert clean_html(html).count("<") == 0
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize(
    ("html", "work"),
    [
        ("<p>x</p><p>y</p>", 0),
        ("<p>x<p>y<br>z", 0),
        ("<div>x</div>", 1),
        ("<i>x</i><p>y</p>", 1),
        ("<ul><li>x<li>y</ul>", 3),
        ("<i><p>x</p></i>", 1 + 40 + 1 + 40 + 1),
        ('<svg><path d="x"/><path d="y"/></svg>', 3),
    ],
)
def test_each_tag_looks_through_what_is_open(html: str, work: int) -> None:
    assert work_of(html) == work


@pytest.mark.parametrize(
    "html",
    [
        '<p>a <b>b</b> <a href="https://e.org"><i>c</i></a></p>\n' * 20_000,
        f"<ul>{'<li>x' * 50_000}</ul>",
        "<div>" * 400 + "x" + "</div>" * 400,
    ],
)
def test_a_long_page_is_cleaned(html: str) -> None:
    assert clean_html(html) != escape(html)
    assert "<" in clean_html(html)
