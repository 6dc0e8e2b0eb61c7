"""A body that shows the text of another document, which is not made yet: it would be lost without a word."""

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.model.facts import kinds
from mathblog.model.facts.view import MISSING
from mathblog.pipeline.checks.checked_text import CheckedText

_TEXTS = (kinds.COMPILED.name, kinds.EXCERPT.name)
_WORD = lazy_pattern(r"\.(?:content|excerpt|output)\b")


def unseen_documents(subject: CheckedText) -> tuple[Diagnostic, ...]:
    """One warning for all documents whose text was asked for and is not there, at the first place that asks."""
    document, view = subject.document, subject.view
    asked = (key[1] for key, digest in view.reads.items() if digest == MISSING and key[0] in _TEXTS)
    unseen = sorted(path for path in set(asked) if view.get(kinds.DOCUMENT, path))  # not pages that a plugin makes
    if not unseen:
        return ()
    more = f" and {len(unseen) - 1} more" if len(unseen) > 1 else ""
    itself = unseen[0] == document.meta.path
    message = f"the text of {'this document itself' if itself else f'`{unseen[0]}`'}{more} is empty here"
    place = _WORD.search(document.source.text, document.body_start)
    span = Span(place.start() + 1, place.end()) if place else Span(document.body_start, document.body_start + 1)
    hint = "a document that shows itself, or one that is made after it, sees nothing there"
    return (at(document.source, span, message, code="liquid", hint=hint),)
