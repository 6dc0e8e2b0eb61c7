"""JavaScript engines: choice, limits, and a test for each thing that these libraries do badly."""

import functools
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from mathblog.engine.katex import javascript
from mathblog.engine.katex import renderer as katex_renderer
from mathblog.engine.katex.budget import FormulaBudget
from mathblog.engine.katex.javascript import JavaScript, ScriptStopped, choose_engine, start_engine
from mathblog.engine.katex.renderer import KatexRenderer
from mathblog.engine.problem import ENVIRONMENT, USAGE, BuildStopped
from mathblog.math import katex
from mathblog.model.formula import FormulaKey, RenderedFormula
from mathblog.model.options import MathOptions

ENGINES = ["quickjs", "v8"]
SCRIPT = """
const echo = (text) => JSON.stringify([text]);
const grow = (text) => { let all = ""; for (let i = 0; i < 1000; i++) all += text; return JSON.stringify(all); };
const hang = () => { while (true); };
const fail = () => { throw new Error("no"); };
const hoard = () => { const all = []; while (true) all.push(new Array(100000).fill(1.5)); };
const deep = (depth) => { const f = (n) => n ? 1 + f(n - 1) : 0; return String(f(Number(depth))); };
"""


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[JavaScript]:
    started = start_engine(request.param, [SCRIPT])
    yield started
    started.close()


def test_text_goes_in_and_out(engine: JavaScript) -> None:
    assert engine.begin("echo", '가 😀 "\\\n\u2028 ${x}', seconds=5)() == '["가 😀 \\"\\\\\\n\u2028 ${x}"]'


def test_text_made_of_pieces_comes_out(engine: JavaScript) -> None:
    assert engine.begin("grow", "ab", seconds=5)() == f'"{"ab" * 1000}"'


def test_a_hanging_script_is_stopped(engine: JavaScript) -> None:
    start = time.process_time()
    with pytest.raises(ScriptStopped) as stopped:
        engine.begin("hang", "", seconds=0.2)()
    assert stopped.value.timed_out
    assert not stopped.value.too_early or isinstance(engine, javascript.V8Engine)
    assert time.process_time() - start < 2
    assert engine.begin("echo", "a", seconds=5)() == '["a"]'


def test_an_exception_is_reported(engine: JavaScript) -> None:
    with pytest.raises(ScriptStopped, match="no") as stopped:
        engine.begin("fail", "", seconds=5)()
    assert not stopped.value.timed_out


def test_memory_is_limited(engine: JavaScript) -> None:
    with pytest.raises(ScriptStopped) as stopped:
        engine.begin("hoard", "", seconds=30)()
    assert not stopped.value.timed_out


def test_endless_recursion_is_an_exception(engine: JavaScript) -> None:
    with pytest.raises(ScriptStopped):
        engine.begin("deep", "10000000", seconds=30)()


CLOSING = """
import sys, time
from mathblog.engine.katex.javascript import start_engine
engine = start_engine(sys.argv[1], ["function hang() { for (;;) {} }"])
engine.begin("hang", "", seconds=30)
time.sleep(float(sys.argv[2]))
engine.close()
print("closed")
"""


