"""What a reader finds on a page: words, formulas, links, images, headings, code and tables. HTML in, `Pieces` out.

A formula is one word, made of its TeX, whether it waits for MathJax in the browser (`\\(…\\)`, `\\[…\\]`, `$…$`, `<script type="math/tex">`) or
was rendered by KaTeX, whose `<annotation>` keeps the source. What nobody sees (scripts, hidden elements, the marks that lead back
from a footnote) is left out.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self
from urllib.parse import unquote, urljoin, urlsplit

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl")
)
BLOCKS |= {
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
}
BLOCKS |= {"nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
UNSEEN = frozenset(("head", "noscript", "script", "select", "style", "svg", "template", "textarea", "title"))
BACKWARD = frozenset(("anchor", "reversefootnote"))  # links that lead nowhere else
IMPLIED_END = {  # a start tag ends these open ones, if they are innermost
    **dict.fromkeys(("dd", "dt"), ("dd", "dt", "p")),
    **dict.fromkeys(("td", "th"), ("td", "th", "p")),
    **dict.fromkeys(("tbody", "tfoot"), ("thead", "tbody", "tfoot", "tr", "td", "th", "p")),
    **dict.fromkeys(BLOCKS - {"br", "body", "html"}, ("p",)),
    "li": ("li", "p"),
    "tr": ("tr", "td", "th", "p"),
}
# private use: a place in the list of things taken out of the text; the edge of a block
KEPT, EDGE = "\ue000", "\ue001"
TYPOGRAPHY = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\xa0": " ", "\u202f": " "}
)
INERT_TEX = re.compile(r"\\(?:label|tag\*?)\s*\{[^{}]*\}|\\(?:begin|end)\{(?:equation|displaymath|math)\*?\}|\s+")
DEFINES = re.compile(r"\\(?:(?:re)?newcommand|def|DeclareMathOperator|require)\b")
DISPLAY = rf"\\\[([^{EDGE}]+?)\\\]|\$\$([^{EDGE}]+?)\$\$|(\\begin\{{(\w+\*?)\}}[^{EDGE}]+?\\end\{{\4\}})"
INLINE = rf"\\\(([^{EDGE}]+?)\\\)"
DOLLAR = rf"(?<![\\$])\$(?!\s)([^${EDGE}]*[^$\\\s{EDGE}])\$(?![$\d])"
WORD = re.compile(r"⟦[^⟧]*⟧|[^\W\d_가-힣]+|[가-힣]+|\d+|[^\w\s]|_")


@dataclass
class Element:
    """An element with its attributes and what stands in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def find(self, *tags: str) -> list[Self]:
        found = [self] if self.tag in tags else []
        for child in self.children:
            if isinstance(child, Element):
                found += child.find(*tags)
        return found


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("document")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self.open[-1].tag in IMPLIED_END.get(tag, ()):
            self.open.pop()
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        foreign = any(element.tag in {"svg", "math"} for element in self.open[:-1])
        if foreign and self.open[-1].tag == tag:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Element:
    """The tree of an HTML text."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.open[0]


@dataclass(frozen=True)
class Place:
    """Where a page stands, so that the forms of one address are the same, and whether `$…$` holds a formula there."""

    url: str
    host: str
    baseurl: str
    dollars: bool

    def address(self, href: str) -> str:
        href = href.strip()
        if re.match(r"(?i)(mailto|javascript|data|tel):", href):
            return href
        parts = urlsplit(urljoin(f"https://{self.host}{self.baseurl}{self.url}", href))
        path = unicodedata.normalize("NFC", unquote(parts.path))
        path = re.sub(r"/index\.html$", "/", path)
        own = parts.netloc == self.host
        fragment = f"#{unquote(parts.fragment)}" if parts.fragment else ""
        return f"{'' if own else parts.netloc}{path}{'?' + parts.query if parts.query else ''}{fragment}"


@dataclass
class Pieces:
    """What is compared of a page."""

    words: list[str] = field(default_factory=list)
    formulas: Counter[str] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)
    images: Counter[str] = field(default_factory=Counter)
    headings: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    tables: Counter[str] = field(default_factory=Counter)
    head: Counter[str] = field(default_factory=Counter)


def _hidden(attributes: dict[str, str]) -> bool:
    return "hidden" in attributes or bool(re.search(r"display:\s*none", attributes.get("style", "")))


class _Reader:
    """Walks through an element and gathers its pieces."""

    def __init__(self, place: Place) -> None:
        self.place, self.pieces = place, Pieces()
        self.text: list[str] = []
        self.kept: list[str] = []
        self.formula = re.compile("|".join([DISPLAY, INLINE, *([DOLLAR] if place.dollars else [])]))

    def keep(self, word: str) -> None:
        """Put a word into the text that is not looked at again."""
        self.text.append(f"{KEPT}{len(self.kept)}{KEPT}")
        self.kept.append(word)

    def take_formula(self, tex: str, *, display: bool) -> None:
        tex = INERT_TEX.sub("", tex.translate(TYPOGRAPHY))
        if not tex or DEFINES.match(tex):
            return
        self.pieces.formulas[f"{'display' if display else 'inline'} {tex}"] += 1
        self.keep(f"⟦{tex}⟧")

    def walk(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, str):
                self.text.append(child)
            else:
                self.visit(child)

    def visit(self, element: Element) -> None:
        tag, attributes = element.tag, element.attributes
        if tag == "script" and attributes.get("type", "").startswith("math/tex"):
            self.take_formula(element.text, display="mode=display" in attributes["type"])
        elif "katex" in element.classes or "katex-error" in element.classes or tag == "math":
            self.rendered(element)
        elif tag in UNSEEN or BACKWARD & set(element.classes) or _hidden(attributes):
            return
        elif tag == "pre" or "rouge-table" in element.classes:
            self.code(element)
        elif tag == "code":
            self.keep(element.text)
        elif tag in {"img", "video", "iframe"}:
            self.pieces.images[self.place.address(attributes.get("src", ""))] += 1
        else:
            self.note(element)
            edge = EDGE if tag in BLOCKS else ""
            self.text.append(edge)
            self.walk(element)
            self.text.append(edge)

    def rendered(self, element: Element) -> None:
        for annotation in element.find("annotation")[:1]:
            block = any(math.attributes.get("display") == "block" for math in element.find("math"))
            self.take_formula(annotation.text, display=block)
        if "katex-error" in element.classes:
            self.pieces.formulas["unrendered " + element.text] += 1

    def code(self, element: Element) -> None:
        gutters = [gutter for gutter in element.find("td", "pre", "span") if {"gutter", "lineno"} & set(gutter.classes)]
        for gutter in gutters:
            gutter.children.clear()
        text = "\n".join(line.rstrip() for line in element.text.splitlines()).strip("\n")
        self.pieces.codes[text] += 1
        self.text.append(EDGE)

    def note(self, element: Element) -> None:
        """What an element is by itself."""
        if element.tag == "a" and "href" in element.attributes:
            self.pieces.links[self.place.address(element.attributes["href"])] += 1
        elif re.fullmatch("h[1-6]", element.tag):
            self.pieces.headings[f"{element.tag}#{element.attributes.get('id', '')}"] += 1
        elif element.tag == "table":
            rows, cells = len(element.find("tr")), len(element.find("td", "th"))
            self.pieces.tables[f"{rows} rows, {cells} cells"] += 1

    def finish(self) -> Pieces:
        """Find the formulas that stand in the text, and cut the rest into words."""
        text, self.text, end = "".join(self.text), [], 0
        for match in self.formula.finditer(text):
            self.text.append(text[end : match.start()])
            end = match.end()
            groups = match.groups()
            tex = next(group for group in groups if group is not None)
            self.take_formula(re.sub(f"{KEPT}(\\d+){KEPT}", self.restore, tex), display=any(groups[:3]))
        text = "".join([*self.text, text[end:]])
        if self.place.dollars:
            text = text.replace(r"\$", "$")
        text = re.sub(f"{KEPT}(\\d+){KEPT}", self.restore, text).replace(EDGE, " ")
        self.pieces.words = WORD.findall(unicodedata.normalize("NFC", text.translate(TYPOGRAPHY)))
        return self.pieces

    def restore(self, match: re.Match[str]) -> str:
        return self.kept[int(match[1])]


def pieces(element: Element, place: Place) -> Pieces:
    """The pieces of an element."""
    reader = _Reader(place)
    reader.visit(element)
    return reader.finish()


def plain(text: str) -> str:
    """A text where no formula is rendered, for a title bar or a search engine: TeX may stand there with delimiters or without."""
    return re.sub(r"\\[()\[\]]|\$", "", text.translate(TYPOGRAPHY)).strip()


def head(document: Element) -> Counter[str]:
    """Title, meta elements and links of a page's head; not who made it, nor what its formulas are drawn with."""
    found: Counter[str] = Counter()
    for element in document.find("title", "meta", "link"):
        attributes = {name: plain(value) for name, value in sorted(element.attributes.items())}
        if attributes.get("name") == "generator" or "katex" in attributes.get("href", "").lower():
            continue
        found[f"{element.tag} {attributes} {plain(element.text)}"] += 1
    return found
