"""Configuration files and the command line -> one mapping, and where each value was written."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from mathblog.config.defaults import JEKYLL_DEFAULTS
from mathblog.config.settings import CODE, Place
from mathblog.core.diagnostic import Diagnostic, Severity, at
from mathblog.core.source import SourceText, Span
from mathblog.core.stops import Stop
from mathblog.model.values import Data, Value
from mathblog.text.mappings import merge
from mathblog.text.yaml.data import Yaml, load_yaml

# what a theme cannot set: where files are, which theme it is, what an error is
_OF_THE_SITE = ("source", "theme", "remote_theme", "themes", "theme_settings", "strict", "gems", "ignore_theme_config")


class Merged(NamedTuple):
    """All files merged from left to right, the command line last; where each value and each key stands; what could not be read."""

    data: Data
    places: Mapping[tuple[str, ...], Place]
    keys: Mapping[tuple[str, ...], Place]
    diagnostics: tuple[Diagnostic, ...]


def merge_sources(sources: Sequence[SourceText], overrides: Data, below: SourceText | None = None) -> Merged:
    """Merges as Jekyll does: mappings are merged, lists replaced, an empty value keeps what was there.

    `below` is the configuration of a theme, whose keys count where they are none of Jekyll's own
    (`Site#load_theme_configuration`), and none that only the site may set.
    """
    data: dict[str, Value] = {}
    places: dict[tuple[str, ...], Place] = {}
    keys: dict[tuple[str, ...], Place] = {}
    problems: list[Diagnostic] = []
    for source in sources:
        found = _load(source)
        problems += found.diagnostics
        if isinstance(found.value, Mapping):
            data = merge(data, found.value)
            places.update({path: (source, span) for path, span in found.spans.items()})
            keys.update({path: (source, span) for path, span in found.keys.items()})
        elif found.value is not None:
            message = "the configuration has to be a mapping: nothing of this file counts"
            problems.append(at(source, Span(0, 1), message, code=CODE, hint="each line of it is `key: value`"))
    if below is not None and data.get("ignore_theme_config") is not True:
        # a theme's configuration that cannot be read sets nothing, and is a warning
        found = _load(below)
        problems += (replace(problem, severity=Severity.WARNING) for problem in found.diagnostics)
        lent = found.value if isinstance(found.value, Mapping) else {}
        kept = {key: value for key, value in lent.items() if key not in JEKYLL_DEFAULTS and key not in _OF_THE_SITE}
        data = merge(kept, data)
    for key in overrides:
        places = {path: place for path, place in places.items() if path[:1] != (key,)}
    return Merged(merge(data, overrides), places, keys, tuple(problems))


def _load(source: SourceText) -> Yaml:
    if source.path.lower().endswith(".toml"):
        from mathblog.config.toml import load_toml

        return load_toml(source)
    return load_yaml(source, code=CODE, refusal=Stop.CONFIG_SYNTAX, nested=True)
