"""The theme's own words in the language of the page."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.source import SourceText, Span
from mathblog.model.values import Data
from mathblog.text.yaml.data import load_yaml
from mathblog.theme.settings import WrongSetting

DEFAULT_LANGUAGE = "en"
_TRADITIONAL = frozenset({"zh-tw", "zh-hk", "zh-mo", "zh-hant"})
_OTHER_NAMES = {"no": "nb", "nn": "nb", "iw": "he", "in": "id"}  # Norwegian, and codes that ISO 639 had once
_OF_SITE = ("_theme/", "themes/")  # where a site has files of a theme


class LabelTables(Mapping[str, Data]):
    """The words by language: those of the manifests over those of the language's file, which is read when it is asked for."""

    def __init__(self, files: Mapping[str, SourceText], manifest: Data) -> None:
        self._files = files
        self._manifest = {name.lower(): table for name, table in manifest.items() if isinstance(table, Mapping)}
        self._read: dict[str, Data] = {}

    def __getitem__(self, name: str) -> Data:
        if name not in self._files and name not in self._manifest:
            raise KeyError(name)
        if name not in self._read:
            found = load_yaml(self._files[name], code="config").value if name in self._files else {}
            self._read[name] = {**(found if isinstance(found, Mapping) else {}), **self._manifest.get(name, {})}
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._files, *self._manifest)))

    def __len__(self) -> int:
        return len({*self._files, *self._manifest})


def check_labels(files: Iterable[SourceText]) -> Iterator[Diagnostic]:
    """Check the files of words that the site has; those of mathblog's own themes are known to be good."""
    for source in files:
        if source.path.startswith(_OF_SITE):
            found = load_yaml(source, code="config")
            yield from found.diagnostics
            if not found.diagnostics and not isinstance(found.value, Mapping):
                message, hint = "the words of a language have to be a mapping", "each line of it is `name: word`"
                yield at(source, Span(0, 1), message, code="config", hint=hint)


def unknown_language(configuration: Data, tables: Mapping[str, Data]) -> Iterator[WrongSetting]:
    """A warning where the `lang` of the configuration, or its `locale` without one, is no language at all."""
    key = "lang" if configuration.get("lang") else "locale"
    lang = configuration.get(key)
    if isinstance(lang, str) and lang and not any(name in tables for name in fallbacks(lang)[:-1] or (lang,)):
        from mathblog.theme.languages import is_language, suggest_code

        if not is_language(lang):
            yield WrongSetting(
                (key,), f"`{lang}` is no language: the words of the theme are English", suggest_code(lang)
            )


def labels_for(lang: str, tables: Mapping[str, Data], own: Data) -> dict[str, object]:
    """The words for `lang`: the author's own over those of the language over English.

    `tables` are the theme's, by language. `zh-HK` takes `zh-hant`, else `zh`; a language without a table is English. Where the theme
    has no `date` of a language, dates are those of CLDR.
    """
    *names, english = fallbacks(lang)
    words: dict[str, object] = dict(tables.get(english, {}))
    found = [tables[name] for name in reversed(names) if name in tables]
    if lang[:3].lower() not in ("en", "en-", "en_") and not any("date" in table for table in found):
        from mathblog.theme.languages import date_words

        words |= date_words(lang)
    for table in found:
        words |= table
    return {**words, **own}


@cache
def fallbacks(lang: str) -> tuple[str, ...]:
    """The tables to look into, the most exact one first, English last."""
    name = lang.lower().replace("_", "-")
    names = [name]
    if any(name == tag or name.startswith(f"{tag}-") for tag in _TRADITIONAL):
        names.append("zh-hant")
    first = name.partition("-")[0]
    names += [first, *filter(None, [_OTHER_NAMES.get(first)])]
    return (*dict.fromkeys(name for name in names if name != DEFAULT_LANGUAGE), DEFAULT_LANGUAGE)
