"""Style sheets in Sass, by Sass's own compiler as in jekyll-sass-converter 3, whose style is `expanded`."""

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from mathblog.engine.sass_compiler import SassEngine
from mathblog.model.options import SassOptions
from mathblog.styles.sass import compile_text
from support.site import Site

SOURCES = Path(__file__).parents[2] / "src"
SHEET = """\
    ---
    ---
    $width: {{ site.width }}px;
    @import "parts/box", "base";
    .a { .b { width: $width + $extra; } }
    """


@pytest.fixture
def blog(site: Site) -> Site:
    return site.config("width: 3\n").write(
        {
            "assets/main.scss": SHEET,
            "_sass/parts/_box.scss": '@import "size";\n.box { color: red; }\n',
            "_sass/parts/_size.scss": "$extra: 2px;\n",
            "_sass/base.scss": ".base { margin: 0; }\n",
        }
    )


def test_a_map_of_all_keys_of_the_configuration(blog: Site) -> None:
    """As the style sheets of NexT make it; `keys` lists them after what the site computes (`SiteDrop`)."""
    listed = "{% for name in site %}{% if name == 'width' %}{{ name }}{{ site[name] }}{% endif %}{% endfor %}"
    blog.write({"assets/main.scss": f"---\n---\na{{ b: '{listed}'; }}\n"}).build().is_good()
    assert "width3" in blog.read("assets/main.css")
    blog.config("width: 4\n").build().is_good()
    assert "width4" in blog.read("assets/main.css")


def test_a_style_sheet_with_what_it_imports(blog: Site) -> None:
    blog.build().is_good()
    expected = ".box {\n  color: red;\n}\n\n.base {\n  margin: 0;\n}\n\n.a .b {\n  width: 5px;\n}\n"
    assert blog.read("assets/main.css") == expected
    blog.lacks("_sass").lacks("assets/main.scss")


def test_the_style_may_be_written_as_a_ruby_symbol(blog: Site) -> None:
    blog.config("width: 3\nsass:\n  style: :compressed\n").build().is_good()
    assert blog.read("assets/main.css") == ".box{color:red}.base{margin:0}.a .b{width:5px}\n"


def test_compressed_text_that_is_not_ascii_has_no_mark_before_it(blog: Site) -> None:
    """As jekyll-sass-converter's `scss.rb` without `add_charset`."""
    blog.config("sass: {style: compressed}\n")
    blog.write({"assets/main.scss": '---\n---\n.proof::after { content: "∎"; }\n'}).build().is_good()
    assert blog.read("assets/main.css") == '.proof::after{content:"∎"}\n'


def test_a_folder_of_another_name(blog: Site) -> None:
    blog.config("width: 3\nsass: {sass_dir: css/_parts}\n").write({"css/_parts/only.scss": ".only { margin: 0; }\n"})
    blog.write({"assets/main.scss": '---\n---\n@import "only";\n'}).build().is_good()
    assert blog.read("assets/main.css") == ".only {\n  margin: 0;\n}\n"


def test_the_indented_syntax(blog: Site) -> None:
    blog.write({"assets/other.sass": "---\n---\n.base\n  margin: 0\n"}).build().is_good()
    assert blog.read("assets/other.css") == ".base {\n  margin: 0;\n}\n"


def test_a_comma_behind_the_last_selector_is_left_out_of_indented_sheets(blog: Site) -> None:
    """sassc, with which GitHub Pages builds, takes it; Dart Sass reads the first declaration as a selector and stops."""
    blog.write(
        {
            "_sass/_share.sass": ".한,\n.b,\n  color: red\n  > .c,\n    > .d,\n      top: 0\n.e\n  left: 0\n",
            "assets/lines.sass": "---\n---\n@import share\n.f,\n  &:hover\n    color: red\n.g, \n\n  top: 0\n",
        }
    ).build()
    assert blog.code == 0
    for place in ("_sass/_share.sass:2:3", "_sass/_share.sass:5:9", "assets/lines.sass:7:3"):
        assert f"{place}: warning: a comma behind the last selector of a rule" in blog.report
    css = " ".join(blog.read("assets/lines.css").split())
    for rule in (".한, .b { color: red; }", ".g { top: 0; }", ".e { left: 0; }"):
        assert rule in css
    blog.write({"_sass/_share.sass": ".a,\n.b\n  color: $nope\n"}).build()
    assert "_sass/_share.sass:3:10: error: undefined variable" in blog.report


