"""The URL and the output file of a document (Jekyll's `document.rb`, `page.rb`, `drops/url_drop.rb`)."""

import datetime
import difflib
import posixpath
from collections.abc import Mapping
from typing import NamedTuple

from mathblog.core.diagnostic import in_file
from mathblog.core.patterns import lazy_pattern
from mathblog.core.stops import Stop
from mathblog.model.document import POSTS, is_markdown
from mathblog.model.options import ReadingOptions
from mathblog.model.output import HTML_EXTENSIONS
from mathblog.model.static import StaticFile
from mathblog.reading.defaults import find_defaults
from mathblog.reading.fields import Fields, as_text, describe_type
from mathblog.reading.naming import FileKind, FilePlace, collection_of
from mathblog.text.english_dates import DAYS, MONTHS
from mathblog.text.slugs import slugify
from mathblog.text.urls import (
    expand,
    find_danger,
    output_path,
    permalink_extension,
    reserved_name,
    suffix_for,
    template_for,
)

_STYLE_NAMES = ("pretty", "date", "ordinal", "weekdate")
_DATE_PARTS = lazy_pattern(
    r":(?:day|i_day|month|i_month|short_month|long_month|year|short_year|y_day|w_year|week|w_day|short_day|long_day)"
)
_CONVERTED = {".scss": ".css", ".sass": ".css"}


class Address(NamedTuple):
    """The address of a page: its URL, encoded, and its file below the destination, decoded. `dated`: the URL holds the day.

    `written_url` has what stands outside of the template's placeholders as its author wrote it.
    """

    url: str
    written_url: str
    output_path: str
    dated: bool


class Naming(NamedTuple):
    """The values from which a document's placeholders are made."""

    slug: str  # as the front matter says it, '' where it says nothing
    categories: tuple[str, ...]
    date: datetime.datetime


def find_address(fields: Fields, place: FilePlace, naming: Naming, options: ReadingOptions) -> Address:
    """The address of a file; what is wrong with its permalink is noted in `fields`."""
    permalink = _permalink(fields)
    ext = (permalink and permalink_extension(permalink)) or converted_extension(place.ext, options)
    is_page = place.kind is FileKind.PAGE
    if permalink or not is_page:
        template = permalink or _template(place, options)
    elif ext not in HTML_EXTENSIONS:
        template = "/:path/:basename:output_ext"
    else:
        template = "/:path/" if place.slug == "index" else "/:path/:basename" + suffix_for(options.permalink)
    values = (
        {"path": posixpath.dirname(place.path), "basename": place.slug, "output_ext": ext}
        if is_page
        else document_values(place, naming, ext, options)
    )
    expanded = expand(template, values)
    for name in expanded.unknown:
        close = difflib.get_close_matches(name, values, 1)
        hint = (
            f"did you mean `:{close[0]}`?" if close else f"there are {', '.join(f'`:{key}`' for key in sorted(values))}"
        )
        if is_page:
            fields.warn(
                "permalink", f"`:{name}` means nothing in the permalink of a page and stays as it is", hint, code="url"
            )
        else:
            fields.refuse("permalink", f"unknown placeholder `:{name}` in the permalink", hint, kind=Stop.PERMALINK)
    file = output_path(expanded.url, ext, f"index{ext}" if is_page else "index.html")
    _check(fields, place, permalink, expanded.url, file)
    return Address(expanded.url, expanded.written, file, dated=bool(_DATE_PARTS.search(template)))


def find_static_path(place: FilePlace, options: ReadingOptions) -> str:
    """The output file of a static file; those of a collection follow its permalink, '' where it is not written.

    Source of the rule: `static_file.rb`.
    """
    if place.kind is not FileKind.MEMBER:
        return place.path
    collection = collection_of(place.collection, options)
    if not collection.output:
        return ""
    folder = posixpath.join(options.collections_dir.strip("/"), f"_{place.collection}")
    stem, ext = posixpath.splitext(place.path[len(folder) :])
    name = posixpath.basename(stem)
    values = {"collection": place.collection, "path": stem, "output_ext": "", "name": name, "title": ""}
    url = expand(_template(place, options), values).url
    return output_path(url.rstrip("/"), "") + ext


def describe_static(place: FilePlace, options: ReadingOptions) -> StaticFile:
    """A static file as `site.static_files` has it (`StaticFile#relative_path`), with the defaults that hold for it."""
    container = options.collections_dir.strip("/")
    is_member = place.kind is FileKind.MEMBER
    path = place.path.removeprefix(f"{container}/") if is_member and container else place.path
    kind = place.collection if is_member else ""
    data = find_defaults(place.path, kind, options.defaults, options.collections_dir) if options.defaults else {}
    return StaticFile(place.path, path if is_member else f"/{path}", kind, data)