@pytest.mark.parametrize("wait", ["0", "0.3"])
@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_is_closed_under_a_call_that_nobody_waits_for(engine: str, wait: str) -> None:
    """As an interrupt does; V8 complains that its call cannot answer. The call would take 30 s."""
    ended = subprocess.run(
        [sys.executable, "-c", CLOSING, engine, wait],
        env={"PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (0, "closed\n"), ended.stderr


def test_quickjs_has_a_large_stack_and_leaves_the_process_its_own() -> None:
    started = start_engine("quickjs", [SCRIPT])
    assert started.begin("deep", "30000", seconds=60)() == "30000"
    assert threading.stack_size() == 0, "the default of the process"
    started.close()


def test_quickjs_can_be_called_from_any_thread() -> None:
    started = start_engine("quickjs", [SCRIPT])
    answers: list[str] = []
    threads = [
        threading.Thread(target=lambda n=n: answers.append(started.begin("echo", str(n), seconds=5)()))
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [f'["{n}"]' for n in range(4)]
    started.close()


def test_a_broken_script_is_a_broken_environment() -> None:
    with pytest.raises(BuildStopped, match="does not start") as stopped:
        start_engine("quickjs", ["syntax error here"])
    assert stopped.value.code == ENVIRONMENT


def test_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = {"quickjs", "v8"}
    monkeypatch.setattr(javascript, "_is_installed", installed.__contains__)
    assert choose_engine("auto", 10) == "quickjs"
    assert choose_engine("auto", 5000) == "v8"
    assert choose_engine("quickjs", 5000) == "quickjs"
    assert choose_engine("v8", 1) == "v8"
    installed.remove("v8")
    assert choose_engine("auto", 5000) == "quickjs"
    with pytest.raises(BuildStopped, match="`v8` is not installed") as stopped:
        choose_engine("v8", 1)
    assert stopped.value.code == ENVIRONMENT
    installed.clear()
    with pytest.raises(BuildStopped, match="no JavaScript engine"):
        choose_engine("auto", 1)
    installed.add("v8")
    assert choose_engine("auto", 1) == "v8"


def test_an_engine_nobody_knows() -> None:
    with pytest.raises(BuildStopped, match="`spidermonkey`") as stopped:
        choose_engine("spidermonkey", 1)
    assert stopped.value.code == USAGE


def test_v8_is_not_started_under_a_limit_of_the_address_space(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1 << 32, 1 << 32))
    assert choose_engine("auto", 5000) == "quickjs"
    with pytest.raises(BuildStopped, match="ulimit"):
        choose_engine("v8", 1)


# ---- formulas that are made to hurt -----------------------------------------------------------------------------

BOMBS = {
    "deep braces": ("{" * 20_000 + "x" + "}" * 20_000, "nested too deeply"),
    "deep scripts": ("x^{" * 20_000 + "}" * 20_000, "nested too deeply"),
    "a macro that uses itself": (r"\def\x{\x\x}\x", "macros expand without end"),
    "macros that double": (
        r"\def\a{x}" + "".join(rf"\def\{new}{{\{old}\{old}}}" for old, new in pairwise("abcdefghijklmnop")) + r"\p",
        "macros expand without end",
    ),
    "an argument that grows": (r"\def\x#1{\x{#1a}}\x{a}", "macros expand without end"),
    "edef": (r"\edef\x{\x\x}\edef\x{\x a}\x", "undefined"),
    "a sum of 100,000 terms": ("+".join(f"x_{{{i}}}" for i in range(100_000)), "takes longer than 0.5 s"),
}


def renders(engine: str, bomb: str) -> list[RenderedFormula]:
    keys = [FormulaKey(tex, display=False, prelude="") for tex in ("a", bomb, "b")]
    with KatexRenderer(MathOptions(engine=engine), seconds=0.5) as renderer:
        return renderer.render(keys)


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_bomb_is_an_error_of_its_own_formula(engine: str, name: str) -> None:
    tex, message = BOMBS[name]
    before, bomb, after = renders(engine, tex)
    assert (before.error, after.error) == (None, None)
    assert bomb.error is not None
    assert message in bomb.error.message


@pytest.mark.parametrize("engine", ENGINES)
def test_formulas_begun_while_others_hang_get_their_own_answers(engine: str) -> None:
    """As when a build is given up in the middle of a chunk, and the next one uses its engine."""
    keys = [FormulaKey(tex, display=False, prelude="") for tex in ("a", BOMBS["a sum of 100,000 terms"][0], "b")]
    with KatexRenderer(MathOptions(engine=engine), seconds=0.5) as renderer:
        first = renderer.begin(keys)
        (second,) = renderer.render([FormulaKey("c", display=False, prelude="")])
        results = first()
    assert ">c<" in second.html
    assert [formula.error is None for formula in results] == [True, False, True]
    assert [">a<" in results[0].html, ">b<" in results[2].html] == [True, True]


def test_a_renderer_that_was_closed_waits_for_nothing_that_it_began(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call of a V8 that is closed never answers."""

    class Closed:
        spent = 0.0

        def begin(self, *_: object, **__: object) -> Callable[[], str]:
            return lambda: pytest.fail("it was waited for")

        def close(self) -> None: ...

    keys = [FormulaKey("c", display=False, prelude="")]
    with KatexRenderer(MathOptions(engine="quickjs")) as renderer:
        with monkeypatch.context() as patched:
            patched.setattr(katex_renderer, "start_engine", lambda *_: Closed())
            renderer.begin(keys)
        renderer.close()
        assert ">c<" in renderer.render(keys)[0].html


def test_a_call_that_was_stopped_for_anothers_time_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """QuickJS counts the CPU time of the whole process, and Python works while formulas are rendered."""

    class Hurried:
        spent = 0.0
        calls = 0

        def __init__(self) -> None:
            self.inner = start_engine("quickjs", katex_scripts())

        def begin(self, function: str, argument: str, *, seconds: float, **_: object) -> Callable[[], str]:
            Hurried.calls += 1
            if Hurried.calls > 1:
                return self.inner.begin(function, argument, seconds=seconds)
            message = "interrupted"

            def stopped() -> str:
                raise ScriptStopped(message, timed_out=True, share=0.1)

            return stopped

        def close(self) -> None:
            self.inner.close()

    from mathblog.engine.katex.assets import katex_scripts

    monkeypatch.setattr(katex_renderer, "start_engine", lambda *_: Hurried())
    keys = [FormulaKey(tex, display=False, prelude="") for tex in ("a", "b")]
    with KatexRenderer(MathOptions(engine="quickjs")) as renderer:
        assert [formula.error for formula in renderer.render(keys)] == [None, None]


def test_an_engine_that_is_gone_costs_one_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    """What happens after an engine has died and does not even say how far it came."""

    class Dying:
        spent = 0.0

        def __init__(self) -> None:
            self.inner = start_engine("quickjs", katex_scripts())
            self.dead = False

        def begin(self, function: str, argument: str, *, seconds: float, **_: object) -> Callable[[], str]:
            self.dead = self.dead or "die" in argument
            if self.dead:
                message = "gone"

                def stopped() -> str:
                    raise ScriptStopped(message, timed_out=False)

                return stopped
            return self.inner.begin(function, argument, seconds=seconds)

        def close(self) -> None:
            self.inner.close()

    from mathblog.engine.katex.assets import katex_scripts

    monkeypatch.setattr(katex_renderer, "start_engine", lambda *_: Dying())
    keys = [FormulaKey(tex, display=False, prelude="") for tex in ("a", "b", "die", "c", "d")]
    with KatexRenderer(MathOptions(engine="quickjs")) as renderer:
        rendered = renderer.render(keys)
    assert [formula.error is None for formula in rendered] == [True, True, False, True, True]


class Clockwork:
    """An engine whose formulas take the seconds that they name, `8` or `0.5`, on a clock of its own."""

    total = 0.0

    def __init__(self) -> None:
        self.spent, self.done = 0.0, list[list[list[str]]]()

    def begin(self, function: str, argument: str, *, seconds: float, **_: object) -> Callable[[], str]:
        if function == katex.FINISHED:
            return lambda: json.dumps(self.done)
        started, self.done = self.spent, []
        for tex, *_ in json.loads(argument)["formulas"]:
            if self.spent - started >= 1:  # as the driver answers early
                break
            took = min(float(tex.partition(" ")[0]), started + seconds - self.spent)
            self.spent += took
            Clockwork.total += took
            if self.spent - started >= seconds - 1e-9:
                return functools.partial(stop, "interrupted")
            self.done.append([[tex]])
        return lambda: json.dumps(self.done)

    def close(self) -> None: ...


def stop(message: str, *, share: float = 1.0) -> str:
    raise ScriptStopped(message, timed_out=True, share=share)


@pytest.mark.parametrize("each", [8.5, 7.9, 100, 0.9])
def test_a_page_of_formulas_that_each_take_long_is_bounded(each: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand formulas of eight seconds took two hours and a quarter."""
    monkeypatch.setattr(katex_renderer, "start_engine", lambda *_: Clockwork())
    monkeypatch.setattr(Clockwork, "total", 0.0)
    keys = [FormulaKey(f"{each} {n}", display=False, prelude="") for n in range(1000)]
    budget = FormulaBudget()
    with KatexRenderer(MathOptions(engine="quickjs"), budget=budget) as renderer:
        rendered = renderer.render(keys)
        assert Clockwork.total < 60 + 60 + 0.1 * len(keys)
        assert rendered[-1].error is not None
        assert "other formulas of this build take too long" in rendered[-1].error.message
        # those of another chunk are rendered as long as there is any time, also in a build that spent too much
        budget.begin()
        honest = [FormulaKey(f"0.001 {n}", display=False, prelude="") for n in range(1000)]
        renderer.render(keys[600:])
        assert all(it.error is None for it in renderer.render(honest)) == (each != 0.9)


def test_short_formulas_are_rendered_before_long_ones_that_take_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(katex_renderer, "start_engine", lambda *_: Clockwork())
    bombs = [FormulaKey(f"20 {n}", display=False, prelude=r"\def\a{aaaaaaaaaaaaaaaaaaaaaa}") for n in range(100)]
    honest = [FormulaKey(f"0.01 {n}", display=False, prelude="") for n in range(1000)]
    with KatexRenderer(MathOptions(engine="quickjs")) as renderer:
        rendered = renderer.render([*bombs, *honest])
    assert all(it.error for it in rendered[:100])
    assert not any(it.error for it in rendered[100:])


def test_honest_formulas_have_their_time_whatever_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(katex_renderer, "start_engine", lambda *_: Clockwork())
    keys = [FormulaKey(f"0.09 {n}", display=False, prelude="") for n in range(5000)]
    with KatexRenderer(MathOptions(engine="quickjs")) as renderer:
        rendered = renderer.render([*keys, FormulaKey("7", display=False, prelude="")])
    assert not any(it.error for it in rendered)


def test_a_formula_that_took_the_whole_time_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A preview would wait for it at every save."""
    monkeypatch.setattr(katex_renderer, "start_engine", lambda *_: Clockwork())
    monkeypatch.setattr(Clockwork, "total", 0.0)
    keys = [FormulaKey(tex, display=False, prelude="") for tex in ("10", "0.1")]
    budget = FormulaBudget()
    with KatexRenderer(MathOptions(engine="quickjs"), budget=budget) as renderer:
        first = renderer.render(keys)
        budget.begin()
        before = Clockwork.total
        again = renderer.render(keys)
    assert [it.error and it.error.message for it in first] == ["takes longer than 8 s", None]
    assert again == first
    assert Clockwork.total - before == pytest.approx(0.1)


class Starved(Clockwork):
    """An engine whose process has a twentieth of the time that passes, on a machine with much to do."""

    def begin(self, function: str, argument: str, *, seconds: float, times: float = 1.0) -> Callable[[], str]:
        answer = super().begin(function, argument, seconds=seconds * times / 20)
        return functools.partial(answer, share=times / 20) if isinstance(answer, functools.partial) else answer


def test_a_formula_is_not_refused_since_the_machine_has_much_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(katex_renderer, "start_engine", lambda *_: Starved())
    keys = [FormulaKey(tex, display=False, prelude="") for tex in ("0.1", "3", "0.1 b", "30")]
    with KatexRenderer(MathOptions(engine="v8")) as renderer:
        rendered = renderer.render(keys)
    assert [it.error is None for it in rendered] == [True, True, True, False]


def test_v8_says_when_its_process_had_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = start_engine("v8", ["function loop() { for (;;); }"])
    monkeypatch.setattr(javascript, "process_time", lambda: 0.0)
    with pytest.raises(ScriptStopped) as stopped:
        engine.begin("loop", "", seconds=0.1)()
    assert stopped.value.too_early
    assert engine.spent == 0
    assert engine.begin("String", "and goes on", seconds=60)() == "and goes on"
    engine.close()


PROGRAM = """
import sys
from mathblog.engine.katex.renderer import KatexRenderer
from mathblog.model.formula import FormulaKey
from mathblog.model.options import MathOptions
renderer = KatexRenderer(MathOptions(engine=sys.argv[1]), seconds=0.3)
keys = [FormulaKey(tex, display=False, prelude="") for tex in ("a", "{" * 20000, "+".join(["x_1"] * 50000), "b")]
print([formula.error is None for formula in renderer.render(keys)])
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_the_process_ends_though_nobody_closed_the_engine(engine: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, engine],
        env={"PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "[True, False, False, True]\n", "")
