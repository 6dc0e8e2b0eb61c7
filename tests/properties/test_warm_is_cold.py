"""Whatever was edited, a build that knows the earlier ones makes what a build makes that knows nothing.

MATHBLOG_EDITS=10000 makes a long run of it.
"""

import difflib
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from mathblog.core.excerpt import describe
from mathblog.engine.builder import Builder, build
from mathblog.engine.request import BuildRequest, BuildResult
from mathblog.model.facts import FactView
from properties.edits import BLOG, BODIES, BODY, Blog, C, Edit, Put, edited, edits, files_below, write_blog

EDITS = int(os.environ.get("MATHBLOG_EDITS", "150"))
PER_BLOG = 6 if EDITS <= 1000 else 25

_quick = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=False)


class StaleError(AssertionError):
    """A warm build is not what a cold one is."""


def check_edits(sequence: Sequence[tuple[Edit, bool]], *, keep_going: bool) -> None:
    """Build after every edit, by the kept `Builder` or (True) by a new one over the same cache, and compare with a clean build."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "blog").mkdir()
        warm = BuildRequest(root / "blog", overrides={"destination": str(root / "warm")}, keep_going=keep_going)
        write_blog(root / "blog", {}, BLOG)
        history: list[Blog] = [BLOG]
        with Builder(warm) as kept:
            kept.build()
            for edit, anew in sequence:
                history.append(edited(history, edit))
                write_blog(root / "blog", history[-2], history[-1], edit)
                before = files_below(root / "warm")
                _compare(build(warm) if anew else kept.build(), before, root, keep_going=keep_going)


def _compare(result: BuildResult, before: dict[str, bytes], root: Path, *, keep_going: bool) -> None:
    overrides = {"destination": str(root / "cold")}
    clean = build(BuildRequest(root / "blog", overrides=overrides, keep_going=keep_going, use_cache=False))
    _same("the report", _report(clean), _report(result))
    after = files_below(root / "warm")
    expected = before if clean.published is None else files_below(root / "cold")
    _same("the list of files", sorted(expected), sorted(after))
    for path, content in expected.items():
        _same(path, content, after[path])
    shutil.rmtree(root / "cold", ignore_errors=True)


def _report(result: BuildResult) -> list[object]:
    problems = [describe(problem) for problem in result.diagnostics]
    numbers = [result.formulas, sorted(result.skipped.items()), result.published is None, result.exit_code]
    return [*problems, *numbers, *sorted(result.pages)]


def _same(what: str, expected: object, actual: object) -> None:
    if expected != actual:
        lines = difflib.unified_diff(_lines(expected), _lines(actual), "a clean build", "this one", n=0, lineterm="")
        raise StaleError("\n".join((f"{what} is stale", *lines)))


def _lines(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(line) for line in value]
    return value.decode(errors="replace").splitlines() if isinstance(value, bytes) else [repr(value)]


steps = st.lists(st.tuples(edits(), st.booleans()), min_size=PER_BLOG, max_size=PER_BLOG)


@settings(_quick, max_examples=max(1, EDITS // PER_BLOG))
@given(sequence=steps, keep_going=st.booleans())
def test_any_edits_give_what_a_clean_build_gives(sequence: list[tuple[Edit, bool]], *, keep_going: bool) -> None:
    note(str(sequence))
    check_edits(sequence, keep_going=keep_going)
