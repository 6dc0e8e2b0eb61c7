"""`{% last_modified_at %b %-d %}`: when the front matter says that a page was changed (jekyll-last-modified-at's `tag.rb`)."""

from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.filters.dates.dates import date
from mathblog.liquid.seo.page import mapping
from mathblog.liquid.syntax.nodes import Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token
from mathblog.liquid.text import to_s

_FORM = "%d-%b-%y"


class LastModifiedNode(Node):
    """The plugin asks git, which is not asked here: without a date in the front matter nothing is written."""

    def __init__(self, token: Token, form: str) -> None:
        super().__init__(token)
        self._form = form

    def render(self, context: Context, output: Output) -> None:
        """Write the date, in the tag's format, the site's or the plugin's."""
        options = mapping(mapping(context.find("site")).get("last-modified-at"))
        form = self._form or to_s(options.get("date-format")) or _FORM
        changed = mapping(context.find("page")).get("last_modified_at")
        output.write_at(to_s(date(changed, form, context=context)), self)


def read_last_modified(_parser: Parser, mark: Mark) -> Node:
    """The format, which may be missing."""
    return LastModifiedNode(mark.tag, mark.markup.value.strip())
