"""The JSON-LD of a page (jekyll-seo-tag's `json_ld_drop.rb`)."""

from mathblog.liquid.filters.json_text import jsonify
from mathblog.liquid.seo.page import SeoPage

_ENTITIES = frozenset({"BlogPosting", "CreativeWork"})
_AUTHORS = frozenset({"Organization", "Person"})


def json_ld(page: SeoPage) -> str:
    """An object for a `<script>`: its keys in order, those without a value left out. `</` cannot end the script."""
    values: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": page.type,
        "author": _author(page),
        "dateModified": page.modified,
        "datePublished": page.published,
        "description": page.description,
        "headline": page.page_title,
        "image": _image(page),
        "mainEntityOfPage": {"@type": "WebPage", "@id": page.canonical} if page.type in _ENTITIES else None,
        "name": page.name,
        "publisher": _publisher(page),
        "sameAs": page.links,
        "url": page.canonical,
    }
    return jsonify({key: value for key, value in values.items() if value}).replace("</", "<\\/")


def _author(page: SeoPage) -> dict[str, object] | None:
    name, kind = page.author.get("name"), page.author.get("type") or "Person"
    if not name or kind not in _AUTHORS:
        return None
    url = page.author.get("url")
    return {"@type": kind, "name": name, **({"url": url} if url else {})}


def _image(page: SeoPage) -> object:
    path = page.image.get("path")
    others = {key: value for key, value in page.image.items() if key != "path"}
    return {**others, "url": path, "@type": "imageObject"} if others else path


def _publisher(page: SeoPage) -> dict[str, object] | None:
    if not page.logo:
        return None
    name = page.author.get("name")
    logo = {"@type": "ImageObject", "url": page.logo}
    return {"@type": "Organization", "logo": logo, **({"name": name} if name else {})}
