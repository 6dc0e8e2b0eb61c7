"""Where the time goes: the CPU time of each step of a build in Python, per post, in one process.

    python benchmarks/steps.py --posts 300
    python benchmarks/steps.py --posts 300 --engine quickjs --profile

The build is the one that users run: the functions that are its steps are replaced by the same with a stopwatch around
them. A step's time does not hold that of the steps it calls. KaTeX runs in a thread of its own meanwhile, and stands in
the last row only. A small blog is built first, so that imports, lexers and the parser are made. Needs mathblog on the path (`PYTHONPATH=src`, or installed).
"""

import argparse
import cProfile
import functools
import importlib
import pstats
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from corpus import write_blog
from machine import describe

P = ParamSpec("P")
R = TypeVar("R")

# (what the table says, the function as `module:name`), by the order of a build
STEPS = (
    ("own version, configuration", "mathblog.engine.toolchain:toolchain"),
    ("own version, configuration", "mathblog.engine.sources.configuration:load_config"),
    ("read files, front matter", "mathblog.engine.sources.site:read_sources"),
    ("read files again for compiling", "mathblog.engine.sources.site:load_document"),
    ("theme: find and load", "mathblog.engine.sources.themes:ThemeFinder.find"),
    ("theme: find and load", "mathblog.theme.load:load_theme"),
    ("index: facts about the site", "mathblog.pipeline.index:index_site"),
    ("index: facts about the site", "mathblog.site.generate:derive_facts"),
    ("Liquid", "mathblog.liquid.render:render_liquid"),
    ("Markdown: parse", "mathblog.markdown.parser:parse"),
    ("Markdown: render", "mathblog.markdown.render:render"),
    ("Pygments", "mathblog.markdown.code.highlight:highlight_code"),
    ("Pygments", "mathblog.markdown.code.highlight:highlight_tag"),
    ("formulas: collect", "mathblog.math.collect:collect_formulas"),
    ("numbers and references", "mathblog.pipeline.numbering.page:number_page"),
    ("numbers and references", "mathblog.pipeline.numbering.across:Across.__call__"),
    ("citations", "mathblog.pipeline.compiling.citing:Citing.resolve"),
    ("checks of every build", "mathblog.pipeline.checks.checked_text:check_text"),
    ("checks of every build", "mathblog.pipeline.checks.silence:read_silences"),
    ("checks of every build", "mathblog.pipeline.checks.silence:heed"),
    ("checks of every build", "mathblog.math.slips:find_slips"),
    ("KaTeX: start the engine", "mathblog.engine.katex.javascript:start_engine"),
    ("KaTeX: ask, read the answers", "mathblog.engine.katex.renderer:KatexRenderer.begin"),
    ("KaTeX: ask, read the answers", "mathblog.math.katex:response"),
    ("outcomes: pack, digest", "mathblog.engine.stages.outcome:outcome_of"),
    ("memo: look up and record", "mathblog.engine.cache.memo:Memo.look_up"),
    ("memo: look up and record", "mathblog.engine.cache.memo:Memo.record"),
    ("store: read", "mathblog.engine.cache.store:Store.get_many"),
    ("store: note", "mathblog.engine.cache.store:Store.put"),
    ("store: write", "mathblog.engine.cache.store:Store.save"),
    ("addresses, generated pages", "mathblog.pipeline.addresses:plan_output"),
    ("addresses, generated pages", "mathblog.site.generate:generate_pages"),
    ("layouts", "mathblog.theme.layout:lay_out"),
    ("feed, sitemap, assets", "mathblog.site.generate:generate_files"),
    ("publish: write", "mathblog.engine.output.publish:Publication.stage"),
    ("publish: rename", "mathblog.engine.output.publish:Publication.commit"),
)
REST = "the rest"
_SHOWN = 25  # lines of a profile
_WARM = 8  # posts: one with each language


