"""What a renderer of formulas is, and how the formulas of many documents are handed to it."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from mathblog.model.formula import FormulaKey, RenderedFormula


class MathRenderer(Protocol):
    """Turns TeX into HTML. It may own an engine, so it has an end."""

    def render(self, keys: Sequence[FormulaKey]) -> list[RenderedFormula]:
        """One result for each key, in order. A formula that is refused has an `error`; nothing is raised for it."""

    def close(self) -> None:
        """Stop the engine, if one runs."""


def render_unique(renderer: MathRenderer, keys: Iterable[FormulaKey]) -> dict[FormulaKey, RenderedFormula]:
    """Every key with its rendering. Each formula is rendered once, however often it occurs, in one call."""
    unique = list(dict.fromkeys(keys))
    return dict(zip(unique, renderer.render(unique), strict=True)) if unique else {}
