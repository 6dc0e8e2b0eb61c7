"""One site that is open in an editor: its open texts, and its checks, each a while after the last change."""

import asyncio
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from mathblog.core.diagnostic import Diagnostic
from mathblog.engine.authoring.editing import EditedSite, ShownFormula
from mathblog.engine.check import CheckReport
from mathblog.engine.problem import BuildStopped
from mathblog.engine.request import BuildRequest
from mathblog.pipeline.editing.places import CurrentTexts

_PATIENCE = 2.0  # seconds for the last check, when an editor ends
_QUIET = 0.3  # seconds without a change, until the texts are checked

Report = Callable[[Mapping[str, list[Diagnostic]], Mapping[str, int]], None]
Tell = Callable[[str], None]


class Session:
    """The open texts of one site by their paths. All that looks at the site runs in one thread of its own.

    `report` is given the problems of the open texts after each check, with the editor's numbers of these texts, `tell` what else the author must know.
    """

    def __init__(self, request: BuildRequest, report: Report, tell: Tell) -> None:
        self.root = request.source
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.problems: dict[str, list[Diagnostic]] = {}
        self._request, self._report, self._tell = request, report, tell
        self._thread = ThreadPoolExecutor(1, "mathblog")
        self._site: EditedSite | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._checking: asyncio.Task[None] | None = None
        self._changed = False
        self._told = ""

    def change(self, path: str, text: str | None, version: int = 0) -> None:
        """Note the text of an open file, None for one that was closed, and check soon."""
        self.versions[path] = version
        if text is None:
            self.texts.pop(path, None)
        else:
            self.texts[path] = text
        self.check_soon()

    def check_soon(self) -> None:
        """Check the site when nothing changed for a while."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(_QUIET, self._begin)

    async def known(self) -> CurrentTexts | None:
        """The site as it was at the last check; before the first one, when that is done."""
        if self._site is None and self._checking is None:
            self._begin()
        if self._checking is not None and (self._site is None or self._site.known({}) is None):
            await asyncio.shield(self._checking)
        return self._site.known(dict(self.texts)) if self._site else None

    async def shown(self, texts: CurrentTexts, find: Callable[[CurrentTexts], ShownFormula]) -> ShownFormula:
        """Return the answer of a function that may need an engine for formulas."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, find, texts)

    @property
    def site(self) -> EditedSite | None:
        """The site, after the first check; for the thread of the session."""
        return self._site

    def close(self) -> bool:
        """Stop checking, and the engines. A check that takes longer is not waited for: False says that one is left."""
        if self._timer is not None:
            self._timer.cancel()
        ended = self._thread.submit(self._site.close if self._site else int)
        self._thread.shutdown(wait=False)
        try:
            ended.result(_PATIENCE)
        except TimeoutError:
            if self._site is not None:
                self._site.remove()
            return False
        return True

    def _begin(self) -> None:
        if self._checking is not None and not self._checking.done():
            self._changed = True  # that one is let finish, since its parts are kept
            return
        self._checking = asyncio.get_running_loop().create_task(self._check())

    async def _check(self) -> None:
        """Check until nothing has changed meanwhile. No fault ends the server: it is told once."""
        while True:
            self._changed, texts, versions = False, dict(self.texts), dict(self.versions)
            try:
                report = await asyncio.get_running_loop().run_in_executor(self._thread, self._look, texts)
            except BuildStopped as stop:
                self._say(f"{stop}{f' ({stop.hint})' if stop.hint else ''}")
            except Exception as fault:  # noqa: BLE001 - an editor goes on
                self._say(f"the check failed: {type(fault).__name__}: {fault}")
            else:
                self._told = ""
                self.problems = {path: [it for it in report.diagnostics if it.path == path] for path in texts}
                self._report({path: found for path, found in self.problems.items() if path in self.texts}, versions)
            if not self._changed:
                return

    def _look(self, texts: Mapping[str, str]) -> CheckReport:
        if self._site is None:
            self._site = EditedSite(self._request)
        return self._site.check(texts)

    def _say(self, message: str) -> None:
        if message != self._told:
            self._tell(message)
        self._told = message


def path_below(root: Path, path: Path) -> str | None:
    """The path of a file below a site's folder, with `/`; None for one that lies elsewhere."""
    real, folder = (Path(os.path.realpath(it)) for it in (path, root))
    return real.relative_to(folder).as_posix() if real.is_relative_to(folder) else None
