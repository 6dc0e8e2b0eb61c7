"""Documents -> the facts about the site that every other stage may ask."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import cast

from mathblog.core.digest import fingerprint
from mathblog.core.source import SourceText
from mathblog.model.document import PAGES, POSTS, Meta
from mathblog.model.facts import FactKey, Lazy, SiteFacts
from mathblog.model.layout import Layout
from mathblog.model.options import Config
from mathblog.model.values import Data
from mathblog.pipeline.clock import local_time, print_time


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a site has besides its documents.

    `layouts` are the names of the theme's layouts, `site_layouts` the site's own by name. `files` are the static files as they are published; `texts` answers for any file of the source folder with its text,
    None where it has none; `time` is the time of the build.
    """

    includes: Mapping[str, SourceText]
    layouts: Sequence[str]
    site_layouts: Mapping[str, Layout]
    files: Sequence[str]
    texts: Mapping[str, Callable[[], SourceText | None]]
    data: Data
    time: datetime
    environment: str = "development"


def index_site(
    metas: Iterable[Meta], digests: Mapping[str, str], config: Config, surroundings: Surroundings
) -> SiteFacts:
    """All facts that are known once every document is read. `digests` are those of the `metas`, by path.

    Posts stand newest first, those of the same date by path (`Jekyll::Collection#docs`, reversed by `site.posts`).
    """
    documents = sorted(metas, key=_age)
    posts = tuple(meta for meta in reversed(documents) if meta.collection == POSTS)
    facts: dict[FactKey, object] = {
        ("site",): config.site,
        ("generators",): config.generators,
        ("time",): surroundings.time,
        ("environment",): surroundings.environment,
        ("posts",): posts,
        ("pages",): tuple(sorted((meta for meta in documents if meta.collection == PAGES), key=lambda meta: meta.path)),
        ("tags",): _group(posts, lambda meta: meta.tags),
        ("categories",): _group(posts, lambda meta: meta.categories),
        ("includes",): tuple(sorted(surroundings.includes)),
        ("layouts",): tuple(sorted(surroundings.layouts)),
        ("site_layouts",): tuple(sorted(surroundings.site_layouts)),
        ("static",): tuple(sorted(surroundings.files)),
        ("data",): surroundings.data,
    }
    facts |= {("config", key): value for key, value in config.raw.items()}
    facts |= {("layout", name): layout for name, layout in surroundings.site_layouts.items()}
    facts |= {("include", name): source for name, source in surroundings.includes.items()}
    facts |= {("published", path): True for path in surroundings.files}
    facts |= {("file", path): Lazy(read) for path, read in surroundings.texts.items()}
    facts |= {("document", meta.path): meta for meta in documents}
    facts |= {("collection", collection.label): () for collection in config.reading.collections}
    labels = {meta.collection for meta in documents} - {PAGES}
    facts |= {("collection", label): _in_order(label, documents) for label in labels}
    neighbours = _neighbours(posts)
    facts |= neighbours
    known: dict[FactKey, str] = {("document", meta.path): digests[meta.path] for meta in documents}
    known |= {key: "\0".join(map(str, paths)) for key, paths in neighbours.items()}
    lists = [("posts",), ("pages",), *(("collection", label) for label in labels)]
    for key in lists:
        known[key] = fingerprint([digests[meta.path] for meta in cast("Sequence[Meta]", facts[key])])
    return SiteFacts(facts, known, {"now": partial(print_time, local_time(surroundings.time, config.reading.timezone))})


def _age(meta: Meta) -> tuple[bool, float, str]:
    return (meta.date is not None, meta.date.timestamp() if meta.date else 0.0, meta.path)


def _in_order(label: str, documents: Sequence[Meta]) -> tuple[Meta, ...]:
    return tuple(meta for meta in documents if meta.collection == label)


def _group(posts: Sequence[Meta], names: Callable[[Meta], Sequence[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(name, paths of its posts newest first), in order of first appearance by ascending date, as `site.tags` has it."""
    groups: dict[str, list[str]] = {}
    for meta in reversed(posts):
        for name in names(meta):
            groups.setdefault(name, []).append(meta.path)
    return tuple((name, tuple(reversed(paths))) for name, paths in groups.items())


def _neighbours(posts: Sequence[Meta]) -> dict[FactKey, tuple[str | None, str | None]]:
    """(path of the older post, path of the newer one) for each post."""
    paths = [None, *(meta.path for meta in posts), None]
    return {("neighbours", post): (paths[at + 2], paths[at]) for at, post in enumerate(paths[1:-1]) if post}
