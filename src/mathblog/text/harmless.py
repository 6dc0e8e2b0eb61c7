"""Values of authors who are not trusted, for the HTML of a layout: shown as text, and no address that runs a script."""

import re
from html import unescape
from types import MappingProxyType

from mathblog.core.patterns import lazy_pattern

_ESCAPES = {ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("'"): "&#39;", ord("`"): "&#96;"}
_IGNORED = lazy_pattern(
    "[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufffd]+"
)  # in addresses, by browsers
_SCHEME = lazy_pattern(
    r"(?:java|vb|live)script:|data:(?!image/(?:png|jpe?g|gif|webp|avif)[;,])|(?:view-source|blob|filesystem|about):",
    re.IGNORECASE,
)


class Escaped(str):
    """Text in which nothing is left that HTML would take for markup; filters that escape leave it alone."""

    __slots__ = ()


def runs_script(address: str) -> bool:
    """Whether a browser may run what an address says: `javascript:`, `data:` but for pictures, whatever hides it."""
    if ":" not in address and "&" not in address:
        return False
    return bool(_SCHEME.match(_IGNORED.sub("", unescape(unescape(address)))))


def harmless_address(value: object) -> str:
    """The address that a value is; '' for what is no text, or runs a script."""
    return value if isinstance(value, str) and not runs_script(value) else ""


def harmless(value: object) -> object:
    """A value from YAML with all its texts escaped, keys of mappings too; '' in place of an address that runs a script."""
    if isinstance(value, str):
        return Escaped("" if runs_script(value) else value.translate(_ESCAPES))
    if type(value) is dict or isinstance(value, MappingProxyType):  # others are documents, which do so themselves
        return {harmless(key): harmless(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [harmless(item) for item in value]
    return value
