"""Markdown of one line -> the words that a reader sees."""

from mathblog.markdown.excerpt import summarize
from mathblog.markdown.parser import formula_tokens, parse
from mathblog.model.options import MarkdownOptions


def words_of(text: str, options: MarkdownOptions) -> str:
    """The words of a text without markup, quotes curled, formulas as they are written: `*On* $x^2$` -> `On $x^2$`."""
    parsed = parse(text, options)
    for token in formula_tokens(parsed):
        token.content = text[token.meta["start"] : token.meta["end"]]
    return summarize(parsed.tokens)
