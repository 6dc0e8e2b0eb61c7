"""The tags and filters of Jekyll's plugins: golden cases, and formulas in them."""

import pytest

from mathblog import __version__
from mathblog.core.source import SourceText
from mathblog.model.compiled import Excerpt
from mathblog.text.yaml.data import load_yaml
from support.golden import Case, parametrize
from support.liquid_layout import DATE, render_layout

POST = {"title": "T", "url": "/x", "path": "a.md"}
SITE = {"title": "수학", "url": "https://e.org"}
KATEX = (
    '<span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">'
    'x &lt; y^2</annotation></semantics></math></span><span class="katex-html"><span>x</span></span></span>'
)


@parametrize("liquid_plugins")
def test_tags_of_plugins(case: Case, request: pytest.FixtureRequest):
    given = load_yaml(SourceText("case.yml", case.input), code="test").value
    assert isinstance(given, dict)
    values = {"path": "x.md", "url": "/x.html", **(given.get("page") or {})}
    if "date" in values:
        values["date"] = DATE
    more = {"paginator": given["paginator"]} if "paginator" in given else {}
    text, said = render_layout(str(given["template"]), given.get("site") or {}, values, **more)
    assert not said
    case.check(text.replace(f"mathblog {__version__}", "mathblog"), update=request.config.getoption("--update-golden"))


def test_formulas_in_a_title_are_tex_in_the_head():
    text, said = render_layout("{% seo %}", SITE, {"title": "Why $$L^2 < \\infty$$ & *more*", "url": "/x"})
    assert not said
    assert "<title>Why L^2 &lt; \\infty &amp; more | 수학</title>" in text
    assert '<meta property="og:title" content="Why L^2 &lt; \\infty &amp; more" />' in text
    assert '"headline":"Why L^2 &lt; \\\\infty &amp; more"' in text


def test_the_description_is_the_excerpt_in_plain_words():
    facts = {("excerpt", "a.md"): Excerpt(f"<p>Let {KATEX}.</p>", "Let x < y^2.")}
    text, _ = render_layout("{% seo %}", SITE, {**POST, "collection": "posts"}, facts)
    assert '<meta name="description" content="Let x &lt; y^2." />' in text


def test_a_page_has_no_excerpt_for_its_description_unless_the_site_wants_it():
    facts = {("excerpt", "a.md"): Excerpt("<p>Hi.</p>", "Hi.")}
    site = {**SITE, "description": "Of the site"}
    assert 'content="Of the site"' in render_layout("{% seo %}", site, POST, facts)[0]
    assert 'content="Hi."' in render_layout("{% seo %}", site, POST, {**facts, ("config", "page_excerpts"): True})[0]
    own = {("excerpt", "a.md"): Excerpt("My *own*", "My *own*")}
    assert 'content="My own"' in render_layout("{% seo %}", site, {**POST, "excerpt": "My *own*"}, own)[0]


def test_a_script_cannot_be_ended_by_a_title():
    text, _ = render_layout("{% seo %}", SITE, {"title": "T", "url": "/x", "seo": {"links": ["</script><b>"]}})
    assert "<\\/script><b>" in text


def test_a_table_of_contents_shows_formulas():
    html = f"<h2 id='a'>Let {KATEX}</h2>"
    text, _ = render_layout("{{ html | toc_only }}", SITE, {"toc": True}, html=html)
    assert f'<a href="#a">Let {KATEX}</a>' in text
