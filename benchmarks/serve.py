"""From a save to the page: how long a preview takes to show the new words of one post.

    python benchmarks/serve.py --posts 1000,5000
    python benchmarks/serve.py --posts 1000 --peer jekyll='jekyll serve --incremental -q -s {src} -d {out} -P {port}'

A post is saved, its page is asked for every 5 ms over HTTP, and the clock stops when the new words are in it. The first
page is timed from the start of the program. Figures are medians over the edits, with the least and the greatest.
"""

import argparse
import http
import http.client
import os
import shlex
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from contender import Contender
from corpus import Post, write_blog
from machine import describe
from process import OFFLINE, CommandFailed, resident, tree

_POLL = 0.005  # seconds between two questions
_LONGEST = 300.0  # seconds for a page
_REST = 1.0  # seconds between two edits, and before the first: what a watcher needs to settle
_HOST = "127.0.0.1"
_BASE = "/notes"  # the blog's `baseurl`


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds to the first page and from each save to its page; megabytes of all processes when the last one was shown."""

    first: float
    edits: tuple[float, ...]
    memory: float


def measure(contender: Contender, post: Post, edits: int) -> Latency:
    """Start a preview server on an empty cache, and edit one post again and again.

    Raises:
        CommandFailed: when the server ends, or does not show the page.

    """
    contender.forget()
    port = _free_port()
    command = [
        word.format(src=contender.source, out=contender.out, port=port)
        for word in shlex.split(contender.commands["serve"])
    ]
    with (contender.root / "log").open("ab") as output:
        begun = time.perf_counter()
        server = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env=os.environ | OFFLINE
        )
        try:
            first = _wait(server, port, post.url, "</html>", begun)
            latencies = []
            for number in range(1, edits + 1):
                time.sleep(_REST)
                saved = time.perf_counter()
                contender.edit(post, number)
                latencies.append(_wait(server, port, post.url, f"One sentence more, number {number},", saved))
            memory = sum(resident(pid) for pid in tree(server.pid)) / (1 << 20)
        finally:
            server.terminate()
            server.wait()
    return Latency(first, tuple(latencies), memory)


def _wait(server: "subprocess.Popen[bytes]", port: int, url: str, words: str, begun: float) -> float:
    """Seconds from `begun` until the page at `url` has these words."""
    while words not in _get(port, url):
        if server.poll() is not None or time.perf_counter() - begun > _LONGEST:
            message = f"the server ended, or did not show `{words}` at {url}"
            raise CommandFailed(message)
        time.sleep(_POLL)
    return time.perf_counter() - begun


def _get(port: int, url: str) -> str:
    connection = http.client.HTTPConnection(_HOST, port, timeout=_LONGEST)
    try:
        connection.request("GET", _BASE + url)
        answer = connection.getresponse()
        return answer.read().decode("utf-8", "replace") if answer.status == http.HTTPStatus.OK else ""
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind((_HOST, 0))
        port: int = listening.getsockname()[1]
        return port


def report(rows: Sequence[tuple[str, int, Latency]]) -> list[str]:
    """The table."""
    lines = ["| | posts | first page s | save to page: median s | best | worst | MB |", "|---|--:|--:|--:|--:|--:|--:|"]
    for name, posts, latency in rows:
        edits = latency.edits
        lines.append(
            f"| {name} | {posts:,} | {latency.first:.2f} | {statistics.median(edits):.3f} | {min(edits):.3f} "
            f"| {max(edits):.3f} | {latency.memory:.0f} |"
        )
    return lines


def _run(given: argparse.Namespace, work: Path) -> None:
    print(describe(), flush=True)
    own = f"{shlex.quote(sys.executable)} -m mathblog serve -s {{src}} -d {{out}} -P {{port}}"
    commands = {"mathblog": own, **dict(pair.split("=", 1) for pair in given.peer)}
    converters = dict(pair.split("=", 1) for pair in given.convert)
    rows = []
    for size in map(int, given.posts.split(",")):
        root = work / f"{size}-posts"
        posts = list(write_blog(root / "blog", size, given.formulas, given.seed))
        for name, command in commands.items():
            contender = Contender(name, {"serve": command}, root / name)
            contender.prepare(root / "blog", converters.get(name, ""), "")
            rows.append((name, size, measure(contender, posts[size // 2], given.edits)))
    print("", *report(rows), sep="\n")


def main() -> int:
    """Measure what was asked for; 1 when a server failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", default="1000", metavar="N,N", help="sizes of blogs")
    parser.add_argument("--formulas", type=int, default=10, metavar="F", help="formulas in a post")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--edits", type=int, default=10)
    parser.add_argument(
        "--peer", action="append", default=[], metavar="NAME=COMMAND", help="with {src}, {out} and {port}"
    )
    parser.add_argument("--convert", action="append", default=[], metavar="NAME=COMMAND", help="with {src} and {dst}")
    given = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            _run(given, Path(folder))
    except CommandFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
