"""The comparison with Jekyll's output notices what a reader would."""

from pathlib import Path

import pytest

from support.page_pieces import Place, parse, pieces
from support.parity import Parity, compare

PAGE = """<html><head><title>A</title></head><body><main><h2 id="a">A</h2>
<p>Let \\(x &lt; y\\), see <a href="/b.html">b</a>; <img src="c.png">.</p>
\\[x^2\\]
<pre><code>x = 1</code></pre>
<table><tr><td>1<td>2</table></main></body></html>
"""
KATEX = (
    '<span class="katex"><span class="katex-mathml"><math{}><semantics><mi>x</mi>'
    '<annotation encoding="application/x-tex">{}</annotation></semantics></math></span>'
    '<span class="katex-html"><span>x</span></span></span>'
)


def compared(folder: Path, theirs: str, ours: str) -> Parity:
    for name, text in (("reference", theirs), ("built", ours)):
        (folder / name).mkdir()
        (folder / name / "index.html").write_text(text, encoding="utf-8")
    return compare(folder / "reference", folder / "built", "full")


def test_rendered_formulas_are_those_that_mathjax_would_find(tmp_path: Path) -> None:
    rendered = PAGE.replace("\\(x &lt; y\\)", KATEX.format("", "x &lt; y"))
    rendered = rendered.replace("\\[x^2\\]", KATEX.format(' display="block"', "x^2"))
    rendered = rendered.replace("c.png", "https://example.org/c.png").replace("<td>1<td>2", "<td>1</td><td>2</td>")
    assert compared(tmp_path, PAGE, rendered).report() == "1.0000 over 1 files"


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("\\[x^2\\]", "\\(x^2\\)", "formulas 0.500: lacks display x^2"),
        ("x &lt; y", "x &lt; z", "words 0.909: …A Let [Jekyll: ⟦x<y⟧] [ours: ⟦x<z⟧] , see b…"),
        ("/b.html", "/c.html", "links 0.000: adds /c.html"),
        ("c.png", "d.png", "images 0.000: lacks /c.png"),
        ('id="a"', 'id="b"', "headings 0.000: adds h2#b"),
        ("x = 1", "x = 2", "codes 0.000: lacks x = 1"),
        ("<td>2", "", "tables 0.000: adds 1 rows, 1 cells"),
        ("<title>A", "<title>B", "head 0.000: lacks title {} A"),
    ],
)
def test_a_difference_is_shown(tmp_path: Path, old: str, new: str, difference: str) -> None:
    (page,) = compared(tmp_path, PAGE, PAGE.replace(old, new)).pages
    assert difference in page.differences
    assert page.score < 1


def test_a_missing_page_counts_nothing(tmp_path: Path) -> None:
    parity = compared(tmp_path, PAGE, PAGE)
    (tmp_path / "reference/feed.xml").write_text("<feed><title>A</title></feed>", encoding="utf-8")
    assert parity.score == 1
    assert compare(tmp_path / "reference", tmp_path / "built", "full").score == 0.5


def test_a_dollar_opens_a_formula_only_where_the_site_says_so() -> None:
    text = parse(r"<p>$x_1$ costs \$5, <code>$HOME</code> and $ 3 $.</p>")
    found = pieces(text, Place("/", "example.org", "", dollars=True))
    assert found.formulas == {"inline x_1": 1}
    assert " ".join(found.words) == "⟦x_1⟧ costs $ 5 , $ HOME and $ 3 $ ."
    assert pieces(text, Place("/", "example.org", "", dollars=False)).formulas == {}
