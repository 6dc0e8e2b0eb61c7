"""What a browser is asked about every page."""

from dataclasses import dataclass

SURVEY = """
({
  scripts: [...document.scripts].filter(script => script.type !== 'application/ld+json').map(script => script.src),
  formulas: [...document.querySelectorAll('.katex-html')].map(formula =>
    [...formula.querySelectorAll('.katex-base')].map(piece => piece.getBoundingClientRect())
      .reduce((area, box) => area + box.width * box.height, 0)),
  excess: [...document.querySelectorAll('.katex-display:not(:has(> .katex-tag)), .katex-display:has(> .katex-tag) > .katex:first-child')].map(box =>
    [box.scrollWidth - box.clientWidth, box.scrollHeight - box.clientHeight]),
})"""


@dataclass(frozen=True)
class Survey:
    """What a browser without scripts says of a page in a wide window.

    `scripts` are the addresses of those that would run, '' for one in the page; `formulas` has the area of each; `excess` is by how much each display formula
    is wider and higher than its box, or than what scrolls beside its number; `requests` are the addresses that the page asked for.
    """

    scripts: list[str]
    formulas: list[float]
    excess: list[tuple[int, int]]
    requests: list[str]
