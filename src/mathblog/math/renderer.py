"""The protocol of a renderer of formulas, and rendering of each formula once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from mathblog.model.formula import FormulaKey, RenderedFormula

if TYPE_CHECKING:
    from mathblog.math.lints.reading import Reading


class MathRenderer(Protocol):
    """Turns TeX into HTML. It may own an engine, so it has an end."""

    def begin(self, keys: Sequence[FormulaKey]) -> Callable[[], list[RenderedFormula]]:
        """Begin to render, and return a function that waits for the results: one for each key, in order.

        A formula that is refused has an `error`; nothing is raised for it. Formulas that are begun before it is called
        wait for it.
        """

    def read(self, keys: Sequence[FormulaKey]) -> "list[Reading | None]":
        """The signs of each formula for lints, in order; None for one that is refused."""

    def close(self) -> None:
        """Stop the engine, if one runs."""


def begin_unique(
    renderer: MathRenderer, keys: Iterable[FormulaKey]
) -> Callable[[], Mapping[FormulaKey, RenderedFormula]]:
    """Begin to render formulas, each once, however often it occurs; the function returned waits for all of them."""
    unique = list(dict.fromkeys(keys))
    if not unique:
        return dict
    results = renderer.begin(unique)
    return lambda: dict(zip(unique, results(), strict=True))


def render_unique(renderer: MathRenderer, keys: Iterable[FormulaKey]) -> Mapping[FormulaKey, RenderedFormula]:
    """Every key with its rendering."""
    return begin_unique(renderer, keys)()
