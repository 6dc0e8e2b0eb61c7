"""Documents -> the facts about the site that every other stage may ask."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from mathblog.config.defaults import JEKYLL_DEFAULTS
from mathblog.core.dataclass import dataclass, field
from mathblog.core.digest import fingerprint
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText
from mathblog.model.citations.reference import StoredReference
from mathblog.model.document import MOST_NAMES, PAGES, POSTS, Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.kind import Deferred
from mathblog.model.facts.view import SiteFacts
from mathblog.model.images.options import ImageSize
from mathblog.model.layout import Layout
from mathblog.model.options import Config
from mathblog.model.static import StaticFile
from mathblog.model.values import Data, Value
from mathblog.pipeline.clock import local_time, print_time
from mathblog.pipeline.collections import arrange, neighbours, sort_documents
from mathblog.pipeline.needs_ruby import counts_on_ruby
from mathblog.pipeline.numbering.labels import find_label
from mathblog.reading.naming import INDEX

_DATED = lazy_pattern(r"\d{2,4}-\d{1,2}-\d{1,2}-(?=.)")


@dataclass(frozen=True, slots=True)
class SiteInputs:
    """The inputs of a site besides its documents.

    `site_layouts` are the site's own by name. `files` are the static files as
    they are published, `statics` all that Jekyll lists, with the time each was `modified` by its path, `beside` those among the posts;
    `images` tell the sizes of images, `unvaried` why there are no variants of some; `paths` are all
    files of the source folder, and `read` gives the text of one, None where it has none; `time` is the time of the build, `now` that of the clock;
    `absent_theme` is the name of a theme that the site counts on and that is not here.
    """

    includes: Mapping[str, SourceText]
    site_layouts: Mapping[str, Layout]
    files: Sequence[str]
    paths: Collection[str]
    read: Callable[[str], SourceText | None]
    data: Data
    time: datetime
    now: datetime
    environment: str = "development"
    absent_theme: str = ""
    statics: Sequence[StaticFile] = ()
    bibliographies: Mapping[str, Mapping[str, StoredReference]] = field(default_factory=dict)
    plugins_run: bool = False
    modified: Mapping[str, Callable[[], datetime]] = field(default_factory=dict)
    beside: Sequence[str] = ()
    images: Mapping[str, Callable[[], ImageSize | None]] = field(default_factory=dict)
    unvaried: Mapping[str, str] = field(default_factory=dict)


def index_site(metas: Iterable[Meta], digests: Mapping[str, str], config: Config, inputs: SiteInputs) -> SiteFacts:
    """All facts that are known once every document is read. `digests` are those of the `metas`, by path.

    Posts stand newest first, those of the same date by path (`Jekyll::Collection#docs`, reversed by `site.posts`).
    """
    documents = list(metas)
    arranged = _arrange(documents, config)
    posts = tuple(reversed(arranged[POSTS]))
    # Jekyll sorts pages by the name of the file (`Reader#sort_files!`); those of one name stand by path
    pages = [meta for meta in documents if meta.collection == PAGES]
    pages.sort(key=lambda meta: (meta.path.rpartition("/")[2], meta.path))
    near = {path: pair for members in arranged.values() for path, pair in neighbours(members)}
    facts = {
        **kinds.SITE.fact(config.site),
        **kinds.THEME.fact(config.theme.gem),
        **kinds.TIME.fact(inputs.time),
        **kinds.ENVIRONMENT.fact(inputs.environment),
        **kinds.POSTS.fact(posts),
        **kinds.PAGES.fact(tuple(pages)),
        **kinds.COLLECTION.facts(arranged),
        **kinds.COLLECTIONS.fact(config.reading.collections),
        **kinds.TAGS.fact(tags := _group(posts, lambda meta: meta.tags[:MOST_NAMES])),
        **kinds.TAGGED.facts(dict(tags)),
        **kinds.SERIES.facts({name: paths[::-1] for name, paths in _group(posts, partial(_said, "series"))}),
        **kinds.TRANSLATED.facts(dict(_group(documents, partial(_said, "ref")))),
        **kinds.CATEGORIES.fact(_group(posts, lambda meta: meta.categories[:MOST_NAMES])),
        **kinds.DOCUMENT.facts({meta.path: meta for meta in documents}),
        **kinds.NEIGHBOURS.facts(near),
        **kinds.PAGE.facts({meta.output_path: True for meta in documents if meta.output_path}),
        **kinds.CONFIG.facts(configured := _with_defaults(config.raw)),
        **kinds.CONFIG_KEYS.fact(tuple(configured)),
        **kinds.INCLUDES.fact(tuple(sorted(inputs.includes))),
        **kinds.INCLUDE.facts(inputs.includes),
        **kinds.SITE_LAYOUTS.fact(tuple(sorted(inputs.site_layouts))),
        **kinds.LAYOUT.facts(inputs.site_layouts),
        **kinds.DATA.fact(inputs.data),
        **kinds.STATIC.fact(tuple(sorted(inputs.files))),
        **kinds.PUBLISHED.facts(dict.fromkeys(inputs.files, True)),
        **kinds.HAS_BESIDE.fact(bool(inputs.beside)),
        **kinds.BESIDE.facts(dict.fromkeys(inputs.beside, True)),
        **kinds.IMAGE_SIZE.facts({path: Deferred(read) for path, read in inputs.images.items()}),
        **kinds.UNVARIED.facts(inputs.unvaried),
        **kinds.STATIC_FILES.fact(tuple(inputs.statics)),
        **kinds.MODIFIED.facts({path: Deferred(look) for path, look in inputs.modified.items()}),
        **kinds.ABSENT_THEME.fact(inputs.absent_theme),
        **kinds.BIBLIOGRAPHIES.fact(tuple(sorted(inputs.bibliographies))),
        **kinds.REFERENCE_KEYS.facts({path: tuple(found) for path, found in inputs.bibliographies.items()}),
        **{
            kinds.REFERENCE.key(path, key): Deferred(stored.load)
            for path, references in inputs.bibliographies.items()
            for key, stored in references.items()
        },
        **kinds.RUBY.fact(counts_on_ruby(config, inputs.paths, plugins_run=inputs.plugins_run)),
    }
    known = {kinds.DOCUMENT.key(meta.path): digests[meta.path] for meta in documents}
    known |= {kinds.NEIGHBOURS.key(path): "\0".join(map(str, pair)) for path, pair in near.items()}
    lists = {kinds.POSTS.key: posts, kinds.PAGES.key: pages}
    lists |= {kinds.COLLECTION.key(label): members for label, members in arranged.items()}
    known |= {key: fingerprint([digests[meta.path] for meta in members]) for key, members in lists.items()}
    known |= {
        kinds.REFERENCE.key(path, key): stored.digest
        for path, references in inputs.bibliographies.items()
        for key, stored in references.items()
    }
    now = local_time(inputs.now, config.reading.timezone)
    families: dict[str, Callable[[str], object]] = {
        kinds.NOW.name: partial(print_time, now),
        kinds.NAMED.name: Names(documents),
        kinds.FILE.name: inputs.read,
    }
    return SiteFacts(facts, known, families, {kinds.LABEL.name: find_label})


@dataclass
class Names:
    """Finds documents by what references call them: `vae`, `2018-10-06-vae`, `notes/sets`, `_posts/2018-10-06-vae.md`, a URL.

    `sets`, the slug of a document of another collection, finds it where nothing else has that name.
    """

    documents: Sequence[Meta]
    _paths: dict[str, tuple[str, ...]] | None = None

    def __call__(self, name: str) -> tuple[str, ...] | None:
        """The paths of the documents with a name, None where there are none."""
        if self._paths is None:
            self._paths = {}
            last: dict[str, tuple[str, ...]] = {}
            for meta in self.documents:
                stem = meta.path.removesuffix(meta.ext)
                for known in dict.fromkeys([meta.path, meta.url, stem, stem.lstrip("_")]):
                    self._paths[known] = (*self._paths.get(known, ()), meta.path)
                for known in slugs(meta.path) if meta.collection != PAGES else ():
                    found = self._paths if meta.collection == POSTS else last
                    if meta.path not in found.get(known, ()):
                        found[known] = (*found.get(known, ()), meta.path)
            self._paths = {**last, **self._paths}
        return self._paths.get(name)


def slugs(path: str) -> list[str]:
    """Return the names that references may use for the post or draft of a path, besides the path: `2018-10-06-vae`, `vae`."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    if stem == INDEX:
        stem = path.rpartition("/")[0].rpartition("/")[2]
    dated = _DATED.match(stem)
    return [stem, stem[dated.end() :]] if dated else [stem]


