"""Staging of files that are no pages: they give way to what the site has at their addresses."""

from collections.abc import Callable

from mathblog.core.dataclass import dataclass
from mathblog.engine.output.publish import Publication
from mathblog.engine.stages.build_run import BuildRun
from mathblog.model.facts.view import SiteFacts
from mathblog.model.output import OutputFile

GENERATED = "generated"  # what messages say that such a file was made of


@dataclass(frozen=True, slots=True)
class Staging:
    """The publication that files of a build go into; `taken` are the paths of its pages and of the site's own files."""

    run: BuildRun
    facts: SiteFacts
    publication: Publication
    taken: frozenset[str]

    def stage(self, file: OutputFile, digest: str) -> None:
        """Stage a file, unless its path is taken."""
        if file.path not in self.taken:
            self.publication.stage(file, digest)

    def stage_made(self, path: str, digest: str, make: Callable[[], str]) -> None:
        """Stage a text that is made only where its path is free and it does not stand there already."""
        if path in self.taken:
            return
        if self.publication.stands(path, digest):
            self.publication.keep(path, digest)
        else:
            self.publication.stage(OutputFile(path, make().encode(), GENERATED), digest)
