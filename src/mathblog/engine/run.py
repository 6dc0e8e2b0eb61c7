"""What the stages of one build share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from mathblog.engine.memo import Memo
from mathblog.engine.sources import Sources
from mathblog.engine.spec_digests import SpecDigests
from mathblog.math.renderer import MathRenderer
from mathblog.model.options import Config
from mathblog.pipeline.options import Highlights

Progress: TypeAlias = Callable[[int, int], None]  # documents compiled, documents to compile


@dataclass(frozen=True, slots=True)
class Run:
    """One build: its configuration and sources, the memo of earlier ones, the digest of the programs that run.

    `renderer` gives a renderer that is fit for a number of documents; no engine is started before it is used. `jobs` is
    the number of processes that may work at once, this one included.
    """

    config: Config
    sources: Sources
    memo: Memo
    toolchain: str
    renderer: Callable[[int], MathRenderer]
    highlights: Highlights
    digests: SpecDigests
    jobs: int
    progress: Progress
