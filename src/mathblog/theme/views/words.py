"""Settings and labels of a theme as templates see them: words by their names."""

from collections.abc import Iterator, Mapping


class Words(Mapping[str, object]):
    """A mapping of which templates read nothing but its items: `labels.posts`, also where a word is called `items`."""

    def __init__(self, words: Mapping[str, object]) -> None:
        self._words = words

    def __repr__(self) -> str:
        """Return the words."""
        return repr(dict(self._words))

    def __getitem__(self, key: str) -> object:
        return self._words[key]

    def get(self, key: str, default: object = None) -> object:
        """The word of this name, or the default."""
        return self._words.get(key, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)
