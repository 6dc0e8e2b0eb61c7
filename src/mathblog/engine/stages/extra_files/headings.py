"""The headings of documents as the index of titles has them, remembered by the digests of their texts."""

from collections.abc import Iterable
from typing import cast

from mathblog.core.digest import fingerprint
from mathblog.engine.cache.shapes import shape_of
from mathblog.engine.stages.build_run import BuildRun
from mathblog.model.compiled import Heading
from mathblog.model.facts import kinds
from mathblog.model.facts.view import Facts, SiteFacts
from mathblog.pipeline.numbering.pending import fill

_HEADINGS = shape_of(list[list[str]])


def list_headings(run: BuildRun, facts: SiteFacts, paths: Iterable[str]) -> dict[str, list[list[str]]]:
    """The headings of documents by their paths: of each its id and its words. A text is fetched only where it is new."""
    keys = {path: _key(run, facts, path) for path in paths}
    known = run.memo.store.get_many(keys.values(), _HEADINGS)
    found = {}
    for path, key in keys.items():
        if key not in known:
            headings = cast("tuple[Heading, ...]", facts.get(kinds.HEADINGS.key(path)))
            known[key] = [[it.id, fill(it.text, lambda _: "")] for it in headings if it.id]
            run.memo.store.put(key, known[key])
        found[path] = known[key]
    return found


def have_same_headings(run: BuildRun, facts: SiteFacts, before: SiteFacts, paths: Iterable[str]) -> bool:
    """Whether documents whose texts changed have the headings that they had: then the index of titles is what it was."""
    new = list_headings(run, facts, paths)
    old = {path: _key(run, before, path) for path in new}
    known = run.memo.store.get_many(old.values(), _HEADINGS)
    return all(known.get(old[path]) == headings for path, headings in new.items())


def _key(run: BuildRun, facts: Facts, path: str) -> str:
    return fingerprint("search", "headings", run.toolchain, facts.digest(kinds.COMPILED.key(path)))
