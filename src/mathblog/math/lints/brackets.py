r"""Brackets and braces to be seen that do not pair, in displayed formulas: in the line `$P(w_i$ | $positive)$` is a habit."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern
from mathblog.math.lints.reading import Lint, LintFinding, Reading, Sign
from mathblog.model.formula import FormulaKey

_PLAIN = {
    "(": "(", ")": ")", "[": "[", "]": "]", r"\{": r"\{", r"\}": r"\}",
    r"\lparen": "(", r"\rparen": ")", r"\lbrack": "[", r"\rbrack": "]", r"\lbrace": r"\{", r"\rbrace": r"\}",
}  # fmt: skip
_PARTNER = {"(": ")", ")": "(", "[": "]", "]": "[", r"\{": r"\}", r"\}": r"\{"}
_BRACES = (r"\{", r"\}")
_COMMAS = (",", ";", "\uff0c", "\u3001")
_NUMBERING = lazy_pattern(r"[a-zA-Z]|\d{1,2}|[ivx]{1,5}")
_LONGEST_NUMBERING = 5
_BEGINS = ("cell", "space", "text")  # what may stand before a number of a list


class _Bracket(NamedTuple):
    """A bracket; `at` is its number among the signs. One of a text may pair with another, and need not."""

    text: str
    at: int
    in_text: bool


def _find(key: FormulaKey, reading: Reading) -> Iterator[LintFinding]:
    """One finding for a formula, at the first bracket without a partner: a brace in the wrong place leaves two of them."""
    for kind, signs in reading:
        brackets = list(_brackets(signs))
        left = _pair(brackets, signs)
        for number, bracket in enumerate(brackets):
            if bracket not in left or bracket.in_text or _stands_alone(bracket, signs, key.tex):
                continue
            # open intervals as the French write them: `]0,1[`, `(0,1[`, `]0,1)`
            pairs = pairwise(brackets[max(0, number - 1) : number + 2])
            turned = ((one, other) for one, other in pairs if one.text == "]" or other.text == "[")
            intervals = [(one, other) for one, other in turned if _has_comma(signs, one.at, other.at)]
            if any(bracket.text in "[]" or (one in left and other in left) for one, other in intervals):
                continue
            if kind == "formula" and bracket.text == ")":
                # the number of a list, `1)` or `ii)`, where a line or a cell begins
                first = at = bracket.at
                while (
                    first and at - first < _LONGEST_NUMBERING and signs[first - 1].kind in ("letter", "ord", "masked")
                ):
                    first -= 1
                is_first = first == 0 or signs[first - 1].kind in _BEGINS
                if is_first and _NUMBERING.fullmatch("".join(sign.text for sign in signs[first:at])):
                    continue
            text, sign = bracket.text, signs[bracket.at]
            message = f"`{text}` is never closed" if text in "([\\{" else f"nothing opens this `{text}`"
            hint = f"is a `{_PARTNER[text]}` missing, or does it stand on the other side of a brace?"
            yield LintFinding(message, sign.start, sign.end, hint)
            return


def _brackets(signs: Sequence[Sign]) -> Iterator[_Bracket]:
    r"""The brackets of a list; of those in a text the round ones that do not pair within it: `\text{ (if } x > 0 \text{)}`."""
    for at, sign in enumerate(signs):
        if sign.kind == "text":
            left: list[str] = []
            for char in sign.text:
                if char == ")" and left and left[-1] == "(":
                    left.pop()
                elif char in "()":
                    left.append(char)
            yield from (_Bracket(text, at, in_text=True) for text in left)
        elif sign.text in _PLAIN:
            yield _Bracket(_PLAIN[sign.text], at, in_text=False)


def _pair(brackets: Sequence[_Bracket], signs: Sequence[Sign]) -> set[_Bracket]:
    """Those that are left when the others are paired; a half-open interval `[0,1)` is a pair."""
    left: set[_Bracket] = set()
    stack: list[_Bracket] = []
    counts = {"(": 0, "[": 0, r"\{": 0}
    for bracket in brackets:
        if bracket.text in counts:
            stack.append(bracket)
            counts[bracket.text] += 1
            continue
        partner = _PARTNER[bracket.text]
        is_other = stack and stack[-1].text != partner and not {stack[-1].text, partner} & {*_BRACES}
        if is_other and _has_comma(signs, stack[-1].at, bracket.at):
            counts[stack.pop().text] -= 1
        elif not counts[partner]:
            left.add(bracket)
        else:
            while (opening := stack.pop()).text != partner:
                counts[opening.text] -= 1
                left.add(opening)
            counts[partner] -= 1
    return left.union(stack)


def _stands_alone(bracket: _Bracket, signs: Sequence[Sign], tex: str) -> bool:
    r"""Whether a brace needs no partner: it stands before or behind an array, or `\left` has it and `\right.` closes that."""
    if bracket.text not in _BRACES:
        return False
    if tex.startswith((r"\left", r"\right"), max(signs[bracket.at].start, 0)):
        return True
    step = 1 if bracket.text == r"\{" else -1
    beside = next((sign.kind for sign in signs[bracket.at + step :: step] if sign.kind != "space"), "")
    return beside in ("cell", "end")


def _has_comma(signs: Sequence[Sign], first: int, last: int) -> bool:
    return any(sign.text in _COMMAS for sign in signs[first + 1 : last])


BRACKETS = Lint(lambda key: key.display and any(sign in key.tex for sign in _PARTNER), _find)
