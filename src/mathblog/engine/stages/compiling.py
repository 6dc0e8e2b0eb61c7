"""The compile stage over a whole site: what the store knows is taken, the rest is compiled in chunks."""

from collections.abc import Collection, Container, Generator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import count
from typing import NamedTuple

from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic
from mathblog.core.digest import fingerprint
from mathblog.engine.cache.memo import COMPILE, Trace
from mathblog.engine.sources.site import load_document
from mathblog.engine.stages.build_run import BuildRun
from mathblog.engine.stages.outcome import Outcome, outcome_of
from mathblog.engine.stages.passes import PASSES, pass_of
from mathblog.engine.stages.text_facts import KnownText, StoredTexts, text_facts
from mathblog.extend.extensions import Extensions
from mathblog.model.compiled import Compiled, FileBeside, Label
from mathblog.model.document import Meta
from mathblog.model.facts import catalogue, kinds
from mathblog.model.facts.kind import FactKey
from mathblog.model.facts.view import SiteFacts
from mathblog.model.options import Config, NumberOptions
from mathblog.pipeline.compiling.options import CompileOptions, Compiler

_ROUNDS = 2  # in the first one excerpts come right, whatever shows them; in the second what shows a whole text of those
_CHUNK = (
    200_000  # bytes of source a chunk: bounds the tokens that are alive at once, and what a dead worker takes along
)
_CHUNK_DOCUMENTS = 250  # of very short ones: their outcomes come together, and the author wants to see that it goes on


class CompiledSummary(NamedTuple):
    """The part of a compiled document that every build needs, also where it was not compiled again.

    `excerpt` and `headings` are the digests of these facts, `beside` are the files that are published with it, `shows` are the documents of its
    own pass whose texts it shows.
    """

    excerpt: str
    headings: str
    labels: tuple[Label, ...]
    formulas: int
    failed: bool
    diagnostics: tuple[Diagnostic, ...]
    beside: tuple[FileBeside, ...] = ()
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CompiledSite:
    """Documents, compiled: the facts they add with their digests, what was wrong, and why those that ran had to."""

    values: Mapping[FactKey, object]
    digests: Mapping[FactKey, str]
    summaries: Mapping[str, CompiledSummary]
    reasons: Mapping[str, FactKey]

    def join(self, other: "CompiledSite") -> "CompiledSite":
        """These documents and others."""
        return CompiledSite(
            {**self.values, **other.values},
            {**self.digests, **other.digests},
            {**self.summaries, **other.summaries},
            {**self.reasons, **other.reasons},
        )

    def without(self, paths: Collection[str]) -> "CompiledSite":
        """The same without the texts of some documents."""
        values = {key: value for key, value in self.values.items() if key[1] not in paths}
        return CompiledSite(values, {key: self.digests[key] for key in values}, self.summaries, self.reasons)


def compile_site(run: BuildRun, metas: Sequence[Meta], facts: SiteFacts) -> CompiledSite:
    """Compile the documents `metas`, pass after pass."""
    done = CompiledSite({}, {}, {}, {})
    for pass_number in range(PASSES):
        own = [meta for meta in metas if pass_of(meta) == pass_number]
        known = facts.extend(done.values, done.digests)
        first = compile_pass(run, own, known, {meta.path for meta in own}, waits=True)
        shows = any(it.shows for it in first.summaries.values())
        done = done.join(_compile_together(run, own, known, first) if shows else first)
    return done


def _compile_together(run: BuildRun, metas: Sequence[Meta], facts: SiteFacts, first: CompiledSite) -> CompiledSite:
    """Compile the documents of a pass, some of which show others; `first` is the result of its first round.

    For documents that show themselves, at once or by others, more than one result may be stable. A clean build begins with none of
    their texts. So if such a document changed, and one of them began with a text of the last build, all of them begin again.
    """
    site = compile_until_stable(run, metas, facts, first)
    shows = {path: item.shows for path, item in site.summaries.items() if item.shows}
    if not site.reasons or shows.keys() <= first.reasons.keys() or not find_circles(shows):
        return site
    showing = [meta for meta in metas if meta.path in shows]
    anew = compile_pass(run, showing, facts, {meta.path for meta in metas})
    return compile_until_stable(run, metas, facts, site.join(anew))


def compile_until_stable(run: BuildRun, metas: Sequence[Meta], facts: SiteFacts, site: CompiledSite) -> CompiledSite:
    """Compile those documents of a pass again that show others of it, until each shows what the others are.

    In `site` they saw nothing of each other, or are what the last build made of them. What still changes after some rounds
    and shows itself, at once or by others, is cut off: such documents see nothing of each other (ADR 25).
    """
    together = {meta.path for meta in metas}
    showing = [meta for meta in metas if site.summaries[meta.path].shows]
    cut: frozenset[str] = frozenset()
    for number in count(1):
        free = [meta for meta in showing if meta.path not in cut]
        again = compile_pass(run, free, facts.extend(site.values, site.digests), together)
        if cut:
            others = site.without(cut)
            own = [meta for meta in showing if meta.path in cut]
            again = again.join(compile_pass(run, own, facts.extend(others.values, others.digests), together))
        site = site.join(again)
        if not again.reasons:
            break
        if number > _ROUNDS + len(showing):
            cut |= again.reasons.keys()
        elif number > _ROUNDS:
            cut |= find_circles({meta.path: site.summaries[meta.path].shows for meta in showing}) & again.reasons.keys()
    return site


