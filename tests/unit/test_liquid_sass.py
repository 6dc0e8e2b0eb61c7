"""`sassify` and `scssify`; the style is that of jekyll-sass-converter 3."""

import pytest

from mathblog.core.source import SourceText
from mathblog.engine.sass_compiler import SassEngine
from mathblog.model.options import SassOptions
from mathblog.styles.sass import compile_text
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


def test_an_error_in_a_file_that_a_filter_loads_is_told_with_its_line():
    facts = {("file", "_sass/b.scss"): SourceText("_sass/b.scss", "$a: 1;\na { b: $nope; }")}
    result = render("{{ '@import \"b\";' | scssify }}", path="x.html", facts=facts)
    assert [found.message for found in result.diagnostics] == ["undefined variable in `_sass/b.scss`, line 2"]


def test_tabs_and_blanks_in_one_indented_file():
    """As LibSass reads them, a character a level; Dart's Sass refuses them."""
    sheet = SourceText("_sass/b.sass", "/*\n * all\n */\na\n\tb: c\n\t&:hover\n\t\td: e\n")
    result = render("{{ '@import \"b\";' | scssify }}", path="x.html", facts={("file", "_sass/b.sass"): sheet})
    assert result.text.endswith("a {\n  b: c;\n}\na:hover {\n  d: e;\n}\n")
    assert not result.diagnostics


def test_a_filter_loads_the_style_sheets_of_the_site():
    facts = {("file", "_sass/parts/_colors.scss"): SourceText("_sass/parts/_colors.scss", "$ink: #123;")}
    text = "{% capture s %}@use 'parts/colors';\na { b: colors.$ink; }{% endcapture %}{{ s | scssify }}"
    result = render(text, path="x.html", facts=facts)
    assert result.text == "a {\n  b: #123;\n}\n"


@pytest.mark.parametrize("name", ["./inks", ".//inks", "x/../inks"])
def test_a_name_with_dots_is_found_before_sass_asks(name):
    """Sass asks for `inks` where a sheet says `./inks`; each further question compiles the whole sheet again."""
    files = {
        "_sass/parts/_all.scss": f'@import "{name}";',
        "_sass/parts/_inks.scss": "$ink: #123;",
    }
    engine, questions = SassEngine(), []

    class Counting:
        def compile(self, question: str) -> str:
            questions.append(question)
            return engine.compile(question)

    def find(path):
        return SourceText(path, files[path]) if path in files else None

    text = '@import "parts/all"; a { b: $ink; }'
    css, error = compile_text(text, SassOptions(), find, Counting(), indented=False)
    engine.close()
    assert (css, error, len(questions)) == ("a {\n  b: #123;\n}\n", "", 1)


def test_a_name_in_a_folder_means_the_file_beside_the_sheet_first():
    """As in Sass: `palette` in `shop/all` is `shop/_palette`, though `palette` was loaded from the folder above before."""
    files = {
        "_sass/_palette.scss": "$ink: black;",
        "_sass/shop/all.scss": '@import "palette"; c { d: $paper; }',
        "_sass/shop/_palette.scss": "$paper: white;",
    }
    facts = {("file", path): SourceText(path, text) for path, text in files.items()}
    text = '{% capture s %}@import "palette", "shop/all"; a { b: $ink; }{% endcapture %}{{ s | scssify }}'
    result = render(text, path="x.html", facts=facts)
    assert not result.diagnostics
    assert result.text == "c {\n  d: white;\n}\n\na {\n  b: black;\n}\n"


def test_a_text_that_layouts_compile_on_every_page_is_compiled_once():
    sass = SassEngine()
    text = "a { b: unique-id(); }"  # another one each time that Sass works

    def compiled(other: str = "") -> str:
        return compile_text(text + other, SassOptions(), lambda _: None, sass, indented=False)[0]

    try:
        first = compiled()
        assert "b: u" in first
        assert compiled() == first
        for number in range(20):  # no more than a few are kept
            compiled(f"/* {number} */")
        assert compiled() != first
    finally:
        sass.close()
