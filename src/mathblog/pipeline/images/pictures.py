"""Images of a text as the page has them: with sizes, with a dark twin, and in a link to the whole image."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from typing import TYPE_CHECKING

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.model.document import Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.images.options import IMAGES, ImageOptions, ImageSize
from mathblog.pipeline.beside import local_path, source_beside
from mathblog.pipeline.images.sizes import missing_attributes

if TYPE_CHECKING:
    from markdown_it.token import Token

    from mathblog.markdown.parser import Parsed

DARK = "screen and (prefers-color-scheme: dark)"  # what themes look for that have a switch; paper is white
_WIDE = 640  # pixels from which on a figure's image may be shown smaller than it is
_TAG = lazy_pattern(r"<img\b[^<>]*>", re.IGNORECASE)
_ATTRIBUTE = lazy_pattern(r"\s([A-Za-z][\w:-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=`]+)))?")
_NO_HTML = lazy_pattern(r"<(?:script|style|textarea|template)\b", re.IGNORECASE)
_END = lazy_pattern(r"\s*/?>\Z")


def complete_images(parsed: "Parsed", meta: Meta, view: FactView, options: ImageOptions, baseurl: str) -> None:
    """Give the images of a text that are the site's own what they lack. The tokens are changed.

    The first image of a text is not lazy: it may be what is seen first. What the author wrote stays.
    """
    files = ImageFiles(meta, view, baseurl)
    lazy = figure = linked = False
    for token in _with_images(parsed.tokens):
        if token.type in ("figure_open", "figure_close"):
            figure = token.nesting > 0 and token.meta["kind"] == "figure"
        elif token.type in ("link_open", "link_close"):
            linked = token.nesting > 0
        elif token.type == "image":
            address = str(token.attrs.get("src", ""))
            size = files.size(address)
            token.attrs |= missing_attributes(token.attrs, size, lazy=lazy)
            lazy = True
            if size is not None:
                if twin := files.dark_twin(address):
                    token.meta["sources"] = [{"srcset": twin.replace(" ", "%20"), "media": DARK}]
                classes = str(token.attrs.get("class", "")).split()
                is_wide = figure and size.width > _WIDE and "no-zoom" not in classes
                if options.zoom and not linked and ("zoom" in classes or is_wide):
                    token.meta["zoom"] = address
        else:
            lazy = _complete_html(token, files, lazy=lazy)


@dataclass(frozen=True, slots=True)
class ImageFiles:
    """The files that addresses of images in a document mean."""

    meta: Meta
    view: FactView
    baseurl: str

    def size(self, address: str) -> ImageSize | None:
        """The size of an image; None for one elsewhere, and where its file does not tell."""
        if not address.partition("#")[0].partition("?")[0].lower().endswith(IMAGES):
            return None
        path = local_path(address, self.meta.url, self.baseurl)
        size = self.view.get(kinds.IMAGE_SIZE, path) if path else None
        if size is None and (source := self._beside(address)):
            size = self.view.get(kinds.IMAGE_SIZE, source)
        return size

    def dark_twin(self, address: str) -> str:
        """The address of the image for a dark page: of `plot.png` it is `plot.dark.png`; '' where there is none."""
        stem, ext = posixpath.splitext(address.partition("#")[0].partition("?")[0])
        twin = f"{stem}.dark{ext}"
        path = local_path(twin, self.meta.url, self.baseurl)
        is_published = bool(path) and self.view.get(kinds.PUBLISHED, path) is not None
        return twin if is_published or self._beside(twin) else ""

    def _beside(self, address: str) -> str:
        return source_beside(self.meta, address, self.view) if self.view[kinds.HAS_BESIDE] else ""


def _with_images(tokens: "Sequence[Token]") -> "Iterator[Token]":
    """The tokens that are images or hold some in their HTML, and the ends of what images may stand in. Scripts and the like hold none."""
    for token in tokens:
        if token.type in ("figure_open", "figure_close"):
            yield token
        elif token.type == "html_block" and not token.children:
            yield from (token,) if "<img" in token.content.lower() and not _NO_HTML.search(token.content) else ()
        for child in token.children or ():
            if child.type in ("image", "link_open", "link_close") or (
                child.type == "html_inline" and "<img" in child.content.lower()
            ):
                yield child


def _complete_html(token: "Token", files: ImageFiles, *, lazy: bool) -> bool:
    """Complete the tags of images in HTML; return whether the next image is lazy."""
    pieces, end = [], 0
    for found in _TAG.finditer(token.content):
        written = {it[0].lower(): unescape("".join(it[1:])) for it in _ATTRIBUTE.findall(found[0])}
        missing = missing_attributes(written, files.size(written.get("src", "")), lazy=lazy)
        added = "".join(f' {name}="{escape(str(value))}"' for name, value in missing.items())
        close = _END.search(found[0])
        end_of_tag = close.start() if close else len(found[0])
        pieces += [token.content[end : found.start()], found[0][:end_of_tag], added, found[0][end_of_tag:]]
        end, lazy = found.end(), True
    token.content = "".join((*pieces, token.content[end:]))
    return lazy
