"""The people of an entry: BibTeX's names, split by pybtex, decoded, and the forms that styles write them in."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from pybtex.bibtex.utils import split_name_list
from pybtex.database import InvalidNameString, Person

from mathblog.citations.latex import plain
from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.model.citations.reference import Reference

_EAST_ASIAN = lazy_pattern(
    r"[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    r"\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\s·・]+"
)
_PARTICLES = frozenset(
    ("van", "von", "de", "der", "den", "del", "della", "di", "da", "la", "le", "du", "dos", "af", "zu")
)
AND = lazy_pattern(r" [Aa][Nn][Dd] ")  # of a field, whose blanks are single ones
_WORDS = r"[^\W\d_](?:-?[\w.])*(?: [^\W\d_](?:-?[\w.])*)*"
_PLAIN = lazy_pattern(rf"({_WORDS}), ({_WORDS})")  # `Knuth, Donald E.`, of which pybtex makes no more
_LETTER = lazy_pattern(r"[^\W\d_]")
ET_AL = "et al."
OTHERS = "others"  # the last name of a list that goes on: BibTeX's `and others`
_NAMES_OF_TEXT = 2
_ET_AL = r"et[.~\s\\]*al\.?"
_WRITTEN_ET_AL = lazy_pattern(  # what stands for it in many a file, behind a name or alone
    rf"(?<![\s~,])(?:\A|[\s~,]+)(?:{_ET_AL}|(?:\\(?:emph|textit) ?)?\{{(?:\\(?:em|it) +)?{_ET_AL}\}})\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts. A name in Chinese, Japanese or Korean letters is `last` alone, whole."""

    last: str
    first: str = ""
    von: str = ""
    suffix: str = ""

    @property
    def family(self) -> str:
        """The name by which a text cites somebody."""
        return f"{self.von} {self.last}".strip()

    @property
    def initials(self) -> str:
        """`C.-J.` of `Charles-Jean`, `D. E.` of `Donald E.`; a particle behind them stays whole: `L. van`."""
        words = [[part for part in word.split("-") if part] for word in self.first.replace(".", ". ").split()]
        return " ".join(
            parts[0]
            if number and parts and parts[0] in _PARTICLES
            else "-".join(f"{found[0].upper()}." if (found := _LETTER.search(part)) else part for part in parts)
            for number, parts in enumerate(words)
        )


@lru_cache(maxsize=4096)
def read_names(value: str) -> tuple[Name, ...]:
    """The names of a field, joined by `and`. The last one is `OTHERS` where there are more, as all of BibTeX's styles say it."""
    names: list[Name] = []
    listed, goes_on = _listed(value)
    for written in listed:
        if (found := _PLAIN.fullmatch(written)) and all(word[0].isupper() for word in found[1].split()):
            names.append(Name(found[1], found[2]))
            continue
        whole = plain(written).replace("\xa0", " ").strip()
        if _EAST_ASIAN.fullmatch(whole.replace(",", "")):
            names.append(Name(re.sub(r"[\s,]+", "", whole)))
            continue
        try:
            person = Person(written)
        except InvalidNameString:
            names.append(Name(whole))
            continue
        first, von = _join([*person.first_names, *person.middle_names]), _join(person.prelast_names)
        names.append(Name(_join(person.last_names), first, von, _join(person.lineage_names)))
    return (*names, Name(OTHERS)) if names and goes_on else tuple(names)


def _listed(value: str) -> tuple[list[str], bool]:
    """The names of a field as they are written, and whether it says at its end that there are others; elsewhere these are nobody."""
    listed = [it.strip() for it in (split_name_list(value) if "{" in value else AND.split(value)) if it.strip()]
    named = [_WRITTEN_ET_AL.sub("", name) for name in listed]
    goes_on = bool(listed) and (named[-1] != listed[-1] or named[-1].casefold() == OTHERS)
    return [name for name in named if name and name.casefold() != OTHERS], goes_on


def named_in_text(names: Sequence[Name], joiner: str) -> str:
    """Whom a text names: one, two with `joiner` between them, or the first of more."""
    if len(names) > _NAMES_OF_TEXT or names[-1].last == OTHERS:
        return f"{names[0].family} {ET_AL}"
    return joiner.join(name.family for name in names)


def _join(parts: Sequence[str]) -> str:
    return " ".join(plain(part) for part in parts).replace("\xa0", " ").strip()


def people(reference: Reference, role: str) -> tuple[Name, ...]:
    """The names of a role, `author` or `editor`."""
    value = reference.fields.get(role, "")
    return read_names(value) if value else ()


def sort_key(text: str) -> tuple[object, ...]:
    """An order of words as readers expect it: without accents and case, Latin before Hangul, kana and Han."""
    folded = "".join(
        char
        for char in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(char) and (char.isalnum() or char.isspace())
    )
    key: list[tuple[int, str]] = []
    for char in unicodedata.normalize("NFC", folded):
        is_hangul = "\u1100" <= char < "\u1200" or "\uac00" <= char <= "\ud7ff"
        script = 0 if char < "\u1100" else 1 if is_hangul else 2 if char < "\u3400" else 3
        key.append((script, char))
    return tuple(key)
