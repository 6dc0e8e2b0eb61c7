"""What is built in, of all rooms."""

from mathblog.extend.extensions import gather
from mathblog.liquid.builtins import FILTERS, TAGS
from mathblog.markdown.builtins import RULES

BUILTINS = gather("", rules=RULES, tags=TAGS, filters=FILTERS)
