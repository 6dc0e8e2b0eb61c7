"""Formulas rendered by KaTeX in an engine that is started with the first formula and replaced when one hangs it."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeAlias

from mathblog.engine.katex.assets import chemistry_script, katex_scripts
from mathblog.engine.katex.budget import FormulaBudget
from mathblog.engine.katex.javascript import JavaScript, ScriptStopped, choose_engine, start_engine
from mathblog.math import katex
from mathblog.math.errors import refused_html
from mathblog.math.katex import FormulaAnswer, Refusal, Vocabulary
from mathblog.math.marks import read_answer
from mathblog.model.formula import FormulaError, FormulaKey, RenderedFormula
from mathblog.model.options import MathOptions
from mathblog.text.tex.definitions import defined_name, only_defines

if TYPE_CHECKING:
    from mathblog.math.lints.reading import Reading

_BATCH = 500  # formulas a call: bounds the memory of questions and answers
_BUDGET = 1.0  # seconds after which a call answers early, so that what exceeds a limit is one formula's own time
_LIMIT = 8.0  # seconds for one formula
_HURRY = 1.0  # seconds for one, where a build has little time left for them
_LONGEST = 20.0  # a formula is waited for at most this many times as long, on a machine that is busy
_SURELY = 1.5  # how much longer to wait than follows from the share that it had the first time
_KEPT = 1000  # formulas that took too long, which a preview does not try again
_NO_TIME = FormulaError(
    "is not rendered, since other formulas of this build take too long",
    -1,
    0,
    "make those shorter that take longer than a second: the next build goes on from here",
    unsure=True,
)
_Answer: TypeAlias = FormulaAnswer | Refusal | FormulaError


class KatexRenderer:
    """A `MathRenderer`. Use it as a context manager, or close it.

    `expected` is the number of formulas of the whole build, where it is known: `auto` chooses the engine by it.
    `seconds` is the time one formula may take. What the engine cannot do is an error of that formula only. All formulas of a build share
    a `budget`: once it is used up, a call ends with the first formula that takes too long (ADR 61).
    """

    def __init__(
        self, options: MathOptions, *, expected: int = 0, seconds: float = _LIMIT, budget: FormulaBudget | None = None
    ) -> None:
        self._options = options
        self._expected = expected
        self._seconds = seconds
        self._budget = budget or FormulaBudget()
        self._charged = 0.0  # of what the engine spent
        self._limit = seconds  # of the last question
        self._too_slow: dict[FormulaKey, RenderedFormula] = {}
        self._engine: JavaScript | None = None
        self._has_chemistry = False
        self._vocabulary: Vocabulary | None = None
        self._pending: Callable[[], list[RenderedFormula]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Stop the engine, whatever it was asked. The next formula would start another."""
        self._pending = None
        if self._engine is not None:
            self._charge()
            self._engine.close()
            self._engine, self._charged = None, 0.0

    def begin(self, keys: Sequence[FormulaKey]) -> Callable[[], list[RenderedFormula]]:
        """See `MathRenderer.begin`; equal keys are rendered once. The engine works while Python goes on, in the first batch.

        Raises:
            BuildStopped: when no engine, or no KaTeX, is installed.

        """
        if self._pending is not None:
            self._pending()  # nobody waited for it yet; the engine has one call at a time
        unique = [key for key in dict.fromkeys(keys) if key not in self._too_slow]
        self._expected = max(self._expected, len(unique))
        first = self._ask(unique[:_BATCH]) if unique and self._budget.goes_on else None
        self._pending = results = cache(partial(self._collect, tuple(keys), unique, first))
        return results

    def render(self, keys: Sequence[FormulaKey]) -> list[RenderedFormula]:
        """One result for each key, in order."""
        return self.begin(keys)()

    def read(self, keys: Sequence[FormulaKey]) -> "list[Reading | None]":
        """See `MathRenderer.read`. Where the engine stops at a formula, those from it on are not read."""
        if self._pending is not None:
            self._pending()
        found: list[Reading | None] = []
        while len(found) < len(keys) and self._budget.goes_on:
            try:
                found += katex.read_response(self._ask(keys[len(found) : len(found) + _BATCH], katex.READ)())
            except ScriptStopped:
                self.close()
                break
        return [*found, *[None] * (len(keys) - len(found))]

    def _collect(
        self, keys: Sequence[FormulaKey], unique: Sequence[FormulaKey], begun: Callable[[], str] | None
    ) -> list[RenderedFormula]:
        self._pending = None
        done: dict[FormulaKey, RenderedFormula] = {}
        waiting = unique
        while waiting and (begun or self._budget.goes_on):
            batch = waiting[:_BATCH]
            answers = self._answers(batch, begun)
            self._charge(len(answers))
            for key, answer in zip(batch, answers, strict=False):  # they may be fewer
                done[key] = self._finish(key, answer)
            begun, waiting = None, waiting[len(answers) :]
            if answers and isinstance(answers[-1], FormulaError):
                if self._budget.left < 0:
                    break
                waiting = sorted(waiting, key=_size)  # the short ones have their time first
        return [done.get(key) or self._too_slow.get(key) or _refused(key, _NO_TIME) for key in keys]

    def _charge(self, formulas: int = 0) -> None:
        spent = self._engine.spent if self._engine is not None else self._charged
        self._budget.charge(spent - self._charged, formulas)
        self._charged = spent

    def _ask(self, batch: Sequence[FormulaKey], function: str = katex.RENDER, times: float = 1.0) -> Callable[[], str]:
        question = katex.request(batch, self._options, int(_BUDGET * 1000))
        engine = self._running()
        if not self._has_chemistry and katex.needs_chemistry(batch, self._options):
            self._learn_chemistry()
        self._limit = self._seconds if self._budget.left > 2 * self._seconds else min(self._seconds, _HURRY)
        return engine.begin(function, question, seconds=_BUDGET + self._limit, times=times)

    def _learn_chemistry(self) -> None:
        self._call(katex.EXTEND, chemistry_script(), self._seconds)
        self._has_chemistry = True

    def _answers(
        self, batch: Sequence[FormulaKey], begun: Callable[[], str] | None, times: float = 1.0
    ) -> Sequence[_Answer]:
        """The answers for some formulas from the front of a batch: at least one, or none where a call that had `begun` was stopped too early.

        The engine gets `times` as many seconds as usual.
        """
        try:
            return katex.response((begun or self._ask(batch, times=times))())
        except ScriptStopped as stopped:
            done = self._finished()
            self.close()
            if stopped.too_early and (begun or done):
                return done or []  # the caller asks for the others again; Python does nothing else meanwhile
            if stopped.too_early and times < _LONGEST:
                return self._answers(
                    batch, None, min(_LONGEST, _SURELY * times / max(stopped.share, _SURELY / _LONGEST))
                )
            if done is None and len(batch) > 1:  # the engine is gone and cannot say which formula it was
                return self._answers(batch[: len(batch) // 2], None)
            reason = f"takes longer than {self._limit:g} s" if stopped.timed_out else f"stops KaTeX: {stopped}"
            error = FormulaError(reason, -1, 0, unsure=True)
            key = batch[len(done or ())]
            if self._limit == self._seconds and len(self._too_slow) < _KEPT:
                self._too_slow[key] = _refused(key, error)
            return [*(done or ()), error]

    def _finished(self) -> Sequence[_Answer] | None:
        """Return the answers that a stopped call had found before, None where the engine no longer answers."""
        try:
            return katex.response(self._call(katex.FINISHED, "", _BUDGET))
        except ScriptStopped:
            return None

    def _finish(self, key: FormulaKey, answer: _Answer) -> RenderedFormula:
        if isinstance(answer, FormulaAnswer):
            return RenderedFormula("") if only_defines(key.tex) else read_answer(*answer)
        if isinstance(answer, FormulaError):
            return _refused(key, answer)
        from mathblog.math.explain import FormulaContext, explain

        error: FormulaError = explain(answer, FormulaContext(key, self.vocabulary(), self._own_macros()))
        return _refused(key, error)

    def _own_macros(self) -> tuple[str, ...]:
        """The names that the site defines."""
        found = (name for tex in self._options.definitions if (name := defined_name(tex)))
        return (*found, *(name for name, _ in self._options.macros))

    def vocabulary(self) -> Vocabulary:
        """KaTeX's names, asked for when the first error needs them."""
        if self._vocabulary is None:
            scripts = "\n".join((*katex_scripts(), chemistry_script()))
            if not self._has_chemistry:
                self._learn_chemistry()
            answer = self._call(katex.KNOWN, katex.vocabulary_request(scripts), self._seconds)
            self._vocabulary = katex.vocabulary(answer)
        return self._vocabulary

    def _call(self, function: str, argument: str, seconds: float) -> str:
        return self._running().begin(function, argument, seconds=seconds)()

    def _running(self) -> JavaScript:
        if self._engine is None:
            name = choose_engine(self._options.engine, self._expected)
            self._engine = start_engine(name, katex_scripts())
            self._has_chemistry = False
        return self._engine


def _refused(key: FormulaKey, error: FormulaError) -> RenderedFormula:
    return RenderedFormula(refused_html(key, error), error)


def _size(key: FormulaKey) -> int:
    return len(key.tex) + len(key.prelude)
