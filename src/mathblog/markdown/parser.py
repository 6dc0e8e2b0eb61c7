"""Text -> tokens: markdown-it's CommonMark with a list of rules on top."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from mathblog.markdown.fast.dispatch import dispatch_blocks, dispatch_inline
from mathblog.markdown.locate import Image, Locator
from mathblog.markdown.rules import attributes, extensions, heading_ids, math
from mathblog.markdown.rules.blocks import (
    block_quotes,
    contents,
    end_of_block,
    fences,
    figures,
    header_lines,
    paragraphs,
)
from mathblog.markdown.rules.html import html_blocks, raw_html, span_html
from mathblog.markdown.rules.lists import definition_lists, lists, task_lists
from mathblog.markdown.rules.spans import (
    abbreviations,
    code_spans,
    emoji,
    emphasis,
    escapes,
    footnotes,
    line_breaks,
    link_definitions,
    links,
    typography,
)
from mathblog.markdown.rules.tables import gfm_tables, tables
from mathblog.model.options import MarkdownOptions

Extension: TypeAlias = Callable[[MarkdownIt, MarkdownOptions], object]


def _strikethrough(md: MarkdownIt, _options: MarkdownOptions) -> None:
    md.enable(["strikethrough"])


MATHS: tuple[Extension, ...] = (math.install, raw_html.install)
GFM: tuple[Extension, ...] = (
    gfm_tables.install,
    _strikethrough,
    task_lists.install,
    heading_ids.install,
    emoji.install,
)
KRAMDOWN: tuple[Extension, ...] = (
    paragraphs.install,
    header_lines.install,
    block_quotes.install,
    lists.install,
    end_of_block.install,
    fences.install,
    html_blocks.install,
    tables.install,
    emphasis.install,
    link_definitions.install,
    links.install,
    code_spans.install,
    span_html.install,
    footnotes.install,
    definition_lists.install,
    escapes.install,
    line_breaks.install,
    typography.install,
    attributes.install,
    extensions.install,
    figures.install,
    abbreviations.install,
    contents.install,
)


# the characters at which some rule of ours or CommonMark's can begin: markdown-it's own list also has those that only
# other extensions need, and each stop costs a round through all rules
_MAY_OPEN = re.compile(r"[\n!$&*<\[\\\]_`{~]")


# what rules keep for each other while one text is parsed
_PARSING_ONLY = (
    "attributes",
    "elements",
    "emphasis",
    "html",
    "lines",
    "lists",
    "missing",
    "quotes",
    "rules_end",
    "scanners",
    "unclosed",
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed text. `env` is what the renderer needs besides the tokens; `images` are those the text names."""

    text: str
    options: MarkdownOptions
    tokens: Sequence[Token]
    env: Mapping[str, object]
    images: tuple[Image, ...]


def parse(text: str, options: MarkdownOptions) -> Parsed:
    """The tokens of a text. Formulas are `math_inline` and `math_block` with their offsets in `text`."""
    env: dict[str, object] = {}
    tokens = parser_for(options).parse(text, env)
    for name in _PARSING_ONLY:
        env.pop(name, None)
    images = Locator(text).locate(tokens)
    return Parsed(text, options, tokens, env, images)


def formula_tokens(parsed: Parsed) -> list[Token]:
    """All formulas in document order, those of footnotes last. A formula in an image's description is plain text."""
    found: list[Token] = []
    for token in parsed.tokens:
        if token.type == "math_block":
            found.append(token)
        elif token.children:
            found += [child for child in token.children if child.type == "math_inline"]
    return found


@lru_cache(maxsize=8)
def parser_for(options: MarkdownOptions) -> MarkdownIt:
    """The parser of a dialect; making one takes longer than parsing a post."""
    return build_parser(options, MATHS + GFM + (KRAMDOWN if options.kramdown else ()))


def _normalize(state: StateCore) -> None:
    """As markdown-it's, which replaces each line end by itself."""
    state.src = state.src.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def build_parser(options: MarkdownOptions, extensions: Sequence[Extension] = ()) -> MarkdownIt:
    """CommonMark with some extensions, and mathblog's renderer."""
    from mathblog.markdown.renderer import HtmlRenderer

    md = MarkdownIt("commonmark", {"breaks": options.hard_wrap})
    md.core.ruler.at("normalize", _normalize)
    md.inline.terminator_re = _MAY_OPEN
    for install in extensions:
        install(md, options)
    dispatch_inline(md)
    if lists.install in extensions:
        dispatch_blocks(md)
    md.renderer = HtmlRenderer(md)
    return md
