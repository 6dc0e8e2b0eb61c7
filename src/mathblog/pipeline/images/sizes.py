"""Images of a text are written with their sizes, so that nothing moves when they come, and are loaded when they are near."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import escape, unescape
from typing import TYPE_CHECKING

from mathblog.core.patterns import lazy_pattern
from mathblog.model.document import Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.images.options import IMAGES, ImageSize
from mathblog.pipeline.beside import local_path, source_beside

if TYPE_CHECKING:
    from markdown_it.token import Token

    from mathblog.markdown.parser import Parsed

_TAG = lazy_pattern(r"<img\b[^<>]*>", re.IGNORECASE)
_ATTRIBUTE = lazy_pattern(r"\s([A-Za-z][\w:-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=`]+)))?")
_NUMBER = lazy_pattern(r"\s*([0-9]{1,5})(?:px)?\s*")
_NO_HTML = lazy_pattern(r"<(?:script|style|textarea|template)\b", re.IGNORECASE)
_END = lazy_pattern(r"\s*/?>\Z")


def write_sizes(parsed: "Parsed", meta: Meta, view: FactView, baseurl: str) -> None:
    """Give the images of a text that are the site's own `width`, `height`, `loading`, `decoding`. The tokens are changed.

    The first image of a text is not lazy: it may be what is seen first. What the author wrote stays.
    """
    find = partial(find_size, meta=meta, view=view, baseurl=baseurl)
    lazy = False
    for token in _with_images(parsed.tokens):
        if token.type == "image":
            token.attrs |= _missing(token.attrs, find(str(token.attrs.get("src", ""))), lazy=lazy)
            lazy = True
            continue
        pieces, end = [], 0
        for found in _TAG.finditer(token.content):
            attributes = {it[0].lower(): unescape("".join(it[1:])) for it in _ATTRIBUTE.findall(found[0])}
            missing = _missing(attributes, find(attributes.get("src", "")), lazy=lazy)
            added = "".join(f' {name}="{escape(str(value))}"' for name, value in missing.items())
            close = _END.search(found[0])
            end_of_tag = close.start() if close else len(found[0])
            pieces += [token.content[end : found.start()], found[0][:end_of_tag], added, found[0][end_of_tag:]]
            end, lazy = found.end(), True
        token.content = "".join((*pieces, token.content[end:]))


def find_size(address: str, meta: Meta, view: FactView, baseurl: str) -> ImageSize | None:
    """The size of the image that an address in a text means; None for one elsewhere, and where its file does not tell."""
    if not address.partition("#")[0].partition("?")[0].lower().endswith(IMAGES):
        return None
    path = local_path(address, meta.url, baseurl)
    size = view.get(kinds.IMAGE_SIZE, path) if path else None
    if size is None and view[kinds.HAS_BESIDE] and (source := source_beside(meta, address, view)):
        size = view.get(kinds.IMAGE_SIZE, source)
    return size


def _with_images(tokens: "Sequence[Token]") -> "Iterator[Token]":
    """The tokens that are images, or hold some in their HTML; scripts and the like hold what is none."""
    for token in tokens:
        if token.type == "html_block" and not token.children:
            yield from (token,) if "<img" in token.content.lower() and not _NO_HTML.search(token.content) else ()
        for child in token.children or ():
            if child.type == "image" or (child.type == "html_inline" and "<img" in child.content.lower()):
                yield child


def _missing(written: "Mapping[str, str | int | float]", size: ImageSize | None, *, lazy: bool) -> dict[str, str | int]:
    """The attributes that an image of a size lacks. Where its author gave one side, the other one follows."""
    if size is None:
        return {}
    width, height = (_NUMBER.fullmatch(str(written.get(name, ""))) for name in ("width", "height"))
    added: dict[str, str | int] = {}
    if "width" not in written and "height" not in written:
        if "height" not in str(written.get("style", "")):
            added |= {"width": size.width, "height": size.height}
    elif width and "height" not in written:
        added["height"] = max(1, round(int(width[1]) * size.height / size.width))
    elif height and "width" not in written:
        added["width"] = max(1, round(int(height[1]) * size.width / size.height))
    added |= {"loading": "lazy"} if lazy and "loading" not in written else {}
    return added | ({"decoding": "async"} if "decoding" not in written else {})
