"""A body: its pieces, the forms in which it is read, and how it is packed."""

import pytest

from mathblog.markdown.marks import Marks
from mathblog.markdown.parser import formula_tokens, parse
from mathblog.markdown.render import Rendered, render
from mathblog.model.body import Body, Math, pack, to_html, to_mathml, to_source, to_words, unpack
from mathblog.model.options import MarkdownOptions
from mathblog.model.shown import Form, Shown
from mathblog.pipeline.extensions import BUILTINS
from mathblog.text.rendered import read_body

BOXES = '<span class="katex-html" aria-hidden="true"><span>x</span></span>'


def rendering(tex: str, *, display: bool = False) -> Math:
    """A formula in the shape of KaTeX's output."""
    escaped = tex.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#x27;")
    mathml = f'<math><semantics><annotation encoding="application/x-tex">{escaped}</annotation></semantics></math>'
    html = f'<span class="katex"><span class="katex-mathml">{mathml}</span>{BOXES}</span>'
    return Math(tex, display, f'<span class="katex-display">{html}</span>' if display else html)


REFUSED = Math("\\x", False, '<span class="math-error" title="t">\\(\\x\\)</span>')
BODY = Body(("<p>a ", rendering("f' < g"), ", ", REFUSED, "</p>", rendering("y & z", display=True)))


def body_of(text: str) -> Rendered:
    parsed = parse(text, MarkdownOptions(), BUILTINS)
    return render(parsed, [rendering(token.content, display=token.meta["display"]) for token in formula_tokens(parsed)])


def test_the_forms_of_a_body() -> None:
    assert to_source(BODY) == r"<p>a \(f' &lt; g\), \(\x\)</p>\[y &amp; z\]"
    assert to_words(BODY) == r"a \(f' < g\), \(\x\)\[y & z\]"
    assert to_html(BODY) == "".join(piece if isinstance(piece, str) else piece.html for piece in BODY)
    assert to_mathml(BODY) == to_html(BODY).replace(BOXES, "")
    assert [to_html(Body()), to_source(Body()), to_mathml(Body()), to_words(Body())] == [""] * 4


def test_what_is_found_in_html_is_the_body_that_was_written() -> None:
    assert read_body(to_html(BODY)) == BODY
    assert read_body("<p>$x$</p>") == Body(("<p>$x$</p>",))
    assert read_body("") == Body()


@pytest.mark.parametrize("body", [BODY, Body(), Body(("<p>",)), Body((REFUSED,)), Body((rendering("x"),) * 3)])
def test_a_packed_body_comes_back(body: Body) -> None:
    assert unpack(*pack(body)) == body
    assert type(unpack(*pack(body))) is Body


@pytest.mark.parametrize(("kinds", "texts"), [("h", []), ("i", ["x"]), ("", ["x"]), ("hx", ["a", "b", "c"])])
def test_what_is_no_packed_body_is_refused(kinds: str, texts: list[str]) -> None:
    with pytest.raises(ValueError, match="no packed body"):
        unpack(kinds, texts)


def test_marks_become_pieces_and_html_stands_for_itself() -> None:
    marks = Marks()
    first, second = rendering("a"), rendering("b")
    text = f"<p>{marks.stand_in(first)}{marks.stand_in(second)} {marks.stand_in('<i>c</i>')}{marks.stand_in(first)}"
    assert marks.fill(text) == Body(("<p>", first, second, " <i>c</i>", first))
    assert marks.fill("x") == Body(("x",))


def test_formulas_that_a_template_brought_are_pieces_beside_the_own_ones() -> None:
    other = rendering("o")
    body = body_of(f"$x$ and\n\n<p>{other.html}</p>\n").body
    assert [piece for piece in body if isinstance(piece, Math)] == [rendering("x"), other]


def test_the_formulas_of_a_text_are_its_pieces_wherever_they_stand() -> None:
    text = (
        "# A $h$\n\n$a$은 *$b$* ![$i$](x.png)[^1]\n\n- $c$\n  $$d$$\n\n$$e$$\n\n<div>$g$</div>\n\n|$t$|\n\n[^1]: $n$\n\n"
        "{:.k}\n$$u$$\n"
    )
    page = body_of(text)
    found = [piece.tex for piece in page.body if isinstance(piece, Math)]
    assert found == ["h", "a", "b", "c", "d", "e", "g", "t", "u", "n"]
    assert [piece for piece in page.headings[0].body if isinstance(piece, Math)] == [rendering("h")]
    assert "katex" not in "".join(piece for piece in page.body if isinstance(piece, str))
    assert "\0" not in page.html


def test_layouts_see_the_same_source_of_a_body_and_of_its_html() -> None:
    seen = Shown(Form.SOURCE, keep=True).show(BODY)
    assert seen == Shown(Form.SOURCE, keep=True).show(read_body(to_html(BODY))) == to_source(BODY).replace("$", "")


def test_a_formula_in_a_section_that_becomes_text_stays_one() -> None:
    body = body_of("<div>a <![CDATA[ $x$ <b> ]]> $y$</div>\n").body
    assert body == Body(("<div>a  ", rendering("x"), " &lt;b&gt;  ", rendering("y"), "</div>\n"))
