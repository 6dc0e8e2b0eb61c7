"""How long a text takes to read, its formulas included."""

import math
from itertools import compress
from operator import itemgetter, not_

from mathblog.core.patterns import lazy_pattern
from mathblog.model.body import Body

_FIRST = itemgetter(0)
_TAG = lazy_pattern(r"<[^<>]*>")
_SIGN = lazy_pattern("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # kana, Han, Hangul: counted one by one
_READ = lazy_pattern(r"[^\W_]")  # a letter or a digit: a word that has none is not read
# seconds: 238 words a minute (Brysbaert 2019, of many studies), 500 signs a minute; a formula is read as some words are, and
# one that is displayed is worth a pause
_WORD, _CHARACTER, _INLINE, _DISPLAY = 60 / 238, 60 / 500, 1.5, 10.0


def count_minutes(body: Body) -> int:
    """Whole minutes, 1 at least; 0 for an empty body."""
    formulas = [piece for piece in body if not isinstance(piece, str)]
    displayed = sum(piece.display for piece in formulas)
    # a tag begins and ends in one piece: an empty one stands for each formula
    text = " ".join(_TAG.split("<>".join(piece for piece in body if isinstance(piece, str))))
    text, signs = (text, 0) if text.isascii() else _SIGN.subn(" ", text)
    words = text.split()
    sure = [*map(str.isalnum, map(_FIRST, words))]  # most words begin with a letter or a digit
    count = sum(sure)
    if count < len(words):
        count += sum(_READ.search(word) is not None for word in compress(words, map(not_, sure)))
    seconds = signs * _CHARACTER + count * _WORD + displayed * _DISPLAY + (len(formulas) - displayed) * _INLINE
    return max(1, math.floor(seconds / 60 + 0.5)) if body else 0
