"""The authors of a post: names in its front matter, keys of `_data/authors`, or the site's author (jekyll-feed's rules)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.values import Data


class Author(NamedTuple):
    """A person, as Atom has them; '' where nothing is known."""

    name: str
    email: str = ""
    uri: str = ""


def list_authors(view: FactView, data: Data) -> tuple[Author, ...]:
    """The authors that a front matter names: `author`, one or a list, else the first of `authors`."""
    authors = data.get("authors")
    first = authors[0] if isinstance(authors, Sequence) and authors and not isinstance(authors, str) else None
    named = data.get("author") or first
    values = named if isinstance(named, Sequence) and not isinstance(named, str) else [named]
    found: list[Author] = []
    for value in values:
        author: object = value
        if isinstance(value, str):
            everything = view[kinds.DATA]
            known = everything.get("authors") if isinstance(everything, Mapping) else None
            author = (known.get(value) if isinstance(known, Mapping) else None) or value
        if isinstance(author, Mapping):
            name, email, uri = (text if isinstance(text := author.get(key), str) else "" for key in Author._fields)
            found.append(Author(name, email, uri))
        elif isinstance(author, str) and author:
            found.append(Author(author))
    return tuple(found)
