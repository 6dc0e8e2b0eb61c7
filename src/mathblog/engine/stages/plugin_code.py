"""Runs plugins: the code of each, its `setup`, and what it registered as declarations of extensions.

A plugin is a module whose name has its digest, and what it registered lies in that module: so declarations name it as they
name all code, in this process and in workers, which run the same bytes.
"""

import inspect
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from functools import partial
from types import ModuleType, TracebackType
from typing import Any, NamedTuple

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.stops import Stop
from mathblog.engine.stages.time_limit import limit_time
from mathblog.extend.api import Registered, Registry
from mathblog.extend.declarations import (
    Check,
    Declaration,
    Fence,
    Filter,
    Generator,
    Reference,
    Rule,
    Tag,
    ThemeFilter,
    load,
)
from mathblog.extend.plugins import PluginError, PluginSource
from mathblog.pipeline.compiling.options import PageTimeoutError

_PREFIX = "mathblog_plugin_"
_SECONDS = 20.0  # that a plugin may take to begin
_KINDS: Mapping[str, Callable[[str, Reference], Declaration]] = {
    "filter": Filter,
    "fence": Fence,
    "theme_filter": ThemeFilter,
    "generator": Generator,
    "check": Check,
}


class Brought(NamedTuple):
    """The extensions that plugins bring, and what is wrong with plugins; `complete` says that each of them was loaded."""

    declarations: tuple[Declaration, ...]
    problems: tuple[Diagnostic, ...]
    complete: bool


def run_plugins(sources: Sequence[PluginSource]) -> Brought:
    """Run plugins, each once in a process, in their order: of two things with one name the later one counts."""
    declarations: list[Declaration] = []
    problems: list[Diagnostic] = []
    registered: list[tuple[PluginSource, Registered]] = []
    for source in sources:
        try:
            module, registry = _begin(source)
            declarations += [_declare(module, source, item) for item in registry.registered]
            registered += ((source, item) for item in registry.registered)
        except PluginError as error:
            hint = "correct the plugin, or delete it"
            problems.append(in_file(source.path, str(error), code=Stop.PLUGIN, hint=hint))
    complete = not problems
    owners: dict[tuple[str, str], PluginSource] = {}
    for source, item in registered:
        before = owners.get((item.kind, item.name))
        owners[item.kind, item.name] = source
        if before is not None:
            where = "before" if before == source else f"by `{before.setup or before.path}`, too"
            message = f"the {_kind_of(item)} `{item.name}` was registered {where}: this one is used"
            hint = "give one of them another name"
            problems.append(in_file(source.path, message, code=Stop.PLUGIN.code, hint=hint))
    return Brought(tuple(declarations), tuple(problems), complete)


def _begin(source: PluginSource) -> tuple[ModuleType, Registry]:
    """The module of a plugin after its `setup`, and what that registered.

    Raises:
        PluginError: where the code or its `setup` fails, or takes too long.

    """
    name, registry = _PREFIX + source.digest, Registry()
    subject = f"the plugin `{source.setup}`" if source.setup else "the plugin"
    module = ModuleType(name)
    module.__file__ = source.path
    sys.modules[name] = module  # dataclasses look for it
    try:
        with limit_time(_SECONDS), redirect_stdout(sys.stderr):
            if source.setup:
                setup = load(source.setup)
            else:
                exec(compile(source.code, source.path, "exec", dont_inherit=True), module.__dict__)  # noqa: S102 - what a plugin is
                setup = module.__dict__.get("setup")
            if callable(setup):
                _set_up(setup, registry)
                return module, registry
    except PageTimeoutError:
        message = f"{subject} takes more than {_SECONDS:.0f} seconds to load"
        raise PluginError(message) from None
    except PluginError as error:
        message = f"{subject} cannot be loaded: {error}"
        raise PluginError(message) from error
    except (Exception, SystemExit) as error:
        message = f"{subject} cannot be loaded: {_described(error, _file_of(source), 0)}"
        raise PluginError(message) from error
    message = f"{subject} has no `setup(registry)`"
    raise PluginError(message)


def _set_up(setup: Callable[[Registry], object], registry: Registry) -> None:
    """Call the `setup` of a plugin.

    Raises:
        PluginError: where it takes other arguments, or is a coroutine or a generator, whose body does not run at a call.

    """
    try:
        inspect.signature(setup).bind(registry)
    except TypeError:
        message = "its `setup` has to take one argument, the registry"
        raise PluginError(message) from None
    except ValueError:  # a function in C: it says itself what it is missing
        pass
    given = setup(registry)
    if inspect.iscoroutine(given) or inspect.isgenerator(given):
        given.close()
        message = "its `setup` has to be a plain function, without `async` and `yield`"
        raise PluginError(message)


def _file_of(source: PluginSource) -> str:
    """The file whose lines say where a plugin failed."""
    module = sys.modules.get(source.setup.partition(":")[0]) if source.setup else None
    return getattr(module, "__file__", None) or source.path


