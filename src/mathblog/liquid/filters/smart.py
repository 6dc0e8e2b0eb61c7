"""`smartify`: typographic quotes, dashes and dots, as kramdown makes them in a span (Jekyll's `smartypants.rb`)."""

import html
import re

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.text import to_s

_TAG = lazy_pattern(r"(<[A-Za-z/!][^<>]*>)")
_CODE = lazy_pattern(r"<(/?)(code|pre|script|style|math)\b", re.IGNORECASE)
_ENTITY = lazy_pattern(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
_SIGNS = (("---", "—"), ("--", "–"), ("...", "…"), ("<<", "«"), (">>", "»"))
_DOUBLE_OPENING = lazy_pattern(r"(?<![^\s(\[{—–\\-])\"(?=[^\s\"])")
_SINGLE_OPENING = lazy_pattern(r"(?<![^\s(\[{—–“-])'(?=[^\s\d])")


def smartify(value: object) -> str:
    """Text with its typography; tags, comments and code stay, `&` and `<` that are none become entities."""
    text = to_s(value).replace("<<", "«").replace(">>", "»")
    parts, code = [], ""
    for part in _TAG.split(text):
        element = _CODE.match(part)
        if element and (not code or (element[1] and element[2].lower() == code)):
            code = "" if element[1] else element[2].lower()
        if code or _TAG.fullmatch(part):
            parts.append(part)
            continue
        words = part
        for plain, typographic in _SIGNS:
            words = words.replace(plain, typographic)
        words = _DOUBLE_OPENING.sub("“", words).replace('"', "”")
        words = _SINGLE_OPENING.sub("‘", words).replace("'", "’")
        parts.append(html.escape(_ENTITY.sub(lambda match: html.unescape(match[0]), words), quote=False))
    return "".join(parts)
