"""jemoji: `:smile:` in running text becomes the character; never in code or formulas, which are tokens of their own."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from mathblog.core.patterns import lazy_pattern
from mathblog.model.options import MarkdownOptions

_NAME = lazy_pattern(r":([a-z0-9_+-]+):")


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Add a core rule behind the joining of texts, where underscores are texts of their own, and ids, which have the names."""
    if options.emoji:
        md.core.ruler.push("emoji", _replace)


def _replace(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and _NAME.search(token.content):
            from emoji import emojize

            for child in token.children or ():
                if child.type == "text":  # the names that GitHub has; one that nobody knows stays as it is written
                    child.content = _NAME.sub(lambda found: emojize(found[0], language="alias"), child.content)
