"""Code as HTML."""

import re
from html import unescape

import pytest

from mathblog.markdown.code.contrast import blend, contrast
from mathblog.markdown.code.fence_info import parse_info
from mathblog.markdown.code.highlight import (
    Markup,
    find_lexer,
    highlight_code,
    highlight_tag,
    parse_lines,
    with_line_ends,
)
from mathblog.markdown.code.stylesheet import UnknownStyleError, stylesheet


def test_a_fence_has_the_markup_of_jekyll() -> None:
    html, known, _ = highlight_code("x = 1\n", "python")
    assert known
    assert html == (
        '<div class="language-python highlighter-rouge"><div class="highlight"><pre class="highlight"><code>'
        '<span class="n">x</span> <span class="o">=</span> <span class="mi">1</span>\n</code></pre></div></div>'
    )


def test_only_the_line_ends_of_the_highlight_tag_become_line_ends_again() -> None:
    block = highlight_tag("x\n\n&#10;", "text").html
    html = with_line_ends(f"<p>a&#10;b</p>{block}<pre><code>c&#10;d</code></pre>")
    assert html == (
        '<p>a&#10;b</p><figure class="highlight"><pre><code class="language-text" data-lang="text">'
        "x\n\n&amp;#10;</code></pre></figure><pre><code>c&#10;d</code></pre>"
    )


@pytest.mark.parametrize("language", ["console", "pycon", "doscon", "rconsole", "sqlite3", "python", "text", "robot"])
@pytest.mark.parametrize("code", ["$ cd a\n$ ls -l", ">>> x = 1\n>>> x", "C:\\> dir", "sqlite> select 1", "a"])
def test_no_code_is_lost(language: str, code: str) -> None:
    """Lexers of sessions lose a last line without a line end, which a `highlight` tag has."""
    html = re.sub(r"<[^>]*>", "", highlight_tag(code, language).html)
    assert unescape(html).rstrip("\n") == code


def test_the_highlight_tag_is_one_line() -> None:
    html, known, _ = highlight_tag("\nx\n\ny\n", "python")
    assert known
    assert html == (
        '<figure class="highlight"><pre><code class="language-python" data-lang="python">'
        '<span class="n">x</span>&#10;&#10;<span class="n">y</span></code></pre></figure>'
    )


def test_an_unknown_language_is_plain() -> None:
    html, known, _ = highlight_code("a < b", "foolang")
    assert not known
    assert "<code>a &lt; b</code>" in html


@pytest.mark.parametrize("name", ["", "text", "plaintext", "txt"])
def test_plain_text_is_known(name: str) -> None:
    assert highlight_code("a", name).known


@pytest.mark.parametrize(
    "name",
    ["python", "py", "js", "javascript", "c++", "cpp", "shell", "console", "bash", "latex", "tex", "matlab", "r", "julia",
     "haskell", "json", "yaml", "html", "css", "objective_c", "vue", "conf", "mathematica", "liquid", "Python"],
)  # fmt: skip
def test_names_of_rouge_are_known(name: str) -> None:
    assert find_lexer(name) is not None


def test_a_language_cannot_leave_its_attribute() -> None:
    assert '"><script>' not in highlight_code("x", '"><script>').html


def test_numbered_lines_stand_in_a_cell_of_their_own() -> None:
    html = highlight_code("a\nb\n", "", Markup(line_numbers=True)).html
    assert '<td class="rouge-gutter gl"><pre class="lineno">1\n2\n</pre></td>' in html
    assert '<td class="rouge-code"><pre>a\nb\n</pre></td>' in html


def test_a_tags_table_has_the_names_that_jekyll_gives_it() -> None:
    html = highlight_tag("rouge-code rouge-gutter", "C++", Markup(line_numbers=True)).html
    assert html.startswith('<figure class="highlight"><pre><code class="language-c--" data-lang="c++">')
    assert '<td class="gutter gl"><pre class="lineno">1&#10;</pre></td><td class="code"><pre>' in html


def test_marked_lines_are_wrapped_whole() -> None:
    html = highlight_code('x = """a\nb"""\ny\n', "python", Markup(marked=frozenset({2}))).html
    lines = html.split("<code>")[1].split("</code>")[0].split("\n")
    assert lines[1].startswith('<span class="hll"><span class="s')
    assert lines[0].count("<span") == lines[0].count("</span>")
    assert "hll" not in lines[2].removeprefix("</span>")


@pytest.mark.parametrize(
    ("info", "language", "markup"),
    [
        ("python", "python", Markup()),
        (
            'python {linenos=table hl_lines="2 4-6"}',
            "python",
            Markup(line_numbers=True, marked=frozenset({2, 4, 5, 6})),
        ),
        ("python{1,3}", "python", Markup(marked=frozenset({1, 3}))),
        ("js {: .lineno}", "js", Markup(line_numbers=True)),
        ("ruby linenos", "ruby", Markup(line_numbers=True)),
        ("c++", "c++", Markup()),
        ("", "", Markup()),
    ],
)
def test_fence_info(info: str, language: str, markup: Markup) -> None:
    assert parse_info(info, line_numbers=False) == (language, markup)


def test_a_fence_can_turn_the_numbers_of_the_site_off() -> None:
    assert parse_info("js {: .nolineno}", line_numbers=True) == ("js", Markup())


def test_lines() -> None:
    assert parse_lines("1, 3-5 9") == {1, 3, 4, 5, 9}


def test_stylesheet_has_both_colour_schemes() -> None:
    css = stylesheet("default", "github-dark")
    assert "\n.highlight .k {" in css
    assert '\n:where(:root:not([data-theme="light"])) .highlight .k {' in css
    assert '\n:where([data-theme="dark"]) .highlight .k {' in css
    assert "user-select: none" in css


@pytest.mark.parametrize(
    ("style", "colour"),
    [
        ("default", "#ffffcc"),
        ("xcode", "#ffffcc"),
        ("solarized-dark", "#073642"),
    ],
)
def test_marked_lines_have_the_colour_of_the_style(style: str, colour: str) -> None:
    assert stylesheet(style, style).startswith(f".highlight .hll {{ background-color: {colour} }}\n")


@pytest.mark.parametrize("style", ["github-dark", "one-dark", "gruvbox-light", "monokai"])
def test_marked_lines_can_be_read_where_the_colour_of_the_style_is_that_of_its_text(style: str) -> None:
    css = stylesheet(style, style)
    mark = css.split("background-color: ")[1].split(" ")[0]
    ground = css.split(".highlight { background: ")[1].split(";")[0]
    text = css.split(".highlight .nb { color: ")[1].split(" ")[0]
    assert mark != ground
    assert contrast(text, mark) > 0.8 * contrast(text, ground)


@pytest.mark.parametrize("style", ["manuscript", "manuscript-dark", "default", "github-dark"])
def test_code_can_be_read_in_the_styles_that_are_the_default(style: str) -> None:
    css = stylesheet(style, style)
    grounds = [css.split(".highlight { background: ")[1][:7], css.split("background-color: ")[1][:7]]
    colours = re.findall(r"\.highlight \.(\w+) \{ color: (#\w+)", css)
    assert len(colours) > 30
    spaces = {"w"}  # is never written: spaces have no span
    unread = {name for name, colour in colours for ground in grounds if contrast(colour, ground) < 4.5}
    assert unread <= spaces


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.005)
    assert blend("#000000", "#ffffff", 0.5) == "#808080"


def test_a_style_that_does_not_exist() -> None:
    with pytest.raises(UnknownStyleError):
        stylesheet("no-such-style", "default")
