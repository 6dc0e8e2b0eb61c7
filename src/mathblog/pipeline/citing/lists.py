"""The HTML of a list of entries, and of what stands in a citation."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mathblog.citations.formatting import EntryLabel, Links, entry_html, in_order, is_labelled, is_sorted, label_entries
from mathblog.citations.html import escape_text
from mathblog.citations.selecting import EntryGroup, Grouping, group_entries, matches, sort_entries
from mathblog.model.citations.asked import Asked
from mathblog.model.citations.options import CitationOptions, read_style, words
from mathblog.model.citations.reference import Reference
from mathblog.pipeline.citing.details import details_link
from mathblog.pipeline.citing.page import PageBibliography
from mathblog.pipeline.citing.publications import publication_html


def links_of(options: CitationOptions, prefix: str = "") -> Links:
    """Where the citations of a page lead, and their class: jekyll-scholar's ids are the keys."""
    before = f"{prefix}-" if prefix else "" if options.scholar else "ref-"
    return Links(before, css_class=f"cite {options.cite_class}".strip() if options.scholar else "cite")


def style_name(options: CitationOptions, asked: Asked | None = None) -> str:
    """The style of a tag, else of the page."""
    return read_style(asked.style)[0] if asked and asked.style else options.style


def select(page: PageBibliography, asked: Asked, cited: Sequence[str]) -> list[Reference]:
    """The entries of a list in their order, cut (`--offset`, `--max`), before they are grouped; `cited` are the keys in the order of citation.

    Raises:
        ValueError: where the query is none.

    """
    options = page.options
    query = asked.query or options.query
    test = matches(query)
    if asked.cited:
        among = [page.find(key, asked.files) for key in cited]
        found = [reference for reference in among if reference is not None]
        if not asked.in_order and not is_reordered(options, asked):
            keys = [key for _, key in page.keys(asked.files)]
            place = {key: number for number, key in enumerate(keys)}
            found.sort(key=lambda reference: place.get(reference.key, len(place)))
    else:
        found = page.all(asked.files)
    found = [reference for reference in found if test(reference)]
    if asked.no_duplicates or options.without_duplicates:  # bibtex-ruby's `uniq!`: of those alike the first stays
        by = asked.same_by or tuple({name: None for reference in found for name in reference.fields})
        alike = {tuple(reference.fields.get(name) for name in by): reference for reference in reversed(found)}
        found = list(alike.values())[::-1]
    if not asked.in_order:
        if sort_by := words(asked.sort_by) or options.sort_by:
            found = sort_entries(found, sort_by, words(asked.order) or options.order)
        elif not options.scholar and is_sorted(style_name(options, asked)):
            found = in_order(found)
    if _groups_by(options, asked):
        return found
    end = asked.offset + asked.most if asked.most >= 0 else len(found)
    return found[asked.offset : end]


def _groups_by(options: CitationOptions, asked: Asked) -> tuple[str, ...]:
    """The fields by which a list is grouped; jekyll-scholar cuts only one that is not."""
    by = words("type" if asked.type_order else asked.group_by) or options.group_by
    return () if by == ("none",) else by


def is_reordered(options: CitationOptions, asked: Asked) -> bool:
    """Whether a list of the cited entries is in the order of citation, or sorted afterwards: only jekyll-scholar keeps the file's."""
    return not options.scholar or bool(asked.sort_by or options.sort_by) or asked.in_order


def grouped(page: PageBibliography, asked: Asked, found: Sequence[Reference]) -> list[EntryGroup]:
    """The groups of a list; one where it is not grouped."""
    options = page.options
    by = _groups_by(options, asked)
    if by:
        grouping = Grouping(
            by,
            words(asked.group_order) or options.group_order,
            words(asked.type_order) or options.type_order,
            options.type_names,
            options.type_aliases,
        )
        named = replace(grouping, month_names=options.month_names) if options.month_names else grouping
        return group_entries(found, named)
    return [EntryGroup((), tuple(found))]


class ListWriter:
    """Writes the lists of a page: `labels` are those of its entries, `counts` how often the text cites each.

    `given` are the ids that the page has already: an entry that stands in several lists has its id in the first.
    """

    def __init__(
        self,
        page: PageBibliography,
        asked: Asked,
        labels: Mapping[str, EntryLabel],
        counts: Mapping[str, int],
        given: set[str],
    ) -> None:
        self.page = page
        self.asked = asked
        self._options = page.options
        self._is_publications = page.publishes
        self._labels = labels
        self._counts = counts
        self._given = given
        self._style = style_name(page.options, asked)

    def entry(self, reference: Reference) -> str:
        """An entry with its label."""
        label = self._labels.get(reference.key, EntryLabel())
        html = entry_html(self._style, reference, label.year_suffix)
        if not is_labelled(self._style):
            return html
        return f'<span class="cite-label">[{escape_text(label.text)}]</span> {html}'

    def reference(self, reference: Reference) -> str:
        """An entry as an element of its own (`reference_tag`)."""
        options = self._options
        tag = options.reference_tag
        return f"<{tag}{self._id(reference)}>{self.entry(reference)}</{tag}>"

    def item(self, reference: Reference) -> str:
        """An entry of a list, with the ways back to where it is cited."""
        tag = self._options.item_tag
        written = self.entry(reference)
        if self._is_publications:
            written = publication_html(written, reference, self._options)
        more = details_link(self.page.view, self._options, reference)
        attributes = attributes_html(self._options.item_attributes)
        return f"<{tag}{self._id(reference)}{attributes}>{written}{more}{self._ways_back(reference.key)}</{tag}>"

    def _id(self, reference: Reference) -> str:
        """The attribute of an entry that it leads to, '' where another entry of the page has the id."""
        name = links_of(self._options, self.asked.prefix).before_id + reference.key
        if name in self._given:
            return ""
        self._given.add(name)
        return f' id="{escape_text(name)}"'

    def _ways_back(self, key: str) -> str:
        count = self._counts.get(key, 0)
        ways = []
        for number in range(1, count + 1):
            mark = f"<sup>{number}</sup>" if count > 1 else ""
            address = escape_text(f"#{place_id(key, number)}")
            ways.append(f' <a class="reversefootnote cite-back" href="{address}" role="doc-backlink">&#8617;{mark}</a>')
        return "".join(ways)

    def heading(self, level: int, name: str) -> str:
        """The heading of a group."""
        options = self._options
        tag = options.group_tags[min(level, len(options.group_tags) - 1)]
        return f'<{tag} class="{escape_text(options.list_class)}">{escape_text(name)}</{tag}>\n'

    def around(self, items: Sequence[str], attribute: str = "") -> str:
        """A list of items."""
        options = self._options
        tag = self.asked.list_tag or options.list_tag
        plain = ' style="list-style: none"' if is_labelled(self._style) and tag in ("ol", "ul") else ""
        inner = "\n".join(items)
        given = attributes_html(options.list_attributes)
        return f'<{tag} class="{escape_text(options.list_class)}"{plain}{given}{attribute}>{inner}</{tag}>'


def attributes_html(given: Sequence[tuple[str, str]]) -> str:
    """The attributes that the configuration gives to lists, or to their items."""
    return "".join(f' {escape_text(name)}="{escape_text(value)}"' for name, value in given)


def place_id(key: str, number: int) -> str:
    """The id of a citation, for the way back."""
    return f"cite-{key}-{number}"


def label_list(page: PageBibliography, asked: Asked, found: Sequence[Reference]) -> dict[str, EntryLabel]:
    """The labels of the entries of one list."""
    return label_entries(style_name(page.options, asked), found)
