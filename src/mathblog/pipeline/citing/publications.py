"""An entry on a page of publications: one's own name in bold, links to the paper and what belongs to it, abstract and BibTeX folded."""

from collections.abc import Iterator, Mapping

from mathblog.citations.html import escape_text, to_html
from mathblog.citations.latex import decode
from mathblog.citations.names import Name, people
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
    """The entry as a style has written it, with all that a page of publications adds."""
    links = "".join(f' <a href="{escape_text(address)}">{word}</a>' for word, address in _links(reference))
    abstract = reference.fields.get("abstract", "")
    folded = _folded("Abstract", f"<p>{to_html(decode(abstract))}</p>") if abstract else ""
    source = _folded("BibTeX", f"<pre><code>{escape_text(bibtex(reference, options).strip())}</code></pre>")
    return (
        f'{_in_bold(written, reference, options)}<div class="publication-links">{links.strip()}</div>{folded}{source}'
    )


def _folded(word: str, html: str) -> str:
    return f"<details><summary>{word}</summary>{html}</details>"


def _links(reference: Reference) -> Iterator[tuple[str, str]]:
    """The words of links and their addresses."""
    if doi := doi_of(reference):
        yield "DOI", f"https://doi.org/{doi}"
    address = address_of(reference)
    if address.startswith(("https://arxiv.org/", "http://arxiv.org/")):
        yield "arXiv", address
    for name, word in _FIELDS.items():
        value = plain_address(reference.fields.get(name, ""))
        if value and not runs_script(value):
            yield word, value if "://" in value or value.startswith("/") else f"/assets/{name}/{value}"


def _in_bold(written: str, reference: Reference, options: CitationOptions) -> str:
    """The entry with the names in bold that `scholar.last_name` has."""
    for name in people(reference, "author"):
        if name.last in options.own_names or name.family in options.own_names:
            found = next((form for form in _forms(name) if form and form in written), "")
            written = written.replace(found, f"<strong>{found}</strong>", 1) if found else written
    return written


def _forms(name: Name) -> tuple[str, ...]:
    """How styles write a name, the longest first."""
    return tuple(
        escape_text(form)
        for form in (
            f"{name.family}, {name.initials}" if name.first else "",
            f"{name.initials} {name.family}" if name.first else "",
            f"{name.last}, {name.first}" if name.first else "",
            f"{name.first} {name.family}" if name.first else "",
            name.family,
        )
    )
