"""Diagrams in fenced code: drawn when the site is built, or left to Mermaid's script."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from markdown_it.common.utils import escapeHtml

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.segments import SegmentMap
from mathblog.core.source import Span
from mathblog.markdown.locate import Locator
from mathblog.model.document import Document
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.images.diagrams import GRAPHVIZ, MERMAID, Diagram, DiagramOptions, Drawn

if TYPE_CHECKING:
    from markdown_it.token import Token

    from mathblog.markdown.parser import Parsed
    from mathblog.pipeline.compiling.options import Highlights

CODE = "diagram"


def draw_diagrams(
    parsed: "Parsed",
    options: DiagramOptions,
    draw: Callable[[Diagram], Drawn],
    known: "Highlights",
) -> list[tuple[int, str, str]]:
    """Put the drawings in the place of the code; what cannot be drawn stays code.

    `known` has what was drawn before. Each problem is an offset in the parsed text, a message and a hint; a program that is not
    there is told of once.
    """
    problems: list[tuple[int, str, str]] = []
    lacking: set[str] = set()
    for token, language in _fences(parsed):
        if language not in options.languages:
            continue
        diagram = Diagram(language, token.content, "" if language in GRAPHVIZ else options.preamble)
        key = (CODE, *diagram, options.programs)
        svg = known.get(key)
        drawn = draw(diagram) if svg is None else Drawn(svg)
        if drawn.svg:
            if svg is None:
                known.put(key, drawn.svg)
            _replace(token, drawn.svg)
            continue
        start = token.map[0] if token.map else 0
        offset = Locator(parsed.text).line_start(start + drawn.line)
        if not drawn.missing:
            problems.append((offset, drawn.problem, "the source is shown until it is corrected"))
        elif drawn.missing not in lacking:
            lacking.add(drawn.missing)
            package = "Graphviz" if language in GRAPHVIZ else "TeX (`latex` and `dvisvgm`)"
            message = f"`{language}` is not drawn: there is no `{drawn.missing}` on the PATH"
            problems.append(
                (offset, message, f"install {package}, or turn it off under `diagrams:`; the source is shown")
            )
    return problems


def look_for_mermaid(parsed: "Parsed", options: DiagramOptions, view: FactView) -> list[tuple[int, str, str]]:
    """The first diagram in Mermaid where the script that the site names is not there."""
    if not options.mermaid or "mermaid" not in parsed.text or view.get(kinds.PUBLISHED, options.mermaid.lstrip("/")):
        return []
    first = next((token for token, language in _fences(parsed) if language == MERMAID), None)
    if first is None:
        return []
    message = f"`mermaid` is not drawn: the site has no `{options.mermaid}`"
    hint = "put Mermaid's script there (`dist/mermaid.min.js` of its npm package); the source is shown"
    return [(Locator(parsed.text).line_start(first.map[0] if first.map else 0), message, hint)]


def place(
    document: Document, segments: SegmentMap, problems: list[tuple[int, str, str]], text: str
) -> Iterator[Diagnostic]:
    """Warnings, each at its line of the author's file."""
    for offset, message, hint in problems:
        end = text.find("\n", offset)
        span = segments.source_span(Span(offset, end if end > offset else offset + 1))
        yield at(document.source, span, message, code=CODE, hint=hint)


def _fences(parsed: "Parsed") -> "Iterator[tuple[Token, str]]":
    for token in parsed.tokens:
        if token.type == "fence":
            yield token, token.info.strip().split(maxsplit=1)[0].split("{")[0].lower() if token.info.strip() else ""


def _replace(token: "Token", svg: str) -> None:
    """Turn the token of a fence into HTML; its attributes are those of the box, but for `alt`, which are the words for those who do not see it."""
    words = escapeHtml(str(token.attrs.pop("alt", "diagram")))
    spoken = f'role="img" aria-label="{words}"'
    token.type, token.info, token.tag, token.children = "html_block", "", "", None
    token.content = f'<div class="{CODE}">{svg.replace("<svg ", f"<svg {spoken} ", 1)}</div>\n'
