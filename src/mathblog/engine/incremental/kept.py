"""The part of its last build that a process keeps, so that the next one looks at the texts that were saved, and at nothing else."""

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from mathblog.core.diagnostic import Diagnostic
from mathblog.engine.incremental.last_build import Edit, LastBuild
from mathblog.engine.output.destination import Destination
from mathblog.engine.sources.themes import ThemeFiles
from mathblog.model.options import Config

if TYPE_CHECKING:
    from mathblog.engine.stages.build_run import BuildRun


class Circumstances(NamedTuple):
    """All that a build found besides the source files and its destination; `problems` are those of the configuration."""

    config: Config
    problems: tuple[Diagnostic, ...]
    theme: ThemeFiles


class KeptBuild(NamedTuple):
    """A build that published its site, as it ended."""

    around: Circumstances
    run: "BuildRun"
    last: LastBuild
    destination: Destination

    def edit(self, told: Collection[str]) -> tuple[LastBuild, Edit] | None:
        """The edit that somebody told of, where all else is as it was found; None where it is more than an edit of texts."""
        found = self.last.snapshot.look_again(told)
        if (
            found is None or not found[1] or not self.destination.real.exists()
        ):  # the source folder may be gone, and is not made
            return None
        last = LastBuild(self.last.store, self.last.state, found[0], self.last.circumstances)
        edit = last.edit_of(found[1])
        return None if edit is None else (last, edit)

    def holds(self, last: LastBuild) -> bool:
        """Whether it is of the sources and circumstances of a build that begins, and found that nothing changed."""
        own = self.last
        return own.circumstances == last.circumstances and own.snapshot.signatures() == last.snapshot.signatures()
