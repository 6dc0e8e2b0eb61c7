"""The output of jekyll-scholar's tags: into a body marks, which `resolve.py` fills when all citations of the page are known."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from html import escape
from typing import Any
from urllib.parse import quote, unquote

from mathblog.citations.formatting import Linked, citation_html, label_entries
from mathblog.core.dataclass import dataclass, field
from mathblog.core.patterns import lazy_pattern
from mathblog.model.citations.asked import Asked, RenderItem
from mathblog.model.citations.reference import Citation, Cite, Reference
from mathblog.model.facts import kinds
from mathblog.pipeline.citing.details import details_layout, details_link, details_url
from mathblog.pipeline.citing.lists import (
    ListWriter,
    attributes_html,
    grouped,
    label_list,
    links_of,
    select,
    style_name,
)
from mathblog.pipeline.citing.locators import locator_text
from mathblog.pipeline.citing.page import PageBibliography
from mathblog.pipeline.citing.variables import entry_variables, reference_variables
from mathblog.text.urls import relative_url

CITE_MARK, LIST_MARK = "data-mathblog-cite", "data-mathblog-list"
_KEYS = lazy_pattern(
    r"@\{?([^\s\[\]{};,@]+)|\bkey\s*=\s*[\"']([^\"']*)|\\[a-zA-Z]*cite[a-z]*\*?(?:\[[^\]]*\])*\{([^{}]*)\}"
)
_DELIMITERS = lazy_pattern(r"(?<!\\)\\([()])")
_ENDS = ".,:;!?"


@dataclass
class PageCitations:
    """The service of a page. In a body (`deferred`) it writes marks; in a layout all is known, `counts` say how often what is cited.

    `noted` are the keys of `nocite`, `told` those that tags have cited so far; `source` is the text of the page. `misses_all` says
    that it was told that there is no bibliography, `given` are the ids that entries have so far.
    """

    page: PageBibliography
    source: str = ""
    deferred: bool = True
    into_markdown: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    noted: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    misses_all: bool = False
    given: set[str] = field(default_factory=set)

    def unknown(self, asked: Asked) -> Sequence[tuple[str, str]]:
        """The keys that are no entries, each with the nearest one; only the first of a page that has no bibliography."""
        page = self.page
        keys = [key for key in asked.keys if page.find(key, asked.files) is None]
        if keys and not page.files_of(asked.files):
            keys = [] if self.misses_all or asked.files else keys[:1]
            self.misses_all = True
        return [(key, page.hint(key, asked.files)) for key in keys]

    def problem(self, asked: Asked) -> str:
        """Return what is wrong with the files or the query of a tag."""
        from mathblog.citations.selecting import matches

        if asked.files and not self.page.files_of(asked.files):
            return f"no bibliography `{asked.files[0]}`"
        try:
            matches(asked.query or self.page.options.query)  # raises for what is no query
        except ValueError as error:
            return str(error)
        return ""

    def missing_text(self) -> str:
        """Return jekyll-scholar's words for an entry that is not there."""
        return escape(self.page.options.missing, quote=False)

    def template_of(self, asked: Asked) -> str:
        """Return the template of a list."""
        return self.page.options.template if asked.template is None else asked.template

    def cite(self, asked: Asked) -> str:
        """Return a citation; of an unknown entry none of it is shown, as in jekyll-scholar."""
        references = [self.page.find(key, asked.files) for key in asked.keys]
        if not references or None in references:
            return self.missing_text()
        self.told += asked.keys
        if self.deferred:
            return f'<a class="citation" {CITE_MARK}="{pack(asked)}"></a>'
        style = style_name(self.page.options, asked)
        citation = citation_of(asked, style)
        found = [reference for reference in references if reference is not None]
        labels = label_entries(style, found)
        linked = [
            Linked(cite, reference, labels[reference.key])
            for cite, reference in zip(citation.cites, found, strict=True)
        ]
        return citation_html(style, citation, linked, links_of(self.page.options, asked.prefix))

    def note(self, keys: Sequence[str]) -> None:
        """Note entries as cited."""
        known = [key for key in keys if self.page.find(key) is not None]
        self.noted += known
        self.told += known

    def reference(self, asked: Asked) -> str:
        """Return entries as they stand in a list, each in an element of its own."""
        found = [self.page.find(key, asked.files) for key in asked.keys]
        known = [reference for reference in found if reference is not None]
        writer = ListWriter(self.page, asked, label_list(self.page, asked, known), {}, self.given)
        written = (self.missing_text() if it is None else writer.reference(it) for it in found)
        return self._escaped("\n".join(written))

    def bibtex(self, text: str, asked: Asked) -> str:
        """Return the entries of a BibTeX text, each in an element of its own; the page may cite them."""
        from mathblog.citations.reading import read_bibliography
        from mathblog.core.source import SourceText

        found = read_bibliography(SourceText(self.page.meta.path, text)).references
        self.page.borrowed.update((reference.key, reference) for reference in found)
        writer = ListWriter(self.page, asked, label_list(self.page, asked, found), {}, self.given)
        return self._escaped("\n".join(map(writer.reference, found)))

    def bibliography(self, asked: Asked, render_item: RenderItem | None) -> str:
        """Return a list. That of a template is written at once: what is cited is then what the text seems to cite."""
        if self.deferred and render_item is None:
            return f'<ol class="bibliography" {LIST_MARK}="{pack(asked)}"></ol>'
        try:
            found = select(self.page, asked, self._cited())
        except ValueError:
            return ""
        writer = ListWriter(self.page, asked, label_list(self.page, asked, found), self.counts, self.given)
        return self._escaped(write_list(writer, found, self, render_item))

    def _escaped(self, html: str) -> str:
        """HTML with its formulas written so that Markdown, which takes a backslash off, leaves them alone."""
        return _DELIMITERS.sub(r"\\\\\1", html) if self.into_markdown else html

    def count(self, asked: Asked) -> int:
        """Return how many entries a list has."""
        try:
            return len(select(self.page, asked, self._cited()))
        except ValueError:
            return 0

    def address(self, key: str) -> str:
        """Return the address of an entry's page of details; in a site without a layout for these, its place in a list of the page."""
        view, options = self.page.view, self.page.options
        if not details_layout(view, options):
            return f"#{quote(links_of(options).before_id + key, safe=':/')}"
        return relative_url(view[kinds.SITE].baseurl, details_url(view, options, key, self.page.find(key)))

    def details(self, asked: Asked) -> str:
        """Return links to the pages of details of entries."""
        words = asked.text or self.page.options.details_link or "Details"
        return "\n".join(
            f'<a href="{escape(self.address(key))}">{words}</a>' if self.page.find(key) else self.missing_text()
            for key in asked.keys
        )

    def page_of(self, key: str) -> dict[str, object]:
        """Return what the page of details of an entry sees as `page` besides the words of every page."""
        reference = self.page.find(key)
        if reference is None:
            return {}
        writer = ListWriter(self.page, Asked(), label_list(self.page, Asked(), [reference]), {}, set())
        variables = reference_variables(reference, self.page, writer.reference(reference))
        title = entry_variables(reference, self.page.options).get("title")
        return {**variables, "title": title} if title else variables

    def _cited(self) -> list[str]:
        """The keys that the page cites: those of tags, and what looks like a citation in its text."""
        if not self.deferred:
            return list(self.counts)
        written = (
            word for found in _KEYS.finditer(self.source) for part in found.groups() if part for word in part.split(",")
        )
        words = [key for word in written for key in dict.fromkeys((word.strip(), word.strip().rstrip(_ENDS)))]
        return [key for key in dict.fromkeys((*self.told, *words)) if key and self.page.find(key) is not None]


