"""`_config.yml` and the command line -> a typed `Config` and diagnostics."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from mathblog.config.citations import read_citations
from mathblog.config.content import read_reading
from mathblog.config.images import read_diagrams, read_images
from mathblog.config.known import SECTIONS, suggest, suggest_section, suggest_top
from mathblog.config.plugins import Lent, read_archives, read_emoji, read_feed, read_links, read_plugin_names
from mathblog.config.rules import read_check
from mathblog.config.settings import Settings
from mathblog.config.site import read_github, read_languages, read_site
from mathblog.config.sources import merge_sources
from mathblog.config.text import read_markdown, read_math
from mathblog.core.diagnostic import Diagnostic
from mathblog.core.source import SourceText
from mathblog.model.citations.options import CitationOptions
from mathblog.model.gem import LENT, GemTheme
from mathblog.model.options import (
    SASS_STYLES,
    CardOptions,
    Config,
    GeneratorOptions,
    LiquidOptions,
    OutputOptions,
    SassOptions,
    SearchOptions,
    ThemeOptions,
)
from mathblog.model.values import Data


class ParsedConfig(NamedTuple):
    """The configuration, defaults where a value could not be used, and what was wrong (an error: do not build)."""

    config: Config
    diagnostics: tuple[Diagnostic, ...]


def parse_config(
    sources: Sequence[SourceText],
    overrides: Data | None = None,
    lent: Lent = Lent(),  # noqa: B008 - a frozen value
    *,
    installed: Callable[[], Container[str]] = frozenset,
) -> ParsedConfig:
    """The configuration from files (left to right) and from the command line's options, under their configuration names.

    `docs/reference/configuration.md` lists the keys. Unknown keys are the author's own (`site.key`): only near misses of
    known ones are warned about, and in `math`, `kramdown`, `liquid` and `highlight` all of them. A theme that is a gem
    lends plugins by its dependencies, and what stands in its own configuration; `Gemfile` lends plugins, too.
    `installed` gives the names of plugins in Python.
    """
    merged = merge_sources(sources, overrides or {}, lent.below)
    settings = Settings(merged.data, merged.places, merged.keys, list(merged.diagnostics))
    _check_keys(settings)
    gem = lent.gem
    plugins = read_plugin_names(settings, lent, installed)
    citations = read_citations(settings, plugins)
    config = Config(
        site=read_site(settings),
        reading=replace(read_reading(settings, plugins), bibliography_dir=citations.source),
        liquid=LiquidOptions(
            strict_filters=settings.flag(
                "liquid", "strict_filters", default=settings.get("liquid", "error_mode") == "strict"
            ),
            strict_variables=settings.flag("liquid", "strict_variables"),
        ),
        markdown=replace(read_markdown(settings), emoji=read_emoji(settings, plugins)),
        links=read_links(settings, plugins),
        math=read_math(settings),
        citations=citations,
        sass=_read_sass(settings, gem),
        generators=_read_generators(settings, plugins, citations),
        theme=replace(_read_theme(settings), gem=gem),
        images=read_images(settings),
        diagrams=read_diagrams(settings),
        search=SearchOptions(settings.flag("full_text_search")),
        output=_read_output(settings),
        check=read_check(settings),
        safe=settings.flag("safe"),
        bundled=tuple(lent.bundled),
        raw={
            **merged.data,
            **({"theme": gem.name} if gem else {}),
            **read_github(settings, plugins),
            **read_languages(settings, plugins),
        },
    )
    return ParsedConfig(config, tuple(dict.fromkeys(settings.problems)))


def _check_keys(settings: Settings) -> None:
    for key, value in settings.data.items():
        if close := suggest_top(key) or suggest_section(key, value):
            settings.report_key((key,), f"did you mean `{close}`?")
    for section, known in SECTIONS.items():
        for key in settings.section(section):
            if key not in known:
                close = suggest(key, known)
                hint = (
                    f"did you mean `{close}`?"
                    if close
                    else f"`{section}` has {', '.join(f'`{name}`' for name in known[:6])}"
                )
                settings.report_key((section, key), hint)


def _read_sass(settings: Settings, gem: GemTheme | None) -> SassOptions:
    default = SassOptions()
    # Jekyll's users write a Ruby symbol, too: `:compressed`
    style = settings.text("sass", "style", default=default.style).lstrip(":")
    if style not in SASS_STYLES:
        settings.refuse(("sass", "style"), f"one of {', '.join(f'`{word}`' for word in SASS_STYLES)}")
        style = default.style
    theme = _read_theme(settings)
    return SassOptions(
        folder=settings.text("sass", "sass_dir").strip("/") or default.folder,
        load_paths=(
            *(path.strip("/") for path in settings.words("sass", "load_paths")),
            *([f"{LENT}/_sass"] if gem else []),
        ),
        style=style,
        theme="" if gem or theme.is_default else theme.remote or theme.name,
    )


def _read_generators(settings: Settings, plugins: Sequence[str], citations: CitationOptions) -> GeneratorOptions:
    default = GeneratorOptions()
    if isinstance(settings.get("social_cards"), Mapping):
        cards = CardOptions(wanted=True, font=settings.text("social_cards", "font"))
    else:
        cards = CardOptions(wanted=settings.flag("social_cards"))
    return GeneratorOptions(
        paginate=settings.number("paginate", default=default.paginate),
        paginate_path=_with(":num", settings, "paginate_path", default.paginate_path),
        feed_path=_rooted(settings.text("feed", "path", default=default.feed_path)),
        feed_limit=settings.number("feed", "posts_limit", default=default.feed_limit),
        tag_path=_with(":name", settings, "tag_path", default.tag_path),
        category_path=_with(":name", settings, "category_path", default.category_path),
        archive_path=_rooted(settings.text("archive_path", default=default.archive_path)),
        plugins=tuple(plugins),
        feed=read_feed(settings, plugins),
        archives=read_archives(settings, plugins),
        cards=cards,
        redirects_json=settings.flag("redirect_from", "json", default=default.redirects_json),
        citations=citations,
    )


def _with(placeholder: str, settings: Settings, key: str, default: str) -> str:
    """A path with a placeholder in it, from its first slash on."""
    path = settings.text(key, default=default)
    if placeholder not in path:
        settings.refuse((key,), f"a path with `{placeholder}` in it", f"write `{key}: {default}`")
        path = default
    return _rooted(path)


def _rooted(path: str) -> str:
    return path if path.startswith("/") else f"/{path}"


def _read_theme(settings: Settings) -> ThemeOptions:
    default = ThemeOptions()
    return ThemeOptions(
        name=settings.text("theme", default=default.name) or default.name,
        remote=remote.strip() if isinstance(remote := settings.get("remote_theme"), str) else "",
        gems=_read_host(settings, "gems", default.gems),
        archives=_read_host(settings, "archives", default.archives),
        code_light=_read_style(settings, "light", default.code_light),
        code_dark=_read_style(settings, "dark", default.code_dark),
        settings=settings.section("theme_settings"),
        top=settings.data,
    )


def _read_host(settings: Settings, kind: str, default: str) -> str:
    """The address of a host of themes; `themes` may be a key of the site's own that means something else."""
    value = settings.get("themes", kind)
    return value if isinstance(value, str) and value else default


def _read_style(settings: Settings, key: str, default: str) -> str:
    """A style of Pygments, imported only where a configuration names one."""
    name = settings.text("highlight", key, default=default) or default
    if name == default:
        return default
    from pygments.styles import get_all_styles

    styles = sorted(get_all_styles())
    if name in styles:
        return name
    close = suggest(name, styles)
    hint = f"did you mean `{close}`?" if close else f"there are {', '.join(f'`{style}`' for style in styles)}"
    settings.refuse(("highlight", key), "a style of Pygments", hint)
    return default


def _read_output(settings: Settings) -> OutputOptions:
    default = OutputOptions()
    cache_dir = settings.path("cache_dir", default=default.cache_dir)
    return OutputOptions(
        destination=settings.path("destination", default=default.destination) or default.destination,
        # Jekyll's own cache folder is Jekyll's: a site that names it gets ours beside it
        cache_dir=default.cache_dir if cache_dir in ("", ".jekyll-cache") else cache_dir,
        keep_files=settings.words("keep_files", default=default.keep_files),
        strict=settings.flag("strict"),
    )
