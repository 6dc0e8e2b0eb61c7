"""Regular expressions that are compiled when they are first used: most of a module's are not in most builds (ADR 44)."""

import re
from typing import TYPE_CHECKING, Any

__all__ = ["LazyPattern", "lazy_pattern"]

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


class LazyPattern:
    """Stands for a `re.Pattern`: the first use of it compiles, then its methods are attributes here."""

    __slots__ = ("_flags", "pattern", *_METHODS)

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


if TYPE_CHECKING:
    from re import compile as lazy_pattern
else:

    def lazy_pattern(pattern, flags=0):  # noqa: ANN001, ANN201 - typed above
        """`re.compile` for the constants of modules: an error in the pattern is raised by its first use."""
        return LazyPattern(pattern, flags)
