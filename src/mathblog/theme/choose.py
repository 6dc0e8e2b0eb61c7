"""The choice of a document's layout."""

from mathblog.model.document import Meta
from mathblog.model.output import HTML_EXTENSIONS

BARE = "none"
BEGINNING = 512  # characters of a body in which its doctype is looked for
_STYLES = (".scss", ".sass", ".coffee")


def choose_layout(meta: Meta, *, own_layouts: bool = False) -> str:
    """The name of the document's layout, `none` for its bare content.

    A layout that the front matter or its defaults name counts, and `layout: none` or `layout: null` (Jekyll's words for
    no layout) count too. Without the key a post has the theme's `post` and everything else `page`, where Jekyll would
    write a page without a head; files that are no HTML (`search.json`, `feed.xml`) stay bare. In a site with layouts of
    its own they all stay bare, as they are meant; style sheets always do (`Convertible#place_in_layout?`).
    """
    if meta.ext.lower() in _STYLES:
        return BARE
    if meta.layout is not None:
        return meta.layout
    if own_layouts or "layout" in meta.data or not meta.output_path.endswith(HTML_EXTENSIONS):
        return BARE
    return "post" if meta.is_post else "page"


def is_whole_page(html: str) -> bool:
    """Whether a body brings its own `<html>`: to wrap it would make two pages of one."""
    start = html[:BEGINNING].lstrip().lower()
    while start.startswith("<!--") and "-->" in start:
        start = start.partition("-->")[2].lstrip()
    return start.startswith(("<!doctype", "<html"))