def converted_extension(ext: str, options: ReadingOptions) -> str:
    """The extension of what a source file becomes."""
    if is_markdown(ext, options.markdown_ext):
        return ".html"
    return _CONVERTED.get(ext.lower(), ext)


def _permalink(fields: Fields) -> str:
    if fields.data.get("permalink") is None:
        return ""
    permalink = as_text(fields.data["permalink"])
    if permalink is None:
        message = f"`permalink` has to be text, not {describe_type(fields.data['permalink'])}"
        fields.refuse("permalink", message, kind=Stop.PERMALINK)
        return ""
    if not permalink.strip():
        message = "`permalink` is empty: the address is made of the file's name"
        fields.warn("permalink", message, "leave it out, or write `/` for the home page", code="url")
        return ""
    if permalink in _STYLE_NAMES:
        message = f"`permalink: {permalink}` names a style only in `_config.yml`; here it is the address `/{permalink}`"
        fields.warn("permalink", message, f"write its template: `{template_for(permalink)}`", code="url")
    return permalink


def _template(place: FilePlace, options: ReadingOptions) -> str:
    collection = collection_of(place.collection, options)
    if collection.permalink:
        return collection.permalink
    if place.collection == POSTS:
        return template_for(options.permalink)
    return "/:collection/:path" + suffix_for(options.permalink)


def document_values(place: FilePlace, naming: Naming, ext: str, options: ReadingOptions) -> Mapping[str, str]:
    """The value of each placeholder for a document of a collection (`url_drop.rb`). English names, whatever the locale."""
    date = naming.date
    iso = date.isocalendar()
    stem = posixpath.splitext(posixpath.basename(place.path))[0]
    month, weekday = MONTHS[date.month - 1], DAYS[iso.weekday - 1]
    folder = posixpath.join(options.collections_dir.strip("/"), f"_{place.collection}")
    inner = place.path.removeprefix(options.collections_dir.strip("/")).lstrip("/")
    inner = (
        inner.replace(f"_{place.collection}", "", 1) if place.kind is not FileKind.MEMBER else place.path[len(folder) :]
    )
    lowered = dict.fromkeys(category.lower() for category in naming.categories)
    slugs = dict.fromkeys(slugify(category) for category in naming.categories)
    slug = naming.slug or place.slug
    return {
        "collection": place.collection,
        "path": (inner[: -len(place.ext)] if place.ext else inner).rstrip("."),
        "output_ext": ext,
        # a name of signs only, such as one emoji, stays: Jekyll's address would have nothing before its extension
        "name": slugify(stem) or stem,
        "title": slugify(slug, "pretty", cased=True) or slug,
        "slug": slugify(slug) or slug,
        "categories": "/".join(lowered),
        "slugified_categories": "/".join(slugs),
        "year": f"{date.year:04}",
        "short_year": f"{date.year % 100:02}",
        "month": f"{date.month:02}",
        "i_month": str(date.month),
        "short_month": month[:3],
        "long_month": month,
        "day": f"{date.day:02}",
        "i_day": str(date.day),
        "y_day": f"{date.timetuple().tm_yday:03}",
        "w_year": f"{iso.year:04}",
        "week": f"{iso.week:02}",
        "w_day": str(iso.weekday),
        "short_day": weekday[:3],
        "long_day": weekday,
        "hour": f"{date.hour:02}",
        "minute": f"{date.minute:02}",
        "second": f"{date.second:02}",
    }


def _check(fields: Fields, place: FilePlace, permalink: str, url: str, file: str) -> None:
    danger = find_danger(file)
    if danger:
        fields.refuse("permalink", f"the address `{permalink or url}` cannot be used: {danger}", kind=Stop.ADDRESS)
    elif permalink.lower().startswith(("http://", "https://", "//")):
        message = f"`{permalink}` is the address of another site: the page is at `{url}` of this one"
        fields.warn("permalink", message, "write the path alone, or link to the other site in the text", code="url")
    elif ".." in permalink.split("/"):
        fields.warn("permalink", f"`..` is dropped: the address is `{url}`", code="url")
    if name := reserved_name(file):
        message = f"Windows cannot store a file named `{name}`: the site cannot be built or copied there"
        hint = "rename the file or give it a `permalink`"
        if permalink:
            fields.warn("permalink", message, hint, code="url")
        else:
            fields.problems.append(in_file(place.path, message, code="url", hint=hint))
