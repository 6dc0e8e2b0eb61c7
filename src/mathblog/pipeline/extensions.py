"""What is built in, of all rooms."""

from mathblog.extend.extensions import gather
from mathblog.liquid.builtins import FILTERS, TAGS

BUILTINS = gather("", tags=TAGS, filters=FILTERS)
