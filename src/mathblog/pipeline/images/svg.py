"""A drawing in SVG without what runs or loads anything."""

import re
from collections import Counter
from collections.abc import Mapping
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from mathblog.core.patterns import lazy_pattern

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_DRAWS = (
    "a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix "
    "feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR "
    "feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile "
    "feTurbulence filter g image line linearGradient marker mask path pattern polygon polyline radialGradient rect stop "
    "style svg switch symbol text textPath title tspan use view"
)
_ELEMENTS = frozenset(_DRAWS.split())
_HERE = lazy_pattern(r"\s*(?:#|data:image/(?:png|jpe?g|gif|webp)[;,])", re.IGNORECASE)
_WEB = lazy_pattern(r"\s*(?:https?:|mailto:|#)", re.IGNORECASE)
# of a style: what loads from elsewhere, or hides it
_URL = r"url\(\s*['\"]?(?!\s*['\"]?(?:#|data:(?:image|font)/))"
_LOADS = lazy_pattern(rf"{_URL}|@import|expression|behaviou?r|-moz-binding|image-set|src\(|\\", re.IGNORECASE)
_LOADED = lazy_pattern(_URL, re.IGNORECASE)  # of any other attribute


def clean_svg(content: bytes | str) -> tuple[bytes, tuple[str, ...]]:
    """A drawing without what runs or loads anything, and what was taken out of it.

    Elements of SVG that draw stay, with attributes that are no handlers; addresses lead to the drawing itself or to pictures that it
    holds, those of links to the web.

    Raises:
        ValueError: where it is no XML, or declares entities.

    """
    cleaning = _Cleaning()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.EntityDeclHandler = cleaning.refuse
    parser.StartElementHandler, parser.EndElementHandler = cleaning.start, cleaning.end
    parser.CharacterDataHandler = cleaning.text
    try:
        parser.Parse(content, True)  # noqa: FBT003 - its only form
    except expat.ExpatError as error:
        message = f"it is no XML: {error}"
        raise ValueError(message) from error
    return cleaning.result(), tuple(cleaning.taken)


class _Cleaning:
    """The handlers of a parser that writes down again what may stay. `taken` are names of what was left out."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self._written: list[str] = []
        self._left_out = 0  # elements that are open inside of one that is left out, with it
        self._style: list[str] | None = None

    def refuse(self, *_declaration: object) -> None:
        """Stop at a declared entity: a few of them make a text of any length."""
        message = "it declares entities"
        raise ValueError(message)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        namespace, _, local = name.rpartition(" ")
        if self._left_out or local not in _ELEMENTS or namespace not in ("", _SVG):
            if not self._left_out and namespace in ("", _SVG) and local != "metadata":
                self.taken[f"<{local}>"] += 1
            self._left_out += 1
            return
        kept = "".join(
            f" {shown}={quoteattr(value)}"
            for written, value in attributes.items()
            if (shown := self._attribute(local, written, value))
        )
        roots = f' xmlns="{_SVG}" xmlns:xlink="{_XLINK}"' if not self._written else ""
        self._written.append(f"<{local}{roots}{kept}>")
        if local == "style":
            self._style = []

    def _attribute(self, element: str, written: str, value: str) -> str:
        """The name under which an attribute stays, '' for one that does not."""
        namespace, _, local = written.rpartition(" ")
        shown = {"": local, _XLINK: f"xlink:{local}", _XML: f"xml:{local}"}.get(namespace, "")
        if local == "href":
            harmless = bool((_WEB if element == "a" else _HERE).match(value))
        else:
            harmless = not (_LOADS if local == "style" else _LOADED).search(value)
        if not shown or shown == "xml:base":
            return ""
        if local.lower().startswith("on") or not harmless:
            self.taken[local] += 1
            return ""
        return shown

    def end(self, name: str) -> None:
        """End an element."""
        if self._left_out:
            self._left_out -= 1
            return
        if self._style is not None:
            rules = "".join(self._style)
            if _LOADS.search(rules):
                self.taken["@import"] += 1
                rules = ""
            self._written.append(escape(rules))
            self._style = None
        self._written.append(f"</{name.rpartition(' ')[2]}>")

    def text(self, data: str) -> None:
        """A text between tags."""
        if self._style is not None:
            self._style.append(data)
        elif not self._left_out and self._written:
            self._written.append(escape(data))

    def result(self) -> bytes:
        """The drawing.

        Raises:
            ValueError: where nothing is left of it.

        """
        if not self._written:
            message = "it is no drawing"
            raise ValueError(message)
        return ("".join(self._written) + "\n").encode()
