"""What the compile stage takes and gives, apart from its code: a build that compiles nothing loads no Markdown."""

from dataclasses import dataclass
from typing import NamedTuple

from mathblog.model.compiled import Compiled
from mathblog.model.facts import Reads
from mathblog.model.options import LiquidOptions, MarkdownOptions


@dataclass(frozen=True, slots=True)
class CompileOptions:
    """The slices of the configuration that a body's HTML depends on."""

    liquid: LiquidOptions
    markdown: MarkdownOptions
    markdown_ext: tuple[str, ...]
    baseurl: str


class Compilation(NamedTuple):
    """The outcome for one document, and what it asked about the site on the way."""

    compiled: Compiled
    reads: Reads
