"""Style sheets in Sass (jekyll-sass-converter 2: the compact style is its default)."""

import sys

import pytest

from support.site import Site

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


def test_a_style_sheet_with_what_it_imports(blog: Site) -> None:
    blog.build().is_good()
    expected = ".box { color: red; }\n\n.base { margin: 0; }\n\n.a .b { width: 5px; }\n"
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
    assert blog.read("assets/main.css") == ".only { margin: 0; }\n"


def test_the_indented_syntax(blog: Site) -> None:
    blog.write({"assets/other.sass": "---\n---\n.base\n  margin: 0\n"}).build().is_good()
    assert blog.read("assets/other.css") == ".base { margin: 0; }\n"


def test_an_edited_partial_makes_the_style_sheet_again(blog: Site) -> None:
    blog.build().is_good().write({"_sass/parts/_size.scss": "$extra: 4px;\n"}).build().is_good()
    blog.has("assets/main.css", "width: 7px")
    assert blog.done.changed == ("assets/main.css",)


def test_an_error_stands_in_the_file_that_has_it(blog: Site) -> None:
    blog.write({"_sass/parts/_box.scss": ".box { color: $nope; }\n"}).build().fails(
        """
        _sass/parts/_box.scss:1:15: error: undefined variable: `$nope` [sass]
            1 | .box { color: $nope; }
              |               ^
        """
    )
    blog.write({"assets/main.scss": "---\ntitle: x\n---\n.a { color: $nope; }\n"}).build().fails(
        """
        assets/main.scss:4:13: error: undefined variable: `$nope` [sass]
            4 | .a { color: $nope; }
              |             ^
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
    assert blog.read("assets/main.css") == ".a { margin: 0; }\n"


def test_without_libsass_the_error_names_the_extra(blog: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sass", None)
    blog.build()
    assert blog.code == 1
    assert "assets/main.scss:3:1: error: style sheets in Sass need libsass" in blog.report
    assert "= `pip install 'mathblog[sass]'`" in blog.report


def test_nothing_outside_of_the_site_is_imported(blog: Site) -> None:
    blog.write({"assets/main.scss": '---\n---\n@import "../../secret";\n'}).build()
    assert blog.code == 1
    assert "no style sheet named `../../secret`" in blog.report
