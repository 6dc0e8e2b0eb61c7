r"""How the templates of a page see formulas in texts of documents.

A listing that strips the markup off an excerpt would show each formula three times: as boxes, as MathML and as TeX.
Jekyll's listings hold `\(…\)` there, which MathJax then renders; so do ours, and the layout stage renders it.
"""

from enum import Enum
from urllib.parse import quote

from mathblog.core.patterns import lazy_pattern
from mathblog.model.body import Body, Math, to_html, to_mathml, to_source, written
from mathblog.model.output import HTML_EXTENSIONS, XML_EXTENSIONS

# what looks like the beginning of a formula and is none, while layouts work on it: as long as before, and as many words
_MARKED = (("$", "\ufdd0"), ("\\(", "\\\ufdd1"), ("\\[", "\\\ufdd2"), ("\\begin{", "\\begin\ufdd3"))
_COUNTED = lazy_pattern(r"%\d+(?=\\{1,2}[)\]])")  # tells ways apart in which one formula is rendered
_MARKS = (*(marked[-1] for _, marked in _MARKED), "%EF%B7%9")


class Form(Enum):
    """How templates see the formulas in the text of a document: KaTeX's HTML, its MathML alone, or TeX."""

    HTML = "html"
    MATHML = "mathml"
    SOURCE = "source"


class Shown:
    """The formulas that the templates of a page see, and how they see them.

    Where they see TeX that is put back afterwards (`keep`), what was rendered is noted, by TeX and display. `escapes` says
    that they see values of authors who are not trusted, escaped. `--safe` has to tell formulas of other documents from what
    somebody wrote to look like them: those that are `seen`.
    """

    def __init__(self, form: Form = Form.HTML, *, keep: bool = False) -> None:
        self.form = form
        self._keep = keep
        self.escapes = False
        self.seen: set[str] | None = None  # the HTML of formulas that were shown, where it is asked for
        self._rendered: dict[tuple[str, bool], str] = {}
        self._others: dict[tuple[str, bool], dict[str, int]] = {}  # further ways in which one was rendered, by number
        self._without_blanks: dict[tuple[str, bool], str] = {}

    def show(self, body: Body) -> str:
        """The text of a document for a template."""
        if self.seen is not None:
            self.seen.update(piece.html for piece in body if isinstance(piece, Math))
        if self.form is Form.HTML:
            return to_html(body)
        if self.form is Form.MATHML:
            return to_mathml(body)
        return self._take_out(body) if self._keep else to_source(body)

    def find(self, tex: str, *, display: bool) -> str | None:
        """Return the HTML of a formula that was taken out, whatever a layout did to its blanks; None for others."""
        found = self._rendered.get((tex, display))
        return found if found is not None else self._without_blanks.get(("".join(tex.split()), display))

    def clean(self, html: str) -> str:
        """A text of the page without marks; formulas stay TeX in attributes and scripts, where no HTML can be."""
        html = unmark(html)
        return _COUNTED.sub("", html) if self._others and "%" in html else html

    @classmethod
    def on_page(cls, path: str) -> "Shown":
        """As TeX, which is put back in HTML; in XML as MathML, which feed readers show."""
        if path.endswith(HTML_EXTENSIONS):
            return cls(Form.SOURCE, keep=True)
        return cls(Form.MATHML if path.endswith(XML_EXTENSIONS) else Form.SOURCE)

    @property
    def took_out(self) -> bool:
        """Whether there is a formula to put back."""
        return bool(self._rendered)

    def _take_out(self, body: Body) -> str:
        """HTML with its formulas as source, and marks in what is none.

        One that was rendered in several ways, by macros of its place or with another number, has a comment of TeX's behind it that tells which.
        """
        parts = []
        for piece in body:
            if isinstance(piece, str):
                text: str = piece
                if "$" in text or "\\" in text:
                    for sign, marked in _MARKED:
                        text = text.replace(sign, marked)
                parts.append(text)
                continue
            tex, display, html = piece
            bare = tex.strip()
            if self._rendered.setdefault((bare, display), html) != html:
                others = self._others.setdefault((bare, display), {})
                tex = bare = f"{bare}%{others.setdefault(html, len(others) + 2)}"
                self._rendered[bare, display] = html
            self._without_blanks.setdefault(("".join(bare.split()), display), html)
            parts.append(written(Math(tex, display, html)))
        return "".join(parts)


def unmark(html: str) -> str:
    """The text as it was, also where a template wrote it for an address."""
    if not any(mark in html for mark in _MARKS):
        return html
    for number, (sign, marked) in enumerate(_MARKED):
        html = html.replace(marked[-1], sign[-1]).replace(f"%EF%B7%9{number}", quote(sign[-1]))
    return html
