r"""Letters that stand for a word: `log(x)` without its backslash, `if x > 0` outside of `\text`, names of several letters.

KaTeX sets each letter as a variable of its own. Those that touch in the source are one word.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern
from mathblog.math.lints.reading import Lint, LintFinding, Reading, Sign
from mathblog.model.formula import FormulaKey

_COMMANDS = frozenset(
    (
        "arccos",
        "arcsin",
        "arctan",
        "arg",
        "cos",
        "cosh",
        "cot",
        "coth",
        "csc",
        "deg",
        "det",
        "dim",
        "exp",
        "gcd",
        "hom",
        "inf",
        "ker",
        "lg",
        "lim",
        "ln",
        "log",
        "max",
        "min",
        "Pr",
        "sec",
        "sin",
        "sinh",
        "sup",
        "tan",
        "tanh",
    )
)
_OPERATORS = frozenset({"argmax", "argmin"})  # KaTeX has commands for them, and MathJax none
_ENGLISH = frozenset(
    (
        "if",
        "for",
        "where",
        "otherwise",
        "such",
        "that",
        "else",
        "then",
        "when",
        "with",
        "and",
        "because",
        "since",
        "hence",
        "therefore",
        "unless",
        "whenever",
        "subject",
    )
)
_LONG = 4  # letters of a name
_FUNCTION = lazy_pattern(rf"(?<![A-Za-z\\])(?:{'|'.join(sorted(_COMMANDS | _OPERATORS))})(?![A-Za-z])")
_WORD = lazy_pattern(rf"(?<![A-Za-z\\])(?:{'|'.join(sorted(_ENGLISH))})(?![A-Za-z])")
_NAME = lazy_pattern(rf"(?<![A-Za-z\\])[A-Za-z]{{{_LONG},}}")
_BEFORE_ARGUMENT = ("open", "group", "op", "masked", "script", "text")
_BEFORE_WORD, _BEHIND_WORD = frozenset(" \t\n&,;:~{}(["), frozenset(" \t\n\\,;:~{})]")


class _Run(NamedTuple):
    """Letters that touch; `at` is the number of the first sign behind them."""

    word: str
    start: int
    end: int
    at: int


def _runs(signs: Sequence[Sign]) -> Iterator[_Run]:
    """All runs of letters of a list, single ones too."""
    first = 0
    for at in range(1, len(signs) + 1):
        if (
            at < len(signs)
            and _is_letter(signs[at])
            and _is_letter(signs[at - 1])
            and signs[at].start == signs[at - 1].end
        ):
            continue
        if _is_letter(signs[at - 1]) and signs[first].start >= 0:
            word = "".join(sign.text for sign in signs[first:at])
            yield _Run(word, signs[first].start, signs[at - 1].end, at)
        first = at


def _is_letter(sign: Sign) -> bool:
    return sign.kind == "letter" and len(sign.text) == 1 and sign.text.isascii()


def _find_functions(_key: FormulaKey, reading: Reading) -> Iterator[LintFinding]:
    """Names of functions before what looks like their argument, or with a script; not within scripts (`x_{max}`)."""
    for kind, signs in reading:
        for run in _runs(signs) if kind != "script" else ():
            following = [sign for sign in signs[run.at : run.at + 3] if sign.kind != "space"]
            if run.word not in _COMMANDS | _OPERATORS or not following:
                continue
            sign = following[0]
            if run.word == "Pr":  # `Pr\delta t` is a product
                has_argument = sign.kind in ("open", "group")
            elif sign.kind == "letter":  # `log \pi`, and `log n`, but no sentence
                is_alone = len(following) < 2 or not (_is_letter(following[1]) and following[1].start == sign.end)  # noqa: PLR2004
                has_argument = sign.text.startswith("\\") or (sign.start > run.end and is_alone)
            else:
                has_argument = sign.kind in _BEFORE_ARGUMENT or (sign.kind == "ord" and sign.text.isdigit())
            if has_argument:
                command = rf"\operatorname*{{{run.word}}}" if run.word in _OPERATORS else f"\\{run.word}"
                message = f"`{run.word}` is set as a product of letters"
                yield LintFinding(message, run.start, run.end, f"write `{command}`", command)


def _find_english(key: FormulaKey, reading: Reading) -> Iterator[LintFinding]:
    r"""Words of a sentence between blanks; words behind each other (`such that`) are one finding."""
    for kind, signs in reading:
        words: list[_Run] = []
        for run in [*_runs(signs), None] if kind != "script" else ():
            if run is not None and run.word in _ENGLISH and _stands_alone(key.tex, run):
                if words and key.tex[words[-1].end : run.start].strip():
                    yield _english(key, signs, words)
                    words = []
                words.append(run)
            elif words:
                yield _english(key, signs, words)
                words = []


def _stands_alone(tex: str, run: _Run) -> bool:
    before, after = tex[run.start - 1 : run.start] if run.start else " ", tex[run.end : run.end + 1] or " "
    return before in _BEFORE_WORD and after in _BEHIND_WORD


def _english(key: FormulaKey, signs: Sequence[Sign], words: Sequence[_Run]) -> LintFinding:
    first, last = words[0], words[-1]
    written = " ".join(run.word for run in words)
    at = first.at - len(first.word)
    before = "" if at == 0 or signs[at - 1].kind in ("cell", "space") else " "
    behind = "" if last.at < len(signs) and signs[last.at].kind == "space" else " "
    fix = rf"\text{{{before}{written}{behind}}}"
    hint = rf"write `\text{{ {written} }}`"
    is_one_line = "\n" not in key.tex[first.start : last.end]
    return LintFinding(
        f"`{written}` is set as a product of letters", first.start, last.end, hint, fix if is_one_line else None
    )


def _find_names(key: FormulaKey, reading: Reading) -> Iterator[LintFinding]:
    """Names of four letters and more that are neither functions nor English (those have rules of their own)."""
    for _, signs in reading:
        for run in _runs(signs):
            is_other = run.word in _COMMANDS | _OPERATORS or (run.word in _ENGLISH and _stands_alone(key.tex, run))
            if len(run.word) >= _LONG and not is_other:
                fix = rf"\mathrm{{{run.word}}}"
                yield LintFinding(
                    f"`{run.word}` is set as a product of letters", run.start, run.end, f"write `{fix}`", fix
                )


FUNCTIONS = Lint(lambda key: _FUNCTION.search(key.tex) is not None, _find_functions)
ENGLISH = Lint(lambda key: _WORD.search(key.tex) is not None, _find_english)
NAMES = Lint(lambda key: _NAME.search(key.tex) is not None, _find_names)
