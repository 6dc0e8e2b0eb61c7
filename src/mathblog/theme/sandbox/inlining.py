"""Includes of a template -> the templates that they name, in their places, before it is compiled (ADR 68).

An include takes a context of its own, which copies all variables, and its text passes through one generator more. In the place of the include the
other template is a scope of the same function. Where that could be seen, the include stays.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.utils import _PassArg

from mathblog.core.source import SourceText

_LONGEST = 200_000  # characters that may be put into one template
_DEEPEST = 8  # includes in one another: Python's own compiler takes 20 loops in one another
_ESCAPING = frozenset({nodes.EvalContextModifier, nodes.ScopedEvalContextModifier})
_OF_A_TEMPLATE = _ESCAPING | {nodes.Extends, nodes.Block, nodes.Macro, nodes.CallBlock}
# names that Jinja gives a meaning of their own
_OF_ITS_PLACE = frozenset({"self", "super", "caller", "varargs", "kwargs"})
_ASKED_OF_CONTEXT = frozenset({"site", "labels", "theme", "texts"})  # what our filters ask of the context, by name


def inline_includes(
    template: nodes.Template, name: str, sources: Mapping[str, SourceText], read: Callable[[str], nodes.Template]
) -> nodes.Template:
    """The template with the includes that can be replaced. `read` gives one of `sources`, made ready for compiling."""
    if not _is_plain(template, _ESCAPING):
        return template
    left = _LONGEST
    unfit: set[str] = set()  # each is read once: a template may name one ten thousand times

    def put(parent: nodes.Node, within: tuple[str, ...]) -> None:
        nonlocal left
        for field, place, include in _includes_below(parent):
            other = include.template.value
            if (
                other not in sources
                or other in unfit
                or other in within
                or len(within) == _DEEPEST
                or len(sources[other].text) > left
            ):
                continue
            try:
                included = read(other)
            except TemplateSyntaxError:  # which is reported where the include is reached
                unfit.add(other)
                continue
            if not _fits(included):
                unfit.add(other)
                continue
            left -= len(sources[other].text)
            field[place] = scope = nodes.Scope(included.body, lineno=include.lineno)
            put(scope, (*within, other))

    for block in template.find_all(nodes.Block):
        put(block, (name,))
    if template.find(nodes.Extends) is None:  # else what stands beside the blocks has rules of its own
        put(template, (name,))
    return template


def _includes_below(parent: nodes.Node) -> Iterator[tuple[list[Any], int, Any]]:
    """The includes by a name below a node, not in its blocks: the list and the place in it where each stands, and the include."""
    for _, field in parent.iter_fields():
        for place, item in enumerate(field if isinstance(field, list) else ()):
            if isinstance(item, nodes.Include):
                if item.with_context and not item.ignore_missing and isinstance(item.template, nodes.Const):
                    yield field, place, item
            elif isinstance(item, nodes.Stmt) and not isinstance(item, nodes.Block):
                yield from _includes_below(item)


def _is_plain(template: nodes.Template, kinds: frozenset[type[nodes.Node]]) -> bool:
    """Whether a template has no nodes of these kinds, and no variable of its own that filters would ask the context for."""
    return not any(
        type(node) in kinds or not _ASKED_OF_CONTEXT.isdisjoint(_names_set_by(node))
        for node in template.find_all(nodes.Node)
    )


def _names_set_by(node: nodes.Node) -> Iterable[str]:
    """The variables that a node sets, not those that nodes below it set."""
    if isinstance(node, nodes.Name):
        return () if node.ctx == "load" else (node.name,)
    if isinstance(node, nodes.FromImport):
        return [name if isinstance(name, str) else name[1] for name in node.names]
    if isinstance(node, nodes.Import):
        return (node.target,)
    return (node.name,) if isinstance(node, nodes.Macro) else ()


def asks_context(function: Callable[..., object]) -> bool:
    """Whether a filter is given the context, and may ask it for any variable."""
    return _PassArg.from_obj(function) is _PassArg.context


def _fits(template: nodes.Template) -> bool:
    """Whether a template does the same as a part of another one."""
    if not _is_plain(template, _OF_A_TEMPLATE):
        return False
    of_loops = {
        id(name) for loop in template.find_all(nodes.For) for node in loop.body for name in node.find_all(nodes.Name)
    }
    return not any(
        name.name in _OF_ITS_PLACE or (name.name == "loop" and id(name) not in of_loops)
        for name in template.find_all(nodes.Name)
    )