def _with_defaults(raw: Data) -> Data:
    """The configuration as templates see it: Jekyll's defaults below the author's keys, one level of sections merged."""
    merged: dict[str, Value] = {**JEKYLL_DEFAULTS, **raw}
    for key, value in JEKYLL_DEFAULTS.items():
        own = raw.get(key)
        if key != "collections" and isinstance(value, Mapping) and isinstance(own, Mapping):
            merged[key] = {**value, **own}
    return merged


def _arrange(documents: Sequence[Meta], config: Config) -> dict[str, tuple[Meta, ...]]:
    """The documents of each collection in its order, posts from old to new."""
    members: dict[str, list[Meta]] = {POSTS: [], **{collection.label: [] for collection in config.reading.collections}}
    for meta in documents:
        if meta.collection != PAGES:
            members.setdefault(meta.collection, []).append(meta)
    known = {collection.label: collection for collection in config.reading.collections if collection.label != POSTS}
    container = config.reading.collections_dir
    return {
        label: arrange(known[label], sort_documents(found), container)
        if label in known
        else tuple(sort_documents(found))
        for label, found in members.items()
    }


def _said(key: str, meta: Meta) -> tuple[str, ...]:
    """The text of a key of the front matter, if it has one."""
    name = meta.data.get(key)
    return (name,) if isinstance(name, str) and name else ()


def _group(posts: Sequence[Meta], names: Callable[[Meta], Sequence[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(name, paths of its posts newest first), in order of first appearance by ascending date, as `site.tags` has it."""
    groups: dict[str, list[str]] = {}
    for meta in reversed(posts):
        for name in names(meta):
            groups.setdefault(name, []).append(meta.path)
    return tuple((name, tuple(reversed(paths))) for name, paths in groups.items())
