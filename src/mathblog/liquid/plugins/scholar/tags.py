"""jekyll-scholar's tags: `cite`, `bibliography` and the others. What they write is asked of the pipeline."""

from collections.abc import Callable, Mapping

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.errors import FAULTS
from mathblog.liquid.expressions.values import known_variable
from mathblog.liquid.partials import parse_file, report_template
from mathblog.liquid.plugins.scholar.arguments import parse_arguments, unknown_option
from mathblog.liquid.problems import place
from mathblog.liquid.syntax.nodes import BlockBody, Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token
from mathblog.liquid.text import to_s
from mathblog.model.citations.asked import Asked, CitationService, RenderItem
from mathblog.model.facts import kinds

_CODE, _UNKNOWN = "citation", "cite-unknown"
_NAME = lazy_pattern(r"[A-Za-z_][\w-]*(?:\.[\w-]+)*")
_TAKE_KEYS = frozenset({"cite", "nocite", "reference", "quote", "cite_details", "details_link"})
_PARAGRAPHS = lazy_pattern(r"\n\n")


class ScholarNode(Node):
    """A tag; `quote` and `bibtex` have a body, too."""

    def __init__(self, mark: Mark, body: BlockBody | None = None) -> None:
        super().__init__(mark.tag)
        self._markup = mark.markup
        self._body = body

    def render(self, context: Context, output: Output) -> None:
        """Write what the tag stands for; an unknown entry is told at its place."""
        name = self.token.value
        asked = parse_arguments(self._markup.value, lambda word: _value_of(word, context), with_keys=name in _TAKE_KEYS)
        if context.run.services.citations is None:
            return
        service = context.run.services.citations()
        self._report(context, asked, service)
        if name == "bibliography":
            context.run.step(len(self._markup.value))
            output.write_at(service.bibliography(asked, _item_writer(context, service, asked)), self)
            return
        text = _WRITE[name](service, asked) if name in _WRITE else ""
        if self._body is not None:
            inner = Output(context.limits.characters)
            self._body.render(context, inner)
        if name == "bibtex" and self._body is not None:
            text = service.bibtex(inner.getvalue(), asked)
        if name == "quote" and self._body is not None:
            words = _PARAGRAPHS.sub("</p><p>", inner.getvalue().strip()).replace("\n", "<br/>")
            text = f"<blockquote><p>{words}</p><cite>{service.cite(asked)}</cite></blockquote>"
        output.write_at(text, self)

    def _report(self, context: Context, asked: Asked, service: CitationService) -> None:
        markup = self._markup.value
        option, hint = unknown_option(markup)
        if option:
            spot = self._markup.part(markup.find(option), option)
            _report(context, f"`{self.token.value}` has no option `{option}`", hint, spot)
        if problem := service.problem(asked):
            _report(context, problem, "", self._markup)
        for key, hint in service.unknown(asked):
            start = markup.find(key)
            spot = self._markup.part(start, key) if start >= 0 else self._markup
            _report(context, f"no entry `{key}` in the bibliography", hint, spot, code=_UNKNOWN)


def _report(context: Context, message: str, hint: str, token: Token, *, code: str = _CODE) -> None:
    """A warning at a token."""
    context.run.report(*place(context.run, token), message, code=code, hint=hint)


def _value_of(word: str, context: Context) -> str:
    """The value of a variable, '' where it has none."""
    if not _NAME.fullmatch(word):
        return ""
    try:
        variable = known_variable(word, context)
        return to_s(variable.evaluate(context)) if variable else ""
    except FAULTS:
        return ""


def _item_writer(context: Context, service: CitationService, asked: Asked) -> RenderItem | None:
    """Return a function that writes an entry by the template of the list; None where it has none.

    The template is a layout's name, or Liquid itself.
    """
    name = service.template_of(asked)
    if not name:
        return None
    from mathblog.core.source import SourceText

    layout = context.run.view.get(kinds.LAYOUT, name)
    source = layout.source if layout else SourceText(context.run.document.source.path, name)
    template, body, problems = parse_file(
        source, layout.body_start if layout else 0, context.run.setup.markdown, context.run.extensions
    )
    report_template(context, template, problems)

    def write(variables: Mapping[str, object]) -> str:
        inner = Output(context.limits.characters)
        with context.extend(variables):
            body.render(context, inner)
        return inner.getvalue()

    return write


def _nocite(service: CitationService, asked: Asked) -> str:
    service.note(asked.keys)
    return ""


_WRITE: Mapping[str, Callable[[CitationService, Asked], str]] = {
    "cite": lambda service, asked: service.cite(asked),
    "nocite": _nocite,
    "reference": lambda service, asked: service.reference(asked),
    "bibliography_count": lambda service, asked: str(service.count(asked)),
    "cite_details": lambda service, asked: service.details(asked),
    "details_link": lambda service, asked: service.address(asked.keys[0]) if asked.keys else "",
}


def read_scholar(parser: Parser, mark: Mark) -> Node:
    """A tag without a body."""
    return ScholarNode(mark)


def read_quote(parser: Parser, mark: Mark) -> Node:
    """`{% quote key %}` and `{% bibtex %}` with their texts."""
    body, _ = parser.body((f"end{mark.tag.value}",))
    return ScholarNode(mark, body)


class CountsNode(Node):
    """`{% google_scholar_citations … %}` of al-folio: nothing, with a warning."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)

    def render(self, context: Context, output: Output) -> None:
        """Say that no server is asked."""
        message = f"`{self.token.value}` is left empty: mathblog asks no server for the number of citations"
        _report(context, message, "write the number", self.token)
        output.write_at("", self)


def read_counts(parser: Parser, mark: Mark) -> Node:
    """The tag, whatever stands in it."""
    return CountsNode(mark.tag)
