"""`{% seo %}`, `{% seo title=false %}`: the metadata of a page, in the order of jekyll-seo-tag 2.8 (its `template.html`)."""

import re
from collections.abc import Iterator

from mathblog import __version__
from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.expressions.compare import is_true
from mathblog.liquid.filters.texts import escape_once
from mathblog.liquid.seo.json_ld import json_ld
from mathblog.liquid.seo.page import SeoPage, address, describe, mapping
from mathblog.liquid.syntax.nodes import Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token
from mathblog.liquid.text import to_s

_WORK = 2000  # steps that the tag counts for
_VERIFICATIONS = {
    "google": "google-site-verification",
    "bing": "msvalidate.01",
    "alexa": "alexaVerifyID",
    "yandex": "yandex-verification",
    "baidu": "baidu-site-verification",
    "facebook": "facebook-domain-verification",
}


class SeoNode(Node):
    """The elements for a page's head."""

    def __init__(self, token: Token, options: str) -> None:
        super().__init__(token)
        self._shows_title = re.search(r"title=false", options, re.IGNORECASE) is None
        self._shows_canonical = re.search(r"canonical=false", options, re.IGNORECASE) is None

    def render(self, context: Context, output: Output) -> None:
        """Write them, one a line."""
        context.run.step(_WORK)
        page, site = describe(context), mapping(context.find("site"))
        own, facebook = mapping(mapping(context.find("page")).get("twitter")), mapping(site.get("facebook"))
        twitter, codes = site.get("twitter"), site.get("webmaster_verifications")
        card = own.get("card") or mapping(twitter).get("card") or "summary_large_image"
        lines = [*self._basics(page, context), *_named("twitter:card", card if page.image else "summary")]
        lines += _property("twitter:image", page.image.get("path"))
        lines += _named("twitter:image:alt", page.image.get("alt"))
        lines += _property("twitter:title", page.page_title)
        if is_true(twitter):
            lines += _named("twitter:site", "@" + to_s(mapping(twitter).get("username")).replace("@", ""))
            creator = to_s(page.author.get("twitter") or page.author.get("name")).replace("@", "")
            lines += _named("twitter:creator", f"@{creator}" if creator else "")
        lines += _property("fb:admins", facebook.get("admins"))
        lines += _property("article:publisher", facebook.get("publisher"))
        lines += _property("fb:app_id", facebook.get("app_id"))
        if not is_true(codes):
            lines += _named("google-site-verification", site.get("google_site_verification"))
        for key, name in _VERIFICATIONS.items():
            lines += _named(name, mapping(codes).get(key))
        lines += ['<script type="application/ld+json">', json_ld(page) + "</script>"]
        output.write_at("\n".join(lines) + "\n", self)

    def _basics(self, page: SeoPage, context: Context) -> Iterator[str]:
        if page.title and self._shows_title:
            yield f"<title>{escape_once(page.title)}</title>"
        yield f'<meta name="generator" content="mathblog {__version__}" />'
        yield from _property("og:title", page.page_title)
        yield from _named("author", page.author.get("name"))
        yield from _property("og:locale", page.locale)
        yield from _named("description", page.description)
        yield from _property("og:description", page.description)
        if mapping(context.find("site")).get("url"):
            if self._shows_canonical:
                yield f'<link rel="canonical" href="{escape_once(page.canonical)}" />'
            yield from _property("og:url", page.canonical)
        yield from _property("og:site_name", page.site_title)
        yield from _property("og:image", page.image.get("path"))
        for key in ("height", "width", "alt") if page.image else ():
            yield from _property(f"og:image:{key}", page.image.get(key))
        yield from _property("og:type", "article" if page.is_dated else "website")
        yield from _property("article:published_time", page.published)
        paginator = mapping(context.find("paginator"))
        for relation, key in (("prev", "previous_page"), ("next", "next_page")):
            if is_true(paginator.get(key)):
                path = to_s(paginator.get(f"{key}_path"))
                yield f'<link rel="{relation}" href="{escape_once(address(path, context))}" />'


def _property(name: str, value: object) -> Iterator[str]:
    if value:
        yield f'<meta property="{name}" content="{escape_once(value)}" />'


def _named(name: str, value: object) -> Iterator[str]:
    if value:
        yield f'<meta name="{name}" content="{escape_once(value)}" />'


def read_seo(parser: Parser, mark: Mark) -> Node:
    """The tag and its options."""
    return SeoNode(mark.tag, mark.markup.value)
