"""Texts and formulas as words that can be searched.

An index of words is made for texts with blanks between words. Where a script has none, each character is a word, and a phrase is found by its
characters in a row; `GLUE` behind a word says that no blank follows in the text. A formula is its words and the names in its TeX,
between two marks, the first with its number: what shows a result puts the formula there. `assets/js/search.js` reads all this.
"""

import unicodedata

from mathblog.core.patterns import lazy_pattern
from mathblog.model.body import Math

# Thai to Khmer, Hangul, kana and Han: the script has the same ranges
WITHOUT_BLANKS = (
    "\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
GLUE, OPEN, CLOSE = (
    "\ue002",
    "\ue000",
    "\ue001",
)  # of Unicode's private use: no letters, so that an index leaves them out
_DIGITS = str.maketrans("0123456789", "".join(chr(0xE010 + digit) for digit in range(10)))
_PRIVATE = lazy_pattern("[\ue000-\ue01f]")
_BORDER = lazy_pattern(f"(?<=\\S)(?=[{WITHOUT_BLANKS}])|(?<=[{WITHOUT_BLANKS}])(?=\\S)")
_FOREIGN = lazy_pattern(f"[{WITHOUT_BLANKS}]")
_SIGN = lazy_pattern(r"[^\w\s\u0300-\u036f\u20d0-\u20ff]")  # accents go with their letters
_SILENT = "|~"  # mathematical signs to Unicode that no reader looks for
_TEX = lazy_pattern(r"\\([a-zA-Z]+)|([^\W_]+|[^\w\s\\])")
_LAYOUT = frozenset((
    "begin", "end", "left", "right", "middle", "big", "Big", "bigg", "Bigg", "quad", "qquad", "displaystyle", "textstyle", "limits",
    "nolimits", "label", "tag", "nonumber", "hspace", "vspace",
))  # fmt: skip


def split_text(text: str) -> str:
    """A text in which blanks stand between all that is a word to an index."""
    text = _PRIVATE.sub("", text)
    return _BORDER.sub(f"{GLUE} ", text) if _FOREIGN.search(text) else text


def formula_tokens(formula: Math, words: str, number: int) -> str:
    """A formula of a text, the one with this number, with its marks; `words` are its words."""
    split = [
        word
        for word in _SIGN.sub(r" \g<0> ", split_text(words)).split()
        if len(word) > 1 or word.isalnum() or _is_sign(word)
    ]
    found = (command or word for command, word in _TEX.findall(formula.tex) if command not in _LAYOUT)
    names = (name for name in found if len(name) > 1 or name.isalnum() or _is_sign(name))
    tex = (name for name in dict.fromkeys(names) if name not in split)
    mark = OPEN + str(number).translate(_DIGITS)
    return " ".join((mark, *split, *split_text(" ".join(tex)).split(), CLOSE))


def signs_in(tokens: str) -> set[str]:
    """The signs that are words of formulas: an index leaves out what is no letter unless it is told."""
    return {word for word in tokens.split() if _is_sign(word)}


def _is_sign(word: str) -> bool:
    """Whether a word is a mathematical sign: brackets and punctuation are none."""
    return len(word) == 1 and unicodedata.category(word) == "Sm" and word not in _SILENT
