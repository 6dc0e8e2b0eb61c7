"""`--safe` in a browser: pages with every attack run nothing, neither when they are loaded nor when a reader touches them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from sites.test_safe import ATTACKS, write_attacks
from support.chromium import Browser
from support.site import Site

# each page is told what `zap` is before anything else of it, and is shown in a frame of its own
_AT_ONCE = 20
_PROBE = "<script>window.zap = () => { parent.ran.add(location.pathname); return '' }</script>"
_SHOW = r"""
(async paths => {
  window.ran = new Set()
  const wait = time => new Promise(done => setTimeout(done, time))
  const touch = frame => {
    for (const element of frame.contentDocument.querySelectorAll('*')) {
      for (const name of element.getAttributeNames())
        if (/^on/.test(name)) element.dispatchEvent(new Event(name.slice(2)))
      if (/^javascript:/i.test(element.href || '')) element.click()
    }
  }
  const frames = paths.map(path => {
    const frame = document.createElement('iframe')
    frame.done = new Promise(done => { frame.onload = done; setTimeout(done, 2000) })
    frame.src = path
    return document.body.appendChild(frame)
  })
  await Promise.all(frames.map(frame => frame.done))
  for (const frame of frames) try { touch(frame) } catch (error) {}
  await wait(50)
  for (const frame of frames) frame.remove()
  return [...window.ran]
})"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def _what_ran(browser: Browser, folder: Path, *, safe: bool, choose: Callable[[str], bool]) -> tuple[int, list[str]]:
    """How many pages were shown, and the addresses of those that ran something."""
    site = write_attacks(Site(folder / "blog", folder / "public"))
    site.build(safe=safe, keep_going=True)
    pages = [path for path in site.files() if path.endswith(".html") and choose(path)]
    for path in pages:
        page = site.output / path
        page.write_text(f"{_PROBE}{page.read_text()}")
    (site.output / "frames.html").write_text("<!doctype html><title>frames</title><body></body>")
    with _served(site.output) as address:
        browser.visit(f"{address}/frames.html")
        parts = [pages[start : start + _AT_ONCE] for start in range(0, len(pages), _AT_ONCE)]
        return len(pages), [path for part in parts for path in browser.measure(f"{_SHOW}({part!r})")]


def test_no_script_of_an_author_runs_with_safe(browser: Browser, tmp_path: Path) -> None:
    shown, ran = _what_ran(browser, tmp_path, safe=True, choose=lambda path: "markdown" in path or "whole" in path)
    assert shown > 1.5 * len(ATTACKS)
    assert ran == []


def test_the_same_pages_run_scripts_without_it(browser: Browser, tmp_path: Path) -> None:
    """Else the test above would show nothing."""
    shown, ran = _what_ran(browser, tmp_path, safe=False, choose=lambda path: path.startswith("whole"))
    assert shown > len(ATTACKS) // 2
    assert len(ran) > 10
