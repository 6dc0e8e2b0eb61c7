"""Formulas that kramdown, Jekyll's Liquid or the site's own MathJax would read otherwise than mathblog."""

import re
from collections.abc import Iterator
from dataclasses import replace

from mathblog.core.diagnostic import at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.liquid.syntax.names import words_of
from mathblog.model.document import Document
from mathblog.pipeline.doctor.subject import CODE, Finding, Subject
from mathblog.text.delimiters import MATH
from mathblog.text.regions import regions

_ASSIGNED = lazy_pattern(r"\{%-?\s*(?:assign|capture|for|tablerow|increment|decrement)\s+([\w-]+)")
_GLOBAL = frozenset({"site", "page", "include", "layout", "jekyll", "forloop", "content", "paginator"})
_LIQUID = lazy_pattern(r"\{\{-?\s*([\w-]*)|\{%-?\s*(\w*)")
_ENGINE = lazy_pattern(r"mathjax|katex|renderMathInElement", re.IGNORECASE)
_DOLLAR = lazy_pattern(r"(?:inlineMath|delimiters|left)\b[^;]{0,300}?([\"'])\$\1", re.DOTALL)
_CODE_SPAN = lazy_pattern(r"(`+).+?\1")
_CODE_SIGNS = ("`", "~")  # code spans and fences; Jekyll's own `raw`, `comment` and `highlight` are read alike
_PIPE = lazy_pattern(r"(?<!\\)\|")


def check_display(subject: Subject) -> Iterator[Finding]:
    """`$$…$$` that stands on lines of its own in a paragraph: displayed, or in a site written for Jekyll set in the line."""
    options = subject.config.markdown
    if options.strict_kramdown or not options.kramdown:
        return
    if options.glued_display:
        message = "`$$` inside a paragraph is displayed here, and set in the line by kramdown"
        hint = "put an empty line before and after it, or set `math.strict_kramdown: true`"
    else:
        message = (
            "`$$` inside a paragraph is set in the line here, as by kramdown, though it stands on lines of its own"
        )
        hint = "to display it, put an empty line before and after it, or set `math.strict_kramdown: false`"
    from mathblog.markdown.parser import formula_tokens, parse

    for document in subject.documents:
        if "$$" not in document.body or not subject.is_markdown(document):
            continue
        displayed, inline = (
            {
                token.meta["start"]: token.meta["display"]
                for token in formula_tokens(parse(document.body, dialect, subject.extensions))
            }
            for dialect in (replace(options, glued_display=True), replace(options, glued_display=False))
        )
        for start, display in displayed.items():
            if display and inline.get(start) is False:
                opening = document.body.rfind("$$", 0, start)
                yield _finding(document, opening, opening + 2, message, hint)


def check_liquid(subject: Subject) -> Iterator[Finding]:
    """`{{ … }}` and `{% … %}` in formulas and code, which mathblog leaves as they are and Jekyll takes for Liquid."""
    tags = words_of(subject.extensions).known
    for document in subject.documents:
        body = document.body
        if "{{" not in body and "{%" not in body:
            continue
        known = _GLOBAL | set(_ASSIGNED.findall(body))
        for region in regions(body, subject.config.markdown):
            is_code = subject.is_markdown(document) and body.startswith(_CODE_SIGNS, region.start)
            if region.kind != MATH and not is_code:
                continue
            for found in _LIQUID.finditer(body, region.start, region.end):
                is_tag = found[2] is not None
                closing = body.find("%}" if is_tag else "}}", found.end(), region.end)
                if closing < 0 or (found[2] in tags if is_tag else found[1] in known):
                    continue
                outcome = "a tag and stops" if is_tag else "Liquid"
                here, thing = ("a formula is TeX", "formula") if region.kind == MATH else ("code is code", "code")
                message = f"`{body[found.start() : closing + 2]}` in {here} here; Jekyll takes it for {outcome}"
                hint = f"put `{{% raw %}}` and `{{% endraw %}}` around the {thing} where Jekyll has to read it, too"
                yield _finding(document, found.start(), closing + 2, message, hint)
                break  # one remedy for all of them


def check_fences(subject: Subject) -> Iterator[Finding]:
    """Fences whose language is `math`: formulas here, as on GitHub."""
    for document in subject.documents:
        body = document.body
        if "math" not in body or not subject.is_markdown(document):
            continue
        for region in regions(body, subject.config.markdown):
            if region.kind == MATH and body.startswith(_CODE_SIGNS, region.start):
                message = "a fence of the language `math` is a formula here, as on GitHub; kramdown shows code"
                hint = "put the formula between `$$` where Jekyll has to display it, too, or write `latex` where code is meant"
                yield _finding(document, region.start, body.find("\n", region.start), message, hint)


def check_dollars(subject: Subject) -> Iterator[Finding]:
    """`$…$` in a site whose own layouts load an engine that does not look for it."""
    options = subject.config.markdown
    texts = [template.text for template in subject.templates if _ENGINE.search(template.text)]
    if not options.single_dollar or subject.declares_dollar or not texts or any(_DOLLAR.search(text) for text in texts):
        return
    for document in subject.documents:
        if "$" not in document.body or not subject.is_markdown(document):
            continue
        dollars = (it for it in regions(document.body, options) if it.kind == MATH and document.body[it.start] == "$")
        single = [region for region in dollars if not document.body.startswith("$$", region.start)]
        if single:
            first = single[0]
            more = f", and {len(single) - 1} more in this file" if len(single) > 1 else ""
            message = f"`$…$` is a formula here, and text in Jekyll: no layout declares `$` a delimiter{more}"
            hint = "set `math.single_dollar: false` if it is no formula"
            yield _finding(document, first.start, first.end, message, hint)


def check_tables(subject: Subject) -> Iterator[Finding]:
    """Paragraphs whose every line has a `|`, one of them in a formula: kramdown makes tables of them."""
    options = subject.config.markdown
    if not options.kramdown:
        return
    from mathblog.markdown.parser import parse

    for document in subject.documents:
        body = document.body
        if "|" not in body or not subject.is_markdown(document):
            continue
        source = SourceText(document.meta.path, body)
        pipes: dict[int, int] = {}  # the first one inside of a formula, by the number of its line
        found = [_PIPE.search(body, it.start, it.end) for it in regions(body, options) if it.kind == MATH]
        for pipe in filter(None, found):
            pipes.setdefault(source.position(pipe.start()).line - 1, pipe.start())
        if not pipes:
            continue
        for token in parse(body, options, subject.extensions).tokens:
            if token.type != "paragraph_open" or not token.map:
                continue
            first, last = token.map
            # behind a displayed formula kramdown would begin no block; `SourceText` counts from 1: this is the line before
            if token.level == 0 and first > 0 and source.line(first).strip():
                continue
            inside = [pipes[number] for number in range(first, last) if number in pipes]
            lines = (_CODE_SPAN.sub("", source.line(number + 1)) for number in range(first, last))
            if inside and all(_PIPE.search(line) for line in lines):
                message = "each line of this paragraph has a `|`: kramdown makes a table of it, here it is text"
                hint = r"write `\vert` or `\mid` in the formula where Jekyll has to read it, too"
                yield _finding(document, inside[0], inside[0] + 1, message, hint)


def _finding(document: Document, start: int, end: int, message: str, hint: str) -> Finding:
    span = Span(document.body_start + start, document.body_start + end)
    return Finding(at(document.source, span, message, code=CODE, hint=hint))
