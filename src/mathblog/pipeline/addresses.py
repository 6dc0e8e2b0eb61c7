"""Who writes which file: one maker for each, the site's own pages before those that mathblog generates."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from unicodedata import normalize

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.stops import Stop
from mathblog.model.document import PAGES, POSTS, Meta
from mathblog.model.output import PageSpec
from mathblog.site.generate import merge_generated
from mathblog.text.urls import reserved_name
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


_ANOTHER = "give one of them another `permalink:`"


class OutputPlan(NamedTuple):
    """The pages that are written, and what is wrong with addresses that two sources claim."""

    pages: tuple[PageSpec, ...]
    files: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]


def order_of_writing(metas: Iterable[Meta], labels: Sequence[str]) -> list[str]:
    """The sources of pages in the order in which Jekyll writes them (`Site#each_site_file`), `""` for all static files.

    Pages stand by the names of their files; of one name those of deep folders come first, where Jekyll goes by the
    disk. Then come static files, then collections as they are configured, each by date and path.
    """

    def place(meta: Meta) -> tuple[int, float, str]:
        label = labels.index(meta.collection) if meta.collection in labels else -1
        return (label, meta.date.timestamp() if meta.date else float("inf"), meta.path)

    everything = list(metas)
    pages = sorted((meta.path for meta in everything if meta.collection == PAGES), reverse=True)
    pages.sort(key=lambda path: (path.rpartition("/")[2], -path.count("/")))
    documents = sorted((meta for meta in everything if meta.collection != PAGES), key=place)
    return [*pages, "", *(meta.path for meta in documents)]


def plan_output(
    own: Sequence[PageSpec], files: Mapping[str, str], generated: Sequence[PageSpec], order: Sequence[str]
) -> OutputPlan:
    """Give each output path to one maker.

    Of the site's own at one path the one is written that Jekyll writes last, by `order`; a generated page gives way in
    silence. One where another needs a folder is an error, and neither is written.
    """
    makers: dict[str, list[str]] = {}
    for path, source in [*((spec.output_path, spec.source) for spec in own), *files.items()]:
        makers.setdefault(path, []).append(source)
    ranks = {source: rank for rank, source in enumerate(order)}
    winner = {
        path: max(sources, key=lambda source: ranks.get(source, ranks[""])) if len(sources) > 1 else sources[0]
        for path, sources in makers.items()
    }
    problems: list[Diagnostic] = []
    for path, sources in makers.items():
        message = f"`/{path}` is also the address of `{winner[path]}`, which is published there: this file is not"
        losers = (source for source in sources if source != winner[path])
        problems += [in_file(source, message, code="url", hint=_ANOTHER) for source in losers]
    taken, clashing = set(makers), set[str]()
    for path, maker in winner.items():
        for folder in _folders(path):
            taken.add(folder)
            if folder in makers:
                clashing |= {path, folder}
                message = f"`/{path}` needs a folder where `{winner[folder]}` makes the file `/{folder}`"
                problems.append(in_file(maker, message, code=Stop.FILE_AND_FOLDER, hint=_ANOTHER))
    problems += _alike(winner)
    for path, source in files.items():  # documents are asked when they are read
        if name := reserved_name(path):
            message = f"Windows cannot store a file named `{name}`: the site cannot be built or copied there"
            problems.append(in_file(source, message, code="url", hint="rename it"))
    pages = [spec for spec in own if winner[spec.output_path] == spec.source and spec.output_path not in clashing]
    kept = {path: source for path, source in files.items() if winner[path] == source and path not in clashing}
    places = {spec.output_path for spec in pages}
    free = [
        spec
        for spec in generated
        if spec.output_path in places
        or (spec.output_path not in taken and makers.keys().isdisjoint(_folders(spec.output_path)))
    ]
    return OutputPlan(merge_generated(pages, free), kept, tuple(problems))


def _folders(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]


def _alike(makers: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Paths that not every file system tells apart, of files, and of a file and a folder.

    They differ in case, in how their letters are composed, or in dots and blanks at the end of a name, which Windows drops.
    A warning (ADR 20): where the site is built on Linux nothing is lost, and Jekyll publishes both.
    """
    known: dict[str, str] = {}
    for path in sorted(makers):
        other = known.setdefault(_folded(path), path)
        if other != path:
            message = f"`/{path}` and the `/{other}` of `{makers[other]}` are one file on macOS and Windows"
            yield in_file(makers[path], message, code="url", hint=_ANOTHER)
    for path in makers:
        for folder in _folders(path):
            other = known.get(_folded(folder), folder)
            if other != folder:
                message = (
                    f"`/{path}` needs a folder where `{makers[other]}` makes the file `/{other}`, on macOS and Windows"
                )
                yield in_file(makers[path], message, code="url", hint=_ANOTHER)


def _folded(path: str) -> str:
    folded = path.casefold() if path.isascii() else normalize("NFC", normalize("NFC", path).casefold())
    return "/".join(part.rstrip(". ") for part in folded.split("/"))
