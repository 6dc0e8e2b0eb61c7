"""The renderer of formulas for the builds of one blog: the engine stays, so that a preview does not start it again."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from mathblog.core.digest import fingerprint
from mathblog.engine.cache.store import Store
from mathblog.engine.katex.budget import FormulaBudget
from mathblog.math.renderer import MathRenderer
from mathblog.model.options import MathOptions

if TYPE_CHECKING:
    from mathblog.engine.katex.renderer import KatexRenderer


_FORMULAS = 10  # in a document of a blog on mathematics: tells whether the faster engine is worth its start


class Renderers:
    """Owns at most one engine, which is started with the first formula that no earlier build rendered.

    `budget` is the time of the build that goes on. A formula that took the whole time of one is not tried again by another build.
    """

    def __init__(self) -> None:
        self.budget = FormulaBudget()
        self._options: MathOptions | None = None
        self._engine: KatexRenderer | None = None

    def for_build(self, options: MathOptions, store: Store, toolchain: str) -> Callable[[int], MathRenderer]:
        """A function from a number of documents to a renderer for their formulas."""

        def renderer(documents: int) -> MathRenderer:
            from mathblog.engine.cache.formula_cache import CachedRenderer
            from mathblog.engine.katex.renderer import KatexRenderer

            if self._engine is None or self._options != options:
                self.close()
                self._options, self._engine = (
                    options,
                    KatexRenderer(options, expected=_FORMULAS * documents, budget=self.budget),
                )
            return CachedRenderer(self._engine, store, fingerprint("formula", toolchain, options.meaning))

        return renderer

    def close(self) -> None:
        """Stop the engine."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None
