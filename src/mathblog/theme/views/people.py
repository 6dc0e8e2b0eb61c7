"""The authors of a page as templates see them."""

from collections.abc import Mapping, Sequence

from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.values import Data, Value

_OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "display_name"),
    "url": ("url", "uri", "website", "home", "link"),
    "avatar": ("avatar", "image", "picture", "photo"),
    "about": ("about", "bio", "description"),
}


def list_people(view: FactView, data: Data) -> list[Mapping[str, object]]:
    """The authors that a front matter names: `author` or `authors`, names, keys of `_data/authors.yml` or mappings."""
    named = data.get("authors") or data.get("author")
    values = named if isinstance(named, Sequence) and not isinstance(named, str) else [named]
    return [person for value in values if (person := _person_of(view, value))]


def _person_of(view: FactView, value: Value) -> dict[str, object]:
    """A person, empty for what is none. The data are asked for only where a name may be a key of them."""
    known: Value = value
    if isinstance(value, str):
        authors = view[kinds.DATA].get("authors")
        known = authors.get(value) if isinstance(authors, Mapping) else None
    if not isinstance(known, Mapping):
        return {"name": value} if isinstance(value, str) and value else {}
    found = {
        name: next((text for key in keys if isinstance(text := known.get(key), str) and text), "")
        for name, keys in _OTHER_NAMES.items()
    }
    if not found["name"] and isinstance(value, str):
        found["name"] = value
    return {name: text for name, text in found.items() if text} if found["name"] else {}
