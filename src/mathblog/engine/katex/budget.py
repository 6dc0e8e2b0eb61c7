"""The time that all formulas of a build have together, in whatever process they are rendered (ADR 61)."""

from mathblog.core.dataclass import dataclass

PATIENCE = 60.0  # seconds for all formulas of a build, and
_EACH = 0.1  # so many more for each: twenty times what KaTeX needs for one
_MORE = 60.0  # seconds for a build whose time is over, before it renders no more


@dataclass(slots=True)
class FormulaBudget:
    """The seconds of the engines' time that are left for a build's formulas; below zero its time is over."""

    left: float = PATIENCE

    @property
    def goes_on(self) -> bool:
        """Whether anything is rendered any more."""
        return self.left > -_MORE

    def charge(self, seconds: float, formulas: int = 0) -> None:
        """Take what an engine spent, and add what this number of formulas brings."""
        self.left += _EACH * formulas - seconds

    def begin(self) -> None:
        """Give the formulas of another build their time."""
        self.left = PATIENCE
