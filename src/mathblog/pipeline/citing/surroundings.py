"""The parts of a page's layouts that its citations depend on: Distill's script, a list of their own."""

import re

from mathblog.core.patterns import lazy_pattern
from mathblog.model.document import Document
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView

_INCLUDE = lazy_pattern(r"\{%-?\s*include(?:_cached)?\s+([\w./-]+)")
_DISTILL = lazy_pattern(
    r"distill(?:pub)?[./\w-]*\.js|distill\.pub/template|template\.v[12](?:\.min)?\.js", re.IGNORECASE
)
_LIST = lazy_pattern(r"\{%-?\s*bibliography\b")
_MOST = 40  # layouts and includes


def read_surroundings(document: Document, view: FactView) -> tuple[bool, bool]:
    """Whether a layout of a page, or an include of one, loads Distill's script, and whether one writes a list."""
    name = document.meta.data.get("layout")
    waiting = [f"layout {name}"] if isinstance(name, str) and name else []
    seen: set[str] = set()
    distill = has_list = False
    while waiting and len(seen) < _MOST:
        item = waiting.pop()
        if item in seen:
            continue
        seen.add(item)
        kind, _, called = item.partition(" ")
        layout = view.get(kinds.LAYOUT, called) if kind == "layout" else None
        source = layout.source if layout else view.get(kinds.INCLUDE, called) if kind == "include" else None
        if source is None:
            continue
        if layout and layout.parent:
            waiting.append(f"layout {layout.parent}")
        distill = distill or _DISTILL.search(source.text) is not None
        has_list = has_list or _LIST.search(source.text) is not None
        waiting += [f"include {name}" for name in _INCLUDE.findall(source.text)]
    own = document.body
    return distill or ("distill" in own and _DISTILL.search(own) is not None), has_list
