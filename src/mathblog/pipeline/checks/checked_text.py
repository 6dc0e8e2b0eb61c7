"""The subject of the checks of every build: a document on its way to HTML."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic
from mathblog.core.segments import SegmentMap
from mathblog.core.source import SourceText, Span
from mathblog.extend.declarations import Looks, load
from mathblog.model.document import Document
from mathblog.model.facts.view import FactView
from mathblog.pipeline.compiling.options import CompileOptions

if TYPE_CHECKING:
    from mathblog.markdown.parser import Parsed


@dataclass(frozen=True, slots=True)
class CheckedText:
    """A document whose text is parsed.

    `text` is what Liquid made of the source, and `segments` lead from it to there; `formulas` are the stretches of it that
    hold the TeX of formulas. `view` answers about the rest of the site, and records what was asked.
    """

    document: Document
    text: str
    segments: SegmentMap
    parsed: "Parsed"
    formulas: Sequence[Span]
    view: FactView
    options: CompileOptions
    is_markdown: bool

    @property
    def line_starts(self) -> Sequence[int]:
        """Where the lines of the parsed text begin."""
        return SourceText("", self.parsed.text).line_starts


def check_text(subject: CheckedText) -> Iterator[Diagnostic]:
    """Return what all checks of texts say, and those of `mathblog check` where they are asked for."""
    looks = (Looks.TEXTS, Looks.LINTS) if subject.options.check.lints else (Looks.TEXTS,)
    for check in subject.options.extensions.checks.values():
        if check.looks in looks:
            yield from load(check.function)(subject)
