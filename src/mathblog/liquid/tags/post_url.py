"""`{% post_url 2018-10-06-vae %}`: the URL of a post (Jekyll's `tags/post_url.rb`)."""

import posixpath

from mathblog.liquid.errors import TemplateError
from mathblog.liquid.nodes import Node
from mathblog.liquid.parser import Mark, Parser
from mathblog.liquid.run import Run, suggest
from mathblog.liquid.tags.link import LinkNode, target_of
from mathblog.model.document import Meta

_ENDINGS = (".md", ".markdown")


class PostUrlNode(LinkNode):
    """A post's name without its ending."""

    def find(self, name: str, run: Run) -> str | None:
        """The URL of the post: looked up by its likely path first, so that the page depends on that post only."""
        name = name.lstrip("/")
        for ending in _ENDINGS:
            document = run.view.get("document", f"_posts/{name}{ending}")
            if isinstance(document, Meta):
                return document.url
        return _names(run).get(name)

    def missing(self, name: str, run: Run) -> TemplateError:
        """What to say about a post that is not there."""
        hint = suggest(name, tuple(_names(run))) or "write the post's file name without its ending"
        return TemplateError(f"no post named `{name}`", token=self.target, hint=hint, broken=True)


def _names(run: Run) -> dict[str, str]:
    """The names a post answers to, and its URL: its path below `_posts` and its file name, without the ending."""
    posts = run.view.get("posts")
    found: dict[str, str] = {}
    for post in posts if isinstance(posts, tuple) else ():
        if isinstance(post, Meta):
            stem = posixpath.splitext(post.path)[0]
            below = stem.partition("_posts/")[2] or stem
            found[below] = post.url
            found.setdefault(posixpath.basename(stem), post.url)
    return found


def read_post_url(parser: Parser, mark: Mark) -> Node:
    """The tag and its target."""
    return PostUrlNode(mark.tag, target_of(mark))
