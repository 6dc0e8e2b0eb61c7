"""`mathblog check`: what a build would report, and what the lints find; nothing is published or kept."""

import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path, PurePosixPath

from mathblog.config.rules import is_on
from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.engine.builder import Builder
from mathblog.engine.fixes import Change, apply, plan
from mathblog.engine.problem import USAGE
from mathblog.engine.request import BuildRequest
from mathblog.engine.sources.configuration import load_config
from mathblog.engine.user_folders import user_cache_folder
from mathblog.markdown.parser import parse
from mathblog.model.document import is_markdown
from mathblog.model.options import Config
from mathblog.pipeline.checks.front_matter import TYPE
from mathblog.pipeline.checks.labels import CODE as UNUSED
from mathblog.pipeline.checks.labels import unused_labels
from mathblog.pipeline.checks.links import (
    LinkedPage,
    LinkedSite,
    dead_links,
    external_links,
    read_page,
    report_dead_links,
    report_external,
)
from mathblog.pipeline.checks.silence import heed_in_file
from mathblog.pipeline.doctor.subject import Fix
from mathblog.pipeline.extensions import BUILTINS
from mathblog.reading.decode import decode
from mathblog.reading.frontmatter import CODE as FRONT_MATTER
from mathblog.reading.frontmatter import split
from mathblog.text.delimiters import MATH
from mathblog.text.regions import regions
from mathblog.text.tex.definitions import find_definitions, may_define

_ROUNDS = 5  # of fixes within fixes
_UNDEFINED = lazy_pattern(r"undefined control sequence `(\\[A-Za-z]+)`")


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The problems of a site, in order, and how much was looked at; `changes` are the lines that `--fix` changed or would change."""

    diagnostics: tuple[Diagnostic, ...]
    pages: int = 0
    formulas: int = 0
    seconds: float = 0.0
    config_failed: bool = False
    changes: tuple[Change, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 where nothing was found, 1 where anything was, 2 where the configuration cannot be used."""
        return USAGE if self.config_failed else int(bool(self.diagnostics))


def check(request: BuildRequest, *, external: bool = False) -> CheckReport:
    """Build a site as ever, but into no place, and report all that is wrong with it; with `external` ask other sites, too.

    Raises:
        BuildStopped: as a build does.

    """
    with tempfile.TemporaryDirectory(prefix="mathblog-") as folder:
        trial = trial_of(request, Path(folder))
        with Builder(trial) as builder:
            return examine(builder, trial, external=external)


def trial_of(request: BuildRequest, folder: Path) -> BuildRequest:
    """The request for a build that puts nothing anywhere but into a folder of its own."""
    return replace(request, publish=False, keep_going=True, into=folder, lints=True)


def examine(builder: Builder, trial: BuildRequest, *, external: bool = False) -> CheckReport:
    """The report of a trial. With a focus, links are looked at on its pages only, and places on other pages count as there.

    Raises:
        BuildStopped: as a build does.

    """
    pages: dict[str, LinkedPage] = {}
    files: set[str] = set()

    def inspect(texts: Iterator[tuple[str, str]], paths: Collection[str]) -> None:
        pages.update((path, read_page(html)) for path, html in texts)
        files.update(paths)

    result = builder.build(replace(trial, inspect=inspect))
    found = result.diagnostics
    if not result.config_failed:
        config = load_config(trial).config
        linked = LinkedSite(config.site, pages, files.union(result.pages))
        checked = _CheckedSite(trial, config, result.addresses, linked)
        links = [*checked.dead_links(), *(checked.dead_elsewhere() if external else ())]
        found = (*checked.hint_definitions(found), *checked.heed(links))
    said = {(problem.path, problem.line) for problem in found if problem.code == FRONT_MATTER}
    news = (problem for problem in found if problem.code != TYPE or (problem.path, problem.line) not in said)
    ordered = tuple(sorted(dict.fromkeys(news), key=lambda problem: problem.sort_key))
    return CheckReport(ordered, len(result.pages), result.formulas, result.seconds, config_failed=result.config_failed)


