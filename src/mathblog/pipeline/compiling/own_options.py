"""Macros and options that a document has of its own."""

from dataclasses import replace
from typing import TYPE_CHECKING

from mathblog.core.source import Span
from mathblog.math.preamble import Preamble, front_matter_macros
from mathblog.model.document import Document
from mathblog.pipeline.compiling.options import CompileOptions

if TYPE_CHECKING:
    from mathblog.markdown.parser import Parsed

_NOWHERE = "\0"  # no text holds a zero byte


def macros_of(document: Document, parsed: "Parsed") -> Preamble:
    """Return the macros that scripts in a document's own HTML declare to MathJax or KaTeX, and those of its front matter."""
    value, place = document.meta.data.get("macros"), document.keys.get("macros", Span(0, 0))
    own = front_matter_macros(value, document.source, place) if value else Preamble(())
    scripts = [token.content for token in parsed.tokens if token.type == "html_block" and "<script" in token.content]
    if not any("MathJax" in html or "renderMathInElement" in html for html in scripts):
        return own
    from mathblog.math.declared.declared import read_macros

    return own._replace(definitions=(*read_macros("\n".join(scripts)), *own.definitions))


def options_of(document: Document, options: CompileOptions) -> CompileOptions:
    r"""The site's options with the document's own excerpt separator (Jekyll's `excerpt.rb`), and the statements that it declares.

    Jekyll looks for a blank line as `\n\n`: a file with the line ends of Windows has none, its excerpt is all of it.
    """
    if "\\newtheorem" in document.body and options.markdown.statements is not None:
        from mathblog.markdown.rules.statements.declarations import read_declarations

        statements = read_declarations(document.body, options.markdown.statements)
        options = replace(options, markdown=replace(options.markdown, statements=statements))
    own = document.meta.data.get("excerpt_separator")
    separator = own if isinstance(own, str) else options.markdown.excerpt_separator
    if document.source.crlf and "\n\n" in separator:
        separator = _NOWHERE
    if separator == options.markdown.excerpt_separator:
        return options
    return replace(options, markdown=replace(options.markdown, excerpt_separator=separator))
