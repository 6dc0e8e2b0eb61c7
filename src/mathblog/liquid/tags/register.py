"""All tags of ours, handed to the Liquid library."""

from liquid import Environment
from liquid.builtin.tags.cycle_tag import CycleTag
from liquid.builtin.tags.decrement_tag import DecrementTag
from liquid.builtin.tags.increment_tag import IncrementTag
from liquid.builtin.tags.tablerow_tag import TablerowTag
from liquid.tag import Tag

from mathblog.liquid.tags.highlight import HighlightTag
from mathblog.liquid.tags.include import IncludeRelativeTag, IncludeTag
from mathblog.liquid.tags.link import LinkTag
from mathblog.liquid.tags.located import located
from mathblog.liquid.tags.maybe import MaybeTag
from mathblog.liquid.tags.output import EchoTag, OutputTag
from mathblog.liquid.tags.post_url import PostUrlTag
from mathblog.liquid.tags.text import TextTag

_OURS: tuple[type[Tag], ...] = (
    TextTag,
    OutputTag,
    EchoTag,
    MaybeTag,
    HighlightTag,
    IncludeTag,
    IncludeRelativeTag,
    LinkTag,
    PostUrlTag,
)
_LIBRARYS: tuple[type[Tag], ...] = (CycleTag, IncrementTag, DecrementTag, TablerowTag)


def register_tags(environment: Environment) -> None:
    """Add our tags; those of the library that write something are told to say where it came from."""
    for tag in (*_OURS, *map(located, _LIBRARYS)):
        environment.add_tag(tag)
