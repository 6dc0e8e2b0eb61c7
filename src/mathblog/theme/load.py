"""Templates -> a theme: compiled once, with a digest of each template that covers all it includes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from mathblog.core.dataclass import dataclass, field
from mathblog.core.diagnostic import Diagnostic
from mathblog.core.digest import fingerprint
from mathblog.core.source import SourceText
from mathblog.extend.declarations import ThemeFilter, load
from mathblog.extend.extensions import Extensions
from mathblog.model.options import ThemeOptions
from mathblog.model.values import Data, Value
from mathblog.text.mappings import merge
from mathblog.text.yaml.data import load_yaml
from mathblog.theme.labels import LabelTables, check_labels, unknown_language
from mathblog.theme.settings import ThemeSettings, WrongSetting, check_manifest, read_settings, settle
from mathblog.theme.sources import INCLUDES, LAYOUTS, ThemeSources

if TYPE_CHECKING:
    from jinja2 import BytecodeCache

    from mathblog.theme.sandbox.environment import ThemeEnvironment

_USING = ("extends", "include", "import")  # a template without these words uses no other one; parsing takes long

__all__ = ["LAYOUTS", "Theme", "ThemeSources", "digest_templates", "load_theme"]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, ready to lay out pages.

    `templates` are its sources by name (`layouts/post.html`); a source's `path` says which file it is, the theme's or
    the site's. `digests` say for each template what a page depends on that uses it: its text, that of all it extends,
    includes and imports, and the settings. `settings` are the author's over the theme's, `wrong` what is wrong with the author's;
    `labels` words by language, `strings` what labels are called in `theme_settings` and in `_data/language.yml`. `includes` are in
    Liquid, for the texts of the blog, below the site's own. `absent` is the name of the theme that was asked for and is not here, ''
    where this is it.
    """

    name: str
    templates: Mapping[str, SourceText]
    digests: Mapping[str, str]
    settings: Data
    labels: LabelTables
    environment: "ThemeEnvironment"
    diagnostics: tuple[Diagnostic, ...] = ()
    absent: str = ""
    wrong: tuple[WrongSetting, ...] = ()
    strings: Mapping[str, str] = field(default_factory=dict)
    includes: Mapping[str, SourceText] = field(default_factory=dict)

    @property
    def layouts(self) -> tuple[str, ...]:
        """The names that front matter can ask for."""
        ends = len(".html")
        found = (name for name in self.templates if name.startswith(LAYOUTS) and name.endswith(".html"))
        return tuple(sorted(name[len(LAYOUTS) : -ends] for name in found))


def digest_templates(theme: ThemeSources, options: ThemeOptions) -> dict[str, str]:
    """The `digests` of the theme that `load_theme` makes: they take longer to find than the rest of it."""
    from jinja2 import TemplateSyntaxError
    from jinja2.meta import find_referenced_templates

    manifests = [_mapping(load_yaml(source, code="config").value) for source in theme.manifests]
    sources = _layouts_of(theme.templates)
    environment = make_environment(sources, ())  # which looks up no filter
    merged = _merge(manifests)
    of_settings = fingerprint(
        _settle(theme, manifests, merged, options).values,
        _mapping(merged.get("labels")),
        _strings(merged),
        {name: source.text for name, source in theme.labels.items()},
    )
    own = {name: fingerprint(source.text) for name, source in sources.items()}
    uses: dict[str, set[str]] = {}
    for name, source in sources.items():
        if not any(word in source.text for word in _USING):
            continue
        try:
            found = set(find_referenced_templates(environment.parse(source.text)))
        except (TemplateSyntaxError, RecursionError):
            found = {None}
        # a template may use all where it computes a name, or where it cannot be parsed
        uses[name] = set(sources) if None in found else {other for other in found if other}
    digests: dict[str, str] = {}
    for name in sources:
        used, waiting = {name}, [name]
        while waiting:
            fresh = uses.get(waiting.pop(), set()) - used
            used |= fresh
            waiting += fresh
        digests[name] = fingerprint(of_settings, [(other, own.get(other)) for other in sorted(used)])
    return digests


def load_theme(
    theme: ThemeSources,
    options: ThemeOptions,
    extensions: Extensions,
    digests: Mapping[str, str] | None = None,
    compiled: "BytecodeCache | None" = None,
) -> Theme:
    """The theme made of its templates, everything below its `layouts/` and `includes/`, and of the manifests of its layers.

    `compiled` has templates that were compiled before. Faults in these are the theme's `diagnostics`; a template that cannot be parsed is reported when a page uses it (`lay_out`).
    """
    loaded = [load_yaml(source, code="config", nested=True) for source in theme.manifests]
    manifests = [_mapping(found.value) for found in loaded]
    merged = _merge(manifests)
    settings = _settle(theme, manifests, merged, options)
    labels = LabelTables(theme.labels, _mapping(merged.get("labels")))
    sources = _layouts_of(theme.templates)
    environment = make_environment(sources, extensions.theme_filters.values(), compiled)
    return Theme(
        options.name,
        sources,
        digests or digest_templates(theme, options),
        settings.values,
        labels,
        environment,
        (
            *(problem for found in loaded for problem in found.diagnostics),
            *(problem for pair in zip(theme.manifests, loaded, strict=True) for problem in check_manifest(*pair)),
            *check_labels(theme.labels.values()),
        ),
        wrong=(*settings.wrong, *unknown_language(options.top, labels)),
        strings=_strings(merged),
        includes={
            path.removeprefix(INCLUDES): source for path, source in theme.templates.items() if path.startswith(INCLUDES)
        },
    )


def equip_theme(theme: Theme, extensions: Extensions) -> Theme:
    """A theme that came without an environment from another process, with one."""
    return replace(theme, environment=make_environment(theme.templates, extensions.theme_filters.values()))


def _settle(theme: ThemeSources, manifests: Sequence[Data], merged: Data, options: ThemeOptions) -> ThemeSettings:
    texts = (source.text for source in theme.templates.values())
    return settle(read_settings(manifests), options.settings, options.top, _strings(merged).values(), texts)


def _merge(manifests: Sequence[Data]) -> Data:
    """The manifests of all layers in one, mapping by mapping."""
    merged: Data = {}
    for manifest in manifests:
        merged = merge(merged, manifest)
    return merged


def _strings(manifest: Data) -> dict[str, str]:
    return {label: str(name) for label, name in _mapping(manifest.get("strings")).items()}


def _layouts_of(templates: Mapping[str, SourceText]) -> dict[str, SourceText]:
    return {
        name: source for name, source in templates.items() if name.endswith(".html") and not name.startswith(INCLUDES)
    }


def make_environment(
    sources: Mapping[str, SourceText], filters: Iterable[ThemeFilter], compiled: "BytecodeCache | None" = None
) -> "ThemeEnvironment":
    """Jinja over these sources, some of which may be `compiled`. Values are escaped; what is HTML already says so (`Markup`)."""
    from mathblog.theme.builtins import FILTERS
    from mathblog.theme.sandbox.environment import ThemeEnvironment
    from mathblog.theme.sandbox.inlining import asks_context

    own: dict[str, Callable[..., object]] = {}
    others_ask = False
    for item in filters:
        own[item.name] = load(item.function)
        others_ask = others_ask or (item not in FILTERS and asks_context(own[item.name]))
    return ThemeEnvironment(sources, own, compiled, inlines=not others_ask)


def _mapping(value: Value) -> Data:
    return value if isinstance(value, Mapping) else {}
