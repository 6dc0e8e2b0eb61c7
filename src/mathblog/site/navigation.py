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
    chosen = chosen_pages(view)
    if chosen is not None:
        by_path = name_pages(view, options)
        return tuple(by_path[path] for path in chosen if path in by_path)
    titles: dict[str, NavigationItem] = {}
    for meta in sorted(_titled(view), key=_order):
        if meta.data.get("hide") is not True and meta.output_path not in ("index.html", "404.html"):
            titles.setdefault(_item(meta).title, _item(meta))
    own = {item.url.rstrip("/") for item in titles.values()}
    return (*titles.values(), *(item for item in _generated(view, options) if item.url.rstrip("/") not in own))


def chosen_pages(view: FactView) -> tuple[str, ...] | None:
    """The paths in `header_pages`, one or several; None where it says nothing."""
    chosen = view.get(kinds.CONFIG, "header_pages")
    if isinstance(chosen, str):
        return (chosen,)
    return tuple(map(str, chosen)) if isinstance(chosen, Sequence) else None


def name_pages(view: FactView, options: GeneratorOptions) -> dict[str, NavigationItem]:
    """What `header_pages` may name: pages with a title by their paths, and `archive.md` and `tags.md` where they are generated."""
    generated = {f"{item.kind}.md": item for item in _generated(view, options)}
    return generated | {meta.path: _item(meta) for meta in _titled(view)}


def _titled(view: FactView) -> list[Meta]:
    return [
        meta
        for meta in view[kinds.PAGES]
        if isinstance(title := meta.data.get("title"), str)
        and title.strip()
        and meta.output_path.endswith(HTML_EXTENSIONS)
    ]


def _generated(view: FactView, options: GeneratorOptions) -> tuple[NavigationItem, ...]:
    addresses = list_addresses(view, options)
    made = ((kind, addresses.get(kinds.ADDRESS.key(kind, ""))) for kind in ("archive", "tags"))
    return tuple(NavigationItem("", url, kind) for kind, url in made if url is not None)


def _order(meta: Meta) -> tuple[float, str]:
    positions = (meta.data.get(key) for key in _ORDER_KEYS)
    numbers = (value for value in positions if isinstance(value, int | float))
    return (next(numbers, float("inf")), meta.path)


def _item(meta: Meta) -> NavigationItem:
    icon = meta.data.get("icon")
    return NavigationItem(str(meta.data["title"]).strip(), meta.url, icon=icon if isinstance(icon, str) else "")