def test_an_edited_partial_makes_the_style_sheet_again(blog: Site) -> None:
    blog.build().is_good().write({"_sass/parts/_size.scss": "$extra: 4px;\n"}).build().is_good()
    blog.has("assets/main.css", "width: 7px")
    assert blog.done.changed == ("assets/main.css",)


def test_an_error_stands_in_the_file_that_has_it(blog: Site) -> None:
    blog.write({"_sass/parts/_box.scss": ".box { color: $nope; }\n"}).build().fails(
        """
        _sass/parts/_box.scss:1:15: error: undefined variable [sass]
            1 | .box { color: $nope; }
              |               ^^^^^
        """
    )
    blog.write({"assets/main.scss": "---\ntitle: x\n---\n.a { color: $nope; }\n"}).build().fails(
        """
        assets/main.scss:4:13: error: undefined variable [sass]
            4 | .a { color: $nope; }
              |             ^^^^^
        """
    )


def test_an_import_that_is_missing(blog: Site) -> None:
    blog.write({"assets/main.scss": '---\n---\n@import "minima";\n.a { margin: 0; }\n'}).build().fails(
        """
        assets/main.scss:3:10: error: no style sheet named `minima` [sass]
            3 | @import "minima";
              |          ^^^^^^
              = there is no such file in `_sass`
        """
    )


def test_what_a_theme_that_is_not_here_would_bring_is_a_warning(blog: Site) -> None:
    blog.config("theme: minima\n").write(
        {"assets/main.scss": '---\n---\n@import "minima";\n.a { margin: 0; }\n'}
    ).build()
    assert blog.code == 0
    assert "the theme `minima` is not here" in blog.report
    assert "assets/main.scss:3:10: warning: no style sheet named `minima`: if the theme `minima`" in blog.report
    assert blog.read("assets/main.css") == ".a {\n  margin: 0;\n}\n"


@pytest.mark.parametrize("style", ["nested", "compact", ":expanded"])
def test_styles_of_older_converters_mean_expanded(blog: Site, style: str) -> None:
    """As in jekyll-sass-converter 3's `scss.rb`, `ALLOWED_STYLES`."""
    blog.config(f"width: 3\nsass: {{style: '{style}'}}\n").build().is_good()
    blog.has("assets/main.css", ".box {\n  color: red;\n}\n")


def test_modules(blog: Site) -> None:
    blog.write(
        {
            "_sass/_palette.scss": '@use "sass:color";\n$base: #336699 !default;\n@function pale() { @return color.scale($base, $lightness: 50%); }\n',
            "_sass/theme/_index.scss": '@forward "../palette" show pale, $base;\n@use "../palette";\n@mixin boxed { border: 1px solid palette.pale(); }\n',
            "assets/main.scss": '---\n---\n@use "theme" as t with ($base: #000);\n.a { @include t.boxed; color: t.$base; }\n',
        }
    ).build().is_good()
    assert blog.read("assets/main.css") == ".a {\n  border: 1px solid #808080;\n  color: #000;\n}\n"


def test_a_module_that_is_nowhere_stops_with_its_place(blog: Site) -> None:
    blog.write({"assets/main.scss": '---\n---\na { b: c }\n@forward "bom";\n'}).build()
    assert "assets/main.scss:4:1: error: @forward rules must be written before any other rules [sass]" in blog.report
    blog.write({"assets/main.scss": '---\n---\n@use "bom";\n'}).build().fails(
        """
        assets/main.scss:3:7: error: no style sheet named `bom` [sass]
            3 | @use "bom";
              |       ^^^
              = there is no such file in `_sass`
        """
    )


