"""The JSON-LD of a page (jekyll-seo-tag's `json_ld_drop.rb`)."""

from mathblog.liquid.filters.json_text import jsonify
from mathblog.liquid.seo.page import SeoPage

_ENTITIES = frozenset({"BlogPosting", "CreativeWork"})
_AUTHORS = frozenset({"Organization", "Person"})


def json_ld(page: SeoPage) -> str:
    """An object for a `<script>`: its keys in order, those without a value left out. `</` cannot end the script."""
    name, kind = page.author.get("name"), page.author.get("type") or "Person"
    url = page.author.get("url")
    author = {"@type": kind, "name": name, **({"url": url} if url else {})} if name and kind in _AUTHORS else None
    path = page.image.get("path")
    image = {key: value for key, value in page.image.items() if key != "path"}
    logo = {"@type": "ImageObject", "url": page.logo}
    publisher = {"@type": "Organization", "logo": logo, **({"name": name} if name else {})} if page.logo else None
    values: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": page.type,
        "author": author,
        "dateModified": page.modified,
        "datePublished": page.published,
        "description": page.description,
        "headline": page.page_title,
        "image": {**image, "url": path, "@type": "imageObject"} if image else path,
        "mainEntityOfPage": {"@type": "WebPage", "@id": page.canonical} if page.type in _ENTITIES else None,
        "name": page.name,
        "publisher": publisher,
        "sameAs": page.links,
        "url": page.canonical,
    }
    return jsonify({key: value for key, value in values.items() if value}).replace("</", "<\\/")
