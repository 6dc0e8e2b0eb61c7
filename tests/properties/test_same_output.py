"""What a site looks like is in its sources: not in the folder, the clock, the language, the number of workers, the disk."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pytest

from mathblog.engine.builder import build
from mathblog.engine.request import BuildRequest
from mathblog.engine.sources.image_sizes import SizeReader
from mathblog.engine.stages import compiling, layouting
from mathblog.engine.stages.workers import layout_desk
from mathblog.math.renderer import MathRenderer
from mathblog.model.formula import FormulaKey, RenderedFormula
from mathblog.pipeline.compiling.options import Compiler
from properties.edits import BLOG, BODIES, BODY, LATER, Blog, C, write_blog
from support.site import NewSite, Site

_GOOD = [body for body in BODIES if "깨진" not in body and "later.html" not in body and "part.txt" not in body]
FULL: Blog = {
    **BLOG,
    **{
        f"_posts/2018-09-{day + 1:02}-p{day}.md": {"tags": f"[t{day % 3}]", BODY: body}
        for day, body in enumerate(_GOOD)
    },
    C: {"title": "'셋'", BODY: "## 제목\n\n| a | $b$ |\n|---|---|\n| 1 | 2 |\n"},
    LATER: {"title": "'뒤'", BODY: "x"},
}


def fill(site: Site) -> Site:
    write_blog(site.source, {}, FULL)
    return site


def test_folder_zone_language_hash_seed_and_workers_do_not_count(new_site: NewSite) -> None:
    ways = {
        "one": (("-j", "1"), {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}),
        "다른 폴더": (("-j", "3"), {"TZ": "Pacific/Chatham", "LC_ALL": "C", "PYTHONHASHSEED": "4242"}),
    }
    trees = {}
    for name, (arguments, environment) in ways.items():
        site = fill(new_site(name))
        done = site.start(*arguments, **environment)
        assert done.returncode == 0, done.stderr
        trees[name] = site.files()
    one, other = trees.values()
    assert one == other


def test_workers_make_what_one_process_makes(new_site: NewSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks so small that three processes share even this blog."""
    monkeypatch.setattr(compiling, "_CHUNK", 0)
    monkeypatch.setattr(layouting, "_WORTH_WORKERS", 1)
    monkeypatch.setattr(layout_desk, "_CHUNK", 1)
    trees = {}
    for jobs in (1, 3):
        site = fill(new_site(f"jobs{jobs}"))
        result = build(BuildRequest(site.source, overrides={"destination": str(site.output)}, jobs=jobs))
        trees[jobs] = (site.files(), result.diagnostics, result.formulas)
    assert trees[1] == trees[3]


def test_twice_is_once(site: Site) -> None:
    first = fill(site).build().files()
    assert site.code == 0
    assert site.build().files() == first
    assert site.done.published is not None
    assert site.done.published.written == 0


_listeners: list[list[str]] = []


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if _listeners and event in {"open", "os.scandir", "os.listdir", "subprocess.Popen", "socket.connect"}:
        name = arguments[0]
        if isinstance(name, str) and not name.endswith((".py", ".pyc")):  # a module that is imported when it is used
            _listeners[-1].append(f"{event} {name}")


@contextmanager
def listening() -> Iterator[list[str]]:
    """What is opened meanwhile. An audit hook cannot be taken away again, so there is one, and it mostly sleeps."""
    _listeners.append([])
    try:
        yield _listeners[-1]
    finally:
        _listeners.pop()


sys.addaudithook(_listen)


class EngineAside:
    """A renderer of formulas that nobody listens to: it is the engine's, and reads KaTeX from the disk when it starts."""

    def __init__(self, renderer: MathRenderer) -> None:
        self.close = renderer.close
        self._begin = renderer.begin

    def begin(self, keys: Sequence[FormulaKey]) -> Callable[[], list[RenderedFormula]]:
        with listening():
            results = self._begin(keys)()
        return lambda: results


def engine_aside(compiler: Compiler) -> Callable[[], EngineAside]:
    return lambda: EngineAside(compiler.renderer())


def unheard(function: Callable[..., object]) -> Callable[..., object]:
    def run(*arguments: object) -> object:
        with listening():
            return function(*arguments)

    return run


def test_the_listener_hears() -> None:
    with listening() as heard, open(os.devnull):  # noqa: PTH123
        pass
    assert heard == [f"open {os.devnull}"]


def test_stages_open_no_files(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Liquid, Markdown, maths, layouts, feed and sitemap, each called as the engine calls it.

    The size of an image is a fact: the engine reads it when a stage asks.
    """
    from mathblog.pipeline.compiling import compile as compile_stage
    from mathblog.site import generate
    from mathblog.theme import layout

    fill(site).build()  # imports, time zones, lexers
    (site.output / ".mathblog-manifest.json").unlink()
    heard: list[str] = []
    watch = {
        "compile_documents": compile_stage,
        "lay_out": layout,
        "generate_maps": generate,
        "generate_files": generate,
    }
    called = []
    for name, module in watch.items():
        function = getattr(module, name)

        def watched(*arguments: object, function=function, name=name) -> object:
            called.append(name)
            aside = [
                replace(item, renderer=engine_aside(item)) if isinstance(item, Compiler) else item for item in arguments
            ]
            aside = [
                list(item) if isinstance(item, Iterator) else item for item in aside
            ]  # documents, read by the engine
            with listening() as opened:
                result = function(*aside)
                result = iter(list(result)) if isinstance(result, Iterator) else result
            heard.extend(opened)
            return result

        monkeypatch.setattr(module, name, watched)
    monkeypatch.setattr(SizeReader, "__call__", unheard(SizeReader.__call__))
    request = BuildRequest(
        site.source, overrides={"destination": str(site.output)}, use_cache=False, jobs=1, force=True
    )
    assert build(request).exit_code == 0
    assert {*called} == {*watch}
    assert heard == []
