"""The store: what earlier builds found out, by content. Losing it costs time, never correctness."""

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from mathblog.engine.cache.codec import FORMAT, DamagedError, decode, encode, is_whole
from mathblog.engine.cache.database import (
    REFUSALS,
    forget,
    forget_old,
    is_damage,
    note_use,
    open_database,
    open_read_only,
    open_temporary,
    select,
)
from mathblog.engine.cache.folder import check_plain, prepare_folder
from mathblog.engine.cache.key import SEAL, UNSEALED, Seals
from mathblog.engine.cache.shapes import Shape, shape_of

SCHEMA = 7  # raise it where a value has another shape under the same key
STORE_FILE = f"store-{SCHEMA}-{FORMAT[:12]}.sqlite3"
_DAY = 86_400
_KEPT_DAYS = 30
_LARGEST = 1 << 30  # bytes; beyond it what was not used today goes
_TOUCHED = "/touched"  # the day on which use was noted last
VALUE = "/value"  # the key of a large value, beside that of what is small about it
_PENDING = 4 << 20  # bytes that wait to be written together
_IN_MEMORY = 32 << 20  # bytes of a store without a folder; beyond it they go into a temporary file
_SPARE = 200  # values in memory more than the largest build needs
_DAMAGED = "the cache was damaged: what cannot be read of it is made again"
_FOREIGN = "the cache was not written with this key: it is made again (`--trust-cache` uses it as it is)"
_NUMBER = shape_of(int)


