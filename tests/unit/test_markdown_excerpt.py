"""Excerpts, summaries, headings, and what a rendering reports."""

from dataclasses import replace

import pytest

from mathblog.markdown.parser import formula_tokens, parse
from mathblog.markdown.render import Rendered, render
from mathblog.model.body import Body
from mathblog.model.compiled import Heading
from mathblog.model.options import MarkdownOptions
from mathblog.pipeline.extensions import BUILTINS

OPTIONS = MarkdownOptions()
MORE = replace(OPTIONS, excerpt_separator="<!--more-->")


def rendered(text: str, options: MarkdownOptions = OPTIONS) -> Rendered:
    parsed = parse(text, options, BUILTINS)
    return render(parsed, [f"<math>{token.content}</math>" for token in formula_tokens(parsed)])


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("첫 문단 $x$\n둘째 줄\n\n다음", "<p>첫 문단 <math>x</math>\n둘째 줄</p>"),
        ("# 제목\n글\n\n다음", "<h1>제목</h1>\n<p>글</p>"),
        ("$$\nx\n\ny\n$$\n\n다음", '<div class="math-display"><math>x\n\ny</math></div>'),
        ("a[^1]\n\nb\n\n[^1]: note", "<p>a</p>"),
        ("- a\n\n- b\n\nc", "<ul>\n  <li>\n    <p>a</p>\n  </li>\n  <li>\n    <p>b</p>\n  </li>\n</ul>"),
        ("[x]\n\nb\n\n[x]: /u", '<p><a href="/u">x</a></p>'),
        ('<div markdown="1">\n\na\n\n</div>\n\nb', "<div>\n\n  <p>a</p>\n\n</div>"),
        ("", ""),
        ("* 목차\n{:toc}\n\n글\n\n## 제목", ""),
        ("글\n* 목차\n{:toc}\n\n## 하나\n### 둘", "<p>글</p>"),
    ],
)
def test_excerpt_is_what_begins_before_the_first_blank_line(text: str, excerpt: str) -> None:
    assert rendered(text).excerpt.html == excerpt


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("a\n\nb\n\n<!--more-->\n\nc", "<p>a</p>\n\n<p>b</p>"),
        ("a\n<!--more-->\n\nb", "<p>a</p>"),
        ("a *b* <!--more--> c", "<p>a <em>b</em></p>"),
        ("a\n\n*b <!--more--> c*", "<p>a</p>"),
        ("a\n\n- b <!--more--> c", "<p>a</p>"),
        ("a\n\nb", "<p>a</p>\n\n<p>b</p>"),
        ("a `<!--more-->` b", '<p>a <code class="language-plaintext highlighter-rouge">&lt;!--more--&gt;</code> b</p>'),
    ],
)
def test_excerpt_with_a_separator_of_the_site(text: str, excerpt: str) -> None:
    assert rendered(text, MORE).excerpt.html == excerpt


@pytest.mark.parametrize(
    ("separator", "excerpt"),
    [
        ("\n\n\n", "<p>a</p>\n\n<p>b</p>"),
        ("\n\n\n\n", "<p>a</p>\n\n<p>b</p>\n\n<p>c</p>"),
        ("\n\n", "<p>a</p>"),
        ("\n", "<p>a</p>"),
    ],
)
def test_an_excerpt_ends_at_as_many_blank_lines_as_the_separator_has(separator: str, excerpt: str) -> None:
    options = replace(OPTIONS, excerpt_separator=separator)
    assert rendered("a\n\nb\n\n\nc", options).excerpt.html == excerpt
    assert rendered("<p>a</p>\n\n<p>b</p>\n\n\n<p>c</p>", options).excerpt.html.split() == excerpt.split()


def test_summary_is_words_with_formulas_as_tex() -> None:
    assert (
        rendered("잠재 *변수* $z \\in Z$\n는 [링크](u) `코드`[^1]\n\nb\n\n[^1]: n").excerpt.summary
        == "잠재 변수 z \\in Z 는 링크 코드"
    )


def test_headings_keep_formulas_and_lose_links_and_footnote_marks() -> None:
    text = "## [식](u) $$x_1$$[^1]\n\n[^1]: n"
    assert rendered(text).headings == (Heading(2, "식-x_1", Body(("식 <math>x_1</math>",)), "식 x_1"),)


def test_an_unknown_language_is_named_once_with_its_place() -> None:
    text = "글\n\n~~~ foolang\na<b\n~~~\n\n```foolang\n```\n\n```python\nx\n```\n\n```text\n```\n"
    out = rendered(text)
    assert out.unknown_languages == (("foolang", text.index("foolang")),)
    assert '<pre><code class="language-foolang">a&lt;b\n</code></pre>' in out.html


def test_without_kramdown_the_page_is_plain() -> None:
    assert rendered("**a(b)**는 `x` $y$", MarkdownOptions(kramdown=False)).html == (
        "<p>**a(b)**는 <code>x</code> <math>y</math></p>\n"
    )


@pytest.mark.parametrize(
    ("text", "options", "uncut"),
    [
        ("alone", OPTIONS, True),
        ("a[^1]\n\n[^1]: note", OPTIONS, True),
        ("a\n\nb", OPTIONS, False),
        ("# a\n\nb", MORE, True),
        ("a\n\n<!--more-->\n\nb", MORE, False),
    ],
)
def test_an_excerpt_may_be_all_there_is(text: str, options: MarkdownOptions, uncut: bool) -> None:  # noqa: FBT001
    assert rendered(text, options).excerpt.uncut is uncut
