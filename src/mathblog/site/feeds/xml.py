"""Values -> XML that every parser accepts."""

from html import escape
from xml.etree import ElementTree as ET

from mathblog.core.patterns import lazy_pattern

# what XML 1.0 does not allow anywhere, not even as `&#…;`
_FORBIDDEN = lazy_pattern("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text without the characters that XML forbids: control characters, lone surrogates."""
    return _FORBIDDEN.sub("", text)


def add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """A new last child."""
    child = ET.SubElement(parent, tag, {name: clean(value) for name, value in attributes.items()})
    if text:
        child.text = clean(text)
    return child


def serialize(root: ET.Element) -> bytes:
    """The document as UTF-8, one element a line."""
    ET.indent(root, "")
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def with_stylesheet(document: bytes, address: str, kind: str = "text/xml") -> bytes:
    """A serialised document that names a style sheet for browsers."""
    declaration, _, rest = document.partition(b"\n")
    line = f'<?xml-stylesheet type="{kind}" href="{escape(clean(address))}"?>'.encode()
    return b"\n".join((declaration, line, rest))
