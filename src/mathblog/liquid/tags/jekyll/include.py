"""`{% include file.html name=value %}`, `{% include_relative file.md %}`, `{% include_cached file.html %}`.

The rules are those of Jekyll's `tags/include.rb` and of jekyll-include-cache, which renders a file once for each set of
parameters.
"""

import posixpath
import re
from collections.abc import Mapping
from functools import partial

from mathblog.core.diagnostic import in_file
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText
from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.errors import AbsentFileError, TemplateError
from mathblog.liquid.expressions.outputs import read_output
from mathblog.liquid.expressions.values import Expression, Literal, read_value
from mathblog.liquid.partials import render_partial
from mathblog.liquid.problems import report_problem
from mathblog.liquid.syntax.nodes import Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token
from mathblog.liquid.tags.text import is_code, write_code
from mathblog.liquid.text import to_text
from mathblog.model.facts import kinds

_NAME = lazy_pattern(r"(?P<file>(?:\{\{[^}\n]*\}\}|[^\s{}])+)(?P<rest>(?s:.*))")
_VARIABLE = lazy_pattern(r"\{\{-?\s*(.*?)\s*-?\}\}")
_PARAMETER = lazy_pattern(
    r"\s*([\w-]+)\s*=\s*(?:\"([^\"\\]*(?:\\.[^\"\\]*)*)\"|'([^'\\]*(?:\\.[^'\\]*)*)'|([\w.\[\]-]+))\s*", re.DOTALL
)
_ALLOWED = lazy_pattern(r"[^\W][\w/.\-()+~#@ ]*|[\w/.\-()+~#@]+")


class IncludeNode(Node):
    """A partial with its parameters."""

    relative = False

    def __init__(self, token: Token, file: Token, parameters: Mapping[str, Expression]) -> None:
        super().__init__(token)
        self._file = file
        self._parameters = parameters

    def render(self, context: Context, output: Output) -> None:
        """Find the file and render it where the tag stands."""
        context.place = self._file
        source = self._find(with_values(self._file.value, context), context)
        if source is None:
            write_code(self.token, output)
            return
        values = {name: value.evaluate(context) for name, value in self._parameters.items()}
        with output.partial(self):
            self._render(context, source, values, output)

    def _render(self, context: Context, source: SourceText, values: Mapping[str, object], output: Output) -> None:
        render_partial(context, source, self._file, values, output)

    def _find(self, name: str, context: Context) -> SourceText | None:
        name = name.removeprefix("/")  # Jekyll joins it to the folder, and two slashes are one
        if is_code(self.token) and not _ALLOWED.fullmatch(name):
            return None
        if ".." in name.split("/") or name.startswith("/") or not _ALLOWED.fullmatch(name):
            folder = "the folder of the page" if self.relative else "`_includes`"
            hint = f"write the path from {folder} on: without `..`, blanks and quotes"
            problem = TemplateError(f"not the name of an include: `{name}`", token=self._file, hint=hint, broken=True)
            report_problem(context.run, problem, self._file)
            return None
        key = name
        if self.relative:
            page = context.run.document.source.path  # also within includes (`IncludeRelativeTag#page_path`)
            key = posixpath.normpath(posixpath.join(posixpath.dirname(page), name))
        source = context.run.view.get(kinds.FILE if self.relative else kinds.INCLUDE, key)
        if source is not None:
            return source
        if not is_code(self.token):
            self._report_missing(name, context)
        return None

    def _report_missing(self, name: str, context: Context) -> None:
        theme = "" if self.relative else context.run.view[kinds.ABSENT_THEME]
        if theme:  # one warning for all of them
            message, hint = (
                f"the theme `{theme}` is not here: its includes are empty",
                "`mathblog theme fetch` fetches it",
            )
            context.run.diagnostics[in_file("_config.yml", message, code="config", hint=hint)] = None
            return
        folder = "the page's folder" if self.relative else "`_includes`"
        hint = context.run.suggest(name, partial(self._names, context)) or f"there is no such file in {folder}"
        problem = AbsentFileError(f"no include named `{name}`", token=self._file, hint=hint, broken=True)
        report_problem(context.run, problem, self._file)

    def _names(self, context: Context) -> tuple[str, ...]:
        return () if self.relative else context.run.view[kinds.INCLUDES]


class IncludeRelativeNode(IncludeNode):
    """A file beside the page."""

    relative = True


class IncludeCachedNode(IncludeNode):
    """A partial that is rendered once on a page for each set of parameters."""

    def _render(self, context: Context, source: SourceText, values: Mapping[str, object], output: Output) -> None:
        known = context.register("include_cached")
        key = (source.path, *((name, to_text(value)) for name, value in values.items()))
        if key not in known:
            inner = Output(context.limits.characters)
            render_partial(context, source, self._file, values, inner)
            known[key] = inner.getvalue()
        output.write(str(known[key]))


_NODES = {"include": IncludeNode, "include_relative": IncludeRelativeNode, "include_cached": IncludeCachedNode}


def read_include(parser: Parser, mark: Mark) -> Node:
    """The file's name and the parameters."""
    word, markup = mark.tag.value, mark.markup
    if not markup.value:
        message = f"`{word}` names no file"
        raise TemplateError(message, token=mark.tag, hint=f"write `{{% {word} file.html %}}`", broken=True)
    match = _NAME.match(markup.value)
    if match is None:
        message = f"not the name of an include: `{markup.value}`"
        raise TemplateError(message, token=markup, broken=True)
    parameters = _parameters(parser, markup.part(match.start("rest"), match["rest"]))
    return _NODES[word](mark.tag, markup._replace(value=match["file"]), parameters)


def _parameters(parser: Parser, markup: Token) -> dict[str, Expression]:
    found: dict[str, Expression] = {}
    position = 0
    while position < len(markup.value.rstrip()):
        match = _PARAMETER.match(markup.value, position)
        if match is None:
            text = markup.value[position:].strip()
            hint = 'write parameters as `name="text"` or `name=variable`'
            place = markup.part(markup.value.index(text, position), text)
            parser.problems.append(TemplateError(f"not a parameter: `{text}`", token=place, hint=hint, broken=True))
            break
        name, double, single, variable = match.groups()
        if variable is None:
            text = double.replace('\\"', '"') if double is not None else single.replace("\\'", "'")
            found[name] = Literal(repr(text), text)
        else:
            found[name] = read_value(variable)
        position = match.end()
    return found


def with_values(text: str, context: Context) -> str:
    """A tag's text with its `{{ variables }}` replaced."""
    return _VARIABLE.sub(lambda match: to_text(read_output(match[1]).expression.evaluate(context)), text)
