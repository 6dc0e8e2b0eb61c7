"""Tokens and rendered formulas -> the HTML of a document, with what lists and layouts say about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from mathblog.markdown.code.highlight import highlight_code, with_line_ends
from mathblog.markdown.excerpt import cut, is_uncut, summarize, without_contents
from mathblog.markdown.locate import Image, Locator
from mathblog.markdown.outline import headings
from mathblog.markdown.parser import Parsed, formula_tokens, parser_for
from mathblog.markdown.renderer import Highlighter, Rendering
from mathblog.model.compiled import Heading


@dataclass(frozen=True, slots=True)
class Rendered:
    """The HTML of a text. Offsets are in the parsed text; `unknown_languages` names each language once.

    `long_code` are blocks with a line too long for colours: the length of the line, and the offset of the block.

    `uncut` says that the excerpt leaves out nothing but ids, notes and a table of contents.
    """

    html: str
    excerpt: str
    summary: str
    headings: tuple[Heading, ...]
    unknown_languages: tuple[tuple[str, int], ...]
    long_code: tuple[tuple[int, int], ...]
    images: tuple[Image, ...]
    uncut: bool


def render(parsed: Parsed, formulas: Sequence[str], highlight: Highlighter = highlight_code) -> Rendered:
    """The HTML of a parsed text, `formulas` being that of its `formula_tokens`, in the same order."""
    by_token = {id(token): html for token, html in zip(formula_tokens(parsed), formulas, strict=True)}
    rendering = Rendering(
        by_token, highlight, parsed.options.kramdown, parsed.options.line_numbers, parsed.options.guess_lang
    )
    md = parser_for(parsed.options)
    env = {**parsed.env, "rendering": rendering}
    html = with_line_ends(md.renderer.render(parsed.tokens, md.options, env))
    unknown = _name_once(rendering.unknown, parsed.text)
    long_code = _blocks(rendering.too_long, parsed.text)
    rendering.in_list = True

    def inline(tokens: Sequence[Token]) -> str:
        return str(md.renderer.renderInline(tokens, md.options, env))  # type: ignore[attr-defined]

    kept = cut(parsed.tokens, parsed.text, parsed.options.excerpt_separator)
    begun = without_contents(kept)
    excerpt = with_line_ends(md.renderer.render(begun, md.options, env))
    outline = headings(parsed.tokens, inline)
    return Rendered(
        str(html),
        str(excerpt).strip(),
        summarize(begun),
        outline,
        unknown,
        long_code,
        parsed.images,
        is_uncut(kept, parsed.tokens),
    )


def _blocks(found: Sequence[tuple[int, Token]], text: str) -> tuple[tuple[int, int], ...]:
    if not found:
        return ()
    locator = Locator(text)
    return tuple((length, locator.line_start(token.map[0]) if token.map else 0) for length, token in found)


def _name_once(unknown: Sequence[tuple[str, Token]], text: str) -> tuple[tuple[str, int], ...]:
    if not unknown:
        return ()
    locator = Locator(text)
    places: dict[str, int] = {}
    for language, token in unknown:
        start = locator.line_start(token.map[0]) if token.map else 0
        places.setdefault(language, max(start, text.find(language, start)))
    return tuple(places.items())