def test_imports_of_css_stay_in_the_style_sheet(blog: Site) -> None:
    text = '---\n---\n@import "site.css";\n@import url(fonts.css);\n@import "https://example.org/x";\n@import "a" screen;\n'
    blog.write({"assets/main.scss": text}).build().is_good()
    assert blog.read("assets/main.css").splitlines() == [
        '@import "site.css";',
        "@import url(fonts.css);",
        '@import "https://example.org/x";',
        '@import "a" screen;',
    ]


def test_old_spellings_work_and_are_one_warning_with_a_count(blog: Site) -> None:
    blog.write(
        {
            "_sass/old.scss": "%card { color: red; }\n$sizes: (small: 10px);\n",
            "assets/main.scss": '---\n---\n@import "old";\n.a { @extend %card; $w: 10px; width: $w/4; height: map-get($sizes, small); color: darken(red, 10%); }\n',
        }
    ).build()
    assert blog.code == 0
    warnings = [line for line in blog.report.splitlines() if "warning" in line]
    expected = (
        "assets/main.scss:4:38: warning: 4 old spellings that a later Sass will refuse: `color-functions` (1), "
        "`global-builtin` (2), `slash-div` (1) [sass]"
    )
    assert warnings == [expected]
    blog.has("assets/main.css", "width: 2.5px;").has("assets/main.css", "height: 10px;")


def test_what_the_style_sheet_says_is_a_warning(blog: Site) -> None:
    blog.write({"assets/main.scss": '---\n---\n.a { b: c; }\n@warn "mind the gap";\n@debug "quiet";\n'}).build()
    assert blog.code == 0
    assert "assets/main.scss:3:1: warning: mind the gap [sass]" in blog.report
    assert "quiet" not in blog.report


def test_partials_in_the_other_syntax_and_in_css(blog: Site) -> None:
    blog.write(
        {
            "_sass/_lines.sass": ".lines\n  margin: 0\n",
            "_sass/plain.css": ".plain { top: 0; }\n",
            "assets/main.scss": '---\n---\n@import "lines", "plain";\n',
        }
    ).build().is_good()
    assert blog.read("assets/main.css") == ".lines {\n  margin: 0;\n}\n\n.plain {\n  top: 0;\n}\n"


def test_calculated_colours_have_eight_bits_a_channel(blog: Site) -> None:
    """As sassc writes them, which made these."""
    text = "---\n---\n.a { b: lighten(#08161e, 11%); c: rgba(lighten(#08161e, 11%), .5); d: darken(red, 10%); }\n"
    blog.write({"assets/main.scss": text}).build()
    assert blog.code == 0
    expected = ".a {\n  b: #14364a;\n  c: rgba(20, 54, 74, 0.5);\n  d: #cc0000;\n}\n"
    assert blog.read("assets/main.css") == expected


def test_a_name_that_is_computed(blog: Site) -> None:
    blog.write(
        {
            "_sass/dark.scss": ".dark { a: b; }\n",
            "assets/main.scss": '---\n---\n@use "sass:meta";\n$skin: "da" + "rk";\n@include meta.load-css($skin);\n',
        }
    ).build().is_good()
    blog.has("assets/main.css", ".dark {")


def test_what_the_absent_theme_would_define_leaves_the_sheet_empty(blog: Site) -> None:
    blog.config("theme: minima\n").write({"assets/main.scss": '---\n---\n@import "minima";\n.a { b: $ink; }\n'}).build()
    assert blog.code == 0
    assert "assets/main.scss:4:9: warning: the style sheet is left empty: undefined variable [sass]" in blog.report
    assert blog.read("assets/main.css") == ""


