"""The scripts that set up MathJax or KaTeX, run in an engine of their own: what they declare, once for each text."""

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import mathblog
from mathblog.core.digest import fingerprint
from mathblog.core.source import SourceText
from mathblog.engine.cache.shapes import row
from mathblog.engine.cache.store import Store
from mathblog.engine.sources.site import read_text
from mathblog.engine.sources.snapshot import Snapshot
from mathblog.math.declared.declared import Configuration
from mathblog.math.declared.scripts import LARGEST, Script
from mathblog.pipeline.declared import ScriptResult, ScriptTools

_SECONDS = 1.0
_MEMORY = 64 << 20
_ATTEMPTS = 3  # of a call that was stopped before its time was over
_LONGEST = 1 << 20  # characters of an answer


class _Given(NamedTuple):
    """The stored form of a `Configuration`."""

    kind: str
    value: object
    unread: list[str]


class _Result(NamedTuple):
    """The stored form of a `ScriptResult`."""

    configurations: list[Annotated[list[Any], row(_Given)]]
    problem: str


_RESULT = row(_Result)


def tools_of(snapshot: Snapshot, store: Store, toolchain: str) -> ScriptTools:
    """Return the tools of `adopt_declared`: files of the snapshot, and an engine whose answers are kept in the store."""
    return ScriptTools(partial(_script_files, snapshot), partial(_run_all, store, toolchain))


def _script_files(snapshot: Snapshot, names: frozenset[str]) -> list[SourceText]:
    """The site's script files with one of these names, without libraries."""
    paths = [
        path
        for path, stamp in snapshot.files.items()
        if path.endswith(".js")
        and path.rpartition("/")[2] in names
        and not path.endswith(".min.js")
        and stamp.size <= LARGEST
    ]
    return [text for path in paths if (text := read_text(snapshot, path)) is not None]


def _run_all(store: Store, toolchain: str, scripts: Sequence[Script]) -> list[ScriptResult]:
    """Return the declarations of scripts: those that are stored, else by running them."""
    keys = [fingerprint("declared", toolchain, script.helpers, script.text) for script in scripts]
    known = store.get_many(keys, _RESULT)
    results = []
    for key, script in zip(keys, scripts, strict=True):
        if key in known:
            given, reason = known[key]
            configurations = tuple(Configuration(kind, value, tuple(unread)) for kind, value, unread in given)
            results.append(ScriptResult(configurations, reason))
            continue
        answer, problem = _run(script)
        found = ScriptResult((), problem)
        if not problem:
            try:
                found = _read(answer)
            except (ValueError, LookupError, TypeError, RecursionError):
                problem = "it changes what JavaScript itself is made of"
                found = ScriptResult((), problem)
        if not problem:  # else it may have been the time
            rows = [[item.kind, item.value, list(item.unread)] for item in found.configurations]
            store.put(key, [rows, found.problem])
        results.append(found)
    return results


def _run(script: Script) -> tuple[str, str]:
    """The answer of `sandbox.js`, in a context that nothing ran in before, or why there is none."""
    from mathblog.engine.katex.javascript import AUTO, ScriptStopped, choose_engine, start_engine

    sandbox = (Path(mathblog.__file__).parent / "math" / "sandbox.js").read_text(encoding="utf-8")
    question = json.dumps({"helpers": script.helpers, "script": script.text})
    problem = ""
    for _ in range(_ATTEMPTS):
        engine = start_engine(choose_engine(AUTO, 0), [sandbox], memory=_MEMORY)
        try:
            answer = engine.begin("sandbox.run", question, seconds=_SECONDS)()
            return ("", "it declares too much") if len(answer) > _LONGEST else (answer, "")
        except ScriptStopped as stopped:
            problem = f"it takes longer than {_SECONDS:g} s" if stopped.timed_out else str(stopped).partition("\n")[0]
            if not stopped.too_early:
                break
        finally:
            engine.close()
    return "", problem


def _read(answer: str) -> ScriptResult:
    """Return the result in an answer. A script may exchange what `sandbox.js` is made of, and so give any other answer.

    Raises:
        ValueError, LookupError, TypeError, RecursionError: where it is none.

    """
    said = json.loads(answer)
    json.dumps(said, ensure_ascii=False).encode()  # half a surrogate is no text
    configurations = tuple(
        Configuration(_text(item["kind"]), item["value"], tuple(_text(name) for _, name in item["unknown"]))
        for item in said["configurations"]
    )
    return ScriptResult(configurations, "" if configurations else next(map(_text, said["failures"]), ""))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
