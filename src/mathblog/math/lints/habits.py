r"""Habits of keyboards and of old LaTeX: full-width signs, `\rm{d}x` for `\mathrm{d}x`, a row whose `\\` is missing."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from mathblog.core.patterns import lazy_pattern
from mathblog.math.lints.reading import Lint, LintFinding, Reading
from mathblog.model.formula import FormulaKey

# the brackets, marks, relations, letters and digits of Korean, Chinese and Japanese keyboards that have one sign in TeX
_FULL = lazy_pattern("[\u3001\u3002\uff01\uff08-\uff1f\uff21-\uff3b\uff3d\uff41-\uff5a\uff5c]")
_MARKS = {"\u3001": ",", "\u3002": "."}

_FACES = {"rm": "mathrm", "bf": "mathbf", "it": "mathit", "sf": "mathsf", "tt": "mathtt", "cal": "mathcal"}
_SWITCH = lazy_pattern(rf"\\({'|'.join(_FACES)})[ ]?\{{([^{{}}\\$]{{1,40}})\}}")
# what is behind a switch, up to the end of its group; other faces, texts and names of commands are not in its hands
_BEHIND = lazy_pattern(
    rf"\\(?:{'|'.join(_FACES)})(?![A-Za-z])|\\\\|&"
    r"|\\(?:begin|end|math[a-z]+|text[a-z]*|mbox|operatorname\*?|label|tag)\s*\{[^{}]*\}|\\[A-Za-z]+|\\.|[{}A-Za-z0-9]",
    re.DOTALL,
)
_FARTHEST = 500

_ROWS = lazy_pattern(
    r"\\begin\{((?:align(?:ed|at|edat)?|split|eqnarray|[bBpvV]?matrix|d?cases|array)\*?)\}"
    r"((?:[^\\]|\\(?!begin\{|end\{))*+)\\end\{\1\}"
)
_ROW_END = lazy_pattern(r"\\\\|\\cr(?![A-Za-z])|\\(?:newline|hline)(?![A-Za-z])")
_CELL_END = lazy_pattern(r"(?<!\\)&")
_LINE = lazy_pattern(r"^(?![ \t]*%).+$", re.MULTILINE)  # no comment
_GOES_ON = lazy_pattern(r"(?:[-+*/=<>,(\[|&{]|\\[a-z]+)\Z|%")
_RELATION = lazy_pattern(
    r"&\s*(?:=|<|>|\\(?:l|g|n)eq?(?![a-z])|\\(?:approx|equiv|sim|to|iff)(?![a-z]))"
)  # of aligned rows
_CONTINUES = lazy_pattern(r"[-+*/=<>,)\]|&}]|\\(?:quad|qquad|text|cdot|times|le|ge|leq|geq|to|in|tag|label)(?![a-z])")


def _find_full_width(_key: FormulaKey, reading: Reading) -> Iterator[LintFinding]:
    for _, signs in reading:
        for sign in signs:
            if sign.kind != "text" and sign.start >= 0 and _FULL.fullmatch(sign.text):
                usual = _MARKS.get(sign.text) or unicodedata.normalize("NFKC", sign.text)
                message = f"`{sign.text}` is a full-width sign, which is set as text"
                yield LintFinding(message, sign.start, sign.end, f"write `{usual}`", usual)


def _find_switches(key: FormulaKey, _reading: Reading) -> Iterator[LintFinding]:
    for found in _SWITCH.finditer(key.tex):
        if _reaches_letters(key.tex, found.end()):
            fix = rf"\{_FACES[found[1]]}{{{found[2]}}}"
            message = rf"`\{found[1]}` goes on behind its braces, to the end of the group"
            yield LintFinding(message, *found.span(), f"write `{fix}`", fix)


def _reaches_letters(tex: str, start: int) -> bool:
    """Whether a letter or a digit stands behind a switch, in its group and before the next one."""
    depth = 0
    for found in _BEHIND.finditer(tex, start, start + _FARTHEST):
        part = found[0]
        depth += {"{": 1, "}": -1, "\\begin": 1, "\\end": -1, "\\left": 1, "\\right": -1}.get(
            part.partition("{")[0] or part, 0
        )
        if depth < 0 or (not depth and part in ("\\\\", "&")) or part[1:] in _FACES:
            return False
        if len(part) == 1 and part.isalnum():
            return True
    return False


def _find_rows(key: FormulaKey, _reading: Reading) -> Iterator[LintFinding]:
    r"""Two lines of a row that have as many cells each: `\\` is missing between them. A row that goes on says so at the break."""
    for found in _ROWS.finditer(key.tex):
        at = found.start(2)
        for row in _ROW_END.split(found[2]):
            place = key.tex.index(row, at)
            at = place + len(row)
            for first, second in pairwise(_LINE.finditer(row)):
                before, after = first[0].rstrip(), second[0].strip()
                cells = len(_CELL_END.findall(before))
                if not cells or cells != len(_CELL_END.findall(after)):
                    continue
                is_step = (
                    found[1].startswith(("align", "split")) and _RELATION.search(before) and _RELATION.match(after)
                )
                goes_on = _GOES_ON.search(before) or (_CONTINUES.match(after) and not is_step)
                if before.count("{") == before.count("}") and not goes_on:
                    end = place + first.start() + len(before)
                    yield LintFinding(r"no `\\` ends this row", end - 1, end, r"write `\\` behind it")


FULL_WIDTH = Lint(lambda key: not key.tex.isascii() and _FULL.search(key.tex) is not None, _find_full_width)
SWITCHES = Lint(lambda key: _SWITCH.search(key.tex) is not None, _find_switches)
ROWS = Lint(lambda key: "\n" in key.tex and "&" in key.tex and _ROWS.search(key.tex) is not None, _find_rows)
