"""Formulas rendered once: what an earlier chunk or an earlier build rendered is taken from the store."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from mathblog.core.digest import fingerprint
from mathblog.engine.cache.shapes import shape_of
from mathblog.engine.cache.store import Store
from mathblog.math.marks import plain
from mathblog.math.renderer import MathRenderer
from mathblog.model.formula import FormulaKey, Numbering, RenderedFormula

if TYPE_CHECKING:
    from mathblog.math.lints.reading import Reading

_STORED = shape_of(str | Numbering)


class CachedRenderer:
    """A `MathRenderer` in front of another. `context` stands for all that a rendering depends on besides its key.

    A refused formula is not kept: what refused it may have been the time it took.
    """

    def __init__(self, renderer: MathRenderer, store: Store, context: str) -> None:
        self._renderer = renderer
        self._store = store
        self._context = context

    def begin(self, keys: Sequence[FormulaKey]) -> Callable[[], list[RenderedFormula]]:
        """See `MathRenderer.begin`; only formulas that were never rendered reach the other renderer."""
        names = {key: fingerprint(self._context, key) for key in dict.fromkeys(keys)}
        known = self._store.get_many(names.values(), _STORED, keep=False)
        missing = [key for key, name in names.items() if name not in known]
        answers = self._renderer.begin(missing) if missing else list

        def results() -> list[RenderedFormula]:
            rendered = dict(zip(missing, answers(), strict=True))
            for key, result in rendered.items():
                if result.error is None:
                    self._store.put(names[key], result.numbering or result.html, large=True)
            for key, name in names.items():
                if key not in rendered:
                    stored = known[name]
                    html, numbering = (stored, None) if isinstance(stored, str) else (plain(stored), stored)
                    rendered[key] = RenderedFormula(html, None, numbering)
            return [rendered[key] for key in keys]

        return results

    def read(self, keys: Sequence[FormulaKey]) -> "list[Reading | None]":
        """See `MathRenderer.read`."""
        return self._renderer.read(keys)

    def close(self) -> None:
        """Stop the other renderer's engine."""
        self._renderer.close()
