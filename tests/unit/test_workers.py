"""Worker processes: what they answer, and what becomes of a page that kills one or takes too long."""

import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mathblog.engine.builder import build
from mathblog.engine.cache.memo import Memo
from mathblog.engine.cache.store import Store
from mathblog.engine.katex.budget import FormulaBudget
from mathblog.engine.output.publish import Publication
from mathblog.engine.request import BuildRequest, BuildResult
from mathblog.engine.sources import site
from mathblog.engine.stages import compiling, layouting
from mathblog.engine.stages.extra_files import drawing
from mathblog.engine.stages.time_limit import limit_time
from mathblog.engine.stages.workers import drawing_desk, layout_desk, worker
from mathblog.engine.stages.workers.pool import SharedWork, WorkerPool
from mathblog.engine.stages.workers.worker import Bench, ChunkAnswer, Desk
from mathblog.markdown import render
from mathblog.model.facts.page import PageContext
from mathblog.model.limits import LEAST
from mathblog.pipeline import layout
from mathblog.pipeline.compiling.options import PageTimeoutError

POSTS = 60
UNLAID = 28  # of the first posts in the order of their files
LIMIT = 10  # seconds a page may take; all but one take much less, also on a busy machine
BODY = "text $$x_{%d}$$ and more\n" * 200
REAL_BEGIN = worker.begin


def die(at: str) -> None:
    """Stand in for an engine that crashes: the process that renders the marked page is gone without a word."""
    real = render.render

    def rendering(parsed, *rest):
        if "DEADLY" in parsed.text and os.getpid() != int(os.environ["MATHBLOG_TEST_PARENT"]):
            os.kill(os.getpid(), signal.SIGKILL) if at == "kill" else wait_long()
        return real(parsed, *rest)

    render.render = rendering


def wait_long() -> None:
    """In steps of Python's, so that a thread can be stopped as well."""
    for _ in range(10_000):
        time.sleep(0.01)


def begin_to_die() -> None:
    die("kill")
    real = layout._content

    def content(layouter, page, across):
        if page.spec.title == f"Post {UNLAID}":
            os.kill(os.getpid(), signal.SIGKILL)
        return real(layouter, page, across)

    layout._content = content
    REAL_BEGIN()


def begin_to_lose() -> None:
    """Stand in for another program that takes a part of the texts out of the store."""
    real = Memo.value
    Memo.value = lambda self, key, digest: None if digest[0] in "01234" else real(self, key, digest)
    REAL_BEGIN()


def begin_to_sleep() -> None:
    die("sleep")
    REAL_BEGIN()


def blog(tmp_path: Path, deadly: int = -1, posts: int = POSTS) -> BuildRequest:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_config.yml").write_text("url: https://example.org\n")
    for number in range(posts):
        body = BODY % (*([number] * 200),)
        text = f"---\ntitle: Post {number}\n---\n{'DEADLY' if number == deadly else ''}\n\n{body}"
        (tmp_path / f"_posts/2020-01-{number % 28 + 1:02}-post-{number}.md").write_text(text)
    return BuildRequest(tmp_path, jobs=2, keep_going=True)


def test_workers_make_the_same_site_as_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "_CHUNK", 20_000)
    monkeypatch.setattr(layouting, "_WORTH_WORKERS", 1)
    monkeypatch.setattr(worker, "begin", begin_to_lose)
    request = blog(tmp_path)
    one = build(replace(request, jobs=1, use_cache=False))
    files = {path: path.read_bytes() for path in sorted(one.root.rglob("*.html"))}
    changed = next(path for path in files if "post-7" in path.name)
    changed.write_text("by somebody else")
    taken, real = [], Publication.take
    monkeypatch.setattr(Publication, "take", lambda *given: (taken.append(given[1]), real(*given)))
    many = build(request)
    assert not many.diagnostics
    assert one.formulas == many.formulas == POSTS * 200
    assert {path: path.read_bytes() for path in sorted(many.root.rglob("*.html"))} == files
    assert many.published is not None
    assert many.changed == (changed.relative_to(many.root).as_posix(),), (
        "what stands there already is not written again"
    )
    assert 0 < len(taken) < POSTS, "both processes laid out pages"


def test_workers_draw_the_same_cards_as_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    request = blog(tmp_path, posts=0)
    (tmp_path / "_config.yml").write_text("url: https://example.org\nsocial_cards: true\n")
    for name, front in (("a", "title: A"), ("b", "title: 글\nlang: ko"), ("c", 'title: "C \\U0010FFFD"')):
        (tmp_path / f"_posts/2020-01-01-{name}.md").write_text(f"---\n{front}\n---\nText.\n")
    one = build(replace(request, jobs=1, use_cache=False))
    files = {path: path.read_bytes() for path in one.root.rglob("*.png")}
    assert len(files) == 3
    assert [problem.code for problem in one.diagnostics] == ["config"], "no font has the sign of C"
    monkeypatch.setattr(drawing, "_WORTH_A_START", 1)
    monkeypatch.setattr(drawing_desk.Artist, "draw", None)  # the worker does all of one chunk, and is another program
    many = build(replace(request, use_cache=False, force=True, into=tmp_path / "other"))
    assert {path: (many.root / path.relative_to(one.root)).read_bytes() for path in files} == files
    assert many.diagnostics == one.diagnostics