class Stopwatch:
    """CPU seconds and calls by step. While a step calls another, only the inner one's time runs."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.calls: Counter[str] = Counter()
        self._running = [REST]
        self._since = time.thread_time()

    def wrap(self, step: str, function: Callable[P, R]) -> Callable[P, R]:
        """The same function, its time counted as that of `step`."""

        @functools.wraps(function)
        def timed(*args: P.args, **kwargs: P.kwargs) -> R:
            self._book()
            self._running.append(step)
            self.calls[step] += 1
            try:
                return function(*args, **kwargs)
            finally:
                self._book()
                self._running.pop()

        return timed

    def read(self) -> dict[str, float]:
        """Seconds by step since the last reading."""
        self._book()
        seconds, self.seconds = dict(self.seconds), defaultdict(float)
        return seconds

    def _book(self) -> None:
        now = time.thread_time()
        self.seconds[self._running[-1]] += now - self._since
        self._since = now


def watch_steps() -> Stopwatch:
    """Put the stopwatch around every step, wherever the name is used.

    Raises:
        AttributeError: for a step that has moved: correct `STEPS`.

    """
    importlib.import_module("mathblog.engine.builder")  # all that it imports now holds names to be replaced
    watch = Stopwatch()
    for step, place in STEPS:
        module_name, _, name = place.partition(":")
        owner: object = importlib.import_module(module_name)
        *outer, last = name.split(".")
        for part in outer:
            owner = getattr(owner, part)
        original = getattr(owner, last)
        timed = watch.wrap(step, original)
        setattr(owner, last, timed)
        for module in [found for key, found in sys.modules.items() if key.startswith("mathblog.")]:
            for key in [key for key, value in vars(module).items() if value is original]:
                setattr(module, key, timed)
    return watch


def build_blog(source: Path, out: Path) -> int:
    """Build in this process, without workers, the store empty before; the number of formulas.

    Raises:
        RuntimeError: when the site has problems: its time would not be that of a sound one.

    """
    from mathblog.engine.builder import build
    from mathblog.engine.request import BuildRequest

    result = build(BuildRequest(source, overrides={"destination": str(out), "strict": True}, jobs=1, offline=True))
    if result.exit_code:
        message = "\n".join(f"{problem.path}: {problem.message}" for problem in result.diagnostics)
        raise RuntimeError(message)
    return result.formulas


def report(first: float, whole: float, seconds: dict[str, float], watch: Stopwatch, posts: int) -> list[str]:
    """The table: a row for each step that ran, the dearest first. `first` and `whole` are seconds of all threads."""
    total = sum(seconds.values())
    rows = ["| step | CPU ms a post | share | calls |", "|---|--:|--:|--:|"]
    for step, spent in sorted(seconds.items(), key=lambda item: -item[1]):
        calls = f"{watch.calls[step]:,}" if step != REST else ""
        rows.append(f"| {step} | {spent * 1000 / posts:.3f} | {spent / total:.0%} | {calls} |")
    rows.append(f"| **all in Python** | **{total * 1000 / posts:.2f}** | | |")
    rows.append(f"| with KaTeX's threads | {whole * 1000 / posts:.2f} | | |")
    rows.append(f"| once: imports and the first build, of {_WARM} posts | {first * 1000:.0f} ms | | |")
    return rows


def _profile(source: Path, out: Path) -> None:
    profiler = cProfile.Profile(time.process_time)
    profiler.runcall(build_blog, source, out)
    for order in ("tottime", "cumulative"):
        pstats.Stats(profiler).strip_dirs().sort_stats(order).print_stats(_SHOWN)


def _run(given: argparse.Namespace, work: Path) -> None:
    for name, size in (("small", _WARM), ("blog", given.posts)):
        for _ in write_blog(work / name, size, given.formulas, given.seed):
            pass
        with (work / name / "_config.yml").open("a", encoding="utf-8") as config:
            config.write(f"math: {{engine: {given.engine}}}\n")
    print(describe(), flush=True)
    if given.profile:
        build_blog(work / "small", work / "out" / "small")
        _profile(work / "blog", work / "out" / "profiled")
        return
    begun = time.process_time()
    watch = watch_steps()
    build_blog(work / "small", work / "out" / "small")
    first = time.process_time() - begun
    watch.read()
    watch.calls.clear()
    begun = time.process_time()
    formulas = build_blog(work / "blog", work / "out" / "blog")
    whole = time.process_time() - begun
    silent = {step for step, _ in STEPS} - set(watch.calls)
    if silent:
        print(f"never called, so it has moved: {', '.join(sorted(silent))}", file=sys.stderr)
    print(f"\n### {given.posts:,} posts, {formulas:,} formulas, engine `{given.engine}`\n")
    print("\n".join(report(first, whole, watch.read(), watch, given.posts)))


def main() -> int:
    """Print the table, or a profile."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=300, metavar="N")
    parser.add_argument("--formulas", type=int, default=10, metavar="F", help="formulas in a post")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", default="auto", choices=("auto", "quickjs", "v8"))
    parser.add_argument("--profile", action="store_true", help="the functions with the most time, by cProfile")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _run(given, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
