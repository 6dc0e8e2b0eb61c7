r"""Which delimiter of display maths is the one that is never closed, where one too few stands in a text.

kramdown takes each `$$` with the next one, so one that is forgotten makes prose of formulas and a formula of prose. Two signs
tell: what stands between two of them is prose, or of an odd number in a paragraph another one left alone leaves clean formulas.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.text.dollars import is_clean_piece

_NOTES = lazy_pattern(r"(?<!\\)%[^\n]*")
_GROUPS = lazy_pattern(r"\\[a-zA-Z]+\*?\s*\{[^{}]*\}")
_QUOTE_MARKS = lazy_pattern(r"\n[ \t>]+")
_BLOCKS = lazy_pattern(r"\n\s*\n")
_MARKUP = lazy_pattern(  # a heading, a fence, a tag, a comment, an image, a link, a formula in running text
    r"^(?:#{1,6}[ \t]|```|~~~|</?[a-z][a-z0-9-]*[ >/])|<!--|!\[|\]\((?:https?:|[/#])|(?<!\\)\$", re.MULTILINE
)
_SENTENCE = lazy_pattern(r"(?<![\w\\])[^\W\d_]{2,}(?:[,;:]?\s+[^\W\d_]{2,}){2,}")
_SMALL_WORD = lazy_pattern(
    r"(?<![\w\\])(?:an|and|as|at|are|be|by|for|in|is|it|of|on|or|so|that|the|this|to|we|with)(?!\w)"
)
_MATHS = lazy_pattern(r"[=_^\\<>+]")
_MANY_WORDS = 5
_WORD = lazy_pattern(r"(?<![\w\\])[^\W\d_]{3}")
_LETTER = lazy_pattern(r"[^\W_]|\\")
_EMPTY_LINE = lazy_pattern(r"\n[ \t>]*\n")
_BLOCK = lazy_pattern(r"\$\$(?!\s*\$)((?:(?!\$\$|\n[ \t>]*\n).)*)\$\$[ \t]*(?:\n[ \t>]*(?:\n|\Z)|\Z)", re.DOTALL)
_ROW_SPACE = lazy_pattern(r"\\\\\[\s*-?[\d.]+\s*[a-z]{2}\s*\]")
_DISPLAYS = ["align", "alignat", "displaymath", "equation", "flalign", "gather", "math", "multline", "eqnarray"]
_OUTERMOST = frozenset((*_DISPLAYS, "empheq", "numcases", "subnumcases"))


@cache
def _unspaced() -> re.Pattern[str]:
    """Chinese and Japanese; slow to compile."""
    return re.compile("[\u3000-\u30ff\u3400-\u9fff\uff01-\uff60]{6}")


def opens_again(text: str, span: Span, opener: str) -> bool:
    r"""Whether what opens at the start of a span is never closed, because the same opens again at the end of it.

    That is behind a blank line, where what lies between is prose, and in what does not nest: `align` in `align`,
    `\\(` in `\\(`, but for `\\[2pt]`, the end of a row, and for what stands in `\text{…}`.
    """
    between = text[span.start + len(opener) : span.end]
    if _EMPTY_LINE.search(between):
        return True
    if between.count("{") > between.count("}"):
        return False
    return opener[7:-1].rstrip("*") in _OUTERMOST if opener[1] == "b" else not _ROW_SPACE.match(text, span.end)


def goes_too_far(text: str, inner: Span, closer: str) -> bool:
    """Whether what is opened is closed behind other blocks only, and prose is among them, or the `$$` that closes it opens a block."""
    if holds_prose(text[inner.start : inner.end]):
        return True
    if closer != "$$":
        return False
    line = text.rfind("\n", inner.start, inner.end)
    before = text.rfind("\n", 0, max(line, 0))
    if line < 0 or text[before + 1 : inner.end].strip(" \t>\n"):  # no blank line, or more than marks before it
        return False
    return _BLOCK.match(text, inner.end) is not None


def holds_prose(inner: str) -> bool:
    """Whether one of the blocks of a text between two delimiters is prose: a sentence, a heading, a fence, HTML."""
    text = _QUOTE_MARKS.sub("\n", _NOTES.sub("", inner))
    for _ in range(2):  # \text{so \emph{it} is}
        text = _GROUPS.sub("\\\\", text)
    if _MARKUP.search(text):
        return True
    for block in _BLOCKS.split(text):
        if not block.isascii() and _unspaced().search(block):
            return True
        sentence = _SENTENCE.search(block)
        many = sentence is not None and len(sentence[0].split()) >= _MANY_WORDS
        if sentence and (many or _SMALL_WORD.search(block) or not _MATHS.search(block)):
            return True
    return False


def left_alone(text: str, places: Sequence[int]) -> int:
    """The `$$` of a paragraph that is never closed, -1 where each has its partner. `places` are those of all `$$` in it.

    All the others pair in order. It is the last one, as for kramdown, unless another leaves cleaner formulas.
    """
    if len(places) % 2 == 0:
        return -1
    costs: list[int] = []  # how little what stands between two of them reads as a formula; 0 for one that does
    for start, end in pairwise(places):
        inner = text[start + 2 : end]
        stripped = inner.strip()
        if not _LETTER.search(stripped) or not is_clean_piece(stripped):
            costs.append(4)
        else:
            one_blank, has_word = inner[0].isspace() != inner[-1].isspace(), _WORD.search(_GROUPS.sub("", stripped))
            costs.append(one_blank + (has_word is not None))
    best, alone = sum(costs[::2]), len(places) - 1
    cost = best
    for index in range(len(places) - 3, -1, -2):  # the pairs behind `index` begin one place later
        cost += costs[index + 1] - costs[index]
        if cost < best:
            best, alone = cost, index
    return places[alone]