@pytest.mark.parametrize(
    ("begin", "says"), [(begin_to_die, "ended without an answer"), (begin_to_sleep, "takes longer than")]
)
def test_a_page_that_ends_its_worker_is_named_and_the_others_are_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begin: Callable[[], None], says: str
) -> None:
    monkeypatch.setenv("MATHBLOG_TEST_PARENT", str(os.getpid()))
    monkeypatch.setattr(compiling, "_CHUNK", 20_000)
    monkeypatch.setattr(worker, "begin", begin)
    monkeypatch.setattr(layouting, "_WORTH_WORKERS", 1)
    monkeypatch.setattr(layout_desk, "_CHUNK", 1)
    monkeypatch.setattr(site, "limits_for", lambda _size: replace(LEAST, seconds=LIMIT))
    result = build(blog(tmp_path, deadly=0))
    assert result.exit_code == 1
    problem, *others = result.diagnostics
    assert problem.path == "_posts/2020-01-01-post-0.md"
    assert says in problem.message
    ended = [(it.path, it.message) for it in others]
    dies = begin is begin_to_die
    message = "the process that laid out this page ended without an answer"
    assert ended == ([(f"_posts/2020-01-01-post-{UNLAID}.md", message)] if dies else [])
    assert len([*result.root.rglob("post-*.html")]) == POSTS - 1 - dies
    monkeypatch.undo()
    assert not build(BuildRequest(tmp_path, jobs=1)).diagnostics, "the next build tries again"


class Slow:
    """An assignment whose every chunk takes thirty seconds of the budget for formulas, and says what it was told of that."""

    def take(self, bench: Bench) -> Desk:
        def answer(_items: object) -> ChunkAnswer:
            told = bench.renderers.budget.left
            bench.renderers.budget.charge(31, 10)
            return ChunkAnswer([told], {})

        return answer


def load_nothing() -> None: ...


def test_workers_take_from_the_budget_of_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each assignment of each process had a budget of its own."""
    monkeypatch.setattr(worker, "begin", load_nothing)
    budget = FormulaBudget()
    pool = WorkerPool(2, budget)
    told = []
    for _ in range(2):
        told += pool.share(SharedWork(Slow(), [(0,)], list, str), Store(None))
    pool.close()
    assert told == [60, 30]
    assert budget.left == 0


def in_thread(request: BuildRequest) -> BuildResult:
    """A build in a thread that is not the main one."""
    results: list[BuildResult] = []
    thread = threading.Thread(target=lambda: results.append(build(request)))
    thread.start()
    thread.join(200)
    return results[0]


@pytest.mark.parametrize("building", [build, in_thread])
@pytest.mark.parametrize("stage", [(render, "render"), (layout, "_content")])
def test_a_page_that_takes_too_long_is_given_up_without_workers(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    building: Callable[[BuildRequest], BuildResult],
    stage: tuple[object, str],
) -> None:
    real = getattr(*stage)

    def slow(*given):
        pages = [thing.spec.source for thing in given if isinstance(thing, PageContext)]
        if "_posts/2020-01-01-post-0.md" in pages or any("DEADLY" in getattr(thing, "text", "") for thing in given):
            wait_long()
        return real(*given)

    monkeypatch.setattr(*stage, slow)
    monkeypatch.setattr(site, "limits_for", lambda _size: replace(LEAST, seconds=LIMIT))
    request = replace(blog(tmp_path, deadly=0, posts=3), jobs=1)
    result = building(request)
    (problem,) = result.diagnostics
    assert (problem.path, problem.message) == ("_posts/2020-01-01-post-0.md", f"this page takes longer than {LIMIT} s")
    assert {path.name for path in result.root.rglob("post-*.html")} >= {"post-1.html", "post-2.html"}
    monkeypatch.undo()
    assert not building(request).diagnostics, "the next build tries again"


def _wait_after_another_limit() -> None:
    with limit_time(50):
        pass
    wait_long()


def test_a_limit_within_a_limit_gives_the_outer_one_its_alarm_back() -> None:
    with pytest.raises(PageTimeoutError), limit_time(0.3):
        _wait_after_another_limit()
    with limit_time(0.05):
        pass
    time.sleep(0.1)  # nothing is left of it
