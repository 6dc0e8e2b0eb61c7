"""The outcome of one compiled document: the same from a worker process and from this one."""

from dataclasses import replace
from typing import Any, NamedTuple

from mathblog.core.digest import fingerprint
from mathblog.engine.cache.code_cache import CodeCache
from mathblog.engine.cache.codec import encode, pack
from mathblog.engine.cache.memo import Brief
from mathblog.engine.cache.store import Store
from mathblog.engine.stages.time_limit import limit_time
from mathblog.model.compiled import Compiled
from mathblog.model.facts.view import Reads
from mathblog.model.images.diagrams import Diagram, Drawn
from mathblog.pipeline.compiling.options import Compilation, Tools
from mathblog.styles.compiler import SassCompiler


class Outcome(NamedTuple):
    """A compiled document, ready for the store: `data` is the encoded pair of `digest` and value, `summary` the part every build needs.

    `brief` is the encoded `Brief`.
    """

    path: str
    reads: Reads
    digest: str
    summary: tuple[Any, ...]
    data: bytes
    brief: bytes


def tools_of(store: Store, toolchain: str, sass: SassCompiler) -> Tools:
    """Return the tools of a compilation in this process."""
    return Tools(CodeCache(store, fingerprint("code", toolchain)), sass, limit_time, _draw)


def _draw(diagram: Diagram) -> Drawn:
    from mathblog.engine.programs.diagrams import draw  # few sites have diagrams

    return draw(diagram)


def outcome_of(compilation: Compilation) -> Outcome:
    """The outcome of one compilation."""
    compiled: Compiled = compilation.compiled
    body, excerpt, headings = map(pack, (compiled.body, compiled.excerpt, compiled.headings))
    of_excerpt, of_headings = map(fingerprint, (excerpt, headings))
    # of all that a reader of the value may look at: another separator changes the excerpt and not the HTML
    digest = fingerprint(body, of_headings, compiled.formulas, of_excerpt, compiled.pending)
    found = (compiled.labels, compiled.formulas, compiled.failed, compiled.diagnostics, compiled.beside)
    packed = replace(compiled, body=body, excerpt=excerpt, headings=headings)  # type: ignore[arg-type]  # read as what they are
    brief = encode([*Brief(of_excerpt, of_headings, encode(excerpt), encode(headings))])
    summary = (of_excerpt, of_headings, *found)
    return Outcome(compiled.path, dict(compilation.reads), digest, summary, encode([digest, packed]), brief)
