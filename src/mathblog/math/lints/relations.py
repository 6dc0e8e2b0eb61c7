r"""Relations as programs write them (`->`, `<=`, `!=`), and brackets of relations (`<a, b>`)."""

from collections.abc import Iterator

from mathblog.math.lints.reading import Lint, LintFinding, Reading
from mathblog.model.formula import FormulaKey

_RELATIONS = {
    "->": r"\to", "-->": r"\longrightarrow", "=>": r"\Rightarrow", "==>": r"\Longrightarrow", "<=": r"\le", "=<": r"\le", ">=": r"\ge",
    "!=": r"\ne", "<=>": r"\iff", "<==>": r"\iff", "<->": r"\leftrightarrow", "<-->": r"\longleftrightarrow",
}  # fmt: skip
_WRITTEN = ("->", "=>", "<=", "=<", ">=", "!=")
_SIGNS = frozenset("-=<>!")
_BARS = frozenset(("<", "|", "\u2223", r"\vert", r"\lvert", r"\mid", r"\langle", r"\|", r"\Vert"))
_CLOSING = _BARS | {">", r"\rangle"}
_OPERANDS = ("letter", "masked", "ord", "close", "group", "script", "text")


def spaced(command: str, tex: str, end: int) -> str:
    """A command for the text before `end`, with a blank where a letter follows it."""
    return f"{command} " if command[-1:].isalpha() and tex[end : end + 1].isalpha() else command


def _find_relations(key: FormulaKey, reading: Reading) -> Iterator[LintFinding]:
    for _, signs in reading:
        following = 0
        while following < len(signs):
            first, last = (
                following,
                following + 1,
            )  # signs that touch and are parts of relations, and the one behind them
            while (
                signs[first].text in _SIGNS
                and last < len(signs)
                and signs[last].text in _SIGNS
                and signs[last].start == signs[last - 1].end
            ):
                last += 1
            following = last
            written = "".join(sign.text for sign in signs[first:last])
            if written not in _RELATIONS and written[-1:] == "-":  # `x >=-1`
                written, last = written[:-1], last - 1
            if written not in _RELATIONS or signs[first].start < 0:
                continue
            start, end = signs[first].start, signs[last - 1].end
            if written == "!=" and key.tex[start - 1 : start].strip() and start:
                continue  # `n!=1` is a factorial
            if written[0] == ">" and any(sign.text in _BARS for sign in signs[:first]):
                continue  # `|x>=`
            if written == "=<" and any(sign.text in _CLOSING for sign in signs[last:]):
                continue  # `c =<a, b>`
            message, command = f"`{written}` is set as {len(written)} signs", _RELATIONS[written]
            yield LintFinding(message, start, end, f"write `{command}`", spaced(command, key.tex, end))


def _find_angles(key: FormulaKey, reading: Reading) -> Iterator[LintFinding]:
    """`<a, b>` where neither a number nor a variable stands before or behind it."""
    tex, message = key.tex, "`<` and `>` are relations, with blanks around them"
    for _, signs in reading:
        opening = None
        for at, sign in enumerate(signs):
            if sign.text == "<":
                before = signs[at - 1].kind if at else ""
                may_open = sign.start >= 0 and before not in _OPERANDS and tex[sign.end : sign.end + 1].strip()
                opening = at if may_open else None
            elif sign.text == ">" and opening is not None:
                behind = signs[at + 1] if at + 1 < len(signs) else None
                touches = behind is not None and behind.kind in ("letter", "ord", "open") and behind.start == sign.end
                may_close = sign.start >= 0 and tex[sign.start - 1 : sign.start].strip() and not touches
                if may_close and any(it.text == "," for it in signs[opening:at]):
                    start, end = signs[opening].start, sign.end
                    inner = tex[start + 1 : end - 1]
                    fix = spaced(r"\langle", tex, start + 1) + inner + spaced(r"\rangle", tex, end)
                    hint = r"write `\langle` and `\rangle`"
                    yield LintFinding(message, start, end, hint, None if "\n" in inner else fix)
                opening = None
            elif sign.kind in ("rel", "cell"):
                opening = None


RELATIONS = Lint(lambda key: any(written in key.tex for written in _WRITTEN), _find_relations)
ANGLES = Lint(lambda key: "<" in key.tex and ">" in key.tex and "," in key.tex, _find_angles)
