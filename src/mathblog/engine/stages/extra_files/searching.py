"""The index of the search, of titles or of whole texts, from what was made of each document before where its text has not changed."""

import json
from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple, cast

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.digest import fingerprint
from mathblog.engine.cache.shapes import row, shape_of
from mathblog.engine.stages.extra_files.headings import list_headings
from mathblog.engine.stages.staging import GENERATED, Staging
from mathblog.math.words import formula_words
from mathblog.model.body import Body, Math, to_html
from mathblog.model.compiled import Compiled
from mathblog.model.document import Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.kind import Many
from mathblog.model.facts.view import FactView
from mathblog.model.output import OutputFile
from mathblog.pipeline.numbering.pending import fill
from mathblog.pipeline.titles import TitleMaths
from mathblog.site.search.documents import list_searched
from mathblog.site.search.records import Record, make_record, preview
from mathblog.site.search.titles import FOLDER, INDEX, Found, make_titles, name_full_index
from mathblog.text.rendered import read_body

_RECORD = shape_of(Annotated[list[Any], row(Record)])


class _Titled(NamedTuple):
    """A document with its title as HTML with formulas, and the digest of what is searched of its text."""

    meta: Meta
    title: Body
    digest: str


def make_index(
    staging: Staging, view: FactView, titles: TitleMaths, problems: list[Diagnostic]
) -> tuple[OutputFile, ...]:
    """The files of the index. Where Pagefind fails there is the index of titles, and a warning more in `problems`."""
    run, documents = staging.run, []
    kind: Many[Any] = kinds.COMPILED if run.config.search.full else kinds.HEADINGS
    for meta in list_searched(view, run.config.generators):
        title = read_body(titles.html(view.said(meta.path, meta.title)))
        # the texts are not fetched: what was made of them is known by their digests
        documents.append(_Titled(meta, title, view.digest(kind, meta.path)))
    if run.config.search.full:
        from mathblog.engine.programs.pagefind import PagefindError

        try:
            return _index_texts(staging, documents)
        except PagefindError as error:
            message = f"there is no index of whole texts, since Pagefind failed: {error}"
            hint = "titles, headings and tags can be searched; `full_text_search: false` does without Pagefind"
            problems.append(in_file("_config.yml", message, code="search", hint=hint))
    known, found = list_headings(run, staging.facts, [meta.path for meta, *_ in documents]), []
    for meta, title, _ in documents:
        html = "".join(piece if isinstance(piece, str) else preview(piece) for piece in title)
        sources = " ".join(piece.tex for piece in title if isinstance(piece, Math))
        words = f"{titles.words(meta.title)} {sources}".strip()
        found.append(Found(meta.url, html, words, meta.tags, tuple((id_, text) for id_, text in known[meta.path])))
    return (_file(INDEX, make_titles(found)),)


def _index_texts(staging: Staging, documents: Sequence[_Titled]) -> tuple[OutputFile, ...]:
    """The files of Pagefind's index, those with the formulas of previews, and the script that says that they are there."""
    from mathblog.engine.programs.pagefind import index_pages

    lang, records = staging.run.config.site.lang, _list_records(staging, documents)
    signs = "".join(sorted({sign for item in records.values() for sign in item.signs}))
    pages = {path: item.html for path, item in records.items()}
    files = [_file(f"{FOLDER}pagefind/{name}", data) for name, data in index_pages(pages, lang, signs).items()]
    for path, item in records.items():
        if item.maths:
            files.append(
                _file(
                    f"{FOLDER}maths/{path}.json", json.dumps(item.maths, ensure_ascii=False).encode("utf-8", "replace")
                )
            )
    return (*files, _file(INDEX, name_full_index()))


def _list_records(staging: Staging, documents: Sequence[_Titled]) -> dict[str, Record]:
    """The records of documents by the files of their pages; of a document that has not changed it is in the store."""
    run, lang = staging.run, staging.run.config.site.lang
    keys = {}
    for document in documents:
        meta = document.meta
        said = (to_html(document.title), meta.tags, meta.lang or lang)
        keys[meta.path] = fingerprint("search", "record", run.toolchain, document.digest, said)
    known = run.memo.store.get_many(keys.values(), _RECORD, keep=False)
    found = {}
    for document in documents:
        meta, key = document.meta, keys[document.meta.path]
        if key not in known:
            compiled = cast("Compiled", staging.facts.get(kinds.COMPILED.key(meta.path)))
            # references to other posts say nothing here: their words are those of another text
            body = Body(
                fill(it, lambda _: "") if isinstance(it, str) else it._replace(html=fill(it.html, lambda _: ""))
                for it in compiled.body
            )
            known[key] = list(make_record(meta.lang or lang, document.title, meta.tags, body, formula_words))
            run.memo.store.put(key, known[key], large=True)
        found[meta.output_path] = Record(*known[key])
    return found


def _file(path: str, content: bytes) -> OutputFile:
    return OutputFile(path, content, GENERATED)
