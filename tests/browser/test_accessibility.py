"""Pages as axe sees them, on a telephone and on a wide screen, light and dark."""

import pytest

from browser.accessibility import axe_faults
from support.chromium import Browser

PAGES = (
    "/demo/",
    "/demo/tags/",
    "/demo/2026/10/10/writing-mathematics-with-mathblog/",
    "/demo/2026/11/20/a-reference-for-writing-mathematics/",
    "/hard/2024/08/01/spaced.html",
    "/hard/2024/08/04/table.html",
    "/hard/2024/08/31/statements.html",
)


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_axe_finds_nothing(browser: Browser, address: str, width: int, scheme: str) -> None:
    browser.resize(width)
    browser.prefer(scheme)
    assert axe_faults(browser, [address + page for page in PAGES]) == {}


def test_a_box_that_scrolls_can_be_focused_and_another_is_no_stop(browser: Browser, address: str) -> None:
    browser.resize(390)
    browser.visit(address + "/hard/2024/08/03/code.html")
    stops = browser.measure(
        "[...document.querySelectorAll('pre, table, .katex-display')]"
        ".map(box => [box.scrollWidth > box.clientWidth, box.tabIndex === 0])"
    )
    assert [True, True] in stops
    assert all(is_wide == is_stop for is_wide, is_stop in stops)


def test_each_number_is_seen_or_reached_in_its_own_box_with_a_visible_edge(browser: Browser, address: str) -> None:
    browser.resize(390)
    for page in ("/demo/2026/11/20/a-reference-for-writing-mathematics/", "/hard/2024/08/02/numbered.html"):
        browser.visit(address + page)
        places = browser.measure(
            "[...document.querySelectorAll('.eqno')].map(number => {"
            "const box = number.closest('.katex-display'); box.scrollLeft = box.scrollWidth;"
            "const [at, around] = [number, box].map(part => part.getBoundingClientRect());"
            "const scroller = box.matches(':has(> .katex-tag)') ? box.firstElementChild : box;"
            "return [getComputedStyle(scroller).backgroundImage.includes('gradient'), at.left >= 0, at.right <= Math.min(around.right, innerWidth), at.height >= 24, at.width >= 24] })"
        )
        assert len(places) >= 2
        assert all(all(place) for place in places), (page, places)
