"""Sass's own compiler, in an engine that is started with the first style sheet and replaced when one hangs it."""

from contextlib import suppress
from pathlib import Path

import mathblog
from mathblog.engine.katex.assets import sass_script
from mathblog.engine.katex.javascript import AUTO, MANY, JavaScript, ScriptStopped, choose_engine, start_engine
from mathblog.styles.compiler import COMPILE, SCRIPT, refusal

_KEPT = 8  # questions whose answers are kept: layouts compile one text (`scssify`) on every page
_LIMIT = 45.0  # seconds for one style sheet, fewer than a page may take: Bootstrap takes 12 in QuickJS, 2 in V8


class SassEngine:
    """A `SassCompiler`. `engine` is the name of a JavaScript engine; `auto` takes V8 where it is installed.

    Raises:
        BuildStopped: when no engine, or no Sass, is installed; by `compile`.

    """

    def __init__(self, engine: str = AUTO, *, seconds: float = _LIMIT) -> None:
        self._name = engine
        self._seconds = seconds
        self._engine: JavaScript | None = None
        self._answers: dict[str, str] = {}

    def compile(self, question: str) -> str:
        """See `SassCompiler.compile`."""
        if (known := self._answers.get(question)) is not None:
            return known
        try:
            answer = self._running().begin(COMPILE, question, seconds=self._seconds)()
        except ScriptStopped as stopped:
            self._wait_until_stopped()
            self.close()
            if stopped.timed_out:
                return refusal(f"the style sheet takes longer than {self._seconds:g} s: a loop that does not end?")
            return refusal(f"the style sheet stops Sass: {stopped}")
        if len(self._answers) == _KEPT:
            del self._answers[next(iter(self._answers))]
        self._answers[question] = answer
        return answer

    def _wait_until_stopped(self) -> None:
        """Wait until the engine noticed that it was stopped: V8 closed before that calls back into nothing."""
        with suppress(ScriptStopped):
            self._running().begin("String", "", seconds=1.0)()

    def close(self) -> None:
        """Stop the engine; the next style sheet starts another."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _running(self) -> JavaScript:
        if self._engine is None:
            ours = Path(mathblog.__file__).parent / "styles" / SCRIPT
            name = choose_engine(self._name, MANY)  # a style sheet is work for the faster engine
            self._engine = start_engine(name, (sass_script(), ours.read_text(encoding="utf-8")))
        return self._engine
