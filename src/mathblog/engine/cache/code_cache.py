"""Highlighted code kept in the store: loading a lexer takes longer than most blocks need."""

from functools import lru_cache

from mathblog.core.digest import fingerprint
from mathblog.engine.cache.shapes import shape_of
from mathblog.engine.cache.store import Store

_HTML = shape_of(str)


class CodeCache:
    """`Highlights` over a store. `context` stands for the programs that made the HTML."""

    def __init__(self, store: Store, context: str) -> None:
        self._store = store
        self._context = context

    def get(self, key: tuple[str, ...]) -> str | None:
        """The HTML, None where it is not known."""
        html: str | None = self._store.get(_name(self._context, key), _HTML)
        return html

    def put(self, key: tuple[str, ...], html: str) -> None:
        """Keep the HTML of code that was highlighted just now."""
        self._store.put(_name(self._context, key), html, large=True)


@lru_cache(maxsize=1)
def _name(context: str, key: tuple[str, ...]) -> str:
    """The key in the store: code that is not there is asked for, and put there next."""
    return fingerprint(context, key)
