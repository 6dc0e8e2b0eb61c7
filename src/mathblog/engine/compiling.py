"""The compile stage over a whole site: what the store knows is taken, the rest is compiled in chunks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

from mathblog.core.diagnostic import Diagnostic
from mathblog.core.digest import fingerprint
from mathblog.engine.memo import Memo, Trace
from mathblog.engine.run import Run
from mathblog.engine.sources import load_document
from mathblog.model.compiled import Compiled
from mathblog.model.document import Document, Meta
from mathblog.model.facts import FactKey, Lazy, SiteFacts
from mathblog.pipeline.options import Compilation, CompileOptions

_CHUNK = 400_000  # characters of source a chunk: bounds the tokens that are alive at once


class CompiledLight(NamedTuple):
    """What every build needs of a compiled document, also of one that was not compiled again."""

    formulas: int
    failed: bool
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class CompiledSite:
    """All documents, compiled: the facts they add with their digests, what was wrong, and why those that ran had to."""

    values: Mapping[FactKey, object]
    digests: Mapping[FactKey, str]
    light: Mapping[str, CompiledLight]
    reasons: Mapping[str, str]


def compile_site(run: Run, metas: Sequence[Meta], facts: SiteFacts) -> CompiledSite:
    """Compile the documents `metas`."""
    config, memo = run.config, run.memo
    options = CompileOptions(config.liquid, config.markdown, config.reading.markdown_ext, config.site.baseurl)
    context = fingerprint("compile", run.toolchain, options, config.math.macros)
    keys = {
        meta.path: fingerprint(context, run.sources.documents[meta.path].digest, facts.digest(("document", meta.path)))
        for meta in metas
    }
    lookup = memo.look_up(keys, facts)
    traces: dict[str, Trace] = dict(lookup.hits)
    missing = [path for path in keys if path in lookup.misses]
    if missing:
        from mathblog.pipeline.compile import compile_documents

        renderer = run.renderer(_EXPECTED_FORMULAS * len(missing))
        for chunk in _chunks(missing, run):
            for compilation in compile_documents(chunk, facts, options, renderer):
                path = compilation.compiled.path
                traces[path] = _record(memo, keys[path], compilation)

    @lru_cache(maxsize=_KEPT)
    def value_of(path: str) -> Compiled:
        found: Compiled | None = memo.value(keys[path])
        if found is None:  # the store lost it since its trace was looked up
            from mathblog.pipeline.compile import compile_documents

            found = compile_documents([load_document(run.sources, path)], facts, options, run.renderer(1))[0].compiled
        return found

    return CompiledSite(
        *_compiled_facts(traces, value_of),
        {path: CompiledLight(*trace.light) for path, trace in traces.items()},
        lookup.misses,
    )


_KEPT = 64  # compiled documents in memory: a page asks for its own several times, and for no more than a list holds
_EXPECTED_FORMULAS = (
    10  # formulas in a document of a blog on mathematics: tells whether the faster engine is worth its start
)


def _record(memo: Memo, key: str, compilation: Compilation) -> Trace:
    compiled = compilation.compiled
    light = (compiled.formulas, compiled.failed, compiled.diagnostics)
    excerpt = fingerprint(compiled.excerpt, compiled.summary)
    trace = Trace(f"{fingerprint(compiled.html, compiled.headings, compiled.formulas)} {excerpt}", light)
    memo.record(key, compilation.reads, trace, compiled)
    return trace


def _compiled_facts(
    traces: Mapping[str, Trace], value_of: Callable[[str], Compiled]
) -> tuple[dict[FactKey, object], dict[FactKey, str]]:
    """`("compiled", path)` and `("excerpt", path)`, each with its digest; the values are fetched when asked for."""
    values: dict[FactKey, object] = {}
    digests: dict[FactKey, str] = {}
    for path, trace in traces.items():
        whole, _, excerpt = trace.digest.partition(" ")
        values["compiled", path] = Lazy(partial(value_of, path), keep=False)
        values["excerpt", path] = Lazy(partial(_excerpt_of, value_of, path))
        digests["compiled", path] = whole
        digests["excerpt", path] = excerpt
    return values, digests


def _excerpt_of(value_of: Callable[[str], Compiled], path: str) -> tuple[str, str]:
    compiled = value_of(path)
    return (compiled.excerpt, compiled.summary)


def _chunks(paths: Sequence[str], run: Run) -> Iterator[list[Document]]:
    chunk: list[Document] = []
    size = 0
    for path in paths:
        document = load_document(run.sources, path)
        chunk.append(document)
        size += len(document.source.text)
        if size > _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
