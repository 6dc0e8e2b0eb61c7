"""How a post is cited by others: a sentence, BibTeX, and what Google Scholar reads."""

from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern
from mathblog.model.document import Meta
from mathblog.text.english_dates import MONTHS
from mathblog.text.slugs import transliterate

_SPECIAL = lazy_pattern(r"[&%$#_]")
_NO_LETTER = lazy_pattern(r"[^a-z0-9]+")


class PostCitation(NamedTuple):
    """A post for the lists of others: `sentence` is as APA has it, `date` as `citation_publication_date` wants it."""

    sentence: str
    bibtex: str
    date: str
    authors: tuple[str, ...]


def cite_post(title: str, meta: Meta, authors: tuple[str, ...], address: str, site: str) -> PostCitation | None:
    """The citation of a post by somebody on a day; None for others."""
    date = meta.date
    if date is None or not authors or not title:
        return None
    month = MONTHS[date.month - 1]
    several = f"{', '.join(authors[:-1])} and {authors[-1]}" if authors[1:] else authors[0]
    parts = [f"{several} ({date.year}, {month} {date.day})", title, site, address]
    sentence = ". ".join(part.rstrip(".") for part in parts if part)
    surname = _NO_LETTER.sub("", transliterate(authors[0].rsplit(maxsplit=1)[-1]).lower())
    words = _NO_LETTER.sub("", transliterate(meta.slug or title).lower())
    fields = {
        "author": " and ".join(map(_tex, authors)),
        "title": f"{{{_tex(title)}}}",
        "year": str(date.year),
        "month": month[:3].lower(),
        "day": str(date.day),
        "howpublished": f"\\url{{{address}}}",
    }
    lines = ",\n".join(f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields.items())
    return PostCitation(
        sentence, f"@misc{{{surname or 'post'}{date.year}{words},\n{lines}\n}}", f"{date:%Y/%m/%d}", authors
    )


def _tex(words: str) -> str:
    """Words as TeX reads them."""
    return _SPECIAL.sub(lambda sign: f"\\{sign[0]}", words.replace("\\", "").replace("{", "").replace("}", ""))
