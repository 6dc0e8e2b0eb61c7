r"""Relations as programs write them (`->`, `<=`, `!=`), and brackets of relations (`<a, b>`)."""

from collections.abc import Iterator, Sequence

from mathblog.math.lints.reading import Lint, LintFinding, Reading, Sign
from mathblog.model.formula import FormulaKey

_RELATIONS = {
    "->": r"\to", "-->": r"\longrightarrow", "=>": r"\Rightarrow", "==>": r"\Longrightarrow", "<=": r"\le", ">=": r"\ge",
    "!=": r"\ne", "<=>": r"\iff", "<==>": r"\iff", "<->": r"\leftrightarrow", "<-->": r"\longleftrightarrow",
}  # fmt: skip
_WRITTEN = ("->", "=>", "<=", ">=", "!=")
_SIGNS = frozenset("-=<>!")
_BARS = frozenset(("<", "|", "\u2223", r"\vert", r"\lvert", r"\mid", r"\langle", r"\|", r"\Vert"))
_OPERANDS = ("letter", "masked", "ord", "close", "group", "script", "text")


def spaced(command: str, tex: str, end: int) -> str:
    """A command for the text before `end`, with a blank where a letter follows it."""
    return f"{command} " if command[-1:].isalpha() and tex[end : end + 1].isalpha() else command


def _find_relations(key: FormulaKey, reading: Reading) -> Iterator[LintFinding]:
    for _, signs in reading:
        at = 0
        while at < len(signs):
            last = _last_of_run(signs, at)
            yield from _relation(key, signs, at, last)
            at = last


def _last_of_run(signs: Sequence[Sign], at: int) -> int:
    """The number of the first sign behind those that touch and are parts of relations."""
    last = at + 1
    while (
        signs[at].text in _SIGNS
        and last < len(signs)
        and signs[last].text in _SIGNS
        and signs[last].start == signs[last - 1].end
    ):
        last += 1
    return last


def _relation(key: FormulaKey, signs: Sequence[Sign], first: int, last: int) -> Iterator[LintFinding]:
    written = "".join(sign.text for sign in signs[first:last])
    if written not in _RELATIONS and written[-1:] == "-":  # `x >=-1`
        written, last = written[:-1], last - 1
    if written not in _RELATIONS or signs[first].start < 0:
        return
    start, end = signs[first].start, signs[last - 1].end
    if written == "!=" and key.tex[start - 1 : start].strip() and start:
        return  # `n!=1` is a factorial
    if written[0] == ">" and any(sign.text in _BARS for sign in signs[:first]):
        return  # `|x>=`
    command = _RELATIONS[written]
    yield LintFinding(
        f"`{written}` is set as {len(written)} signs", start, end, f"write `{command}`", spaced(command, key.tex, end)
    )


def _find_angles(key: FormulaKey, reading: Reading) -> Iterator[LintFinding]:
    """`<a, b>` where neither a number nor a variable stands before or behind it."""
    for _, signs in reading:
        opening = None
        for at, sign in enumerate(signs):
            if sign.text == "<":
                opening = at if _may_open(key.tex, signs, at) else None
            elif sign.text == ">" and opening is not None:
                if _may_close(key.tex, signs, at) and any(it.text == "," for it in signs[opening:at]):
                    yield _angle(key.tex, signs[opening].start, sign.end)
                opening = None
            elif sign.kind in ("rel", "cell"):
                opening = None


def _may_open(tex: str, signs: Sequence[Sign], at: int) -> bool:
    sign, before = signs[at], signs[at - 1].kind if at else ""
    return sign.start >= 0 and before not in _OPERANDS and bool(tex[sign.end : sign.end + 1].strip())


def _may_close(tex: str, signs: Sequence[Sign], at: int) -> bool:
    sign, behind = signs[at], signs[at + 1] if at + 1 < len(signs) else None
    touches = behind is not None and behind.kind in ("letter", "ord", "open") and behind.start == sign.end
    return sign.start >= 0 and bool(tex[sign.start - 1 : sign.start].strip()) and not touches


def _angle(tex: str, start: int, end: int) -> LintFinding:
    inner = tex[start + 1 : end - 1]
    fix = spaced(r"\langle", tex, start + 1) + inner + spaced(r"\rangle", tex, end)
    message = "`<` and `>` are relations, with blanks around them"
    return LintFinding(message, start, end, r"write `\langle` and `\rangle`", None if "\n" in inner else fix)


RELATIONS = Lint(lambda key: any(written in key.tex for written in _WRITTEN), _find_relations)
ANGLES = Lint(lambda key: "<" in key.tex and ">" in key.tex and "," in key.tex, _find_angles)
