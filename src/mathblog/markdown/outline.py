"""Headings of a document, for a table of contents."""

from collections.abc import Callable, Sequence

from markdown_it.token import Token

from mathblog.markdown.references import made
from mathblog.model.body import Body
from mathblog.model.compiled import Heading

_NOT_IN_OUTLINE = ("link_open", "link_close", "footnote_ref", "html_inline", "cite")
_IN_WORDS = ("text", "code_inline", "reference", "citation_open", "citation_close")


def written(token: Token) -> str:
    """A formula as it was written, its TeX."""
    return token.content


def headings(
    tokens: Sequence[Token], render: Callable[[Sequence[Token]], Body], formula: Callable[[Token], str] = written
) -> tuple[Heading, ...]:
    """All headings in order; they hold their formulas, but no links and no footnote marks. `formula` has the words of one."""
    found = []
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            kept = [child for child in tokens[index + 1].children or () if child.type not in _NOT_IN_OUTLINE]
            found.append(Heading(int(token.tag[1]), str(token.attrs.get("id", "")), render(kept), words(kept, formula)))
    return tuple(found)


def words(tokens: Sequence[Token], formula: Callable[[Token], str] = written) -> str:
    """Plain words of running text, line ends as blanks; `formula` has the words of a formula."""
    pieces = []
    for token in tokens:
        if token.type in _IN_WORDS:
            pieces.append(token.content)
        elif token.type == "math_inline":
            pieces.append(formula(token))
        elif token.type == "cite":
            pieces.append(made(token.meta.get("words", "")))
        elif token.type in ("softbreak", "hardbreak"):
            pieces.append(" ")
    return " ".join("".join(pieces).split())
