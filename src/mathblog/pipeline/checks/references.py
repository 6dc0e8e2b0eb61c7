r"""`\eqref` and `\ref` in running text: MathJax would show a number there, and nothing gives one yet."""

import re
from collections.abc import Iterator

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.source import Span
from mathblog.pipeline.checks.checked_text import CheckedText
from mathblog.text.regions import regions

_REFERENCE = re.compile(r"\\(?<!\\\\)(?:eq|page)?ref\{[^{}\n]{1,100}\}")  # the backslash first: it is searched for fast


def unresolved_references(subject: CheckedText) -> Iterator[Diagnostic]:
    """A warning for each reference outside of formulas and code."""
    text = subject.text
    references = list(_REFERENCE.finditer(text))
    if not references:
        return
    inside = iter(regions(text, subject.options.markdown))
    region = next(inside, None)
    for reference in references:
        while region is not None and region.end <= reference.start():
            region = next(inside, None)
        if region is None or reference.start() < region.start:
            place = subject.segments.source_span(Span(*reference.span()))
            hint = "equation labels are not supported yet; write the number, or a link to a heading"
            yield at(
                subject.document.source, place, f"`{reference[0]}` stays in the text as it is", code="math", hint=hint
            )
