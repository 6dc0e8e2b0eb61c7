"""The metadata of a page for search engines and cards (the fields of jekyll-seo-tag's template)."""

import datetime
import json
from dataclasses import replace

from markupsafe import Markup

from mathblog.core.dataclass import dataclass
from mathblog.model.document import own_image
from mathblog.model.facts import kinds
from mathblog.model.facts.page import PageContext
from mathblog.model.values import Data
from mathblog.text.harmless import harmless_address
from mathblog.text.urls import absolute_url
from mathblog.theme.citing import PostCitation, cite_post
from mathblog.theme.filters import shorten
from mathblog.theme.views.people import list_people
from mathblog.theme.views.texts import Texts

_LENGTH = 160  # characters of a description: what search engines show
_NOTHING = Markup()
_encode = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Metadata:
    """Plain texts, '' where there is nothing to say. `is_card` says that the image is one that mathblog drew.

    `json_ld` is a JSON object for a `<script>`, of posts only, as is their `citation`.
    """

    canonical: str
    description: str
    author: str
    image: str
    is_card: bool = False
    json_ld: Markup = _NOTHING
    citation: PostCitation | None = None


def describe_page(page: PageContext, summary: str, lang: str, texts: Texts) -> Metadata:
    """The metadata of a page in a language; `summary` is the beginning of its text in plain words."""
    spec, site = page.spec, page.view[kinds.SITE]
    meta = page.view.get(kinds.DOCUMENT, spec.source) if spec.source else None
    data: Data = meta.data if meta else {}
    given = data.get("description")
    own = Markup(given).striptags() if isinstance(given, str) else ""  # noqa: S704 - to take tags out
    own = page.view.said(spec.source, own)
    description = texts.words(own) if isinstance(given, str) else summary or texts.words(site.description)
    given = harmless_address(data.get("canonical_url"))
    people = tuple(name for person in list_people(page.view, data) if (name := str(person["name"]))) or (site.author,)
    image = harmless_address(own_image(data))
    card = page.view.get(kinds.ADDRESS, "card", spec.source) if meta and meta.is_post and not image else None
    image = image or card or ""
    found = Metadata(
        canonical=given or absolute_url(site, spec.url),
        description=shorten(description, _LENGTH),
        author=" and ".join(people),
        image=absolute_url(site, image) if image else "",
        is_card=bool(card),
    )
    if meta is None or not meta.is_post:
        return found
    title = texts.words(page.view.said(spec.source, spec.title))
    published = meta.date.isoformat() if meta.date else ""
    changed = meta.data.get("last_modified_at") or meta.data.get("last_modified")
    post = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": title,
        "description": found.description,
        "datePublished": published,
        "dateModified": changed.isoformat() if isinstance(changed, datetime.date) else published,
        "inLanguage": lang,
        "url": found.canonical,
        "author": {"@type": "Person", "name": found.author or site.title},
    }
    # inside a script `</script>` and `<!--` would end it
    json_ld = _encode(post).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    citation = cite_post(title, meta, tuple(filter(None, people)), found.canonical, texts.words(site.title))
    return replace(found, json_ld=Markup(json_ld), citation=citation)  # noqa: S704 - has no `<`
