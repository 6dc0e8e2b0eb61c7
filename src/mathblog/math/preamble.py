r"""The macros of a file of TeX (`_data/macros.tex`, `_macros.tex`), and those of a post's front matter."""

from collections.abc import Mapping
from typing import NamedTuple

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.source import SourceText, Span
from mathblog.model.values import Value
from mathblog.text.tex.definitions import find_definitions, suggest_defining
from mathblog.text.tex.tokens import TexToken, tokenize
from mathblog.text.tex.written import written_definition

_MOST_NAMED = 3
_SHOWN = 60  # characters of a definition


class Preamble(NamedTuple):
    """The definitions of a file, and what was passed over."""

    definitions: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def read_preamble(source: SourceText) -> Preamble:
    r"""The definitions in a file of TeX; the preamble of a paper may stand there as it is.

    All else (`\usepackage`, `\newtheorem`, text) is passed over, with one warning at the first of it.
    """
    found = find_definitions(source.text)
    ends = {it.span.start: it.span.end for it in found}
    commands, end = [], 0
    broken: list[Diagnostic] = []
    for token in tokenize(source.text):
        end = max(end, ends.get(token.start, 0))
        if token.start < end or not token.is_control:
            continue
        near = suggest_defining(token.text)
        if near:
            broken.append(_broken(source, token, near))
            end = source.line_at(token.start).end
        else:
            commands.append(token)
    macros = tuple(it.tex for it in found)
    if not commands:
        return Preamble(macros, tuple(broken))
    names = list(dict.fromkeys(f"`{token.text}`" for token in commands))
    others = len(names) - _MOST_NAMED
    shown = ", ".join(names[:_MOST_NAMED]) + (f" and {others} more" if others > 0 else "")
    message, hint = f"{shown}: no definition, passed over", "leave them out: macros are all that formulas need"
    place = Span(commands[0].start, commands[0].end)
    return Preamble(macros, (at(source, place, message, code="math", hint=hint), *broken))


def _broken(source: SourceText, token: TexToken, near: str) -> Diagnostic:
    """The warning about a definition that cannot be read, or whose command, nearly `near`, has a slip."""
    place = Span(token.start, token.end)
    if token.text != near:
        return at(source, place, f"`{token.text}` defines nothing", code="math", hint=f"did you mean `{near}`?")
    line = source.text[token.start : source.line_at(token.start).end]
    message = f"this definition cannot be read: `{line.strip()[:_SHOWN]}`"
    return at(
        source, place, message, code="math", hint=f"a brace or an argument of `{near}` is missing, or its name is none"
    )


def front_matter_macros(value: Value, source: SourceText, place: Span) -> Preamble:
    """The macros that a document's `macros:` gives: a mapping as `math.macros`, or a text of definitions."""
    if value is None or value == "":
        return Preamble(())
    if isinstance(value, str):
        return Preamble(tuple(it.tex for it in find_definitions(value)))
    entries = value.items() if isinstance(value, Mapping) else ()
    written = [(name, written_definition(name if name.startswith("\\") else f"\\{name}", tex)) for name, tex in entries]
    bad = [name for name, definition in written if definition is None]
    problems = [
        at(source, place, f"the macro `{name}` has to be text", code="math", hint="put the TeX in single quotes")
        for name in bad
    ]
    if not isinstance(value, Mapping):
        hint = "write `macros: {RR: '\\mathbb{R}'}`, or definitions below `macros: |`"
        problems = [at(source, place, "`macros` has to be a mapping or TeX", code="math", hint=hint)]
    return Preamble(tuple(definition for _, definition in written if definition), tuple(problems))
