"""The variables that a template of jekyll-scholar's sees of an entry (`utilities.rb`, `reference_data`, `liquidify`)."""

from collections.abc import Mapping
from html import escape

from pybtex.richtext import BaseText

from mathblog.citations.dates import MONTHS, read_month
from mathblog.citations.latex import Maths, decode
from mathblog.citations.names import Name, people
from mathblog.citations.nodes import plain_address
from mathblog.core.patterns import lazy_pattern
from mathblog.model.citations.options import CitationOptions
from mathblog.model.citations.reference import Reference
from mathblog.model.facts import kinds
from mathblog.pipeline.citing.page import PageBibliography
from mathblog.text.urls import relative_url

_GAPS = lazy_pattern(r"[:\s]+")
_ROLES = ("author", "editor")
_ADDRESSES = frozenset({"url", "doi", "pdf", "html", "eprint", "arxiv", "code", "website", "file", "crossref"})


def entry_variables(reference: Reference, options: CitationOptions) -> dict[str, object]:
    """Return `entry`: each field decoded, the people as lists, the BibTeX without the fields that are skipped."""
    entry: dict[str, object] = {"key": reference.key, "type": reference.type, "bibtex": bibtex(reference, options)}
    for name, value in reference.fields.items():
        entry[name] = plain_address(value) if name in _ADDRESSES else _words(decode(value))
    for role in _ROLES:
        names = people(reference, role)
        if names:
            entry[f"{role}_array"] = [_parts(name) for name in names]
            for number, person in enumerate(names):
                entry |= {f"{role}_{number}_{part}": word for part, word in _parts(person).items()}
    month, _ = read_month(reference.fields.get("month", ""))
    if month:
        entry["month"], entry["month_numeric"] = MONTHS[month - 1][:3].lower(), str(month)
    return entry


def _words(text: BaseText) -> str:
    r"""Rich text as characters, formulas as `\(…\)`; a template writes them into HTML."""
    if isinstance(text, Maths):
        return f"\\({escape(text.name, quote=False)}\\)"
    parts = getattr(text, "parts", None)
    if parts is None or isinstance(text, str):
        return str(text)
    return "".join(part if isinstance(part, str) else _words(part) for part in parts)


def _parts(name: Name) -> Mapping[str, str]:
    """A name as bibtex-ruby has it, without the parts that it lacks."""
    parts = {"first": name.first, "last": name.last, "prefix": name.von, "suffix": name.suffix}
    return {part: word for part, word in parts.items() if word}


def bibtex(reference: Reference, options: CitationOptions) -> str:
    """The entry as BibTeX, in bibtex-ruby's form (`Entry#to_s`).

    Values stand in braces; a month is the name that BibTeX knows, as `parse_months` makes it.
    """
    fields: list[str] = []
    for name, value in reference.own:
        if name not in options.skip_fields:
            month, _ = read_month(value) if name == "month" else (0, 0)
            fields.append(f"  {name} = " + (MONTHS[month - 1][:3].lower() if month else f"{{{value}}}"))
    return "\n".join([f"@{reference.type}{{{reference.key},", ",\n".join(fields), "}\n"])


def reference_variables(reference: Reference, page: PageBibliography, written: str) -> dict[str, object]:
    """Return what the template of an item and a page of details see of an entry (`reference_data`).

    `links` are the files of `scholar.repository` that are called like the key, by what stands behind it; `link` is its PDF.
    """
    links: dict[str, str] = {}
    if folder := page.options.repository.removeprefix("./").strip("/"):
        before = f"{folder}/{_GAPS.sub('_', reference.key)}{page.options.repository_mark}"
        baseurl = page.view[kinds.SITE].baseurl
        files = (path for path in page.view[kinds.STATIC] if path.startswith(before))
        links = {path.removeprefix(before): relative_url(baseurl, path) for path in files}
    return {
        "entry": entry_variables(reference, page.options),
        "reference": written,
        "key": reference.key,
        "type": reference.type,
        "link": links.get("pdf") or links.get("ps"),
        "links": links,
    }
