"""Whatever was edited, a build that knows the earlier ones makes what a build makes that knows nothing.

MATHBLOG_EDITS=10000 makes a long run of it. MATHBLOG_JOBS=8 lets as many processes share each warm build.
"""

import difflib
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from mathblog.core.excerpt import describe
from mathblog.engine.builder import Builder, build
from mathblog.engine.request import BuildRequest, BuildResult
from mathblog.engine.sources import snapshot
from mathblog.engine.sources.snapshot import FileStamp
from mathblog.engine.stages import compiling, layouting
from mathblog.engine.stages.workers import layout_desk
from mathblog.model.facts.kind import FactKey
from mathblog.model.facts.view import FactView
from properties.edits import (
    BLOG,
    BODIES,
    BODY,
    CONFIG,
    LATER,
    TEXTS,
    A,
    B,
    Blog,
    C,
    Delete,
    Edit,
    Put,
    Rename,
    Undo,
    edited,
    edits,
    files_below,
    write_blog,
)

EDITS = int(os.environ.get("MATHBLOG_EDITS", "100"))
JOBS = int(os.environ.get("MATHBLOG_JOBS", "1"))
PER_BLOG = 6 if EDITS <= 1000 else 25

_quick = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


class StaleError(AssertionError):
    """A warm build is not what a cold one is."""


