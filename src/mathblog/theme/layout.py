"""A page specification and the facts -> the bytes of a page."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from jinja2 import TemplateError
from markupsafe import Markup

from mathblog.core.diagnostic import Diagnostic
from mathblog.model.facts import kinds
from mathblog.model.facts.page import PageContext
from mathblog.model.output import HTML_EXTENSIONS, LaidOut, OutputFile, PageSpec
from mathblog.model.values import Data
from mathblog.theme.choose import BARE, BEGINNING, is_whole_page
from mathblog.theme.labels import labels_for
from mathblog.theme.load import LAYOUTS, Theme
from mathblog.theme.metadata import describe_page
from mathblog.theme.problems import template_fault, unknown_layout
from mathblog.theme.sandbox.long_text import LongText, encode_pieces
from mathblog.theme.settings import LABELS
from mathblog.theme.views.page import PageView, PaginatorView
from mathblog.theme.views.texts import PlainTexts, Texts
from mathblog.theme.views.website import SiteView
from mathblog.theme.views.words import Words

if TYPE_CHECKING:
    from mathblog.theme.sandbox.environment import ThemeEnvironment

FALLBACK = "default"
_PLAIN = PlainTexts()
# what the expressions of a template raise on values they were not written for, and Python on what it cannot compile
_FAULTS = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)


def lay_out(page: PageContext, theme: Theme, content: str | LongText, texts: Texts = _PLAIN) -> LaidOut:
    """The page: its content in its layout. `texts` renders the formulas of titles.

    An unknown layout is a warning, but where the site's theme is not here, and `default` is used (for a file that is not
    HTML: none). A template that fails is an error; the file then holds the content without a layout.
    """
    spec, layout = page.spec, page.spec.layout
    problems: tuple[Diagnostic, ...] = ()
    if layout != BARE and f"{LAYOUTS}{layout}.html" not in theme.templates:
        known = spec.output_path.endswith(HTML_EXTENSIONS) and f"{LAYOUTS}{FALLBACK}.html" in theme.templates
        layout, instead = (FALLBACK, f"`{FALLBACK}` is used") if known else (BARE, "the file has no layout")
        if not page.view[kinds.ABSENT_THEME]:  # the one warning about that theme says what is used
            problems = (unknown_layout(page, theme.layouts, instead),)
    if layout == BARE:
        return _file(spec, content, problems)
    if is_whole_page(content.begin(BEGINNING) if isinstance(content, LongText) else content):
        meta = page.view.get(kinds.DOCUMENT, spec.source)
        if meta is None or meta.layout is None:
            return _file(spec, content, problems)
    framed = page if layout == spec.layout else replace(page, spec=replace(spec, layout=layout))
    try:
        html = _generate(framed, theme, theme.environment, content, texts)
    except _FAULTS:
        try:  # again, template by template: the place of an error is one in a template
            html = _generate(framed, theme, theme.environment.as_written, content, texts)
        except _FAULTS as error:
            return _file(spec, content, (*problems, template_fault(error, theme, layout)))
    return _file(spec, html, problems)


def _generate(
    page: PageContext, theme: Theme, environment: "ThemeEnvironment", content: str | LongText, texts: Texts
) -> bytes:
    environment.budget.begin(len(content))
    template = environment.get_template(f"{LAYOUTS}{page.spec.layout}.html")
    spec, view = page.spec, page.view
    shown, site = PageView(view, spec), view[kinds.SITE]
    meta = view.get(kinds.DOCUMENT, spec.source) if spec.source else None
    lang = (meta.lang if meta else "") or site.lang
    own = theme.settings.get(LABELS)
    words: Data = own if isinstance(own, Mapping) else {}
    if theme.strings:  # also by the names that another theme has for them
        language = view[kinds.DATA].get("language")
        spoken = language if isinstance(language, Mapping) else {}
        found = {label: theme.settings.get(name) or spoken.get(name) for label, name in theme.strings.items()}
        words = {**{label: word for label, word in found.items() if word}, **words}
    context: dict[str, object] = {
        "site": SiteView(view, site),
        "page": shown,
        "content": content if isinstance(content, Markup | LongText) else Markup(content),  # noqa: S704 - the author's own HTML, rendered
        "paginator": PaginatorView(shown, spec) if "total_pages" in spec.data else None,
        "theme": Words(theme.settings),
        "lang": lang,
        "labels": Words(labels_for(lang, theme.labels, words)),
        "metadata": describe_page(page, shown.summary, lang, texts),
        "texts": texts,
    }
    return environment.budget.encode(template.generate(context))


def _file(spec: PageSpec, text: str | bytes | LongText, problems: tuple[Diagnostic, ...]) -> LaidOut:
    content = text if isinstance(text, bytes) else encode_pieces([text])
    return LaidOut(OutputFile(spec.output_path, content, spec.source or "generated"), problems)
