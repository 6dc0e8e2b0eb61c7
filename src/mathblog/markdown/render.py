"""Tokens and rendered formulas -> the body of a document, with what lists and layouts say about it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, cast

from markdown_it.token import Token

from mathblog.core.dataclass import dataclass
from mathblog.markdown.code.highlight import highlight_code, with_line_ends
from mathblog.markdown.code.of_plugins import FAULTS
from mathblog.markdown.excerpt import cut, is_uncut, summarize, without_contents
from mathblog.markdown.locate import Image, Locator
from mathblog.markdown.outline import headings
from mathblog.markdown.parser import Parsed, formula_tokens, parser_for
from mathblog.markdown.renderer import Highlighter, Rendering
from mathblog.model.body import Body, Piece, to_html
from mathblog.model.compiled import Excerpt, Heading

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The body of a text. Offsets are in the parsed text; `unknown_languages` names each language once.

    `long_code` are blocks with a line too long for colours: the length of the line, and the offset of the block. `plugin_faults` are
    what plugins failed at, with the offset of the block.
    """

    body: Body
    excerpt: Excerpt
    headings: tuple[Heading, ...]
    unknown_languages: tuple[tuple[str, int], ...]
    long_code: tuple[tuple[int, int], ...]
    plugin_faults: tuple[tuple[str, int], ...]
    images: tuple[Image, ...]

    @property
    def html(self) -> str:
        """The body as HTML."""
        return to_html(self.body)


def render(
    parsed: Parsed,
    formulas: Sequence[Piece],
    highlight: Highlighter = highlight_code,
    listed: Callable[[int], Piece] | None = None,
    words: Callable[[int], str] | None = None,
) -> Rendered:
    """The body of a parsed text.

    `formulas` are the pieces of its `formula_tokens`, in the same order, `listed` has that of its excerpt for a number among them.
    `words` has the words of such a formula, for places that hold no HTML; without it they are its TeX.
    """
    tokens = formula_tokens(parsed)
    numbers = {id(token): number for number, token in enumerate(tokens)} if words or listed else {}

    def in_words(token: Token) -> str:
        return words(numbers[id(token)]) if words and id(token) in numbers else token.content

    by_token = {id(token): piece for token, piece in zip(tokens, formulas, strict=True)}
    rendering = Rendering(
        by_token,
        highlight,
        parsed.options.kramdown,
        parsed.options.line_numbers,
        parsed.options.guess_lang,
        parsed.options.footnote_backlink,
        parsed.options.header_offset,
        parsed.options.uncoloured,
    )
    rendering.listed = by_token if listed is None else _Listed(numbers, listed)
    md = parser_for(parsed.options, parsed.extensions)
    faults = [*cast("list[tuple[str, Token]]", parsed.env.get(FAULTS, []))]
    env = {**parsed.env, "rendering": rendering, FAULTS: faults}
    body = rendering.marks.fill(with_line_ends(md.renderer.render(parsed.tokens, md.options, env)))
    unknown: dict[str, int] = {}
    for language, start in _placed(rendering.unknown, parsed.text):
        unknown.setdefault(language, max(start, parsed.text.find(language, start)))
    long_code = tuple(_placed(rendering.too_long, parsed.text))
    rendering.in_list = True
    rendering.formulas = rendering.listed

    def inline(tokens: Sequence[Token]) -> Body:
        return rendering.marks.fill(md.renderer.renderInline(tokens, md.options, env).strip())  # type: ignore[attr-defined]

    kept = cut(parsed.tokens, parsed.text, parsed.options.excerpt_separator)
    begun = without_contents(kept)
    excerpt = rendering.marks.fill(with_line_ends(md.renderer.render(begun, md.options, env)).strip())
    rendering.in_outline = True
    outline = headings(parsed.tokens, inline, in_words)
    return Rendered(
        body,
        Excerpt(excerpt, summarize(begun, in_words), is_uncut(kept, parsed.tokens)),
        outline,
        tuple(unknown.items()),
        long_code,
        tuple(_placed(faults, parsed.text)),
        parsed.images,
    )


class _Listed(dict[int, Piece]):
    """The formulas of the excerpt by their tokens, each made when it is shown: most stand in none."""

    def __init__(self, numbers: Mapping[int, int], make: Callable[[int], Piece]) -> None:
        super().__init__()
        self._numbers, self._make = numbers, make

    def __missing__(self, token: int) -> Piece:
        """Make the piece of a token."""
        piece = self[token] = self._make(self._numbers[token])
        return piece


def _placed(found: Sequence[tuple[_T, Token]], text: str) -> list[tuple[_T, int]]:
    """The findings about tokens, with the offset of each, or of the line on which it begins."""
    if not found:
        return []
    locator = Locator(text)
    return [(it, token.meta.get("start", locator.line_start(token.map[0]) if token.map else 0)) for it, token in found]
