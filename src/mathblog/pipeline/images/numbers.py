"""The numbers of figures and of tables, each kind by itself, in the order of the page."""

from dataclasses import replace
from typing import TYPE_CHECKING

from mathblog.markdown.outline import words
from mathblog.model.compiled import Label
from mathblog.model.options import NumberOptions
from mathblog.pipeline.numbering.counting import Counter
from mathblog.pipeline.numbering.labels import normal

if TYPE_CHECKING:
    from markdown_it.token import Token


class FigureCounters:
    """The counters of a page. As in LaTeX, figures count on where equations begin anew with each section."""

    def __init__(self, options: NumberOptions) -> None:
        self._options = replace(options, mode="all", within="page", start=1)
        self._counters: dict[str, Counter] = {}

    def number(self, figure: "Token") -> Label:
        """The label of a figure with its next number, which is noted in its token."""
        kind, name = figure.meta["kind"], figure.meta["label"]
        counter = self._counters.setdefault(kind, Counter(self._options))
        figure.meta["shown"] = counter.next()
        return Label(normal(name), kind, figure.meta["shown"], name, words(figure.meta["caption"].children or ()))
