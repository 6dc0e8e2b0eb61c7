"""What the stages of one build share."""

from dataclasses import dataclass

from mathblog.engine.memo import Memo
from mathblog.engine.sources import Sources
from mathblog.model.options import Config


@dataclass(frozen=True, slots=True)
class Run:
    """One build: its configuration and sources, the memo of earlier ones, the digest of the programs that run."""

    config: Config
    sources: Sources
    memo: Memo
    toolchain: str
