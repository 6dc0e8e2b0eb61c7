"""A document between rendering and numbering."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mathblog.core.dataclass import dataclass
from mathblog.core.segments import SegmentMap
from mathblog.model.document import Document
from mathblog.model.formula import Formula, RenderedFormula

if TYPE_CHECKING:
    from mathblog.markdown.parser import Parsed


@dataclass(frozen=True, slots=True)
class Typeset:
    """A document whose text is parsed and whose formulas are rendered, one of `rendered` for each; numbers are still missing."""

    document: Document
    parsed: "Parsed"
    segments: SegmentMap
    formulas: Sequence[Formula]
    rendered: Sequence[RenderedFormula]
