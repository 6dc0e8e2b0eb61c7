"""The settings of a theme: what its manifest declares, and the values that the site gives them."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.source import SourceText, Span
from mathblog.model.values import Data, Value
from mathblog.text.yaml.data import Yaml

SECTION = "theme_settings"
LABELS = "labels"
_ANY = "any"
_TYPES: Mapping[str, tuple[type, ...]] = {
    "text": (str,),
    "boolean": (bool,),
    "number": (int, float),
    "list": (list, tuple),
    "mapping": (Mapping,),
    _ANY: (object,),
}
_WORDS = {
    "text": "text",
    "boolean": "`true` or `false`",
    "number": "a number",
    "list": "a list",
    "mapping": "a mapping",
}
_FEW = 6
_PARTS = ("default", "type", "choices", "also", "about")


class Setting(NamedTuple):
    """A setting as a theme declares it.

    `kinds` are the types that it may have, `choices` its only values, () for all of these types. `also` are keys at the top
    of the configuration that mean the same, where `theme_settings` does not have it.
    """

    default: Value = None
    kinds: tuple[str, ...] = (_ANY,)
    choices: tuple[Value, ...] = ()
    also: tuple[str, ...] = ()
    about: str = ""


class WrongSetting(NamedTuple):
    """A fault of a setting of the site's: at which key of its configuration, and whether the key itself is unknown."""

    key: tuple[str, ...]
    message: str
    hint: str
    is_unknown: bool = False


class ThemeSettings(NamedTuple):
    """The values by name, the site's over the defaults, and what is wrong with the site's."""

    values: Data
    wrong: tuple[WrongSetting, ...]


def read_settings(manifests: Sequence[Data]) -> dict[str, Setting]:
    """The settings that manifests declare, the lowest layer first; one above may change the default alone.

    A setting is its default, and then may have any value, or a mapping with `default` and `type`, `choices`, `also` or `about`. Without
    `type` it has that of its default.
    """
    settings: dict[str, Setting] = {}
    for manifest in manifests:
        declared = manifest.get("settings")
        for name, value in declared.items() if isinstance(declared, Mapping) else ():
            below, parts = settings.get(name), _parts_of(value)
            if parts is None:
                settings[name] = below._replace(default=value) if below else Setting(value)
                continue
            # without a type it is that of the default, `any` where that says nothing
            default = parts["default"]
            below = below or Setting(kinds=(next(kind for kind, of in _TYPES.items() if isinstance(default, of)),))
            kinds = tuple(kind for kind in _list(parts.get("type")) if isinstance(kind, str) and kind in _TYPES)
            settings[name] = Setting(
                default,
                kinds or below.kinds,
                tuple(_list(parts["choices"])) if "choices" in parts else below.choices,
                tuple(str(key) for key in _list(parts["also"])) if "also" in parts else below.also,
                str(parts.get("about") or below.about),
            )
    return settings


def _parts_of(value: Value) -> Data | None:
    """The parts of a declaration; None for a value that is a default."""
    if isinstance(value, Mapping) and "default" in value and value.keys() <= set(_PARTS):
        return value
    return None


def _list(value: Value) -> Sequence[Value]:
    if value is None:
        return ()
    return value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)


def check_manifest(source: SourceText, found: Yaml) -> tuple[Diagnostic, ...]:
    """Warnings about declarations of a manifest that mean nothing: types that there are not, a default that is none of the choices."""
    declared = found.value.get("settings") if isinstance(found.value, Mapping) else None
    problems: list[Diagnostic] = []
    for name, value in declared.items() if isinstance(declared, Mapping) else ():
        parts = _parts_of(value)
        if parts is None:
            continue

        def warn(part: str, message: str, hint: str, name: str = name) -> None:
            path = ("settings", name, part)
            span = found.spans.get(path) or found.keys.get(path) or Span(0, 1)
            problems.append(at(source, span, message, code="config", hint=hint))

        for kind in _list(parts.get("type")):
            if kind not in _TYPES:
                warn("type", f"there is no type `{kind}`", _suggest(str(kind), _TYPES))
        choices = _list(parts.get("choices"))
        if choices and not _is_among(parts["default"], choices):
            message = f"the default of `{name}` is none of its choices"
            warn("default", message, f"choices are {_words(choices)}")
    return tuple(problems)


