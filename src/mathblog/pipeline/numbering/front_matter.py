"""References in the front matter: titles and descriptions show the numbers of what they name."""

from mathblog.core.source import Span
from mathblog.markdown.rules.spans.references import COMMAND
from mathblog.model.document import SHOWN_KEYS, Document
from mathblog.pipeline.numbering.labels import Labels, normal
from mathblog.pipeline.numbering.references import PAGES
from mathblog.pipeline.numbering.reports import Reports


def has_references(document: Document) -> bool:
    """Whether something in the front matter that pages show has a reference."""
    return any("ref{" in str(document.meta.data.get(key, "")) for key in SHOWN_KEYS)


def report_front_matter(document: Document, labels: Labels, reports: Reports) -> None:
    """Report the names that titles and descriptions refer to and that are none of this page."""
    for key in SHOWN_KEYS:
        value = document.meta.data.get(key)
        for found in COMMAND.finditer(value) if isinstance(value, str) and "ref{" in value else ():
            if found[1] in PAGES:
                reports.no_page(found[0], document.keys.get(key, Span(0, 0)))
            for name in map(normal, found[2].split(",")):
                if name and labels.find(name) is None:
                    reports.unresolved(name, document.keys.get(key, Span(0, 0)), labels)
