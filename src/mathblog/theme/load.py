"""Templates -> a theme: compiled once, with a digest of each template that covers all it includes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mathblog.core.diagnostic import Diagnostic
from mathblog.core.digest import fingerprint
from mathblog.core.source import SourceText
from mathblog.extend.declarations import ThemeFilter, load
from mathblog.extend.extensions import Extensions
from mathblog.model.options import MANIFEST, OWN_MANIFEST, ThemeOptions
from mathblog.model.values import Data, Value
from mathblog.text.mappings import merge
from mathblog.text.yaml.data import load_yaml

if TYPE_CHECKING:
    from mathblog.theme.sandbox.environment import ThemeEnvironment

LAYOUTS = "layouts/"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, ready to lay out pages.

    `templates` are its sources by name (`layouts/post.html`); a source's `path` says which file it is, the theme's or
    the site's. `digests` say for each template what a page depends on that uses it: its text, that of all it extends,
    includes and imports, and the settings. `settings` are the author's over the theme's; `labels` words by language. `absent` is
    the name of the theme that was asked for and is not here, '' where this is it.
    """

    name: str
    templates: Mapping[str, SourceText]
    digests: Mapping[str, str]
    settings: Data
    labels: Data
    environment: "ThemeEnvironment"
    diagnostics: tuple[Diagnostic, ...] = ()
    absent: str = ""

    @property
    def layouts(self) -> tuple[str, ...]:
        """The names that front matter can ask for."""
        ends = len(".html")
        found = (name for name in self.templates if name.startswith(LAYOUTS) and name.endswith(".html"))
        return tuple(sorted(name[len(LAYOUTS) : -ends] for name in found))


def digest_templates(templates: Mapping[str, SourceText], options: ThemeOptions) -> dict[str, str]:
    """The `digests` of the theme that `load_theme` makes: they take longer to find than the rest of it."""
    from jinja2 import TemplateSyntaxError
    from jinja2.meta import find_referenced_templates

    manifest, _ = _read_manifests(templates)
    sources = _layouts_of(templates)
    environment = make_environment(sources, ())  # which looks up no filter
    settings = {**_mapping(manifest.get("settings")), **options.settings}
    of_settings = fingerprint(settings, _mapping(manifest.get("labels")))
    own = {name: fingerprint(source.text) for name, source in sources.items()}
    uses: dict[str, set[str]] = {}
    for name, source in sources.items():
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
    templates: Mapping[str, SourceText],
    options: ThemeOptions,
    extensions: Extensions,
    digests: Mapping[str, str] | None = None,
) -> Theme:
    """The theme made of `templates`: everything below its `layouts/` and `includes/`, and `theme.yml`, by name.

    Where the site has a file of the same name, that one is given; its `theme.yml` comes beside the theme's, as
    `OWN_MANIFEST`. Faults in them are the theme's `diagnostics`; a
    template that cannot be parsed is reported when a page uses it (`lay_out`).
    """
    manifest, diagnostics = _read_manifests(templates)
    sources = _layouts_of(templates)
    settings = {**_mapping(manifest.get("settings")), **options.settings}
    labels = _mapping(manifest.get("labels"))
    environment = make_environment(sources, extensions.theme_filters.values())
    digests = digests or digest_templates(templates, options)
    return Theme(options.name, sources, digests, settings, labels, environment, diagnostics)


def _layouts_of(templates: Mapping[str, SourceText]) -> dict[str, SourceText]:
    return {name: source for name, source in templates.items() if name.endswith(".html")}


def make_environment(sources: Mapping[str, SourceText], filters: Iterable[ThemeFilter]) -> "ThemeEnvironment":
    """Jinja over these sources. Values are escaped; what is HTML already says so (`Markup`)."""
    from mathblog.theme.sandbox.environment import ThemeEnvironment

    own: dict[str, Callable[..., object]] = {item.name: load(item.function) for item in filters}
    environment = ThemeEnvironment(sources, own)
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return environment


def _read_manifests(templates: Mapping[str, SourceText]) -> tuple[Data, tuple[Diagnostic, ...]]:
    """The theme's `theme.yml` with the site's own over it, setting by setting and label by label."""
    manifest: Data = {}
    problems: list[Diagnostic] = []
    for source in (templates[name] for name in (MANIFEST, OWN_MANIFEST) if name in templates):
        found = load_yaml(source, code="config")
        manifest = merge(manifest, _mapping(found.value))
        problems += found.diagnostics
    return manifest, tuple(problems)


def _mapping(value: Value) -> Data:
    return value if isinstance(value, Mapping) else {}
