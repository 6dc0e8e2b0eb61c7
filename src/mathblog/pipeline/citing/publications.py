"""An entry on a page of publications: one's own name in bold, links to the paper and what belongs to it, abstract and BibTeX folded."""

from collections.abc import Mapping

from mathblog.citations.html import escape_text, to_html
from mathblog.citations.latex import decode
from mathblog.citations.names import people
from mathblog.citations.nodes import address_of, doi_of, plain_address
from mathblog.model.citations.options import CitationOptions
from mathblog.model.citations.reference import Reference
from mathblog.pipeline.citing.variables import bibtex
from mathblog.text.harmless import runs_script

_FIELDS: Mapping[str, str] = {
    "pdf": "PDF", "html": "HTML", "code": "Code", "slides": "Slides", "poster": "Poster", "video": "Video",
    "supp": "Supplement", "blog": "Blog", "website": "Website",
}  # fmt: skip


def publication_html(written: str, reference: Reference, options: CitationOptions) -> str:
    """The entry as a style has written it, with all that a page of publications adds.

    The names are in bold that `scholar.last_name` has.
    """
    for name in people(reference, "author"):
        if name.last in options.own_names or name.family in options.own_names:
            forms = [name.family]
            if name.first:  # the longest first
                inverted = (f"{name.family}, {name.initials}", f"{name.initials} {name.family}")
                forms = [*inverted, f"{name.last}, {name.first}", f"{name.first} {name.family}", *forms]
            found = next((form for form in map(escape_text, forms) if form and form in written), "")
            written = written.replace(found, f"<strong>{found}</strong>", 1) if found else written
    links: list[tuple[str, str]] = []
    if doi := doi_of(reference):
        links.append(("DOI", f"https://doi.org/{doi}"))
    if (found := address_of(reference)).startswith(("https://arxiv.org/", "http://arxiv.org/")):
        links.append(("arXiv", found))
    for field, word in _FIELDS.items():
        value = plain_address(reference.fields.get(field, ""))
        if value and not runs_script(value):
            links.append((word, value if "://" in value or value.startswith("/") else f"/assets/{field}/{value}"))
    anchors = " ".join(f'<a href="{escape_text(address)}">{word}</a>' for word, address in links)
    abstract = reference.fields.get("abstract", "")
    folded = _folded("Abstract", f"<p>{to_html(decode(abstract))}</p>") if abstract else ""
    source = _folded("BibTeX", f"<pre><code>{escape_text(bibtex(reference, options).strip())}</code></pre>")
    return f'{written}<div class="publication-links">{anchors}</div>{folded}{source}'


def _folded(word: str, html: str) -> str:
    return f"<details><summary>{word}</summary>{html}</details>"
