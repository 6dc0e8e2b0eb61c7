"""A site that is open in an editor: its files, and above them the texts that are not saved yet. Nothing is written into it."""

import shutil
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from mathblog.core.source import SourceText
from mathblog.engine.builder import Builder
from mathblog.engine.check import CheckReport, examine, trial_of
from mathblog.engine.problem import BuildStopped
from mathblog.engine.request import BuildRequest
from mathblog.engine.sources.configuration import front_matter_schema
from mathblog.engine.sources.snapshot import SourceChangedError
from mathblog.engine.stages.build_run import BuildRun
from mathblog.math.renderer import render_unique
from mathblog.math.words import formula_words
from mathblog.model.compiled import Compiled, Heading
from mathblog.model.facts import kinds
from mathblog.model.facts.view import SiteFacts
from mathblog.model.formula import Formula
from mathblog.pipeline.editing.known_site import KnownSite
from mathblog.pipeline.editing.places import CurrentTexts
from mathblog.reading.decode import decode

_ALL = {"show_drafts": True, "future": True, "unpublished": True}


class ShownFormula(NamedTuple):
    """A formula in plain words, and KaTeX's HTML of it."""

    words: str
    html: str = ""


class EditedSite:
    """Checks a site again and again, and knows it as it was at the last check. It is for one thread, and has an end."""

    def __init__(self, request: BuildRequest) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="mathblog-")
        request = replace(
            request, overrides={**request.overrides, **_ALL}, offline=True, focus=(), observe=self._observe
        )
        self.request = trial_of(request, Path(self._folder.name))
        self._builder = Builder(self.request)
        self._seen: tuple[BuildRun, SiteFacts] | None = None
        self._labels: dict[str, object] = {}  # of the open texts
        self._headings: dict[str, tuple[Heading, ...]] = {}

    def check(self, texts: Mapping[str, str]) -> CheckReport:
        """Return the problems of the site, where the open texts count instead of their files; links are looked at in these only.

        Raises:
            BuildStopped: as a build does.

        """
        data = {path: text.encode() for path, text in texts.items()}
        self.request = replace(self.request, texts=data, focus=tuple(texts))
        try:
            return examine(self._builder, self.request)
        finally:
            self._builder.rest()

    def known(self, texts: Mapping[str, str]) -> CurrentTexts | None:
        """The site as it was at the last check, with the texts that are open now; None before the first one."""
        if self._seen is None:
            return None
        run, facts = self._seen

        def read(path: str) -> SourceText | None:
            if path in texts:
                return decode(path, texts[path].encode()).source
            if path not in run.sources.snapshot.files:
                return None
            try:
                return decode(path, run.sources.snapshot.read(path)).source
            except (SourceChangedError, BuildStopped):  # it is gone since
                return None

        return CurrentTexts(KnownSite(facts, run.config, front_matter_schema(), dict(self._headings)), read)

    def shown(self, formula: Formula) -> ShownFormula:
        """A formula as it is shown; its TeX where KaTeX refuses it."""
        if self._seen is None:
            return ShownFormula(formula.tex)
        html = render_unique(self._seen[0].renderer(1), [formula.key])[formula.key].html
        return ShownFormula(formula_words(html, formula.tex), html)

    def close(self) -> None:
        """Stop the engines, and remove what was laid out."""
        self._builder.__exit__(None, None, None)
        self._folder.cleanup()

    def remove(self) -> None:
        """Remove what was laid out, under a check that goes on."""
        shutil.rmtree(self._folder.name, ignore_errors=True)

    def _observe(self, run: BuildRun, facts: SiteFacts, failed: Collection[str]) -> None:
        """Keep what was seen. A text with an unfinished tag has no labels: those count that it had before."""
        keys = {path: kinds.LABELS.key(path) for path in self.request.texts}
        self._seen = run, facts.extend({keys[path]: self._labels.get(path, ()) for path in keys if path in failed})
        compiled = {path: self._seen[1].get(kinds.COMPILED.key(path)) for path in keys if path not in failed}
        self._headings |= {path: it.headings for path, it in compiled.items() if isinstance(it, Compiled)}
        self._labels.update({path: self._seen[1].get(key) or () for path, key in keys.items()})


def find_site(path: Path) -> Path | None:
    """The folder of the blog that a file belongs to: the nearest above it with a configuration, else with posts."""
    names = ("_config.yml", "_config.yaml", "_config.toml")
    configured = (folder for folder in path.parents if any((folder / name).is_file() for name in names))
    return next(configured, None) or next((folder for folder in path.parents if (folder / "_posts").is_dir()), None)