def test_places_behind_liquid_and_wide_characters_are_those_of_the_file(blog: Site) -> None:
    text = "---\n---\n/* 𝔸 {{ site.title | default: 'a long title' }} 𝔸 */ .a { b: $nope; }\n"
    blog.write({"assets/main.scss": text}).build()
    column = text.splitlines()[2].index("$nope") + 1
    assert f"assets/main.scss:3:{column}: error: undefined variable [sass]" in blog.report


def test_a_load_path_into_what_is_left_out_of_the_site(blog: Site) -> None:
    modules = {
        "node_modules/bulma/sass/_index.scss": "b { c: d; }\n",
        "node_modules/bulma/package.md": "---\n---\n",
        "node_modules/bulma/node_modules/sass/_index.scss": "never\n",
    }
    sheet = '---\n---\n@use "bulma/sass";\n@import "e";\n'
    blog.write({**modules, "assets/main.scss": sheet, "_sass/_e.scss": '@import "../node_modules/bulma/sass";\n'})
    blog.build()
    assert "assets/main.scss:3:7: error: no style sheet named `bulma/sass` [sass]" in blog.report
    blog.write({"assets/main.scss": '---\n---\n@import "e";\n'}).build()
    assert "= name `node_modules` in `sass: {load_paths: […]}` of `_config.yml`, after `npm install`" in blog.report
    blog.write({"assets/main.scss": sheet}).config("sass:\n  load_paths: [/node_modules/]\n").build().is_good()
    assert blog.read("assets/main.css") == "b {\n  c: d;\n}\n\nb {\n  c: d;\n}\n"
    assert not [path for path in blog.files() if path.startswith("node_modules")]


@pytest.mark.parametrize("engine", ["quickjs", "v8"])
def test_a_loop_that_does_not_end_is_stopped_and_the_next_sheet_compiles(engine: str) -> None:
    sass = SassEngine(engine, seconds=1.0)
    options, nothing = SassOptions(style="compressed"), {}.get
    asked = partial(compile_text, options=options, find=nothing, compiler=sass, indented=False)
    assert asked("a { b: 1px + 1 }") == ("a{b:2px}\n", "")
    css, error = asked("@while true { $x: 1 }")
    assert (css, error) == ("", "the style sheet takes longer than 1 s: a loop that does not end?")
    assert asked("a { b: c }") == ("a{b:c}\n", "")
    sass.close()


def test_a_site_without_sass_starts_no_compiler(site: Site) -> None:
    site.write({"index.md": "hello"})
    program = (
        "import sys, json; from mathblog.cli.main import main\n"
        "sys.argv[0] = 'mathblog'\ntry: main()\n"
        "except SystemExit: pass\n"
        "print(json.dumps([name for name in ('mathblog.styles.sass', 'quickjs', 'py_mini_racer') if name in sys.modules]))"
    )
    command = [sys.executable, "-c", program, "build", "-s", str(site.source), "-d", str(site.output)]
    run = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(SOURCES)}
    )
    assert json.loads(run.stdout.splitlines()[-1]) == []


def test_nothing_outside_of_the_site_is_imported(blog: Site) -> None:
    blog.write({"assets/main.scss": '---\n---\n@import "../../secret";\n'}).build()
    assert blog.code == 1
    assert "no style sheet named `../../secret`" in blog.report


def test_a_filter_that_loads_a_style_sheet_is_never_stale(site: Site) -> None:
    site.write(
        {
            "_sass/support/_ink.scss": "$ink: red;\n",
            "assets/a.css": "---\n---\n{% capture s %}@import 'support/ink'; a { b: $ink; }{% endcapture %}{{ s | scssify }}",
        }
    )
    site.build().is_good().has("assets/a.css", "b: red")
    site.write({"_sass/support/_ink.scss": "$ink: blue;\n"}).build().is_good().has("assets/a.css", "b: blue")
    site.equals_a_clean_build()
