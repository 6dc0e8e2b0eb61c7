"""The rows of a build record, column by column: what an edit looks for in them is found in C, and a row is made when it is asked for.

As lists, the rows of 5,000 posts are a hundred thousand values to decode, to check and to look through at each edit.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache, partial
from typing import Any, NamedTuple, Self

from mathblog.engine.cache.shapes import Shape, are_plain_paths, fields_of

# ASCII's separators of units and of records
_WORD = "\x1f"  # behind each word of a list
_ROW = "\x1e"  # behind each row
_MANY = 10  # words for which all rows are looked through once, in place of a search for each


class Rows(Mapping[str, list[Any]]):
    """Rows by paths, each a list of the fields of a named tuple; `newer` are those that replace some of them.

    The columns are their stored form, that of the paths first. One of words, or of lists of words, is a text; others are lists.
    """

    stored = list[Any]

    def __init__(
        self, kind: type[NamedTuple], columns: Sequence[Any], newer: Mapping[str, list[Any]] | None = None
    ) -> None:
        self.columns = columns
        self._kind = kind
        self._newer = newer or {}

    @classmethod
    def of(cls, kind: type[NamedTuple], rows: Mapping[str, Sequence[Any]]) -> Self:
        """Take these rows.

        Raises:
            ValueError: where a word holds what stands between words.

        """
        columns = list(zip(*rows.values(), strict=True)) or [()] * len(kind._fields)
        return cls(kind, [_join(_plain(list(rows))), *map(_pack, fields_of(kind).values(), columns)])

    def over(self, newer: Mapping[str, list[Any]]) -> Self:
        """These rows, but for some that are replaced."""
        return type(self)(self._kind, self.columns, {**self._newer, **newer})

    def __getitem__(self, path: str) -> list[Any]:
        if path in self._newer:
            return self._newer[path]
        number = _numbers(self.columns[0])[path]
        hints = fields_of(self._kind).values()
        return [_cell(hint, column, number) for hint, column in zip(hints, self.columns[1:], strict=True)]

    def __contains__(self, path: object) -> bool:
        return path in _numbers(self.columns[0])

    def __iter__(self) -> Iterator[str]:
        return iter(_split(self.columns[0]))

    def __len__(self) -> int:
        return len(_split(self.columns[0]))

    def column(self, name: str) -> list[Any]:
        """One field of all rows, in their order; none of lists."""
        place, numbers = self._kind._fields.index(name), _numbers(self.columns[0])
        column = self.columns[place + 1]
        values = list(_split(column) if isinstance(column, str) else column)
        for path, row in self._newer.items():
            values[numbers[path]] = row[place]
        return values

    def showing(self, name: str, words: AbstractSet[str]) -> list[str]:
        """The paths of the rows that have one of these words in a field that is a list, in their order."""
        if len(words) > _MANY:
            return [path for path, held in self._lists(name) if not words.isdisjoint(held)]
        numbers = _numbers(self.columns[0])
        found = {path for word in words for path, begun in self.words(name, word) if begun == word}
        return sorted(found, key=numbers.__getitem__)

    def _lists(self, name: str) -> Iterator[tuple[str, list[str]]]:
        place = self._kind._fields.index(name)
        for path, held in zip(self, _split(self.columns[place + 1]), strict=True):
            yield path, self._newer[path][place] if path in self._newer else held.split(_WORD)[:-1]

    def words(self, name: str, beginning: str) -> Iterator[tuple[str, str]]:
        """The words that begin so in a field that is a list, each with the path of its row."""
        place, paths = self._kind._fields.index(name), _split(self.columns[0])
        for number, word in _find(self.columns[place + 1], beginning):
            if paths[number] not in self._newer:
                yield paths[number], word
        for path, row in self._newer.items():
            yield from ((path, word) for word in row[place] if word.startswith(beginning))


def columns_of(kind: type[NamedTuple]) -> Shape:
    """The shape of the columns of rows of this kind."""
    return lambda values: all(_are_columns(tuple(fields_of(kind).values()), value) for value in values)


def _are_columns(hints: Sequence[Any], columns: Sequence[Any]) -> bool:
    if len(columns) != len(hints) + 1 or not _is_text(columns[0]):
        return False
    paths = _split(columns[0])
    fits = partial(_fits, count=len(paths))
    return are_plain_paths(paths) and len(set(paths)) == len(paths) and all(map(fits, hints, columns[1:]))


def _fits(hint: Any, column: Any, count: int) -> bool:
    if hint not in (str, list[str]):
        return type(column) is list and len(column) == count and set(map(type, column)) <= {hint}
    if not _is_text(column) or column.count(_ROW) != count:
        return False
    return hint is str or all(row.endswith(_WORD) for row in _split(column) if row)


def _is_text(column: Any) -> bool:
    return type(column) is str and (not column or column.endswith(_ROW))


def _pack(hint: Any, column: Sequence[Any]) -> str | list[Any]:
    if hint == list[str]:
        return _join(["".join(word + _WORD for word in _plain(words)) for words in column])
    return _join(_plain(column)) if hint is str else list(column)


def _join(rows: Sequence[str]) -> str:
    return "".join(row + _ROW for row in rows)


def _plain(words: Sequence[str]) -> Sequence[str]:
    if any(_WORD in word or _ROW in word for word in words):
        message = "a word holds what stands between words"
        raise ValueError(message)
    return words


@lru_cache(maxsize=32)  # a preview asks at every save for those of the same record
def _split(text: str) -> list[str]:
    return text.split(_ROW)[:-1]


@lru_cache(maxsize=4)
def _numbers(paths: str) -> Mapping[str, int]:
    return {path: number for number, path in enumerate(_split(paths))}


def _cell(hint: Any, column: Any, number: int) -> Any:
    if hint == list[str]:
        return _split(column)[number].split(_WORD)[:-1]
    return _split(column)[number] if hint is str else column[number]


def _find(text: str, beginning: str) -> Iterator[tuple[int, str]]:
    """The words that begin so, each with the number of its row."""
    number = counted = 0
    at = text.find(beginning)
    while at >= 0:
        if not at or text[at - 1] in (_WORD, _ROW):
            number, counted = number + text.count(_ROW, counted, at), at
            yield number, text[at : text.index(_WORD, at)]
        at = text.find(beginning, at + 1)
