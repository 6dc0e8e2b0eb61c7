"""Theorems, proofs and callouts in a browser."""

from collections.abc import Iterator

import pytest

from support.chromium import Browser

PAGE = "hard/2024/08/31/statements.html"
HEIGHT = "document.querySelector('details').getBoundingClientRect().height"
SEEN = "document.querySelector('details > p').checkVisibility()"
# how far the marks of proofs are from the right edge of their sections
EDGES = """[...document.querySelectorAll('[data-style=proof]')].map(proof =>
  Math.round(proof.getBoundingClientRect().right - proof.querySelector('.qed').getBoundingClientRect().right))"""
STYLE = "getComputedStyle(document.querySelector('[data-style=plain] > p:nth-child(2)')).fontStyle"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Browser]:
    browser.visit(f"{address}/{PAGE}")
    yield browser
    browser.show_print(shown=False)


def test_a_folded_proof_is_open_in_print(page: Browser) -> None:
    assert not page.measure(SEEN)
    folded = page.measure(HEIGHT)
    page.show_print(shown=True)
    assert page.measure(SEEN)
    assert page.measure(HEIGHT) > folded + 50


@pytest.mark.parametrize("width", [390, 1440])
def test_marks_stand_at_the_edge(page: Browser, width: int) -> None:
    page.resize(width)
    page.measure("document.querySelector('details').open = true")
    assert all(abs(distance) <= 2 for distance in page.measure(EDGES)), page.measure(EDGES)


def test_the_text_of_a_theorem_slants_and_the_head_runs_into_it(page: Browser) -> None:
    assert page.measure(STYLE) == "italic"
    tops = "[...document.querySelectorAll('[data-style=plain] > p')].map(it => it.getClientRects()[0].bottom)"
    head, text = page.measure(tops)
    assert abs(head - text) < 3
