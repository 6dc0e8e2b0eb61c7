"""The citations of one document on its way: a service for its tags, and its tokens with them filled."""

from typing import TYPE_CHECKING

from mathblog.core.dataclass import dataclass, field
from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.segments import SegmentMap
from mathblog.core.source import Span
from mathblog.model.citations.asked import CitationService
from mathblog.model.document import SHOWN_KEYS, Document
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.output import HTML_EXTENSIONS
from mathblog.pipeline.compiling.options import CompileOptions
from mathblog.text.urls import relative_url

if TYPE_CHECKING:
    from mathblog.markdown.parser import Parsed
    from mathblog.pipeline.citing.resolve import Resolved
    from mathblog.pipeline.citing.service import PageCitations

_SIGNS = (
    "data-mathblog-",
    "@",
    "cite{",
    "cite[",
    "\\cite",
    "cites{",
    "cites[",
    "cites(",
    "cite*",
    "<d-cite",
    "<d-footnote",
    "\\bibliography",
    "\\printbib",
)


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
            return self._without(parsed, segments) if "cite" in text or "ibliography" in text else None
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

    def in_front_matter(self) -> tuple[Diagnostic, ...]:
        r"""A warning for each `\cite` and `[@key]` in what lists and the head of the page show, where it is a text."""
        data, source = self.document.meta.data, self.document.source
        shown = {key: text for key in SHOWN_KEYS if "cite" in (text := str(data.get(key, ""))) or "@" in text}
        if not shown:
            return ()
        from mathblog.markdown.rules.spans.references import BRACKET, read_items
        from mathblog.pipeline.citing.latex import ANY, UNKNOWN

        found = [(key, it[0]) for key, text in shown.items() for it in ANY.finditer(text)]
        brackets = ((key, it) for key, text in shown.items() if "[" in text for it in BRACKET.finditer(text))
        if self.view[kinds.BIBLIOGRAPHIES]:
            entry = self._made().page.find
            found += [(key, it[0]) for key, it in brackets if any(entry(item.key) for item in read_items(it[1]))]
        return tuple(
            at(
                source,
                self.document.keys.get(key, Span(0, 0)),
                f"`{written}` stays in the text of `{key}`",
                code=UNKNOWN,
                hint="write the words that it stands for",
            )
            for key, written in found
        )

    def _without(self, parsed: "Parsed", segments: SegmentMap) -> "Resolved | None":
        r"""The page as it is, with a warning at the first `\cite` of a text that has no bibliography; None where there is none."""
        from mathblog.pipeline.citing.latex import ANY, COMMAND, LIST, UNKNOWN
        from mathblog.pipeline.citing.resolve import Resolved

        texts = (
            it.content
            for token in parsed.tokens
            for it in token.children or ()
            if it.type == "text" and "\\" in it.content
        )
        command = next(
            (found for it in texts if (found := COMMAND.search(it) or LIST.search(it) or ANY.search(it))), None
        )
        if command is None:
            return None
        start = max(parsed.text.find(command[0]), 0)
        place = segments.source_span(Span(start, start + len(command[0])))
        message = f"`{command[0]}` stays in the text: there is no bibliography"
        hint = f"put a `.bib` file into `{self.options.citations.source}`"
        return Resolved(parsed, (at(self.document.source, place, message, code=UNKNOWN, hint=hint),), ())
