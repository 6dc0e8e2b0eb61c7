"""`site.time`, and `now`: a page that prints the year depends on the year, not on the second."""

import datetime

from mathblog.model.facts import FactView


class SiteTime:
    """The time of the build, which is read as far as it is used: `date: "%Y"` asks for the fact `("now", "%Y")`."""

    def __init__(self, view: FactView) -> None:
        self._view = view

    def printed(self, form: str) -> str:
        """The time in a Ruby format."""
        return str(self._view.get("now", form) or "")

    def __str__(self) -> str:
        return self.printed("%Y-%m-%d %H:%M:%S %z")

    def moment(self) -> datetime.datetime | None:
        """The time itself, for comparisons. A page that asks changes with every build."""
        moment = self._view.get("time")
        return moment if isinstance(moment, datetime.datetime) else None
