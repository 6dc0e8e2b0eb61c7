"""The registry of a plugin, and the values that its functions are given: all that a plugin sees of mathblog. `mathblog.api` has the names.

Nothing here leads to the engine: a function is given plain values, as YAML has them, and answers with one.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from mathblog.core.dataclass import dataclass, field
from mathblog.core.patterns import lazy_pattern
from mathblog.model.values import Value

_NAME = lazy_pattern(r"[A-Za-z_][\w-]*")
_GRAMMAR = frozenset({"raw", "comment"})
_LANGUAGE = lazy_pattern(r"[^\s{?`~]+")


class Html(str):
    """A text that is HTML already: a theme prints it as it is, and escapes all others."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class TagCall:
    """One use of a tag: `{% video abc wide=true %}`.

    `text` is what follows the name, as it is written. `arguments` and `options` are the words of it: one between quotes is a
    text, one that names a variable of the template has its value, any other is the text itself. `body` is what stands between
    the tag and its end, rendered; '' for a tag that stands alone. `page` has the front matter of the page. `value` gives the
    value of an expression of Liquid there: `call.value("site.data.events")`. `markdown` gives a text in Markdown as HTML,
    with its formulas: `call.markdown(call.body)`. `read` gives the text of a file of the site, by its path below the site's
    folder: `call.read("data/points.csv")`. The page is made again when that file changes.
    """

    name: str
    text: str
    arguments: tuple[Value, ...]
    options: Mapping[str, Value]
    body: str
    page: Mapping[str, Value]
    value: Callable[[str], Value]
    markdown: Callable[[str], str]
    read: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Code:
    """A fenced block of code: its language, what follows the language, and the code."""

    language: str
    info: str
    text: str


@dataclass(frozen=True, slots=True)
class Container:
    """A block between lines of colons: `::: aside wide`, or `::: {.aside wide}`, has the name `aside` and the info `wide`."""

    name: str
    info: str


@dataclass(frozen=True, slots=True)
class Match:
    """The match of a pattern in a text: all of it, its groups, and those with names; one that took no part is ''."""

    text: str
    groups: tuple[str, ...]
    named: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SiteData:
    """The data that generators make pages of: `data` is what `_data` holds, `posts` and `pages` the front matter of documents.

    Posts come newest first. Each mapping has `title`, `url`, `path`, `date`, `tags` and `categories`, too. `config` gives the
    value of a key of the configuration, `read` the text of a file of the site, by its path below the site's folder.
    """

    data: Mapping[str, Value]
    posts: Sequence[Mapping[str, Value]]
    pages: Sequence[Mapping[str, Value]]
    config: Callable[[str], Value]
    read: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a generator makes: its address (`/events/`), its title, its text in Markdown, which may hold Liquid and formulas.

    `data` is what front matter would say.
    """

    url: str
    title: str
    text: str = ""
    layout: str = "page"
    data: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Text:
    """A document as its author wrote it: its path, the whole text, and where the body begins in it."""

    path: str
    text: str
    body_start: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding of a check in a text, from one offset to another, with what to do about it."""

    start: int
    end: int
    message: str
    hint: str = ""


TagFunction: TypeAlias = Callable[[TagCall], str]
FilterFunction: TypeAlias = Callable[..., Value]
FenceFunction: TypeAlias = Callable[[Code], str]
ContainerFunction: TypeAlias = Callable[[Container], tuple[str, str]]
RuleFunction: TypeAlias = Callable[[Match], str | tuple[str, str]]
GeneratorFunction: TypeAlias = Callable[[SiteData], Iterable[Page]]
CheckFunction: TypeAlias = Callable[[Text], Iterable[Problem]]


class Registered(NamedTuple):
    """One thing that a plugin brings. `is_block` says of a tag that it has an end, of a rule that it is asked at lines."""

    kind: str  # tag, filter, fence, container, rule, theme_filter, generator or check
    name: str
    function: Callable[..., Any]
    is_block: bool = False
    pattern: re.Pattern[str] | None = None  # of a rule


@dataclass(frozen=True, slots=True)
class Registry:
    """The list that `setup(registry)` of a plugin fills. A name that is built in already is taken over."""

    registered: list[Registered] = field(default_factory=list)

    def tag(self, name: str, function: TagFunction, *, block: bool = False) -> None:
        """Add a tag of Liquid, `{% name … %}`; with `block` it has an end, `{% endname %}`.

        The function's text stands in the place of the tag, and Markdown reads it.

        Raises:
            TypeError, ValueError: where this is no name, or no function; so do all others here.

        """
        self._add(Registered("tag", name, function, block))

    def filter(self, name: str, function: FilterFunction) -> None:
        """Add a filter of Liquid: a function of a value and the arguments of the template."""
        self._add(Registered("filter", name, function))

    def fence(self, language: str, function: FenceFunction) -> None:
        """Add what makes HTML of fenced blocks of code in a language, instead of colours."""
        self._add(Registered("fence", language, function))

    def container(self, name: str, function: ContainerFunction) -> None:
        """Add a container of Markdown, `::: name` up to `:::`. The function gives the HTML before and after what it holds."""
        self._add(Registered("container", name, function))

    def rule(self, name: str, pattern: str, function: RuleFunction, *, line: bool = False) -> None:
        """Add a rule of Markdown: where the pattern matches a text, the function's HTML stands.

        Where it gives a pair, the first group of the pattern is Markdown, and stands between the two. With `line` the
        pattern is asked of whole lines, as a block of its own. A match begins with a sign of punctuation, but for `$` and the
        backslash, which begin formulas.
        """
        self._add(Registered("rule", name, function, line, re.compile(pattern)))

    def theme_filter(self, name: str, function: FilterFunction) -> None:
        """Add a filter of themes in Jinja: a function of a value and the arguments of the template."""
        self._add(Registered("theme_filter", name, function))

    def generator(self, name: str, function: GeneratorFunction) -> None:
        """Add a generator: a function of the site's data that gives pages. Where the site has a page itself, that one counts."""
        self._add(Registered("generator", name, function))

    def check(self, name: str, function: CheckFunction) -> None:
        """Add a check of every build: a function of a text that gives problems, which are warnings at their places."""
        self._add(Registered("check", name, function))

    def _add(self, item: Registered) -> None:
        pattern = _LANGUAGE if item.kind == "fence" else _NAME
        if not isinstance(item.name, str) or not pattern.fullmatch(item.name):
            message = f"not a name for a {item.kind.replace('_', ' ')}: `{item.name}`"
            raise ValueError(message)
        if item.kind == "tag" and (item.name in _GRAMMAR or item.name.startswith("end")):
            message = f"`{item.name}` cannot be the name of a tag: it belongs to Liquid's grammar"
            raise ValueError(message)
        if not callable(item.function):
            message = f"`{item.name}` is given `{type(item.function).__name__}`, not a function"
            raise TypeError(message)
        self.registered.append(item)
