"""One source file -> a document: front matter over its defaults, title, date, tags, address (Jekyll's `document.rb`)."""

import datetime
import posixpath
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, cast

from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText
from mathblog.model.document import PAGES, POSTS, Document, Meta
from mathblog.model.options import ReadingOptions
from mathblog.model.values import Data, Value
from mathblog.model.zones import load_zone
from mathblog.reading.addresses import Address, Naming, find_address
from mathblog.reading.dates.dates import localize, missing_day, read_date, unknown_zone
from mathblog.reading.defaults import find_defaults
from mathblog.reading.fields import Fields, as_text, describe_type
from mathblog.reading.frontmatter import read_front_matter
from mathblog.reading.left_out import report_data
from mathblog.reading.naming import FileKind, FilePlace, classify, collection_of
from mathblog.reading.plugins.titles import ToWords, take_title
from mathblog.text.mappings import merge
from mathblog.text.slugs import titleize

_OFFSET = lazy_pattern(r":\d\d(?:\.\d*)?\s*(?:Z|[-+]\d{1,2}:?(?:\d\d)?)\s*\Z")


class ReadResult(NamedTuple):
    """The document, or why there is none.

    `skipped` is `draft`, `future` or `unpublished`; where it is None, too, the diagnostics say why there is none.
    """

    document: Document | None
    skipped: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """All that reads a document besides its file. `words` is asked for titles from headings.

    `now`, which has a zone, decides what is a future post, and dates drafts without a date whose file's time is unknown.
    """

    options: ReadingOptions
    now: datetime.datetime
    words: ToWords | None = None


def read_document(
    reader: Reader, source: SourceText, place: FilePlace | None = None, modified: datetime.datetime | None = None
) -> ReadResult:
    """The document of a file that `classify` takes for a post, draft, page or member of a collection.

    `place` is given by those who have classified the file, `modified` is its time. A document of a collection that is not
    written has no `output_path`.
    """
    options = reader.options
    place = place or classify(source.path, options)
    if place.kind is FileKind.DRAFT and not options.drafts:
        return ReadResult(None, "draft")
    if data := report_data(place):
        return ReadResult(None, None, data)
    front = read_front_matter(source, is_document=place.kind is not FileKind.PAGE)
    if front.data is None:
        return ReadResult(None, None, front.diagnostics)
    if front.unread:
        place = without_name(place)
    defaults = find_defaults(source.path, place.collection, options.defaults, options.collections_dir)
    fields = Fields(source, _merge(defaults, front.data, place), front.keys)
    if not fields.published() and not options.unpublished:
        return ReadResult(None, "unpublished", tuple(fields.problems))
    result = _read(reader, fields, place, modified)
    problems = (*front.diagnostics, *fields.problems)
    if fields.failed or result is None:
        return ReadResult(None, None, problems)
    meta, is_future = result
    if front.unread and place.kind is not FileKind.PAGE:
        meta = replace(meta, title="")
    if is_future and meta.collection == POSTS:
        return ReadResult(None, "future", problems)
    document = Document(meta, source, front.body_start, front.keys)
    if reader.words and options.plugins.titles:
        document = take_title(document, options, reader.words)
    return ReadResult(document, None, problems)


def without_name(place: FilePlace) -> FilePlace:
    """The place of a document whose front matter cannot be read: Jekyll does not look at its name then (`Document#read`).

    Its address has the whole name, and the day of the build, which `date_by_build` gives it.
    """
    if place.kind is FileKind.PAGE:
        return place
    return replace(place, date="", slug=posixpath.splitext(posixpath.basename(place.path))[0])


