"""Locators of citations: as they are written, and as a style shows them."""

import re
from collections.abc import Mapping

from mathblog.citations.latex import plain
from mathblog.core.patterns import lazy_pattern
from mathblog.text.tex.references import WRITTEN

_LOCATORS: Mapping[str, tuple[str, str]] = {
    "page": ("p. ", "pp. "), "chapter": ("Chapter ", "Chapters "), "figure": ("Figure ", "Figures "),
    "section": ("Section ", "Sections "), "volume": ("Vol. ", "Vols. "), "line": ("line ", "lines "),
    "paragraph": ("para. ", "paras. "), "issue": ("no. ", "nos. "), "note": ("n. ", "nn. "),
    "part": ("Part ", "Parts "), "verse": ("v. ", "vv. "), "column": ("col. ", "cols. "), "folio": ("fol. ", "fols. "),
}  # fmt: skip
_SEVERAL = lazy_pattern(r"\d\s*[-–,&]|\band\b")
_BARE_PAGES = "chicago-author-date"  # its pages stand alone
_APART = lazy_pattern(rf"(\$[^$\n]+\$|{WRITTEN})")  # formulas and references
_LOCATOR = lazy_pattern(  # words that begin one without a comma before it (Pandoc's `Locator.hs`)
    r"(?:pp?\.|pages?|pgs?\.|ch(?:ap)?s?\.|chapters?|secs?\.|sections?|§+|¶+|paras?\.|paragraphs?|figs?\.|figures?|vols?\."
    r"|volumes?|cols?\.|columns?|fols?\.|folios?|lines?|l{1,2}\.|nn?\.|notes?|nos?\.|issues?|parts?|pts?\.|verses?|vv?\.|books?"
    r"|bks?\.|op\.|th(?:eore)?ms?\.?|lem(?:ma)?s?\.?|props?\.|eqs?\.|\d)",
    re.IGNORECASE,
)


def typeset(words: str) -> str:
    r"""Dashes, ties and signs (`\S`) as TeX and Markdown have them; formulas and references stay as they are."""
    parts = _APART.split(words) if "$" in words or "ref" in words else [words]
    parts[::2] = (plain(it) if "\\" in it else _tied(it) for it in parts[::2])
    return "".join(parts)


def _tied(words: str) -> str:
    return words.replace("---", "—").replace("--", "–").replace("~", "\xa0")


def read_locator(written: str) -> tuple[str, str]:
    """Read the text behind a key in brackets: a locator, or words that follow the citation."""
    behind = typeset(written.lstrip(", ").strip())
    if behind.startswith("{") and behind.find("}") == len(behind) - 1:  # Pandoc's sign that all of it is the locator
        return behind[1:-1].strip(), ""
    if not behind or written.startswith(",") or _LOCATOR.match(behind):
        return behind, ""
    return "", f" {behind}"


def locator_text(locator: str, label: str, style: str) -> str:
    """A locator with its word: `pp. 2-3`, `Chapter 3`."""
    if not locator:
        return ""
    if style == _BARE_PAGES and label in ("", "page"):
        return locator
    one, several = _LOCATORS.get(label or "page", (f"{label.title()} ", f"{label.title()}s "))
    return (several if _SEVERAL.search(locator) else one) + locator
