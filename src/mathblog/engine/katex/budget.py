"""The time that all formulas of a build have together, in all its processes (ADR 61 and 75)."""

from mathblog.core.dataclass import dataclass

PATIENCE = 60.0  # seconds for all formulas of a build
_EACH = 0.1  # seconds more for each formula: twenty times what KaTeX needs for one
_MORE = 60.0  # seconds that a build may take beyond its time, before it renders nothing more


@dataclass(slots=True)
class FormulaBudget:
    """How many seconds the engines may still work for the formulas of a build. Below zero its time is over."""

    left: float = PATIENCE

    @property
    def goes_on(self) -> bool:
        """Whether the build still renders formulas."""
        return self.left > -_MORE

    def charge(self, seconds: float, formulas: int = 0) -> None:
        """Take off the seconds that an engine worked, and add those of this number of formulas."""
        self.left += _EACH * formulas - seconds

    def begin(self) -> None:
        """Begin a new build: its formulas have the whole time again."""
        self.left = PATIENCE
