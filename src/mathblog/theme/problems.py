"""Problems of a page's layout, as diagnostics."""

import difflib
from collections.abc import Iterable

from jinja2 import TemplateNotFound, TemplateSyntaxError

from mathblog.core.diagnostic import Diagnostic, at, in_file
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.core.stops import Stop
from mathblog.model.facts.page import PageContext
from mathblog.theme.load import LAYOUTS, Theme

CODE = "layout"
_VIEW = lazy_pattern(r"mathblog\.theme[\w.]*\.(\w+)View object")  # how Jinja calls our `page` and `site`


def unknown_layout(page: PageContext, known: Iterable[str], instead: str) -> Diagnostic:
    """A warning at the `layout:` of the front matter, or about the file where its defaults named the layout."""
    spec, document = page.spec, page.document
    message = f"unknown layout `{spec.layout}`: {instead}"
    hint = _suggest(spec.layout, known)
    span = document.keys.get("layout") if document else None
    if document and span:
        return at(document.source, span, message, code=CODE, hint=hint)
    return in_file(spec.source or spec.output_path, message, code=CODE, hint=hint)


def template_fault(error: Exception, theme: Theme, layout: str) -> Diagnostic:
    """An error of a template, at the line that raised it.

    It is in the innermost template on the way to the error; Jinja gives its frames the templates' names and lines.
    """
    name, line, trace = f"{LAYOUTS}{layout}.html", 1, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename in theme.templates:
            name, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, TemplateSyntaxError) and error.name and error.name in theme.templates:
        name, line = error.name, error.lineno
    source = theme.templates[name]
    start = source.offset(line) if line else 0
    text = source.line(line)
    start += len(text) - len(text.lstrip())
    span = Span(start, start + max(1, len(text.strip())))
    hint = f"delete `{source.path}` to use the theme's own, or correct it"
    if isinstance(error, TemplateNotFound):
        message, hint = f"there is no template `{error.name}`", _suggest(str(error.name or ""), theme.templates)
    elif isinstance(error, RecursionError):
        message = "nested too deeply, or a template or macro that calls itself"
    else:
        message = (error.message if isinstance(error, TemplateSyntaxError) else str(error)) or type(error).__name__
        message = _VIEW.sub(lambda found: found[1].lower(), message.rstrip(".")).replace("'", "`")
        message = message[:1].lower() + message[1:]
    return at(source, span, message, code=Stop.TEMPLATE, hint=hint)


def _suggest(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    if not names:
        return f"write `_layouts/{name}.html`, or leave `layout:` out"
    near = difflib.get_close_matches(name, names, 1)
    return f"did you mean `{near[0]}`?" if near else f"the theme has {', '.join(f'`{known}`' for known in names)}"
