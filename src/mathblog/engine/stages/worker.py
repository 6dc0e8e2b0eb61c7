"""The program of a worker process: its tools, and the chunks that it is given."""

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.util import Finalize
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from mathblog.core.dataclass import dataclass
from mathblog.engine.sources.site import Sources, load_document
from mathblog.engine.stages.outcome import Outcome, outcome_of, tools_of
from mathblog.model.facts.view import SiteFacts
from mathblog.model.options import MathOptions
from mathblog.pipeline.compiling.options import CompileOptions, Compiler

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_DEATH_SIGNAL = 1  # `PR_SET_PDEATHSIG`


@dataclass(frozen=True, slots=True)
class Assignment:
    """The values that a worker is given once: everything that the compilation of a document of the build depends on."""

    sources: Sources
    facts: SiteFacts
    options: CompileOptions
    math: MathOptions
    documents: int
    store: Path | None
    key: bytes | None
    toolchain: str


class ChunkAnswer(NamedTuple):
    """A worker's answer to a chunk: outcomes, and the formulas and blocks of code that it rendered, encoded."""

    outcomes: list[Outcome]
    rendered: dict[str, bytes]


_Desk: TypeAlias = Callable[[Sequence[str]], ChunkAnswer]


def begin() -> None:
    """Load what every chunk needs, while the parent still reads the sources."""
    import mathblog.liquid.expand
    import mathblog.markdown.render
    import mathblog.pipeline.compiling.compile  # noqa: F401 - for the time it takes
    from mathblog.engine.collector import collect_less
    from mathblog.extend.extensions import preload
    from mathblog.pipeline.extensions import BUILTINS

    collect_less()
    preload(BUILTINS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers


def work(pipe: "Connection", load: Callable[[], None]) -> None:
    """The life of a worker: it loads what chunks need, says that it is ready, and answers chunks until the pipe closes.

    Through the pipe come assignments, and chunks (paths of documents) of the last one. An answer is a `ChunkAnswer`, or the
    exception that a chunk ended in.
    """
    end_with_parent()
    load()
    desk: _Desk | None = None
    try:
        pipe.send(None)
        while True:
            message = pipe.recv()
            if isinstance(message, Assignment):
                desk = _take(message)
            elif desk is not None:
                try:
                    answer: ChunkAnswer | Exception = desk(message)
                except Exception as error:  # noqa: BLE001 - it is raised again in the parent
                    answer = error
                    error.add_note(traceback.format_exc())
                    try:
                        pickle.loads(pickle.dumps(error))  # noqa: S301 - whether the parent can
                    except Exception:  # noqa: BLE001 - so it cannot
                        answer = RuntimeError(traceback.format_exc())
                pipe.send(answer)
    except (EOFError, OSError):  # the parent needs no more, or is gone
        return


def end_with_parent() -> None:
    """See that this process ends when its parent does, however that ends.

    The kernel does it where it can (`prctl(2)`, also in the middle of a call that never returns), else a thread waits for
    the pipe that closes with the parent. One that is gone already is noticed by both.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent.pid:
            os._exit(1)
    threading.Thread(target=_end_after, args=(parent,), daemon=True, name="parent").start()


def _end_after(parent: "BaseProcess") -> None:
    parent.join()
    os._exit(1)


def _take(shared: Assignment) -> _Desk:
    """A function that compiles chunks of this assignment."""
    from mathblog.engine.cache.store import Store
    from mathblog.engine.katex.renderers import Renderers
    from mathblog.engine.sass_compiler import SassEngine
    from mathblog.pipeline.compiling.compile import compile_documents

    if shared.options.extensions.plugins:
        from mathblog.engine.stages.plugin_code import run_plugins

        run_plugins(shared.options.extensions.plugins)
    store = Store(shared.store, key=shared.key, read_only=True)
    renderers = Renderers()
    Finalize(None, renderers.close, exitpriority=10)
    renderer = renderers.for_build(shared.math, store, shared.toolchain)(shared.documents)
    sass = SassEngine()
    Finalize(None, sass.close, exitpriority=10)
    compiler = Compiler(shared.options, lambda: renderer, tools_of(store, shared.toolchain, sass))

    def compile_chunk_here(chunk: Sequence[str]) -> ChunkAnswer:
        documents = [load_document(shared.sources, path) for path in chunk]
        compiled = compile_documents(compiler, [documents], shared.facts)
        return ChunkAnswer(list(map(outcome_of, compiled)), store.take_new())

    return compile_chunk_here
