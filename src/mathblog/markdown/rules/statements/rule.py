"""The core rule of statements: what makes them is loaded for the first text that may have some."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from mathblog.model.options import MarkdownOptions


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Add a core rule behind that of attribute lists, where the site has statements."""
    if options.statements is None:
        return
    statements = options.statements

    def gather(state: StateCore) -> None:
        if "attributes" in state.env:
            from mathblog.markdown.rules.statements.classes import take_classes

            take_classes(state, statements)
        if "statements" in state.env:
            from mathblog.markdown.rules.statements.gather import complete

            complete(state, statements)

    md.core.ruler.after("attributes", "statements", gather)
