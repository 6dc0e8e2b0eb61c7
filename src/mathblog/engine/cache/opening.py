"""The store of a build: in the folder of the cache, or in memory."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mathblog.engine.cache.key import VARIABLE, NoKeyError, find_key
from mathblog.engine.cache.shapes import shape_of
from mathblog.engine.cache.store import STORE_FILE, Store
from mathblog.engine.request import BuildRequest

if TYPE_CHECKING:
    from mathblog.engine.cache.template_cache import TemplateCache


def open_store(cache: Path | None, request: BuildRequest) -> Store:
    """The store in a folder, as a request wants it; what is wrong with it is told.

    A build that publishes nothing makes none, and reads one that this version of mathblog wrote. Where this user can have no key, it is one in memory: on disk it could not be known from somebody else's.
    """
    if cache is None or not request.use_cache or not (request.publish or (cache / STORE_FILE).is_file()):
        return Store(None)
    try:
        key = None if request.trust_cache else find_key(request.source)
    except NoKeyError as error:
        request.tell(f"the cache is not used: {error} (set `{VARIABLE}`, or use `--trust-cache`)")
        return Store(None)
    return Store(cache, request.tell, key=key, read_only=not request.publish)


def recall_digests(store: Store, key: str, make: Callable[[], Mapping[str, str]]) -> Mapping[str, str]:
    """Digests by name, from the store where they are known; else they are made, and kept."""
    known: Mapping[str, str] | None = store.get(key, shape_of(dict[str, str]))
    if known is None:
        known = make()
        store.put(key, dict(known))
    return known


def open_templates(store: Store, context: str, digests: Mapping[str, str]) -> "TemplateCache | None":
    """Where compiled templates are kept; None where what the store holds is not good enough to be run.

    Only a key that is the user's own file is: one that a variable gives may be known to others, or be a word that can be guessed.
    """
    if store.key is None or os.environ.get(VARIABLE):
        return None
    from mathblog.engine.cache.template_cache import TemplateCache

    return TemplateCache(store, context, digests)
