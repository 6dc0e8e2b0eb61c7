"""`mathblog doctor`: what a build would report, what Jekyll would do otherwise, and the remedies that are mechanical."""

import datetime
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from mathblog.config.sources import merge_sources
from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic, Severity
from mathblog.engine.builder import Builder
from mathblog.engine.cache.store import Store
from mathblog.engine.request import BuildRequest
from mathblog.engine.sources.configuration import load_config, read_config_files
from mathblog.engine.sources.declared import adopt
from mathblog.engine.sources.documents import reader
from mathblog.engine.sources.gems.find import GemFinder
from mathblog.engine.sources.site import Classifier, load_document, read_sources, take_site_snapshot
from mathblog.model.output import HTML_EXTENSIONS
from mathblog.pipeline.clock import time_of_build
from mathblog.pipeline.doctor.examine import examine
from mathblog.pipeline.doctor.subject import Fix, Subject
from mathblog.pipeline.extensions import BUILTINS


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of the doctor. `fixes` are the mechanical remedies, of which none is done yet; `config_failed` as in a build."""

    diagnostics: tuple[Diagnostic, ...]
    fixes: tuple[Fix, ...] = ()
    config_failed: bool = False

    @property
    def exit_code(self) -> int:
        """0, 1 where there are conflicts or other errors, 2 where the configuration has some."""
        if self.config_failed:
            return 2
        return int(any(problem.severity is Severity.ERROR for problem in self.diagnostics))


def diagnose(request: BuildRequest) -> Report:
    """Build into a temporary folder, and look at the sources and the pages for what is other than on Jekyll.

    Raises:
        BuildStopped: as a build does.

    """
    with tempfile.TemporaryDirectory(prefix="mathblog-") as folder:
        trial = replace(request, keep_going=True, use_cache=False, into=Path(folder))
        with Builder(trial) as builder:
            result = builder.build()
        if result.config_failed:
            return Report(result.diagnostics, config_failed=True)
        files = {path.relative_to(folder).as_posix(): path for path in Path(folder).rglob("*") if path.is_file()}
        made = (path for path in result.addresses.values() if path.endswith(HTML_EXTENSIONS) and path in files)
        pages = {path: files[path].read_text(encoding="utf-8") for path in made}
        published = frozenset(files)
    findings = examine(_read(request, pages, result.addresses, published))
    diagnostics = dict.fromkeys((*result.diagnostics, *(finding.diagnostic for finding in findings)))
    ordered = tuple(sorted(diagnostics, key=lambda problem: problem.sort_key))
    return Report(ordered, tuple(finding.fix for finding in findings if finding.fix is not None))


def _read(
    request: BuildRequest, pages: Mapping[str, str], addresses: Mapping[str, str], published: frozenset[str]
) -> Subject:
    config = load_config(request).config
    theme = GemFinder().find(config, replace(request, offline=True, publish=False))  # the build has fetched it
    config = load_config(request, theme).config
    snapshot = take_site_snapshot(request.source, config.reading, request.never_read(config.output), theme.root)
    with closing(Store(None)) as store:
        sources = read_sources(reader(snapshot, config, store, "", BUILTINS), Classifier())
    lent = sources.snapshot.elsewhere
    templates = (*(layout.source for layout in sources.layouts.values()), *sources.includes.values())
    without = replace(config, markdown=replace(config.markdown, single_dollar=False))  # what it becomes is declared
    declares_dollar = adopt(without, sources, Store(None), "")[0].markdown.single_dollar
    config, _ = adopt(config, sources, Store(None), "")
    merged = merge_sources(read_config_files(request).sources, {})
    return Subject(
        config=config,
        extensions=BUILTINS,
        keys=merged.keys,
        documents=[load_document(sources, path) for path in sources.documents if path not in lent],
        templates=[template for template in templates if template.path not in lent],
        lent=[template for template in templates if template.path in lent],
        files=frozenset(path for published, path in sources.files.items() if published == path),
        left_out=sources.left_out,
        now=time_of_build(config.reading, datetime.datetime.now(datetime.UTC)),
        pages=pages,
        addresses=addresses,
        published=published,
        declares_dollar=declares_dollar,
    )
