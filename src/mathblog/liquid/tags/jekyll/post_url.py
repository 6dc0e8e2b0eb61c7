"""`{% post_url 2018-10-06-vae %}`: the URL of a post (Jekyll's `tags/post_url.rb`)."""

import datetime
import posixpath
import re
from collections.abc import Iterator

from mathblog.liquid.drops.drop import metas
from mathblog.liquid.errors import TemplateError
from mathblog.liquid.problems import report_problem
from mathblog.liquid.run import LiquidRun, suggest
from mathblog.liquid.syntax.nodes import Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.tags.jekyll.link import LinkNode, target_of
from mathblog.model.document import Meta

_NAME = re.compile(r"(?P<folder>(?:.+/)?)(?P<date>\d+-\d+-\d+)-(?P<slug>.*)")
_ENDINGS = (".md", ".markdown")


class PostUrlNode(LinkNode):
    """A post's name without its ending, the folder of the post before it: the one in `_posts`, or that of `_posts`."""

    def find(self, name: str, run: LiquidRun) -> str | None:
        """The URL of the post: looked up by its likely paths first, so that the page depends on that post only."""
        match = _NAME.fullmatch(name.removeprefix("/"))
        if match is None:
            return None
        container = _container(run)
        for path in _likely_paths(match):
            document = run.view.get("document", container + path)
            if isinstance(document, Meta):
                return document.url
        posts = metas(run.view.get("posts"))[::-1]  # the oldest first, as Jekyll looks for it
        pattern = _pattern(match)
        named = next((post for post in posts if pattern.match(post.path.removeprefix(container))), None)
        return named.url if named else self._find_by_date(match, posts, run)

    def _find_by_date(self, match: re.Match[str], posts: tuple[Meta, ...], run: LiquidRun) -> str | None:
        """The first post of this day and slug, whatever its folder (`PostComparer#deprecated_equality`)."""
        day, slug = _day(match["date"]), match["slug"]
        found = [post for post in posts if post.slug == slug and post.date is not None and post.date.date() == day]
        if len(found) > 1:
            others = ", ".join(f"`{post.path}`" for post in found)
            hint = f"write the folder before it: `{_name(found[0])}`"
            problem = TemplateError(f"`{match[0]}` is the name of {others}: the first is linked", hint=hint)
            report_problem(run, problem, self.target)
        return found[0].url if found else None

    def missing(self, name: str, run: LiquidRun) -> TemplateError:
        """What to say about a post that is not there."""
        names = tuple(_name(post) for post in metas(run.view.get("posts")))
        hint = suggest(name, names) or "write the post's file name without its ending"
        return TemplateError(f"no post named `{name}`", token=self.target, hint=hint, broken=True)


def _container(run: LiquidRun) -> str:
    """The folder that all collections are in, with a slash behind it, or ''."""
    folder = run.view.get("config", "collections_dir")
    folder = folder.strip("/") if isinstance(folder, str) else ""
    return f"{folder}/" if folder else ""


def _likely_paths(match: re.Match[str]) -> Iterator[str]:
    folder, name = match["folder"], f"{match['date']}-{match['slug']}"
    for stem in dict.fromkeys((f"_posts/{folder}{name}", f"{folder}_posts/{name}")):
        for ending in _ENDINGS:
            yield stem + ending


def _pattern(match: re.Match[str]) -> re.Pattern[str]:
    """What the path of the post begins with (`PostComparer#initialize`)."""
    folder, name = re.escape(match["folder"]), re.escape(f"{match['date']}-{match['slug']}")
    return re.compile(rf"(?:_posts/{folder}|{folder}_posts/){name}\.[^.]+")


def _day(text: str) -> datetime.date | None:
    year, month, day = map(int, text.split("-"))
    try:
        return datetime.date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _name(post: Meta) -> str:
    """The name that says which post is meant."""
    above, _, below = posixpath.splitext(post.path)[0].rpartition("_posts/")
    return above + below


def read_post_url(parser: Parser, mark: Mark) -> Node:
    """The tag and its target."""
    return PostUrlNode(mark.tag, target_of(mark))
