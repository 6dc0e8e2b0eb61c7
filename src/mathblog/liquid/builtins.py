"""The tags and filters that are built in: Liquid's, Jekyll's, and those of plugins that mathblog has."""

from mathblog.liquid.context import Dialect
from mathblog.liquid.filters.register import CONTEXTUAL, FILTERS, LIMITED
from mathblog.liquid.tags.register import TAGS

BUILTIN = Dialect(TAGS, {**FILTERS, **CONTEXTUAL}, frozenset(CONTEXTUAL), LIMITED)
