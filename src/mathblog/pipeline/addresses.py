"""Who writes which file: one maker for each, the site's own pages before those that mathblog generates."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from unicodedata import normalize

from mathblog.core.diagnostic import Diagnostic, Severity, in_file
from mathblog.model.document import POSTS, Meta
from mathblog.model.output import PageSpec
from mathblog.model.urls import reserved_name
from mathblog.site.generate import give_way
from mathblog.theme.choose import choose_layout


def specify_documents(metas: Iterable[Meta], *, own_layouts: bool = False) -> list[PageSpec]:
    """The page of each document that is written, in a site with or without layouts of its own."""
    return [
        PageSpec(
            url=meta.url,
            output_path=meta.output_path,
            kind="post" if meta.collection == POSTS else "page",
            layout=choose_layout(meta, own_layouts=own_layouts),
            title=meta.title,
            source=meta.path,
        )
        for meta in metas
        if meta.output_path
    ]


class Claims(NamedTuple):
    """The pages that may be written, and an error for each address that two sources claim."""

    pages: tuple[PageSpec, ...]
    files: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]


def settle_addresses(own: Sequence[PageSpec], files: Mapping[str, str], generated: Sequence[PageSpec]) -> Claims:
    """Give each output path to one maker.

    Two of the site's own at one path, or one where another needs a folder, are an error and neither is written; a
    generated page gives way in silence.
    """
    makers: dict[str, list[str]] = {}
    for path, source in [*((spec.output_path, spec.source) for spec in own), *files.items()]:
        makers.setdefault(path, []).append(source)
    problems = [_shared(path, sources) for path, sources in makers.items() if len(sources) > 1]
    first = {path: sources[0] for path, sources in makers.items()}
    problems += _in_the_way(first)
    problems += _alike(first)
    problems += _reserved(files)
    taken = set(makers) | {folder for path in makers for folder in _folders(path)}
    clashing = {name for path in makers for folder in _folders(path) if folder in makers for name in (path, folder)}
    single = {path for path, sources in makers.items() if len(sources) == 1} - clashing
    pages = [spec for spec in own if spec.output_path in single]
    places = {spec.output_path for spec in pages}
    free = [spec for spec in generated if spec.output_path in places or _is_free(spec.output_path, taken, makers)]
    return Claims(
        give_way(pages, free), {path: source for path, source in files.items() if path in single}, tuple(problems)
    )


def _is_free(path: str, taken: Collection[str], makers: Collection[str]) -> bool:
    return path not in taken and not any(folder in makers for folder in _folders(path))


def _folders(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]


def _shared(path: str, sources: Sequence[str]) -> Diagnostic:
    listed = ", ".join(f"`{source}`" for source in sorted(sources)[1:])
    message = f"`/{path}` is also the address of {listed}"
    hint = "give one of them another `permalink:`"
    return in_file(min(sources), message, code="url", severity=Severity.ERROR, hint=hint)


def _reserved(files: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Static files that Windows cannot store; documents are asked when they are read."""
    for path, source in files.items():
        if name := reserved_name(path):
            message = f"Windows cannot store a file named `{name}`: the site cannot be built or copied there"
            yield in_file(source, message, code="url", hint="rename it")


def _alike(makers: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Paths that differ in case, or in how their letters are composed, which not every file system tells apart."""
    known: dict[str, str] = {}
    for path in sorted(makers):
        other = known.setdefault(normalize("NFC", path).casefold(), path)
        if other != path:
            message = f"`/{path}` and the `/{other}` of `{makers[other]}` are one file on macOS and Windows"
            yield in_file(makers[path], message, code="url", hint="give one of them another `permalink:`")


def _in_the_way(makers: Mapping[str, str]) -> list[Diagnostic]:
    """A file where another page needs a folder: `/a` and `/a/b`."""
    return [
        in_file(
            makers[path],
            f"`/{path}` needs a folder where `{makers[folder]}` makes the file `/{folder}`",
            code="url",
            severity=Severity.ERROR,
            hint="give one of them another `permalink:`",
        )
        for path in makers
        for folder in _folders(path)
        if folder in makers
    ]
