"""JavaScript engines behind one protocol: QuickJS, small and quick to start; V8, faster for thousands of formulas.

Each engine runs some scripts once and then answers calls with text. The remedies for what these libraries do badly
are here, each with a test of its name.
"""

import threading
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from queue import SimpleQueue
from time import monotonic, process_time, thread_time
from typing import Protocol, TypeAlias

from mathblog.engine.extras import install_command
from mathblog.engine.katex.background import in_background
from mathblog.engine.problem import ENVIRONMENT, USAGE, BuildStopped

QUICKJS = "quickjs"
V8 = "v8"
AUTO = "auto"

_MODULES = {QUICKJS: "quickjs", V8: "py_mini_racer"}
MANY = 1000  # formulas from which on V8's speed makes up for its start
_THREAD_STACK = 64 << 20  # KaTeX recurses: a formula of some thousand nested braces is an error, not a crash
_SCRIPT_STACK = 60 << 20
_MEMORY = 512 << 20
_YOUNG = "--max-semi-space-size=1"  # MB for new values in V8, whose default is 16: each process takes 30 MB less
_SETTLED = 5.0  # seconds in which a call that was stopped ends
_MOST = 0.9  # a call that had less than this share of its seconds was stopped too early: other programs took the rest


class ScriptStopped(Exception):  # noqa: N818 - the engine was stopped, often on purpose
    """A call did not come to its end: it took too long, or the engine gave up. `timed_out` says which.

    `share` is the part of its seconds that it had at most: QuickJS counts the CPU time of the whole process, and Python worked meanwhile;
    V8 counts the time that passes, of which other programs take their share, too.
    """

    def __init__(self, message: str, *, timed_out: bool, share: float = 1.0) -> None:
        super().__init__(message)
        self.timed_out = timed_out
        self.share = share

    @property
    def too_early(self) -> bool:
        """Whether it was stopped although its time was not over."""
        return self.timed_out and self.share < _MOST


class JavaScript(Protocol):
    """A running engine. It belongs to one caller at a time."""

    @property
    def spent(self) -> float:
        """The seconds that its calls took so far, without what Python did meanwhile."""

    def begin(self, function: str, argument: str, *, seconds: float, times: float = 1.0) -> Callable[[], str]:
        """Call `function` (`name` or `object.name`) with a text; what is returned waits for the text that it returns.

        It raises `ScriptStopped` after `seconds`, and when the function throws or uses up the memory. An engine that
        cannot count its own work waits `times` as long. There is one call at a time.
        """

    def close(self) -> None:
        """Stop the engine; it cannot be used afterwards."""


def choose_engine(wanted: str, formulas: int) -> str:
    """`quickjs` or `v8` for the option `auto`, `quickjs` or `v8` and the number of formulas to render.

    Raises:
        BuildStopped: when the engine is not installed or cannot run here.

    """
    if wanted == AUTO:
        v8 = _is_installed(V8) and not _address_space_is_limited()
        if v8 and (formulas >= MANY or not _is_installed(QUICKJS)):
            return V8
        if _is_installed(QUICKJS):
            return QUICKJS
        message = "no JavaScript engine is installed to run KaTeX"
        raise BuildStopped(message, code=ENVIRONMENT, hint=f"`pip install quickjs-ng` or {install_command('v8')}")
    if wanted not in _MODULES:
        message = f"unknown engine `{wanted}` for `math.engine`"
        raise BuildStopped(message, code=USAGE, hint="choose `auto`, `quickjs` or `v8`")
    if not _is_installed(wanted):
        package = install_command("v8") if wanted == V8 else "`pip install quickjs-ng`"
        message = f"the JavaScript engine `{wanted}` is not installed"
        raise BuildStopped(message, code=ENVIRONMENT, hint=f"{package}, or `engine: auto` under `math:`")
    if wanted == V8 and _address_space_is_limited():
        message = "V8 cannot run with a limit on the address space (`ulimit -v`)"
        raise BuildStopped(message, code=ENVIRONMENT, hint="`engine: quickjs` under `math:`, or `ulimit -v unlimited`")
    return wanted


def start_engine(name: str, scripts: Sequence[str], *, memory: int = _MEMORY) -> JavaScript:
    """A new engine that has run `scripts`, and may use so many bytes.

    Raises:
        BuildStopped: when it cannot start.

    """
    try:
        return V8Engine(scripts, memory) if name == V8 else QuickJSEngine(scripts, memory)
    except (ImportError, OSError, RuntimeError, ScriptStopped) as error:
        other = QUICKJS if name == V8 else V8
        said = str(error).strip()
        reason = "the memory is used up" if said == "null" else said  # QuickJS has no memory left to say more
        message = f"the JavaScript engine `{name}` does not start: {reason}"
        limited = "raise the limit of the address space (`ulimit -v`)" if _address_space_is_limited() else ""
        raise BuildStopped(message, code=ENVIRONMENT, hint=limited or f"try `engine: {other}` under `math:`") from error


def _is_installed(name: str) -> bool:
    return find_spec(_MODULES[name]) is not None


