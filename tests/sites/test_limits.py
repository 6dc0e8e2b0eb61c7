"""Liquid's limits stop loops, never sites: what a page may do grows with what the site holds."""

import time

import pytest

from mathblog.engine.katex.renderer import _NO_TIME, KatexRenderer
from support.site import Site

_INDEX = """
    ---
    layout: null
    ---
    [{% for c in site.categories %}{% for t in site.tags %}{% for p in t[1] %}{% if p.categories contains c[0] %}
    {{ p.content | strip_html | jsonify }},{% endif %}{% endfor %}{% endfor %}{% endfor %} ""]
"""
_RELATED = """
    ---
    ---
    {% for p in site.posts %}{% assign near = 0 %}{% for q in site.posts %}{% if p.tags == q.tags and p.url != q.url %}
    {% assign near = near | plus: 1 %}{% endif %}{% endfor %}<b>{{ near }}</b>{% endfor %}
"""


@pytest.mark.slow
def test_an_index_and_loops_over_all_posts_are_built(site: Site):
    """Three hundred posts of 4 kB, each of them eighteen times in one file: more than 20 million characters."""
    body = "Words of a long text.\n\n" * 190
    for number in range(300):
        tags = ", ".join(f"t{(number + step) % 10}" for step in range(6))
        site.post(
            f"2020-01-{1 + number % 28:02}-p{number}", f"{body}last{number}\n", f"tags: [{tags}]\ncategories: [a, b, c]"
        )
    site.write({"search.json": _INDEX, "related.html": _RELATED}).build().is_good()
    found = site.read("search.json")
    assert len(found) > 20_000_000
    assert found.count("last299\\n") == 18
    assert site.read("related.html").count("<b>29</b>") == 300


def test_a_loop_without_end_is_stopped_in_a_large_site(site: Site):
    site.post("2020-01-02-a", "words " * 200_000)
    began = time.process_time()
    site.write({"loop.html": "---\n---\n{% for i in (1..1000000000) %}x{% endfor %}\n"}).build()
    assert time.process_time() - began < 20
    assert "loop.html:3:4: error: the page takes more than 8 million steps [liquid]" in site.report


@pytest.mark.parametrize("page", ["loop.md", "loop.html"])
def test_a_site_that_shrinks_below_a_limit_is_told_as_a_clean_build_tells_it(site: Site, page: str):
    site.post("2020-01-02-a", "words " * 120_000)
    loops = "{% for i in (1..1500) %}{% for j in (1..1500) %}{% endfor %}{% endfor %}done"
    site.write({page: f"---\n---\n{loops}\n"}).build().is_good()
    site.has("loop.html", "done")
    site.post("2020-01-02-a", "words").build()
    assert f"{page}:3:" in site.report
    assert "the page takes more than 2 million steps" in site.report


@pytest.mark.parametrize("layout", ["", "<h1>{{ page.title }}</h1>{{ content }}"])
def test_a_formula_that_took_too_long_is_rendered_by_the_next_build(
    site: Site, monkeypatch: pytest.MonkeyPatch, layout: str
):
    """In a text, and in a title that a layout shows; nothing changes but the time."""
    if layout:
        site.write({"_layouts/post.html": layout})
    site.post("2020-01-02-a", "A $b$ here, $c$ there.\n", "layout: post\ntitle: Of $d$\n")
    with monkeypatch.context() as slow:
        slow.setattr(KatexRenderer, "_answers", lambda _self, batch, _begun: [_NO_TIME] * len(batch))
        site.build()
        assert "_posts/2020-01-02-a.md:5:4: warning: is not rendered, since other formulas" in site.report
        site.build()
        assert "is not rendered" in site.report
    site.build().is_good()
    page = site.read("2020/01/02/a.html")
    assert "math-error" not in page
    assert page.count('class="katex"') >= 3
