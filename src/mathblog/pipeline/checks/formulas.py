"""Lints of formulas: KaTeX reads those in which a lint may find anything, each once."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from mathblog.config.rules import is_on
from mathblog.core.diagnostic import Diagnostic, at
from mathblog.extend.declarations import Check, Looks, load
from mathblog.math.errors import locate
from mathblog.math.lints.reading import Lint, LintFinding
from mathblog.math.renderer import MathRenderer
from mathblog.model.document import Document
from mathblog.model.formula import Formula, FormulaError, FormulaKey
from mathblog.pipeline.checks.silence import rules_of
from mathblog.pipeline.compiling.options import CompileOptions


def lint_documents(
    documents: Sequence[tuple[Document, Sequence[Formula]]],
    renderer: MathRenderer,
    options: CompileOptions,
    refused: Container[FormulaKey] = frozenset(),
) -> Iterator[list[Diagnostic]]:
    """Return the findings of the lints in the formulas of each document, at their places; those that KaTeX `refused` have a message."""
    checks = [check for check in options.extensions.checks.values() if check.looks in (Looks.FORMULAS, Looks.MACROS)]
    own: list[tuple[Document, Sequence[Formula], Mapping[str, Lint], Sequence[Check]]] = []
    for document, formulas in documents:
        rules = rules_of(document, options.check)[0]
        heeded = [check for check in checks if is_on(check.name, rules)]
        found = {it.name: load(it.function) for it in heeded if it.looks is Looks.FORMULAS}
        own.append((document, formulas, found, [it for it in heeded if it.looks is Looks.MACROS]))
    candidates = {
        formula.key: None
        for _, formulas, lints, _ in own
        for formula in formulas
        if any(lint.candidate(formula.key) for lint in lints.values())
    }
    readings = dict(zip(candidates, renderer.read([*candidates]), strict=True)) if candidates else {}
    for document, formulas, lints, of_macros in own:
        yield [
            _report(name, finding, formula, document)
            for formula in formulas
            if (reading := readings.get(formula.key)) is not None
            for name, lint in lints.items()
            if lint.candidate(formula.key)
            for finding in lint.find(formula.key, reading)
        ] + [
            _report(check.name, finding, formula, document)
            for check in of_macros
            for formula, finding in load(check.function)([it for it in formulas if it.key not in refused])
        ]


def _report(name: str, finding: LintFinding, formula: Formula, document: Document) -> Diagnostic:
    """A finding at its place; its fix only where the source has the very characters, which Liquid may have written."""
    source = document.source
    span = locate(formula, FormulaError(finding.message, finding.start, finding.end - finding.start), source)
    written = source.text[span.start : span.end]
    is_exact = finding.fix is not None and written == formula.tex[finding.start : finding.end] and "\n" not in written
    problem = at(source, span, finding.message, code=name, hint=finding.hint)
    return replace(problem, fix=finding.fix) if is_exact else problem
