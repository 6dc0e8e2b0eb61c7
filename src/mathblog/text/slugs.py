"""Words for addresses: Jekyll's `slugify` in all its modes (`lib/jekyll/utils.rb`)."""

import unicodedata
from functools import lru_cache

from mathblog.core.patterns import lazy_pattern

_KEPT_PRETTY = frozenset("._~!$&'()+,;=@")
_ASCII = lazy_pattern(r"[^A-Za-z0-9]+")
_SPACE = lazy_pattern(r"[ \t\r\n\f\v]+")
_EDGES = lazy_pattern(r"\A-|-\Z")
# letters that do not come apart in Unicode, as Ruby's I18n writes them
_LATIN = dict(
    zip(
        "ÆÐ×ØÞßæðøþĐđĦħıĲĳĸĿŀŁłŉŊŋŒœŦŧ",
        [
            "AE",
            "D",
            "x",
            "O",
            "Th",
            "ss",
            "ae",
            "d",
            "o",
            "th",
            "D",
            "d",
            "H",
            "h",
            "i",
            "IJ",
            "ij",
            "k",
            "L",
            "l",
            "L",
            "l",
            "'n",
            "NG",
            "ng",
            "OE",
            "oe",
            "T",
            "t",
        ],
        strict=True,
    )
)
_LATIN_FIRST, _LATIN_LAST = "\u00c0", "\u017e"


@lru_cache(maxsize=8192)
def slugify(text: str, mode: str = "default", *, cased: bool = False) -> str:
    """`text` with all that does not belong into an address replaced by hyphens.

    `mode` is `raw` (blanks only), `default` (all but letters, marks and digits of any script), `pretty` (keeps
    `._~!$&'()+,;=@` too), `ascii`, or `latin` (accents dropped first); with any other mode the text is kept. One hyphen at
    each end is cut; letters become small unless `cased`. The result may be empty.
    """
    if mode == "latin":
        text = transliterate(text)
    if mode == "raw":
        slug = _SPACE.sub("-", text)
    elif mode == "ascii":
        slug = _ASCII.sub("-", text)
    elif mode in ("default", "latin", "pretty"):
        kept = _KEPT_PRETTY if mode == "pretty" else frozenset()
        slug, hole = "", False
        for char in text:
            category = unicodedata.category(char)
            stays = char in kept or category[0] in "LM" or category == "Nd"  # Ruby's `[\p{M}\p{L}\p{Nd}]`
            slug += char if stays else "" if hole else "-"
            hole = not stays
    else:
        return text if cased else text.lower()
    slug = _EDGES.sub("", slug)
    return slug if cased else slug.lower()


def transliterate(text: str) -> str:
    """Latin letters without their accents, `?` for every other character that is not ASCII (Ruby's `I18n.transliterate`)."""
    parts: list[str] = []
    for char in text:
        if char.isascii():
            parts.append(char)
        elif char in _LATIN:
            parts.append(_LATIN[char])
        else:
            plain = unicodedata.normalize("NFD", char)[0] if _LATIN_FIRST <= char <= _LATIN_LAST else "?"
            parts.append(plain if plain.isascii() else "?")
    return "".join(parts)


def titleize(slug: str) -> str:
    """The title Jekyll makes of a slug: `nodate_Mixed.Case-Hello` -> `Nodate_mixed.case Hello`."""
    return " ".join(map(str.capitalize, slug.rstrip("-").split("-")))
