"""Files and folders of other programs, read and written as posts of a site: new files only, and only below its folder."""

import datetime
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.source import SourceText
from mathblog.engine.authoring.new_files import write_new
from mathblog.engine.problem import USAGE, BuildStopped
from mathblog.engine.programs.pandoc import read_latex
from mathblog.engine.sources.blog_folder import require_blog, require_folder
from mathblog.engine.sources.opening import read_plain
from mathblog.engine.sources.snapshot import take_snapshot
from mathblog.engine.sources.walk import SourceChangedError
from mathblog.pipeline.images.svg import clean_svg
from mathblog.pipeline.importing.copied import may_write
from mathblog.pipeline.importing.rewriting import RULE, GivenFolder, Imported, PostPaths
from mathblog.reading.decode import decode

KINDS = ("notebook", "obsidian", "hugo", "quarto", "latex")
_ENDINGS = {".ipynb": "notebook", ".qmd": "quarto", ".tex": "latex"}
_NOT_READ = frozenset(
    (".git", ".obsidian", ".trash", "node_modules", "_site", "public", ".quarto", "_freeze", ".ipynb_checkpoints")
)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The files that were written, those that were there already and stay, and what was not carried over."""

    new: tuple[str, ...]
    there: tuple[str, ...]
    problems: tuple[Diagnostic, ...]


def kind_of(path: Path) -> str:
    """The program that a file or a folder was written for, '' where it does not say."""
    if path.is_dir():
        if (path / ".obsidian").is_dir():
            return "obsidian"
        if (path / "_quarto.yml").is_file():
            return "quarto"
        names = ("hugo.toml", "hugo.yaml", "hugo.json", "config.toml")
        return "hugo" if any((path / name).is_file() for name in names) else ""
    if path.suffix == ".md" and path.is_file():
        with path.open("rb") as file:
            return "hugo" if file.read(3) in (b"+++", b"{\n ", b'{"t') else ""
    return _ENDINGS.get(path.suffix, "")


def import_into(site: Path, path: Path, kind: str, day: datetime.date | None, *, dry_run: bool) -> ImportReport:
    """Carry a file or a folder over into a site; `day` is the date of posts that have none, else when their file was written.

    Raises:
        BuildStopped: 2 for what is not there or is none of this `kind`, and where the site is no blog, 3 where pandoc is missing or a file cannot be written.

    """
    require_folder(site)
    require_blog(site)
    if not path.exists():
        message = f"`{path}` does not exist"
        raise BuildStopped(message, code=USAGE, hint="name a file or a folder")
    folder = _folder(path, day)
    try:
        posts = tuple(_read(kind, folder, PostPaths(), path if path.is_dir() else path.parent))
    except (SourceChangedError, ValueError, OSError) as error:
        message = f"cannot import `{path}`: {error}"
        raise BuildStopped(message, code=USAGE, hint="`--from` says what it is") from error
    if not posts:
        message = f"`{path}` has nothing that was written for `{kind}`"
        raise BuildStopped(message, code=USAGE, hint="`--from` says what it was written for")
    root = (path if path.is_dir() else path.parent).as_posix()
    named = [replace(it, path=os.path.normpath(f"{root}/{it.path}")) for post in posts for it in post.problems]
    files: dict[str, str | bytes] = {}
    for post in posts:
        if post.path:
            files[post.path] = post.text.encode("utf-8", "replace")  # JSON may hold halves of characters
        for name, it in post.files.items():
            files[name] = it if isinstance(it, bytes) else folder.read(it)
            if name.lower().endswith(".svg"):
                drawing, told = _drawing(name, files.pop(name))
                files |= {name: drawing} if drawing else {}
                named += told
    for name in [name for name in files if not may_write(name)]:
        del files[name]
        message = f"`{name}` is not written: it may be settings or code, or is of no kind that pages show"
        named.append(in_file(name, message, code=RULE, hint="read it, and copy it yourself"))
    problems = tuple(sorted(named, key=lambda it: it.sort_key))
    if dry_run:
        there = tuple(name for name in files if os.path.lexists(site / name))
        return ImportReport(tuple(name for name in files if name not in there), there, problems)
    written = write_new(site, files)
    return ImportReport(written.new, written.there, problems)


def _drawing(name: str, content: str | bytes) -> tuple[bytes, list[Diagnostic]]:
    """An SVG without what runs or loads anything, b'' for one that cannot be read, and what is said of it."""
    try:
        cleaned, taken = clean_svg(content)
    except ValueError as error:
        return b"", [in_file(name, f"the drawing cannot be read: {error}", code=RULE, hint="save it again as SVG")]
    if not taken:
        return cleaned, []
    listed = ", ".join(f"`{it}`" for it in taken)
    return cleaned, [in_file(name, f"taken out of the drawing: {listed}", code=RULE, hint="it runs or loads something")]


def _read(kind: str, folder: GivenFolder, names: PostPaths, root: Path) -> Iterable[Imported]:
    """The posts of what is imported."""
    if kind == "obsidian":
        from mathblog.pipeline.importing.obsidian import import_obsidian

        return import_obsidian(folder, names)
    if kind == "hugo":
        from mathblog.pipeline.importing.hugo import import_hugo

        return import_hugo(folder, names)
    if kind == "quarto":
        from mathblog.pipeline.importing.quarto import import_quarto

        return import_quarto(folder, names)
    endings = {it: ending for ending, it in _ENDINGS.items()}
    chosen = [it for it in folder.files if it.endswith(endings.get(kind, ".md"))]
    texts = list[SourceText]()
    for path in chosen:
        decoded = decode(path, folder.read(path))
        if decoded.source is None:
            message = f"`{path}` is not UTF-8"
            raise ValueError(message)
        texts.append(decoded.source)
    if kind == "notebook":
        from mathblog.pipeline.compiling.cleaning import clean_html
        from mathblog.pipeline.importing.notebook import import_notebook

        return [import_notebook(source, folder.files[source.path], names, clean_html) for source in texts]
    from mathblog.pipeline.importing.latex import WRITER, finish, prepare

    papers = [(prepare(source, folder), source.path) for source in texts]
    return [finish(paper, *read_latex(paper.text, path, WRITER, root), folder, names) for paper, path in papers]


def _folder(path: Path, day: datetime.date | None) -> GivenFolder:
    """The files of a folder, or one file and those beside it; no link is followed.

    Raises:
        BuildStopped: 3 where the folder cannot be read.

    """
    if not path.is_dir():
        root = os.path.realpath(path.parent)
        written = datetime.datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()

        def has(name: str) -> bool:
            below = os.path.normpath(name)
            return not below.startswith(("..", os.sep)) and os.path.isfile(f"{root}/{below}")  # noqa: PTH113 - strings throughout

        return GivenFolder({path.name: day or written}, lambda name: read_plain(root, os.path.normpath(name)), has)

    def wanted(name: str, is_folder: bool) -> bool:  # noqa: FBT001 - a predicate of two facts
        return not (is_folder and name.rpartition("/")[2] in _NOT_READ)

    snapshot = take_snapshot(path, wanted)
    days = {
        name: day or datetime.datetime.fromtimestamp(stamp.modified / 1e9).astimezone().date()
        for name, stamp in snapshot.files.items()
    }
    return GivenFolder(days, snapshot.read, snapshot.files.__contains__)
