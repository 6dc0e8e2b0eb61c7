"""Which fonts a page needs beside those in its style sheets. The classes and signs in its HTML say so."""

from collections.abc import Iterable

from mathblog.core.patterns import lazy_pattern
from mathblog.theme.sandbox.long_text import LongText

# class of KaTeX -> the font's file, its name in CSS, a sign that it has (`katex.min.css`)
_BY_CLASS = {
    "mathbb": ("AMS-Regular", "1em KaTeX_AMS", "R"),
    "textbb": ("AMS-Regular", "1em KaTeX_AMS", "R"),
    "amsrm": ("AMS-Regular-more", "1em KaTeX_AMS", "■"),
    "mathcal": ("Caligraphic-Regular", "1em KaTeX_Caligraphic", "R"),
    "mathfrak": ("Fraktur-Regular", "1em KaTeX_Fraktur", "R"),
    "textfrak": ("Fraktur-Regular", "1em KaTeX_Fraktur", "R"),
    "mathscr": ("Script-Regular", "1em KaTeX_Script", "R"),
    "textscr": ("Script-Regular", "1em KaTeX_Script", "R"),
    "mathsf": ("SansSerif-Regular", "1em KaTeX_SansSerif", "R"),
    "textsf": ("SansSerif-Regular", "1em KaTeX_SansSerif", "R"),
    "mathtt": ("Typewriter-Regular", "1em KaTeX_Typewriter", "R"),
    "texttt": ("Typewriter-Regular", "1em KaTeX_Typewriter", "R"),
    "mathbf": ("Main-Bold", "bold 1em KaTeX_Main", "R"),
    "textbf": ("Main-Bold", "bold 1em KaTeX_Main", "R"),
    "mathit": ("Main-Italic", "italic 1em KaTeX_Main", "R"),
    "textit": ("Main-Italic", "italic 1em KaTeX_Main", "R"),
    "boldsymbol": ("Math-BoldItalic", "italic bold 1em KaTeX_Math", "R"),
    "size3": ("Size3-Regular", "1em KaTeX_Size3", "("),
    "size4": ("Size4-Regular", "1em KaTeX_Size4", "("),
}
_RARE = ("Main-Regular-more", "1em KaTeX_Main", "⊙")
# the text face: letters in UTF-8 that its first file has not -> the file, in the upright cut; `lighter_fonts.py` cuts it so.
# Their first byte is looked for before, which is fast: most pages have none
_LETTERS_OF_TEXT = (
    (b"\xc3", lazy_pattern(rb"\xc3(?![\x97\xb7])"), "latin-400-normal-letters", "é"),
    (b"\xc4", lazy_pattern(rb"\xc4"), "latin-ext-400-normal", "ő"),
    (b"\xc5", lazy_pattern(rb"\xc5"), "latin-ext-400-normal", "ő"),
    (b"\xc8", lazy_pattern(rb"\xc8[\x98-\x9b]"), "latin-ext-400-normal", "ő"),
)
# most formulas have other classes only: each pattern begins with letters that are looked for fast
_LETTERS = lazy_pattern(r'class="m(?:ord|rel|bin) (?!mathn|mathrm|mt|")([a-z]+)')
_BRACKETS = lazy_pattern(r'class="delimsizing(?: |inner delim-)(size[34])')
_SIGNS = lazy_pattern('">[℘↕↖↗↘↙↩↪↼↽⇀⇁⇌⇐⇑⇓⇕∋∠≀≍≐≻⊎⊑⊒⊓⊔⊖⊘⊙⊣⊤⊨⋄⋈⌢⌣△▽▹◃◯♠♡♢♣♭♮♯⟮⟯⟵⟷⟸⟼⨿⪯⪰]</span>')


def math_fonts(html: object) -> list[tuple[str, str, str]]:
    """The fonts that formulas in a page's HTML need and its style sheet has not: file, name in CSS, a sign of each.

    A page that asks for them in its head is laid out once, with all of them. One that is missed comes a moment later.
    """
    found: set[str] = set()
    is_rare = False
    for part in _parts(html):
        found.update(_LETTERS.findall(part), _BRACKETS.findall(part))
        is_rare = is_rare or bool(_SIGNS.search(part))
    return sorted({_BY_CLASS[name] for name in found & _BY_CLASS.keys()} | ({_RARE} if is_rare else set()))


def text_fonts(html: object) -> list[tuple[str, str]]:
    """The files of the text face with letters of a page's HTML that its style sheet has not, a letter of each."""
    found = {
        (file, letter)
        for part in map(str.encode, _parts(html))
        for first, letters, file, letter in _LETTERS_OF_TEXT
        if first in part and letters.search(part)
    }
    return sorted(found)


def _parts(html: object) -> Iterable[str]:
    return html.windows(200) if isinstance(html, LongText) else (str(html),)
