r"""The macros of a text: defined twice in two ways, never used, or with the name of a command that was used before."""

from collections.abc import Iterator, Sequence

from mathblog.core.patterns import lazy_pattern
from mathblog.math.lints.reading import LintFinding
from mathblog.model.formula import Formula
from mathblog.text.tex.definitions import Definition, find_definitions, may_define
from mathblog.text.tex.tokens import control_sequences

_MADE_NEW = lazy_pattern(
    r"\\(?:newcommand|def|DeclareMathOperator|DeclarePairedDelimiter(?:X(?:PP)?)?|NewDocumentCommand|newenvironment)(?![A-Za-z])"
)
_SPACE = lazy_pattern(r"\s+|(?<=\\newcommand)\*")


def _definitions(formulas: Sequence[Formula]) -> Iterator[tuple[int, Definition]]:
    """The macros that formulas define for those behind them, each with the number of its formula."""
    for number, formula in enumerate(formulas):
        if may_define(formula.tex):
            yield from ((number, it) for it in find_definitions(formula.tex) if it.lasting and "{" not in it.name)


def _finding(definition: Definition, message: str, hint: str) -> LintFinding:
    at = definition.tex.find(definition.name)
    start = definition.span.start + max(at, 0)
    return LintFinding(message, start, start + len(definition.name), hint)


def defined_twice(formulas: Sequence[Formula]) -> Iterator[tuple[Formula, LintFinding]]:
    r"""A macro that `\newcommand`, `\def` or a relative defines again, otherwise; `\renewcommand` and `\let` mean to."""
    known: dict[str, str] = {}
    for number, definition in _definitions(formulas):
        written = _SPACE.sub("", definition.tex).replace("{" + definition.name + "}", definition.name)
        before = known.setdefault(definition.name, written)
        if before != written and _MADE_NEW.match(definition.tex):
            message = f"`{definition.name}` is defined twice: it was `{before}`"
            hint = f"give one of them another name, or write `\\renewcommand{{{definition.name}}}`"
            yield formulas[number], _finding(definition, message, hint)
        known[definition.name] = written


def unused(formulas: Sequence[Formula]) -> Iterator[tuple[Formula, LintFinding]]:
    """A macro that no formula, and no other macro, of the text uses."""
    definitions = list(_definitions(formulas))
    if not definitions:
        return
    inside: dict[int, list[Definition]] = {}
    for number, definition in definitions:
        inside.setdefault(number, []).append(definition)
    used = {name for _, definition in definitions for name in definition.uses if name != definition.name}
    for number, formula in enumerate(formulas):
        rest, at = [], 0
        for definition in inside.get(number, ()):
            rest.append(formula.tex[at : definition.span.start])
            at = definition.span.end
        used.update(control_sequences("".join((*rest, formula.tex[at:]))))
    for number, definition in definitions:
        if definition.name not in used:
            message = f"no formula uses `{definition.name}`"
            yield formulas[number], _finding(definition, message, "delete its definition, if it is not for later")


def replaced(formulas: Sequence[Formula]) -> Iterator[tuple[Formula, LintFinding]]:
    r"""A command that a formula used as TeX has it, and that gets another meaning behind it (`\P`, `\S`, `\d`)."""
    seen: dict[int, set[str]] = {}
    told: set[str] = set()
    for number, definition in _definitions(formulas):
        name = definition.name
        if name in told or definition.keeps:
            continue
        for earlier in range(number):
            formula = formulas[earlier]
            if name not in formula.tex:
                continue
            if earlier not in seen:
                own = {it.name for it in (*find_definitions(formula.tex), *find_definitions(formula.prelude))}
                seen[earlier] = {*control_sequences(formula.tex)} - own
            if name in seen[earlier]:
                message = f"`{name}` is defined here, and was used above in another meaning"
                hint = "give the macro another name, or define it before its first use"
                yield formulas[number], _finding(definition, message, hint)
                break
        told.add(name)
