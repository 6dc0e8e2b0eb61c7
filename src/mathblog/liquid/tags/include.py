"""`{% include file.html name=value %}` and `{% include_relative file.md %}` (Jekyll's `tags/include.rb`)."""

import posixpath
import re
from typing import TextIO

from liquid.ast import Node
from liquid.builtin.expressions import FilteredExpression, parse_primitive, tokenize
from liquid.context import RenderContext
from liquid.exceptions import LiquidError
from liquid.expression import Expression
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from mathblog.core.source import SourceText
from mathblog.liquid.environment import Context, TemplateError
from mathblog.liquid.partials import render_partial
from mathblog.liquid.problems import report_problem
from mathblog.liquid.run import suggest
from mathblog.liquid.tags.located import placed
from mathblog.liquid.tags.text import is_code, write_code
from mathblog.liquid.text import to_text

_NAME = re.compile(r"(?P<file>(?:\{\{[^}\n]*\}\}|[^\s{}])+)(?P<rest>(?s:.*))")
_VARIABLE = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}")
_PARAMETER = re.compile(
    r"\s*([\w-]+)\s*=\s*(?:\"([^\"\\]*(?:\\.[^\"\\]*)*)\"|'([^'\\]*(?:\\.[^'\\]*)*)'|([\w.\[\]-]+))\s*", re.DOTALL
)
_ALLOWED = re.compile(r"[^\W][\w/.\-()+~#@ ]*|[\w/.\-()+~#@]+")


class IncludeNode(Node):
    """A partial with its parameters."""

    relative = False

    def __init__(self, token: Token, file: Token, parameters: dict[str, "str | Expression"]) -> None:
        super().__init__(token)
        self.blank = False
        self._file = file
        self._parameters = parameters

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Find the file and render it where the tag stands."""
        if not isinstance(context, Context):
            return 0
        name = self._file_name(context)
        source = self._find(name, context)
        if source is None:
            return write_code(self.token, buffer)
        values = {
            key: value.evaluate(context) if isinstance(value, Expression) else value
            for key, value in self._parameters.items()
        }
        with placed(buffer, self.token, partial=True):
            render_partial(context, source, self._file, values, buffer)
        return 1

    def _file_name(self, context: Context) -> str:
        """The name with its `{{ variables }}` replaced."""

        def value(match: re.Match[str]) -> str:
            tokens = TokenStream(tokenize(match[1], self._file))
            return to_text(FilteredExpression.parse(context.env, tokens).evaluate(context))

        return _VARIABLE.sub(value, self._file.value)

    def _find(self, name: str, context: Context) -> SourceText | None:
        if is_code(self.token) and not _ALLOWED.fullmatch(name):
            return None
        if ".." in name.split("/") or name.startswith("/") or not _ALLOWED.fullmatch(name):
            problem = TemplateError(f"not the name of an include: `{name}`", token=self._file, broken=True)
            report_problem(context.run, problem, self._file)
            return None
        key = name
        if self.relative:
            here = context.run.partials[-1].path if context.run.partials else context.run.document.source.path
            key = posixpath.normpath(posixpath.join(posixpath.dirname(here), name))
        source = context.run.view.get("file" if self.relative else "include", key)
        if isinstance(source, SourceText):
            return source
        if not is_code(self.token):
            self._report_missing(name, context)
        return None

    def _report_missing(self, name: str, context: Context) -> None:
        names = () if self.relative else context.run.view.get("includes")
        folder = "the page's folder" if self.relative else "`_includes`"
        hint = suggest(name, names) or f"there is no such file in {folder}"
        problem = TemplateError(f"no include named `{name}`", token=self._file, hint=hint, broken=True)
        report_problem(context.run, problem, self._file)


class IncludeRelativeNode(IncludeNode):
    """A file beside the page."""

    relative = True


class IncludeTag(Tag):
    """Makes `IncludeNode`s."""

    name = "include"
    block = False
    node_class = IncludeNode

    def parse(self, stream: TokenStream) -> Node:
        """Read the file's name and the parameters."""
        token = stream.eat(TOKEN_TAG)
        if stream.current.kind != TOKEN_EXPRESSION:
            message = f"`{self.name}` names no file"
            raise TemplateError(message, token=token, hint=f"write `{{% {self.name} file.html %}}`", broken=True)
        markup = stream.current
        match = _NAME.match(markup.value)
        if match is None:
            message = f"not the name of an include: `{markup.value}`"
            raise TemplateError(message, token=markup, broken=True)
        file = markup._replace(value=match["file"])
        rest = markup._replace(value=match["rest"], start_index=markup.start_index + match.start("rest"))
        return self.node_class(token, file, self._parameters(rest))

    def _parameters(self, markup: Token) -> dict[str, "str | Expression"]:
        found: dict[str, str | Expression] = {}
        position = 0
        while position < len(markup.value.rstrip()):
            match = _PARAMETER.match(markup.value, position)
            if match is None:
                text = markup.value[position:].strip()
                hint = 'write parameters as `name="text"` or `name=variable`'
                place = markup._replace(start_index=markup.start_index + markup.value.index(text, position), value=text)
                self.env.error(TemplateError(f"not a parameter: `{text}`", token=place, hint=hint, broken=True))
                break
            name, double, single, variable = match.groups()
            if variable is None:
                found[name] = double.replace('\\"', '"') if double is not None else single.replace("\\'", "'")
            else:
                place = markup._replace(start_index=markup.start_index + match.start(4), value=variable)
                found[name] = self._variable(place)
            position = match.end()
        return found

    def _variable(self, token: Token) -> "str | Expression":
        """A variable's path, or a literal such as `true`."""
        try:
            return parse_primitive(self.env, TokenStream(tokenize(token.value, token)))
        except LiquidError as error:
            self.env.error(error)
            return ""


class IncludeRelativeTag(IncludeTag):
    """Makes `IncludeRelativeNode`s."""

    name = "include_relative"
    node_class = IncludeRelativeNode
