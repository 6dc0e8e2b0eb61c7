"""Pages as axe sees them, on a telephone and on a wide screen, light and dark."""

import os
from pathlib import Path

import pytest

from support.chromium import Browser

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "/demo/",
    "/demo/tags/",
    "/demo/2026/10/10/writing-mathematics-with-mathblog/",
    "/demo/2026/11/20/a-reference-for-writing-mathematics/",
    "/hard/2024/08/01/spaced.html",
    "/hard/2024/08/04/table.html",
    "/hard/2024/08/31/statements.html",
)
# axe takes a head with nothing but a formula for an empty one, since it does not look into MathML, and a link in a
# `<summary>`, which HTML allows, for a button in a button
FAULTS = """
axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}}).then(found => found.violations
  .flatMap(rule => rule.nodes.map(node => [rule.id, node.html, document.querySelector(node.target[0])]))
  .filter(([rule, , element]) => rule !== 'empty-table-header' || !element.querySelector('math'))
  .filter(([rule, , element]) => rule !== 'nested-interactive' || element.localName !== 'summary')
  .map(([rule, html]) => rule + ': ' + html.slice(0, 120)))"""


@pytest.fixture
def axe() -> str:
    if not AXE.exists():
        assert "CI" not in os.environ, "the npm package axe-core is missing: run `npm ci`"
        pytest.skip("the npm package axe-core is missing: run `npm ci`")
    return AXE.read_text(encoding="utf-8")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_axe_finds_nothing(browser: Browser, address: str, axe: str, width: int, scheme: str) -> None:
    browser.resize(width)
    browser.prefer(scheme)
    faults = {}
    for page in PAGES:
        browser.visit(address + page)
        browser.measure(f"{axe}; 1")
        if found := browser.measure(FAULTS):
            faults[page] = found
    assert faults == {}


def test_a_box_that_scrolls_can_be_focused_and_another_is_no_stop(browser: Browser, address: str) -> None:
    browser.resize(390)
    browser.visit(address + "/hard/2024/08/03/code.html")
    stops = browser.measure(
        "[...document.querySelectorAll('pre, table, .katex-display')]"
        ".map(box => [box.scrollWidth > box.clientWidth, box.tabIndex === 0])"
    )
    assert [True, True] in stops
    assert all(is_wide == is_stop for is_wide, is_stop in stops)


def test_each_number_is_seen_or_reached_in_its_own_box(browser: Browser, address: str) -> None:
    browser.resize(390)
    for page in ("/demo/2026/11/20/a-reference-for-writing-mathematics/", "/hard/2024/08/02/numbered.html"):
        browser.visit(address + page)
        places = browser.measure(
            "[...document.querySelectorAll('.eqno')].map(number => {"
            "const box = number.closest('.katex-display'); box.scrollLeft = box.scrollWidth;"
            "const [at, around] = [number, box].map(part => part.getBoundingClientRect());"
            "return [at.left >= 0, at.right <= Math.min(around.right, innerWidth), at.height >= 24, at.width >= 24] })"
        )
        assert len(places) >= 2
        assert all(all(place) for place in places), (page, places)
