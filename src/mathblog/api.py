"""The public names for plugins, whose `setup(registry)` adds tags, filters, code renderers, pages, checks and filters of themes.

Values come in, values go out: texts, numbers, lists and mappings as YAML has them. `docs/guide/writing-plugins.md` is the tutorial.
"""

from mathblog.extend.api import (
    CheckFunction,
    Code,
    FenceFunction,
    FilterFunction,
    GeneratorFunction,
    Html,
    Page,
    Problem,
    Registry,
    SiteData,
    TagCall,
    TagFunction,
    Text,
)
from mathblog.model.values import Data, Value

__all__ = [
    "CheckFunction",
    "Code",
    "Data",
    "FenceFunction",
    "FilterFunction",
    "GeneratorFunction",
    "Html",
    "Page",
    "Problem",
    "Registry",
    "SiteData",
    "TagCall",
    "TagFunction",
    "Text",
    "Value",
]
