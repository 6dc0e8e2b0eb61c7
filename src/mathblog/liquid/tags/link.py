"""`{% link _posts/2018-10-06-vae.md %}`: the URL of a source file (Jekyll's `tags/link.rb`)."""

import re
from typing import TextIO

from liquid.ast import Node
from liquid.builtin.expressions import FilteredExpression, tokenize
from liquid.context import RenderContext
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from mathblog.liquid.environment import Context, TemplateError
from mathblog.liquid.filters.urls import relative_url
from mathblog.liquid.problems import report_problem
from mathblog.liquid.run import Run, suggest
from mathblog.liquid.tags.located import placed
from mathblog.liquid.tags.text import is_code, write_code
from mathblog.liquid.text import to_text
from mathblog.model.document import Meta

_VARIABLE = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}")


class LinkNode(Node):
    """A name that stands for a URL."""

    def __init__(self, token: Token, target: Token) -> None:
        super().__init__(token)
        self.blank = False
        self.target = target

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the URL, with the site's base URL before it."""
        if not isinstance(context, Context):
            return 0
        url = self.find(self._name(context), context.run)
        if url is not None:
            with placed(buffer, self.token):
                return buffer.write(relative_url(url, context=context))
        if not is_code(self.token):
            report_problem(context.run, self.missing(self._name(context), context.run), self.target)
        return write_code(self.token, buffer)

    def find(self, name: str, run: Run) -> str | None:
        """The URL of a document or static file, None where there is none."""
        path = name.lstrip("/")
        document = run.view.get("document", path) or _below_collections(path, run)
        if isinstance(document, Meta):
            return document.url
        static = run.view.get("static")
        return f"/{path}" if isinstance(static, tuple) and path in static else None

    def missing(self, name: str, run: Run) -> TemplateError:
        """What to say about a name that stands for nothing."""
        hint = suggest(name.lstrip("/"), known_paths(run)) or "write its path from the site's folder"
        return TemplateError(f"no page, post or file named `{name}`", token=self.target, hint=hint, broken=True)

    def _name(self, context: Context) -> str:
        def value(match: re.Match[str]) -> str:
            tokens = TokenStream(tokenize(match[1], self.target))
            return to_text(FilteredExpression.parse(context.env, tokens).evaluate(context))

        return _VARIABLE.sub(value, self.target.value).strip()


def _below_collections(path: str, run: Run) -> object:
    """The document that Jekyll knows by this path, which starts at `collections_dir` where there is one."""
    container = run.view.get("config", "collections_dir")
    return (
        run.view.get("document", f"{container.strip('/')}/{path}") if isinstance(container, str) and container else None
    )


def known_paths(run: Run) -> tuple[str, ...]:
    """The source paths of all posts, pages and static files."""
    paths: list[str] = []
    for key in ("posts", "pages"):
        metas = run.view.get(key)
        paths += [meta.path for meta in metas if isinstance(meta, Meta)] if isinstance(metas, tuple) else []
    static = run.view.get("static")
    return (*paths, *(path for path in static if isinstance(path, str))) if isinstance(static, tuple) else tuple(paths)


class LinkTag(Tag):
    """Makes `LinkNode`s."""

    name = "link"
    block = False
    node_class: type[LinkNode] = LinkNode

    def parse(self, stream: TokenStream) -> Node:
        """Read the tag and its target."""
        token = stream.eat(TOKEN_TAG)
        if stream.current.kind != TOKEN_EXPRESSION:
            message = f"`{self.name}` names no file"
            raise TemplateError(message, token=token, broken=True)
        return self.node_class(token, stream.current)
