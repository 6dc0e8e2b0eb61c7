"""The home pages: all posts, newest first, some on each page (jekyll-paginate's `pager.rb`)."""

import posixpath
from collections.abc import Iterable
from typing import cast

from mathblog.model.document import Meta
from mathblog.model.facts import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import PageSpec
from mathblog.site.addresses import page_file, page_url

DEFAULT_PATH = "/page:num/"


def generate_home(view: FactView, options: GeneratorOptions) -> tuple[PageSpec, ...]:
    """The home page and those after it. Posts with `hidden: true` are left out.

    The first page lives where the site has an `index.html` on the way to `paginate_path`, the deepest one, else at `/`.
    A site whose own home page does not list posts, and that sets no `paginate`, gets no pages after the first.
    """
    posts = tuple(meta.path for meta in _posts(view) if meta.data.get("hidden") is not True)
    own = _own_first_page(view, options)
    first = own.url if own else "/"
    size = options.paginate if options.paginate > 0 and _wants_pages(view, own) else max(1, len(posts))
    total = max(1, -(-len(posts) // size))
    urls = [first, *(number_url(options, number) for number in range(2, total + 1))]
    specs = tuple(_page(urls, number, size, posts) for number in range(1, total + 1))
    return specs if first == "/" else (*specs, _page(["/", *urls[1:]], 1, size, posts))


def number_url(options: GeneratorOptions, number: int) -> str:
    """The address of a page after the first; a folder, so that no server has to redirect."""
    template = options.paginate_path if ":num" in options.paginate_path else DEFAULT_PATH
    url = page_url(template.replace(":num", str(number)))
    return url if url.endswith("/") or posixpath.splitext(url)[1] in (".html", ".htm") else f"{url}/"


def _page(urls: list[str], number: int, size: int, posts: tuple[str, ...]) -> PageSpec:
    url = urls[number - 1]
    data = {
        "page": number,
        "per_page": size,
        "total_posts": len(posts),
        "total_pages": len(urls),
        "previous": urls[number - 2] if number > 1 else "",
        "next": urls[number] if number < len(urls) else "",
        "posts": posts[(number - 1) * size : number * size],
    }
    return PageSpec(url, page_file(url), "home", "home", "", data=data)


def _posts(view: FactView) -> Iterable[Meta]:
    return cast("Iterable[Meta]", view.get("posts") or ())


def _own_first_page(view: FactView, options: GeneratorOptions) -> Meta | None:
    """The deepest `index.html` of the site's own in a folder that leads to the pages."""
    folder = posixpath.dirname(number_url(options, 2).rstrip("/")).strip("/")
    leading = {"index.html"}
    while folder:
        leading.add(f"{folder}/index.html")
        folder = posixpath.dirname(folder)
    pages = cast("Iterable[Meta]", view.get("pages") or ())
    found = [meta for meta in pages if meta.output_path in leading]
    return max(found, key=lambda meta: len(meta.output_path), default=None)


def _wants_pages(view: FactView, own: Meta | None) -> bool:
    return own is None or own.layout == "home" or view.get("config", "paginate") is not None
