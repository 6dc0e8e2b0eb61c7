"""Light and dark pages: what the reader prefers, and that all of it can be read."""

import io
import re
from collections.abc import Iterable

import pytest

from mathblog.markdown.code.contrast import READABLE, blend, contrast
from support.chromium import Browser

PAGES = (
    "/demo/",
    "/demo/archive/",
    "/demo/tags/",
    "/demo/404.html",
    "/demo/2026/10/10/writing-mathematics-with-mathblog/",
    "/demo/2026/10/24/variational-autoencoder/",
    "/hard/2024/08/03/code.html",
)
# each text's colour on the colours below it, from the page's upwards, with one text of theirs
COLOURS = """
(() => {
  const found = {}, walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node; node = walker.nextNode();) {
    let element = node.parentElement
    if (!node.data.trim() || element.closest('.katex-mathml, script, .visually-hidden')) continue
    const colours = [getComputedStyle(element).color]
    if (colours[0] === 'rgba(0, 0, 0, 0)') continue // TeX's \\phantom
    for (; element; element = element.parentElement) {
      const style = getComputedStyle(element)
      if (style.opacity !== '1') colours[0] += ' opacity ' + style.opacity
      colours.splice(1, 0, style.backgroundColor)
    }
    found[colours.join(';')] = node.data.trim().slice(0, 20)
  }
  return found
})()"""


def _mix(ground: str, colour: str) -> str:
    """A CSS colour as the browser writes it, over another one."""
    parts = [float(part) for part in re.findall(r"[\d.]+", colour)]
    solid = "#" + "".join(f"{round(part):02x}" for part in parts[:3])
    return blend(ground, solid, parts[3] if len(parts) > 3 else 1)


def faint_texts(browser: Browser, addresses: Iterable[str], scheme: str) -> dict[str, tuple[str, str]]:
    """Texts with less contrast than can be read: each with its colour and the one below it."""
    faint = {}
    for address in addresses:
        browser.visit(address)
        for colours, text in browser.measure(COLOURS).items():
            ink, *grounds = colours.split(";")
            assert "opacity" not in ink, text
            ground = "#ffffff" if scheme == "light" else "#000000"
            for colour in grounds:
                ground = _mix(ground, colour)
            if contrast(_mix(ground, ink), ground) < READABLE:
                faint[text] = (ink, ground)
    return faint


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(browser: Browser, address: str, scheme: str) -> None:
    browser.prefer(scheme)
    assert faint_texts(browser, (address + page for page in PAGES), scheme) == {}


def test_pages_are_dark_for_readers_who_prefer_that(browser: Browser, address: str) -> None:
    seen = {}
    for scheme in ("light", "dark"):
        browser.prefer(scheme)
        browser.visit(f"{address}/demo/2026/10/10/writing-mathematics-with-mathblog/")
        seen[scheme] = browser.measure(
            "['body', 'pre.highlight', '.katex', '.highlight .hll'].map(name => {"
            "const style = getComputedStyle(document.querySelector(name)); return style.backgroundColor + style.color})"
        )
    assert all(light != dark for light, dark in zip(seen["light"], seen["dark"], strict=True))


def test_the_icon_of_the_search_is_seen_with_forced_colours(browser: Browser, address: str) -> None:
    """The colour of a background is forced to that of the page, and a mask shows nothing else."""
    image = pytest.importorskip("PIL.Image")
    browser.resize(900)
    browser.force_colours(forced=True)
    try:
        browser.visit(f"{address}/hard/")
        place = browser.measure(
            "(box => [box.left, box.top, box.right, box.bottom])(document.querySelector('.search-open').getBoundingClientRect())"
        )
        seen = image.open(io.BytesIO(browser.screenshot())).crop(place)
    finally:
        browser.force_colours(forced=False)
    assert len(seen.getcolors(10_000)) > 1
