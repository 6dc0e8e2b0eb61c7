"""The context of a running template."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Protocol

from mathblog.extend.declarations import Needs, load
from mathblog.liquid.errors import LimitError, LiquidError, TemplateError
from mathblog.liquid.problems import report_problem
from mathblog.liquid.run import LiquidRun, suggest
from mathblog.liquid.syntax.token import Token

_DEEPEST = 150  # loops and includes within each other
_MISSING = object()
_COPYING = frozenset(("append", "prepend", "size"))  # filters that do no more with a text than copy it, which is quick


class Wanted(Protocol):
    """A filter as an expression names it; `start` is where its name stands in the expression."""

    @property
    def name(self) -> str:
        """Return the filter's name."""

    @property
    def start(self) -> int:
        """Return where the name begins."""


class Context:
    """The context of a running template: the names it made, those of the loops and includes it is in, and the site's.

    `extensions` has the filters that there are. `registers` is where tags keep what they must remember, `place` the expression that is being evaluated. There is no
    clock: `now` is the time of the build.
    """

    def __init__(self, run: LiquidRun, variables: Mapping[str, object]) -> None:
        self.run = run
        self.extensions = run.extensions
        self.limits = run.options.limits
        self.strict_variables = run.options.strict_variables
        self.registers: dict[str, dict[object, object]] = {}
        self.loops: list[object] = []
        self.place: Token | None = None
        self._assigned: dict[str, object] = {}
        self._counters: dict[str, int] = {}
        self._scopes: list[Mapping[str, object]] = [self._counters, variables, self._assigned]
        self._filters: dict[str, Callable[..., object]] = {}
        self._sizes: dict[str, int] = {}
        self._size = 0

    def find(self, name: str) -> object:
        """The value of a name, the innermost first; None where it has none."""
        for scope in reversed(self._scopes):
            value = scope.get(name, _MISSING)
            if value is not _MISSING:
                return value
        return None

    def knows(self, name: str) -> bool:
        """Whether a name has a value here, `nil` or not."""
        return any(name in scope for scope in self._scopes)

    def assign(self, name: str, value: object) -> None:
        """Give a name a value, for the rest of the page.

        Raises:
            LimitError: when all such values together are too large.

        """
        size = len(value) if isinstance(value, str | list) else 1
        self._size += size - self._sizes.get(name, 0)
        self._sizes[name] = size
        self._assigned[name] = value
        most = _MOST_ASSIGNED * self.limits.characters
        if self._size > most:
            message = f"the page's variables hold more than {most // 1_000_000} million characters"
            raise LimitError(message)

    def count(self, name: str, by: int) -> int:
        """Add to a counter, and what it was before (Liquid's counters have names of their own)."""
        before = self._counters.get(name, 0)
        self._counters[name] = before + by
        return before

    def register(self, name: str) -> dict[object, object]:
        """Return the register of a kind of tag: what it must remember."""
        return self.registers.setdefault(name, {})

    @contextmanager
    def extend(self, names: Mapping[str, object]) -> Iterator[None]:
        """Names that have a value meanwhile. The mapping may be changed as long."""
        if len(self._scopes) > _DEEPEST:
            message = "loops and includes are nested too deeply"
            raise LimitError(message)
        self._scopes.append(names)
        try:
            yield
        finally:
            self._scopes.pop()

    def filter(self, wanted: Wanted) -> Callable[..., object]:
        """The filter of that name; one that does not exist leaves the value as it is, with a warning."""
        found = self._filters.get(wanted.name)
        if found is None:
            known = self.extensions.filters.get(wanted.name)
            if known is None:
                self._report_filter(wanted)
                return lambda value, *_, **__: value
            function: Callable[..., object] = load(known.function)
            if known.needs is Needs.CONTEXT:
                function = partial(function, context=self)
            elif known.needs is Needs.LIMITS:
                function = partial(function, limits=self.limits)
            found = self._filters[wanted.name] = function
        return found

    def charge(self, value: object, name: str) -> None:
        """Count what the filter of that name will have to do with a value."""
        if isinstance(value, str):
            self.run.step(2 + (len(value) >> (10 if name in _COPYING else 5)))
        else:
            self.run.step(2 + len(value) if isinstance(value, list) else 2)

    def report(self, error: Exception, token: Token) -> None:
        """Note a problem, at the token unless it knows better."""
        report_problem(self.run, error, token)

    def report_undefined(self, path: str) -> None:
        """Refuse a variable that has no value, in a site that wants it so (`liquid.strict_variables`)."""
        message = f"undefined variable `{path}`"
        raise TemplateError(message, token=self.place, broken=True)

    def spot(self, wanted: Wanted) -> Token | None:
        """Where a filter stands in the expression that is being evaluated."""
        if self.place is None or not self.place.value.startswith(wanted.name, wanted.start):
            return self.place
        return self.place.part(wanted.start, wanted.name)

    def fault(self, wanted: Wanted, error: Exception) -> LiquidError:
        """Return Python's error about a filter's arguments as a problem at the filter."""
        if isinstance(error, TypeError) and "positional argument" in str(error):
            return LiquidError(f"`{wanted.name}` takes other arguments", token=self.spot(wanted))
        return LiquidError(f"`{wanted.name}` cannot use this value: {error}", token=self.spot(wanted))

    def _report_filter(self, wanted: Wanted) -> None:
        hint = suggest(wanted.name, tuple(self.extensions.filters))
        message = f"unknown filter `{wanted.name}`"
        broken = self.run.options.strict_filters
        report_problem(self.run, TemplateError(message, token=self.spot(wanted), hint=hint, broken=broken), None)


_MOST_ASSIGNED = 2  # texts of the greatest length