def date_by_build(meta: Meta, options: ReadingOptions, now: datetime.datetime) -> Meta:
    """A post without any date, with the day of the build as its date and in its address, as Jekyll's `site.time` is."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    fields = Fields(SourceText(meta.path, ""), meta.data, {})
    address = find_address(
        fields, without_name(classify(meta.path, options)), Naming("", meta.categories, day), options
    )
    return replace(
        meta,
        date=day,
        url=address.url,
        written_url=address.written_url,
        output_path=address.output_path,
        id=_id(address.written_url, meta.slug),
    )


def _merge(defaults: Data, front: Data, place: FilePlace) -> Data:
    """Front matter over its defaults: an empty value keeps the default in a document, and hides it in a page."""
    if not defaults:
        return front
    merged = merge(defaults, front)
    if place.kind is FileKind.PAGE:
        return {**merged, **{key: None for key, value in front.items() if value is None}}
    if (
        defaults.get("categories") and front.get("categories") is not None
    ):  # the one key that is joined (`merge_categories!`)
        return {**merged, "categories": [*_listed(defaults["categories"]), *_listed(front["categories"])]}
    return merged


def _listed(value: Value) -> Sequence[Value]:
    if isinstance(value, str):
        return value.split()
    return value if isinstance(value, Sequence) else [value]


def _read(
    reader: Reader, fields: Fields, place: FilePlace, modified: datetime.datetime | None
) -> tuple[Meta, bool] | None:
    """The metadata, and whether it is of the future; None for a post whose only date is a day that does not exist."""
    options, now = reader.options, reader.now
    zone = load_zone(options.timezone)
    date = _date(fields, place, zone)
    if date is None and place.kind is FileKind.DRAFT:
        date = (modified or now).astimezone(zone)
    if date is None and place.kind is FileKind.POST and place.date:
        return None
    # folders above `_posts`, then `categories`, then `category`, each once
    named = fields.listed("categories", fields.data.get("categories"))
    single = fields.data.get("category")
    if single is not None and single is not False:
        named += fields.listed("category", [single] if isinstance(single, str) else single)
    categories = tuple(dict.fromkeys((*place.folders, *named)))
    slug = fields.text("slug") if place.collection != PAGES else ""
    naming = Naming(slug, categories, date or now.astimezone(zone))
    address = find_address(fields, place, naming, options)
    if address.dated and date is not None:
        _report_moved_day(fields, date, options)
    elif address.dated and place.kind is FileKind.MEMBER and fields.data.get("date") is None and not place.date:
        message = f"no date, and the address `{address.url}` holds one: Jekyll writes the day of the build, mathblog always this one"
        fields.warn("permalink", message, "give it a `date:`, or a `permalink:` without one", code="date")
    is_future = date is not None and date > now and not options.future and place.kind is not FileKind.PAGE
    return _meta(fields, place, options, date, naming=naming, address=address, written=not is_future), is_future


def _meta(  # noqa: PLR0913 - what a document is made of, each part named by its caller
    fields: Fields,
    place: FilePlace,
    options: ReadingOptions,
    date: datetime.datetime | None,
    *,
    naming: Naming,
    address: Address,
    written: bool,
) -> Meta:
    is_page = place.kind is FileKind.PAGE
    slug = naming.slug or place.slug
    collection = collection_of(place.collection, options)
    keep = (
        is_page or place.collection == POSTS or (collection.output and (written or bool(collection.data.get("future"))))
    )
    title = fields.data.get("title")
    return Meta(
        path=place.path,
        collection=place.collection,
        url=address.url,
        written_url=address.written_url,
        output_path=address.output_path if keep else "",
        id="" if is_page else _id(address.written_url, slug),
        slug=slug,
        ext=as_text(fields.data.get("ext")) or place.ext,
        title=fields.text("title") if title not in (None, False) else "" if is_page else titleize(place.slug),
        date=date,
        categories=naming.categories,
        tags=tuple(dict.fromkeys(fields.words("tag", "tags"))),
        layout=fields.layout(),
        draft=place.kind is FileKind.DRAFT or fields.data.get("draft") is True,
        data=cast("Data", localize(fields.data, load_zone(options.timezone))),
    )


def _id(url: str, slug: str) -> str:
    """`File.join(File.dirname(url), slug)`: the last part of the URL replaced by the slug as it was written."""
    folder = url.rstrip("/").rpartition("/")[0]
    return f"{folder}/{slug}"


def _date(fields: Fields, place: FilePlace, zone: datetime.tzinfo) -> datetime.datetime | None:
    """The front matter's date, else the file name's; what is no date is noted, and counts as not written."""
    value = fields.data.get("date")
    named = read_date(place.date, zone) if place.date else None
    if place.date and (named is None or missing_day(place.date)):
        message = f"`{place.date}` in the file's name is not a date"
        if value is None:
            message += f": {named:%Y-%m-%d} is taken" if named else ": the post is left out"
        hint = "rename the file to `YYYY-MM-DD-title` with a day that exists"
        fields.problems.append(in_file(place.path, message, code="date", hint=hint))
    if value is None:
        return named
    date = read_date(value, zone)
    if date is None:
        text = as_text(value)
        message = f"{describe_type(value) if text is None else f'`{text}`'} is not a date"
        hint = "write `date: 2018-10-06` or `date: 2018-10-06 20:00:00 +0900`"
        fields.warn("date", message, hint, code="date")
        return named
    if missing_day(value):
        hint = "write a day that the month has"
        fields.warn("date", f"the month has no such day: `{value}` is {date:%Y-%m-%d}", hint, code="date")
    if (name := unknown_zone(value)) and name != date.tzname():
        message = f"`{name}` is no time zone that a date may name: the time is local"
        fields.warn("date", message, f"write the offset: `{date:%Y-%m-%d %H:%M:%S %z}`", code="date")
    return date


def _report_moved_day(fields: Fields, date: datetime.datetime, options: ReadingOptions) -> None:
    """Says so where the day of the address is not the day the author wrote: Jekyll is silent, the address stays its."""
    written = fields.data.get("date")
    if not isinstance(written, datetime.datetime) or written.date() == date.date():
        return
    start, end = fields.span("date")
    has_offset = bool(_OFFSET.search(fields.source.text, start, end))
    if has_offset and not written.utcoffset():
        return  # whoever writes `+0000` means it
    zone = options.timezone or "UTC"
    shown = written.strftime("%Y-%m-%d %H:%M")
    if has_offset:
        message = f"`{shown}` is {date:%Y-%m-%d} in {zone}, and the address says so"
        hint = f"write `{date:%Y-%m-%d %H:%M:%S %z}` to keep the address"
        hint += "" if options.timezone else ", or set `timezone:` in `_config.yml`"
    else:
        message = f"a time without an offset is UTC: `{shown}` is {date:%Y-%m-%d} in {zone}, and the address says so"
        hint = f"write `{shown}:00 +0000` to keep the address, `{shown}:00 {date:%z}` for your own clock"
    fields.warn("date", message, hint, code="date")
