"""The addresses of generated pages, as facts that layouts and other pages ask for."""

from typing import NamedTuple

from mathblog.model.facts import kinds
from mathblog.model.facts.kind import FactKey
from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.plugins import FEED
from mathblog.site.names import assign_slugs
from mathblog.text.urls import escape_path, output_path, sanitize

TAG, CATEGORY = "tag", "category"
_LAYOUTS_DIR = "_layouts"  # Jekyll::Configuration::DEFAULTS


class Group(NamedTuple):
    """A tag or a category: its name, the address of its page, the paths of its posts, newest first."""

    name: str
    url: str
    posts: tuple[str, ...]


def has_own_layouts(view: FactView) -> bool:
    """Whether the site brings its layouts along: then there are the pages that Jekyll would make, and no others.

    So does a site whose configuration names their folder, where that is empty, too: by `layouts_dir`, or by `layouts`, as
    it was called before Jekyll 4, which does not read it.
    """
    if view[kinds.SITE_LAYOUTS] or isinstance(view.get(kinds.CONFIG, "layouts"), str):
        return True
    return view.get(kinds.CONFIG, "layouts_dir") not in (None, _LAYOUTS_DIR)


def counts_on_theme(view: FactView) -> bool:
    """Whether a site with layouts of its own names a theme besides: one of mathblog's, or one that is not here."""
    return bool(view[kinds.ABSENT_THEME]) or (view[kinds.THEME] is None and bool(view.get(kinds.CONFIG, "theme")))


def list_groups(view: FactView, kind: str, options: GeneratorOptions) -> tuple[Group, ...]:
    """All tags or categories with their addresses, in the order of the fact; none where their pages are turned off."""
    template = _template(view, kind, options)
    if not template:
        return ()
    named = dict(view[kinds.TAGS if kind == TAG else kinds.CATEGORIES])
    slugs = assign_slugs(named, options.archives.slug_mode if options.archives else "default")
    return tuple(
        Group(name, sanitize(template.replace(":name", escape_path(slugs[name]))), posts)
        for name, posts in named.items()
    )


def index_url(view: FactView, kind: str, options: GeneratorOptions) -> str:
    """The page that lists all tags or categories: the folder their pages are in.

    '' where that is the site's root, and for a site with layouts of its own, for Jekyll has no such page.
    """
    if has_own_layouts(view):
        return ""
    folder = sanitize(_template(view, kind, options).partition(":name")[0].rpartition("/")[0] + "/")
    return "" if folder == "/" else folder


def page_file(url: str) -> str:
    """The file of a generated page below the destination."""
    return output_path(url, ".html")


def page_url(path: str) -> str:
    """An address from the configuration in the form all addresses have: one `/` in front; '' stays empty."""
    return sanitize(path) if path else ""


def list_addresses(view: FactView, options: GeneratorOptions) -> dict[FactKey, str]:
    """The facts of the kind `ADDRESS`: tag, category, tag_feed, and without a name: tags, categories, archive, feed, json_feed.

    What is not generated has no address.
    """
    facts: dict[FactKey, str] = {}
    for kind, index in ((TAG, "tags"), (CATEGORY, "categories")):
        groups = list_groups(view, kind, options)
        facts |= {kinds.ADDRESS.key(kind, group.name): group.url for group in groups}
        if groups and (url := index_url(view, kind, options)):
            facts[kinds.ADDRESS.key(index, "")] = url
        if kind == TAG and makes_file(view, options, FEED):
            feeds = {kinds.ADDRESS.key("tag_feed", group.name): tag_feed_url(options, group) for group in groups}
            facts |= {key: url for key, url in feeds.items() if url}
    if options.archive_path and not has_own_layouts(view):
        facts[kinds.ADDRESS.key("archive", "")] = page_url(options.archive_path)
    if options.feed_path and makes_file(view, options, FEED):
        url = facts[kinds.ADDRESS.key("feed", "")] = page_url(options.feed_path)
        if options.feed.json:
            facts[kinds.ADDRESS.key("json_feed", "")] = json_url(url)
    return facts


def tag_feed_url(options: GeneratorOptions, group: Group) -> str:
    """The address of the feed beside the page of a tag (`/tags/x/feed.xml`), '' where none is wanted there."""
    feeds = options.feed.tags
    if feeds is None or feeds.path or group.name in feeds.left_out:
        return ""
    if feeds.only is not None and group.name not in feeds.only:
        return ""
    folder = group.url if group.url.endswith("/") else f"{group.url.removesuffix('.html')}/"
    return f"{folder}feed.xml"


def json_url(feed_url: str) -> str:
    """The address of a feed as JSON Feed: that of the Atom feed with another extension."""
    return f"{feed_url.removesuffix('.xml')}.json"


def makes_file(view: FactView, options: GeneratorOptions, plugin: str) -> bool:
    """Whether there is a feed or a sitemap: always with a theme of ours, for layouts of the site's own by its plugin."""
    return not has_own_layouts(view) or plugin in options.plugins


def _template(view: FactView, kind: str, options: GeneratorOptions) -> str:
    if options.archives and (permalink := options.archives.permalink(kind)):
        return permalink.replace(":type", kind)
    if has_own_layouts(view):
        return ""
    return options.tag_path if kind == TAG else options.category_path
