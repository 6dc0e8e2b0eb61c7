"""The preview's script in a real browser."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mathblog.serve.hosts import policy_for
from mathblog.serve.listen import listen
from mathblog.serve.preview import Preview, ShownProblem
from mathblog.serve.reload import Hub
from mathblog.serve.server import PreviewServer, make_app
from support.chromium import Browser, LeftPageError, find_chromium, open_browser
from support.needs import need

PATIENCE = 30.0
TALL = "".join(f"<p>{number}</p>" for number in range(300))
NOTE = "document.querySelector('mathblog-note')"
BROKEN = ShownProblem(
    "error", "_posts/a.md:3:1", "vscode://file/blog/_posts/a.md:3:1", "error: no such include [liquid]"
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


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

    def sees(self, script: str) -> None:
        """Wait until an expression is true of the page, which may be loading."""
        end = time.monotonic() + PATIENCE
        while not self.is_true(script):
            assert time.monotonic() < end, f"never true: {script}"
            time.sleep(0.02)

    def is_true(self, script: str) -> bool:
        try:
            return bool(self.browser.measure(f"(() => {{ try {{ return {script} }} catch {{ return false }} }})()"))
        except LeftPageError:
            return False

    def open(self, path: str) -> None:
        """Visit a page, until it surely listens."""
        self.browser.visit(self.origin + path)
        self.show(problems=(BROKEN,))
        self.sees(f"!!{NOTE}")
        self.show()
        self.sees(f"!{NOTE}")
        self.browser.measure("window.mark = true")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = find_chromium()
    need(program, "there is no chromium on the PATH")
    with open_browser(program, tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def scene(tmp_path: Path, browser: Browser) -> Iterator[Scene]:
    hub, listening, root = Hub(), listen("127.0.0.1", 0), tmp_path / "site"
    root.mkdir()
    app = make_app(hub, policy_for("127.0.0.1", "studio"), livereload=True)
    with PreviewServer(app, hub, listening.socket):
        scene = Scene(browser, hub, root, listening.origin)
        fold = "<details><summary>fold</summary>inside</details>"
        scene.write(index_html=f"<body>{fold}{TALL}</body>", other_html="<body>other</body>", main_css="p {}")
        yield scene


def test_a_page_that_changed_reloads_where_its_reader_was(scene: Scene) -> None:
    scene.open("/")
    scene.browser.measure("document.querySelector('details').open = true")
    scene.browser.measure("scrollTo(0, 2000)")
    page = (scene.root / "index.html").read_text(encoding="utf-8")
    scene.write(index_html=page.replace("<p>299</p>", "<p>edited</p>"))
    scene.sees("document.body.textContent.includes('edited')")
    scene.sees("scrollY == 2000 && document.querySelector('details').open && !window.mark")


def test_a_page_that_did_not_change_stays(scene: Scene) -> None:
    scene.open("/")
    scene.write(other_html="<body>edited</body>")
    scene.show(problems=(BROKEN,))
    scene.sees(f"!!{NOTE}")
    assert scene.browser.measure("window.mark") is True


def test_a_style_sheet_is_exchanged_in_place(scene: Scene) -> None:
    scene.write(other_html='<head><link rel="stylesheet" href="/main.css"></head><body><p>other</p></body>')
    scene.open("/other")
    for colour in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
        scene.write(main_css=f"p {{ color: {colour} }}")
        scene.sees(f"getComputedStyle(document.querySelector('p')).color == '{colour}'")
    scene.sees("document.querySelectorAll('link').length == 1")
    assert scene.browser.measure("window.mark") is True


def test_an_error_covers_the_page_until_it_is_fixed(scene: Scene) -> None:
    scene.open("/")
    scene.show(problems=(BROKEN,), failed=True)
    scene.sees(f"{NOTE}?.shadowRoot.querySelector('pre').textContent == '{BROKEN.text}'")
    assert scene.browser.measure(f"{NOTE}.shadowRoot.querySelector('a').href") == BROKEN.link
    assert scene.browser.measure(
        f"{NOTE}.shadowRoot.querySelector('.error > pre > .said').textContent.startsWith('error')"
    )
    scene.sees(f"{NOTE}.getBoundingClientRect().width == document.documentElement.clientWidth")
    scene.show()
    scene.sees(f"!{NOTE}")
    assert scene.browser.measure("window.mark") is True


def test_a_warning_that_was_closed_stays_closed(scene: Scene) -> None:
    scene.open("/")
    scene.show(problems=(BROKEN,))
    scene.sees(f"{NOTE}?.shadowRoot.querySelector('details').open === false")
    assert scene.browser.measure(f"{NOTE}.shadowRoot.querySelector('summary').textContent") == "1 error"
    scene.browser.measure(f"{NOTE}.shadowRoot.querySelector('button').click()")
    scene.sees(f"!{NOTE}")
    scene.write(index_html="<body>edited</body>")
    scene.show(problems=(BROKEN,))
    scene.sees("document.body.textContent.includes('edited')")
    assert scene.browser.measure(f"{NOTE}") is None
    scene.show(problems=(BROKEN, BROKEN))
    scene.sees(f"!!{NOTE}")


def test_the_browser_goes_to_the_page_that_was_edited(scene: Scene) -> None:
    scene.open("/")
    scene.show(edited="other.html")
    scene.sees("location.pathname == '/other.html'")
