r"""Rich text -> HTML: formulas between `\(` and `\)`, other dollars and backslashes as entities, so that none is made one."""

from collections.abc import Mapping
from html import escape
from types import MappingProxyType

from pybtex.backends import BaseBackend
from pybtex.richtext import BaseText

from mathblog.core.patterns import lazy_pattern
from mathblog.text.tex.references import REFERENCE

_MARKED = lazy_pattern(
    rf"\$(?P<tex>[^$\n]+)\$|\*\*(?P<strong>[^*\n]+)\*\*|\*(?P<em>[^*\n]+)\*|(?P<reference>{REFERENCE})"
)
_UNSAFE = lazy_pattern(r"[&<>\"$\\]")
_SMALL_CAPS = '<span style="font-variant: small-caps">'


class HtmlBackend(BaseBackend):  # type: ignore[misc]  # pybtex has no types
    """A backend for HTML with formulas, links and small capitals; pybtex's own loads what reads the web."""

    symbols: Mapping[str, str] = MappingProxyType({"ndash": "&ndash;", "newblock": "\n", "nbsp": "&nbsp;"})  # as there

    def __init__(self) -> None:
        super().__init__("utf-8")

    def format_str(self, text: str) -> str:
        """Return words for HTML."""
        return escape_text(text)

    def format_protected(self, text: str) -> str:
        """Return what braces protect: it needs no mark."""
        return text

    def format_tag(self, tag: str, text: str) -> str:
        """Return an element."""
        if not text:
            return ""
        return f"{_SMALL_CAPS}{text}</span>" if tag == "small-caps" else f"<{tag}>{text}</{tag}>"

    def format_href(self, url: str, text: str, external: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002 - pybtex's
        """Return a link; an address that runs a script is none."""
        if not url.lower().startswith(("http:", "https:", "mailto:", "ftp:", "/", "#")):
            return text
        return f'<a href="{escape_text(url)}">{text}</a>' if text else ""

    def format_maths(self, tex: str) -> str:
        r"""Return a formula as `\(…\)`."""
        return f"\\({escape(tex, quote=False)}\\)"


_BACKEND = HtmlBackend()


def escape_text(text: str) -> str:
    """Words for HTML, also in attributes, in which nothing begins a formula or Markdown."""
    if not _UNSAFE.search(text):
        return text
    return escape(text).replace("$", "&#36;").replace("\\", "&#92;").replace("&#x27;", "'")


def words_html(text: str) -> str:
    """Words that an author writes into a citation: formulas, references, and emphasis as Markdown has it."""
    if not text:
        return ""
    html, position = "", 0
    for found in _MARKED.finditer(text) if any(sign in text for sign in "$*\\") else ():
        tag = found.lastgroup or ""
        if found["tex"]:
            marked = rf"\({escape(found['tex'], quote=False)}\)"
        elif found["reference"]:
            marked = escape(found[0], quote=False)
        else:
            marked = f"<{tag}>{escape_text(found[tag])}</{tag}>"
        html += escape_text(text[position : found.start()]) + marked
        position = found.end()
    return html + escape_text(text[position:])


def to_html(text: BaseText) -> str:
    """The HTML of a rich text."""
    html: str = text.render(_BACKEND)
    return html
