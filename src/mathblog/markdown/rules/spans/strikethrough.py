"""Struck text between `~~`, as GitHub has it: markdown-it's rule."""

from markdown_it import MarkdownIt

from mathblog.model.options import MarkdownOptions


def install(md: MarkdownIt, _options: MarkdownOptions) -> None:
    """Turn the rule on."""
    md.enable(["strikethrough"])
