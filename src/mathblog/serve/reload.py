"""Telling browsers what a build changed: one stream of server-sent events for each page that is open."""

import asyncio
import contextlib
import json
import secrets
from collections.abc import AsyncIterator
from dataclasses import asdict

from mathblog.core.dataclass import dataclass, field
from mathblog.model.output import HTML_EXTENSIONS
from mathblog.serve.locate import digest_of, locate
from mathblog.serve.preview import Preview, address_of

_MOST = 50  # changed files that are named; with more, the page is loaded again
_ALIVE = 20.0  # seconds after which a silent stream says that it lives
_PATIENCE = 0.25  # seconds that a request waits for a build: usually the build of a saved text is done by then


@dataclass(eq=False)
class _Client:
    """One open page: its path, and the digest of what it shows."""

    path: str
    digest: str
    waiting: "asyncio.Queue[str]" = field(default_factory=asyncio.Queue)


class Hub:
    """The current preview and the pages that follow it. All of it lives in the server's thread, `show` and `close` aside."""

    def __init__(self) -> None:
        self._name = secrets.token_hex(4)  # tells this run's builds from another's
        self._preview: Preview | None = None
        self._ready = asyncio.Event()
        self._settled = asyncio.Event()  # set while no build goes on that a save began
        self._settled.set()
        self._clients: set[_Client] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    def attach(self) -> None:
        """Take the running event loop as the one in which browsers are told."""
        self._loop = asyncio.get_running_loop()

    def expect(self) -> None:
        """Let requests wait for the build that begins because of a save. Any thread may call this."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._settled.clear)

    def show(self, preview: Preview) -> None:
        """Make a build's outcome what is served, and tell the open pages; from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._show, preview)

    def close(self) -> None:
        """End all streams; from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._close)

    async def current(self) -> Preview | None:
        """The preview to serve from, once there is one; None when the server ends before.

        A build that goes on is waited for, but not for long: a page that is loaded by hand right after a save is the new one.
        """
        await self._ready.wait()
        if not self._settled.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._settled.wait(), _PATIENCE)
        return self._preview

    async def follow(self, path: str, digest: str) -> AsyncIterator[str]:
        """The stream for a page at `path` that shows the content named `digest`: how things stand, then every build."""
        client = _Client(path, digest)
        preview = await self.current()
        if preview is None:
            return
        self._clients.add(client)
        try:
            yield "retry: 500\n" + _event(self._message(client, preview))
            while not self._closed:
                try:
                    yield await asyncio.wait_for(client.waiting.get(), _ALIVE)
                except TimeoutError:
                    yield ": alive\n\n"
        finally:
            self._clients.discard(client)

    def _show(self, preview: Preview) -> None:
        self._preview = preview
        self._ready.set()
        self._settled.set()
        changed = [path for path in preview.changed if not path.endswith(HTML_EXTENSIONS)]
        news = {
            "assets": [address_of(preview, path) for path in changed] if len(changed) <= _MOST else None,
            "navigate": address_of(preview, preview.edited) if preview.edited else "",
        }
        for client in self._clients:
            client.waiting.put_nowait(_event(self._message(client, preview) | news))

    def _close(self) -> None:
        self._closed = True
        self._ready.set()
        self._settled.set()
        for client in self._clients:
            client.waiting.put_nowait("event: end\ndata: \n\n")

    def _message(self, client: _Client, preview: Preview) -> dict[str, object]:
        """Whether the page shows something old is found by comparing contents: nothing missed can make it stale."""
        return {
            "build": f"{self._name}-{preview.number}",
            "reload": digest_of(locate(preview, client.path)) != client.digest,
            "failed": preview.failed,
            "problems": [asdict(problem) for problem in preview.problems],
        }


def _event(message: dict[str, object]) -> str:
    return f"data: {json.dumps(message, ensure_ascii=False)}\n\n"