def _address_space_is_limited() -> bool:
    """Whether `ulimit -v` is set: V8 reserves more address space than it uses, and aborts the process."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return False
    return resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY


_Call: TypeAlias = "tuple[str, str, float, Future[str]]"
_Calls: TypeAlias = "SimpleQueue[_Call | None]"


class QuickJSEngine:
    """QuickJS in a thread of its own: a context belongs to one thread, and deep formulas need a large stack."""

    def __init__(self, scripts: Sequence[str], memory: int = _MEMORY) -> None:
        import quickjs  # type: ignore[import-untyped]  # noqa: F401 - here: its import sets the stack size, too, and puts back what it found

        self._calls: _Calls = SimpleQueue()
        self._clock = [0.0]  # the thread must not know the engine, which is closed when nobody does
        started: Future[None] = Future()
        serve = partial(_serve, scripts, memory, self._calls, started, self._clock)
        thread = threading.Thread(target=serve, name="mathblog-quickjs", daemon=True)
        with _stack_size:  # a large stack; the size is a setting of the whole process, so it is put back
            before = threading.stack_size(_THREAD_STACK)
            try:
                thread.start()
            finally:
                threading.stack_size(before)
        self._finalizer = weakref.finalize(self, _stop, self._calls, thread)
        started.result()

    @property
    def spent(self) -> float:
        """See `JavaScript`."""
        return self._clock[0]

    def begin(self, function: str, argument: str, *, seconds: float, times: float = 1.0) -> Callable[[], str]:  # noqa: ARG002 - QuickJS counts its own work
        """See `JavaScript.begin`."""
        answer: Future[str] = Future()
        self._calls.put((function, argument, seconds, answer))
        return answer.result

    def close(self) -> None:
        """Stop the thread."""
        self._finalizer()


_stack_size = threading.Lock()


def _stop(calls: _Calls, thread: threading.Thread) -> None:
    calls.put(None)
    thread.join(timeout=1.0)  # after an interrupt a formula may still be running; a daemon thread dies with the process


def _serve(scripts: Sequence[str], memory: int, calls: _Calls, started: "Future[None]", clock: list[float]) -> None:
    """The thread of a QuickJS engine: one context from its start to its end."""
    try:
        import quickjs

        context = quickjs.Context()
        context.set_max_stack_size(_SCRIPT_STACK)
        context.set_memory_limit(memory)
        for script in scripts:
            context.eval(f"{script}\n;0")  # a value that converts; KaTeX's own would be its module object
    except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to the one who started the engine
        started.set_exception(RuntimeError(str(error)))
        return
    started.set_result(None)
    functions: dict[str, Callable[[str], str]] = {}
    while (call := calls.get()) is not None:
        name, argument, seconds, answer = call
        begun, worked = monotonic(), thread_time()
        try:
            if name not in functions:
                functions[name] = context.eval(f"(text) => {name}(text)")
            context.set_time_limit(seconds)
            result = functions[name](argument)
            clock[0] += thread_time() - worked
            answer.set_result(result)
        except (quickjs.JSException, quickjs.StackOverflow) as error:
            timed_out = "interrupted" in str(error)
            clock[0] += thread_time() - worked
            share = (monotonic() - begun) / seconds
            answer.set_exception(ScriptStopped(str(error), timed_out=timed_out, share=share))
        except Exception as error:  # noqa: BLE001 - the thread must answer, or its caller waits for ever
            answer.set_exception(ScriptStopped(str(error), timed_out=False))


class V8Engine:
    """V8 by mini-racer.

    A context that is not closed makes the process hang at its end, so a finalizer closes it. It is closed by the thread
    that made it: after a call that was stopped, another would crash. The calls may come from any.
    """

    def __init__(self, scripts: Sequence[str], memory: int = _MEMORY) -> None:
        from py_mini_racer import DEFAULT_V8_FLAGS, MiniRacer, init_mini_racer

        self.spent = 0.0
        self._was_stopped = False
        init_mini_racer(flags=(*DEFAULT_V8_FLAGS, _YOUNG), ignore_duplicate_init=True)
        self._racer = MiniRacer()
        self._finalizer = weakref.finalize(self, self._racer.close)
        self._racer.set_hard_memory_limit(memory)
        for script in scripts:
            self._racer.eval(f"{script}\n;0")

    def begin(self, function: str, argument: str, *, seconds: float, times: float = 1.0) -> Callable[[], str]:
        """See `JavaScript.begin`."""
        return in_background(partial(self._call, function, argument, seconds, times))

    def _call(self, function: str, argument: str, seconds: float, times: float) -> str:
        from json import dumps

        from py_mini_racer import JSEvalException, JSTimeoutException

        begun, worked = monotonic(), process_time()

        def used() -> float:
            return min(monotonic() - begun, process_time() - worked)

        try:
            return str(self._racer.eval(f"{function}({dumps(argument)})", timeout_sec=times * seconds))
        except JSTimeoutException as error:
            message = "interrupted"
            self._was_stopped = True
            raise ScriptStopped(message, timed_out=True, share=used() / seconds) from error
        except JSEvalException as error:
            raise ScriptStopped(str(error), timed_out=False) from error
        finally:
            self.spent += used()

    def close(self) -> None:
        """Free the context. Wait first until a stopped call has ended: mini-racer would otherwise complain on standard error."""
        if self._was_stopped:
            with suppress(Exception):
                self._racer.eval("0", timeout_sec=_SETTLED)
        self._finalizer()
