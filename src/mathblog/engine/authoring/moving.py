"""A text that moves to another file, and the links to it that follow."""

import datetime
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from mathblog.authoring.front_matter import TextEdit
from mathblog.authoring.links import MovedDocument, find_links
from mathblog.core.dataclass import dataclass
from mathblog.core.source import SourceText, Span
from mathblog.engine.authoring.texts import SiteTexts
from mathblog.engine.fixes import Change, apply, plan, rewrite
from mathblog.engine.folders.root import Folder
from mathblog.engine.problem import ENVIRONMENT, USAGE, BuildStopped
from mathblog.engine.sources.site import read_text
from mathblog.model.document import Document, Meta, is_markdown
from mathblog.pipeline.doctor.subject import Fix
from mathblog.reading.decode import decode
from mathblog.reading.frontmatter import split
from mathblog.reading.read import Reader, read_document
from mathblog.text.delimiters import CODE
from mathblog.text.regions import regions

_DATA = (".yml", ".yaml", ".json")
_CONFIG = "_config.yml"


@dataclass(frozen=True, slots=True)
class Move:
    """A move: the document before and after, the edits of its own file and of others, and the lines that they change.

    The address is another one where `old.url` and `new.url` differ.
    """

    old: Meta
    new: Meta
    own: list[Fix]
    others: list[Fix]
    changes: tuple[Change, ...]


def head_of(document: Document) -> Span | None:
    """The front matter of a document, None for one without."""
    return split(document.source.text).yaml


def place_after(document: Document, path: str, edits: Iterable[TextEdit], texts: SiteTexts) -> Meta:
    """The metadata of a document as it would be read after edits from another path.

    Raises:
        BuildStopped: 2 where it could not be read there.

    """
    text = document.source.text
    for edit in sorted(edits, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    now = document.meta.date or datetime.datetime.now(datetime.UTC)
    after = read_document(Reader(texts.config.reading, now), SourceText(path, text), modified=now).document
    if after is None:
        message = f"`{path}` would be no text of the site"
        raise BuildStopped(message, code=USAGE, hint="`mathblog check` says what is wrong with its front matter")
    return after.meta


def plan_move(texts: SiteTexts, document: Document, path: str, edits: Iterable[TextEdit], *, mend: bool = True) -> Move:
    """Plan the move of a document to another file, with edits of its own; with `mend` also what leads to it follows.

    Raises:
        BuildStopped: 2 where a file stands there already, 3 where one was changed meanwhile.

    """
    old, edits = document.meta, tuple(edits)
    listed = list(edits)
    new = place_after(document, path, listed, texts)
    if path != old.path and os.path.lexists(texts.root / path):
        message = f"`{path}` is there already"
        raise BuildStopped(message, code=USAGE, hint="nothing was changed: name another title or day")
    others: list[Fix] = []
    for source, found in links_to(texts, document, new) if mend else ():
        if source.path == old.path:
            listed += [
                it
                for it in found
                if not any(it.span.start < own.span.end and own.span.start < it.span.end for own in edits)
            ]
        else:
            others += _fixes(source, found)
    own = _fixes(document.source, listed)
    return Move(old, new, own, others, plan(texts.root, [*own, *others]))


def carry_out(texts: SiteTexts, move: Move) -> None:
    """Move the file, and mend the others. The new file is complete before the old one goes; nothing is written over.

    Raises:
        BuildStopped: 3 where a file cannot be written or was changed meanwhile.

    """
    old, new = move.old.path, move.new.path
    if old == new:
        apply(texts.root, [*move.own, *move.others])
        return
    try:
        with Folder(Path(os.path.realpath(texts.root)), name=texts.root) as folder:
            content = folder.read(old)  # which refuses links, before anything is written
            if move.own:
                content = rewrite(texts.root / old, move.own)[0].encode()
            folder.write(new, content, durable=True)
            folder.remove(old)
    except OSError as error:
        message = f"cannot move `{old}` to `{new}`: {(error.strerror or str(error)).lower()}"
        raise BuildStopped(message, code=ENVIRONMENT) from error
    apply(texts.root, move.others)


def links_to(texts: SiteTexts, document: Document, new: Meta) -> Iterator[tuple[SourceText, tuple[TextEdit, ...]]]:
    """The links to a document in each file of the site that has some, with what they become when it is `new`."""
    site = texts.config.site
    move = MovedDocument(document.meta, new, document.source.text, site.url, site.baseurl)
    words = {document.meta.url.strip("/").rpartition("/")[2].removesuffix(".html"), document.meta.slug}
    words |= {before.rpartition("/")[2] for before in move.names}
    for path in _searched(texts):
        if path == _CONFIG:
            source = decode(path, (texts.root / path).read_bytes()).source
        else:
            source = read_text(texts.sources.snapshot, path)
        if source is None or not any(word in source.text for word in words if word):
            continue
        meta = texts.metas.get(path)
        start = split(source.text).body_start
        markdown = meta is not None and is_markdown(meta.ext, texts.config.reading.markdown_ext)
        found = regions(source.text[start:], texts.config.markdown) if markdown else ()
        areas = [it._replace(start=it.start + start, end=it.end + start) for it in found if it.kind == CODE]
        head = len(source.text) if path.endswith(_DATA) else start
        if edits := tuple(find_links(source, move, areas, meta, head)):
            yield source, edits


def _searched(texts: SiteTexts) -> Iterator[str]:
    """The files that may link to a text: documents, includes, layouts and data of the site's own."""
    yield from texts.metas
    if (texts.root / _CONFIG).is_file():
        yield _CONFIG
    options = texts.config.reading
    folders = tuple(f"{name.strip('/')}/" for name in (options.includes_dir, options.layouts_dir, options.data_dir))
    lent = texts.sources.snapshot.elsewhere
    for path in texts.sources.snapshot.files:
        is_data = path.startswith(folders[2]) and not path.endswith(_DATA)
        if path.startswith(folders) and path not in lent and path not in texts.metas and not is_data:
            yield path


def _fixes(source: SourceText, edits: Iterable[TextEdit]) -> list[Fix]:
    end = "\r\n" if source.crlf else "\n"
    return [
        Fix(
            source.path,
            it.span,
            source.text[it.span.start : it.span.end].replace("\n", end),
            it.text.replace("\n", end),
        )
        for it in sorted(edits)
        if source.text[it.span.start : it.span.end] != it.text
    ]
