"""The public names for plugins, whose `setup(registry)` adds tags, filters, code renderers and filters of themes.

Values come in, values go out: texts, numbers, lists and mappings as YAML has them. `docs/guide/writing-plugins.md` is the tutorial.
"""

from mathblog.extend.api import Code, FenceFunction, FilterFunction, Html, Registry, TagCall, TagFunction
from mathblog.model.values import Data, Value

__all__ = ["Code", "Data", "FenceFunction", "FilterFunction", "Html", "Registry", "TagCall", "TagFunction", "Value"]
