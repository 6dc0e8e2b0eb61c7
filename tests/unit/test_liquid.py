"""Liquid as an author meets it: golden cases, and what they cannot show."""

import subprocess
import sys

import pytest

from mathblog.core.excerpt import describe
from mathblog.core.source import Span
from mathblog.liquid.render import render_liquid
from mathblog.liquid.services import LiquidSetup, Services
from mathblog.model.facts.view import FactView, SiteFacts
from mathblog.model.options import LiquidOptions, MarkdownOptions
from mathblog.pipeline.extensions import BUILTINS
from support.golden import Case, parametrize
from support.liquid_site import FACTS, POSTS, css, meta, page, render

FRONT_MATTER = "---\ntitle: 글\n---\n"


@parametrize("liquid")
def test_liquid_makes_of_a_post(case: Case, request: pytest.FixtureRequest):
    result = render(case.input)
    assert [describe(diagnostic) for diagnostic in result.diagnostics] == []
    case.check(result.text, update=request.config.getoption("--update-golden"))


@parametrize("liquid_diagnostics")
def test_liquid_reports(case: Case, request: pytest.FixtureRequest):
    result = render(case.input)
    report = "\n".join(describe(diagnostic) for diagnostic in result.diagnostics)
    case.check(report, update=request.config.getoption("--update-golden"))
    assert result.failed == (" error: " in report)


def test_a_text_without_liquid_comes_back_as_it_is_and_loads_no_engine():
    program = (
        "import sys; sys.path[:0] = %r; from support.liquid_site import render;"
        "text = '$\\\\frac{1}{{n}}$ a << b `{{ x` {'; result = render(text);"
        "assert result.text == text and not result.failed; print('mathblog.liquid.context' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", program % sys.path], capture_output=True, text=True, check=True)
    assert found.stdout == "False\n"


def test_render_with_liquid_false_leaves_the_body_alone():
    document = page("{{ page.title }} {% nope %}")
    document.meta.data["render_with_liquid"] = False
    result = render_liquid(
        document,
        FactView(SiteFacts(FACTS)),
        LiquidSetup(
            LiquidOptions(), MarkdownOptions(), BUILTINS, Services(lambda code, _language, _options: code, str, css)
        ),
    )
    document.meta.data.pop("render_with_liquid")
    assert result.text == "{{ page.title }} {% nope %}"
    assert not result.diagnostics


def test_places_are_those_of_the_file_with_its_front_matter():
    result = render("{{ site.title }} {{ x | nope }}", front_matter=FRONT_MATTER)
    assert [(found.line, found.column) for found in result.diagnostics] == [(4, 25)]


def test_copied_text_maps_to_itself_and_generated_text_to_its_tag():
    body = "가 {{ site.baseurl }} 나 {% include hello.html %}{% for i in (1..2) %}<다>{% endfor %}{% cycle 'x' %}"
    source = FRONT_MATTER + body
    result = render(body, front_matter=FRONT_MATTER)

    def origin(text: str, at: int = 0) -> str:
        start = result.text.index(text, at)
        span = result.segments.source_span(Span(start, start + len(text)))
        return source[span.start : span.end]

    assert result.text == "가 /blog 나 안녕, 변분 오토인코더!<다><다>x"
    assert origin("/blog") == "{{ site.baseurl }}"
    assert origin("나 ") == "나 "
    assert origin("변분") == "{% include hello.html %}"
    assert origin("다>", result.text.index("다>") + 1) == "다>"
    assert origin("x") == "{% cycle 'x' %}"


def test_the_addresses_of_the_site_are_as_they_are_written():
    """`{{ site.baseurl }}public/a.css` leads somewhere by the slash that `baseurl` ends with (the theme Hyde)."""
    facts = {("config", "url"): "https://example.org/", ("config", "baseurl"): "/"}
    written = render("{{ site.url }}a {{ site.baseurl }}b {{ '/c' | relative_url }}", facts=facts).text
    assert written == "https://example.org/a /b /blog/c"
    nothing = {("config", "url"): None, ("config", "baseurl"): None}
    assert render("{% if site.url %}u{% endif %}{% unless site.baseurl %}b{% endunless %}", facts=nothing).text == "b"


def test_only_what_a_body_asks_for_is_recorded_as_read():
    view = FactView(SiteFacts(FACTS))
    services = Services(lambda code, _language, _options: code, str, css)
    render_liquid(
        page("{{ site.title }} {{ page.title }}"),
        view,
        LiquidSetup(LiquidOptions(), MarkdownOptions(), BUILTINS, services),
    )
    assert set(view.reads) == {("config", "title"), ("collections",)}


def test_a_missing_include_is_a_recorded_read():
    view = FactView(SiteFacts(FACTS))
    services = Services(lambda code, _language, _options: code, str, css)
    render_liquid(
        page("{% include later.html %}"), view, LiquidSetup(LiquidOptions(), MarkdownOptions(), BUILTINS, services)
    )
    assert view.reads["include", "later.html"] == "-"


def test_an_html_page_has_no_code_but_formulas():
    body = "<p>\n\n    <script>f('{{ nothing }}', $x, `{{ site.baseurl }}`)</script> $$\\frac{1}{{n}}$$ ${{ nothing }}$</p>"
    assert render(body, path="about.html").text == (
        "<p>\n\n    <script>f('', $x, `/blog`)</script> $$\\frac{1}{{n}}$$ $$</p>"
    )
    assert "f('{{ nothing }}'" in render(body, path="about.md").text


def test_a_post_in_a_folder_is_found_with_and_without_it():
    post = meta("_posts/algebra/2018-10-09-rings.md", "/2018/10/09/rings.html", 9)
    facts = {("posts",): (post, *POSTS), ("document", post.path): post}
    result = render("{% post_url algebra/2018-10-09-rings %} {% post_url 2018-10-09-rings %}", facts=facts)
    assert result.text == "/blog/2018/10/09/rings.html /blog/2018/10/09/rings.html"
    assert not result.diagnostics


def test_strict_options_make_errors():
    assert not render("{{ nothing }} {{ 1 | nope }}").failed
    assert render("{{ 1 | nope }}", options=LiquidOptions(strict_filters=True)).failed
    strict = render("{{ nothing }}", options=LiquidOptions(strict_variables=True))
    assert [found.message for found in strict.diagnostics] == ["undefined variable `nothing`"]


def test_a_document_knows_its_neighbours_and_itself():
    result = render(
        "{{ page.next.url }} {{ page.path }} {{ page.id }} {{ page.collection }} {{ site.related_posts.size }}"
    )
    assert result.text == f"/2018/10/07/second.html {POSTS[1].path} /2018/10/06/vae posts 1"


def test_runs_do_not_know_of_each_other():
    assert render("{% assign x = 1 %}{{ x }}").text == "1"
    assert render("{{ x }}{% increment n %}").text == "0"
    assert render("{{ x }}{% increment n %}").text == "0"
