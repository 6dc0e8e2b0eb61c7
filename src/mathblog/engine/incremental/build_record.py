"""The record of a build: what the next one must know of it where nothing changed but the texts of some documents."""

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import fields, replace
from itertools import chain
from typing import Annotated, Any, NamedTuple, Self

from mathblog.core.dataclass import dataclass, field
from mathblog.core.diagnostic import Diagnostic
from mathblog.core.digest import fingerprint
from mathblog.engine.cache.codec import decode, encode
from mathblog.engine.cache.memo import COMPILE, GENERATE, LAYOUT, Memo
from mathblog.engine.cache.shapes import SitePath, row, shape_of
from mathblog.engine.incremental.packed_facts import have_values, pack_facts, word
from mathblog.engine.incremental.rows import Rows, columns_of
from mathblog.engine.incremental.stored import Around
from mathblog.engine.stages.build_run import BuildRun
from mathblog.engine.stages.compiling import CompiledSite
from mathblog.engine.stages.layouting import LaidOutSite
from mathblog.engine.stages.passes import PASSES, pass_of
from mathblog.model.document import Meta
from mathblog.model.facts import catalogue, kinds
from mathblog.model.facts.kind import Origin
from mathblog.model.facts.view import SiteFacts
from mathblog.model.output import PageSpec
from mathblog.pipeline.addresses import OutputPlan

_SPEC = row(PageSpec)
# kinds of facts whose digests are recorded: those of documents stand in their rows, others are made anew
_DIGESTS = catalogue.names_of(Origin.METADATA, Origin.CLOCK) - {kinds.DOCUMENT.name}


class DocumentRow(NamedTuple):
    """A document: the digests of its file, of its facts `DOCUMENT`, `COMPILED`, `EXCERPT`, `HEADINGS`, the pass it is compiled in, and so on.

    `beside` is the digest of the files that are published with it.

    `clean` says that nothing was wrong with it, `reads` are the facts that its text read of texts.
    """

    source: str
    meta: str
    compiled: str
    excerpt: str
    headings: str
    labels: str
    pass_number: int
    formulas: int
    clean: bool
    beside: str
    reads: list[str]


class PageRow(NamedTuple):
    """A page: its document, whether nothing was wrong with it, what it read of texts, its specification, packed."""

    source: str
    clean: bool
    reads: list[str]
    packed: bytes

    @property
    def spec(self) -> PageSpec:
        """The specification of the page."""
        return PageSpec(*decode(self.packed, _SPEC))


_DocumentRows = dict[SitePath, Annotated[list[Any], row(DocumentRow)]]
_PageRows = dict[SitePath, Annotated[list[Any], row(PageRow)]]


