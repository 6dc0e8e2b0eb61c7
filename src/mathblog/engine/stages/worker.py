"""What runs in a worker process: its tools, and the chunks that it is given."""

import pickle
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from mathblog.engine.sources.site import Sources, load_document
from mathblog.engine.stages.outcome import Outcome, compile_chunks
from mathblog.engine.stages.time_limit import limit_time
from mathblog.model.facts import SiteFacts
from mathblog.model.options import MathOptions
from mathblog.pipeline.compiling.options import CompileOptions, Tools


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a worker is told once: everything that the compilation of any document of the build depends on."""

    sources: Sources
    facts: SiteFacts
    options: CompileOptions
    math: MathOptions
    documents: int
    store: Path | None
    toolchain: str


class Answer(NamedTuple):
    """A worker's answer to a chunk: outcomes, and the formulas and blocks of code that it rendered, encoded."""

    outcomes: list[Outcome]
    rendered: dict[str, bytes]


class _Desk:
    """A worker's tools for the assignment it was given last."""

    assignment = ""
    compile: Callable[[Sequence[str]], Answer]


def begin() -> None:
    """Load what every chunk needs, while the parent still reads the sources."""
    import mathblog.liquid.expand
    import mathblog.markdown.render
    import mathblog.pipeline.compiling.compile  # noqa: F401 - for the time it takes
    from mathblog.engine.collector import collect_less

    collect_less()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers


def is_ready() -> None:
    """Answer the first call: the process is there."""


def compile_paths(assignment: str, chunk: Sequence[str]) -> Answer:
    """Compile documents by their paths. `assignment` is the file that holds what is the same for all chunks."""
    if _Desk.assignment != assignment:
        _take(assignment)
    return _Desk.compile(chunk)


def _take(assignment: str) -> None:
    from multiprocessing.util import Finalize

    from mathblog.core.digest import fingerprint
    from mathblog.engine.cache.code_cache import CodeCache
    from mathblog.engine.cache.store import Store
    from mathblog.engine.katex.renderers import Renderers
    from mathblog.engine.sass_compiler import SassEngine

    shared: Assignment = pickle.loads(Path(assignment).read_bytes())  # noqa: S301 - the parent wrote it just now
    store = Store(shared.store, read_only=True)
    renderers = Renderers()
    Finalize(None, renderers.close, exitpriority=10)
    renderer = renderers.for_build(shared.math, store, shared.toolchain)(shared.documents)
    sass = SassEngine()
    Finalize(None, sass.close, exitpriority=10)
    tools = Tools(CodeCache(store, fingerprint("code", shared.toolchain)), sass, limit_time)

    def compile_chunk_here(chunk: Sequence[str]) -> Answer:
        documents = [load_document(shared.sources, path) for path in chunk]
        outcomes = list(compile_chunks([documents], shared.facts, shared.options, renderer, tools))
        return Answer(outcomes, store.take_new())

    _Desk.assignment, _Desk.compile = assignment, compile_chunk_here
