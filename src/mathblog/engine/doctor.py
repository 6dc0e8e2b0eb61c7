"""`mathblog doctor`: what a build would report, what Jekyll would do otherwise, and the remedies that are mechanical."""

import datetime
import os
import re
import stat
import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from mathblog.config.sources import merge_sources
from mathblog.core.diagnostic import Diagnostic, Severity
from mathblog.engine.builder import Builder
from mathblog.engine.cache.store import Store
from mathblog.engine.folders.root import Folder
from mathblog.engine.problem import ENVIRONMENT, BuildStopped
from mathblog.engine.request import BuildRequest
from mathblog.engine.sources.configuration import load_config, read_config_files
from mathblog.engine.sources.declared import adopt
from mathblog.engine.sources.documents import reader
from mathblog.engine.sources.gems.find import GemFinder
from mathblog.engine.sources.site import Classifier, Sources, load_document, read_sources, take_site_snapshot
from mathblog.model.options import Config
from mathblog.model.output import HTML_EXTENSIONS
from mathblog.pipeline.clock import time_of_build
from mathblog.pipeline.doctor.examine import examine
from mathblog.pipeline.doctor.subject import Fix, Subject
from mathblog.pipeline.extensions import BUILTINS

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


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


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a file before and after a fix."""

    path: str
    line: int
    before: str
    after: str


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
        pages = _read_pages(Path(folder), result.addresses.values())
        published = frozenset(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file())
    findings = examine(_read(request, pages, result.addresses, published))
    diagnostics = dict.fromkeys((*result.diagnostics, *(finding.diagnostic for finding in findings)))
    ordered = tuple(sorted(diagnostics, key=lambda problem: problem.sort_key))
    return Report(ordered, tuple(finding.fix for finding in findings if finding.fix is not None))


def _read_pages(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """The HTML pages among the output `paths` that were published to `root`, by path."""
    found = ((path, root / path) for path in paths if path.endswith(HTML_EXTENSIONS))
    return {path: file.read_text(encoding="utf-8") for path, file in found if file.is_file()}


def _read(
    request: BuildRequest, pages: Mapping[str, str], addresses: Mapping[str, str], published: frozenset[str]
) -> Subject:
    config = load_config(request).config
    theme = GemFinder().find(config, replace(request, offline=True, publish=False))  # the build has fetched it
    config = load_config(request, theme).config
    sources = _read_sources(request, config, theme.root)
    lent = sources.snapshot.elsewhere
    templates = (*(layout.source for layout in sources.layouts.values()), *sources.includes.values())
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
    )


def _read_sources(request: BuildRequest, config: Config, theme: Path | None) -> Sources:
    root = request.source.resolve()
    named = (request.source / name for name in (config.output.destination, config.output.cache_dir))
    inside = [place.resolve() for place in named if place.resolve().is_relative_to(root)]
    ignored = frozenset(place.relative_to(root).as_posix() for place in inside)
    snapshot = take_site_snapshot(request.source, config.reading, ignored, theme)
    store = Store(None)
    try:
        return read_sources(reader(snapshot, config, store, "", BUILTINS), Classifier())
    finally:
        store.close()


def plan(source: Path, fixes: Iterable[Fix]) -> tuple[Change, ...]:
    """Return the changes that the fixes would make, line by line, in order."""
    files = _by_file(source, fixes)
    return tuple(change for target, own in files.items() for change in _rewrite(target, own)[1])


def apply(source: Path, fixes: Iterable[Fix]) -> tuple[Change, ...]:
    """Write the fixes into their files: each file is replaced as a whole, or stays as it is.

    Raises:
        BuildStopped: 3 where a file cannot be written, or was changed meanwhile.

    """
    changes: list[Change] = []
    root = source.resolve()
    for target, own in _by_file(source, fixes).items():
        if not target.is_relative_to(root):
            message = f"`{own[0].path}` leads out of the source folder"
            raise BuildStopped(message, code=ENVIRONMENT, hint="run the doctor again when the file is left alone")
        text, done = _rewrite(target, own)
        try:
            with Folder(root, name=source) as folder:
                mode = stat.S_IMODE(target.stat().st_mode)
                folder.replace(target.relative_to(root).as_posix(), text.encode(), mode)
        except OSError as error:
            message = f"cannot write `{own[0].path}`: {(error.strerror or str(error)).lower()}"
            raise BuildStopped(message, code=ENVIRONMENT) from error
        changes += done
    return tuple(changes)


def _by_file(source: Path, fixes: Iterable[Fix]) -> dict[Path, list[Fix]]:
    """The fixes of each file in order: where links lead to it, the file itself, and once."""
    files: dict[Path, list[Fix]] = {}
    for fix in sorted(fixes):
        own = files.setdefault(Path(os.path.realpath(source / fix.path)), [])
        if not own or own[0].path == fix.path:
            own.append(fix)
    return files


def _rewrite(target: Path, fixes: list[Fix]) -> tuple[str, list[Change]]:
    """The text of a file with its fixes, line ends and byte order mark as they were, and the lines that change.

    Offsets of fixes count each line end as one character, as `SourceText` does.
    """
    lines = _LINE.findall(target.read_bytes().decode("utf-8"))
    before = list(lines)
    starts = _line_starts(lines)
    for fix in reversed(fixes):
        number = bisect_right(starts, fix.span.start) - 1
        at = fix.span.start - starts[number] + lines[0].startswith("\ufeff") * (number == 0)
        line = lines[number]
        if not line.startswith(fix.old, at):
            message = f"`{fix.path}` changed while it was looked at"
            raise BuildStopped(message, code=ENVIRONMENT, hint="run the doctor again when the file is left alone")
        lines[number] = line[:at] + fix.text + line[at + len(fix.old) :]
    changed = [number for number, line in enumerate(lines) if line != before[number]]
    return "".join(lines), [
        Change(fixes[0].path, number + 1, before[number].rstrip("\r\n"), lines[number].rstrip("\r\n"))
        for number in changed
    ]


def _line_starts(lines: list[str]) -> list[int]:
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line.removeprefix("\ufeff").rstrip("\r\n")) + 1
    return starts
