"""The Liquid library, set up as Jekyll sets up its own: tags, filters, limits, and laxness that says something."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from liquid import Environment, Mode
from liquid.context import RenderContext
from liquid.exceptions import LiquidError
from liquid.template import BoundTemplate
from liquid.token import Token
from liquid.utils import ReadOnlyChainMap

from mathblog.liquid.buffer import LARGEST
from mathblog.liquid.lax import relax
from mathblog.liquid.pieces import Zone
from mathblog.liquid.run import LimitError, Run
from mathblog.liquid.template import TemplateText, without_zones
from mathblog.liquid.tokens import tokenize_template

_NOT_JEKYLLS = ("doc", "liquid", "render", "#")


class TemplateError(LiquidError):
    """A problem with a severity of its own: `broken` says that the document cannot become a page."""

    def __init__(self, message: str, *, token: Token | None, hint: str = "", broken: bool = False) -> None:
        super().__init__(message, token=token)
        self.hint = hint
        self.broken = broken


class LiquidEnvironment(Environment):
    """Made once and used for all documents: it keeps nothing of a document."""

    block_nesting_limit = 60
    context_depth_limit = 150
    local_namespace_limit = 50_000_000
    output_stream_limit = LARGEST
    string_first_and_last = True

    def __init__(self) -> None:
        self.problems: list[LiquidError] = []
        super().__init__(tolerance=Mode.LAX, strict_filters=False)

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        """The library's tags and filters, less what Jekyll's Liquid does not have, and Jekyll's."""
        from mathblog.liquid.filters.register import register_filters
        from mathblog.liquid.tags.register import register_tags

        super().setup_tags_and_filters(extra=extra)
        for name in _NOT_JEKYLLS:
            self.tags.pop(name, None)
        register_tags(self)
        register_filters(self)

    def tokenizer(self) -> Callable[[str], Iterator[Token]]:
        """Our own tokens, each broken expression as Liquid 4 would have understood it."""
        return self._tokens

    def _tokens(self, source: str) -> Iterator[Token]:
        tag = ""
        for token in tokenize_template(source):
            if token.kind == "expression":
                yield relax(self, tag, token)
            else:
                tag = token.value if token.kind == "tag" else token.kind
                yield token

    def error(self, exc: type[LiquidError] | LiquidError, msg: str | None = None, token: Token | None = None) -> None:
        """Note a problem and go on, so that all of a text are found in one run."""
        problem = exc if isinstance(exc, LiquidError) else exc(msg, token=token)
        problem.token = problem.token or token
        self.problems.append(problem)


@lru_cache(maxsize=1)
def liquid_environment() -> LiquidEnvironment:
    """The environment; it depends on nothing."""
    return LiquidEnvironment()


_MOST_ROUNDS = 4


def parse_template(environment: LiquidEnvironment, template: TemplateText) -> tuple[BoundTemplate, list[LiquidError]]:
    """A template, parsed, and its problems. Code that is not valid Liquid after all stays as it is, without one."""
    for attempt in range(_MOST_ROUNDS):
        environment.problems = []
        try:
            parsed = environment.from_string(template)
        except (LiquidError, RecursionError) as error:
            parsed = BoundTemplate(environment, [])
            environment.error(error if isinstance(error, LiquidError) else LimitError("nested too deeply", token=None))
        problems, environment.problems = environment.problems, []
        spoiled = _zones_of(template, problems)
        if not spoiled:
            break
        if attempt == _MOST_ROUNDS - 2:
            spoiled = {piece.zone for piece in template.pieces if piece.zone and piece.zone.code}
        template = without_zones(template, spoiled)
    return parsed, problems


def _zones_of(template: TemplateText, problems: list[LiquidError]) -> set[Zone]:
    places = [problem.token.start_index for problem in problems if problem.token]
    return {
        piece.zone
        for piece in template.pieces
        if piece.zone and piece.optional and any(piece.start <= place < piece.end for place in places)
    }


class Context(RenderContext):
    """What a running template sees. It has no clock: Liquid's own `now` and `today` are left out."""

    def __init__(self, template: BoundTemplate, run: Run, variables: Mapping[str, object]) -> None:
        super().__init__(template, globals=variables)
        self.run = run
        self.scope = ReadOnlyChainMap(self.locals, variables, self.counters)

    def knows(self, name: str) -> bool:
        """Whether a variable has a value here, `nil` or not."""
        try:
            self.scope[name]
        except KeyError:
            return False
        return True

    def filter(self, name: str, token: Token | None) -> Callable[..., object]:
        """The filter of that name; one that does not exist leaves the value as it is, with a warning."""
        from mathblog.liquid.filters.register import adapt

        if name not in self.env.filters:
            self._report_filter(name, token)
        return adapt(name, super().filter(name, token))

    def _report_filter(self, name: str, token: Token | None) -> None:
        from mathblog.liquid.problems import report_problem
        from mathblog.liquid.run import suggest

        hint = suggest(name, tuple(self.env.filters))
        strict = self.run.options.strict_filters
        report_problem(self.run, TemplateError(f"unknown filter `{name}`", token=token, hint=hint, broken=strict), None)

    def raise_for_loop_limit(self, length: int = 1) -> None:
        """Count the rounds of a loop before it runs."""
        self.run.step(length)
