"""A page's content -> the page, by the layouts of the site around it (Jekyll's `renderer.rb`, `place_in_layouts`)."""

from collections.abc import Mapping
from functools import lru_cache
from io import StringIO
from typing import NamedTuple

from liquid.exceptions import LiquidError, OutputStreamLimitError, ResourceLimitError
from liquid.template import BoundTemplate

from mathblog.core.source import SourceText, Span
from mathblog.liquid.buffer import LARGEST
from mathblog.liquid.drops.drop import plain
from mathblog.liquid.environment import Context, liquid_environment, parse_template
from mathblog.liquid.partials import render_nodes, report_template
from mathblog.liquid.problems import report_problem
from mathblog.liquid.run import Run
from mathblog.liquid.template import TemplateText, read_template
from mathblog.model.layout import Layout
from mathblog.model.options import MarkdownOptions


class Framed(NamedTuple):
    """A page in its layouts. `missing` is the layout that the site does not have, '' where the chain came to its end.

    `last` is the layout that named it, None where the page itself did.
    """

    html: str
    missing: str
    last: Layout | None


def frame(content: str, name: str, run: Run, variables: Mapping[str, object]) -> Framed:
    """The content in the layout `name`, that in its own layout, and so on.

    `layout` is the front matter of all layouts so far, the inner ones first, as `Renderer#render_layout` merges it.
    A chain that comes back to a layout is an error that shows it.
    """
    html, chain, last = content, [name], None
    data: dict[str, object] = {}
    while name:
        layout = run.view.get("layout", name)
        if not isinstance(layout, Layout):
            return Framed(html, name, last)
        data = _merge(layout.data, data)
        html = _render(layout, run, {**variables, "layout": data, "content": html})
        name, last = layout.parent, layout
        if name in chain:
            _report_circle(run, layout, [*chain, name])
            break
        chain.append(name)
    return Framed(html, "", last)


def _render(layout: Layout, run: Run, variables: Mapping[str, object]) -> str:
    template, parsed, problems = _read(layout.source, layout.body_start, run.markdown)
    context = Context(parsed, run, variables)
    report_template(context, template, problems)
    output = _Output()
    try:
        render_nodes(parsed.nodes, context, output)
    except (ResourceLimitError, RecursionError) as error:
        if not run.stopped:
            report_problem(run, error, None)
    return output.getvalue()


@lru_cache(maxsize=128)
def _read(
    source: SourceText, start: int, options: MarkdownOptions
) -> tuple[TemplateText, BoundTemplate, list[LiquidError]]:
    template = read_template(source, start, options, markdown=False)
    return (template, *parse_template(liquid_environment(), template))


def _merge(outer: Mapping[str, object], inner: Mapping[str, object]) -> dict[str, object]:
    """The outer front matter with the inner one over it, mappings within too (`Utils.deep_merge_hashes`)."""
    merged = {key: plain(value) for key, value in outer.items()}
    for key, value in inner.items():
        below = merged.get(key)
        merged[key] = (
            _merge(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else plain(value)
        )
    return merged


def _report_circle(run: Run, layout: Layout, chain: list[str]) -> None:
    start = chain.index(chain[-1])
    message = f"layouts go on without end: {' → '.join(chain[start:])}"
    run.fail(layout.source, layout.place or Span(0, 1), message, "one of them needs another `layout:`")


class _Output(StringIO):
    """A page as it grows, to the size that a page may have."""

    def __init__(self) -> None:
        super().__init__()
        self._size = 0

    def write(self, text: str, /) -> int:
        """Write text.

        Raises:
            OutputStreamLimitError: when the page is too large.

        """
        self._size += len(text)
        if self._size > LARGEST:
            message = "output stream limit reached"
            raise OutputStreamLimitError(message, token=None)
        return super().write(text)
