"""The light index: titles, headings and tags of all documents, in a script that a page loads when its search is opened."""

import json
from collections.abc import Iterable
from typing import NamedTuple

FOLDER = "assets/search/"
INDEX = f"{FOLDER}index.js"  # a script, since pages on a disk may load one and no data


class Found(NamedTuple):
    """A document as the light index shows it: its address below the site's root, title in HTML, words of the title that are searched.

    `headings` are pairs of an id and words.
    """

    url: str
    html: str
    words: str
    tags: tuple[str, ...]
    headings: tuple[tuple[str, str], ...]


def make_titles(documents: Iterable[Found]) -> bytes:
    """The index of documents, those that come first shown first."""
    rows = [[item.url.lstrip("/"), item.html, item.words, item.tags, item.headings] for item in documents]
    return _script({"titles": rows})


def name_full_index() -> bytes:
    """The script that says that there is an index of whole texts."""
    return _script({"full": True})


def _script(value: object) -> bytes:
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"mathblogSearch({data})\n".encode("utf-8", "replace")
