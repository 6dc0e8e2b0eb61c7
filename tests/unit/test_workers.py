"""Worker processes: what they answer, and what becomes of a page that kills one or takes too long."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mathblog.engine.builder import build
from mathblog.engine.request import BuildRequest
from mathblog.engine.stages import compiling, worker
from mathblog.markdown import render

POSTS = 60
BODY = "text $$x_{%d}$$ and more\n" * 200
REAL_BEGIN = worker.begin


def die(at: str) -> None:
    """Stand in for an engine that crashes: the process that renders the marked page is gone without a word."""
    real = render.render

    def rendering(parsed, *rest):
        if "DEADLY" in parsed.text and os.getpid() != int(os.environ["MATHBLOG_TEST_PARENT"]):
            os.kill(os.getpid(), signal.SIGKILL) if at == "kill" else time.sleep(60)
        return real(parsed, *rest)

    render.render = rendering


def begin_to_die() -> None:
    die("kill")
    REAL_BEGIN()


def begin_to_sleep() -> None:
    worker.PAGE_SECONDS = 1
    die("sleep")
    REAL_BEGIN()


def blog(tmp_path: Path, deadly: int = -1) -> BuildRequest:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_config.yml").write_text("url: https://example.org\n")
    for number in range(POSTS):
        body = BODY % (*([number] * 200),)
        text = f"---\ntitle: Post {number}\n---\n{'DEADLY' if number == deadly else ''}\n\n{body}"
        (tmp_path / f"_posts/2020-01-{number % 28 + 1:02}-post-{number}.md").write_text(text)
    return BuildRequest(tmp_path, jobs=2, keep_going=True)


def test_workers_make_the_same_site_as_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "_CHUNK", 20_000)
    (tmp_path / "a").mkdir()
    request = blog(tmp_path / "a")
    many = build(request)
    assert not many.diagnostics
    files = {path: path.read_bytes() for path in sorted(many.root.rglob("*.html"))}
    one = build(BuildRequest(tmp_path / "a", jobs=1, use_cache=False))
    assert one.formulas == many.formulas == POSTS * 200
    assert {path: path.read_bytes() for path in sorted(one.root.rglob("*.html"))} == files


@pytest.mark.parametrize(
    ("begin", "says"), [(begin_to_die, "ended without an answer"), (begin_to_sleep, "takes longer than")]
)
def test_a_page_that_ends_its_worker_is_named_and_the_others_are_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begin: Callable[[], None], says: str
) -> None:
    monkeypatch.setenv("MATHBLOG_TEST_PARENT", str(os.getpid()))
    monkeypatch.setattr(compiling, "_CHUNK", 20_000)
    monkeypatch.setattr(worker, "begin", begin)
    result = build(blog(tmp_path, deadly=0))
    assert result.exit_code == 1
    (problem,) = result.diagnostics
    assert problem.path == "_posts/2020-01-01-post-0.md"
    assert says in problem.message
    assert sum("post-" in page for page in result.pages) == POSTS - 1
    monkeypatch.undo()
    assert not build(BuildRequest(tmp_path, jobs=1)).diagnostics, "the next build tries again"
