"""Damaged caches, and edits whose warm build must be what a cold one is."""

import os
import random
import sqlite3
from unittest import mock

from mathblog.engine.cache.codec import DamagedError
from properties import edits as blogs
from properties.damages import DOCUMENTS, SITES
from properties.edits import Delete, Edit, Put, Rename, Touch, Undo
from properties.test_damaged_cache import FILES, fill, spoil, store_of
from properties.test_damaged_cache import edit as edit_filled
from properties.test_damaged_sites import NAMES, check_damages
from properties.test_warm_is_cold import check_edits
from support.site import Site
from torture.world import BrokenPromiseError, World, promise


def damage_caches(world: World) -> None:
    """Random bytes, wrong values under right checksums, other things in the place of the store: as if there were none."""
    chance = world.chance
    site = fill(Site(world.blog, world.public), layouts=chance.random() < 0.5)
    site.write({"_config.yml": "title: torture\nurl: https://example.org\n"})
    promise(world.build() == 0, "the first build fails")
    for step in world.steps(5):
        name = chance.choice(("bytes", "value", "value", "file"))
        if name == "bytes":
            _random_bytes(site, chance)
        elif name == "value":
            name = f"value {_spoiled(world, site)}"
        else:
            damage = chance.choice(FILES)
            name = damage.__name__
            damage(store_of(site))
        edit_filled(site, chance.randrange(64))
        world.is_as_clean(f"step {step}, {name}"[:600])


def _random_bytes(site: Site, chance: random.Random) -> None:
    path = store_of(site)
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 4, 40, 400, 4000))):
        at = chance.randrange(max(1, len(data)))
        length = chance.choice((1, 8, 100))
        data[at : at + length] = chance.randbytes(length)
    path.write_bytes(data)


def _spoiled(world: World, site: Site) -> object:
    with mock.patch.dict(os.environ, world.environment):  # which lead to the key that values are sealed with
        try:
            return spoil(site, world.chance)
        except (sqlite3.Error, IndexError, DamagedError, ValueError):
            return "none: an earlier damage is in the way"


def edit_blogs(world: World) -> None:
    """A row of random edits, each followed by a build over the cache or by a kept builder, and by a clean one."""
    chance = world.chance
    sequence = [(_random_edit(chance), chance.random() < 0.3) for _ in world.steps(15)]
    try:
        check_edits(sequence, keep_going=chance.random() < 0.5)
    except AssertionError as error:
        what = f"{error}\n{sequence}"
        raise BrokenPromiseError(what) from error


def _random_edit(chance: random.Random) -> Edit:
    documents = (*blogs.POSTS, blogs.DRAFT, *blogs.PAGES)
    path = chance.choice((*documents, *blogs.TEXTS))
    kind = chance.randrange(10)
    if kind < 3:
        return Put(chance.choice(documents), blogs.BODY, chance.choice(blogs.BODIES))
    if kind < 5:
        name = chance.choice(sorted(blogs.FRONT))
        return Put(chance.choice(documents), name, chance.choice(("", *blogs.FRONT[name])))
    if kind == 5:
        name = chance.choice(sorted(blogs.SETTINGS))
        return Put(blogs.CONFIG, name, chance.choice(("", *blogs.SETTINGS[name])))
    if kind == 6:
        path = chance.choice(sorted(blogs.TEXTS))
        return Put(path, blogs.BODY, chance.choice(blogs.TEXTS[path]))
    if kind == 7:
        return chance.choice((Delete(path), Touch(path)))
    return chance.choice((Rename(chance.choice(documents), chance.choice(documents)), Undo(chance.randrange(1, 4))))


def damage_sites(world: World) -> None:
    """A few damages at once to a site that Jekyll builds: the rest is published, and what is wrong is named."""
    chance = world.chance
    damages: list[tuple[str, int] | str] = []
    for _ in range(chance.randrange(1, 5)):
        one = chance.choice(sorted(DOCUMENTS)), chance.randrange(100)
        damages.append(chance.choice((one, one, chance.choice(sorted(SITES)))))
    name, unique = chance.choice(NAMES), list(dict.fromkeys(damages))
    try:
        check_damages(name, unique)
    except AssertionError as error:
        what = f"{name}, {unique}: {error}"
        raise BrokenPromiseError(what) from error
