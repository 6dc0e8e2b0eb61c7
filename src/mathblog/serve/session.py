"""A preview from start to end: build, show, wait for a change, build again."""

import gc
import os
import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Severity, as_error, in_file
from mathblog.engine.builder import Builder
from mathblog.engine.problem import BuildStopped, stopped_by
from mathblog.engine.request import BuildRequest, BuildResult
from mathblog.engine.sources.configuration import config_paths, load_config
from mathblog.engine.sources.gems.find import theme_folder
from mathblog.model.options import Config
from mathblog.reading.naming import walks_into
from mathblog.serve.hosts import policy_for
from mathblog.serve.listen import Listening, listen
from mathblog.serve.preview import EDITOR_URL, Preview, show_problems
from mathblog.serve.reload import Hub
from mathblog.serve.server import PreviewServer, make_app
from mathblog.serve.watch import Wanted, Watch

HOST = "127.0.0.1"
PORT = 4000
_TICK = 1.0  # seconds between two looks at the clock and at the server
_QUIET = 0.15  # seconds without a change after which all sources are looked at; stamps of files are sure by then
_BELIEVED = 1.0  # seconds for which the watcher is believed where changes never end
_THEMES = "themes"


@dataclass(frozen=True, slots=True)
class PreviewSettings:
    """The options of a preview; `host` and `port` None are the configuration's, else 127.0.0.1 and 4000."""

    request: BuildRequest
    host: str | None = None
    port: int | None = None
    livereload: bool = True
    navigate: bool = False
    editor_url: str = EDITOR_URL
    polling: bool = False


@dataclass(frozen=True, slots=True)
class Rebuild:
    """One build of a preview: the source paths that caused it, none for the first, and its outcome."""

    causes: tuple[str, ...]
    seconds: float
    result: BuildResult | None = None
    stop: BuildStopped | None = None
    fault: Exception | None = None

    @property
    def failed(self) -> bool:
        """Whether it published nothing."""
        return self.result is None or self.result.published is None


class Listener(Protocol):
    """The receiver of news for the author."""

    def listening(self, listening: Listening, address: str) -> None:
        """The site will be at `address`."""

    def rebuilt(self, rebuild: Rebuild) -> None:
        """A build ended, well or not."""


def serve(settings: PreviewSettings, listener: Listener) -> None:
    """Serve a blog until KeyboardInterrupt or another exception ends it. Builds run in this thread, one at a time.

    Raises:
        BuildStopped: 2 where there is no blog, 3 where no port can be had or no file be watched.

    """
    config = load_config(settings.request).config
    host, port = config.value("host"), config.value("port")  # the command line's go before, as in Jekyll
    host = settings.host or (host if isinstance(host, str) and host else HOST)
    usable = isinstance(port, int) and not isinstance(port, bool) and 0 <= port < 1 << 16
    port = settings.port if settings.port is not None else port if usable and isinstance(port, int) else PORT
    listening = listen(host, port)
    with listening.socket:
        overrides = dict(settings.request.overrides)
        if os.environ.get("JEKYLL_ENV", "development") == "development":
            overrides["url"] = listening.origin  # Jekyll's `commands/serve.rb`
        request = replace(settings.request, overrides=overrides, preview=True)
        config = load_config(request).config
        hub = Hub()
        app = make_app(hub, policy_for(listening.host, platform.node()), livereload=settings.livereload)
        root, files = request.source, tuple(config_paths(request)) if request.config_files else ()
        with (
            PreviewServer(app, hub, listening.socket) as server,
            Watch(root, _wanted(request, config), files, polling=settings.polling) as watch,
            Builder(request) as builder,
        ):
            listener.listening(listening, f"{listening.origin}{config.site.baseurl}/")
            session = _Session(replace(settings, request=request), builder, watch, config)
            for rebuild, preview in session.run(hub.expect):
                hub.show(preview)
                listener.rebuilt(rebuild)
                if not server.is_running:
                    message = "the web server of the preview ended"
                    raise RuntimeError(message)


