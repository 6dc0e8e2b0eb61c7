"""tufte-jekyll's tags for notes in the margin, figures and epigraphs: the HTML that its Ruby files write."""

import re
from collections.abc import Callable, Mapping

from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.plugins.arguments import split_words
from mathblog.liquid.syntax.nodes import Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token

_PARAGRAPH = re.compile(r"</?p[^>]*>")
_REMOTE = ("http://", "https://", "//")
Write = Callable[[list[str], Context], str]


class WordsNode(Node):
    """A tag that writes its words; Markdown reads what it writes, formulas among it."""

    def __init__(self, token: Token, words: list[str], write: Write) -> None:
        super().__init__(token)
        self._words = words
        self._write = write

    def render(self, context: Context, output: Output) -> None:
        """Write the HTML."""
        output.write_at(self._write(self._words, context), self)


def _sidenote(words: list[str], _: Context) -> str:
    name, text = words[:2]
    return (
        f"<label for='{name}' class='margin-toggle sidenote-number'></label>"
        f"<input type='checkbox' id='{name}' class='margin-toggle'/><span class='sidenote'>{text} </span>"
    )


def _marginnote(words: list[str], _: Context) -> str:
    name, text = words[:2]
    return (
        f"<label for='{name}' class='margin-toggle'> &#8853;</label>"
        f"<input type='checkbox' id='{name}' class='margin-toggle'/><span class='marginnote'>{text} </span>"
    )


def _marginfigure(words: list[str], context: Context) -> str:
    name, path, text = words[:3]
    return (
        f"<label for='{name}' class='margin-toggle'>&#8853;</label>"
        f"<input type='checkbox' id='{name}' class='margin-toggle'/>"
        f"<span class='marginnote'><img class='fullwidth' src='{_address(path, context)}'/><br>{text}</span>"
    )


def _newthought(words: list[str], _: Context) -> str:
    return f"<span class='newthought'>{words[0]}</span> "


def _epigraph(words: list[str], _: Context) -> str:
    text, author, work = words[:3]
    return f"<div class='epigraph'><blockquote><p>{text}</p><footer>{author}, <cite>{work}</cite></footer></blockquote></div>"


def _fullwidth(words: list[str], context: Context) -> str:
    image = f"<img src='{_address(words[0], context)}'/>"
    return f"<figure class='fullwidth'>{image}<figcaption>{inline_html(words[1], context)}</figcaption></figure>"


def _maincolumn(words: list[str], context: Context) -> str:
    caption = f"<figcaption class='maincolumn-figure'>{inline_html(words[1], context)}</figcaption>"
    return f"<figure><img src='{_address(words[0], context)}'/>{caption}</figure>"


def _address(path: str, context: Context) -> str:
    return path if path.startswith(_REMOTE) else f"{context.run.baseurl}/{path}"


def inline_html(text: str, context: Context) -> str:
    """A text's Markdown as HTML, without paragraphs."""
    context.run.step(len(text))
    return _PARAGRAPH.sub("", context.run.services.markdownify(text)).removesuffix("\n")


_TAGS: Mapping[str, Write] = {
    "epigraph": _epigraph,
    "fullwidth": _fullwidth,
    "maincolumn": _maincolumn,
    "marginfigure": _marginfigure,
    "marginnote": _marginnote,
    "newthought": _newthought,
    "sidenote": _sidenote,
}
_MOST_WORDS = 3


def read_tufte(parser: Parser, mark: Mark) -> Node:
    """The words of the tag; those that are not there are empty, as in Ruby."""
    words = split_words(mark)
    return WordsNode(mark.tag, words + [""] * _MOST_WORDS, _TAGS[mark.tag.value])
