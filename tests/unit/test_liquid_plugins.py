"""The tags and filters of Jekyll's plugins: golden cases, and formulas in them."""

import time

import pytest

from mathblog import __version__
from mathblog.core.source import SourceText
from mathblog.model.body import Body
from mathblog.model.compiled import Excerpt
from mathblog.model.facts.kind import FactKey
from mathblog.text.rendered import read_body
from mathblog.text.yaml.data import load_yaml
from support.golden import Case, parametrize
from support.liquid_layout import DATE, render_layout

POST = {"title": "T", "url": "/x", "path": "a.md"}
SITE = {"title": "수학", "url": "https://e.org"}
KATEX = (
    '<span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">'
    'x &lt; y^2</annotation></semantics></math></span><span class="katex-html"><span>x</span></span></span>'
)


@parametrize("liquid_plugins", "theme_tags")
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
    facts = {("excerpt", "a.md"): Excerpt(read_body(f"<p>Let {KATEX}.</p>"), "Let x < y^2.")}
    text, _ = render_layout("{% seo %}", SITE, {**POST, "collection": "posts"}, facts)
    assert '<meta name="description" content="Let x &lt; y^2." />' in text


def test_a_page_has_no_excerpt_for_its_description_unless_the_site_wants_it():
    facts = {("excerpt", "a.md"): Excerpt(Body(("<p>Hi.</p>",)), "Hi.")}
    site = {**SITE, "description": "Of the site"}
    assert 'content="Of the site"' in render_layout("{% seo %}", site, POST, facts)[0]
    assert 'content="Hi."' in render_layout("{% seo %}", site, POST, {**facts, ("config", "page_excerpts"): True})[0]
    own = {("excerpt", "a.md"): Excerpt(Body(("My *own*",)), "My *own*")}
    assert 'content="My own"' in render_layout("{% seo %}", site, {**POST, "excerpt": "My *own*"}, own)[0]


def test_a_script_cannot_be_ended_by_a_title():
    text, _ = render_layout("{% seo %}", SITE, {"title": "T", "url": "/x", "seo": {"links": ["</script><b>"]}})
    assert "<\\/script><b>" in text


def test_a_table_of_contents_shows_formulas():
    html = f"<h2 id='a'>Let {KATEX}</h2>"
    text, _ = render_layout("{{ html | toc_only }}", SITE, {"toc": True}, html=html)
    assert f'<a href="#a">Let {KATEX}</a>' in text


@pytest.mark.parametrize(
    ("template", "text", "said"),
    [
        ("{% tabs a %}{% endtabs %}", "", "error: no tab named `a`"),
        ("{% tabs %}{% endtabs %}", "", "error: `tabs` has no name"),
        ("{% tab a %}x{% endtab %}", "x", "error: `tab` needs the name of its tabs and a label"),
        ("{% youtube page.none %}", "", "warning: not a video of YouTube's: ``"),
        ("{% youtube %}", "", "error: `youtube` names no address"),
        ("{% twitter ada %}", "", "warning: not an address of Twitter's: `ada`"),
        ("{% twitter oembed %}", "", "warning: not an address of Twitter's: ``"),
        ("{{ 'ab' | regex_replace: 'a(b', '' }}", "", "warning: not a regular expression: `a(b`"),
        ("{{ 'ab' | regex_replace: 'b', '\\k<n>' }}", "", "warning: the expression has no group `n`"),
        (
            "{% google_scholar_citations a b %}",
            "",
            "warning: `google_scholar_citations` is left empty: mathblog asks no server",
        ),
    ],
)
def test_what_tags_of_themes_refuse(template: str, text: str, said: str) -> None:
    written, problems = render_layout(template, SITE, POST)
    assert (written, len(problems)) == (text, 1)
    assert said in problems[0]


def test_a_list_of_videos_is_a_link() -> None:
    text, said = render_layout("{% youtube 'https://www.youtube.com/playlist?list=PL1' %}", SITE, POST)
    assert 'href="https://www.youtube.com/playlist?list=PL1"' in text
    assert "not a video" in said[0]


def test_a_site_may_have_a_player_of_its_own() -> None:
    facts = {("include", "youtube.html"): SourceText("_includes/youtube.html", "<p>{{ youtube_id }}</p>")}
    assert render_layout("{% youtube 'https://youtu.be/abcdef' %}", SITE, POST, facts) == ("<p>abcdef</p>", [])
    other = {("include", "youtube.html"): SourceText("_includes/youtube.html", "<p>{{ include.id }}</p>")}
    assert "youtube-nocookie.com/embed/abcdef" in render_layout("{% youtube abcdef %}", SITE, POST, other)[0]


def test_what_stands_between_tabs_is_named_and_not_lost_in_silence() -> None:
    text, said = render_layout("{% tabs a %}{% tab a x %}1{% endtab %} $x$ {% endtabs %}", SITE, POST)
    assert "tab-content" in text
    assert "what stands between" in said[0]
    said = render_layout("{% tabs a %}{% tab a x %}1{% endtab %}{% tab b x %}$x${% endtab %}{% endtabs %}", SITE, POST)[
        1
    ]
    assert "a tab of `b` between `{% tabs a %}` is not shown there" in said[0]


def test_an_expression_that_does_not_end_ends_the_page() -> None:
    """`(a+)+$` takes a time that doubles with each letter."""
    begun = time.monotonic()
    text, said = render_layout(
        "1{{ page.text | regex_replace: '(a|a|aa)+$', '' }}2", SITE, POST | {"text": "a" * 60 + "!"}
    )
    assert text == "1"
    assert "error: the expression `(a|a|aa)+$` takes longer than 2 seconds" in said[0]
    assert time.monotonic() - begun < 60


def test_what_an_expression_makes_has_a_limit() -> None:
    template = "{% assign a = 'aaaaaaaa' %}{% for i in (1..30) %}{% assign a = a | regex_replace: 'a+', '\\0\\0' %}{% endfor %}"
    _, said = render_layout(template, SITE, POST)
    assert "million characters" in said[0]


def test_whether_a_file_is_there() -> None:
    facts: dict[FactKey, object] = {("published", "a.pdf"): True}
    template = "{% file_exists a.pdf %} {% file_exists /{{ page.name }}.pdf %} {% file_exists b.pdf %}"
    assert render_layout(template, SITE, POST | {"name": "a"}, facts) == ("true true false", [])
