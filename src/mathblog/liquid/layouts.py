"""A page's content -> the page, by the layouts of the site around it (Jekyll's `renderer.rb`, `place_in_layouts`)."""

from collections.abc import Mapping
from typing import NamedTuple

from mathblog.core.source import Span
from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.drops.drop import plain
from mathblog.liquid.partials import parse_file, render_template, report_template
from mathblog.liquid.run import LiquidRun
from mathblog.model.facts import kinds
from mathblog.model.layout import Layout


class Framed(NamedTuple):
    """A page in its layouts. `missing` is the layout that the site does not have, '' where the chain came to its end.

    `last` is the layout that named it, None where the page itself did.
    """

    html: str
    missing: str
    last: Layout | None


def frame(content: str, name: str, run: LiquidRun, variables: Mapping[str, object]) -> Framed:
    """The content in the layout `name`, that in its own layout, and so on.

    `layout` is the front matter of all layouts so far, the inner ones first, as `Renderer#render_layout` merges it.
    A chain that comes back to a layout ends there, with a warning that shows it.
    """
    html, chain, last = content, [name], None
    data: dict[str, object] = {}
    while name:
        layout = run.view.get(kinds.LAYOUT, name)
        if layout is None:
            return Framed(html, name, last)
        if layout.problems:
            run.diagnostics |= dict.fromkeys(layout.problems)
            return Framed(html, "", last)
        data = _merge(layout.data, data)
        template, body, problems = parse_file(layout.source, layout.body_start, run.setup.markdown, run.extensions)
        context = Context(run, {**variables, "layout": data, "content": html})
        report_template(context, template, problems)
        output = Output(run.options.limits.characters)
        render_template(body, context, output)
        html = output.getvalue()
        name, last = layout.parent, layout
        if name in chain:
            circle = [*chain[chain.index(name) :], name]
            message = f"layouts go on without end: {' → '.join(circle)}"
            hint = "one of them needs another `layout:`"
            run.report(layout.source, layout.place or Span(0, 1), message, hint=hint)
            break
        chain.append(name)
    return Framed(html, "", last)


def _merge(outer: Mapping[str, object], inner: Mapping[str, object]) -> dict[str, object]:
    """The outer front matter with the inner one over it, mappings within too (`Utils.deep_merge_hashes`)."""
    merged = {key: plain(value) for key, value in outer.items()}
    for key, value in inner.items():
        below = merged.get(key)
        merged[key] = (
            _merge(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else plain(value)
        )
    return merged
