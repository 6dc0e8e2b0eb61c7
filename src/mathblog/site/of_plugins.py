"""Generators of plugins: functions of plain values, as makers of pages."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import cast

from mathblog.extend.api import Page, SiteData
from mathblog.extend.plugins import PluginError, checked, checked_text, copied
from mathblog.extend.reading import read_file
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
        site = SiteData(data, posts, pages, lambda key: copied(view.get(kinds.CONFIG, key)), partial(read_file, view))
        made: dict[str, PageSpec] = {}
        for page in function(site):
            spec = _specified(page, f"the generator `{name}`")
            if made.setdefault(spec.url, spec) is not spec:
                message = f"the generator `{name}` gave two pages at `{spec.url}`"
                raise PluginError(message)
        return list(made.values())

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
        message = f"{what} gave `{type(page).__name__}`, not a `Page`"
        raise PluginError(message)
    for name in ("url", "title", "text", "layout"):
        checked_text(getattr(page, name), f"{what}, for the `{name}` of a page,")
    if not page.url.startswith("/") or ".." in page.url.split("/"):
        message = f"{what} gave a page at `{page.url}`: an address begins with `/`, and has no `..`"
        raise PluginError(message)
    url = page_url(page.url)
    data = {**cast("dict[str, object]", checked(page.data, what)), TEXT: page.text}
    return PageSpec(url, page_file(url), "page", page.layout, page.title, data=data)
