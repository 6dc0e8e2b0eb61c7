"""The filters of jekyll-toc, for pages whose front matter has `toc: true`: `toc`, `toc_only`, `inject_anchors`."""

from collections.abc import Mapping

from mathblog.liquid.context import Context
from mathblog.liquid.plugins.contents import list_of_contents, with_anchors
from mathblog.liquid.text import to_s


def toc_only(value: object, *, context: Context) -> object:
    """The table of contents of a piece of HTML."""
    return list_of_contents(to_s(value), _options(context)) if _wants_it(context) else ""


def inject_anchors(value: object, *, context: Context) -> object:
    """A piece of HTML with anchors in its headings."""
    return with_anchors(to_s(value), _options(context)) if _wants_it(context) else value


def toc(value: object, *, context: Context) -> object:
    """Both: the table, and the HTML that it leads to."""
    if not _wants_it(context):
        return value
    text, options = to_s(value), _options(context)
    return list_of_contents(text, options) + with_anchors(text, options)


def _wants_it(context: Context) -> bool:
    page = context.find("page")
    return isinstance(page, Mapping) and page.get("toc") is True


def _options(context: Context) -> Mapping[str, object]:
    site = context.find("site")
    options = site.get("toc") if isinstance(site, Mapping) else None
    return options if isinstance(options, Mapping) else {}
