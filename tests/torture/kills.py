"""Kills at random moments, and sources that move while a build reads them."""

import contextlib
import os
import random
import signal
import threading
import time
from pathlib import Path

from torture.world import CONFIG, World, promise, published, remove, whole

POSTS = 24
SOURCES = 20


def kill_builds(world: World) -> None:
    """A build is killed (or one of its workers, or it is asked to stop): whole files, and the next build repairs all."""
    chance = world.chance
    world.write_posts(POSTS)
    begun = time.monotonic()
    promise(world.build() == 0, "the first build fails")
    usual = time.monotonic() - begun
    for step in world.steps(4):
        old = published(world.public)
        world.write_posts(POSTS, salt=step)
        new, _, _ = world.clean()
        process = world.start(*(["--no-cache"] if chance.random() < 0.2 else []))
        time.sleep(usual * chance.random() * 1.2)
        target = chance.choice(("build", "build", "worker", "signal"))
        if target == "worker":
            killed = _kill_worker(world, process.pid)
            code = world.finish(process)
            promise(code == 0, f"a build whose worker was killed ({killed}) ends with {code}")
        else:
            process.send_signal(signal.SIGKILL if target == "build" else chance.choice((signal.SIGINT, signal.SIGTERM)))
            code = world.finish(process, killed=True)
            expected = (-signal.SIGKILL,) if target == "build" else (130, 143, -signal.SIGINT, -signal.SIGTERM)
            promise(code in (0, *expected), f"a build that was told to stop ends with {code}")
        whole(f"step {step}, {target} killed", published(world.public), old, new)
        world.is_as_clean(f"step {step}, after {target} was killed")
        promise(not list(world.public.glob(".mathblog-staging*")), "a staging folder is left")


def _kill_worker(world: World, parent: int) -> bool:
    workers = [pid for pid in world.processes() if pid != parent]
    if workers:
        try:
            os.kill(world.chance.choice(workers), signal.SIGKILL)
        except ProcessLookupError:
            return False
    return bool(workers)


def move_sources(world: World) -> None:
    """Sources come, go and become other things while they are read: the site of one moment, or 3; at rest a clean one."""
    world.write_posts(SOURCES)
    world.build()
    for step in world.steps(3):
        world.write_posts(SOURCES, salt=step)
        process = world.start()
        over = threading.Event()
        mover = threading.Thread(target=move_at_random, args=(world.blog, world.canary, world.chance.random(), over))
        mover.start()
        try:
            world.finish(process)
        finally:
            over.set()
            mover.join()
        (world.blog / "_config.yml").write_text(CONFIG)  # whatever it was
        world.is_as_clean(f"step {step}, when the sources rest")


def move_at_random(blog: Path, canary: Path, seed: float, over: threading.Event) -> None:
    """Move sources about until it is over."""
    chance = random.Random(seed)
    while not over.is_set():
        number = chance.randrange(SOURCES + 5)
        path = blog / "_posts" / f"2018-01-{number + 1:02}-p{number}.md"
        with contextlib.suppress(OSError):  # the last move was in the way
            _put_back(path.parent)
            _MOVES[chance.randrange(len(_MOVES))](path, canary)
        over.wait(chance.random() * 0.1)


def _put_back(folder: Path) -> None:
    """Undo a replacement that was interrupted, since the whole blog was moved meanwhile: the next move would write where it leads."""
    if folder.is_symlink():
        folder.unlink()
        folder.with_name("aside").rename(folder)


def _edit(path: Path, _: Path) -> None:
    remove(path)
    path.write_text(f"---\ntitle: moved\n---\n$y$ {time.time_ns()}\n")


def _delete(path: Path, _: Path) -> None:
    remove(path)


def _become_a_pipe(path: Path, _: Path) -> None:
    remove(path)
    os.mkfifo(path)


def _become_a_folder(path: Path, _: Path) -> None:
    remove(path)
    path.mkdir()


def _become_a_link_out(path: Path, canary: Path) -> None:
    remove(path)
    path.symlink_to(canary / "index.html")


def _move_the_folder(path: Path, _: Path) -> None:
    aside = path.parent.with_name("aside")
    path.parent.rename(aside)
    time.sleep(0.02)
    aside.rename(path.parent)


def _replace_the_folder(path: Path, canary: Path) -> None:
    aside = path.parent.with_name("aside")
    path.parent.rename(aside)
    path.parent.symlink_to(canary)
    time.sleep(0.02)
    path.parent.unlink()
    aside.rename(path.parent)


def _break_the_configuration(path: Path, _: Path) -> None:
    (path.parents[1] / "_config.yml").write_text("title: [")
    time.sleep(0.01)
    (path.parents[1] / "_config.yml").write_text(CONFIG)


_MOVES = (
    _edit, _edit, _edit, _delete, _become_a_pipe, _become_a_folder, _become_a_link_out, _move_the_folder,
    _replace_the_folder, _break_the_configuration,
)  # fmt: skip
