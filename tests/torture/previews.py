"""A preview under random edits, moves of its source folder, slow connections and requests that are none."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

from torture.kills import SOURCES, move_at_random
from torture.world import CONFIG, SECRET, World, promise, remove

_READY = re.compile(r"http://(?:localhost|127\.0\.0\.1):(\d+)")
_PATIENCE = 120.0  # seconds until the preview shows what its sources say
_GROWTH = 120.0  # megabytes that a preview may grow during some edits of a small blog: what it loads when it first needs it takes half of them
_REQUESTS = (
    b"GET /../canary/index.html HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET /%2e%2e/canary/index.html HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /..%5c..%5ccanary HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET //etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n", b"\x16\x03\x01\x02\x00\x01", b"GET", b"\r\n\r\n", b"\0" * 4096,
    b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\nx",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 20_000 + b"\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\nRange: bytes=9-1,0-,-\r\n\r\n",
    b"GET /__mathblog/events?page=/..&digest=\xff HTTP/1.1\r\nHost: localhost\r\n\r\n", b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /?\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
)  # fmt: skip


def attack_previews(world: World) -> None:
    """A preview goes on whatever its sources and its visitors do; at rest it shows the sources, and it ends when told to."""
    world.write_posts(SOURCES)
    process = subprocess.Popen(
        world.command("serve", "--port", "0"), env=world.environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    )  # fmt: skip
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.extend(iter(process.stdout.readline, "")), daemon=True)  # type: ignore[union-attr]
    reader.start()
    try:
        port = _wait_for_port(process, said)
        _ask(port, b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")
        before = _megabytes(process.pid)
        held = [_hold(port) for _ in range(world.chance.choice((0, 3, 40)))]
        for step in world.steps(6):
            over = threading.Event()
            mover = threading.Thread(
                target=move_at_random, args=(world.blog, world.canary, world.chance.random(), over)
            )
            mover.start()
            try:
                for _ in range(30):
                    _ask(port, world.chance.choice(_REQUESTS))
                if world.chance.random() < 0.5:
                    _move_the_source(world.blog)
            finally:
                over.set()
                mover.join()
            promise(process.poll() is None, f"step {step}: the preview ended\n{''.join(said)}")
        for connection in held:
            connection.close()
        _comes_to_rest(world, port, said)
        grown = _megabytes(process.pid) - before
        promise(grown < _GROWTH, f"the preview grew by {grown:.0f} MB")
    finally:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(30)
        ended = process.poll()
        process.kill()
        process.wait()
        reader.join(10)
        process.stdout.close()  # type: ignore[union-attr]
    output = "".join(said)
    promise("Traceback" not in output and "internal error" not in output, output)
    promise(ended in (0, 130), f"the preview ended with {ended} when it was told to\n{output}")
    world.check()


def _wait_for_port(process: "subprocess.Popen[str]", said: list[str]) -> int:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if found := _READY.search("".join(said)):
            return int(found[1])
        time.sleep(0.05)
    promise(kept=False, what=f"no preview\n{''.join(said)}")
    return 0


def _ask(port: int, request: bytes) -> bytes:
    """What a request gets, for as long as something comes; nothing where the connection is refused or closed."""
    received = b""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
        connection.sendall(request)
        while part := connection.recv(1 << 16):
            received += part
    promise(SECRET.encode() not in received, f"{request[:80]!r} gets what stands outside of the site")
    return received


def _hold(port: int) -> socket.socket:
    """A connection that says little, and never comes to its end."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=5)
    connection.sendall(b"GET / HTTP/1.1\r\nHost: loc")
    return connection


def _move_the_source(blog: Path) -> None:
    aside = blog.with_name("aside")
    blog.rename(aside)
    time.sleep(0.3)
    aside.rename(blog)


def _comes_to_rest(world: World, port: int, said: list[str]) -> None:
    """The last word of the sources is shown in the end."""
    remove(world.blog / "_posts")
    word = f"rest{time.time_ns()}"
    (world.blog / "_config.yml").write_text(CONFIG)
    world.write("_posts/2019-01-01-rest.md", f"---\ntitle: rest\n---\n{word}\n")
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if word.encode() in _ask(port, b"GET /2019/01/01/rest.html HTTP/1.0\r\nHost: localhost\r\n\r\n"):
            return
        time.sleep(0.5)
    promise(kept=False, what=f"the preview does not show its sources\n{''.join(said)}")


def _megabytes(pid: int) -> float:
    """The memory of a process, where the system tells."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
