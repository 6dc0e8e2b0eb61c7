"""The authors of a page as templates see them."""

from collections.abc import Mapping, Sequence

from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.values import Data, Value
from mathblog.text.harmless import runs_script

_OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "display_name"),
    "url": ("url", "uri", "website", "home", "link"),
    "avatar": ("avatar", "image", "picture", "photo"),
    "about": ("about", "bio", "description"),
}


def list_people(view: FactView, data: Data) -> list[Mapping[str, object]]:
    """The authors that a front matter names: `author` or `authors`, names, keys of `_data/authors.yml` or mappings.

    An address that runs a script is left out. The data are asked for only where a name may be a key of them.
    """
    named = data.get("authors") or data.get("author")
    people: list[Mapping[str, object]] = []
    for value in named if isinstance(named, Sequence) and not isinstance(named, str) else [named]:
        known: Value = value
        if isinstance(value, str):
            authors = view[kinds.DATA].get("authors")
            known = authors.get(value) if isinstance(authors, Mapping) else None
        found = {"name": value} if isinstance(value, str) else {}
        if isinstance(known, Mapping):
            for name, keys in _OTHER_NAMES.items():
                texts = (text for key in keys if isinstance(text := known.get(key), str) and text)
                texts = (text for text in texts if name not in ("url", "avatar") or not runs_script(text))
                found[name] = next(texts, found.get(name, ""))
        if found.get("name"):
            people.append({name: text for name, text in found.items() if text})
    return people