def write_list(
    writer: ListWriter,
    found: Sequence[Reference],
    service: PageCitations | None = None,
    render_item: RenderItem | None = None,
) -> str:
    """The HTML of a list with the headings of its groups; in it the entries are in their final order."""
    page, parts = writer.page, []
    for group in grouped(page, writer.asked, found):
        parts += [writer.heading(level, name) for level, name in group.headings]
        items = []
        for index, reference in enumerate(group.references, 1):
            if render_item is None or service is None:
                items.append(writer.item(reference))
                continue
            variables = reference_variables(reference, page, writer.reference(reference))
            written = render_item({**variables, "index": index, "details": service.address(reference.key)})
            tag = page.options.item_tag
            given = attributes_html(page.options.item_attributes)
            items.append(f"<{tag}{given}>{written}{details_link(page.view, page.options, reference)}</{tag}>")
        marked = ""
        if service is not None and service.deferred:
            keys = [reference.key for reference in group.references]
            marked = f' {LIST_MARK}="{quote(json.dumps({"shown": keys}), safe="")}"'
        parts.append(writer.around(items, marked) + "\n")
    return "".join(parts).rstrip("\n")


def citation_of(asked: Asked, style: str) -> Citation:
    """The citation of a tag; locators and their labels go to the keys in order."""
    cites = []
    for number, key in enumerate(asked.keys):
        locator = asked.locators[number] if number < len(asked.locators) else ""
        label = asked.labels[number] if number < len(asked.labels) else ""
        cites.append(Cite(key, locator=locator_text(locator, label, style), without_author=asked.without_author))
    return Citation(tuple(cites))


def pack(asked: Asked) -> str:
    """The options of a tag as the value of an attribute."""
    default = Asked()
    values = {name: value for name, value in asdict(asked).items() if value != getattr(default, name)}
    return quote(json.dumps(values), safe="")


def unpack(packed: str) -> tuple[Asked, list[str] | None]:
    """The options of a tag, or the keys of a list that is written already; `Asked()` for what nobody packed."""
    try:
        values = json.loads(unquote(packed))
        if "shown" in values:
            return Asked(), [str(key) for key in values["shown"]]
        options: dict[str, Any] = {name: tuple(it) if isinstance(it, list) else it for name, it in values.items()}
        return Asked(**options), None
    except (ValueError, TypeError):
        return Asked(), []
