"""The home pages: all posts, newest first, some on each page (jekyll-paginate's `pager.rb`)."""

import posixpath

from mathblog.model.document import Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import PageSpec
from mathblog.site.addresses import has_own_layouts, page_file, page_url
from mathblog.site.lists.pager import Pager, count_pages

DEFAULT_PATH = "/page:num"  # Jekyll::Configuration::DEFAULTS
_TEMPLATE = "index.html"


def generate_home(view: FactView, options: GeneratorOptions) -> tuple[PageSpec, ...]:
    """The home page and those after it. Posts with `hidden: true` are left out; with a theme of ours those with `pin: true` come first.

    The first page lives where the site has an `index.html` on the way to `paginate_path`, the deepest one, else at `/`.
    A site whose own home page does not list posts, and that sets no `paginate`, gets no pages after the first. A site with
    layouts of its own gets what Jekyll makes: pages only where it sets `paginate` and has an `index.html`.

    A template written as `index.html` is the source of the later pages, too, as in Jekyll; where the theme's `home` layout
    makes the list (the template does not speak of `paginator`), its text stands on the first page only.
    """
    by_own_layouts = has_own_layouts(view)
    listed = [meta for meta in view[kinds.POSTS] if not is_hidden(meta)]
    if not by_own_layouts:
        listed.sort(key=lambda meta: meta.data.get("pin") is not True)
    posts = tuple(meta.path for meta in listed)
    own = _own_first_page(view, options)
    if by_own_layouts and (own is None or not _is_template(own) or not _asks(view)):
        return ()
    first = own.url if own else "/"
    lists_posts = own is None or own.layout == "home"
    wanted = options.paginate > 0 and (lists_posts or view.get(kinds.CONFIG, "paginate") is not None)
    size = options.paginate if wanted else max(1, len(posts))
    numbers = range(1, count_pages(len(posts), size) + 1)
    pager = Pager(
        posts,
        size,
        [first, *(number_url(options, number) for number in numbers[1:])],
        [first, *(_number_path(options, number) for number in numbers[1:])],
    )
    template = own if own and _is_template(own) else None
    text = view.get(kinds.FILE, template.path) if template and not by_own_layouts else None
    writes_list = text is not None and "paginator" in text.text
    is_source = template is not None and (writes_list or by_own_layouts or template.layout != "home")
    source = template.path if template and is_source else ""
    specs = tuple(_page(pager, number, source if number > 1 else "", own_list=writes_list) for number in numbers)
    if first == "/" or by_own_layouts:
        return specs
    return (*specs, _page(Pager(posts, size, ["/", *pager.urls[1:]], ["/", *pager.paths[1:]]), 1, ""))


def number_url(options: GeneratorOptions, number: int) -> str:
    """The address of a page after the first; a folder, so that no server has to redirect."""
    url = page_url(_number_path(options, number))
    return url if url.endswith("/") or posixpath.splitext(url)[1] in (".html", ".htm") else f"{url}/"


def is_hidden(meta: Meta) -> bool:
    """Whether lists leave a post out: `hidden` has any value but false."""
    return meta.data.get("hidden") not in (None, False)


def misses_template(view: FactView, options: GeneratorOptions) -> bool:
    """Whether a site asks for pages of posts, in layouts of its own, and has no `index.html` to make them of."""
    own = _own_first_page(view, options)
    return has_own_layouts(view) and _asks(view) and (own is None or not _is_template(own))


def _number_path(options: GeneratorOptions, number: int) -> str:
    template = options.paginate_path if ":num" in options.paginate_path else DEFAULT_PATH
    return template.replace(":num", str(number))


def _page(pager: Pager, number: int, source: str, *, own_list: bool = False) -> PageSpec:
    """`own_list` tells a theme that the page's text is the list."""
    url = pager.urls[number - 1]
    data = pager.data(number)
    return PageSpec(url, page_file(url), "home", "home", "", source, {**data, "own_list": True} if own_list else data)


def _own_first_page(view: FactView, options: GeneratorOptions) -> Meta | None:
    """The deepest `index.html` of the site's own in a folder that leads to the pages.

    With a theme of ours any page that becomes an `index.html` counts, in layouts of the site's own only a file of that name.
    """
    folder = posixpath.dirname(number_url(options, 2).rstrip("/")).strip("/")
    leading = {"index.html"}
    while folder:
        leading.add(f"{folder}/index.html")
        folder = posixpath.dirname(folder)
    pages = view[kinds.PAGES]
    by_source = has_own_layouts(view)
    found = [meta for meta in pages if (meta.path if by_source else meta.output_path) in leading]
    return max(found, key=lambda meta: len(meta.output_path), default=None)


def _is_template(meta: Meta) -> bool:
    return posixpath.basename(meta.path) == _TEMPLATE


def _asks(view: FactView) -> bool:
    return view.get(kinds.CONFIG, "paginate") not in (None, False, 0)
