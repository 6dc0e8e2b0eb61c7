"""Markdown of one line -> the words that a reader sees."""

from mathblog.extend.extensions import Extensions
from mathblog.markdown.excerpt import summarize
from mathblog.markdown.parser import formula_tokens, parse
from mathblog.model.options import MarkdownOptions


def words_of(text: str, options: MarkdownOptions, extensions: Extensions) -> str:
    r"""The words of a text without markup, quotes curled, formulas as MathJax finds them: `*On* $$x^2$$` -> `On \(x^2\)`."""
    parsed = parse(text, options, extensions)
    for token in formula_tokens(parsed):
        if token.markup == "$":
            token.content = f"${token.content}$"
        else:
            token.content = f"\\[{token.content}\\]" if token.meta["display"] else f"\\({token.content}\\)"
    return summarize(parsed.tokens)
