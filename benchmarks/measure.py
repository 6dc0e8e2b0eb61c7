"""Time whole builds of a generated blog, of mathblog and of any other program beside it.

    python benchmarks/measure.py --posts 100,1000 --rounds 5
    python benchmarks/measure.py --posts 1000 --engine auto --engine quickjs -- --verbose
    python benchmarks/measure.py --posts 1000 --peer jekyll='jekyll build -q -s {src} -d {out}'

The programs take turns in each round: a cold build, the same again, the same again after an edit of one post. Figures
are medians over the rounds, with the least in brackets. What stands after `--` is given to `mathblog build`.
"""

import argparse
import shlex
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from contender import Contender
from corpus import Post, write_blog
from machine import describe
from process import CommandFailed, Cost

Measured: TypeAlias = dict[tuple[str, str], list[Cost]]  # (mode, contender) -> one cost a round

COLD, AGAIN, EDIT, HELP = "cold", "nothing changed", "one post edited", "--help"
# What a mode does before its command runs, in the order of the table. A preview server (`serve`) is not one more row
# here: its figure is a latency over HTTP, not the cost of a process, and belongs into a script of its own.
MODES: dict[str, Callable[[Contender, Post, int], None]] = {
    COLD: lambda contender, _post, _number: contender.forget(),
    AGAIN: lambda _contender, _post, _number: None,
    EDIT: lambda contender, post, number: contender.edit(post, number),
}
_SAMPLES = 20  # pages that are looked into


def measure(contenders: Sequence[Contender], posts: Sequence[Post], rounds: int) -> Measured:
    """Every contender in every mode, in turns."""
    costs: Measured = {}
    edited = posts[len(posts) // 2]
    for number in range(1, rounds + 1):
        for contender in contenders:
            for mode, prepare in MODES.items():
                prepare(contender, edited, number)
                costs.setdefault((mode, contender.name), []).append(contender.run(mode))
            if HELP in contender.commands:
                costs.setdefault((HELP, contender.name), []).append(contender.run(HELP))
    return costs


def report(costs: Measured, posts: int) -> list[str]:
    """The table, a row for each mode and contender."""
    rows = ["| | | wall s | CPU s | CPU ms a post | peak MB | tree MB |", "|---|---|--:|--:|--:|--:|--:|"]
    for mode in (*MODES, HELP):
        for (its_mode, name), series in costs.items():
            if its_mode != mode:
                continue
            wall, cpu, peak, tree = ([getattr(cost, what) for cost in series] for what in Cost.__slots__)
            each = f"{statistics.median(cpu) * 1000 / posts:.2f}" if mode != HELP else ""
            rows.append(
                f"| {mode} | {name} | {_seconds(wall)} | {_seconds(cpu)} | {each} "
                f"| {statistics.median(peak):.0f} | {statistics.median(tree):.0f} |"
            )
    return rows


def report_ratios(costs: Measured, names: Sequence[str]) -> list[str]:
    """The first contender over each other one, wall and CPU: medians over the ratios of each round."""
    first, *others = names
    rows = [f"| {first} over | | wall | CPU |", "|---|---|--:|--:|"]
    for other in others:
        for mode in MODES:
            pairs = list(zip(costs[mode, first], costs[mode, other], strict=True))
            wall = statistics.median(one.wall / two.wall for one, two in pairs)
            cpu = statistics.median(one.cpu / two.cpu for one, two in pairs)
            rows.append(f"| {other} | {mode} | {wall:.2f} | {cpu:.2f} |")
    return rows


def check(contender: Contender, posts: Sequence[Post]) -> str:
    """What really stands in the site: pages of posts, and in some of them the formulas that were rendered."""
    pages = [contender.page(post) for post in posts]
    edited = len(posts) // 2
    chosen = [at for at in range(0, len(posts), max(1, len(posts) // _SAMPLES)) if at != edited]
    rendered = sum(pages[at].count("<math") for at in chosen)
    wanted = sum(posts[at].text.count("$$") // 2 for at in chosen)
    return (
        f"- {contender.name}: pages of {sum(map(bool, pages))} of {len(posts)} posts; "
        f"MathML of {rendered} formulas in {len(chosen)} pages that have {wanted} in their source"
    )


def _seconds(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f})"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", default="100,1000", metavar="N,N", help="sizes of blogs")
    parser.add_argument("--formulas", type=int, default=10, metavar="F", help="formulas in a post")
    parser.add_argument("--rounds", type=int, default=3, metavar="R")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, metavar="J", help="given to mathblog as `--jobs`")
    parser.add_argument(
        "--engine", action="append", metavar="E", help="`math.engine` of the blog (default: auto); repeat to compare"
    )
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=COMMAND", help="with {src} and {out}")
    parser.add_argument(
        "--convert",
        action="append",
        default=[],
        metavar="NAME=COMMAND",
        help="makes a peer's blog; with {src} and {dst}",
    )
    parser.add_argument(
        "--work", type=Path, metavar="DIR", help="where blogs and sites go (default: a temporary folder)"
    )
    parser.add_argument("extra", nargs="*", metavar="-- ARGUMENT", help="given to `mathblog build`")
    return parser.parse_args()


def _contenders(given: argparse.Namespace, root: Path) -> Iterable[tuple[Contender, str, str]]:
    """Each contender with the command that converts its blog, and lines for its configuration."""
    program = f"{shlex.quote(sys.executable)} -m mathblog"
    jobs = [f"--jobs={given.jobs}"] if given.jobs else []
    build = f"{program} build -s {{src}} -d {{out}} {shlex.join([*jobs, *given.extra])}"
    for number, engine in enumerate(given.engine or ["auto"]):
        name = f"mathblog, {engine}"
        commands = {"": build} if number else {"": build, HELP: f"{program} --help"}
        yield Contender(name, commands, root / f"mathblog-{engine}"), "", f"math: {{engine: {engine}}}"
    converters = dict(pair.split("=", 1) for pair in given.convert)
    for pair in given.peer:
        name, command = pair.split("=", 1)
        yield Contender(name, {"": command}, root / f"peer-{name}"), converters.get(name, ""), ""


def _run(given: argparse.Namespace, work: Path) -> None:
    print(describe(), flush=True)
    for size in map(int, given.posts.split(",")):
        root = work / f"{size}-posts"
        posts = list(write_blog(root / "blog", size, given.formulas, given.seed))
        contenders = []
        for contender, convert, config in _contenders(given, root):
            contender.prepare(root / "blog", convert, config)
            contenders.append(contender)
        costs = measure(contenders, posts, given.rounds)
        print(f"\n### {size:,} posts, {given.formulas} formulas each, median (least) of {given.rounds}\n")
        print("\n".join(report(costs, size)))
        if len(contenders) > 1:
            print("", *report_ratios(costs, [contender.name for contender in contenders]), sep="\n")
        print("", *(check(contender, posts) for contender in contenders), sep="\n", flush=True)


def main() -> int:
    """Measure what was asked for; 1 when a command failed."""
    given = _arguments()
    try:
        if given.work:
            _run(given, given.work)
        else:
            with tempfile.TemporaryDirectory() as folder:
                _run(given, Path(folder))
    except CommandFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
