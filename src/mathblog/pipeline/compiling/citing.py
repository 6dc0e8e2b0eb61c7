"""The citations of one document on its way: a service for its tags, and its tokens with them filled."""

from typing import TYPE_CHECKING

from mathblog.core.dataclass import dataclass, field
from mathblog.core.segments import SegmentMap
from mathblog.model.citations.asked import CitationService
from mathblog.model.document import Document
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.output import HTML_EXTENSIONS
from mathblog.pipeline.compiling.options import CompileOptions
from mathblog.text.urls import relative_url

if TYPE_CHECKING:
    from mathblog.markdown.parser import Parsed
    from mathblog.pipeline.citing.resolve import Resolved
    from mathblog.pipeline.citing.service import PageCitations

_SIGNS = ("data-mathblog-", "@", "cite{", "cite[", "\\cite", "cite*", "<d-cite", "<d-footnote")


@dataclass
class Citing:
    """One document's citations. Nothing of it is loaded for a document that cites nothing."""

    document: Document
    view: FactView
    options: CompileOptions
    into_markdown: bool
    _service: "list[PageCitations]" = field(default_factory=list)

    def service(self) -> CitationService:
        """Return what answers the tags of the document."""
        return self._made()

    def _made(self) -> "PageCitations":
        from mathblog.pipeline.citing.page import PageBibliography
        from mathblog.pipeline.citing.service import PageCitations

        if not self._service:
            page = PageBibliography(self.view, self.options.citations, self.document.meta)
            self._service.append(PageCitations(page, self.document.body, into_markdown=self.into_markdown))
        return self._service[0]

    def resolve(self, parsed: "Parsed", text: str, segments: SegmentMap, *, is_markdown: bool) -> "Resolved | None":
        """The page with its citations; None for one that has none."""
        publishes = self.document.meta.data.get("layout") == "publications"
        noted = bool(self._service and self._service[0].noted)
        if not (noted or publishes or any(sign in text for sign in _SIGNS)):
            return None
        marked = "data-mathblog-" in text
        if not marked and not self.view[kinds.BIBLIOGRAPHIES] and "bibliography" not in self.document.meta.data:
            return None
        from mathblog.pipeline.citing.resolve import Here, heading_of, resolve_citations
        from mathblog.pipeline.citing.surroundings import read_surroundings

        meta = self.document.meta
        has_script, has_list = read_surroundings(self.document, self.view)
        in_html = (meta.output_path or meta.ext).endswith(HTML_EXTENSIONS)
        here = Here(
            address=relative_url(self.options.baseurl, meta.url),
            distill=not has_script,
            appends=is_markdown and in_html and not has_list,
            heading=heading_of(meta.lang or self.view[kinds.SITE].lang),
        )
        return resolve_citations(self.document, parsed, self._made(), segments, here)
