"""What axe, an npm package that judges pages for readers with disabilities, finds on them."""

from collections.abc import Iterable
from pathlib import Path

from support.chromium import Browser
from support.needs import need

_AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# axe takes a head with nothing but a formula for an empty one, since it does not look into MathML, and a link in a
# `<summary>`, which HTML allows, for a button in a button
_FAULTS = """
axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}}).then(found => found.violations
  .flatMap(rule => rule.nodes.map(node => [rule.id, node.html, document.querySelector(node.target[0])]))
  .filter(([rule, , element]) => rule !== 'empty-table-header' || !element.querySelector('math'))
  .filter(([rule, , element]) => rule !== 'nested-interactive' || element.localName !== 'summary')
  .map(([rule, html]) => rule + ': ' + html.slice(0, 120)))"""


def axe_faults(browser: Browser, addresses: Iterable[str]) -> dict[str, list[str]]:
    """The faults of each page that has some, as `rule: HTML`. Skips the test where axe is not installed; in CI that is a failure."""
    need(_AXE.exists(), "the npm package axe-core is missing: run `npm ci`")
    script = _AXE.read_text(encoding="utf-8")
    faults = {}
    for address in addresses:
        browser.visit(address)
        browser.measure(f"{script}; 1")
        if found := browser.measure(_FAULTS):
            faults[address] = found
    return faults
