"""The fonts that the head of a page asks for, by what its HTML shows."""

import re

import pytest

from mathblog.engine.katex.assets import face_files, katex_styles
from mathblog.theme.sandbox.long_text import LongText
from mathblog.theme.views import fonts


@pytest.mark.parametrize(
    ("html", "files"),
    [
        ('<span class="mord mathnormal">x</span><span class="mbin">+</span>', []),
        ('<span class="mord mathbb mtight">R</span>', ["AMS-Regular"]),
        ('<span class="mrel amsrm">≲</span>', ["AMS-Regular-more"]),
        ('<span class="mord mathcal">L</span><span class="mord mathbf">x</span>', ["Caligraphic-Regular", "Main-Bold"]),
        ('<span class="delimsizing size3">(</span><span class="sizing reset-size6 size4">x</span>', ["Size3-Regular"]),
        ('<span class="delimsizinginner delim-size4"><span>⎛</span></span>', ["Size4-Regular"]),
        ('<span class="mbin">⊙</span>', ["Main-Regular-more"]),
    ],
)
def test_fonts_of_formulas(html: str, files: list[str]) -> None:
    assert [file for file, *_ in fonts.math_fonts(html)] == files
    assert fonts.math_fonts(LongText([html[:9], "", html[9:]])) == fonts.math_fonts(html)


@pytest.mark.parametrize(
    ("html", "files"),
    [
        ("<p>2 × 3 ÷ 4, “quoted” – 한글</p>", []),
        ("<p>Poincaré</p>", ["latin-400-normal-letters"]),
        ("<p>Erdős und Gödel, Știință</p>", ["latin-400-normal-letters", "latin-ext-400-normal"]),
    ],
)
def test_fonts_of_letters(html: str, files: list[str]) -> None:
    assert [file for file, _ in fonts.text_fonts(html)] == files


def test_each_font_is_published_and_has_its_sign() -> None:
    """The rules of the style sheets, as the build hook wrote them, name each file for the sign that stands for it."""
    of_maths = {(f"KaTeX_{file}", sign) for file, _, sign in (*fonts._BY_CLASS.values(), fonts._RARE)}
    of_text = {(f"source-serif-4-{file}", sign) for *_, file, sign in fonts._LETTERS_OF_TEXT}
    for sheet, found in ((katex_styles(), of_maths), (face_files()["text.css"], of_text)):
        rules = re.findall(r"@font-face\s*\{[^}]*\}", sheet.read_text("utf-8"))
        for file, sign in found:
            rule = next(it for it in rules if f"fonts/{file}.woff2" in it)
            ranges = re.search(r"unicode-range:([^;}]*)", rule)
            spans = re.findall(r"U\+(\w+)(?:-(\w+))?", ranges[1]) if ranges else [("0", "ffff")]
            assert any(int(low, 16) <= ord(sign) <= int(high or low, 16) for low, high in spans), file