@dataclass(frozen=True, slots=True)
class _CheckedSite:
    """A site after its trial: the address of each document by its path, and the links of its pages."""

    request: BuildRequest
    config: Config
    addresses: Mapping[str, str]
    linked: LinkedSite

    def dead_links(self) -> Iterator[Diagnostic]:
        """The links of each document that lead to nothing, and labels that nothing names; only files that may have some are read."""
        unused = is_on(UNUSED, self.config.check) and self.request.focus is None
        pages = self.linked.pages
        for path, own in self.addresses.items():
            links = list(dead_links(self.linked, own))
            may_label = unused and own in pages and any("-" in place for place in pages[own].places)
            source = _read(self.request, path) if links or may_label else None
            if source is not None:
                yield from report_dead_links(links, self.linked, source)
                yield from unused_labels(source, own, self.linked) if may_label else ()

    def dead_elsewhere(self) -> Iterator[Diagnostic]:
        """The links of documents to other sites that are dead."""
        from mathblog.engine.external import check_addresses

        named: dict[str, list[str]] = {}
        for path, own in self.addresses.items():
            for link in external_links(self.linked, own):
                named.setdefault(link, []).append(path)
        self.request.tell(f"asking for {len(named):,} addresses of other sites, at most once a day")
        dead, left = check_addresses(named, user_cache_folder())
        if left:
            message = f"{left:,} addresses were not asked for: private ones, or more than there was time for"
            self.request.tell(message)
        by_source: dict[str, dict[str, str]] = {}
        for link, reason in dead.items():
            for path in named[link]:
                by_source.setdefault(path, {})[link] = reason
        for path, own_dead in by_source.items():
            source = _read(self.request, path)
            yield from report_external(own_dead, source) if source is not None else ()

    def heed(self, problems: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
        """The problems of pages without those that a document turns off."""
        for path, own in groupby(sorted(problems, key=lambda it: it.sort_key), key=lambda it: it.path):
            source = _read(self.request, path)
            if source is not None:
                is_text = is_markdown(PurePosixPath(path).suffix, self.config.reading.markdown_ext)
                read = partial(parse, options=self.config.markdown, extensions=BUILTINS) if is_text else None
                yield from heed_in_file([*own], source, self.config.check, read)

    def hint_definitions(self, problems: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
        """The problems, those of commands that are undefined here and that another document defines with that as their hint."""
        missing = {found[1]: "" for it in problems if (found := _UNDEFINED.match(it.message))}
        for path in self.addresses if missing else ():
            source = _read(self.request, path)
            if source is not None and may_define(source.text):
                body = source.text[split(source.text).body_start :]
                areas = (it for it in regions(body, self.config.markdown) if it.kind == MATH)
                names = {it.name for area in areas for it in find_definitions(body[area.start : area.end])}
                missing |= {name: path for name in names if missing.get(name) == ""}
        for problem in problems:
            found = _UNDEFINED.match(problem.message)
            path = missing[found[1]] if found else ""
            if found and path and path != problem.path:
                hint = f"`{found[1]}` is defined in {path}: move it to `math.macros`"
                yield replace(problem, hint=hint)
            else:
                yield problem


def check_and_fix(request: BuildRequest, *, dry_run: bool, external: bool = False) -> CheckReport:
    """Check a site, write the fixes that are certain into its files, and report what is left.

    With `dry_run` nothing is written, and all is reported.

    Raises:
        BuildStopped: as a build does; 3 where a file cannot be written.

    """
    report, changes = check(request, external=external), list[Change]()
    for _ in range(_ROUNDS):
        fixes: list[Fix] = []  # that do not overlap: of those that do, the first
        fixable = [problem for problem in report.diagnostics if problem.fix is not None]
        for path, problems in groupby(sorted(fixable, key=lambda it: it.sort_key), key=lambda it: it.path):
            source, last = _read(request, path), -1
            if source is None:
                continue
            for problem in problems:
                start = source.offset(problem.line, problem.column)
                end = start + problem.end_column - problem.column
                if start >= last:
                    fixes.append(Fix(path, Span(start, end), source.text[start:end], problem.fix or ""))
                    last = end
        if not fixes or dry_run:
            return replace(report, changes=plan(request.source, fixes) if fixes else tuple(changes))
        changes += apply(request.source, fixes)
        report = check(request, external=external)
    return replace(report, changes=tuple(changes))


def _read(request: BuildRequest, path: str) -> SourceText | None:
    """A file of the source folder as it counts, None where it cannot be read any more."""
    try:
        data = request.texts.get(path)
        return decode(path, (request.source / path).read_bytes() if data is None else data).source
    except OSError:
        return None
