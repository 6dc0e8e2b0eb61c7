"""A mapping whose values are made when they are asked for, so that only what is asked is recorded as read."""

from abc import abstractmethod
from collections.abc import ItemsView, Iterator, Mapping


class Drop(Mapping[str, object]):
    """The base of all drops. `keys` lists what loops and `jsonify` see; `find` may know more."""

    @abstractmethod
    def find(self, key: str) -> object:
        """The value of a key, None where there is none."""

    @abstractmethod
    def names(self) -> tuple[str, ...]:
        """The keys."""

    def __getitem__(self, key: str) -> object:
        if not isinstance(key, str):
            raise KeyError(key)
        value = self.find(key)
        if value is None:
            raise KeyError(key)
        return value

    def get(self, key: str, default: object = None) -> object:
        """The value of a key, looked up once."""
        value = self.find(key) if isinstance(key, str) else None
        return default if value is None else value

    def items(self) -> ItemsView[str, object]:
        """The keys with their values, None among them."""
        return {name: self.find(name) for name in self.names()}.items()

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.find(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self.names())

    def __len__(self) -> int:
        return len(self.names())

    def liquid_text(self) -> str:
        """Return the text that a template prints for the whole of it."""
        return ""


def plain(value: object) -> object:
    """A value from YAML with lists where it has tuples."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value
