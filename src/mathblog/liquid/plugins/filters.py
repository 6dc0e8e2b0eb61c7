"""Filters of Ruby plugins that themes bring along: al-folio's, jekyll-email-protect's and jekyll-emoji's."""

import re

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.context import Context
from mathblog.liquid.text import to_s
from mathblog.text.slugs import transliterate

_EMOJI = lazy_pattern(r":([a-z0-9_+-]+):")


def remove_accents(value: object) -> str:
    """Latin letters without accents, `?` for what else is not ASCII (al-folio's `remove-accents.rb`)."""
    return transliterate(to_s(value))


def hide_custom_bibtex(value: object, *, context: Context) -> str:
    """A BibTeX entry without the lines of the fields that `filtered_bibtex_keywords` names (`hide-custom-bibtex.rb`)."""
    text = to_s(value)
    site = context.find("site")
    words = site.get("filtered_bibtex_keywords") if hasattr(site, "get") else None
    for word in words if isinstance(words, list | tuple) else ():
        text = re.sub(rf"^.*\b{re.escape(to_s(word))}\b *= *\{{.*$\n", "", text, flags=re.MULTILINE)
    return text


def encode_email(value: object) -> str:
    """An address with its letters and digits as `%61` (jekyll-email-protect's `email-protect.rb`)."""
    return "".join(
        "".join(f"%{byte:02X}" for byte in char.encode()) if char.isalnum() else char for char in to_s(value)
    )


def emojify(value: object, *_: object) -> str:
    """A text with `:smile:` as characters; a name that nobody knows stays as it is written."""
    text = to_s(value)
    if not _EMOJI.search(text):
        return text
    from emoji import emojize

    return _EMOJI.sub(lambda found: emojize(found[0], language="alias"), text)
