"""Attacks in turns, each round with a seed of its own, for as long as one likes."""

import random
import shutil
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from torture.caches import damage_caches, damage_sites, edit_blogs
from torture.kills import kill_builds, move_sources
from torture.previews import attack_previews
from torture.trees import build_hostile_trees, build_random_texts
from torture.world import Attack, World

ATTACKS: Mapping[str, Attack] = {
    "kills": kill_builds,
    "sources": move_sources,
    "edits": edit_blogs,
    "caches": damage_caches,
    "trees": build_hostile_trees,
    "texts": build_random_texts,
    "damages": damage_sites,
    "previews": attack_previews,
}


@dataclass(frozen=True, slots=True)
class Failure:
    """A round that broke a promise: how it is repeated, what happened, and where its folder was left."""

    attack: str
    seed: int
    round: int
    what: str
    folder: Path

    def __str__(self) -> str:
        again = f"make torture ONLY={self.attack} SEED={self.seed} ROUND={self.round}"
        return f"{self.attack}, round {self.round} (again: {again}; its folder: {self.folder})\n{self.what}"


def run_round(attack: str, seed: int, number: int, *, quick: bool = False) -> Failure | None:
    """One attack. The moments of kills and moves are chances of time: they may need several tries to fail again."""
    folder = Path(tempfile.mkdtemp(prefix=f"torture-{attack}-"))
    try:
        ATTACKS[attack](World(folder, random.Random(f"{seed}/{attack}/{number}"), quick=quick))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is to be reported, and the campaign goes on
        expected = isinstance(error, AssertionError)
        what = str(error) if expected else traceback.format_exc()
        return Failure(attack, seed, number, what, folder)
    shutil.rmtree(folder)
    return None


def run_campaign(
    attacks: Sequence[str], seed: int, seconds: float, tell: Callable[[str], None], first: int = 0
) -> Iterator[Failure]:
    """Rounds in turns until the time is over, at least one of each attack."""
    begun = time.monotonic()
    number = first
    while number == first or time.monotonic() - begun < seconds:
        for attack in attacks:
            if number > first and time.monotonic() - begun >= seconds:
                break
            started = time.monotonic()
            failure = run_round(attack, seed, number)
            tell(f"{attack} {number}: {'FAILED' if failure else 'ok'} ({time.monotonic() - started:.1f} s)")
            if failure:
                yield failure
        number += 1
