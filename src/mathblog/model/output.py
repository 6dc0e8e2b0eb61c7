"""The output of a build as values: page specifications from the generators, files for the publisher."""

from collections.abc import Mapping

from mathblog.core.dataclass import dataclass, field
from mathblog.core.diagnostic import Diagnostic

HTML_EXTENSIONS = (".html", ".xhtml", ".htm")
KATEX = "assets/katex/"  # the folder of KaTeX's style sheet and fonts in a site
KATEX_STYLES = f"{KATEX}katex.min.css"
XML_EXTENSIONS = (".xml", ".rss", ".atom", ".rdf")
FILE, REDIRECT = (
    "file",
    "redirect",
)  # kinds of pages that have no text of their own: they are listed, and made otherwise
TEXT = "text"  # under which the data of a page that a plugin generates have its text, in Markdown
DETAILS = "details"  # the kind of a page about an entry of a bibliography


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page to lay out: its address, its layout, and what the layout is told.

    `source` names the document whose body is the content; it is empty for a page that mathblog generates. `kind` is
    `post`, `page`, `home`, `tag`, `category`, `archive` or `not_found`. `data` holds plain values only (`Meta`s by
    path, numbers, strings): what the layout says about posts it asks the facts.
    """

    url: str
    output_path: str
    kind: str
    layout: str
    title: str
    source: str = ""
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutputFile:
    """One file below the destination: bytes, or a source file to copy. `source` says what made it, for messages."""

    path: str
    content: bytes | None
    source: str


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The outcome of laying out one page."""

    file: OutputFile
    diagnostics: tuple[Diagnostic, ...] = ()
