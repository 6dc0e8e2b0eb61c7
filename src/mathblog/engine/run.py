"""What the stages of one build share."""

from collections.abc import Callable
from dataclasses import dataclass

from mathblog.engine.memo import Memo
from mathblog.engine.sources import Sources
from mathblog.math.renderer import MathRenderer
from mathblog.model.options import Config


@dataclass(frozen=True, slots=True)
class Run:
    """One build: its configuration and sources, the memo of earlier ones, the digest of the programs that run.

    `renderer` gives a renderer that is fit for the number of formulas to come; no engine is started before it is used.
    """

    config: Config
    sources: Sources
    memo: Memo
    toolchain: str
    renderer: Callable[[int], MathRenderer]
