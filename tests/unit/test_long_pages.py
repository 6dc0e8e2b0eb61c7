"""A page whose text is long is the same page, and is never held as a whole but as the bytes of its file."""

import tracemalloc

import pytest

from mathblog.core.source import SourceText
from mathblog.model.facts import kinds
from mathblog.model.facts.page import PageContext
from mathblog.model.options import ThemeOptions
from mathblog.model.output import KATEX_STYLES, PageSpec
from mathblog.pipeline.extensions import BUILTINS
from mathblog.pipeline.page_maths import link_styles
from mathblog.theme import layout
from mathblog.theme.load import Theme, ThemeSources, load_theme
from mathblog.theme.sandbox import budget, long_text
from mathblog.theme.sandbox.long_text import LongText
from support.blog import Blog

PATH = "_posts/2018-10-06-x.md"
PIECES = ["<p>one &amp; ", '<span class="ka', 'tex">𝑥</span>', " two</p><ta", "ble><th></th></table>"]


def theme_of(post: str, **others: str) -> Theme:
    texts = {"layouts/post.html": post, **{f"{kind}s/x.html": text for kind, text in others.items()}}
    return load_theme(
        ThemeSources({name: SourceText(name, text) for name, text in texts.items()}), ThemeOptions(), BUILTINS
    )


def lay_out(theme: Theme, content: str | LongText) -> bytes:
    source = Blog().post("2018-10-06", "x", "")
    meta = source.metas[0]
    spec = PageSpec(meta.url, meta.output_path, "post", "post", meta.title, PATH)
    laid_out = layout.lay_out(PageContext(spec, source.view(), source.view().get(kinds.DOCUMENT, "")), theme, content)
    assert laid_out.diagnostics == ()
    assert laid_out.file.content is not None
    return laid_out.file.content


@pytest.mark.parametrize(
    "template",
    [
        "<b>{{ content }}</b>",
        "{{ content | accessible }}|{{ content | length }}|{{ content | upper }}|{{ content[3:6] }}",
        "{% set body %}<i>{{ content }}</i>{% endset %}{{ body }}{{ 'katex' in body }}{{ 'x' not in body }}{{ body ~ '&' }}",
        "{% set body %}{{ content }}{% endset %}{{ body | replace('one', '1') }}{{ body.strip() }}{{ body == content }}",
        "{% set body %}{{ content }}{% endset %}{% set other = body %}{{ other | wordcount }}{{ other.upper() }}",
        "{% set body | upper %}{{ content }}{% endset %}{{ body }}",
        "{% set body %}{{ content }}{% endset %}{{ body if body else '' }}{% if body %}yes{% endif %}{{ not body }}",
        "{% set body %}{{ content }}{% endset %}{% for sign in body %}{{ loop.index if sign == '<' }}{% endfor %}",
        "{% filter upper %}{{ content }}{% endfilter %}{% set kept %}{{ content }}{% endset %}{{ kept | title }}",
        "{% macro show(body) %}[{{ body }}]{{ body | length }}{% endmacro %}{{ show(content) }}{{ show('<') }}",
        "{% autoescape false %}{{ content }}{{ '<' }}{% set body %}{{ content }}{% endset %}{{ body }}{% endautoescape %}",
        "{% set body = '<' %}{{ body }}{{ body ~ content }}{{ content is string }}{{ [content] | join('-') }}",
        "{% include 'includes/x.html' %}",
        "{% import 'includes/x.html' as it with context %}{{ it.body }}{{ it.body | upper }}{{ it }}",
        "{% extends 'layouts/x.html' %}{% block body %}{{ super() }}{{ content }}{% endblock %}",
    ],
)
def test_a_template_sees_the_same_in_a_long_text(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    theme = theme_of(
        template,
        include="{% set body %}{{ content }}{% endset %}{{ body }}{{ 'table' in body }}",
        layout="{% set body %}{% block body %}<u>{% endblock %}{{ self.body() }}{% endset %}{{ body }}{{ body | length }}",
    )
    short = lay_out(theme, "".join(PIECES))
    monkeypatch.setattr(budget, "LONG", 20)
    assert lay_out(theme, LongText(PIECES)) == short


def test_words_are_found_over_the_ends_of_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_text, "_SEARCHED", 8)
    text = LongText([*PIECES, LongText(["end"])])
    for word in ('class="katex', "<table>", "</table>end", "one", "end", ""):
        assert word in text
    for word in ("katexx", "endx", "<td"):
        assert word not in text
    assert text.begin(9) == "<p>one &a"
    assert len(text) == len(str(text))


@pytest.mark.parametrize(
    "head", ["<html><head><title>a</title></head><body>", "<p>", "", "<title>a</title>", "<script>"]
)
def test_the_head_of_a_long_page_ends_where_that_of_a_short_one_does(head: str) -> None:
    pieces = [head, *PIECES, "</script><title>"]
    linked = link_styles("".join(pieces), "/b")
    assert f"/b/{KATEX_STYLES}" in linked
    assert str(link_styles(LongText(pieces), "/b")) == linked


def test_no_text_of_a_long_page_as_a_whole_is_made() -> None:
    theme = theme_of(
        "{% set body %}<i>{{ content | accessible }}</i>{% endset %}"
        "{% if 'class=\"katex' in body %}<link>{% endif %}<main>{{ body }}</main>"
    )
    content = LongText([f"<p>{number:7}…</p>" * 100 for number in range(2000)])
    lay_out(theme, LongText(["x" * budget.LONG, " "]))
    tracemalloc.start()
    try:
        page = lay_out(theme, content)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(page) > len(content) > 2 * budget.LONG
    assert peak < 1.5 * len(page)
