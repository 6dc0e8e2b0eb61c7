"""The translations of a page as templates see them."""

from collections.abc import Mapping

from mathblog.model.document import MOST_NAMES, Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.text.harmless import harmless_address


def list_translations(view: FactView, meta: Meta) -> list[Mapping[str, str]]:
    """The page in other languages, each with `lang` and `url`, by language.

    They are those that `translations:` of the front matter names, by the path of a source file or by an address, and the posts and pages
    that have the same `ref:` and another `lang`. An address that runs a script is left out.
    """
    named, ref = meta.data.get("translations"), meta.data.get("ref")
    found: dict[str, str] = {}
    for lang, value in named.items() if isinstance(named, Mapping) else ():
        if address := harmless_address(value):
            other = view.get(kinds.DOCUMENT, address.removeprefix("/"))
            found[lang] = other.url if other else address
    paths = view.get(kinds.TRANSLATED, ref) if isinstance(ref, str) else None
    if paths or found:
        site = view[kinds.SITE].lang
        for path in sorted(paths or ())[:MOST_NAMES]:
            if path != meta.path and (other := view.get(kinds.DOCUMENT, path)):
                found.setdefault(other.lang or site, other.url)
        found.pop(meta.lang or site, None)
    return [{"lang": lang, "url": found[lang]} for lang in sorted(found)]
