"""`{% link _posts/2018-10-06-vae.md %}`: the URL of a source file (Jekyll's `tags/link.rb`)."""

from mathblog.liquid.buffer import Output
from mathblog.liquid.context import Context
from mathblog.liquid.errors import TemplateError
from mathblog.liquid.filters.urls import relative_url
from mathblog.liquid.problems import report_problem
from mathblog.liquid.run import LiquidRun
from mathblog.liquid.syntax.nodes import Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.syntax.token import Token
from mathblog.liquid.tags.jekyll.include import with_values
from mathblog.liquid.tags.text import is_code, write_code
from mathblog.liquid.text import to_text
from mathblog.model.facts import kinds


class LinkNode(Node):
    """A name that stands for a URL."""

    def __init__(self, token: Token, target: Token) -> None:
        super().__init__(token)
        self.target = target

    def render(self, context: Context, output: Output) -> None:
        """Write the URL, with the site's base URL before it."""
        context.place = self.target
        name = with_values(self.target.value, context).strip()
        url = self.find(name, context.run)
        if url is not None:
            output.write_at(to_text(relative_url(url, context=context)), self)
            return
        if not is_code(self.token):
            report_problem(context.run, self.missing(name, context.run), self.target)
        write_code(self.token, output)

    def find(self, name: str, run: LiquidRun) -> str | None:
        """The URL of a document or static file, None where there is none."""
        path = name.lstrip("/")
        document = run.view.get(kinds.DOCUMENT, path)
        if document is None and (folder := collections_folder(run)):
            document = run.view.get(kinds.DOCUMENT, folder + path)
        if document is not None:
            return document.url
        static = run.view[kinds.STATIC]
        known = run.once("static", lambda: frozenset(static))
        return f"/{path}" if path in known else None

    def missing(self, name: str, run: LiquidRun) -> TemplateError:
        """Return the problem of a name that stands for nothing."""
        hint = run.suggest(name.lstrip("/"), lambda: known_paths(run)) or "write its path from the site's folder"
        return TemplateError(f"no page, post or file named `{name}`", token=self.target, hint=hint, broken=True)


def collections_folder(run: LiquidRun) -> str:
    """The folder that all collections are in, with a slash behind it, or ''."""
    folder = run.view.get(kinds.CONFIG, "collections_dir")
    folder = folder.strip("/") if isinstance(folder, str) else ""
    return f"{folder}/" if folder else ""


def known_paths(run: LiquidRun) -> tuple[str, ...]:
    """The source paths of all posts, pages and static files."""
    documents = (*run.view[kinds.POSTS], *run.view[kinds.PAGES])
    return (*(meta.path for meta in documents), *run.view[kinds.STATIC])


def target_of(mark: Mark) -> Token:
    """Return the target that a tag names."""
    if not mark.markup.value:
        message = f"`{mark.tag.value}` names no file"
        raise TemplateError(message, token=mark.tag, broken=True)
    return mark.markup


def read_link(parser: Parser, mark: Mark) -> Node:
    """The tag and its target."""
    return LinkNode(mark.tag, target_of(mark))
