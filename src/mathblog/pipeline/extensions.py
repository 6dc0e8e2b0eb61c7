"""The built-in extensions of all rooms."""

from mathblog.extend.extensions import gather
from mathblog.liquid.builtins import FILTERS, TAGS
from mathblog.markdown.builtins import RULES
from mathblog.pipeline.checks.builtins import CHECKS
from mathblog.pipeline.citing.builtins import GENERATORS as OF_CITATIONS
from mathblog.site.builtins import GENERATORS
from mathblog.theme.builtins import FILTERS as THEME_FILTERS

BUILTINS = gather(
    "",
    rules=RULES,
    tags=TAGS,
    filters=FILTERS,
    generators=(*GENERATORS, *OF_CITATIONS),
    checks=CHECKS,
    theme_filters=THEME_FILTERS,
)
