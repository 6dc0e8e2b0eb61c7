"""The demo blog and one of hard cases, built, served on this machine only, and a browser to look at them with."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from browser.pages import HARD_CASES
from browser.survey import SURVEY, Survey
from mathblog.engine.builder import build
from mathblog.engine.request import BuildRequest
from support.chromium import Browser, find_chromium, open_browser
from support.needs import need

REPOSITORY = Path(__file__).resolve().parents[2]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process has them all: one browser, one build."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo blog in `demo/` and the hard cases in `hard/`."""
    folder, source = tmp_path_factory.mktemp("public"), tmp_path_factory.mktemp("hard")
    for path, text in HARD_CASES.items():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).write_text(text, encoding="utf-8")
    for name, blog in {"demo": REPOSITORY, "hard": source}.items():
        given = {"destination": str(folder / name), "baseurl": f"/{name}"}
        result = build(BuildRequest(blog, overrides=given, jobs=1, use_cache=False))
        assert result.exit_code == 0
    return folder


@pytest.fixture(scope="session")
def address(root: Path) -> Iterator[str]:
    """Where the folder is served."""
    with serve(root) as served:
        yield served


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """A server of a folder on this machine, and its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = find_chromium()
    need(program, "there is no chromium on the PATH")
    with open_browser(program, tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def browser(opened: Browser) -> Browser:
    """A wide window, a light screen, scripts as pages bring them."""
    opened.resize(1200)
    opened.prefer("light")
    opened.allow_scripts(allowed=True)
    return opened


@pytest.fixture(scope="session")
def surveys(opened: Browser, address: str, pages: list[str]) -> dict[str, Survey]:
    """A survey of each page."""
    opened.resize(1200)
    opened.allow_scripts(allowed=False)
    found = {}
    for page in pages:
        opened.visit(f"{address}/{page}")
        seen = opened.measure(SURVEY)
        excess = [(width, height) for width, height in seen["excess"]]
        found[page] = Survey(seen["scripts"], seen["formulas"], excess, opened.requests)
    return found


@pytest.fixture(scope="session")
def pages(root: Path) -> list[str]:
    """The paths of all pages of both blogs."""
    found = [path.relative_to(root).as_posix() for path in sorted(root.rglob("*.html"))]
    assert len(found) > 40
    return found
