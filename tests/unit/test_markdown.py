"""The Markdown dialect, by its golden cases."""

from html import escape

from mathblog.markdown.parser import Parsed, formula_tokens, parse
from mathblog.markdown.render import render
from mathblog.model.options import MarkdownOptions
from mathblog.model.statements.kinds import StatementOptions
from mathblog.pipeline.extensions import BUILTINS
from support.golden import Case, parametrize, update_golden

__all__ = ["update_golden"]


def options_of(settings: tuple[str, ...]) -> MarkdownOptions:
    """Each word turns an option on, with `no_` before it off. Smart quotes have golden cases of their own."""
    flags = {word.removeprefix("no_"): not word.startswith("no_") for word in settings if "=" not in word}
    texts = dict(word.split("=", 1) for word in settings if "=" in word)
    values = flags | {name: int(text) if text.isdecimal() else text for name, text in texts.items()}
    everywhere = values.pop("everywhere", False)
    statements = StatementOptions(everywhere=everywhere) if values.pop("statements", False) else None
    return MarkdownOptions(**{"smart_quotes": False, "statements": statements, **values})


def stand_ins(parsed: Parsed) -> list[str]:
    return [
        f"<math{' display' if token.meta['display'] else ''}>{escape(token.content, quote=False)}</math>"
        for token in formula_tokens(parsed)
    ]


@parametrize(
    "math-delimiters",
    "math-escapes",
    "math-html",
    "emphasis",
    "links",
    "code-spans",
    "span-html",
    "headings",
    "extensions",
    "definition-lists",
    "lists",
    "blocks",
    "tables",
    "markdown",
    "html-blocks",
    "attributes",
    "contents",
    "emoji",
    "typography",
    "statements",
    "callouts",
    "figures",
)
def test_markdown(case: Case, *, update_golden: bool) -> None:
    parsed = parse(case.input, options_of(case.settings), BUILTINS)
    case.check(render(parsed, stand_ins(parsed)).html, update=update_golden)


def test_the_prefix_of_ids() -> None:
    parsed = parse("# A\n\n# A\n", MarkdownOptions(auto_id_prefix="s-"), BUILTINS)
    assert [heading.id for heading in render(parsed, []).headings] == ["s-a", "s-a-1"]


def test_an_empty_text_is_one_line_end() -> None:
    """As kramdown has it: `content.size` of an empty page is 1."""
    assert render(parse("\n \n", MarkdownOptions(), BUILTINS), []).html == "\n"