@dataclass(frozen=True, slots=True)
class Delta:
    """The changes of later builds to a record: rows by the paths of documents and files, reads by generated files."""

    documents: _DocumentRows = field(default_factory=dict)
    pages: _PageRows = field(default_factory=dict)
    generated: dict[str, list[str]] = field(default_factory=dict)

    def over(self, earlier: "Delta") -> "Delta":
        """One delta for an earlier one of the same record and this."""
        return Delta(earlier.documents | self.documents, earlier.pages | self.pages, earlier.generated | self.generated)

    def packed(self) -> bytes:
        """A form for the store."""
        return encode([self.documents, self.pages, self.generated])

    @classmethod
    def unpack(cls, data: bytes) -> Self:
        """The delta that was packed; one without rows for `b""`.

        Raises:
            DamagedError: where the bytes are others.

        """
        return cls(*decode(data, row(cls))) if data else cls()


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """A build whose documents are all sound and that did not ask for the time, in plain values.

    `documents` and `pages` are rows by paths, `generated` is what the runs of generated files read of texts, `maps` the
    paths of one of them; `values` are the facts that the catalogue says are recorded, packed by their kinds; `digests` are
    those of the facts that follow from front matter, as far as somebody asked; `hidden` are documents that are not shown.
    """

    documents: Annotated[Rows, columns_of(DocumentRow)]
    pages: Annotated[Rows, columns_of(PageRow)]
    generated: dict[str, list[str]]
    maps: list[SitePath]
    hidden: list[SitePath]
    values: Annotated[dict[str, bytes], have_values]
    digests: dict[str, str]
    files: dict[SitePath, SitePath]
    skipped: dict[str, int]
    diagnostics: tuple[Diagnostic, ...]
    beside: list[SitePath]

    def document(self, path: str) -> DocumentRow | None:
        """The row of a document."""
        row = self.documents.get(path)
        return DocumentRow(*row) if row is not None else None

    def paths_of_pass(self, pass_number: int) -> Container[str]:
        """The documents that are compiled in a pass."""
        return _Pass(self.documents, pass_number)

    def readers(self, touched: frozenset[str], pass_number: int) -> list[str]:
        """The documents of a pass whose texts read one of these facts."""
        shown = self.documents.showing("reads", touched)
        return [path for path in shown if self.documents[path][_PASS] == pass_number]

    def passes_of(self, changed: Collection[str]) -> list[list[str]]:
        """The documents to look at in each pass: those that changed, and those whose texts show something of them."""
        touched = frozenset(word((kind, path)) for path in changed for kind in catalogue.OF_FILES)
        passes = []
        for pass_number in range(PASSES):
            own = [path for path in changed if (row := self.document(path)) and row.pass_number == pass_number]
            passes.append(list(dict.fromkeys((*own, *self.readers(touched, pass_number)))))
            touched |= {word((kind, path)) for path in passes[-1] for kind in catalogue.OF_TEXTS}
            touched |= self.labels_of(passes[-1], by_texts=True)
        return passes

    def pages_of(self, touched: frozenset[str], sources: Collection[str]) -> dict[str, PageRow]:
        """The pages that read one of these facts or are made of one of these documents, by their files."""
        made = {path for path, source in zip(self.pages, self.pages.column("source"), strict=True) if source in sources}
        shown = made.union(self.pages.showing("reads", touched))
        return {path: PageRow(*self.pages[path]) for path in self.pages if path in shown}

    def labels_of(self, paths: Collection[str], *, by_texts: bool) -> set[str]:
        """The labels of some documents that texts read, or that pages and generated files did."""
        beginnings = tuple(word((kinds.LABEL.name, path, "")) for path in paths)
        rows = self.documents if by_texts else self.pages
        found = {read for beginning in beginnings for _, read in rows.words("reads", beginning)}
        others = () if by_texts else chain.from_iterable(self.generated.values())
        return found.union(read for read in others if read.startswith(beginnings))

    def are_clean(self, paths: Collection[str]) -> bool:
        """Whether nothing was to be said of some documents, neither where they were read nor compiled nor laid out."""
        named = any(problem.path in paths for problem in self.diagnostics)
        compiled = all(DocumentRow(*self.documents[path]).clean for path in paths)
        pages = zip(self.pages.column("source"), self.pages.column("clean"), strict=True)
        return not named and compiled and all(clean for source, clean in pages if source in paths)

    @property
    def formulas(self) -> int:
        """How many formulas the documents have."""
        return sum(self.documents.column("formulas"))

    @property
    def addresses_of_documents(self) -> dict[str, str]:
        """The files of the documents' pages, by the documents' paths."""
        return {source: path for path, source in zip(self.pages, self.pages.column("source"), strict=True) if source}

    def with_delta(self, delta: Delta) -> Self:
        """The record with other rows."""
        return replace(
            self,
            documents=self.documents.over(delta.documents),
            pages=self.pages.over(delta.pages),
            generated=self.generated | delta.generated,
        )


_PASS, BESIDE = map(DocumentRow._fields.index, ("pass_number", "beside"))


@dataclass(frozen=True, slots=True)
class _Pass:
    """The documents of a pass, none of which is looked at before it is asked for."""

    documents: Rows
    number: int

    def __contains__(self, path: object) -> bool:
        row = self.documents.get(path) if isinstance(path, str) else None
        return row is not None and row[_PASS] == self.number


class _StoredRecord(NamedTuple):
    """The stored form of a record: the number of its build, what that depended on, and how long the record is good for."""

    number: int
    around: Annotated[list[Any], row(Around)]
    valid_until: float | None
    stamps: dict[str, str]
    record: Annotated[list[Any], row(BuildRecord)]


RECORD = shape_of(Annotated[list[Any], row(_StoredRecord)] | None)


