"""`{% feed_meta %}`: a link to the site's feed (jekyll-feed's `meta-tag.rb`)."""

from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.filters.words import xml_escape
from mathblog.liquid.seo.page import address, mapping
from mathblog.liquid.syntax.nodes import Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.text import to_s


class FeedMetaNode(Node):
    """The element for a page's head."""

    def render(self, context: Context, output: Output) -> None:
        """Write it."""
        site = mapping(context.find("site"))
        path = to_s(mapping(site.get("feed")).get("path")) or "feed.xml"
        title = to_s(site.get("title") or site.get("name"))
        named = f' title="{xml_escape(title)}"' if title else ""
        href = xml_escape(address(path, context))
        output.write_at(f'<link type="application/atom+xml" rel="alternate" href="{href}"{named} />', self)


def read_feed_meta(parser: Parser, mark: Mark) -> Node:
    """The tag."""
    return FeedMetaNode(mark.tag)