class Store:
    """Values by key, in memory and, where a folder is given, in SQLite below it; without one, in a temporary file when they are many.

    Only the parent process of a build has one. Values are content-addressed and written in small transactions, so that
    a build killed at any moment leaves a store of whole values. With `read_only`, for a worker, nothing is written.

    With a `key` every value carries a seal, and one without the right seal is not read. Without one everything is read, and
    nothing is sealed: what follows from a value of unknown origin must not pass for one of ours.

    What cannot be read, a value or the whole file, is forgotten. What cannot be had at all (another program holds the file,
    the disk is full, the folder cannot be written) turns the store into one in memory. `problem` then says so, and `tell` is told once.
    """

    def __init__(
        self,
        folder: Path | None,
        tell: Callable[[str], None] = lambda _text: None,
        *,
        key: bytes | None = None,
        read_only: bool = False,
    ) -> None:
        self._values: dict[str, Any] = {}
        self._encoded: dict[str, bytes] = {}  # not yet in SQLite; without SQLite, everything that is large
        self._size = 0
        self._used: dict[str, int] = {}  # keys, those that were asked for last at the end, with the number of the build
        self._builds = self._most = 0  # builds of this object, and the keys that one of them asked for at most
        self._written: set[str] | None = None  # all that SQLite holds, in the first build of a store
        self._connection: sqlite3.Connection | None = None
        self._path = Path()
        self.key, self._seals = key, Seals(key) if key else None
        self._read_only, self._spills, self._temporary = False, True, False
        self.largest, self.folder = _LARGEST, folder
        self.problem, self._tell = "", tell
        if folder is not None:
            self._open(folder, read_only=read_only)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def get_many(self, keys: Iterable[str], shape: Shape, *, keep: bool = True) -> dict[str, Any]:
        """The values of those keys that are known. With `keep` they stay in memory.

        One that is damaged, or has not this `shape`, counts as unknown.
        """
        found: dict[str, Any] = {}
        missing = []
        for key in keys:
            if key in self._values:
                found[key] = self._values[key]
            elif key in self._encoded:
                found[key] = decode(self._encoded[key], whole=True)
            else:
                missing.append(key)
        found |= (read := self._select(missing, shape))
        if keep:
            self._values.update(read)
        self._use(found)
        return found

    def get(self, key: str, shape: Shape) -> Any:
        """One value of this shape, None where none is known. It is decoded anew at each call, and not kept in memory."""
        if key in self._values:
            return self._values[key]
        self._use([key])
        if key in self._encoded:
            return decode(self._encoded[key], whole=True)
        return self._select([key], shape).get(key)

    def put(self, key: str, value: object, *, large: bool = False) -> None:
        """Note a value. It is kept on `save`; one that is not `large` also stays in memory, but for the first build of a store, which asks for nothing again."""
        if not large and (self._written is None or self._connection is None):
            self._values[key] = value
            self._use([key])
            if self._connection is None:
                return  # it lives as long as this object
        self.put_encoded(key, encode(value))

    def put_encoded(self, key: str, data: bytes) -> None:
        """Note a large value that `codec.encode` made bytes of, here or in a worker."""
        self._encoded[key] = data
        self._size += len(data)
        if self._connection is None:
            if self._size > _IN_MEMORY and self._spills:
                self._spill()
        elif self._size > _PENDING:
            self._write()

    def take_new(self) -> dict[str, bytes]:
        """Return the values that were noted and not written, encoded, and forget them (a worker gives them to its parent)."""
        taken, self._encoded, self._size = self._encoded, {}, 0
        return taken

    def share(self) -> bool:
        """Write what waits, for workers to read; whether they can."""
        self._write()
        return self.folder is not None and self._connection is not None and not self._encoded

    def was_touched_today(self) -> bool:
        """Whether it is noted of all that is in use that it was used today."""
        return bool(self.get(_TOUCHED, _NUMBER) == int(time.time()) // _DAY)

    def rest(self) -> None:
        """Between two builds of one process: write what is new, and let go of what none of the last builds asked for.

        A preview would keep the values of every edit. As many stay as the largest build needs, and some more.
        """
        self._most = max(self._most, sum(number == self._builds for number in self._used.values()))
        self._builds += 1
        old = list(self._used)[: max(0, len(self._used) - self._most * 5 // 4 - _SPARE)]
        for key in old:
            del self._used[key]
            self._values.pop(key, None)
            if self._connection is None or self._read_only:
                for name in (key, key + VALUE):
                    self._encoded.pop(name, None)
        if self._temporary and self._connection is not None:
            with self._recovering():
                self._connection.executemany(
                    "DELETE FROM entry WHERE key IN (?, ?)", ((key, key + VALUE) for key in old)
                )
        if self._connection is not None:
            self._write()
            self._written = None  # it grows with every value, and is of use to the first build only

    def _use(self, keys: Iterable[str]) -> None:
        used, number = self._used, self._builds
        for key in keys:
            used.pop(key, None)
            used[key] = number

    def save(self) -> None:
        """Write what is new, and forget what was not used for a month or is too much."""
        if self._connection is None or self._read_only or self._temporary:
            return
        self._write()
        if self._encoded:  # the file was damaged, and is another one now
            self._write()
        connection = self._connection
        if connection is None:  # writing was refused
            return
        today = int(time.time()) // _DAY
        if self.get(_TOUCHED, _NUMBER) != today:  # once a day: it costs as much as an edit
            if self._written is None:  # in a new store all is of today
                with self._recovering():
                    note_use(connection, today, ((key, key + VALUE) for key in self._used))
                    forget_old(connection, today, _KEPT_DAYS, self.largest)
            self.put(_TOUCHED, today)
            self._write()
        self._used.clear()
        self._written = None  # other builds may write there, too

    def _write(self) -> None:
        connection = self._connection
        if connection is None or self._read_only:
            return
        today = int(time.time()) // _DAY
        seals = self._seals
        rows = (
            (key, (seals.seal(key, data) if seals else UNSEALED) + data, today) for key, data in self._encoded.items()
        )
        with self._recovering():
            with connection:
                connection.executemany("INSERT OR REPLACE INTO entry (key, value, used) VALUES (?, ?, ?)", rows)
            if self._written is not None:
                self._written.update(self._encoded)
            self._encoded.clear()
            self._size = 0

    def close(self) -> None:
        """Let go of the file. What was not saved is forgotten."""
        if self._connection is not None:
            with contextlib.suppress(*REFUSALS):
                self._connection.close()
            self._connection = None

    def _open(self, folder: Path, *, read_only: bool) -> None:
        self._path = folder / STORE_FILE
        self._read_only = read_only
        try:
            if read_only:
                check_plain(folder.absolute(), self._path.name)
                self._connection = open_read_only(self._path)
                return
            prepare_folder(folder.absolute(), self._path.name)
            self._connection, found = open_database(self._path)
            if found:
                self._note(_DAMAGED)
            if self._connection.execute("SELECT 1 FROM entry LIMIT 1").fetchone() is None:
                self._written = set()
        except (OSError, *REFUSALS) as error:
            self._give_up(error)

    def _select(self, keys: list[str], shape: Shape) -> dict[str, Any]:
        """The values that SQLite has of these keys, as far as they are whole and have this shape."""
        connection = self._connection
        if self._written is not None:
            keys = [key for key in keys if key in self._written]
        if connection is None or not keys:
            return {}
        rows: list[tuple[str, bytes]] = []
        with self._recovering():
            rows += select(connection, keys)
        values: dict[str, Any] = {}
        for key, data in rows:
            body = memoryview(data)[SEAL:]
            if self._seals and not self._seals.holds(data[:SEAL], key, body):
                self._note(_FOREIGN if is_whole(body) else _DAMAGED)
                continue
            try:
                values[key] = decode(body, whole=self._seals is not None)
            except DamagedError:
                self._note(_DAMAGED)
        if (self._seals and self._written is not None) or shape(list(values.values())):
            return values  # in the first build of a store, what is sealed is what this object wrote
        self._note(_DAMAGED)
        return {key: value for key, value in values.items() if shape([value])}

    @contextlib.contextmanager
    def _recovering(self) -> Iterator[None]:
        """Go on with a new file where SQLite finds the old one damaged, and in memory after any other error."""
        try:
            yield
        except REFUSALS as error:
            folder = self.folder
            if folder is None or self._read_only or not is_damage(error):
                self._give_up(error)
                return
            self.close()
            self._note(_DAMAGED)
            try:
                forget(self._path)
            except OSError as refusal:
                self._give_up(refusal)
                return
            self._open(folder, read_only=False)

    def _spill(self) -> None:
        """Put the values of a store in memory into a temporary file from now on; where it fails they stay in memory."""
        self._spills = False
        try:
            self._connection = open_temporary()
        except REFUSALS:
            return
        self._temporary, self._written = True, set()

    def _give_up(self, error: Exception) -> None:
        self.close()
        if self._temporary:
            return
        self.folder = None
        self._note(f"the cache is not used: {str(error).lower()}")

    def _note(self, problem: str) -> None:
        if not self.problem:
            self.problem = problem
            self._tell(problem)
