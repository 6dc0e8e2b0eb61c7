"""`site.time`, and `now`: a page that prints the year depends on the year, not on the second."""

import datetime

from mathblog.liquid.filters.dates.strftime import strftime
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView


def print_now(view: FactView, form: str) -> str:
    """The clock's time in a Ruby format."""
    return view.get(kinds.NOW, form) or ""


class SiteTime:
    """The time of the build, which is read as far as it is used: `date: "%Y"` asks for the fact `("now", "%Y")`.

    A `time:` in the configuration stands instead of the clock's.
    """

    def __init__(self, view: FactView) -> None:
        self._view = view

    def printed(self, form: str) -> str:
        """The time in a Ruby format."""
        moment = self.moment() if self._view.get(kinds.CONFIG, "time") else None
        return print_now(self._view, form) if moment is None else strftime(moment, form)

    def __str__(self) -> str:
        return self.printed("%Y-%m-%d %H:%M:%S %z")

    def moment(self) -> datetime.datetime | None:
        """The time itself, for comparisons. A page that asks changes with every build."""
        return self._view[kinds.TIME]
