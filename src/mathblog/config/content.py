"""The configuration of reading: which files become documents, with which addresses and dates."""

import difflib
import re
from collections.abc import Mapping, Sequence

from mathblog.config.defaults import ALWAYS_EXCLUDED
from mathblog.config.plugins import read_plugins_dir, read_reading_plugins
from mathblog.config.settings import Settings, describe
from mathblog.core.patterns import lazy_pattern
from mathblog.model.options import Collection, FrontMatterDefault, ReadingOptions, TableOptions
from mathblog.model.values import Data, Value
from mathblog.text.urls import STYLES

_LABEL = lazy_pattern(r"[^a-z0-9_\-.]", re.IGNORECASE)
_CONVERTERS: Mapping[str, tuple[str, ...]] = {
    "integer": ("integer",),
    "float": ("float",),
    "numeric": ("integer", "float"),
    "all": ("integer", "float"),
}
_ALIASES = {"page": "pages", "post": "posts", "draft": "posts", "drafts": "posts"}


def read_reading(settings: Settings, plugins: Sequence[str] = ()) -> ReadingOptions:
    """The slice of the reading room."""
    default = ReadingOptions()
    exclude = settings.words("exclude")
    encoding = settings.text("encoding", default="utf-8")
    if encoding.lower().replace("_", "-") not in ("utf-8", "utf8"):
        settings.report(("encoding",), f"files are read as UTF-8, not as `{encoding}`", "save them as UTF-8")
    extensions = settings.get("markdown_ext")
    is_list = isinstance(extensions, Sequence) and not isinstance(extensions, str)
    written = settings.words("markdown_ext") if is_list else settings.text("markdown_ext").split(",")
    markdown_ext = tuple(word.strip().lstrip(".").lower() for word in written if word.strip())
    return ReadingOptions(
        timezone=_read_timezone(settings),
        time=settings.get("time") or None,
        permalink=_read_permalink(settings, default.permalink),
        markdown_ext=markdown_ext or default.markdown_ext,
        include=settings.words("include", default=default.include),
        exclude=tuple(dict.fromkeys((*exclude, *ALWAYS_EXCLUDED))),
        collections_dir=settings.text("collections_dir").strip("/"),
        collections=_read_collections(settings),
        defaults=_read_defaults(settings),
        drafts=settings.flag("show_drafts"),
        future=settings.flag("future"),
        unpublished=settings.flag("unpublished"),
        limit_posts=settings.number("limit_posts"),
        layouts_dir=settings.text("layouts_dir").strip("/") or default.layouts_dir,
        includes_dir=settings.text("includes_dir").strip("/") or default.includes_dir,
        data_dir=settings.text("data_dir").strip("/") or default.data_dir,
        sass_dir=settings.text("sass", "sass_dir").strip("/") or default.sass_dir,
        sass_paths=tuple(filter(None, (path.strip("/") for path in settings.words("sass", "load_paths")))),
        csv=_read_table(settings, "csv_reader"),
        tsv=_read_table(settings, "tsv_reader"),
        plugins_dir=read_plugins_dir(settings, default.plugins_dir),
        plugins=read_reading_plugins(settings, plugins),
    )


def _read_table(settings: Settings, key: str) -> TableOptions:
    """The options of tables: the converters of Ruby's CSV that make numbers (`DataReader#read_config`)."""
    converters: list[str] = []
    for name in settings.words(key, "csv_converters"):
        word = name.lstrip(":").lower()
        if word not in _CONVERTERS:
            hint = f"there are {', '.join(f'`{known}`' for known in _CONVERTERS)}"
            settings.report((key, "csv_converters"), f"no converter `{name}`: these values stay text", hint)
        converters += _CONVERTERS.get(word, ())
    return TableOptions(settings.flag(key, "headers", default=True), tuple(dict.fromkeys(converters)))


def _read_timezone(settings: Settings) -> str:
    name = settings.text("timezone").strip()
    if not name:
        return ""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # what zoneinfo raises for unknown, malformed and forbidden names
        from mathblog.config.zones import suggest_zone

        near = suggest_zone(name)
        hint = f"did you mean `{near}`?" if near else "for example `Asia/Seoul`"
        settings.report(("timezone",), f"there is no time zone `{name}`: times are in UTC", hint)
        return ""
    return name


def _read_permalink(settings: Settings, default: str) -> str:
    permalink = settings.text("permalink", default=default).strip() or default
    if permalink not in STYLES and "/" not in permalink and ":" not in permalink:
        close = difflib.get_close_matches(permalink, STYLES, 1)
        hint = f"did you mean `{close[0]}`?" if close else f"styles are {', '.join(f'`{style}`' for style in STYLES)}"
        settings.report(("permalink",), f"`{permalink}` is no permalink style: every post gets this one address", hint)
    return permalink


def _read_collections(settings: Settings) -> tuple[Collection, ...]:
    value = settings.get("collections")
    if isinstance(value, Sequence) and not isinstance(value, str):
        labels: Mapping[str, Value] = dict.fromkeys(settings.words("collections"))
    else:
        labels = settings.section("collections")
    found = [] if "posts" in labels else [Collection("posts", output=True)]
    for label in labels:
        key = ("collections", label)
        data: Data = settings.section(*key) if isinstance(value, Mapping) else {}
        collection = Collection(
            label=_LABEL.sub("", label),
            output=label == "posts" or (bool(data) and settings.flag(*key, "output")),
            permalink=settings.text(*key, "permalink") if data else "",
            sort_by=settings.text(*key, "sort_by") if data else "",
            data=data,
        )
        found.append(collection)
    return tuple(found)


def _read_defaults(settings: Settings) -> tuple[FrontMatterDefault, ...]:
    value = settings.get("defaults")
    if value is not None and (isinstance(value, str) or not isinstance(value, Sequence)):
        settings.refuse(("defaults",), "a list", "each entry is `- scope: {path: …, type: …}` with `values: {…}`")
        return ()
    found: list[FrontMatterDefault] = []
    for index, entry in enumerate(value or ()):
        key = ("defaults", str(index))
        values = entry.get("values") if isinstance(entry, Mapping) else None
        scope = (entry.get("scope") or {}) if isinstance(entry, Mapping) else None
        if not isinstance(values, Mapping) or not isinstance(scope, Mapping):
            message = f"an entry of `defaults` needs `scope` and `values`, both mappings: this is {describe(entry)}"
            settings.report(key, f"{message} and is left out")
            continue
        path, kind = scope.get("path"), scope.get("type")
        for name in (name for name in scope if name not in ("path", "type")):
            settings.report_key((*key, "scope", name), "a scope has `path` and `type`")
        word = kind if isinstance(kind, str) else ""
        if word in ("draft", "drafts"):
            hint = "write `path: _drafts` and leave the type out"
            settings.report((*key, "scope", "type"), "drafts are posts: Jekyll applies this scope to nothing", hint)
            continue
        if isinstance(path, str) and path.startswith("/"):
            message = f"`{path}` fits no file: paths in a scope start at the source folder"
            settings.report((*key, "scope", "path"), message, f"write `path: {path.lstrip('/') or chr(34) * 2}`")
        found.append(FrontMatterDefault(path if isinstance(path, str) else "", _ALIASES.get(word, word), values))
    return tuple(found)