def settle(
    declared: Mapping[str, Setting], given: Data, top: Data, more: Iterable[str], texts: Iterable[str]
) -> ThemeSettings:
    """The settings of a site: `given` are its `theme_settings`, `top` the keys of its configuration.

    A value that cannot be used leaves the default. `more` are other names that mean something, and so does one that a
    template reads; `texts` are the templates. Of a theme that declares no settings every name is known.
    """
    values: dict[str, Value] = {name: setting.default for name, setting in declared.items()}
    wrong: list[WrongSetting] = []
    for name, setting in declared.items():
        keys = [(SECTION, name), *((key,) for key in setting.also)]
        found = ((key, given.get(name) if key[0] == SECTION else top.get(key[0])) for key in keys)
        key, value = next(((key, value) for key, value in found if value is not None), ((), None))
        if value is None:
            continue
        if isinstance(value, int | float) and not isinstance(value, bool) and setting.kinds == ("text",):
            value = str(value)
        if fault := _fault(setting, value):
            wrong.append(WrongSetting(key, f"`{'.'.join(key)}` {fault[0]}: the default counts", fault[1]))
        else:
            values[name] = value
    known = {*declared, *more, LABELS}
    unknown = [name for name, value in given.items() if value is not None and name not in known]
    values.update((name, given[name]) for name in given if name not in declared)
    if unknown and declared:
        texts = tuple(texts)
        for name in unknown:
            if not any(re.search(rf"\btheme(\.|\[['\"]){re.escape(name)}\b", text) for text in texts):
                message = f"unknown setting `{SECTION}.{name}`"
                wrong.append(WrongSetting((SECTION, name), message, _suggest(name, known), is_unknown=True))
    return ThemeSettings(values, tuple(wrong))


def _fault(setting: Setting, value: Value) -> tuple[str, str] | None:
    """Why a value is none of the setting's, and what to do; None where it is one."""
    if setting.choices:
        if _is_among(value, setting.choices):
            return None
        near = difflib.get_close_matches(str(value), [str(choice) for choice in setting.choices], 1)
        message = f"has to be one of {_words(setting.choices)}, not {_describe(value)}"
        return message, f"did you mean `{near[0]}`?" if near else ""
    fitting = (kind for kind in setting.kinds if isinstance(value, _TYPES[kind]))
    if any(kind != "number" or not isinstance(value, bool) for kind in fitting):
        return None
    kind = "the text " if isinstance(value, str) else ""
    message = f"has to be {' or '.join(_WORDS[kind] for kind in setting.kinds)}, not {kind}{_describe(value)}"
    word = str(value).lower()
    hint = "leave the quotes out" if setting.kinds == ("boolean",) and word in ("true", "false", "yes", "no") else ""
    return message, hint


def _is_among(value: Value, choices: Iterable[Value]) -> bool:
    return any(value == choice and isinstance(value, bool) is isinstance(choice, bool) for choice in choices)


def _describe(value: Value) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, str | int | float):
        return f"`{value}`"
    return "a mapping" if isinstance(value, Mapping) else "a list"


def _words(choices: Iterable[Value]) -> str:
    return ", ".join(f"`{str(choice).lower() if isinstance(choice, bool) else choice}`" for choice in choices)


def _suggest(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = difflib.get_close_matches(name.lower().replace("-", "_"), names, 1)
    few = ", ".join(f"`{name}`" for name in names[:_FEW])
    return (
        f"did you mean `{near[0]}`?"
        if near
        else f"{'some are' if len(names) > _FEW else 'there are'} {few}: see `mathblog theme show`"
    )
