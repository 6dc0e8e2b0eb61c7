"""Text -> tokens: markdown-it's CommonMark with a list of rules on top."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from mathblog.core.dataclass import dataclass
from mathblog.extend.declarations import Rule, load
from mathblog.extend.extensions import Extensions
from mathblog.markdown.fast.dispatch import dispatch_blocks, dispatch_inline
from mathblog.markdown.locate import Image, Locator
from mathblog.model.options import MarkdownOptions


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed text. `env` is what the renderer needs besides the tokens; `images` are those the text names."""

    text: str
    options: MarkdownOptions
    extensions: Extensions
    tokens: Sequence[Token]
    env: Mapping[str, object]
    images: tuple[Image, ...]


def parse(text: str, options: MarkdownOptions, extensions: Extensions) -> Parsed:
    """The tokens of a text. Formulas are `math_inline` and `math_block` with their offsets in `text`."""
    env: dict[str, object] = {}
    if options.default_lang:
        env["default_language"] = options.default_lang
    if options.footnote_nr != 1:
        env["footnote_nr"] = options.footnote_nr
    env["signs"] = options.quotes
    tokens = parser_for(options, extensions).parse(text, env)
    if not options.footnote_backlink:
        tokens = [token for token in tokens if token.type != "footnote_anchor"]
    if options.kramdown and not text.strip():  # kramdown makes one line end of an empty text (`convert_blank`)
        tokens = [Token("html_block", "", 0, content="\n", map=[0, 1])]
    for name in _scratch(extensions):
        env.pop(name, None)
    images = Locator(text).locate(tokens)
    return Parsed(text, options, extensions, tokens, env, images)


def formula_tokens(parsed: Parsed) -> list[Token]:
    """All formulas in document order, those of footnotes last. A formula in an image's description is none of them: it has words only."""
    found: list[Token] = []
    for token in parsed.tokens:
        if token.type == "math_block":
            found.append(token)
        elif token.children:
            found += [child for child in token.children if child.type == "math_inline"]
    return found


def formulas_of_images(parsed: Parsed) -> list[Token]:
    """The formulas in descriptions of images."""
    children = (it for token in parsed.tokens for it in token.children or ()) if parsed.images else ()
    images = (it for it in children if it.type == "image")
    return [it for image in images for it in image.children or () if it.type == "math_inline"]


@lru_cache(maxsize=8)
def parser_for(options: MarkdownOptions, extensions: Extensions) -> MarkdownIt:
    """The parser of a dialect; making one takes longer than parsing a post."""
    rules = extensions.rules.values()
    md = build_parser(options, [rule for rule in rules if options.kramdown or not rule.kramdown])
    if extensions.fences:
        from mathblog.markdown.code.of_plugins import with_fences

        rendered = md.renderer.rules  # type: ignore[attr-defined]
        rendered["fence"] = with_fences(extensions.fences, rendered["fence"])
    return md


@lru_cache(maxsize=8)
def _scratch(extensions: Extensions) -> frozenset[str]:
    return frozenset(name for rule in extensions.rules.values() for name in rule.scratch)


def build_parser(options: MarkdownOptions, rules: Sequence[Rule]) -> MarkdownIt:
    """CommonMark with some rules, and mathblog's renderer."""
    from mathblog.markdown.renderer import HtmlRenderer

    md = MarkdownIt("commonmark")
    # where text stops: markdown-it's own list also has what only other extensions need, and each stop costs a round
    # through all rules
    begin = {
        character for rule in rules for characters in (*rule.inline.values(), rule.ends) for character in characters
    }
    md.inline.terminator_re = re.compile(f"[{re.escape(''.join(sorted(begin)))}]")
    for rule in rules:
        load(rule.install)(md, options)
    dispatch_inline(md, rules)
    if any(rule.name == "lists" for rule in rules):
        dispatch_blocks(md, rules)
    md.renderer = HtmlRenderer(md)
    return md
