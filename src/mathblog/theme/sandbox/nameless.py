"""Functions and other objects in templates: they are shown without their address in memory, which is another one at every build."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Self

from jinja2.runtime import BlockReference, Context, Undefined
from jinja2.utils import Cycler, Joiner


class Function:
    """A function, or a method of `owner`, by its name."""

    __slots__ = ("call", "name", "owner")

    def __init__(self, name: str, call: Callable[..., Any], owner: object = None) -> None:
        self.name = name
        self.call = call
        self.owner = owner

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it."""
        return self.call(*args, **kwargs)

    def __repr__(self) -> str:
        """Return its name."""
        return f"<{self.name}>"


class Items:
    """The answer of a filter that gives one item after another."""

    __slots__ = ("_items",)

    def __init__(self, items: Iterable[object]) -> None:
        self._items = iter(items)

    def __iter__(self) -> Iterator[object]:
        """Return the items that are left."""
        return self._items

    def __next__(self) -> object:
        """Return the next item."""
        return next(self._items)

    def __repr__(self) -> str:
        """Return what it is."""
        return "<items>"


class NamelessCycler(Cycler):
    """Jinja's `cycler`."""

    def __repr__(self) -> str:
        """Return what it is."""
        return "<cycler>"


class NamelessJoiner(Joiner):
    """Jinja's `joiner`."""

    def __repr__(self) -> str:
        """Return what it is."""
        return "<joiner>"


class Block(BlockReference):
    """A block of a template, by `super` or `self`."""

    @classmethod
    def of(cls, found: BlockReference) -> Self:
        """The same block."""
        return cls(found.name, found._context, found._stack, found._depth)  # noqa: SLF001 - there is no other way

    @property
    def super(self) -> "BlockReference | Undefined":
        """The block of the layout above."""
        found = super().super
        return found if isinstance(found, Undefined) else Block.of(found)

    def __repr__(self) -> str:
        """Return its name."""
        return f"<block {self.name}>"


class ThemeContext(Context):
    """Jinja's context, whose `super` is a `Block`."""

    def super(self, name: str, current: Callable[[Context], Iterator[str]]) -> "BlockReference | Undefined":
        """The block of the layout above."""
        found = super().super(name, current)
        return found if isinstance(found, Undefined) else Block.of(found)
