"""The preview's script in a real browser, driven over Chrome's debugging pipe (no library needed)."""

import itertools
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mathblog.serve.hosts import policy_for
from mathblog.serve.listen import listen
from mathblog.serve.preview import Preview, Problem
from mathblog.serve.reload import Hub
from mathblog.serve.server import PreviewServer, make_app

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE = 15.0
TALL = "".join(f"<p>{number}</p>" for number in range(300))
NOTE = "document.querySelector('mathblog-note')"
BROKEN = Problem("error", "_posts/a.md:3:1", "vscode://file/blog/_posts/a.md:3:1", "error: no such include [liquid]")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None and "MATHBLOG_REQUIRE_BROWSER" not in os.environ, reason="needs chromium"),
]


class Browser:
    """One tab of a headless Chromium."""

    def __init__(self, profile: Path, closing: ExitStack) -> None:
        assert CHROMIUM, "chromium is required"
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        script = f'exec "$@" 3<&{to_browser} 4>&{from_browser}'
        program = [CHROMIUM, *flags, "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"]
        self._program = closing.enter_context(
            subprocess.Popen(
                ["/bin/bash", "-c", script, "bash", *program],
                pass_fds=(to_browser, from_browser),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        closing.callback(self._program.kill)
        for end in (to_browser, from_browser):
            os.close(end)
        for end in (self._in, self._out):
            closing.callback(os.close, end)
        self._numbers = itertools.count(1)
        self._left = b""
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def _ask(self, method: str, session: str | None = None, **parameters: object) -> dict[str, Any]:
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self._left:
                received = os.read(self._in, 1 << 16)
                assert received, "the browser ended"
                self._left += received
            reply, _, self._left = self._left.partition(b"\0")
            answer = json.loads(reply)
            if answer.get("id") == number:
                assert "error" not in answer, answer
                return answer["result"]

    def visit(self, url: str) -> None:
        self._ask("Page.navigate", self._session, url=url)
        self.sees(f"document.readyState == 'complete' && location.href == '{url}'")

    def run(self, script: str) -> object:
        """The value of an expression in the page."""
        reply = self._ask("Runtime.evaluate", self._session, expression=script, returnByValue=True)
        return reply["result"].get("value")

    def sees(self, script: str) -> None:
        """Wait until an expression is true."""
        end = time.monotonic() + PATIENCE
        while self.run(script) is not True:
            assert time.monotonic() < end, f"never true: {script}"
            time.sleep(0.02)


@dataclass
class Scene:
    """A site that is served, and a browser that looks at it. Each step is a build, as the server hears of it."""

    browser: Browser
    hub: Hub
    root: Path
    origin: str
    number: int = 0

    def write(self, **files: str) -> None:
        """Write files; in their names `_` stands for the dot."""
        changed = tuple(name.replace("_", ".") for name in files)
        for name, text in zip(changed, files.values(), strict=True):
            (self.root / name).write_text(text, encoding="utf-8")
        self.show(changed=changed)

    def show(self, **news: Any) -> None:
        self.number += 1
        self.hub.show(Preview(self.number, self.root, **news))

    def open(self, path: str) -> None:
        """Visit a page, until it surely listens."""
        self.browser.visit(self.origin + path)
        self.show(problems=(BROKEN,))
        self.browser.sees(f"!!{NOTE}")
        self.show()
        self.browser.sees(f"!{NOTE}")
        self.browser.run("window.mark = true")


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    hub, listening, root = Hub(), listen("127.0.0.1", 0), tmp_path / "site"
    root.mkdir()
    app = make_app(hub, policy_for("127.0.0.1", "studio"), livereload=True)
    with ExitStack() as closing:
        closing.enter_context(PreviewServer(app, hub, listening.socket))
        scene = Scene(Browser(tmp_path / "profile", closing), hub, root, listening.origin)
        fold = "<details><summary>fold</summary>inside</details>"
        scene.write(index_html=f"<body>{fold}{TALL}</body>", other_html="<body>other</body>", main_css="p {}")
        yield scene


def test_a_page_that_changed_reloads_where_its_reader_was(scene: Scene) -> None:
    scene.open("/")
    scene.browser.run("document.querySelector('details').open = true")
    scene.browser.run("scrollTo(0, 2000)")
    page = (scene.root / "index.html").read_text(encoding="utf-8")
    scene.write(index_html=page.replace("<p>299</p>", "<p>edited</p>"))
    scene.browser.sees("document.body.textContent.includes('edited')")
    scene.browser.sees("scrollY == 2000 && document.querySelector('details').open && !window.mark")


def test_a_page_that_did_not_change_stays(scene: Scene) -> None:
    scene.open("/")
    scene.write(other_html="<body>edited</body>")
    scene.show(problems=(BROKEN,))
    scene.browser.sees(f"!!{NOTE}")
    assert scene.browser.run("window.mark") is True


def test_a_style_sheet_is_exchanged_in_place(scene: Scene) -> None:
    scene.write(other_html='<head><link rel="stylesheet" href="/main.css"></head><body><p>other</p></body>')
    scene.open("/other")
    for colour in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
        scene.write(main_css=f"p {{ color: {colour} }}")
        scene.browser.sees(f"getComputedStyle(document.querySelector('p')).color == '{colour}'")
    scene.browser.sees("document.querySelectorAll('link').length == 1")
    assert scene.browser.run("window.mark") is True


def test_an_error_covers_the_page_until_it_is_fixed(scene: Scene) -> None:
    scene.open("/")
    scene.show(problems=(BROKEN,), failed=True)
    scene.browser.sees(f"{NOTE}?.shadowRoot.querySelector('pre').textContent == '{BROKEN.text}'")
    assert scene.browser.run(f"{NOTE}.shadowRoot.querySelector('a').href") == BROKEN.link
    scene.browser.sees(f"{NOTE}.getBoundingClientRect().width == document.documentElement.clientWidth")
    scene.show()
    scene.browser.sees(f"!{NOTE}")
    assert scene.browser.run("window.mark") is True


def test_a_warning_that_was_closed_stays_closed(scene: Scene) -> None:
    scene.open("/")
    scene.show(problems=(BROKEN,))
    scene.browser.sees(f"{NOTE}?.shadowRoot.querySelector('details').open === false")
    scene.browser.run(f"{NOTE}.shadowRoot.querySelector('button').click()")
    scene.browser.sees(f"!{NOTE}")
    scene.write(index_html="<body>edited</body>")
    scene.show(problems=(BROKEN,))
    scene.browser.sees("document.body.textContent.includes('edited')")
    assert scene.browser.run(f"{NOTE}") is None
    scene.show(problems=(BROKEN, BROKEN))
    scene.browser.sees(f"!!{NOTE}")


def test_the_browser_goes_to_the_page_that_was_edited(scene: Scene) -> None:
    scene.open("/")
    scene.show(edited="other.html")
    scene.browser.sees("location.pathname == '/other.html'")
