"""Nodes that pybtex's template language lacks for these styles: decoded fields, quoted titles, ends of sentences, dates."""

import re
from collections.abc import Sequence
from typing import Any

from pybtex.richtext import BaseText, HRef, String, Tag
from pybtex.style.template import FieldIsMissing, node

from mathblog.citations.latex import change_words, decode, plain
from mathblog.citations.rich import Context, RichText, join
from mathblog.core.patterns import lazy_pattern
from mathblog.model.citations.reference import Reference

_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "d",
        "de",
        "down",
        "for",
        "from",
        "in",
        "into",
        "nor",
        "of",
        "on",
        "onto",
        "or",
        "over",
        "so",
        "the",
        "till",
        "to",
        "up",
        "van",
        "via",
        "von",
        "vs",
        "with",
        "without",
        "yet",
    ]
)  # citeproc-js's, of one word
_WORD = lazy_pattern(r"[^\W\d_][\w'’.]*")
_LATIN = lazy_pattern(r"[A-Za-zÀ-ɏͰ-ԯ]")
_DASHES = lazy_pattern(r"(?<!\s)\s*+(?:-+|–)\s*")
_SEVERAL = lazy_pattern(r"[–,&]")
_BEFORE_DOI = lazy_pattern(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_LINK = r"\\(?:url|href)\s*\{([^{}]*)\}"
_URL = lazy_pattern(_LINK)
_BRACKETS = r"\((?:[^\s{}()<>]|\([^\s{}()<>]*\))*\)"  # of an address, two deep: `wiki/Foo_(bar)`
_WRITTEN = rf"(?:{_LINK}(?:\s*\{{[^{{}}]*\}})?|(https?://(?:[^\s{{}}()<>]|{_BRACKETS})+(?<![.,;])))"
_ADDRESS = lazy_pattern(_WRITTEN)
_ADDRESS_ALONE = lazy_pattern(rf"[{{<\s]*{_WRITTEN}[}}>.,;\s]*")
_ENDS = ".?!"
_NEAR = 40  # characters before a word that tell whether it begins a title
_NO_BEGINNING = ("'", "’", "`", "@", "/", ".", ":")  # of a word that could have a capital


def _reference(context: Context) -> Reference:
    reference: Reference = context["entry"]
    return reference


def _missing(context: Context, name: str) -> Exception:
    """The exception that `optional` of the template language waits for."""
    error: Exception = FieldIsMissing(name, _reference(context))
    return error


def _value(context: Context, names: Sequence[str]) -> str:
    fields = _reference(context).fields
    for name in names:
        if value := fields.get(name, "").strip():
            return value
    raise _missing(context, names[0])


@node  # type: ignore[untyped-decorator]
def value(_children: Sequence[Any], context: Context, *names: str) -> BaseText:
    """The first of some fields that the entry has, decoded."""
    return decode(_value(context, names))


@node  # type: ignore[untyped-decorator]
def plain_value(_children: Sequence[Any], context: Context, *names: str) -> BaseText:
    """The same without marks."""
    return String(plain(_value(context, names)))


@node  # type: ignore[untyped-decorator]
def pages(
    _children: Sequence[Any], context: Context, single: str = "", several: str = "", *, short: bool = False
) -> BaseText:
    """The pages with an en dash; `single` or `several` before them. With `short` as Chicago cuts them: 290–97."""
    words = _DASHES.sub("–", plain(_value(context, ["pages"])).replace("—", "–"))
    label = several if _SEVERAL.search(words) else single
    if short:
        words = re.sub(r"(?<!\d)\d++–\d+", lambda found: shorten_range(found[0]), words)
    return String(label + words)


def shorten_range(pages: str) -> str:
    """Chicago's rule for a range of pages (Manual of Style 9.61): 290–97, 101–8, 100–104, 1–2."""
    first, _, last = pages.partition("–")
    if len(first) != len(last) or len(first) < 3 or first.endswith("00"):  # noqa: PLR2004 - of three digits
        return pages
    same = next((place for place, digit in enumerate(first) if digit != last[place]), len(first))
    kept = last[same:] if first[-2] == "0" else last[min(same, len(last) - 2) :]
    return f"{first}–{kept}"


@node  # type: ignore[untyped-decorator]
def quoted(children: Sequence[Any], context: Context, end: str = "") -> BaseText:
    """A title in quotes, `end` before the closing one. Quotes in it become single ones."""
    inner = join[children].format_data(context)
    written = str(inner)
    if "“" in written or "”" in written:
        inner = change_words(inner, _single, protected=_single)
    return RichText("“", close(inner, end), "”")


def _single(words: str) -> str:
    return words.replace("“", "‘").replace("”", "’")


def close(text: BaseText, end: str) -> BaseText:
    """A text with a sign at its end, which stands before closing quotes and is left out behind `.`, `?`, `!`."""
    written = str(text)
    if not written or not end:
        return text
    stripped = written.rstrip("”’")
    quotes = len(written) - len(stripped)
    if quotes and not re.search(r"[“‘]", written):  # an apostrophe
        stripped, quotes = written, 0
    if stripped.endswith((*_ENDS, end)) and not (end == "," and stripped.endswith(".")):
        return text
    size = len(text)
    return RichText(text[: size - quotes], end, text[size - quotes :]) if quotes else RichText(text, end)


@node  # type: ignore[untyped-decorator]
def ended(children: Sequence[Any], context: Context, end: str = ".", sep: str = " ") -> BaseText:
    """Parts, and a sign at their end unless they end in one."""
    return close(join(sep)[children].format_data(context), end)


@node  # type: ignore[untyped-decorator]
def with_commas(children: Sequence[Any], context: Context) -> BaseText:
    """Parts with commas between them, which stand before closing quotes, as in American English."""
    parts = [text for child in children if (text := join[child].format_data(context))]
    whole = parts[0] if parts else RichText()
    for part in parts[1:]:
        is_quoted = str(whole).endswith("”")
        whole = RichText(close(whole, ",") if is_quoted else RichText(whole, ","), " ", part)
    return whole


@node  # type: ignore[untyped-decorator]
def italic(children: Sequence[Any], context: Context, *, latin: bool = False) -> BaseText:
    """Parts in italics; with `latin` only where they have letters that have italics."""
    text = join[children].format_data(context)
    return text if latin and not _LATIN.search(str(text)) else Tag("i", text)


@node  # type: ignore[untyped-decorator]
def bold(children: Sequence[Any], context: Context) -> BaseText:
    """Parts in bold."""
    return Tag("b", join[children].format_data(context))


@node  # type: ignore[untyped-decorator]
def title_case(children: Sequence[Any], context: Context) -> BaseText:
    """Words with capitals, as English titles have them; braces protect what they hold."""
    return capitals(join[children].format_data(context))


def capitals(text: BaseText) -> BaseText:
    """A title with a capital at each word but the small ones."""
    before = ""

    def change(words: str) -> str:
        nonlocal before

        def capital(found: re.Match[str]) -> str:
            word, earlier = found[0], (before + words[max(found.start() - _NEAR, 0) : found.start()])[-_NEAR:]
            begins = not earlier.strip() or earlier.rstrip().endswith((":", "?", "!", "“"))
            fixed = not word.islower() or earlier[-1:].isalnum() or earlier.endswith(_NO_BEGINNING)
            return word if fixed or (word in _SMALL_WORDS and not begins) else word[0].upper() + word[1:]

        changed = _WORD.sub(capital, words)
        keep(words)
        return changed

    def keep(words: str) -> str:
        nonlocal before
        before = (before + words)[-_NEAR:]
        return words

    return change_words(text, change, protected=keep)


def address_of(reference: Reference) -> str:
    """The address of an entry that is no DOI: its `url`, the page of its e-print, one in `howpublished`, else a `note` that is nothing but one."""
    fields = reference.fields
    if url := plain_address(fields.get("url", "")):
        return url
    eprint = plain(fields.get("eprint", "")).strip()
    kind = plain(fields.get("archiveprefix", fields.get("eprinttype", "arxiv"))).casefold()
    if eprint and kind == "arxiv":
        return f"https://arxiv.org/abs/{eprint}"
    found = _ADDRESS.search(fields.get("howpublished", "")) or _ADDRESS_ALONE.fullmatch(fields.get("note", ""))
    return plain_address(found[1] or found[2] or "") if found else ""


def is_address(text: str) -> bool:
    """Whether a field is nothing but an address."""
    return _ADDRESS_ALONE.fullmatch(text) is not None


def plain_address(raw: str) -> str:
    r"""An address as it is written in a field, or in `\url{…}`."""
    if "\\" in raw:
        found = _URL.search(raw)
        raw = re.sub(r"\\([%#&_~{}$])", r"\1", (found[1] if found else raw).strip())
    return raw.strip().replace("{", "").replace("}", "")


def doi_of(reference: Reference) -> str:
    """The DOI of an entry without the address before it, as some write it."""
    doi = plain_address(reference.fields.get("doi", ""))
    return _BEFORE_DOI.sub("", doi)


@node  # type: ignore[untyped-decorator]
def doi(_children: Sequence[Any], context: Context, before: str = "https://doi.org/") -> BaseText:
    """The DOI as a link, `before` and all."""
    found = doi_of(_reference(context))
    if not found:
        raise _missing(context, "doi")
    address = f"https://doi.org/{found}"
    shown = HRef(address, address if before == "https://doi.org/" else found)
    return shown if before == "https://doi.org/" else RichText(before, shown)


@node  # type: ignore[untyped-decorator]
def web(_children: Sequence[Any], context: Context) -> BaseText:
    """The address of an entry as a link."""
    found = address_of(_reference(context))
    if not found:
        raise _missing(context, "url")
    return HRef(found, found)
