"""Images of a text as the page has them: with sizes, with a dark twin, and in a link to the whole image."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from typing import TYPE_CHECKING, NamedTuple

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.model.compiled import FileBeside
from mathblog.model.document import Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.images.options import IMAGES, VARIED, ImageOptions, ImageSize, VariantOptions
from mathblog.pipeline.beside import local_path, source_beside
from mathblog.pipeline.images.sizes import missing_attributes
from mathblog.text.html_tags import start_tags

if TYPE_CHECKING:
    from markdown_it.token import Token

    from mathblog.markdown.parser import Parsed

DARK = "screen and (prefers-color-scheme: dark)"  # what themes look for that have a switch; paper is white
_SIZES = "(max-width: 40rem) 100vw, 40rem"  # of an image in a text: about the measure of the themes
_WIDE = 640  # pixels from which on a figure's image may be shown smaller than it is
_ATTRIBUTE = lazy_pattern(r"\s([A-Za-z][\w:-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=`]+)))?")
_NO_HTML = lazy_pattern(r"<(?:script|style|textarea|template)\b", re.IGNORECASE)
_END = lazy_pattern(r"(?<!\s)\s*+/?>\Z")


def complete_images(
    parsed: "Parsed", files: "ImageFiles", options: ImageOptions, *, safe: bool
) -> tuple[FileBeside, ...]:
    """Give the images of a text that are the site's own what they lack; return the variants that they name. The tokens are changed.

    The first image of a text is not lazy: it may be what is seen first. What the author wrote stays. A `safe` text has no pictures but
    those that are images.
    """
    lazy = figure = linked = False
    variants: dict[FileBeside, None] = {}
    for token in _with_images(parsed.tokens):
        if token.type in ("figure_open", "figure_close"):
            figure = token.nesting > 0 and token.meta["kind"] == "figure"
        elif token.type in ("link_open", "link_close"):
            linked = token.nesting > 0
        elif token.type != "image":
            lazy = _complete_html(token, files, lazy=lazy)
        else:
            image = files.find(str(token.attrs.get("src", "")))
            asked = str(token.attrs.get("width", ""))
            token.attrs |= missing_attributes(token.attrs, image and image.size, lazy=lazy)
            lazy = True
            if image is None:
                continue
            if not safe and (
                sources := _sources(
                    image, files, options.variants, f"{asked}px" if asked.isdecimal() else _SIZES, variants
                )
            ):
                token.meta["sources"] = sources
            classes = str(token.attrs.get("class", "")).split()
            is_wide = figure and image.size.width > _WIDE and "no-zoom" not in classes
            if options.zoom and not linked and ("zoom" in classes or is_wide):
                token.meta["zoom"] = image.address
    return tuple(variants)


class ImageFile(NamedTuple):
    """An image of the site's own: its address as it was written, its size, the name of its facts, and where its variants are published."""

    address: str
    size: ImageSize
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class ImageFiles:
    """The files that addresses of images in a document mean."""

    meta: Meta
    view: FactView
    baseurl: str

    def find(self, address: str) -> ImageFile | None:
        """An image; None for one elsewhere, and where its file does not tell its size."""
        bare = _bare(address)
        if not bare.lower().endswith(IMAGES):
            return None
        path = local_path(bare, self.meta.url, self.baseurl)
        is_published = bool(path) and self.view.get(kinds.PUBLISHED, path) is not None
        name = path if is_published else source_beside(self.meta, bare, self.view)
        size = self.view.get(kinds.IMAGE_SIZE, name) if name else None
        return ImageFile(address, size, name, path) if size is not None else None

    def dark_twin(self, address: str) -> str:
        """The address of the image for a dark page: of `plot.png` it is `plot.dark.png`; '' where there is none."""
        stem, ext = posixpath.splitext(_bare(address))
        twin = f"{stem}.dark{ext}"
        path = local_path(twin, self.meta.url, self.baseurl)
        is_published = bool(path) and self.view.get(kinds.PUBLISHED, path) is not None
        return twin if is_published or source_beside(self.meta, twin, self.view) else ""

    def refusal(self, address: str) -> str:
        """Why no variants can be made of an image, '' where they can, and where it should have none."""
        image = self.find(address)
        return (self.view.get(kinds.UNVARIED, image.name) if image else None) or ""

    def variants(self, image: ImageFile, options: VariantOptions) -> list[FileBeside]:
        """The variants that an image is to have; none where its file cannot have any, or the site has files of its own there."""
        if not image.path or not image.path.lower().endswith(VARIED) or not self.meta.output_path:
            return []
        widths = options.forms(image.size.width)
        if not widths or self.view.get(kinds.UNVARIED, image.name) is not None:
            return []
        found = [
            FileBeside(f"{image.path}.{width}.{form}", image.name, f"{width} {form}")
            for form in options.formats
            for width in widths
        ]
        return [] if any(self.view.get(kinds.PUBLISHED, file.path) for file in found) else found


def _sources(
    image: ImageFile, files: ImageFiles, options: VariantOptions | None, shown: str, variants: dict[FileBeside, None]
) -> list[dict[str, str]]:
    """The attributes of the elements `source` of an image: its dark twin's, then its own. Their variants are noted; `shown` says how wide it is."""
    sources: list[dict[str, str]] = []
    twin = files.dark_twin(image.address)
    for address, file, media in ((twin, files.find(twin), {"media": DARK}), (image.address, image, {})):
        made = files.variants(file, options) if file and options else []
        variants |= dict.fromkeys(made)
        quoted = address.replace(" ", "%20")
        for form in dict.fromkeys(it.form.partition(" ")[2] for it in made):
            widths = [it.form.partition(" ")[0] for it in made if it.form.endswith(form)]
            srcset = ", ".join(f"{_bare(quoted)}.{width}.{form} {width}w" for width in widths)
            sources.append({"type": f"image/{form}", "srcset": srcset, "sizes": shown, **media})
        if address and media:
            sources.append({"srcset": quoted, **media})
    return sources


def _bare(address: str) -> str:
    return address.partition("#")[0].partition("?")[0]


def _with_images(tokens: "Sequence[Token]") -> "Iterator[Token]":
    """The tokens that are images or hold some in their HTML, and the ends of what images may stand in. Scripts and the like hold none."""
    for token in tokens:
        if token.type in ("figure_open", "figure_close"):
            yield token
        elif token.type == "html_block" and not token.children:
            yield from (token,) if "<img" in token.content.lower() and not _NO_HTML.search(token.content) else ()
        for child in token.children or ():
            if child.type in ("image", "link_open", "link_close") or (
                child.type in ("html_inline", "html_block") and "<img" in child.content.lower()
            ):
                yield child


def _complete_html(token: "Token", files: ImageFiles, *, lazy: bool) -> bool:
    """Complete the tags of images in HTML; return whether the next image is lazy."""
    pieces, end = [], 0
    for tag in start_tags(token.content):
        if tag.name != "img":
            continue
        html = token.content[tag.start : tag.end]
        written = {it[0].lower(): unescape("".join(it[1:])) for it in _ATTRIBUTE.findall(html)}
        image = files.find(written.get("src", ""))
        missing = missing_attributes(written, image and image.size, lazy=lazy)
        added = "".join(f' {name}="{escape(str(value))}"' for name, value in missing.items())
        close = _END.search(html)
        end_of_tag = close.start() if close else len(html)
        pieces += [token.content[end : tag.start], html[:end_of_tag], added, html[end_of_tag:]]
        end, lazy = tag.end, True
    token.content = "".join((*pieces, token.content[end:]))
    return lazy
