"""A path -> the kind of the file, and for posts its date and slug (Jekyll's `reader.rb`, `document.rb`)."""

import posixpath
import re
from enum import StrEnum
from functools import lru_cache

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.model.document import PAGES, POSTS, is_markdown
from mathblog.model.gem import LENT
from mathblog.model.options import Collection, ReadingOptions
from mathblog.model.output import HTML_EXTENSIONS
from mathblog.reading.entries import accepts


class FileKind(StrEnum):
    """The kind of a file, which decides how it is used.

    `SASS` is what style sheets import. `MEMBER` belongs to a collection: a document with front matter, else a static file; `PAGE` likewise. `UNDATED` lies
    among the posts without a date in its name: it is left out, and the author should know.
    """

    POST = "post"
    DRAFT = "draft"
    MEMBER = "member"
    PAGE = "page"
    DATA = "data"
    LAYOUT = "layout"
    INCLUDE = "include"
    PLUGIN = "plugin"
    SASS = "sass"
    BIBLIOGRAPHY = "bibliography"
    UNDATED = "undated"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A file, judged by its path. `date` is as written in the name; `folders` are the categories the path gives."""

    kind: FileKind
    path: str
    collection: str = PAGES
    date: str = ""
    slug: str = ""
    ext: str = ""
    folders: tuple[str, ...] = ()

    @property
    def needs_front_matter(self) -> bool:
        """Whether it is a document only with front matter, and a static file without; posts need none."""
        return self.kind in (FileKind.PAGE, FileKind.MEMBER)


_DATED = lazy_pattern(r"(\d{2,4}-\d{1,2}-\d{1,2})-(.*)(\.[^.]+)\Z", re.DOTALL | re.ASCII)
INDEX = (
    "index"  # the text of a page bundle of Hugo's, whose folder has the date and the name: `2018-10-06-vae/index.md`
)
HEADER = 256  # bytes in which the first line ends: three dashes and blanks
_LENT_KINDS = {
    "_layouts": FileKind.LAYOUT,
    "_includes": FileKind.INCLUDE,
    "_data": FileKind.DATA,
    "_sass": FileKind.SASS,
}
BIBTEX = ".bib"
MEDIA = (
    ".avif", ".bmp", ".gif", ".ico", ".jpeg", ".jpg", ".m4a", ".mov", ".mp3", ".mp4", ".ogg", ".pdf", ".png", ".svg", ".wav",
    ".webm", ".webp", ".zip",
)  # fmt: skip
SHEETS = (".scss", ".sass", ".css")
DATA_EXTENSIONS = (".yml", ".yaml", ".json", ".csv", ".tsv")


def has_front_matter(data: bytes) -> bool:
    """Whether the first line of a file is `---` (`Utils.has_yaml_header?`), a byte order mark aside.

    In UTF-16, too: such a file is a page that cannot be read, and not a static file to be copied in silence.
    """
    start = data[:HEADER].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")
    line, found, _ = start.partition(b"\n")
    return bool(found) and line.startswith(b"---") and not line[3:].strip()


def walks_into(folder: str, options: ReadingOptions, *, included: bool = True) -> bool:
    """Whether a folder may hold anything that the site reads, `included` also what only `include_relative` may ask for.

    The walk of the source asks it on its way down.
    """
    parts = folder.split("/")
    if any(entry == folder or entry.startswith(f"{folder}/") for entry in _plain(options.include)):
        return True
    if _special_root(folder, options) is not None or (included and _is_for_sass(folder, options)):
        return True
    for depth, part in enumerate(parts):
        parent = "/".join(parts[:depth])
        if part in ("_posts", "_drafts"):
            return True
        if not accepts(part, parent, options, directory=True):
            shown = part.lstrip("_") if included and part != "_site" else part
            if shown != part and accepts(shown, parent, options, directory=True):
                continue
            special = (
                options.layouts_dir,
                options.includes_dir,
                options.data_dir,
                options.sass_dir,
                options.bibliography_dir,
            )
            ahead = (options.collections_dir, *special, *options.sass_paths)
            return any(f"{root}/".startswith(f"{folder}/") for root in ahead if root)
    return True


def is_listed(path: str, options: ReadingOptions) -> bool:
    """Whether a file in a folder of the walk may be read; of what `sass: load_paths` names, `node_modules` say, style sheets alone."""
    if path.endswith(SHEETS) or not _is_for_sass(path, options):
        return True
    return classify(path, options).kind is not FileKind.IGNORED


def _is_for_sass(path: str, options: ReadingOptions) -> bool:
    """Whether `load_paths` leads there: in `node_modules` not to the modules of modules, nor to what its programs keep."""
    for root in options.sass_paths:
        if f"{path}/".startswith(f"{root}/"):
            return not any(part.startswith(".") or part == "node_modules" for part in path[len(root) :].split("/"))
    return False


def classify(path: str, options: ReadingOptions) -> FilePlace:
    """The place of a source file in the site. `path` is relative to the source folder, with `/`."""
    if path.startswith(LENT):
        # what a theme lends besides its assets: its folders always have these names (`theme.rb`)
        folder = path.removeprefix(f"{LENT}/").partition("/")[0]
        ext = posixpath.splitext(path)[1]
        kind = _LENT_KINDS.get(folder, FileKind.IGNORED)
        if kind is FileKind.DATA and ext.lower() not in DATA_EXTENSIONS:
            kind = FileKind.IGNORED
        return FilePlace(kind, path, ext=ext)
    root = _special_root(path, options)
    if root is not None:
        place = _classify_special(path, root, options)
        return place if root[1] is FileKind.MEMBER or not _is_read(path, options) else page_place(path)
    folder, name = posixpath.split(path)
    parts = folder.split("/") if folder else []
    for depth, part in enumerate(parts):
        if part in ("_posts", "_drafts"):
            return _classify_post(path, parts[:depth], part, options)
        if not accepts(part, "/".join(parts[:depth]), options, directory=True):
            break
    else:
        if accepts(name, folder, options):
            return page_place(path)
    return page_place(path) if path in _plain(options.include) else FilePlace(FileKind.IGNORED, path)


def supporting_place(path: str, options: ReadingOptions) -> FilePlace | None:
    """The place of a file that is data, a layout, an include or a bibliography, besides what `classify` says of it.

    In a folder whose name has no underscore in front (`data_dir: assets/data`) it is a file of the site's, too.
    """
    if path.endswith(BIBTEX):
        return FilePlace(FileKind.BIBLIOGRAPHY, path, ext=BIBTEX)
    root = _special_root(path, options)
    if root is None or root[1] is FileKind.MEMBER:
        return None
    place = _classify_special(path, root, options)
    return place if place.kind is not FileKind.IGNORED and _is_read(path, options) else None


def _is_read(path: str, options: ReadingOptions) -> bool:
    """Whether the walk of the source comes to a file, all folders above it included."""
    folder, name = posixpath.split(path)
    parts = folder.split("/") if folder else []
    inside = all(accepts(part, "/".join(parts[:depth]), options, directory=True) for depth, part in enumerate(parts))
    return inside and accepts(name, folder, options)


def _plain(patterns: tuple[str, ...]) -> list[str]:
    return [pattern.strip("/").removeprefix("./") for pattern in patterns]


@lru_cache(maxsize=16)
def _roots(
    options_key: tuple[str, str, str, str, str, str, str, tuple[str, ...]],
) -> tuple[tuple[str, FileKind, str], ...]:
    layouts, includes, data, plugins, sass, bibliography, container, labels = options_key
    fixed = [
        (layouts, FileKind.LAYOUT, ""),
        (includes, FileKind.INCLUDE, ""),
        (data, FileKind.DATA, ""),
        (plugins, FileKind.PLUGIN, ""),
        (sass, FileKind.SASS, ""),
        (bibliography, FileKind.BIBLIOGRAPHY, ""),
    ]
    members = [(posixpath.join(container, f"_{label}"), FileKind.MEMBER, label) for label in labels if label != POSTS]
    return tuple((root.strip("/"), kind, label) for root, kind, label in [*fixed, *members] if root.strip("/"))


def _special_root(path: str, options: ReadingOptions) -> tuple[str, FileKind, str] | None:
    named = (
        options.collections_dir or "_",
        options.layouts_dir,
        options.includes_dir,
        options.data_dir,
        options.sass_dir,
        options.bibliography_dir,
    )
    if "_" not in path and all("_" in folder for folder in named):
        return None
    labels = tuple(collection.label for collection in options.collections)
    folders = (options.layouts_dir, options.includes_dir, options.data_dir, options.plugins_dir, options.sass_dir)
    special = (*folders, options.bibliography_dir)
    key = (*special, options.collections_dir.strip("/"), labels)
    for root in _roots(key):
        if path == root[0] or path.startswith(f"{root[0]}/"):
            return root
    return None


def _classify_special(path: str, root: tuple[str, FileKind, str], options: ReadingOptions) -> FilePlace:
    folder, kind, label = root
    entry = path[len(folder) + 1 :]
    ext = posixpath.splitext(entry)[1]
    if kind is FileKind.DATA:
        is_data = ext.lower() in DATA_EXTENSIONS and not f"/{entry}".count("/.")
        return FilePlace(kind if is_data else FileKind.IGNORED, path, ext=ext)
    if kind is FileKind.PLUGIN:
        return FilePlace(kind if ext == ".rb" else FileKind.IGNORED, path, ext=ext)
    if kind is FileKind.BIBLIOGRAPHY:
        return FilePlace(kind if ext == BIBTEX else FileKind.IGNORED, path, ext=ext)
    if kind is FileKind.LAYOUT and f"/{entry}".count(
        "/."
    ):  # `LayoutReader` asks for `**/*.*`, which has no hidden files
        return FilePlace(FileKind.IGNORED, path)
    if kind is not FileKind.MEMBER:
        return FilePlace(FileKind.IGNORED if entry.endswith(".DS_Store") else kind, path, ext=ext)
    if not accepts(entry, f"_{label}", options):
        return FilePlace(FileKind.IGNORED, path)
    date, slug, ext = split_name(posixpath.basename(entry))
    return FilePlace(kind, path, label, date, slug, ext)


def _classify_post(path: str, above: list[str], special: str, options: ReadingOptions) -> FilePlace:
    folder = "/".join([*above, special])
    inside = all(accepts(part, "/".join(above[:depth]), options, directory=True) for depth, part in enumerate(above))
    container = options.collections_dir.strip("/")
    outside = container and not f"{folder}/".startswith(f"{container}/")
    if outside or not inside or not accepts(path[len(folder) + 1 :], folder, options):
        return FilePlace(FileKind.IGNORED, path)
    date, slug, ext = split_name(posixpath.basename(path))
    if not date and slug == INDEX and is_markdown(ext, options.markdown_ext) and special == "_posts":
        date, bundle, _ = split_name(posixpath.basename(posixpath.dirname(path)) + ext)
        slug = bundle if date else slug
    folders = tuple(above[container.count("/") + 1 :] if container else above)
    as_draft = FileKind.DRAFT if ext else FileKind.IGNORED
    kind = as_draft if special == "_drafts" else FileKind.POST if date else FileKind.UNDATED
    return FilePlace(kind, path, POSTS, date, slug, ext, folders)


def page_place(path: str) -> FilePlace:
    """The place of a file that is a page with front matter, and a static file without."""
    stem, ext = posixpath.splitext(posixpath.basename(path))
    return FilePlace(FileKind.PAGE, path, PAGES, "", stem.rstrip("."), ext)


def split_name(name: str) -> tuple[str, str, str]:
    """Date as written, slug and extension of a file name: `2018-1-2-x.md` -> `2018-1-2`, `x`, `.md`."""
    if found := _DATED.match(name):
        return found[1], found[2].rstrip("."), found[3]
    stem, ext = posixpath.splitext(name)
    return "", stem.rstrip("."), ext


def is_beside(place: FilePlace, options: ReadingOptions) -> bool:
    """Whether a file among the posts is none, and may be published with one that names it: an image, data, a notebook."""
    if place.kind not in (FileKind.UNDATED, FileKind.POST, FileKind.DRAFT) or is_text(place, options):
        return False
    return place.kind is FileKind.UNDATED or place.ext.lower() in MEDIA


def is_text(place: FilePlace, options: ReadingOptions) -> bool:
    """Whether the name of a file is that of Markdown or HTML."""
    return is_markdown(place.ext, options.markdown_ext) or place.ext.lower() in HTML_EXTENSIONS


def collection_of(label: str, options: ReadingOptions) -> Collection:
    """The configuration of a collection by its label; posts are always there and are written."""
    found = next((collection for collection in options.collections if collection.label == label), None)
    return found or Collection(label, output=label == POSTS)
