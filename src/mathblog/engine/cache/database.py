"""The file of the store: opened where it is what this mathblog made, else forgotten and made again."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

REFUSALS = (sqlite3.Error, UnicodeDecodeError, OverflowError, MemoryError)
"""The exceptions of SQLite over a damaged file: its message may hold bytes of it, which are no text."""

_SECONDS = 10.0  # to wait for another program that writes
_PAGE = 16 << 10  # bytes: most values are a formula's or a page's HTML, and written in half the time of SQLite's 4096
_TABLES = (
    "CREATE TABLE entry (key TEXT PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL)",
    "CREATE INDEX entry_used ON entry (used)",
)
_AT_ONCE = 900  # SQLite's bound on the parameters of a statement is 999 in old builds
_PARTS = ("", "-wal", "-shm", "-journal")
# what SQLite says of its surroundings; all else it says of the file
_SURROUNDINGS = frozenset(
    (
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    )
)
_NOT_NOW = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM))


def open_database(path: Path) -> tuple[sqlite3.Connection, bool]:
    """A connection to the tables in a file, and whether something else had to be forgotten that stood there.

    Raises:
        OSError, REFUSALS: where no file can be had there, or another program holds it.

    """
    try:
        return _connect(path), False
    except REFUSALS as error:
        if _code_of(error) in _NOT_NOW:
            raise
    forget(path)
    return _connect(path), True


def open_read_only(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing; a file that is not there is found missing when it is asked.

    Raises:
        sqlite3.Error: where it cannot be opened.

    """
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_SECONDS)


def open_temporary() -> sqlite3.Connection:
    """A connection to tables in a file without a name, which the system removes when the connection is closed, or the process ends.

    Raises:
        sqlite3.Error: where none can be had.

    """
    connection = sqlite3.connect("", check_same_thread=False)
    try:
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        connection.execute("PRAGMA journal_mode = OFF")
        _have_tables(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def select(connection: sqlite3.Connection, keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The keys that are there, with their values."""
    for start in range(0, len(keys), _AT_ONCE):
        chunk = keys[start : start + _AT_ONCE]
        marks = ",".join("?" * len(chunk))
        query = f"SELECT key, CAST(value AS BLOB) FROM entry WHERE key IN ({marks})"  # noqa: S608 - question marks only
        yield from connection.execute(query, chunk)


def note_use(connection: sqlite3.Connection, today: int, used: Iterable[tuple[str, str]]) -> None:
    """Note the day for all that a build asked for: each the key of a value, and that of the large value beside it."""
    rows = ((today, *keys, today) for keys in used)
    with connection:
        connection.executemany("UPDATE entry SET used = ? WHERE key IN (?, ?) AND used < ?", rows)


def forget_old(connection: sqlite3.Connection, today: int, days: int, largest: int) -> None:
    """Forget what no build asked for in so many days; in a store of more than `largest` bytes, what none asked for today.

    What today's site is made of always stays, however much it is.
    """
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    oldest = today if pages * page_size > largest else today - days
    with connection:
        forgotten = connection.execute("DELETE FROM entry WHERE used < ?", (oldest,)).rowcount
    if forgotten and pages * page_size > largest:
        connection.execute("VACUUM")


def forget(path: Path) -> None:
    """Remove the files of a store.

    Raises:
        OSError: where one cannot be removed.

    """
    for part in (path.with_name(path.name + suffix) for suffix in _PARTS):
        part.unlink(missing_ok=True)


def is_damage(error: Exception) -> bool:
    """Whether an error says that a file is damaged, not that it cannot be had."""
    return _code_of(error) not in _SURROUNDINGS


def _code_of(error: Exception) -> int:
    """SQLite's primary result code, -1 for an error of another kind."""
    code: int = getattr(error, "sqlite_errorcode", -1)
    return code & 0xFF if code >= 0 else -1


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_SECONDS, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA page_size = {_PAGE}")  # of a new file
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        with connection:
            connection.execute("BEGIN IMMEDIATE")  # another build may make the tables just now
            _have_tables(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _have_tables(connection: sqlite3.Connection) -> None:
    """Make the tables where nothing is; a file with another table, or with a trigger, is not of this mathblog."""
    found = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    for statement in _TABLES if not found else ():
        connection.execute(statement)
    if found and found != set(_TABLES):
        message = "these are not the tables of a store"
        raise sqlite3.DatabaseError(message)
