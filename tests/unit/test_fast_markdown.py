"""What `markdown/fast` writes again does what markdown-it does."""

import random

import pytest
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from mathblog.markdown.fast.dispatch import dispatch_inline
from mathblog.markdown.fast.states import BlockState, InlineState
from mathblog.markdown.fast.tags import TagHtml

_MD = MarkdownIt("commonmark")
_NESTINGS = (1, 1, -1, 0)


def test_lines_begin_and_end_where_markdown_it_says() -> None:
    chance = random.Random(7)
    for _ in range(3000):
        text = "".join(chance.choices("a\n \t\t\x0b\r\u2028", k=chance.randrange(12)))
        assert vars(BlockState(text, _MD, {}, [])) == vars(StateBlock(text, _MD, {}, [])), repr(text)


def test_the_tokens_of_blocks_are_those_of_markdown_it() -> None:
    ours, theirs = (state("", _MD, {}, []) for state in (BlockState, StateBlock))
    for nesting in _NESTINGS:
        assert ours.push("part", "p", nesting) == theirs.push("part", "p", nesting)
    assert vars(ours) == vars(theirs)


def test_the_tokens_of_running_text_are_those_of_markdown_it() -> None:
    ours, theirs = (state("text", _MD, {}, []) for state in (InlineState, StateInline))
    for state in (ours, theirs):
        for number, nesting in enumerate(_NESTINGS):
            state.append_pending("word" * (number % 2))
            state.push("part", "em", nesting).attrs["id"] = str(number)
        state.append_pending("end")
        state.pushPending()
    assert vars(ours) == vars(theirs)


def test_text_in_which_nothing_begins_is_the_token_that_markdown_it_makes() -> None:
    md = MarkdownIt("commonmark")
    dispatch_inline(md, ())
    md.inline._is_plain = True  # type: ignore[attr-defined]  # as with all of its rules named
    for text in ("words", "two\nlines", "a *b* c", "", "&amp; more", "plain, again."):
        ours, theirs = list[Token](), list[Token]()
        md.inline.parse(text, md, {}, ours)
        _MD.inline.parse(text, _MD, {}, theirs)
        assert ours == theirs, text


@pytest.mark.parametrize("xhtml", [True, False])
def test_tags_are_those_of_markdown_it(*, xhtml: bool) -> None:
    chance = random.Random(11)
    for _ in range(2000):
        tokens = [
            Token(
                chance.choice(("inline", "p_open", "x")),
                chance.choice("pq"),
                chance.choice((1, 0, -1)),
                attrs=chance.choice(({}, {"id": '"a&b"', "start": 2})),
                block=chance.random() < 0.7,
                hidden=chance.random() < 0.2,
            )
            for _ in range(3)
        ]
        given = OptionsDict({**_MD.options, "xhtmlOut": xhtml})
        for index in range(3):
            ours = TagHtml().renderToken(tokens, index, given, {})
            assert ours == RendererHTML().renderToken(tokens, index, given, {})
