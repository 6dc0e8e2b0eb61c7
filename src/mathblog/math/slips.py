r"""Slips in a formula that KaTeX renders, and nobody means: warnings of every build, found in the text of its TeX.

A `%` that hides the rest of a line, two digits behind `^` or `_` of which one is raised, limits of which one sign is below a sum,
text between two formulas.
"""

import re
from collections.abc import Iterator

from mathblog.core.patterns import lazy_pattern
from mathblog.model.formula import FormulaError

COMMENT, DIGITS, DELIMITERS = "math-comment", "math-digits", "math-delimiters"
_NO_MATHS = r"\\(?:text[a-z]*|mbox|hbox|href|url|label|tag\*?|(?:eq|page|c|C|auto)?ref|htmlId|includegraphics|ce|pu|SI|si|num|qty|unit|ang)\s*\{[^{}]*\}|\\."
_PERCENT = lazy_pattern(rf"{_NO_MATHS}|%", re.DOTALL)
_SCRIPT = lazy_pattern(rf"{_NO_MATHS}|([\^_])[ \t]*(\d\d+|-\d+)", re.DOTALL)
_SCRIPTED = lazy_pattern(r"[\^_][ \t]*(?:\d\d|-\d)")  # whether it is worth a closer look
_LIMIT = lazy_pattern(  # \sum_i=1^n, \lim_x\to 0
    r"\\(?:sum|prod|coprod|bigcup|bigcap|bigoplus|lim)\s*(_\s*([A-Za-z])\s*(=\s*-?\w+(?=\s*\^)|\\to(?![A-Za-z])))"
)
_CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
# nothing but words in Chinese, Japanese or Korean, or what begins as the rest of a sentence does
_TEXT = lazy_pattern(rf"\s*[、，。；：]|(?=.*[{_CJK}]{{2}})[\s,.、，。；：！？（）「」『』“”·…{_CJK}]+\Z", re.DOTALL)


def find_slips(tex: str) -> Iterator[FormulaError]:
    """Yield a warning for each kind of slip in a formula, at its first place. A test for one character comes before each search."""
    if "%" in tex and "\n" not in tex:  # in a formula on one line it hides the end; it may hide a line among others
        percent = next((found for found in _PERCENT.finditer(tex) if found[0] == "%"), None)
        hidden = tex[percent.end() :].strip() if percent else ""
        is_sign = percent and tex[: percent.start()].rstrip()[-1:].isdigit()  # `$100%$` hides nothing but itself
        if percent and (hidden or is_sign):
            message = f"`%` begins a comment in TeX: `{hidden or '%'}` is not shown"
            yield FormulaError(message, percent.start(), 1, "`\\%` shows the sign, `\\bmod` the remainder", COMMENT)
    if _SCRIPTED.search(tex):  # `10^10` and `10^-6`, outside of texts, labels and addresses
        script = next((found for found in _SCRIPT.finditer(tex) if found[1]), None)
        if script:
            sign, written = script[1], script[2]
            message = f"only `{written[0]}` of `{script[0]}` is {'raised' if sign == '^' else 'lowered'}"
            yield FormulaError(message, script.start(), len(script[0]), f"write `{sign}{{{written}}}`", DIGITS)
    if "_" in tex and (limit := _LIMIT.search(tex)):
        message = f"only `{limit[2]}` of `{limit[1]}` is below the sign"
        hint = f"write `_{{{limit[2]}{limit[3]}}}`" if limit[3][0] == "=" else f"write `_{{{limit[2]} \\to …}}`"
        yield FormulaError(message, limit.start(1), len(limit[1]), hint, DIGITS)
    if not tex.isascii() and _TEXT.match(tex):
        message = f"`{tex.strip()[:20]}` is text between two formulas"
        yield FormulaError(message, -1, 0, "a `$` before it is missing, or one too many", DELIMITERS)
