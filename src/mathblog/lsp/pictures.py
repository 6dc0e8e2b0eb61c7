"""A formula as a picture in a hover: its MathML in an SVG, for editors that Chromium draws. No other draws MathML in an image."""

import base64
import re

from lsprotocol import types

from mathblog.core.patterns import lazy_pattern

_MATH = lazy_pattern(r"<math.*?</math>", re.DOTALL)
_UNSEEN = lazy_pattern(r"<annotation.*?</annotation>", re.DOTALL)
_TAG = lazy_pattern(r"<[^>]*>")
_ROW = lazy_pattern(r"<mtr[^>]*>")
_STRUT = lazy_pattern(r'class="katex-strut" style="height:([\d.]+)em')
_EDITORS = ("Visual Studio Code", "VSCodium", "Code - OSS", "Cursor")
_PIXELS, _WIDEST = 18, 45  # of an em; em
_STYLE = (
    f"svg{{color:#24292f}}@media(prefers-color-scheme:dark){{svg{{color:#d7dbe0}}}}"
    f"math{{display:inline math;font-size:{_PIXELS}px}}"
)


def takes_pictures(params: types.InitializeParams) -> bool:
    """Whether an editor shows Markdown in its hovers, and draws it with Chromium."""
    about = params.capabilities.text_document and params.capabilities.text_document.hover
    formats = (about and about.content_format) or ()
    name = params.client_info.name if params.client_info else ""
    return types.MarkupKind.Markdown in formats and name.startswith(_EDITORS)


def picture(html: str) -> str:
    """The address (`data:`) of a picture of a formula that KaTeX rendered; '' where it was refused.

    The height is KaTeX's. The width is that of as many letters as the longest row has: blank at the right rather than cut off.
    """
    found = _MATH.search(html)
    if found is None:
        return ""
    math = _UNSEEN.sub("", found[0])
    longest = max(len(_TAG.sub("", row)) for row in _ROW.split(math))
    width = _PIXELS * min(_WIDEST, 2 + 0.75 * longest)
    height = _PIXELS * (0.8 + 1.25 * max(map(float, _STRUT.findall(html)), default=2))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}"><style>{_STYLE}</style>'
        f'<foreignObject width="100%" height="100%"><div xmlns="http://www.w3.org/1999/xhtml" style="padding:6px">{math}</div>'
        "</foreignObject></svg>"
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
