"""One document's run through Liquid: what it may ask, what went wrong, how much it has done."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import TypeVar, cast

from mathblog.core.dataclass import dataclass, field
from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.source import SourceText, Span
from mathblog.core.stops import Stop
from mathblog.extend.extensions import Extensions
from mathblog.liquid.errors import LimitError
from mathblog.liquid.services import LiquidSetup, Services
from mathblog.model.document import Document
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.options import LiquidOptions

CODE = "liquid"
_CLOSE = 0.75  # how alike two names must be, of 1
_MOST_SUGGESTED = 20  # wrong names of a page with a hint each: the search compares a name with all there are
_Made = TypeVar("_Made")
DEEPEST = 40  # includes within includes


@dataclass
class LiquidRun:
    """The state of one document's rendering; `partials` are the includes being rendered, outermost first.

    `paging` are the data of the page of a list that the document is rendered for. `names_page` says whether a problem in
    an include names the page: a layout's is the same on all pages, and reported once.
    """

    document: Document
    view: FactView
    setup: LiquidSetup
    paging: Mapping[str, object] | None = None
    names_page: bool = True
    diagnostics: dict[Diagnostic, None] = field(default_factory=dict)
    partials: list[SourceText] = field(default_factory=list)
    made: dict[str, object] = field(default_factory=dict)
    suggested: int = 0
    steps: int = 0
    stopped: bool = False
    options: LiquidOptions = field(init=False)
    services: Services = field(init=False)
    extensions: Extensions = field(init=False)
    most_steps: int = field(init=False)

    def __post_init__(self) -> None:
        """Keep at hand what each step asks for."""
        self.options, self.services, self.extensions = self.setup.options, self.setup.services, self.setup.extensions
        self.most_steps = self.options.limits.steps

    @cached_property
    def baseurl(self) -> str:
        """The site's base URL, from the site's options."""
        return self.view[kinds.SITE].baseurl

    @cached_property
    def url(self) -> str:
        """The site's address, from the site's options."""
        return self.view[kinds.SITE].url

    def once(self, name: str, make: Callable[[], _Made]) -> _Made:
        """A value that is made when it is first asked for, under a name of its own."""
        if name not in self.made:
            self.made[name] = make()
        return cast("_Made", self.made[name])

    def suggest(self, word: str, known: Callable[[], tuple[str, ...]]) -> str:
        """`suggest`, for names of which a site may have thousands: some suggestions are enough for a page."""
        self.suggested += 1
        return suggest(word, known()) if self.suggested <= _MOST_SUGGESTED else ""

    def step(self, count: int = 1) -> None:
        """Count work done, and stop a document that does not end."""
        self.steps += count
        if self.steps > self.most_steps:
            message = f"the page takes more than {self.most_steps // 1_000_000} million steps"
            raise LimitError(message)

    def report(self, source: SourceText, span: Span, message: str, *, code: str | Stop = CODE, hint: str = "") -> None:
        """Note a problem, once for each place; one in an include says which page includes it."""
        if self.names_page and source.path != self.document.source.path:
            message = f"{message} (included by `{self.document.source.path}`)"
        self.diagnostics[at(source, span, message, code=code, hint=hint)] = None

    def fail(self, source: SourceText, span: Span, message: str, hint: str = "") -> None:
        """Note an error: the document cannot become a page."""
        self.report(source, span, message, code=Stop.LIQUID, hint=hint)


def suggest(word: str, known: object) -> str:
    """A hint that names the known word closest to `word`, '' where none is close. Equal endings count for nothing."""
    words = [name for name in known if isinstance(name, str)] if isinstance(known, tuple) else []
    stem, dot, ending = word.rpartition(".")
    tail = dot + ending if dot else ""
    stems = {name.removesuffix(tail): name for name in words if tail and name.endswith(tail)}
    close = get_close_matches(stem if dot else word, stems, 1, _CLOSE)
    alike = set(stems.values())
    found = [stems[name] for name in close] or get_close_matches(
        word, [name for name in words if name not in alike], 1, _CLOSE
    )
    return f"did you mean `{found[0]}`?" if found else ""
