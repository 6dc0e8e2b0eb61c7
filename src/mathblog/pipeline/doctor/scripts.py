"""Scripts that typeset formulas in the browser: there is nothing left for them to do."""

import re
from collections.abc import Iterator

from mathblog.core.diagnostic import at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.pipeline.doctor.subject import CODE, Finding, Subject

_SCRIPT = lazy_pattern(r"<script\b[^<>]*\bsrc\s*=\s*[\"'][^\"'<>]*?(mathjax|katex)[^\"'<>]*[\"'][^<>]*>", re.IGNORECASE)
_NAMES = {"mathjax": "MathJax", "katex": "KaTeX"}


def check_scripts(subject: Subject) -> Iterator[Finding]:
    """A finding for each script of MathJax's or KaTeX's that a layout, an include or a page loads."""
    for source in (*subject.templates, *(document.source for document in subject.documents)):
        for found in _SCRIPT.finditer(source.text):
            engine = _NAMES[found[1].lower()]
            message = f"formulas are rendered when the site is built: {engine} has nothing to do in the browser"
            place, hint = Span(found.start(), found.end()), "harmless; pages load faster without it"
            yield Finding(at(source, place, message, code=CODE, hint=hint))
