"""`{% twitter address %}` and `{% youtube address %}`: what lies on other servers, without their scripts.

The tags are those of jekyll-twitter-plugin, jekyll-youtube and al-folio's `youtube.rb`. A build fetches nothing from the web.
"""

import re

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.errors import TemplateError
from mathblog.liquid.expressions.values import Literal, Path, read_value
from mathblog.liquid.filters.texts import escape
from mathblog.liquid.partials import render_partial
from mathblog.liquid.problems import report_problem
from mathblog.liquid.syntax.nodes import Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token
from mathblog.liquid.text import to_s
from mathblog.model.facts import kinds

_WORD = lazy_pattern(r"\"([^\"]*)\"|'([^']*)'|(\S+)")
_ADDRESS = lazy_pattern(r"https?://[^\s\"'<>]+", re.IGNORECASE)
_VIDEO = lazy_pattern(r"(?:youtu\.be/|/(?:embed|v|shorts|live)/|[?&]v=)([\w-]+)")
_VIDEO_ID = lazy_pattern(r"[\w-]{6,20}", re.ASCII)
_START = lazy_pattern(r"[?&](?:t|start)=(\d+)")
_OWN_PLAYER = "youtube.html"  # an include that a site may have for it, which asks for `youtube_id`

_FRAME = (
    '<iframe title="YouTube video player" width="{width}" height="{height}"{style} '
    'src="https://www.youtube-nocookie.com/embed/{video}" loading="lazy" allowfullscreen></iframe>'
)
_FILLING = ' style="position: absolute; top: 0; left: 0; width: 100%; height: 100%; border: 0"'
_CONTAINER = (
    '<div class="embed-container" style="position: relative; padding-bottom: 56.25%; height: 0; overflow: hidden; '
    'max-width: 100%">{frame}</div>'
)


class TwitterNode(Node):
    """A link to what the tag names, in the elements that Twitter's own script would look for."""

    def __init__(self, token: Token, words: list[str]) -> None:
        super().__init__(token)
        self._words = words

    def render(self, context: Context, output: Output) -> None:
        """Write the link."""
        words = self._words[1:] if self._words[0] == "oembed" else self._words
        address = _value(words[0], context) if words else ""
        if not _ADDRESS.fullmatch(address):
            _report_address(f"not an address of Twitter's: `{address}`", self.token, context)
            return
        link = f'<a href="{escape(address)}">{escape(address)}</a>'
        quote = f'<blockquote class="twitter-tweet">{link}</blockquote>'
        output.write_at(f'<div class="jekyll-twitter-plugin">{quote}</div>', self)


class YoutubeNode(Node):
    """A video in a frame, from the host that sets no cookies before it is played."""

    def __init__(self, token: Token, words: list[str]) -> None:
        super().__init__(token)
        self._words = words

    def render(self, context: Context, output: Output) -> None:
        """Write the frame, or what the site's own include makes of the video."""
        address = _value(self._words[0], context)
        found = _VIDEO.search(address)
        video = found[1] if found else address
        if not _VIDEO_ID.fullmatch(video):
            _report_address(f"not a video of YouTube's: `{address}`", self.token, context)
            if _ADDRESS.fullmatch(address):
                output.write_at(f'<a href="{escape(address)}">{escape(address)}</a>', self)
            return
        own = context.run.view.get(kinds.INCLUDE, _OWN_PLAYER)
        if own is not None and "youtube_id" in own.text:
            with output.partial(self), context.extend({"youtube_id": video}):
                render_partial(context, own, self.token, {}, output)
            return
        start, sizes = _START.search(address), self._words[1:]
        video += f"?start={start[1]}" if start else ""
        if len(sizes) > 1 and sizes[0].isdecimal() and sizes[1].isdecimal():
            html = _FRAME.format(width=sizes[0], height=sizes[1], style="", video=video)
        else:  # as wide as the text
            html = _CONTAINER.format(frame=_FRAME.format(width=640, height=360, style=_FILLING, video=video))
        output.write_at(html, self)


def _report_address(message: str, token: Token, context: Context) -> None:
    hint = f"write `{{% {token.value} https://… %}}`, or a variable that has an address"
    report_problem(context.run, TemplateError(message, hint=hint), token)


def _value(word: str, context: Context) -> str:
    """A word, or the value of the variable that it names."""
    expression = read_value(word)
    if isinstance(expression, Literal) and isinstance(expression.value, str):
        return expression.value.strip()
    known = isinstance(expression, Path) and isinstance(expression.name, str) and context.knows(expression.name)
    return to_s(expression.evaluate(context)).strip() if known else word.strip()


def _words(mark: Mark) -> list[str]:
    """The words of a tag, with the quotes around them."""
    words = [found[0] for found in _WORD.finditer(mark.markup.value)]
    if not words:
        message = f"`{mark.tag.value}` names no address"
        raise TemplateError(message, token=mark.tag, hint=f"write `{{% {mark.tag.value} https://… %}}`", broken=True)
    return words


def read_twitter(parser: Parser, mark: Mark) -> Node:
    """The address; what the tag says to Twitter's service is not needed."""
    return TwitterNode(mark.tag, _words(mark))


def read_youtube(parser: Parser, mark: Mark) -> Node:
    """The address or the video's name, and perhaps width and height."""
    return YoutubeNode(mark.tag, _words(mark))
