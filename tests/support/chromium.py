"""A real browser: headless Chromium, spoken to by its DevTools protocol over two pipes."""

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--headless",
    "--no-sandbox",  # CI runs as root, and the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--no-proxy-server",
    "--remote-debugging-pipe",
)
_BLANK = "about:blank"
# Chromium reads from descriptor 3 and writes to 4: a step between puts ours there, whatever their numbers are
_START = """
import fcntl, os, sys
asked, answered = (fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in sys.argv[1:3])
os.dup2(asked, 3)
os.dup2(answered, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
_PATIENCE = 30.0  # seconds for one answer


def find_chromium() -> str | None:
    """The browser's program, None where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@contextmanager
def open_browser(program: str, profile: Path) -> "Iterator[Browser]":
    """A browser with one empty page, closed at the end."""
    asked, ask = os.pipe()
    answer, answered = os.pipe()
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            _START,
            str(asked),
            str(answered),
            program,
            *_FLAGS,
            f"--user-data-dir={profile}",
            _BLANK,
        ],
        pass_fds=(asked, answered),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(asked)
    os.close(answered)
    try:
        yield Browser(ask, answer)
    finally:
        os.close(ask)  # the end of its input is the browser's order to go
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        os.close(answer)


class LeftPageError(Exception):
    """The page was left while it was asked."""


class Browser:
    """One page. `requests` are the addresses it asked for since the last `visit`."""

    def __init__(self, ask: int, answer: int) -> None:
        self.requests: list[str] = []
        self._ask, self._answer = ask, answer
        self._pending = b""
        self._session = ""
        self._count = 0
        self._loaded = False
        targets = self._call("Target.getTargets")["targetInfos"]
        page = next(target["targetId"] for target in targets if target["type"] == "page")
        self._session = str(self._call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"])
        for domain in ("Page", "Runtime", "Network"):
            self._call(f"{domain}.enable")
        self._call("Network.setCacheDisabled", cacheDisabled=True)

    def resize(self, width: int, height: int = 900) -> None:
        """A window of this size; a narrow one is a phone's."""
        phone = width < 600
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone)

    def prefer(self, scheme: str) -> None:
        """The reader's colour scheme: `light` or `dark`."""
        self._call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def force_colours(self, *, forced: bool) -> None:
        """Whether the reader's system has a few colours of its own for all pages, as Windows with high contrast."""
        value = "active" if forced else "none"
        self._call("Emulation.setEmulatedMedia", features=[{"name": "forced-colors", "value": value}])

    def show_print(self, *, shown: bool) -> None:
        """Whether pages are laid out as in print."""
        self._call("Emulation.setEmulatedMedia", media="print" if shown else "")

    def allow_scripts(self, *, allowed: bool) -> None:
        """Whether pages may run scripts; `measure` can in any case."""
        self._call("Emulation.setScriptExecutionDisabled", value=not allowed)

    def visit(self, address: str) -> None:
        """Open a page and wait until all it needs is there."""
        self.requests = []
        with self.expect_load():
            self._call("Page.navigate", url=address)

    @contextmanager
    def expect_load(self) -> Iterator[None]:
        """What is done inside leads to a page; wait until all it needs is there."""
        self._loaded = False
        yield
        limit = time.monotonic() + _PATIENCE
        while not self._loaded:
            self._receive(limit)
        self.measure("document.fonts.ready.then(() => true)")

    def measure(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page; a promise is awaited.

        Raises:
            LeftPageError: the page makes room for another one.

        """
        answer = self._call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def screenshot(self, *, whole: bool = False) -> bytes:
        """What the window shows as PNG, or the whole page."""
        answer = self._call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        return base64.b64decode(answer["data"])

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._count += 1
        number = self._count
        message = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._ask, json.dumps(message).encode() + b"\0")
        limit = time.monotonic() + _PATIENCE
        while True:
            answer = self._receive(limit)
            if answer.get("id") == number:
                error = answer.get("error", {}).get("message", "")
                if "navigated" in error or "context" in error:
                    raise LeftPageError(error)
                assert "error" not in answer, f"{method}: {answer.get('error')}"
                return dict(answer["result"])

    def _receive(self, limit: float) -> dict[str, Any]:
        """The next answer or event."""
        while b"\0" not in self._pending:
            ready, _, _ = select.select([self._answer], [], [], max(0.0, limit - time.monotonic()))
            assert ready, "the browser does not answer"
            read = os.read(self._answer, 1 << 20)
            assert read, "the browser has ended"
            self._pending += read
        line, _, self._pending = self._pending.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        if message.get("method") == "Network.requestWillBeSent":
            self.requests.append(message["params"]["request"]["url"])
        elif message.get("method") == "Page.loadEventFired":
            self._loaded = True
        return message
