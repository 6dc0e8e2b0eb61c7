"""`plugins:` and what the configuration tells those of Jekyll's plugins that mathblog has built in."""

import difflib
from collections.abc import Callable, Container, Mapping, Sequence
from typing import NamedTuple

from mathblog.config.known_plugins import BUILT_IN, GITHUB, GITHUB_DEFAULTS, HARMLESS, MISSING, SPELLINGS
from mathblog.config.settings import Place, Settings
from mathblog.core.diagnostic import at
from mathblog.core.source import SourceText
from mathblog.model import plugins as names
from mathblog.model.gem import GemTheme
from mathblog.model.plugins import ArchiveOptions, CollectionFeed, FeedOptions, LinkOptions, ReadingPlugins, TagFeeds
from mathblog.text.urls import PLACEHOLDER

_ARCHIVES = {
    "year": "/:year/",
    "month": "/:year/:month/",
    "day": "/:year/:month/:day/",
    "tag": "/tag/:name/",
    "category": "/category/:name/",
}
_ENABLED = {"tags": "tag", "categories": "category"}  # the words of `enabled` that are not those of `permalinks`
_SLUG_MODES = ("default", "none", "raw", "pretty", "ascii", "latin")


class Lent(NamedTuple):
    """The parts of a configuration that come from elsewhere.

    `gem` is its theme, whose own configuration lies `below` the site's. `bundled` are the gems of `Gemfile` that Jekyll loads
    as plugins, each with its place.
    """

    gem: GemTheme | None = None
    below: SourceText | None = None
    bundled: Mapping[str, Place] = {}


def read_plugin_names(
    settings: Settings, lent: Lent, installed: Callable[[], Container[str]] = frozenset
) -> tuple[str, ...]:
    """The plugins that the site asks for, under `plugins` or its old name `gems`; unknown ones are warned about.

    Those in `Gemfile` (`PluginManager.require_from_bundler`), and those that its theme depends on
    (`PluginManager#require_theme_deps`), run without being named.
    `github-pages` stands for the plugins that GitHub switches on by itself, and for those it knows when they are named.
    `installed` gives the names of plugins in Python, and is called where one is not built in.
    """
    found: set[str] = set()
    for key in ("plugins", "gems"):
        value = settings.get(key)
        # Jekyll refuses one text instead of a list under `plugins`, and has forgotten what `gems` meant
        is_text = key == "gems" and isinstance(value, str)
        entries = str(value).replace(",", " ").split() if is_text else map(str.strip, settings.words(key))
        for index, written in enumerate(entries):
            name = SPELLINGS.get(written, written)
            if name in found:
                continue
            found.add(name)
            if name in BUILT_IN or name in HARMLESS or name in installed():
                continue
            if name in MISSING:
                lost, remedy = MISSING[name]
                settings.report((key, str(index)), f"the plugin `{name}` cannot run here: {lost}", remedy)
            else:
                close = difflib.get_close_matches(name, BUILT_IN, 1, 0.8)
                hint = (
                    f"did you mean `{close[0]}`?" if close else "leave it out of `plugins` if the site does without it"
                )
                message = f"the plugin `{name}` is not known: whatever pages, tags or filters it adds will be missing"
                settings.report((key, str(index)), message, hint)
    for name, place in lent.bundled.items():
        if name in MISSING and name not in found:
            lost, remedy = MISSING[name]
            settings.problems.append(
                at(*place, f"the plugin `{name}` cannot run here: {lost}", code="config", hint=remedy)
            )
    found |= BUILT_IN & lent.bundled.keys()
    if lent.gem:
        found |= {name for name, _ in lent.gem.dependencies if name in BUILT_IN}
    if GITHUB in found:
        found |= GITHUB_DEFAULTS
    return tuple(sorted(found))


def read_plugins_dir(settings: Settings, default: str) -> str:
    """The folder of Ruby files; of several, the first."""
    value = settings.get("plugins_dir")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return next((name.strip("/") for name in settings.words("plugins_dir")), default)
    return settings.text("plugins_dir").strip("/") or default


def read_reading_plugins(settings: Settings, plugins: Sequence[str]) -> ReadingPlugins:
    """The options of plugins that change how files are read. Each of them has a section with `enabled`."""
    optional = _is_on(settings, plugins, names.OPTIONAL_FRONT_MATTER, "optional_front_matter")
    demanded = settings.flag("require_front_matter")
    return ReadingPlugins(
        titles=_is_on(settings, plugins, names.TITLES, "titles_from_headings"),
        titles_of_documents=settings.flag("titles_from_headings", "collections"),
        strip_titles=settings.flag("titles_from_headings", "strip_title"),
        optional_front_matter=optional and not demanded,
        remove_originals=settings.flag("optional_front_matter", "remove_originals"),
        readme_index=_is_on(settings, plugins, names.README_INDEX, "readme_index"),
        readme_with_front_matter=settings.flag("readme_index", "with_frontmatter"),
        readme_remove_originals=settings.flag("readme_index", "remove_originals"),
        default_layout=names.DEFAULT_LAYOUT in plugins,
        default_language=settings.text("default_lang", default="en") if names.POLYGLOT in plugins else "",
    )


