"""Ruby files in `_plugins`: nothing runs them, and the author should know what the site will miss."""

import re
from collections.abc import Container

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText

CODE = "plugin"
_COMMENT = lazy_pattern(r"^\s*#.*$", re.MULTILINE)
_TAG = lazy_pattern(r"\bregister_tag\s*\(?\s*['\":](\w[\w-]*)")
_FILTERS = lazy_pattern(r"\bregister_filter\b")
_METHOD = lazy_pattern(r"^\s*def\s+(\w+[?!]?)", re.MULTILINE)
_CLASS = lazy_pattern(r"\bclass\s+([\w:]+)\s*<\s*(?:::)?(?:Jekyll::)?(Generator|Converter|Command)\b")
_HOOK = lazy_pattern(r"\bHooks\.register\s*\(?\s*\[?\s*:(\w+)")
_SHOWN = 6


def report_ruby(source: SourceText, tags_here: Container[str], filters_here: Container[str]) -> Diagnostic | None:
    """A warning that names the tags, filters, generators, converters and hooks that the file defines and nothing here does.

    `tags_here` and `filters_here` are built in; None where nothing else is in the file.
    """
    code = _COMMENT.sub("", source.text)
    tags = [name for name in _TAG.findall(code) if name not in tags_here]
    losses = [_count("the tag", "the tags", [f"{{% {name} %}}" for name in tags])] if tags else []
    methods = _METHOD.findall(code)
    if _FILTERS.search(code) and not any(name in filters_here for name in methods):  # the others are its helpers
        losses.append(_count("the filter", "the filters", methods))
    losses += [f"the {kind.lower()} `{name}`" for name, kind in _CLASS.findall(code)]
    if owners := list(dict.fromkeys(_HOOK.findall(code))):
        losses.append(_count("the hook on", "the hooks on", owners))
    lost = ", ".join(losses)
    if not lost and (_TAG.search(code) or _FILTERS.search(code)):
        return None
    message = f"Ruby is not run here: {lost or 'what this file does'} will be missing"
    hint = f"an include can do what a tag does: `{{% include {tags[0]}.html %}}`" if tags else ""
    return in_file(source.path, message, code=CODE, hint=hint)


def _count(one: str, many: str, names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:_SHOWN])
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{one if len(names) == 1 else many} {shown}{more}"
