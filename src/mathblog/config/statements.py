"""`theorems:`, what a site says about its statements."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from mathblog.config.settings import Settings, describe
from mathblog.model.statements.kinds import KINDS, STYLES, StatementKind, StatementOptions
from mathblog.model.values import Value

COUNTERS = ("shared", "own", "equation")
_SECTION = "theorems"


def read_statements(settings: Settings) -> StatementOptions | None:
    """The statements of a site; None where it says `theorems: false`.

    `theorems: true`, or any setting in it, says that all spellings count (`everywhere`). Without the key a site with layouts of its
    own has none, which is not known here (`engine/sources/declared.py`).
    """
    written = settings.get(_SECTION)
    if written is False:
        return None
    if not isinstance(written, Mapping):
        if written is not None and written is not True:
            settings.refuse((_SECTION,), "true, false or a mapping")
            return StatementOptions()  # a variable of a theme's, perhaps: the site's quotes stay as they are
        return StatementOptions(everywhere=_SECTION in settings.data)
    own = settings.section(_SECTION, "kinds")
    kinds = {kind.name: kind for kind in KINDS}
    kinds |= {name.lower(): _read_kind(settings, name, value, kinds.get(name.lower())) for name, value in own.items()}
    options = StatementOptions(tuple(kinds.values()), everywhere=True)
    for key in ("numbered", "unnumbered"):
        for word in settings.words(_SECTION, key):
            if kind := _find(settings, options, key, word):
                kinds[kind.name] = kinds[kind.name]._replace(numbered=key == "numbered")
    for word, style in settings.section(_SECTION, "style").items():
        if (kind := _find(settings, options, "style", word)) and _is_style(settings, (_SECTION, "style", word), style):
            kinds[kind.name] = kinds[kind.name]._replace(style=str(style))
    titles = {name.lower(): value.get("name") for name, value in own.items() if isinstance(value, Mapping)}
    in_languages = {name: title for name, title in titles.items() if isinstance(title, Mapping)}
    names = [*_read_names(settings, (_SECTION, "names"))]
    names += [(str(lang), name, str(title)) for name, it in in_languages.items() for lang, title in it.items()]
    within = settings.choice(_SECTION, "within", of=("none", "section", "subsection"))
    return replace(
        options,
        kinds=tuple(kinds.values()),
        counter=settings.choice(_SECTION, "counter", of=COUNTERS),
        within="" if within == "none" else within,
        names=tuple(sorted(names)),
    )


def _read_kind(settings: Settings, name: str, value: Value, known: StatementKind | None) -> StatementKind:
    """A kind of the site's own: its name alone, or a mapping with `name`, `prefix`, `style`, `numbered`."""
    key = (_SECTION, "kinds", name)
    kind = known or StatementKind(name.lower())
    if isinstance(value, str):
        return kind._replace(title=value)
    if not isinstance(value, Mapping):
        settings.report(key, f"`{'.'.join(key)}` has to be a name or a mapping, not {describe(value)}")
        return kind
    title, prefix, style = value.get("name"), value.get("prefix"), value.get("style")
    if isinstance(title, str):
        kind = kind._replace(title=title)
    if isinstance(prefix, str):
        kind = kind._replace(aliases=(prefix.lower(),))
    if style is not None and _is_style(settings, (*key, "style"), style):
        kind = kind._replace(style=str(style))
    return kind._replace(numbered=settings.flag(*key, "numbered", default=kind.numbered))


def _is_style(settings: Settings, key: tuple[str, ...], value: Value) -> bool:
    if value in STYLES:
        return True
    wanted = ", ".join(f"`{style}`" for style in STYLES)
    settings.report(
        key, f"`{'.'.join(key)}` has to be one of {wanted}, not {describe(value)}: it is left out of account"
    )
    return False


def _find(settings: Settings, options: StatementOptions, key: str, word: str) -> StatementKind | None:
    kind = options.find(word)
    if kind is None:
        message = f"`{_SECTION}.{key}` names `{word}`, which is no kind of statements"
        settings.report((_SECTION, key), message, "a kind of your own goes to `theorems.kinds`")
    return kind


def _read_names(settings: Settings, key: tuple[str, ...], lang: str = "") -> Iterator[tuple[str, str, str]]:
    """Names of kinds, for all languages or below a language: `{theorem: Satz}`, `{de: {theorem: Satz}}`."""
    for word, value in settings.section(*key).items():
        if isinstance(value, Mapping) and not lang:
            yield from _read_names(settings, (*key, word), word)
        elif isinstance(value, str):
            yield lang, word, value
        else:
            settings.report((*key, word), f"`{'.'.join((*key, word))}` has to be text, not {describe(value)}")
