"""Names and dates of languages by Unicode's CLDR. Babel brings them; it is loaded for a language of which the theme knows less."""

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

_THREE = 3  # letters of a code of ISO 639-3, of which CLDR names few
# the fields of a long date (Unicode TR 35) as `strftime` codes
_CODES = {
    "y": "%Y",
    "yyyy": "%Y",
    "M": "%-m",
    "MM": "%m",
    "MMM": "%b",
    "MMMM": "%B",
    "LLLL": "%B",
    "d": "%-d",
    "dd": "%d",
    "EEEE": "%A",
}
_FIELD = r"'([^']*)'|[A-Za-z]+"


def is_language(tag: str) -> bool:
    """Whether a tag begins with the code of a language, one that CLDR names, was called so once, or of three letters."""
    from babel import Locale
    from babel.core import get_global

    first = _first(tag)
    if len(first) == _THREE:
        return first.isascii() and first.isalpha()
    return first in Locale("en").languages or first in get_global("language_aliases")


def suggest_code(name: str) -> str:
    """The next step for a name that is no language's code: the code of the language that is called so in English, `de` for `german`."""
    from babel import Locale

    names = {word.lower(): code for code, word in Locale("en").languages.items()}
    code = names.get(name.strip().lower(), "")
    return f"did you mean `{code}`?" if code else "write the code of a language, such as `de` or `pt-BR`"


@cache
def name_language(tag: object) -> str:
    """A language's own name for itself, to be listed: `Deutsch`, `Français`; the tag where CLDR has none."""
    locale = _find_locale(str(tag))
    name = str(locale.get_display_name() or "") if locale else ""
    return name[:1].upper() + name[1:] if name else str(tag)


@cache
def date_words(tag: str) -> Mapping[str, object]:
    """The words of dates in a language, `date` (a pattern of `strftime` codes), `months` and `days`; none of what CLDR does not know."""
    locale = _find_locale(tag)
    if locale is None:
        return {}
    era = str(locale.eras["abbreviated"][1])
    is_lone = "LLLL" in locale.date_formats["long"].pattern

    def code(found: re.Match[str]) -> str:
        if found[1] is not None:
            return str(found[1] or "'").replace("%", "%%")
        return era if found[0].startswith("G") else _CODES[found[0]]

    months = locale.months["stand-alone" if is_lone else "format"]["wide"]
    days = locale.days["format"]["wide"]
    return {
        "date": re.sub(_FIELD, code, locale.date_formats["long"].pattern),
        "months": [months[number] for number in range(1, 13)],
        "days": [days[number] for number in range(7)],
    }


def _find_locale(tag: str) -> "Locale | None":
    from babel import Locale
    from babel.core import UnknownLocaleError

    for name in (tag.replace("-", "_"), _first(tag)):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):  # the second for what is no tag
            continue
    return None


def _first(tag: str) -> str:
    return tag.lower().replace("_", "-").partition("-")[0]
