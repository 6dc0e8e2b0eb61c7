"""How near a built site is to what Jekyll makes of the same sources: a score, and the first pieces that differ.

A page's score is the weighted mean of what both pages have of it, from 0 to 1; a site's is the mean of its pages, where a missing one
counts 0. `full` compares whole pages and the other files as well, `content` only what the author wrote, in whatever theme.
"""

import difflib
import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree as ET

from support.page_pieces import Element, Pieces, Place, head, parse, pieces, plain

Mode = Literal["content", "full"]
WEIGHTS = {"words": 4, "formulas": 4}
SHOWN = 3
UNORDERED = {"entry", "item", "urlset"}  # elements whose children may stand in any order
PLAIN = {"subtitle", "summary", "title"}  # shown as they are by a reader of feeds
POINTING = {"href", "rel", "src", "term", "url"}


@dataclass(frozen=True)
class Page:
    """One file of the reference, and how near ours is."""

    name: str
    score: float
    differences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parity:
    """A site compared with its reference."""

    pages: tuple[Page, ...]

    @property
    def score(self) -> float:
        return sum(page.score for page in self.pages) / len(self.pages)

    def report(self, limit: int = 12) -> str:
        """The worst pages, with the first pieces that differ."""
        worst = sorted((page for page in self.pages if page.differences), key=lambda page: page.score)[:limit]
        lines = [f"{self.score:.4f} over {len(self.pages)} files"]
        for page in worst:
            lines += [f"{page.score:.4f} {page.name}", *(f"    {difference}" for difference in page.differences)]
        return "\n".join(lines)


def compare(reference: Path, built: Path, mode: Mode, *, baseurl: str = "", dollars: bool = False) -> Parity:
    """Compare the files of `reference` with those of the same name in `built`."""
    ours = _files(built)
    pages = []
    for name, path in sorted(_files(reference).items()):
        if mode == "content" and path.suffix != ".html":
            continue
        if name not in ours:
            pages.append(Page(name, 0, ("missing",)))
            continue
        place = Place("/" + re.sub(r"(^|/)index\.html$", r"\1", name), "example.org", baseurl, dollars)
        theirs, found = (_of_file(file, place, mode) for file in (path, ours[name]))
        if mode == "content" and not theirs.words:
            pages.append(Page(name, 1))  # a list that the layout makes: every theme has its own
        else:
            pages.append(_page(name, theirs, found))
    return Parity(tuple(pages))


def _files(folder: Path) -> dict[str, Path]:
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {unicodedata.normalize("NFC", name): path for name, path in found.items()}


def _of_file(path: Path, place: Place, mode: Mode) -> Pieces:
    text = path.read_text(encoding="utf-8")
    return _of_page(text, place, mode) if path.suffix == ".html" else Pieces(words=_words(path.suffix, text, place))


def _of_page(html: str, place: Place, mode: Mode) -> Pieces:
    document = parse(html)
    region = _article(document) if mode == "content" else next(iter(document.find("body")), document)
    found = pieces(region, place)
    if mode == "full":
        found.head = head(document)
    return found


def _article(document: Element) -> Element:
    """What the author wrote: `.post-content` in our theme, all of `<main>` in the reference."""
    for main in document.find("main"):
        return next((element for element in main.find("div") if "post-content" in element.classes), main)
    return next(iter(document.find("body")), document)


def _words(suffix: str, text: str, place: Place) -> list[str]:
    """The words of a file that is not a page: a feed, a sitemap, a search index, a style sheet."""
    if suffix == ".xml":
        return _of_xml(ET.fromstring(text), place)
    if suffix == ".json":
        return _of_json(json.loads(text), place)
    return re.findall(r"\w+|[^\w\s]", text)


def _of_text(text: str, place: Place) -> list[str]:
    """The words of a text, which may be HTML."""
    return pieces(Element("p", children=parse(text).children), place).words


def _of_json(value: object, place: Place) -> list[str]:
    if isinstance(value, dict):
        return [word for key in sorted(value) for word in (f"{key}:", *_of_json(value[key], place))]
    if isinstance(value, list):
        return [word for item in value for word in _of_json(item, place)]
    return _of_text(value, place) if isinstance(value, str) else [json.dumps(value)]


def _of_xml(element: ET.Element, place: Place) -> list[str]:
    """Tags, what attributes point to, and texts. Neither who made it nor when."""
    tag = element.tag.partition("}")[2] or element.tag
    if tag == "generator":
        return []
    words = [f"<{tag}>", *(f"{name}={value}" for name, value in sorted(element.items()) if name in POINTING)]
    text = element.text or ""
    words += _of_text(plain(text) if tag in PLAIN else text, place)
    parts = [_of_xml(child, place) for child in element if not _is_clock(element, child)]
    return words + [word for part in (sorted(parts) if tag in UNORDERED else parts) for word in part]


def _is_clock(parent: ET.Element, child: ET.Element) -> bool:
    """Does this tell when the site was built, or a file written to this disk?"""
    if parent.tag.endswith("}feed"):
        return child.tag.endswith("}updated")
    return child.tag.endswith("}lastmod") and (parent[0].text or "").endswith(".pdf")


def _page(name: str, expected: Pieces, found: Pieces) -> Page:
    total = weight = 0.0
    differences: list[str] = []
    for part in (each.name for each in fields(Pieces)):
        theirs, ours = getattr(expected, part), getattr(found, part)
        if not theirs and not ours:
            continue
        likeness = _likeness(theirs, ours)
        total += WEIGHTS.get(part, 1) * likeness
        weight += WEIGHTS.get(part, 1)
        if theirs != ours:
            differences += [f"{part} {likeness:.3f}: {difference}" for difference in _differences(theirs, ours)]
    return Page(name, total / weight if weight else 1.0, tuple(differences))


def _likeness(theirs: list[str] | Counter[str], ours: list[str] | Counter[str]) -> float:
    if isinstance(theirs, list) and isinstance(ours, list):
        return difflib.SequenceMatcher(None, theirs, ours, autojunk=False).ratio()
    common = sum((Counter(theirs) & Counter(ours)).values())
    return 2 * common / (sum(Counter(theirs).values()) + sum(Counter(ours).values()))


def _differences(theirs: list[str] | Counter[str], ours: list[str] | Counter[str]) -> list[str]:
    if isinstance(theirs, list) and isinstance(ours, list):
        changes = difflib.SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes()
        spans = [change[1:] for change in changes if change[0] != "equal"][:SHOWN]
        return [
            f"…{' '.join(theirs[max(0, a - 4) : a])} [Jekyll: {_cut(theirs[a:b])}] [ours: {_cut(ours[c:d])}] {' '.join(theirs[b : b + 3])}…"
            for a, b, c, d in spans
        ]
    lost, new = Counter(theirs) - Counter(ours), Counter(ours) - Counter(theirs)
    return [f"lacks {piece}" for piece in list(lost)[:SHOWN]] + [f"adds {piece}" for piece in list(new)[:SHOWN]]


def _cut(words: list[str]) -> str:
    return " ".join(words[:14]) + (" …" if len(words) > 14 else "")
