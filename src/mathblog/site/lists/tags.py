"""A page for each tag and each category, and a page that lists them."""

from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import PageSpec
from mathblog.site.addresses import CATEGORY, TAG, index_url, list_groups, page_file
from mathblog.site.lists.dated import archive_layout


def generate_tags(view: FactView, options: GeneratorOptions) -> tuple[PageSpec, ...]:
    """The pages of all tags, then the list of tags; none for a site without tags."""
    return _generate(view, TAG, "tags", options)


def generate_categories(view: FactView, options: GeneratorOptions) -> tuple[PageSpec, ...]:
    """The pages of all categories, then the list of categories; none for a site without categories."""
    return _generate(view, CATEGORY, "categories", options)


def _generate(view: FactView, kind: str, index_layout: str, options: GeneratorOptions) -> tuple[PageSpec, ...]:
    groups = list_groups(view, kind, options)
    layout = archive_layout(view, kind, options) or kind
    pages = tuple(
        PageSpec(
            group.url,
            page_file(group.url),
            kind,
            layout,
            group.name,
            data={"name": group.name, "type": kind, "title": group.name, "posts": group.posts},
        )
        for group in groups
    )
    index = index_url(view, kind, options)
    if not groups or not index:
        return pages
    return (*pages, PageSpec(index, page_file(index), "archive", index_layout, ""))
