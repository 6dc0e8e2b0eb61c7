"""tufte-jekyll's tags for notes in the margin, figures and epigraphs: the HTML that its Ruby files write."""

from collections.abc import Mapping
from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.plugins.arguments import split_words
from mathblog.liquid.syntax.nodes import Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token

_PARAGRAPH = lazy_pattern(r"</?p[^>]*>")
_REMOTE = ("http://", "https://", "//")


class TufteTag(NamedTuple):
    """The HTML of a tag, with a place for each of its words; which of them is the address of an image, and which Markdown."""

    html: str
    image: int | None = None
    caption: int | None = None


_TAGS: Mapping[str, TufteTag] = {
    "epigraph": TufteTag(
        "<div class='epigraph'><blockquote><p>{0}</p><footer>{1}, <cite>{2}</cite></footer></blockquote></div>"
    ),
    "fullwidth": TufteTag(
        "<figure class='fullwidth'><img src='{0}'/><figcaption>{1}</figcaption></figure>", image=0, caption=1
    ),
    "maincolumn": TufteTag(
        "<figure><img src='{0}'/><figcaption class='maincolumn-figure'>{1}</figcaption></figure>", image=0, caption=1
    ),
    "marginfigure": TufteTag(
        "<label for='{0}' class='margin-toggle'>&#8853;</label><input type='checkbox' id='{0}' class='margin-toggle'/>"
        "<span class='marginnote'><img class='fullwidth' src='{1}'/><br>{2}</span>",
        image=1,
    ),
    "marginnote": TufteTag(
        "<label for='{0}' class='margin-toggle'> &#8853;</label><input type='checkbox' id='{0}' class='margin-toggle'/>"
        "<span class='marginnote'>{1} </span>"
    ),
    "newthought": TufteTag("<span class='newthought'>{0}</span> "),
    "sidenote": TufteTag(
        "<label for='{0}' class='margin-toggle sidenote-number'></label>"
        "<input type='checkbox' id='{0}' class='margin-toggle'/><span class='sidenote'>{1} </span>"
    ),
}
_MOST_WORDS = 3


class WordsNode(Node):
    """A tag that writes its words; Markdown reads what it writes, formulas among it."""

    def __init__(self, token: Token, words: list[str]) -> None:
        super().__init__(token)
        self._words = words

    def render(self, context: Context, output: Output) -> None:
        """Write the HTML."""
        tag, words = _TAGS[self.token.value], [*self._words]
        if tag.image is not None and not words[tag.image].startswith(_REMOTE):
            words[tag.image] = f"{context.run.baseurl}/{words[tag.image]}"
        if tag.caption is not None:
            words[tag.caption] = inline_html(words[tag.caption], context)
        output.write_at(tag.html.format(*words), self)


def inline_html(text: str, context: Context) -> str:
    """A text's Markdown as HTML, without paragraphs."""
    context.run.step(len(text))
    return _PARAGRAPH.sub("", context.run.services.markdownify(text)).removesuffix("\n")


def read_tufte(parser: Parser, mark: Mark) -> Node:
    """The words of the tag; those that are not there are empty, as in Ruby."""
    words = split_words(mark)
    return WordsNode(mark.tag, words + [""] * _MOST_WORDS)
