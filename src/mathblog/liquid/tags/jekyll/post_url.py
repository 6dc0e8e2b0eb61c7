"""`{% post_url 2018-10-06-vae %}`: the URL of a post (Jekyll's `tags/post_url.rb`)."""

import datetime
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.errors import TemplateError
from mathblog.liquid.problems import report_problem
from mathblog.liquid.run import LiquidRun
from mathblog.liquid.syntax.nodes import Node
from mathblog.liquid.syntax.parser import Mark, Parser
from mathblog.liquid.tags.jekyll.link import LinkNode, collections_folder, target_of
from mathblog.model.document import Meta
from mathblog.model.facts import kinds

_NAME = lazy_pattern(r"(?P<folder>(?:.+/)?)(?P<date>\d+-\d+-\d+)-(?P<slug>.*)")
_ENDINGS = (".md", ".markdown")
_DOT = lazy_pattern(r"\.(?=[^.])")


class PostUrlNode(LinkNode):
    """A post's name without its ending, the folder of the post before it: the one in `_posts`, or that of `_posts`."""

    def find(self, name: str, run: LiquidRun) -> str | None:
        """The URL of the post: looked up by its likely paths first, so that the page depends on that post only."""
        match = _NAME.fullmatch(name.removeprefix("/"))
        if match is None:
            return None
        container = collections_folder(run)
        for path in _likely_paths(match):
            document = run.view.get(kinds.DOCUMENT, container + path)
            if document is not None:
                return document.url
        posts = run.once("posts by name", lambda: _index(run.view[kinds.POSTS], container))
        stems = {path.rpartition(".")[0] for path in _likely_paths(match)}
        known = (posts.by_stem[stem] for stem in stems if stem in posts.by_stem)
        named = min(known, key=itemgetter(0), default=None)
        return named[1].url if named else self._find_by_date(match, posts, run)

    def _find_by_date(self, match: re.Match[str], posts: "_Posts", run: LiquidRun) -> str | None:
        """The first post of this day and slug, whatever its folder (`PostComparer#deprecated_equality`)."""
        try:
            day = datetime.date(*map(int, match["date"].split("-")))
        except (ValueError, OverflowError):
            return None
        found = posts.by_day.get((day, match["slug"]), [])
        if len(found) > 1:
            others = ", ".join(f"`{post.path}`" for post in found)
            hint = f"write the folder before it: `{_name(found[0])}`"
            problem = TemplateError(f"`{match[0]}` is the name of {others}: the first is linked", hint=hint)
            report_problem(run, problem, self.target)
        return found[0].url if found else None

    def missing(self, name: str, run: LiquidRun) -> TemplateError:
        """Return the problem of a post that is not there."""
        hint = (
            run.suggest(name, lambda: tuple(_name(post) for post in run.view[kinds.POSTS]))
            or "write the post's file name without its ending"
        )
        return TemplateError(f"no post named `{name}`", token=self.target, hint=hint, broken=True)


def _likely_paths(match: re.Match[str]) -> Iterator[str]:
    folder, name = match["folder"], f"{match['date']}-{match['slug']}"
    for stem in dict.fromkeys((f"_posts/{folder}{name}", f"{folder}_posts/{name}")):
        for ending in _ENDINGS:
            yield stem + ending


class _Posts(NamedTuple):
    """The posts of a site: by what their paths begin with, up to some dot, the oldest of each; and by day and slug.

    Jekyll looks for the oldest post whose path begins with a name and a dot (`PostComparer#initialize`).
    """

    by_stem: Mapping[str, tuple[int, Meta]]
    by_day: Mapping[tuple[datetime.date, str], Sequence[Meta]]


def _index(posts: Sequence[Meta], container: str) -> _Posts:
    by_stem: dict[str, tuple[int, Meta]] = {}
    by_day: dict[tuple[datetime.date, str], list[Meta]] = {}
    for number, post in enumerate(reversed(posts)):
        path = post.path.removeprefix(container)
        for dot in _DOT.finditer(path):
            by_stem.setdefault(path[: dot.start()], (number, post))
        if post.date is not None:
            by_day.setdefault((post.date.date(), post.slug), []).append(post)
    return _Posts(by_stem, by_day)


def _name(post: Meta) -> str:
    """The name that says which post is meant."""
    above, _, below = posixpath.splitext(post.path)[0].rpartition("_posts/")
    return above + below


def read_post_url(parser: Parser, mark: Mark) -> Node:
    """The tag and its target."""
    return PostUrlNode(mark.tag, target_of(mark))