def pack(record: BuildRecord) -> list[Any]:
    """A form for the store, of which `unpack` makes the record again."""
    values = (getattr(record, item.name) for item in fields(record))
    return [value.columns if isinstance(value, Rows) else value for value in values]


def unpack(packed: Sequence[Any], delta: Delta) -> BuildRecord:
    """The record that was packed, with other rows."""
    documents, pages, *others = packed
    return BuildRecord(Rows(DocumentRow, documents), Rows(PageRow, pages), *others).with_delta(delta)


class Made(NamedTuple):
    """The result of a build of the whole site; `metas` are those of the documents that are shown."""

    metas: Sequence[Meta]
    facts: SiteFacts
    compiled: CompiledSite
    plan: OutputPlan
    laid_out: LaidOutSite
    diagnostics: tuple[Diagnostic, ...]
    maps: Sequence[str]
    files: Mapping[str, str]  # those of the site's own, and those among the posts that texts name


def write_record(run: BuildRun, made: Made, skipped: Mapping[str, int]) -> BuildRecord | None:
    """The record of a build; None where the next one must look at everything again."""
    memo, facts, sources = run.memo, made.facts, run.sources
    follow = {kind for kind, _ in made.compiled.values}  # facts that follow from texts, also of kinds that are new
    failed = any(item.failed or item.shows for item in made.compiled.summaries.values())
    if failed or made.plan.files != made.files or not follow <= catalogue.OF_TEXTS:
        return None
    troubled = made.laid_out.troubled
    rows = {spec.output_path: page_row(memo, spec, clean=spec.output_path not in troubled) for spec in made.plan.pages}
    of_documents = {meta.path: document_row(run, facts, made.compiled, meta) for meta in made.metas}
    try:
        documents, pages = Rows.of(DocumentRow, of_documents), Rows.of(PageRow, rows)
    except ValueError:  # somebody's path holds what stands between words
        return None
    generated = {path: reads_of(memo, GENERATE, path) for stage, path in memo.asked if stage == GENERATE}
    keys = {asked.key for asked in memo.asked.values()}
    read = {**facts.asked(), **{fact: digest for key in keys for fact, digest in memo.reads(key)}}
    return BuildRecord(
        documents=documents,
        pages=pages,
        generated=generated,
        maps=list(made.maps),
        hidden=[path for path in sources.documents if path not in documents],
        values=pack_facts(facts),
        digests={word(fact): digest for fact, digest in read.items() if fact[0] in _DIGESTS},
        files=dict(sources.files),
        skipped=dict(skipped),
        diagnostics=made.diagnostics,
        beside=list(sources.beside),
    )


def document_row(run: BuildRun, facts: SiteFacts, site: CompiledSite, meta: Meta) -> DocumentRow:
    """The row of a document that was compiled, or looked up, by this build."""
    summary = site.summaries[meta.path]
    return DocumentRow(
        source=run.sources.documents[meta.path].digest,
        meta=facts.digest(kinds.DOCUMENT.key(meta.path)),
        compiled=site.digests[kinds.COMPILED.key(meta.path)],
        excerpt=summary.excerpt,
        headings=summary.headings,
        labels=site.digests[kinds.LABELS.key(meta.path)],
        pass_number=pass_of(meta),
        formulas=summary.formulas,
        clean=not summary.diagnostics,
        beside=fingerprint(summary.beside),
        reads=reads_of(run.memo, COMPILE, meta.path),
    )


def page_row(memo: Memo, spec: PageSpec, *, clean: bool) -> PageRow:
    """The row of a page that was laid out, or looked up, by this build."""
    values = (getattr(spec, item.name) for item in fields(spec))
    packed = encode([dict(value) if isinstance(value, Mapping) else value for value in values])
    return PageRow(spec.source, clean, reads_of(memo, LAYOUT, spec.output_path), packed)


def reads_of(memo: Memo, stage: str, name: str) -> list[str]:
    """Return the facts that follow from texts which a run read; this build did it, or looked it up."""
    reads = memo.reads(memo.asked[stage, name].key)
    return [word(fact) for fact, _ in reads if fact[0] in catalogue.OF_TEXTS or fact[0] in catalogue.OF_FILES]
