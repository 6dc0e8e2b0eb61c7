"""The protocol of a renderer of formulas, and rendering of each formula once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from mathblog.math.errors import refused_html
from mathblog.model.formula import TOO_LONG, FormulaError, FormulaKey, RenderedFormula

if TYPE_CHECKING:
    from mathblog.math.lints.reading import Reading

_REFUSAL = FormulaError(
    "the macros that this formula and those before it use come to too much text",
    -1,
    0,
    "each formula is given the definitions that it needs: let macros use fewer others, or put them into `_data/macros.tex`",
)


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
    """Begin to render formulas, each once, however often it occurs; the function returned waits for all of them.

    Those whose macros come to too much text are refused here.
    """
    every = dict.fromkeys(keys)
    refused = {key: RenderedFormula(refused_html(key, _REFUSAL), _REFUSAL) for key in every if key.prelude == TOO_LONG}
    unique = [key for key in every if key not in refused] if refused else list(every)
    if not unique:
        return lambda: refused
    results = renderer.begin(unique)
    return lambda: {**refused, **dict(zip(unique, results(), strict=True))}


def render_unique(renderer: MathRenderer, keys: Iterable[FormulaKey]) -> Mapping[FormulaKey, RenderedFormula]:
    """Every key with its rendering."""
    return begin_unique(renderer, keys)()
