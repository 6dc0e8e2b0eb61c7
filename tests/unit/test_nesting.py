"""HTML that is cleaned takes little time and memory, whatever is nested in it."""

import time
from html import escape

import pytest

from mathblog.pipeline.compiling.cleaning import clean_html
from mathblog.pipeline.compiling.nesting import work_of

PARAGRAPH = '<p>One <em>two</em><br>three <a href="https://e.org/">four</a></p>\n'
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
        "<svg><style>" + "<div>" * 16_000,
        "<svg><script>" + "<g>" * 16_000 + "</script><p>",
        "<dd><li>" * 16_000,
        "<rt>" * 32_000,
        "<option><rp>" * 16_000,
        "<ruby><div><rt>" * 16_000,
        "<span><p></span></p>" * 16_000,
        "<ruby><rt><p></ruby></p>" * 16_000,
        "<svg><desc>" + "<g/>" * 32_000,
        "<svg><desc><section></svg>" * 16_000,
        "<svg><p>" + "<g/>" * 32_000,
    ],
)
def test_what_would_take_hours_or_gigabytes_is_text(html: str) -> None:
    begun = time.perf_counter()
    assert clean_html(html).count("<") == 0
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize(
    ("html", "work"),
    [
        ("<p>x</p><p>y</p>", 2),
        ("<p>x<p>y<br>z", 2),
        ("<div>x</div>", 1),
        ("<i>x</i><p>y</p>", 2),
        ("<ul><li>x<li>y</ul>", 1 + 2 + 2),
        ("<p>x<ul><li><p>y</ul><p>", 1 + 1 + 2 + 3),
        ("<dl><dt>x<dd>y</dl><ruby>x<rp>(<rt>y</ruby><b>", 1 + 2 + 2 + 1 + 2 + 2),
        ("<i><p>x</p></i>", 1 + 40 + 2 + 40 + 1),
        ('<svg><path d="x"/><path d="y"/></svg>', 3),
        ("<svg><title>x</title><g><path></g><rect></svg><p>", 1 + 2 + 1 + 2 + 3 + 3 + 4),
        ("<svg><b></svg><p>", 1 + 42 + 42),
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
        f"<svg><g/></svg>{PARAGRAPH * 900}",
        f"<svg><title>x</title><g><path></g></svg>{PARAGRAPH * 900}",
        f"<svg><foreignObject><div><math><mspace/></math></div></foreignObject><animate/></svg>{PARAGRAPH * 900}",
        f"<svg><style><![CDATA[a > b {{}}]]></style><g/></svg>{PARAGRAPH * 900}",
        f"<ruby>x<rp>(</rp><rt>y<rp>)</ruby><select><option>x<option>y</select>{PARAGRAPH * 900}",
        f"<dl>{'<dt>x<dd><p>y' * 20_000}</dl>",
        f"<p>x<ul><li>y<li><p>z</ul>{PARAGRAPH * 900}",
    ],
)
def test_a_long_page_is_cleaned(html: str) -> None:
    assert clean_html(html) != escape(html)
    assert "<" in clean_html(html)
