"""The values that the stages of one build share."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, TypeAlias

from mathblog.core.dataclass import dataclass
from mathblog.engine.cache.memo import Memo
from mathblog.engine.sources.site import Sources
from mathblog.engine.stages.spec_digests import SpecDigests
from mathblog.extend.extensions import Extensions
from mathblog.math.renderer import MathRenderer
from mathblog.model.facts.view import SiteFacts
from mathblog.model.options import Config
from mathblog.pipeline.compiling.options import Tools

if TYPE_CHECKING:
    from mathblog.engine.stages.workers.pool import WorkerPool

Progress: TypeAlias = Callable[[str, int, int], None]  # a phase, its steps that are done, all of its steps


@dataclass(frozen=True, slots=True)
class BuildRun:
    """One build: its configuration and sources, what it can do, the memo of earlier ones, the digest of the programs that run.

    `context` is a word for what all compilations depend on. `renderer` gives a renderer that is fit for a number of documents; no engine is started before it is used. `workers`
    gives the other ones of `jobs` processes. With a `focus` only pages of these sources are laid out;
    `observe` is given the facts of all documents, and the paths of those that failed.
    """

    config: Config
    sources: Sources
    extensions: Extensions
    memo: Memo
    toolchain: str
    context: str
    renderer: Callable[[int], MathRenderer]
    tools: Tools
    digests: SpecDigests
    jobs: int
    workers: "Callable[[], WorkerPool]"
    progress: Progress
    focus: Collection[str] | None = None
    observe: "Callable[[BuildRun, SiteFacts, Collection[str]], None] | None" = None
