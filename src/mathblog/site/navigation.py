"""The links in the header of every page."""

from collections.abc import Sequence

from mathblog.model.document import Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.navigation import NavigationItem
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import HTML_EXTENSIONS
from mathblog.site.addresses import list_addresses

_ORDER_KEYS = ("position", "order", "nav_order", "weight")


def list_navigation(view: FactView, options: GeneratorOptions) -> tuple[NavigationItem, ...]:
    """The pages with a title of their own, then archive and tags; with `header_pages` exactly those, in that order.

    Pages stand by `position` (`order`, `nav_order`), those without one after them by path. `hide: true` leaves a page
    out, and so does a title that another page has already (Type on Strap's rules; `header_pages` is minima's).
    """
    pages = [
        meta
        for meta in view[kinds.PAGES]
        if isinstance(title := meta.data.get("title"), str)
        and title.strip()
        and meta.output_path.endswith(HTML_EXTENSIONS)
        and meta.output_path not in ("index.html", "404.html")
    ]
    chosen = view.get(kinds.CONFIG, "header_pages")
    if isinstance(chosen, Sequence) and not isinstance(chosen, str):
        by_path = {meta.path: meta for meta in pages}
        return tuple(_item(by_path[path]) for path in chosen if isinstance(path, str) and path in by_path)
    titles: dict[str, NavigationItem] = {}
    for meta in sorted(pages, key=_order):
        if meta.data.get("hide") is not True:
            titles.setdefault(_item(meta).title, _item(meta))
    own = {item.url.rstrip("/") for item in titles.values()}
    addresses = list_addresses(view, options)
    made = ((kind, addresses.get(kinds.ADDRESS.key(kind, ""))) for kind in ("archive", "tags"))
    generated = (NavigationItem("", url, kind) for kind, url in made if url is not None)
    return (*titles.values(), *(item for item in generated if item.url.rstrip("/") not in own))


def _order(meta: Meta) -> tuple[float, str]:
    positions = (meta.data.get(key) for key in _ORDER_KEYS)
    numbers = (value for value in positions if isinstance(value, int | float))
    return (next(numbers, float("inf")), meta.path)


def _item(meta: Meta) -> NavigationItem:
    icon = meta.data.get("icon")
    return NavigationItem(str(meta.data["title"]).strip(), meta.url, icon=icon if isinstance(icon, str) else "")
