"""The request for a build, and its result."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mathblog.core.dataclass import dataclass, field
from mathblog.core.diagnostic import Diagnostic, Severity
from mathblog.engine.cache.folder import PREVIEW
from mathblog.engine.output.publish import Published
from mathblog.engine.problem import USAGE
from mathblog.model.options import OutputOptions
from mathblog.model.values import Value

if TYPE_CHECKING:
    from mathblog.engine.stages.build_run import BuildRun
    from mathblog.model.facts.view import SiteFacts


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """One build.

    `overrides` are configuration keys given on the command line; `jobs` None lets mathblog choose. With `preview` the
    site goes into a folder of the cache, and the destination is left alone. Without `publish` nothing is published or
    remembered: what comes back is what a build would do. `into` is a folder for the site, instead of the destination.
    With `trust_cache` values of the cache are read that somebody else may have written.
    With `lints` the rules of `mathblog check` are heeded besides, with `style` those of style, too; `inspect` is given the finished
    HTML pages, each with its path, and the paths of all files, before anything is published.
    With `allow_plugins` the plugins of the site may run, now and later while they are as they are.
    With `relative` all links within the site are relative, so that it opens from a disk.
    `texts` are those of files that are open in an editor, which count instead of what is on the disk. With a `focus` only the
    pages of these sources are laid out; `observe` is given what else a build knows of the site.
    With `offline` no theme is fetched; `tell` is told what is. `progress` hears of each phase how many of its steps are done. `named` says that the command line names the destination.
    """

    source: Path
    config_files: tuple[str, ...] = ()
    overrides: Mapping[str, Value] = field(default_factory=dict)
    keep_going: bool = False
    force: bool = False
    jobs: int | None = None
    use_cache: bool = True
    trust_cache: bool = False
    preview: bool = False
    progress: Callable[[str, int, int], None] = lambda _phase, _done, _total: None
    publish: bool = True
    into: Path | None = None
    offline: bool = False
    named: bool = False
    lints: bool = False
    style: bool = False
    inspect: Callable[[Iterator[tuple[str, str]], Collection[str]], None] | None = None
    tell: Callable[[str], None] = lambda _text: None
    allow_plugins: bool = False
    relative: bool = False
    texts: Mapping[str, bytes] = field(default_factory=dict)
    focus: Collection[str] | None = None
    observe: "Callable[[BuildRun, SiteFacts, Collection[str]], None] | None" = None

    @property
    def purpose(self) -> str:
        """A word under which is kept what stands at the destination: what is rewritten there is not what another build knows."""
        return "relative" if self.relative else "standing"

    @property
    def takes_over(self) -> bool:
        """Whether files at the addresses of pages may be overwritten that mathblog did not write."""
        return self.force or self.preview

    @property
    def processes(self) -> int:
        """How many processes compile: as many as were asked for, or as there are processors for this one."""
        if self.jobs:
            return self.jobs
        if hasattr(os, "sched_getaffinity"):
            return len(os.sched_getaffinity(0))
        return os.cpu_count() or 1  # macOS and Windows do not tell

    def destination(self, output: OutputOptions) -> Path:
        """The folder that the site goes into."""
        if self.into:
            return self.into
        if self.preview:
            return self.source / output.cache_dir / PREVIEW
        return self.source / output.destination

    def never_read(self, output: OutputOptions) -> frozenset[str]:
        """Folders below the source that are not the site's: every destination, and the cache."""
        source = self.source.resolve()
        named = (source / output.destination, source / output.cache_dir, self.destination(output))
        places = [
            Path(real) for place in named for real in (os.path.realpath(place), os.path.normpath(place))
        ]  # and links to them; `Path.resolve` fails at a link to itself
        return frozenset(place.relative_to(source).as_posix() for place in places if place.is_relative_to(source))


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The outcome.

    `pages` are output paths; `published` is None when nothing was. `root` is the folder of the site, `changed` the files
    in it that this build wrote or removed. `reasons` says of what was made again why: the fact that changed, '' for new.
    `valid_until`, in seconds since 1970, is when the same sources give another site, 0 where they do at once; `due` is when the next post is. `addresses` are the files of `pages`
    by the source that each was made of. `environment` is `JEKYLL_ENV` as the templates saw it.
    """

    diagnostics: tuple[Diagnostic, ...]
    pages: tuple[str, ...]
    formulas: int
    skipped: Mapping[str, int]
    published: Published | None
    seconds: float
    config_failed: bool = False
    root: Path = Path()
    changed: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    valid_until: float | None = None
    due: float | None = None
    addresses: Mapping[str, str] = field(default_factory=dict)
    environment: str = field(default_factory=lambda: os.environ.get("JEKYLL_ENV", "development"))

    @property
    def exit_code(self) -> int:
        """0, 1 when the content has errors, 2 when the configuration has."""
        if self.config_failed:
            return USAGE
        return int(any(item.severity is Severity.ERROR for item in self.diagnostics))
