"""`theme`: what a theme that is a gem or a repository says of itself (Jekyll's `drops/theme_drop.rb`)."""

from mathblog.liquid.drops.drop import Drop
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.gem import GemTheme

_NAMES = ("version", "metadata", "root", "dependencies", "authors", "description")


class ThemeDrop(Drop):
    """The theme; nothing of it where the site has none. `root` is its name, so that no page names a machine's folder."""

    def __init__(self, view: FactView) -> None:
        self._view = view

    def names(self) -> tuple[str, ...]:
        """The keys in Jekyll's order."""
        return _NAMES if self._theme else ()

    def find(self, key: str) -> object:
        """One of the keys."""
        theme = self._theme
        if theme is None or key not in _NAMES:
            return None
        if key == "root":
            return theme.label
        if key == "dependencies":
            return [f"{name} ({requirement})" for name, requirement in theme.dependencies]
        if key == "metadata":
            return dict(theme.metadata)
        return str(getattr(theme, key))

    @property
    def _theme(self) -> GemTheme | None:
        return self._view[kinds.THEME]
