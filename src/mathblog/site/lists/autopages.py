"""jekyll-paginate-v2's autopages: a paginated list for each tag, each category and each collection."""

from collections.abc import Iterator, Mapping, Sequence

from mathblog.model.document import MOST_NAMES
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import PageSpec
from mathblog.model.plugins import PAGINATE_V2
from mathblog.model.values import Data
from mathblog.site.addresses import has_own_layouts
from mathblog.site.lists.collected import Library, documents_of, labels
from mathblog.site.lists.paginated import Template, cut_into_pages, site_wide
from mathblog.text.mappings import merge
from mathblog.text.slugs import slugify
from mathblog.text.urls import escape_path, sanitize

_DEFAULTS: Data = {
    "enabled": False,
    "tags": {
        "layouts": ["autopage_tags.html"],
        "title": "Posts tagged with :tag",
        "permalink": "/tag/:tag",
        "enabled": True,
    },
    "categories": {
        "layouts": ["autopage_category.html"],
        "title": "Posts in category :cat",
        "permalink": "/category/:cat",
        "enabled": True,
    },
    "collections": {
        "layouts": ["autopage_collection.html"],
        "title": "Posts in collection :coll",
        "permalink": "/collection/:coll",
        "enabled": True,
    },
}
# section -> the placeholder, the filter of the list, the kind of the page
_SECTIONS = {
    "tags": (":tag", "tag", "tag"),
    "categories": (":cat", "category", "category"),
    "collections": (":coll", "collection", "archive"),
}


def generate_autopages(view: FactView, options: GeneratorOptions) -> tuple[PageSpec, ...]:
    """The lists that `autopages` of the configuration asks for. Names are the same in any case; a slug is made of each."""
    given = view.get(kinds.CONFIG, "autopages")
    if PAGINATE_V2 not in options.plugins or not isinstance(given, Mapping):
        return ()
    settings = merge(_DEFAULTS, given, empty_keeps=False)
    if not settings.get("enabled") or not site_wide(view).get("enabled"):
        return ()
    library = Library(view)
    pages: list[PageSpec] = []
    for section in _SECTIONS:
        own = settings.get(section)
        if not isinstance(own, Mapping) or not own.get("enabled"):
            continue
        names: dict[str, str] = {}  # in small letters, and as they were first written
        for label in labels(view):
            documents = documents_of(view, label)
            if section == "collections" and documents:
                names.setdefault(label.lower(), label)
            for meta in documents if section != "collections" else ():
                for name in (meta.tags if section == "tags" else meta.categories)[:MOST_NAMES]:
                    names.setdefault(name.strip().lower(), name)
        for name, shown in names.items():
            pages += _generate(library, section, own, name=name, shown=shown)
    return tuple(pages)


def _generate(library: Library, section: str, settings: Data, *, name: str, shown: str) -> Iterator[PageSpec]:
    placeholder, key, kind = _SECTIONS[section]
    slugs = settings.get("slugify")
    mode = slugs.get("mode") if isinstance(slugs, Mapping) else None
    cased = bool(slugs.get("cased")) if isinstance(slugs, Mapping) else False
    slug = slugify(name, str(mode or "none"), cased=cased) or name
    url = sanitize(str(settings.get("permalink") or "").replace(placeholder, escape_path(slug), 1))
    title = str(settings.get("title") or ":title").replace(placeholder, slug, 1)
    options = merge(site_wide(library.view), {key: name}, empty_keeps=False)
    data = {"name": shown, "pagination": options, "autopages": {"display_name": shown}}
    layouts = settings.get("layouts")
    for layout in layouts if isinstance(layouts, Sequence) and not isinstance(layouts, str) else ():
        stem = str(layout).rpartition(".")[0] or str(layout)
        chosen = stem if has_own_layouts(library.view) else kind
        template = Template(url if url.endswith("/") else f"{url}/", title, kind, chosen, "", data)
        yield from cut_into_pages(library, template, options)
