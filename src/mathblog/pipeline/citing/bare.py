"""Pandoc's `@key` in a text, without brackets."""

import re

from mathblog.core.patterns import lazy_pattern
from mathblog.model.citations.reference import Citation, Cite
from mathblog.pipeline.citing.page import PageBibliography

_KEY = r"(?:\{(?P<braced>[^{}\n]+)\}|(?P<plain>\w(?:[\w:.#$%&+?<>~/-]*[\w/])?)(?![\w@]))"
BARE = lazy_pattern(rf"(?<![\w@/.+:-])@{_KEY}(?P<locator>[ \xa0]\[(?P<inside>[^\[\]\n@]+)\])?")
_PARTICLE = lazy_pattern(r"[가-힣]{1,4}$")  # behind a key of other letters: `@김2020은`
_ASCII = lazy_pattern(r"[\x21-\x7e]*[A-Za-z0-9]")


def read_bare(page: PageBibliography, match: re.Match[str]) -> tuple[Citation | None, int]:
    """`@key` where the key is an entry, and its end: else it is text. A Korean particle may stand behind it: `@key는`."""
    key, locator, end = match["braced"] or match["plain"], (match["inside"] or "").strip(), match.end()
    if page.find(key) is None and match["plain"] and (short := _ASCII.match(key)) and short[0] != key:
        key, locator, end = short[0], "", match.start("plain") + short.end()
    if page.find(key) is None and (particle := _PARTICLE.search(plain := match["plain"] or "")):
        ends = range(len(plain) - 1, max(particle.start() - 1, 0), -1)
        cut = next((at for at in ends if page.find(plain[:at])), len(plain))
        key, locator, end = plain[:cut], "", match.start("plain") + cut
    if page.find(key) is None:
        return None, end
    return Citation((Cite(key, locator=locator),), narrative=True), end