def read_links(settings: Settings, plugins: Sequence[str]) -> LinkOptions:
    """The options of jekyll-relative-links."""
    return LinkOptions(
        enabled=_is_on(settings, plugins, names.RELATIVE_LINKS, "relative_links"),
        documents=settings.flag("relative_links", "collections"),
        exclude=settings.words("relative_links", "exclude"),
    )


def read_emoji(settings: Settings, plugins: Sequence[str]) -> bool:
    """Whether `:smile:` is a character: by jemoji, jekyll-spaceship or kramdown's own option."""
    return bool({names.EMOJI, "jekyll-spaceship"} & set(plugins)) or settings.flag("kramdown", "gfm_emojis")


def _is_on(settings: Settings, plugins: Sequence[str], name: str, section: str) -> bool:
    return name in plugins and settings.flag(section, "enabled", default=True)


def read_feed(settings: Settings, plugins: Sequence[str]) -> FeedOptions:
    """The options of jekyll-feed; without the plugin there is one feed of the newest posts, and one for each tag with `tags`.

    With the plugin there are the files that it makes; JSON feeds besides only where they are asked for.
    """
    is_jekylls = names.FEED in plugins
    json = settings.flag("feed", "json", default=not is_jekylls)
    if not is_jekylls:
        return FeedOptions(tags=_read_tag_feeds(settings, ""), json=json)
    key = ("feed", "collections")
    labels = settings.get(*key)
    is_list = isinstance(labels, Sequence) and not isinstance(labels, str)
    feeds: dict[str, CollectionFeed] = {"posts": CollectionFeed("posts")}
    for label in settings.words(*key) if is_list else settings.section(*key):
        own = bool(settings.section(*key, label)) if isinstance(labels, Mapping) else False
        categories = settings.words(*key, label, "categories") if own else ()
        feeds[label] = CollectionFeed(label, settings.text(*key, label, "path") if own else "", categories)
    # the posts come first; `feed.path` and `feed.categories` are theirs where they have no section of their own
    posts = feeds["posts"]
    categories = posts.categories or settings.words("feed", "categories")
    feeds["posts"] = CollectionFeed("posts", posts.path or settings.text("feed", "path"), categories)
    return FeedOptions(
        excerpt_only=settings.flag("feed", "excerpt_only"),
        drafts=settings.flag("show_drafts"),
        collections=tuple(feeds.values()),
        tags=_read_tag_feeds(settings, TagFeeds().path),
        not_in_development=settings.flag("feed", "disable_in_development"),
        json=json,
    )


def _read_tag_feeds(settings: Settings, path: str) -> TagFeeds | None:
    """`feed.tags`: `true`, or a mapping; `path` is where the feeds are if it does not say it."""
    key = ("feed", "tags")
    written = settings.get(*key)
    if not isinstance(written, Mapping) or not written:
        return TagFeeds(path) if written else None
    only = None if settings.get(*key, "only") is None else settings.words(*key, "only")
    return TagFeeds(settings.text(*key, "path", default=path), only, settings.words(*key, "except"))


def read_archives(settings: Settings, plugins: Sequence[str]) -> ArchiveOptions | None:
    """The options of jekyll-archives; None where it makes no pages."""
    section = "jekyll-archives"
    if names.ARCHIVES not in plugins or not settings.section(section):
        return None
    enabled = settings.get(section, "enabled")
    wanted = set(_ARCHIVES) if enabled is True or enabled == "all" else set()
    if not wanted and isinstance(enabled, str) and enabled:
        message = f"`enabled: {enabled}` is no list: there are no archives"
        settings.report((section, "enabled"), message, f"write `enabled: [{enabled}]`")
    elif not wanted and enabled:
        for index, word in enumerate(settings.words(section, "enabled")):
            wanted.add(_ENABLED.get(word, word))
            if word not in ("year", "month", "day", *_ENABLED):
                hint = "there are `year`, `month`, `day`, `tags` and `categories`, or `enabled: all`"
                settings.report((section, "enabled", str(index)), f"there are no archives by `{word}`", hint)
    kinds = tuple(kind for kind in _ARCHIVES if kind in wanted)
    permalinks: list[tuple[str, str]] = []
    for kind in kinds:
        key, default = (section, "permalinks", kind), _ARCHIVES[kind]
        path = settings.text(*key, default=default)
        allowed = {*PLACEHOLDER.findall(default), "type"}
        if unknown := [name for name in PLACEHOLDER.findall(path) if name not in allowed]:
            hint = f"there are {', '.join(f'`:{name}`' for name in sorted(allowed))}"
            settings.report(key, f"unknown placeholder `:{unknown[0]}` in the permalink", hint)
        permalinks.append((kind, default if unknown else path))
    return ArchiveOptions(
        kinds=kinds,
        permalinks=tuple(permalinks),
        layout=settings.text(section, "layout", default="archive"),
        layouts=tuple((kind, name) for kind in kinds if (name := settings.text(section, "layouts", kind))),
        slug_mode=settings.choice(section, "slug_mode", of=_SLUG_MODES),
    )
