"""`mathblog theme fetch`: the theme of a site into the cache, before a build, and which one it is into our lock."""

import os
from collections.abc import Callable
from typing import NamedTuple

from mathblog.core.diagnostic import Diagnostic
from mathblog.engine.problem import ENVIRONMENT, USAGE, BuildStopped
from mathblog.engine.request import BuildRequest
from mathblog.engine.sources.configuration import load_config
from mathblog.engine.sources.gems.cache import Stored, find_stored
from mathblog.engine.sources.gems.fetch import fetch
from mathblog.engine.sources.gems.find import OFFLINE, find_home, find_hosts, find_wanted, note_lock
from mathblog.engine.sources.gems.hosts import FetchError
from mathblog.engine.sources.themes import is_own_theme


class Fetched(NamedTuple):
    """The theme in the cache; `is_new` where it was fetched just now. `diagnostics` say what is wrong with the lock."""

    stored: Stored
    is_new: bool
    diagnostics: list[Diagnostic]


def fetch_theme(request: BuildRequest, tell: Callable[[str], None], *, update: bool) -> Fetched | None:
    """Fetch the theme of a site where it is not in the cache; None for a site that needs none.

    With `update` our own lock does not count, and where no other says which version is meant, the newest is fetched.

    Raises:
        BuildStopped: 2 where the configuration or a lock cannot be used, 3 where the theme cannot be fetched.

    """
    config, home = load_config(request).config, find_home(request)
    name = config.theme.remote or config.theme.name
    if config.theme.is_default or is_own_theme(config.theme, request.source):
        return None
    wanted = find_wanted(config, home, heed_lock=not update)
    if wanted is None:
        return None
    if isinstance(wanted, str):
        message = f"the theme `{name}` cannot be fetched: {wanted}"
        raise BuildStopped(message, code=USAGE)
    hosts = find_hosts(config)
    try:
        stored = None if update else find_stored(wanted, hosts)
        is_new = stored is None
        if stored is None:
            if os.environ.get(OFFLINE):
                message = f"`{OFFLINE}` is set"
                raise FetchError(message)  # noqa: TRY301 - told like every other reason
            stored = fetch(wanted, hosts, tell)
    except FetchError as error:
        message = f"the theme `{name}` cannot be fetched: {error}"
        raise BuildStopped(message, code=ENVIRONMENT) from error
    return Fetched(stored, is_new, note_lock(wanted, stored, home))