def _declare(module: ModuleType, source: PluginSource, item: Registered) -> Declaration:
    """The declaration of what the plugin registered, which is put into its module as the rooms take it.

    Raises:
        PluginError: for a rule whose pattern cannot be asked.

    """
    what = f"the {_kind_of(item)} `{item.name}`"
    function = _guarded(item.function, source, what)
    adapted: Callable[..., object]
    if item.kind == "tag":
        from mathblog.liquid.tags.of_plugins import plugin_tag

        adapted = partial(plugin_tag, function, is_block=item.is_block)
    elif item.kind == "filter":
        from mathblog.liquid.tags.of_plugins import plugin_filter

        adapted = plugin_filter(item.name, function)
    elif item.kind == "theme_filter":
        from mathblog.theme.of_plugins import plugin_filter as theme_filter

        adapted = theme_filter(item.name, function)
    elif item.kind == "generator":
        from mathblog.site.of_plugins import plugin_generator

        adapted = _guarded(_limited(plugin_generator(item.name, item.function), what), source, what)
    elif item.kind == "check":
        from mathblog.pipeline.checks.of_plugins import plugin_check

        adapted = plugin_check(item.name, _guarded(lambda text: list(item.function(text)), source, what))
    elif item.kind in ("container", "rule"):
        return _declare_rule(module, function, item, path=_file_of(source))
    else:
        adapted = function
    name = f"{item.kind} {item.name}"  # the blank tells it from the plugin's own names
    setattr(module, name, adapted)
    reference = f"{module.__name__}:{name}"
    if item.kind == "tag":
        return Tag(item.name, reference, () if item.is_block else None)
    return _KINDS[item.kind](item.name, reference)


def _kind_of(item: Registered) -> str:
    return item.kind.replace("_", " ")


class _Pattern:
    """A pattern of a plugin. Where a search takes the rest of the page's time, the error names the plugin."""

    def __init__(self, pattern: re.Pattern[str], what: str) -> None:
        self.groups = pattern.groups
        self._pattern, self._what = pattern, what

    def match(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """See `re.Pattern.match`."""
        try:
            return self._pattern.match(text, start, end)
        except PageTimeoutError:
            raise PageTimeoutError(self._what) from None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """See `re.Pattern.fullmatch`."""
        try:
            return self._pattern.fullmatch(text)
        except PageTimeoutError:
            raise PageTimeoutError(self._what) from None


def _declare_rule(module: ModuleType, function: Callable[..., Any], item: Registered, *, path: str) -> Rule:
    """The declaration of a rule of Markdown, or of a container; raises as `_declare`."""
    from mathblog.markdown import of_plugins

    name, rule = f"{item.kind} {item.name}", f"plugin_{item.kind}_{item.name}"
    inline: Mapping[str, str] = {}
    block = {rule: ":"}
    if item.pattern is None:
        adapted = partial(of_plugins.install_container, item.name, function)
    else:
        try:
            signs = of_plugins.signs_of(item.pattern)
        except ValueError as error:
            message = f"the plugin cannot be loaded: the rule `{item.name}`: {error}"
            raise PluginError(message) from error
        inline, block = ({}, {rule: signs}) if item.is_block else ({rule: signs}, {})
        install = of_plugins.install_line if item.is_block else of_plugins.install_rule
        adapted = partial(install, item.name, _Pattern(item.pattern, f"the rule `{item.name}` ({path})"), function)
    setattr(module, name, adapted)
    return Rule(f"plugin {name}", f"{module.__name__}:{name}", inline, block, scratch=("statement_fences", "lines"))


def _guarded(function: Callable[..., Any], source: PluginSource, what: str) -> Callable[..., Any]:
    """The function, with whatever it raises as a `PluginError`; but for the end of the page's time."""
    path, code = _file_of(source), getattr(function, "__code__", None)
    line: int = code.co_firstlineno if code is not None and code.co_filename == path else 0

    def call(*arguments: object, **named: object) -> Any:
        try:
            with redirect_stdout(sys.stderr):  # what a plugin prints is no part of a report in JSON
                answer = function(*arguments, **named)
            if inspect.iscoroutine(answer):
                answer.close()  # Python warns of one that nobody awaits
        except PageTimeoutError as error:
            raise PageTimeoutError(str(error) or f"{what} ({path})") from None
        except PluginError as error:
            error.path = error.path or source.path
            raise
        except (Exception, SystemExit) as error:
            message = f"{what} failed: {_described(error, path, line)}"
            problem = PluginError(message)
            problem.path = source.path
            raise problem from error
        return answer

    return call


def _limited(function: Callable[..., Any], what: str) -> Callable[..., Any]:
    """The function, as a `PluginError` where it takes too long: no page's limit holds for it."""

    def call(*arguments: object) -> Any:
        try:
            with limit_time(_SECONDS):
                return function(*arguments)
        except PageTimeoutError:
            message = f"{what} takes more than {_SECONDS:.0f} seconds"
            raise PluginError(message) from None

    return call


def _described(error: BaseException, path: str, line: int) -> str:
    """Return the text of an exception, and its place in the plugin's file: the innermost place, else `line`."""
    trace: TracebackType | None = error.__traceback__
    while trace:
        line = trace.tb_lineno if trace.tb_frame.f_code.co_filename == path else line
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and error.filename == path:
        line = error.lineno or line
        said = error.msg
    else:
        said = next(iter(str(error).splitlines()), "")
    kind = "not a regular expression" if isinstance(error, re.error) else type(error).__name__
    return f"{kind}{': ' if said else ''}{said} ({path}{f':{line}' if line else ''})"
