r"""Numbers of formulas that are written by hand, with blanks before them: `\quad (3)` instead of `\tag{3}`."""

from collections.abc import Iterator

from mathblog.core.diagnostic import at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.pipeline.doctor.subject import Finding, Fix, Subject
from mathblog.text.delimiters import MATH
from mathblog.text.regions import regions

CODE = "math-hand-number"
_NUMBER = lazy_pattern(r"(?:(?:\\qquad|\\quad|\\hspace\{[^{}]*\}|~{2,})\s*)+\((\d+(?:\.\d+)?[a-z]?)\)\s*\Z")


def check_hand_numbers(subject: Subject) -> Iterator[Finding]:
    r"""A finding, with its remedy, for each displayed formula that ends in such a number and has no `\tag` and one row."""
    for document in subject.documents:
        body = document.body
        if "(" not in body or "$$" not in body or not subject.is_markdown(document):
            continue
        for region in regions(body, subject.config.markdown):
            if region.kind != MATH or not body.startswith("$$", region.start):
                continue
            line, last = body.rfind("\n", 0, region.start) + 1, body.find("\n", region.end)
            before, behind = body[line : region.start], body[region.end : last if last >= 0 else len(body)]
            if before.strip(" \t>") or behind.strip():  # it stands among words
                continue
            tex = body[region.inner_start : region.inner_end]
            found = _NUMBER.search(tex) if tex.rstrip().endswith(")") else None
            if found is None or "\\tag" in tex or "\\\\" in tex or "\\begin" in tex:
                continue
            written = found[0].rstrip()
            start = document.body_start + region.inner_start + found.start()
            span = Span(start, start + len(written))
            message = f"the number of this formula is written by hand: `({found[1]})` stands in the middle"
            hint = f"write `\\tag{{{found[1]}}}`, or run `mathblog doctor --fix`"
            fix = None if "\n" in written else Fix(document.source.path, span, written, f"\\tag{{{found[1]}}}")
            yield Finding(at(document.source, span, message, code=CODE, hint=hint), fix)
