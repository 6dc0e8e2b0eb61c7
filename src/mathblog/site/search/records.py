"""A document -> the record that Pagefind indexes, a small page in HTML, and the formulas that previews show."""

import re
from collections.abc import Callable, Iterable
from html import escape, unescape
from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern
from mathblog.model.body import Body, Math
from mathblog.site.search.tokens import formula_tokens, signs_in, split_text

_TAG = lazy_pattern(r"<(/?)([a-zA-Z][^\s/<>]*)([^<>]*)>|<(!--)|(--)>")  # takes no longer for what is never closed
_COMMENT = "--"
_ID = lazy_pattern(r"""\bid\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_MATHML = lazy_pattern(r"<math\b.*?</math>", re.DOTALL)
_UNSEEN = lazy_pattern(r'<annotation\b.*?</annotation>| xmlns="[^"]*"| display="block"', re.DOTALL)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
))  # fmt: skip
_BACK = "reversefootnote"  # the class of arrows behind footnotes
_SKIPPED = frozenset(("script", "style", "svg", "template", "button", "noscript", "iframe", "math"))

Words = Callable[[str, str], str]
"""Makes words of the HTML and the TeX of a formula."""


class Record(NamedTuple):
    """A document for the index: a page of its title, tags and text; its formulas in MathML by their numbers; the signs in them."""

    html: str
    maths: list[str]
    signs: str


def make_record(lang: str, title: Body, tags: Iterable[str], body: Body, words: Words) -> Record:
    """The record of a document, all in one HTML page whose words stand as `tokens` says."""
    flat = _Flat(words)
    head = f"<h1>{flat.flatten(title)}</h1>\n"
    shown = f'<p data-pagefind-weight="4">{escape(split_text(" ".join(tags)))}</p>\n'
    text = flat.flatten(body)
    html = f'<!doctype html>\n<html lang="{escape(lang)}">\n<body>\n{head}{shown}{text}\n</body>\n</html>\n'
    return Record(html, flat.maths, "".join(sorted(flat.signs)))


def preview(formula: Math) -> str:
    """A formula as a preview shows it, in MathML, which needs no style sheet; its TeX where it was refused."""
    found = _MATHML.search(formula.html)
    return _UNSEEN.sub("", found[0]) if found else f"<code>{escape(formula.tex)}</code>"


class _Flat:
    """The words of bodies: of their tags only headings stay, and what nobody reads is left out. Formulas are numbered in `maths`."""

    def __init__(self, words: Words) -> None:
        self.maths: list[str] = []
        self.signs: set[str] = set()
        self._words = words
        self._parts: list[str] = []
        self._skipping = self._heading = ""

    def flatten(self, body: Body) -> str:
        """A body in words and headings."""
        self._parts, self._skipping, self._heading = [], "", ""
        for piece in body:
            if isinstance(piece, Math):
                self._formula(piece)
                continue
            position = 0
            for found in _TAG.finditer(piece):
                self._text(piece[position : found.start()])
                if found[2]:
                    self._tag(found[1] == "/", found[2].lower(), found[3])
                elif self._skipping in ("", _COMMENT):
                    self._skipping = _COMMENT if found[4] else ""
                position = found.end()
            self._text(piece[position:])
        self._end_heading()
        return "".join(self._parts)

    def _text(self, html: str) -> None:
        if html and not self._skipping:
            self._parts.append(escape(split_text(unescape(html))))

    def _formula(self, formula: Math) -> None:
        if not self._skipping:
            tokens = formula_tokens(formula, self._words(formula.html, formula.tex), len(self.maths))
            self.maths.append(preview(formula))
            self.signs |= signs_in(tokens)
            self._parts.append(f" {escape(tokens)} ")

    def _tag(self, closing: bool, name: str, attributes: str) -> None:  # noqa: FBT001 - what the pattern found
        if self._skipping:
            self._skipping = "" if closing and name == self._skipping else self._skipping
        elif name in _SKIPPED or (name == "a" and _BACK in attributes):
            self._skipping = "" if closing or attributes.endswith("/") else name
        elif name in _HEADINGS:
            self._end_heading()
            if not closing:
                found = _ID.search(attributes)
                self._parts.append(f'<{name} id="{found[1] or found[2] or found[3]}">' if found else f"<{name}>")
                self._heading = name
        elif name not in _INLINE:
            self._parts.append(" ")

    def _end_heading(self) -> None:
        if self._heading:
            self._parts.append(f"</{self._heading}>\n")
            self._heading = ""
