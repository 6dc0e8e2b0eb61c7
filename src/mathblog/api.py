"""The public names for plugins, whose `setup(registry)` adds tags, filters, code renderers, rules of Markdown, pages, checks and filters of themes.

Values come in, values go out: texts, numbers, lists and mappings as YAML has them. `docs/guide/writing-plugins.md` is the tutorial.
"""

from mathblog.extend.api import (
    CheckFunction,
    Code,
    Container,
    ContainerFunction,
    FenceFunction,
    FilterFunction,
    GeneratorFunction,
    Html,
    Match,
    Page,
    Problem,
    Registry,
    RuleFunction,
    SiteData,
    TagCall,
    TagFunction,
    Text,
)
from mathblog.model.values import Data, Value

__all__ = [
    "CheckFunction",
    "Code",
    "Container",
    "ContainerFunction",
    "Data",
    "FenceFunction",
    "FilterFunction",
    "GeneratorFunction",
    "Html",
    "Match",
    "Page",
    "Problem",
    "Registry",
    "RuleFunction",
    "SiteData",
    "TagCall",
    "TagFunction",
    "Text",
    "Value",
]