class _Session:
    """Owns the running position of a preview: the last good site, the number of builds, when the next one is due."""

    def __init__(self, settings: PreviewSettings, builder: Builder, watch: Watch, config: Config) -> None:
        self._settings = settings
        self._builder = builder
        self._watch = watch
        self._config = config
        self._shown = Preview(0, None)
        self._due: float | None = None
        self._root = os.path.realpath(settings.request.source)
        paths = config_paths(settings.request)
        there = [os.path.join(os.path.realpath(path.parent), path.name) for path in paths]  # noqa: PTH118
        self._configurations = frozenset((*there, *map(os.path.realpath, paths)))
        self._believed_until = 0.0

    def run(self, expect: Callable[[], None] = lambda: None) -> Iterator[tuple[Rebuild, Preview]]:
        """Build now, and again after each change, for ever. `expect` is called before each build that a change begins.

        A build that follows a change believes that nothing else changed. Once that is shown and all is quiet, another one looks
        at everything; it is news where it makes anything: a watcher may miss a change, another program write into the preview.
        """
        yield self._rebuild(())
        self._builder.rest()
        gc.collect()
        gc.freeze()  # what is kept over builds need not be looked at again during them
        while True:
            changed = self._watch.wait(_QUIET if self._builder.owes_a_look else _TICK)
            if changed:
                expect()
                yield self._rebuild(tuple(sorted(changed, key=self._order)))
            elif self._builder.owes_a_look:
                before = self._shown
                rebuild, preview = self._rebuild(())
                if _says_as_much(before, preview):
                    self._shown = before
                else:
                    yield rebuild, preview
            elif self._due is not None and time.time() >= self._due:
                yield self._rebuild(())
            else:
                continue
            if not self._builder.owes_a_look:  # else the reader of the new page would wait for it, too
                self._builder.rest()

    def _order(self, path: str) -> tuple[bool, str]:
        """What is there comes first and is told by name: many programs save by a file that then takes the name of the other."""
        return not os.path.lexists(os.path.join(self._root, path)), path  # noqa: PTH118

    def _rebuild(self, causes: tuple[str, ...]) -> tuple[Rebuild, Preview]:
        self._due = None
        # no link among the causes is followed: what it leads to may become something else in this moment
        places = {os.path.join(self._root, path) for path in causes}  # noqa: PTH118
        if any(path.startswith("_config.") for path in causes) or not places.isdisjoint(self._configurations):
            self._reconfigure()
        if not self._builder.owes_a_look:
            self._believed_until = time.monotonic() + _BELIEVED
        told = causes if time.monotonic() < self._believed_until else ()
        begun = time.perf_counter()
        result = stop = fault = None
        try:
            result = self._builder.build(told=told)
        except Exception as error:  # noqa: BLE001 - a fault of ours is shown, and must not end the author's session
            stop = error if isinstance(error, BuildStopped) else stopped_by(error)
            fault = None if stop else error
        rebuild = Rebuild(causes, time.perf_counter() - begun, result, stop, fault)
        if result is not None:  # a page that prints the second is no reason for a build at each of them
            self._due = result.valid_until or result.due
        self._shown = self._preview(rebuild)
        return rebuild, self._shown

    def _reconfigure(self) -> None:
        """Take what serving needs of a changed configuration; where it has errors, all stays as it was."""
        request = self._settings.request
        try:
            config, problems = load_config(request)
        except BuildStopped:  # the build that follows says so
            return
        if not any(problem.severity is Severity.ERROR for problem in problems):
            self._config = config
            self._watch.wants = _wanted(request, config)

    def _preview(self, rebuild: Rebuild) -> Preview:
        before, settings, result, stop = self._shown, self._settings, rebuild.result, rebuild.stop
        if result is not None:
            diagnostics = result.diagnostics
        else:
            hint = stop.hint if stop else "this is a bug in mathblog; run again with `--trace` and report it"
            message = str(stop) if stop else f"{type(rebuild.fault).__name__}: {rebuild.fault}"
            diagnostics = (as_error(in_file("", message, code="build", hint=hint)),)
        problems = show_problems(diagnostics, settings.request.source, settings.editor_url)
        if result is None or result.published is None:
            return replace(before, number=before.number + 1, problems=problems, failed=True, changed=())
        pages = [result.addresses[path] for path in rebuild.causes if path in result.addresses]
        return Preview(
            number=before.number + 1,
            root=result.root,
            baseurl=self._config.site.baseurl,
            problems=problems,
            failed=any(item.severity is Severity.ERROR for item in diagnostics),
            changed=result.changed,
            edited=pages[0] if settings.navigate and len(pages) == 1 else "",
        )


def _says_as_much(before: Preview, after: Preview) -> bool:
    """Whether a build changed nothing of what is shown."""
    return not after.changed and (after.root, after.baseurl, after.problems, after.failed) == (
        before.root,
        before.baseurl,
        before.problems,
        before.failed,
    )


def _wanted(request: BuildRequest, config: Config) -> Wanted:
    """A test for folders to watch: those that a build reads, and themes; never what it writes."""
    root = request.source.resolve()
    written = {Path(os.path.realpath(root / name)) for name in (config.output.destination, config.output.cache_dir)}
    options = config.reading
    lent = theme_folder(config, request)

    def wants(folder: str) -> bool:
        of_theme = folder.split("/", maxsplit=1)[0] == _THEMES or (lent and f"{folder}/".startswith(f"{lent}/"))
        return root / folder not in written and (of_theme or walks_into(folder, options))

    return wants
