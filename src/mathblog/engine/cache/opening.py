"""The store of a build: in the folder of the cache, or in memory."""

from pathlib import Path

from mathblog.engine.cache.store import Store
from mathblog.engine.request import BuildRequest


def open_store(cache: Path | None, request: BuildRequest) -> Store:
    """The store in a folder, as a request wants it; what is wrong with it is told."""
    if cache is None or not request.use_cache:
        return Store(None)
    return Store(cache, request.tell, read_only=not request.publish)
