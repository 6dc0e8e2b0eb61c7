"""Diagrams that are written as fenced code: what a site says about them (`diagrams:`), a drawing that is asked for, and its outcome."""

from typing import NamedTuple

from mathblog.core.dataclass import dataclass

GRAPHVIZ = ("dot", "graphviz")
TIKZ = ("tikz", "tikzcd")
MERMAID = "mermaid"


@dataclass(frozen=True, slots=True)
class DiagramOptions:
    r"""Which languages are drawn when the site is built; `preamble` is put before `\begin{document}` of those in TikZ.

    `mermaid` is the path of the site's own copy of Mermaid's script. `programs` stands for the programs that draw and their versions: what
    was drawn depends on them, and so does that nothing could be.
    """

    graphviz: bool = False
    tikz: bool = False
    preamble: str = ""
    mermaid: str = ""
    programs: str = ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that are drawn."""
        return (*(GRAPHVIZ if self.graphviz else ()), *(TIKZ if self.tikz else ()))


class Diagram(NamedTuple):
    """A diagram in one of the languages above."""

    language: str
    code: str
    preamble: str = ""


class Drawn(NamedTuple):
    """The SVG of a diagram, or why there is none: a message, and the line of the code that it is about, from 1; 0 for none of them.

    `missing` names the program that is not installed.
    """

    svg: str = ""
    problem: str = ""
    line: int = 0
    missing: str = ""
