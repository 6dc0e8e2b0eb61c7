"""Links to pages and files of the site that are not there, and to places that a page does not have."""

from collections.abc import Iterator
from dataclasses import replace

from mathblog.pipeline.checks.links import LinkedSite, dead_links, read_page, report_dead_links
from mathblog.pipeline.doctor.subject import CODE, Finding, Subject


def check_links(subject: Subject) -> Iterator[Finding]:
    """A finding for each link that stands in a document's text and leads to nothing within the site."""
    pages = {path: read_page(html) for path, html in subject.pages.items()}
    linked = LinkedSite(subject.config.site, pages, subject.published)
    for document in subject.documents:
        links = list(dead_links(linked, subject.addresses.get(document.meta.path, "")))
        for problem in report_dead_links(links, linked, document.source, document.body_start):
            yield Finding(replace(problem, code=CODE))
