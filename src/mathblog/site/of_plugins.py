"""Generators of plugins: functions of plain values, as makers of pages."""

from collections.abc import Callable, Iterable, Mapping
from typing import cast

from mathblog.extend.api import Page, SiteData
from mathblog.extend.plugins import PluginError, checked, copied
from mathblog.model.document import Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import TEXT, PageSpec
from mathblog.model.values import Value
from mathblog.site.addresses import page_file, page_url


def plugin_generator(
    name: str, function: Callable[[SiteData], Iterable[Page]]
) -> Callable[[FactView, GeneratorOptions], list[PageSpec]]:
    """A maker of pages that asks the function of the plugin."""

    def make(view: FactView, _options: GeneratorOptions) -> list[PageSpec]:
        data = cast("Mapping[str, Value]", copied(view[kinds.DATA]))
        posts, pages = ([_described(meta) for meta in view[kind]] for kind in (kinds.POSTS, kinds.PAGES))
        site = SiteData(data, posts, pages, lambda key: copied(view.get(kinds.CONFIG, key)))
        return [_specified(page, f"the generator `{name}`") for page in function(site)]

    return make


def _described(meta: Meta) -> Mapping[str, Value]:
    own = {"title": meta.title, "url": meta.url, "path": meta.path, "date": meta.date}
    front = cast("dict[str, Value]", copied(meta.data))
    return {**front, **own, "tags": list(meta.tags), "categories": list(meta.categories)}


def _specified(page: object, what: str) -> PageSpec:
    """The page as layouts take it.

    Raises:
        PluginError: where it is no page, or lies nowhere in the site.

    """
    if not isinstance(page, Page):
        message = f"{what} gave a `{type(page).__name__}` and not a `Page`"
        raise PluginError(message)
    words = (page.url, page.title, page.text, page.layout)
    if not all(isinstance(word, str) for word in words) or not page.url.startswith("/") or ".." in page.url.split("/"):
        message = f"{what} gave a page whose address, title, text or layout is none: {page.url!r}"
        raise PluginError(message)
    url = page_url(page.url)
    data = {**cast("dict[str, object]", checked(page.data, what)), TEXT: page.text}
    return PageSpec(url, page_file(url), "page", page.layout, page.title, data=data)
