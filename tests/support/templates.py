"""The templates of our themes are compiled once for a whole run of the tests, not once for each of thousands of sites.

To compile them is half of the time in which a small site is built. Only texts that stand in `themes/` are remembered:
they use no filter of a plugin, so that the same text is the same code in every environment that has the same includes.
"""

from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import Environment

from mathblog.theme.sandbox.environment import ThemeEnvironment

_THEMES = Path(__file__).parents[2] / "themes"
_OURS = {
    path.read_text(encoding="utf-8") for path in _THEMES.glob("*/*/*") if path.parent.name in ("layouts", "includes")
}
_compiled: dict[tuple[object, ...], CodeType] = {}
compile_anew = Environment.compile


def _compile_once(self: Environment, source: Any, name: Any = None, filename: Any = None, **options: Any) -> Any:
    if source not in _OURS or options or not isinstance(self, ThemeEnvironment):
        return compile_anew(self, source, name, filename, **options)
    key = (source, name, self.inlines, tuple(source.text for source in self.sources.values()))
    if key not in _compiled:
        _compiled[key] = compile_anew(self, source, name, filename)
    return _compiled[key]


def remember_templates() -> None:
    """Let Jinja remember what it compiled of our themes; `compile_anew` is what it does else."""
    Environment.compile = _compile_once  # type: ignore[method-assign, assignment]
