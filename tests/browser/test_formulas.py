"""Formulas in a browser: they are there, whole, without a script, and words stay with them."""

from browser.survey import Survey
from support.chromium import Browser

# how often the formula and the character beside it are on different lines, over many widths of the paragraph
TORN = r"""
(() => {
  const paragraph = document.querySelector('.post-content p'), torn = {}, range = document.createRange()
  const place = (node, at) => { range.setStart(node, at); range.setEnd(node, at + 1); return range.getBoundingClientRect() }
  const text = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT), words = []
  for (let node; node = text.nextNode();) if (!node.parentElement.closest('.katex')) words.push(node)
  let seen = 0, broken = 0
  for (let width = 90; width < 640; width += 5) {
    paragraph.style.width = width + 'px'
    for (const formula of paragraph.querySelectorAll('.katex')) {
      const pieces = [...formula.querySelectorAll('.katex-base')].map(piece => piece.getBoundingClientRect())
      if (pieces[0].bottom < pieces.at(-1).top) broken++
      const next = words.find(node => formula.compareDocumentPosition(node) & 4)
      const before = words.findLast(node => formula.compareDocumentPosition(node) & 2)
      const after = next && /\S/.test(next.data[0]) && place(next, 0)
      const open = before && /[("“]/.test(before.data.at(-1)) && place(before, before.data.length - 1)
      if (after) { seen++; if (after.top > pieces.at(-1).bottom) torn[next.data[0]] = width }
      if (open) { seen++; if (open.bottom < pieces[0].top) torn[before.data.at(-1)] = width }
    }
  }
  return [torn, seen, broken]
})()"""


def test_words_stay_with_the_formula_they_are_attached_to(browser: Browser, address: str) -> None:
    browser.visit(f"{address}/hard/2024/09/05/attached.html")
    torn, seen, broken = browser.measure(TORN)
    assert seen > 1000
    assert torn == {}
    assert broken > 10  # a long formula still ends a line after an operator


def test_what_is_attached_is_read_and_copied_as_it_was_written(browser: Browser, address: str) -> None:
    browser.visit(f"{address}/hard/2024/09/05/attached.html")
    words = (
        "(() => { const copy = document.querySelector('.post-content p').cloneNode(true);"
        "copy.querySelectorAll('.katex').forEach(formula => formula.replaceWith('F')); return copy.textContent })()"
    )
    assert browser.measure(words).startswith("함수는 F이고, F는 F차 다항식이며 (F), “F”. 이제 F이고 F라면 F-th,")


def test_formulas_are_there_without_scripts(surveys: dict[str, Survey]) -> None:
    areas = [area for survey in surveys.values() for area in survey.formulas]
    assert len(areas) > 300
    assert min(areas) > 0
    scripts = {script.rpartition("/assets/js/")[2] for survey in surveys.values() for script in survey.scripts}
    assert scripts <= {
        "",
        "cards.js",
        "copy.js",
        "copy-code.js",
        "print.js",
        "scheme.js",
        "scroll.js",
        "search-open.js",
        "search.js",
        "zoom.js",
    }  # "" stands in the page: it sets the scheme


def test_the_fonts_of_formulas_are_loaded(browser: Browser, address: str) -> None:
    browser.visit(f"{address}/demo/2026/10/10/writing-mathematics-with-mathblog/")
    fonts = browser.measure("[...document.fonts].map(font => [font.family, font.status])")
    # the stand-ins look for a face of the system's
    own = [status for family, status in fonts if not family.startswith("Manuscript")]
    assert set(own) <= {"loaded", "unloaded"}
    loaded = {family for family, status in fonts if status == "loaded"}
    assert {"KaTeX_Main", "KaTeX_Math", "KaTeX_AMS", "KaTeX_Size1"} <= loaded


def test_nothing_is_asked_of_another_server(surveys: dict[str, Survey], address: str) -> None:
    asked = {url for survey in surveys.values() for url in survey.requests}
    assert {url for url in asked if not url.startswith((f"{address}/", "data:"))} == set()
    assert any(url.endswith(".woff2") for url in asked)
