"""Filters that make addresses (Jekyll's `filters/url_filters.rb`)."""

import re
from collections.abc import Mapping
from urllib.parse import quote, quote_plus, unquote

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.context import Context
from mathblog.liquid.text import to_s
from mathblog.text import urls

_RESERVED = "!#$&'()*+,/:;=?@[]-._~"
_SCHEME = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]*:")


def relative_url(value: object, *, context: Context) -> object:
    """The base URL before a path; an address with a scheme is left alone. A page stands for its URL."""
    if value is None:
        return None
    return urls.relative_url(context.run.baseurl, _address(value))


def absolute_url(value: object, *, context: Context) -> object:
    """The site's address and base URL before a path."""
    if value is None:
        return None
    text = _address(value)
    if _SCHEME.match(text):
        return text
    relative = urls.relative_url(context.run.baseurl, text)
    return context.run.url + (relative or "/") if context.run.url else relative


def strip_index(value: object) -> object:
    """An address without `index.html` at its end."""
    return None if value is None else re.sub(r"/index\.html?$", "/", to_s(value))


def cgi_escape(value: object) -> str:
    """Text for a query: spaces become `+`."""
    return quote_plus(to_s(value), safe="")


def uri_escape(value: object) -> str:
    """Text for an address: what has a meaning in an address stays."""
    return quote(unquote(to_s(value)), safe=_RESERVED)


def _address(value: object) -> str:
    return to_s(value["url"]) if isinstance(value, Mapping) and "url" in value else to_s(value)
