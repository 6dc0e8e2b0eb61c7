"""`sassify` and `scssify`; the style is that of jekyll-sass-converter 3."""

from mathblog.core.source import SourceText
from support.liquid_site import render


def test_sass_becomes_css():
    text = "{% capture s %}$x: 3px\na\n  b: $x * 2\n  &:hover\n    c: d{% endcapture %}{{ s | sassify }}"
    result = render(text, path="x.html")
    assert result.text == "a {\n  b: 6px;\n}\na:hover {\n  c: d;\n}\n"
    assert not result.diagnostics


def test_scss_becomes_css_in_the_style_of_the_site():
    text = "{% capture s %}a { b: 1px + 1; }{% endcapture %}{{ s | scssify }}"
    for style in ("compressed", ":compressed"):  # the second as Ruby writes it, and old configurations
        assert render(text, path="x.html", facts={("config", "sass"): {"style": style}}).text == "a{b:2px}\n"


def test_nothing_is_nothing():
    assert render("[{{ nil | scssify }}{{ '' | sassify }}]", path="x.html").text == "[]"


def test_broken_sass_is_an_error_at_the_filter():
    result = render("{{ 'a {' | scssify }}\n{{ '@import \"x\";' | scssify }}", path="x.html")
    assert result.failed
    places = [(found.line, found.message) for found in result.diagnostics]
    assert places[0] == (1, "expected end of rule")
    assert places[1][0] == 2
    assert places[1][1] == "no style sheet named `x`"


def test_a_filter_loads_the_style_sheets_of_the_site():
    facts = {("file", "_sass/parts/_colors.scss"): SourceText("_sass/parts/_colors.scss", "$ink: #123;")}
    text = "{% capture s %}@use 'parts/colors';\na { b: colors.$ink; }{% endcapture %}{{ s | scssify }}"
    result = render(text, path="x.html", facts=facts)
    assert result.text == "a {\n  b: #123;\n}\n"