def check_edits(sequence: Sequence[tuple[Edit, bool]], *, keep_going: bool) -> None:
    """Build after every edit, by the kept `Builder` or (True) by a new one over the same cache, and compare with a clean build."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "blog").mkdir()
        warm = BuildRequest(
            root / "blog", overrides={"destination": str(root / "warm")}, keep_going=keep_going, jobs=JOBS
        )
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
    clean = build(BuildRequest(root / "blog", overrides=overrides, keep_going=keep_going, use_cache=False, jobs=1))
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


LISTS, RELATED, INCLUDES, LATER_INCLUDE, DATA, POST_URL = (BODIES[at] for at in (6, 10, 11, 12, 15, 17))
OLD_FAULTS = {
    "a new text of a post lists the pages, as the text of a page did before": [
        (Put("about.md", BODY, RELATED), False),
        (Put(B, BODY, RELATED), False),
    ],
    "another process replaced what the kept one remembers": [
        (Put(LATER, BODY, RELATED), False),
        (Delete(B), True),
        (Undo(1), False),
    ],
    "the same for an excerpt": [(Put(C, BODY, BODIES[21]), True), (Undo(1), False)],
    "another separator changes what the feed says of a post, and not the post": [
        (Put(A, BODY, "하나\n\n둘"), False),
        (Put(CONFIG, "excerpt_separator", "'<!--more-->'"), False),
    ],
}
OLD_FAULTS["a post that shows the newest one becomes the newest, and shows itself"] = [
    (Put(B, BODY, "{{ site.posts.first.content | strip_html | truncate: 20 }}"), False),
    (Put(A, BODY, "글 $x_1$ 끝"), False),
    (Put("_includes/note.html", BODY, "[{{ include.text }}]"), True),
    (Rename(C, "sub/page.html"), False),
]
CITING, REFS = BODIES[-2], TEXTS["_bibliography/refs.bib"]
MOMENTS = {
    "an include is written after its page": [
        (Put(A, BODY, LATER_INCLUDE), False),
        (Put("_includes/later.html", BODY, "나중"), False),
    ],
    "a post is written after the link to it": [(Put(A, BODY, POST_URL), False), (Put(LATER, BODY, "x"), False)],
    "a data file comes, changes and goes": [
        (Put(A, BODY, DATA), False),
        (Put("_data/later.json", BODY, '{"key": "나중"}'), False),
        (Put("_data/later.json", BODY, '{"key": 3}'), True),
        (Delete("_data/later.json"), False),
    ],
    "a post becomes a draft and comes back": [(Rename(C, "_drafts/c.md"), False), (Undo(1), True)],
    "a broken post is repaired": [(Put(C, BODY, BODIES[25]), False), (Undo(1), False)],
    "a title shows in a list elsewhere": [(Put("about.md", BODY, LISTS), False), (Put(A, "title", "'새'"), False)],
    "an entry that a page cites changes, moves, breaks and goes": [
        (Put("_bibliography/refs.bib", BODY, REFS[0]), False),
        (Put(A, BODY, CITING), False),
        (Put("_bibliography/refs.bib", BODY, REFS[1]), False),
        (Put(B, BODY, "다른 글"), False),
        (Put("_bibliography/refs.bib", BODY, REFS[2]), True),
        (Delete("_bibliography/refs.bib"), False),
    ],
    "a setting changes": [(Put(CONFIG, "baseurl", "/blog"), False), (Put(CONFIG, "baseurl", ""), True)],
}


@pytest.mark.parametrize("sequence", [*OLD_FAULTS.values(), *MOMENTS.values()], ids=[*OLD_FAULTS, *MOMENTS])
def test_moments_of_an_authors_day(sequence: list[tuple[Edit, bool]]) -> None:
    check_edits(sequence, keep_going=True)


@pytest.mark.parametrize(
    ("fact", "sequence"),
    [
        ("document", MOMENTS["a title shows in a list elsewhere"]),
        ("posts", MOMENTS["a title shows in a list elsewhere"]),
        ("include", [(Put(A, BODY, INCLUDES), False), (Put("_includes/note.html", BODY, "다른"), False)]),
        ("data", MOMENTS["a data file comes, changes and goes"]),
        ("reference", MOMENTS["an entry that a page cites changes, moves, breaks and goes"]),
        ("site", [(Put(A, BODY, BODIES[5]), False), (Put(CONFIG, "title", "'다른 이름'"), False)]),
    ],
)
def test_a_read_that_is_not_recorded_is_found_out(
    fact: str, sequence: list[tuple[Edit, bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded = FactView._answer

    def answer(self: FactView, key: FactKey) -> object | None:
        return self._facts.get(key) if key[0] == fact else recorded(self, key)

    monkeypatch.setattr(FactView, "_answer", answer)
    with pytest.raises(StaleError):
        check_edits(sequence, keep_going=True)


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        (A, ("글 하나", "글 둘둘"[:4])),
        ("_includes/note.html", ("[1]", "[2]")),
        ("_data/d.yml", ("key: 1\n", "key: 2\n")),
        ("assets/a.png", ("one", "two")),
        ("_theme/assets/own.css", ("a{}", "b{}")),
        (CONFIG, ("'하나'", "'다른'")),
    ],
)
def test_an_edit_that_leaves_the_stamp_as_it_was_is_seen(
    path: str, texts: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that stands still: within one tick of it a file can be written twice, and keep size, times and place."""
    monkeypatch.setattr(snapshot, "stamp_of", lambda stat: FileStamp(stat.st_size, 10**18, 10**18, 1))
    monkeypatch.setattr(FileStamp, "is_of", lambda *_: True)
    monkeypatch.setattr(snapshot.time, "time_ns", itertools.count(10**18 + 1_000_000).__next__)
    field = "title" if path == CONFIG else BODY
    check_edits(
        [
            (Put("about.md", BODY, DATA + INCLUDES), False),
            *((Put(path, field, text), anew) for text in texts for anew in (False, True)),
        ],
        keep_going=True,
    )


steps = st.lists(st.tuples(edits(), st.booleans()), min_size=PER_BLOG, max_size=PER_BLOG)


@pytest.fixture(scope="module")
def shared() -> Iterator[None]:
    """With several processes the least piece of work is shared between them; with one nothing changes."""
    with pytest.MonkeyPatch.context() as patched:
        if JOBS > 1:
            patched.setattr(compiling, "_CHUNK", 0)
            patched.setattr(compiling, "_WORTH_WORKERS", 1)
            patched.setattr(layouting, "_WORTH_WORKERS", 1)
            patched.setattr(layout_desk, "_CHUNK", 1)
        yield


@pytest.mark.usefixtures("shared")
@settings(_quick, max_examples=max(1, EDITS // PER_BLOG))
@given(sequence=steps, keep_going=st.booleans())
def test_any_edits_give_what_a_clean_build_gives(sequence: list[tuple[Edit, bool]], *, keep_going: bool) -> None:
    note(str(sequence))
    check_edits(sequence, keep_going=keep_going)
