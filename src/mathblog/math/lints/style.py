r"""Rules of style: `...` for `\dots`, `||x||` for `\|x\|`, `dx` without a thin space, `\cdots` between commas."""

from collections.abc import Iterator
from itertools import pairwise

from mathblog.core.patterns import lazy_pattern
from mathblog.math.lints.reading import Lint, LintFinding, Reading
from mathblog.math.lints.relations import spaced
from mathblog.model.formula import FormulaKey

_INTEGRALS = frozenset((r"\int", r"\iint", r"\iiint", r"\oint"))
_BARS = ("|", "\u2223")
_OPERANDS = ("letter", "close", "script", "group", "ord")
_CENTRED = lazy_pattern(r",\s*(\\cdots)\s*(?=,)")  # KaTeX makes a macro of it, whose signs have no place


def _find_dots(key: FormulaKey, reading: Reading) -> Iterator[LintFinding]:
    message, hint = "`...` is three full stops", r"write `\dots`"
    for _, signs in reading:
        for first, second, third in zip(signs, signs[1:], signs[2:], strict=False):
            if first.text == second.text == third.text == "." and 0 <= first.start == third.start - 2:
                yield LintFinding(message, first.start, third.end, hint, spaced(r"\dots", key.tex, third.end))


def _find_norms(_key: FormulaKey, reading: Reading) -> Iterator[LintFinding]:
    for _, signs in reading:
        for first, second in pairwise(signs):
            if first.text == second.text and first.text in _BARS and 0 <= first.start == second.start - 1:
                yield LintFinding("`||` is two bars", first.start, second.end, r"write `\|`", r"\|")


def _find_differentials(_key: FormulaKey, reading: Reading) -> Iterator[LintFinding]:
    message, hint = r"no `\,` stands before the differential", r"write `\,d`"
    for _, signs in reading:
        is_integral = has_integrand = False
        for before, sign, behind in zip(signs, signs[1:], signs[2:], strict=False):
            if before.text in _INTEGRALS:
                is_integral, has_integrand = True, False
            else:  # limits, and more integrals, are none: `\int_M d\omega`
                has_integrand = has_integrand or before.kind not in ("script", "space")
            is_differential = sign.text == "d" and sign.kind == behind.kind == "letter" and sign.start >= 0
            if is_integral and has_integrand and is_differential and before.kind in _OPERANDS:
                is_in_word = before.kind == "letter" and before.end == sign.start and len(before.text) == 1
                yield LintFinding(message, sign.start, sign.end, hint, None if is_in_word else r"\,d")


def _find_centred(key: FormulaKey, _reading: Reading) -> Iterator[LintFinding]:
    for found in _CENTRED.finditer(key.tex):
        yield LintFinding(r"`\cdots` stands between commas", *found.span(1), r"write `\ldots`", r"\ldots")


DOTS = Lint(lambda key: "..." in key.tex, _find_dots)
NORMS = Lint(lambda key: "||" in key.tex, _find_norms)
DIFFERENTIALS = Lint(lambda key: any(name in key.tex for name in _INTEGRALS), _find_differentials)
CENTRED = Lint(lambda key: _CENTRED.search(key.tex) is not None, _find_centred)
