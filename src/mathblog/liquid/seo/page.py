"""The values that jekyll-seo-tag finds for a page (its `drop.rb`, `author_drop.rb`, `image_drop.rb`)."""

import re
from collections.abc import Mapping

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.context import Context
from mathblog.liquid.drops.clock import SiteTime
from mathblog.liquid.expressions.compare import is_true
from mathblog.liquid.filters.dates.dates import date_to_xmlschema
from mathblog.liquid.filters.urls import absolute_url, uri_escape
from mathblog.liquid.plain import plain_text
from mathblog.liquid.text import to_s
from mathblog.model.body import to_source
from mathblog.model.facts import kinds

_ABSOLUTE = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_HOME_OR_ABOUT = lazy_pattern(r"/(about/)?(index.html?)?")
_NUMBER = lazy_pattern(r"%(?:<(\w+)>[sd]|\{(\w+)\})")
_NOTHING: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class SeoPage:
    """Texts for attributes: '' where there is nothing to say. `image` has `path` and whatever the author wrote."""

    title: str
    page_title: str
    site_title: str
    description: str
    author: Mapping[str, object]
    locale: str
    canonical: str
    image: Mapping[str, object]
    is_dated: bool
    published: str
    modified: str
    type: str
    name: str
    links: object
    logo: str


def describe(context: Context) -> SeoPage:
    """The values for the page that a template renders."""
    site, page = mapping(context.find("site")), mapping(context.find("page"))
    seo = mapping(page.get("seo"))
    site_title = _words(site.get("title") or site.get("name"), context)
    page_title = _words(page.get("title"), context) or site_title
    site_description = _words(site.get("description"), context)
    is_home = _HOME_OR_ABOUT.fullmatch(to_s(page.get("url"))) is not None
    social = mapping(site.get("social"))
    home_name = (_words(social.get("name"), context) or site_title) if is_home else ""
    tagline = _words(site.get("tagline"), context) or site_description
    title = page_title or site_title
    if site_title and page_title != site_title:
        title = f"{page_title} | {site_title}"
    elif site_title and site_description:
        title = f"{site_title} | {tagline}"
    date = page.get("date")
    if isinstance(date, SiteTime):  # of a document without one: Jekyll prints another at every build
        date = None
    kind = "WebSite" if is_home else "BlogPosting" if page.get("date") else "WebPage"
    return SeoPage(
        title=_number(context, site) + title if title else "",
        page_title=page_title,
        site_title=site_title,
        description=_description(page, context) or site_description,
        author=_author(page, site),
        locale=to_s(
            page.get("locale") or site.get("locale") or page.get("lang") or site.get("lang") or "en_US"
        ).replace("-", "_"),
        canonical=to_s(page.get("canonical_url"))
        or re.sub(r"/index\.html$", "/", to_s(absolute_url(to_s(page.get("url")), context=context))),
        image=_image(page, context),
        is_dated=bool(page.get("date")),
        published=_stamp(date, context),
        modified=_stamp(seo.get("date_modified") or page.get("last_modified_at") or date, context),
        type=to_s(seo.get("type")) or kind,
        name=_words(seo.get("name"), context) or home_name,
        links=seo.get("links") or (social.get("links") if is_home else None),
        logo=to_s(uri_escape(address(to_s(site.get("logo")), context))) if site.get("logo") else "",
    )


def mapping(value: object) -> Mapping[str, object]:
    """A mapping, or an empty one."""
    return value if isinstance(value, Mapping) else _NOTHING


def address(path: str, context: Context) -> str:
    """A path of the site as an absolute address."""
    return path if _ABSOLUTE.match(path) else to_s(absolute_url(path, context=context))


def _words(value: object, context: Context) -> str:
    """Markdown as plain words: what goes into an attribute cannot hold a formula's HTML."""
    text = to_s(value)
    return plain_text(context.run.services.markdownify(text)) if text.strip() else ""


def _number(context: Context, site: Mapping[str, object]) -> str:
    """`Page 2 of 3 for `, after the first page of a list."""
    paginator = mapping(context.find("paginator"))
    number = paginator.get("page")
    if not isinstance(number, int) or number <= 1:
        return ""
    values = {"current": to_s(number), "total": to_s(paginator.get("total_pages"))}
    message = to_s(site.get("seo_paginator_message")) or "Page %<current>s of %<total>s for "
    return _NUMBER.sub(lambda found: values.get(found[1] or found[2], ""), message)


def _description(page: Mapping[str, object], context: Context) -> str:
    """The page's own, else its excerpt in plain words. A body that is still being rendered has no excerpt."""
    given = page.get("description")
    if is_true(given) or not context.knows("content"):
        return _words(given, context)
    path = to_s(page.get("path"))
    found = context.run.view.get(kinds.EXCERPT, path) if path else None
    if found is None or found.html == found.summary:  # made by the template, or as the front matter has it
        return _words(page.get("excerpt"), context)
    if page.get("collection") is None and context.run.view.get(kinds.CONFIG, "page_excerpts") is not True:
        return ""  # pages have excerpts only where the site wants it
    return plain_text(to_source(found.body))


def _author(page: Mapping[str, object], site: Mapping[str, object]) -> Mapping[str, object]:
    """`name`, `twitter`, `url` and what else is said about the author: of the page, of `_data/authors`, or of the site."""
    authors = page.get("authors")
    several = authors[0] if isinstance(authors, list | tuple) and authors else None
    found = next((author for author in (page.get("author"), several, site.get("author")) if to_s(author)), None)
    if isinstance(found, str):
        known = mapping(mapping(site.get("data")).get("authors"))
        return {"name": found, **mapping(known.get(found))}
    return mapping(found)


def _image(page: Mapping[str, object], context: Context) -> Mapping[str, object]:
    given = page.get("image")
    values = mapping(given) or ({"path": given} if isinstance(given, str) else _NOTHING)
    path = to_s(values.get("path") or values.get("facebook") or values.get("twitter"))
    if not path:
        return _NOTHING
    return {
        "path": to_s(uri_escape(address(path, context))),
        **{key: item for key, item in values.items() if key != "path"},
    }


def _stamp(value: object, context: Context) -> str:
    return to_s(date_to_xmlschema(value, context=context)) if value else ""