def compile_pass(
    run: BuildRun, metas: Sequence[Meta], facts: SiteFacts, together: Container[str], *, waits: bool = False
) -> CompiledSite:
    """Compile documents that see of each other what the facts hold; `together` are the paths of all documents of their pass.

    With `waits` one that was made with another text of one of these documents is left as it was.
    """
    context = run.context
    keys = {
        meta.path: compile_key(
            context, run.sources.documents[meta.path].digest, facts.digest(kinds.DOCUMENT.key(meta.path))
        )
        for meta in metas
    }
    lookup = run.memo.look_up(COMPILE, keys, facts)
    told = {path for path, fact in lookup.misses.items() if fact and fact[0] in catalogue.OF_TEXTS}
    late = {path for path, trace in lookup.stale.items() if waits and trace.summary[-1] and path in told}
    missing = [meta.path for meta in metas if meta.path in lookup.misses and meta.path not in late]
    traces = {**lookup.hits, **{path: lookup.stale[path] for path in late}}
    compiler = compiler_of(run, len(missing))
    with closing(_compile(run, compiler, missing, facts)) as outcomes:  # which ends the workers, whatever happens
        for number, outcome in enumerate(outcomes, 1):
            run.progress("compiling", number, len(missing))
            # the documents of its own pass whose texts it asked for
            shown = {key[1] for key in outcome.reads if key[0] in catalogue.OF_TEXTS and key[1] in together}
            traces[outcome.path] = Trace(outcome.digest, (*outcome.summary, tuple(sorted(shown))))
            run.memo.record_encoded(keys[outcome.path], outcome.reads, traces[outcome.path], outcome.data)
            run.memo.keep_brief(keys[outcome.path], outcome.brief)
    summaries = {path: CompiledSummary(*trace.summary) for path, trace in traces.items()}
    texts = {
        path: KnownText(path, key, traces[path].digest, item.excerpt, item.headings, item.labels)
        for path, key in keys.items()
        for item in [summaries[path]]
    }

    def compile_again(path: str) -> Compiled:
        from mathblog.pipeline.compiling.compile import compile_documents

        return next(compile_documents(compiler, [[load_document(run.sources, path)]], facts)).compiled

    values, digests = text_facts(StoredTexts(run.memo, texts, compile_again))
    return CompiledSite(values, digests, summaries, {path: lookup.misses[path] for path in missing})


def find_circles(shows: Mapping[str, Collection[str]]) -> frozenset[str]:
    """The documents that show themselves, by others of these or at once."""
    found = set()
    for path in shows:
        seen: set[str] = set()
        waiting = list(shows[path])
        while waiting:
            other = waiting.pop()
            if other not in seen:
                seen.add(other)
                waiting += shows.get(other, ())
        if path in seen:
            found.add(path)
    return frozenset(found)


def compile_context(config: Config, extensions: Extensions, toolchain: str) -> str:
    """A word for what all compilations of a build depend on: `BuildRun.context`."""
    return fingerprint("compile", toolchain, compile_options(config, extensions), config.math.meaning)


def compile_key(context: str, source: str, meta: str) -> str:
    """The key of a compilation: `source` and `meta` are the digests of the document's file and of its metadata."""
    return f"{context}.{source}.{meta}"


def compile_options(config: Config, extensions: Extensions) -> CompileOptions:
    """The slices of the configuration that a body depends on, and what reads it."""
    return CompileOptions(
        extensions,
        config.liquid,
        config.markdown,
        config.reading.markdown_ext,
        config.site.baseurl,
        config.citations,
        config.sass,
        config.links,
        config.safe,
        config.check,
        number_options(config),
        config.images,
        config.diagrams,
    )


def compiler_of(run: BuildRun, documents: int = 1) -> Compiler:
    """The compiler of a build, for this number of documents."""
    return Compiler(compile_options(run.config, run.extensions), partial(run.renderer, documents), run.tools)


def number_options(config: Config) -> NumberOptions:
    """The slice of the configuration that numbers and references depend on."""
    math = config.math
    return NumberOptions(
        math.number,
        math.number_within,
        math.number_start,
        math.number_prefix,
        config.site.lang,
        math.number_lenient,
    )


def _compile(
    run: BuildRun, compiler: Compiler, paths: Sequence[str], facts: SiteFacts
) -> Generator[Outcome, None, None]:
    """Compile documents, in worker processes where that is worth their start, and where none sees texts of others."""
    if not paths:
        return
    pieces: list[list[str]] = [[]]  # of about the same number of bytes
    size = 0
    for path in paths:
        if size > _CHUNK or len(pieces[-1]) == _CHUNK_DOCUMENTS:
            pieces.append([])
            size = 0
        pieces[-1].append(path)
        size += run.sources.snapshot.files[path].size
    chunks = [tuple(piece) for piece in pieces]
    if run.jobs > 1 and len(chunks) > _WORTH_WORKERS and not facts.has_any(kinds.COMPILED):
        from mathblog.engine.stages.workers.compile_desk import compile_shared

        yield from compile_shared(run, compiler, chunks, facts)
        return
    from mathblog.pipeline.compiling.compile import compile_documents

    loaded = ([load_document(run.sources, path) for path in chunk] for chunk in chunks)
    yield from map(outcome_of, compile_documents(compiler, loaded, facts))


_WORTH_WORKERS = 4  # chunks that take as long to compile as a worker takes to start
