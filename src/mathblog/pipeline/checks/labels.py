"""Labels of a text that no page of the site refers to."""

from collections.abc import Iterator

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.pipeline.checks.links import LinkedSite
from mathblog.pipeline.numbering.labels import normal, without_prefix

CODE = "label-unused"
_LABEL = lazy_pattern(r"\\label\s*\{([^{}]*)\}")


def unused_labels(source: SourceText, own: str, linked: LinkedSite) -> Iterator[Diagnostic]:
    r"""A warning for each `\label` of a source to whose place on its page `own` nothing leads, of this page or another.

    One that names no place of the page stands in code, or has a warning of its own.
    """
    page = linked.pages.get(own)
    for label in _LABEL.finditer(source.text) if page else ():
        name = normal(label[1])
        prefix, rest = without_prefix(name)
        wanted = dict.fromkeys(f"{before}-{rest}".replace(" ", "-") for before in (prefix or "eq", "eq"))
        places = [place for it in wanted for place in (it, f"{it}-eq") if page and place in page.places]
        if places and not any((own, place) in linked.referred for place in places):
            hint = f"refer to it by `\\eqref{{{name}}}`, or delete it"
            yield at(source, Span(*label.span()), f"nothing refers to the label `{name}`", code=CODE, hint=hint)
