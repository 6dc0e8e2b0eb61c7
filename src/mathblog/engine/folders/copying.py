"""The data of large files: copied by the kernel, compared and hashed in pieces; holes of sparse files are never read."""

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b

_PIECE = 1 << 20
_BLOCK = 512  # bytes: the unit of `st_blocks`
_CLONE = 0x40049409  # Linux' `FICLONE`: the new file shares the blocks of the old one until one of them is written to


def copy_data(source: int, target: int) -> None:
    """Copy what is in a file into a new one. Both are handles; the holes of the source are holes of the target.

    The kernel copies where it can. A file that was cut short meanwhile ends earlier.
    """
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):  # another file system, or one that cannot
            fcntl.ioctl(target, _CLONE, source)
            return
    size = os.fstat(source).st_size
    for start, end in data_ranges(source, size):
        at = start
        if hasattr(os, "copy_file_range"):
            with suppress(OSError):  # another kind of file system: what is missing is copied below
                while at < end and (copied := os.copy_file_range(source, target, end - at, at, at)):
                    at += copied
        for piece, stop in _pieces([(at, end)]):
            os.lseek(target, piece, os.SEEK_SET)
            write_all(target, _read(source, piece, stop))
    os.ftruncate(target, size)  # for a hole at the end


def write_all(handle: int, content: bytes) -> None:
    """Write to a handle. A disk that fills up takes a part, and refuses the next."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def is_same_data(left: int, right: int) -> bool:
    """Whether two files hold the same bytes."""
    size = os.fstat(left).st_size
    if size != os.fstat(right).st_size:
        return False
    ranges: list[tuple[int, int]] = []  # without overlaps
    for start, end in sorted((*data_ranges(left, size), *data_ranges(right, size))):
        if ranges and start <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(ranges[-1][1], end))
        else:
            ranges.append((start, end))
    return all(_read(left, at, end) == _read(right, at, end) for at, end in _pieces(ranges))


def digest_data(handle: int) -> str:
    """A word for the bytes of a file and for where they stand."""
    digest, size = blake2b(digest_size=16), os.fstat(handle).st_size
    for at, end in _pieces(data_ranges(handle, size)):
        digest.update(b"%d;" % at)
        digest.update(_read(handle, at, end))
    return f"{size}.{digest.hexdigest()}"


def data_ranges(handle: int, size: int) -> Iterator[tuple[int, int]]:
    """Where a file of this size holds data: from the first byte to the one after the last. All else is zeros."""
    found = os.fstat(handle)
    is_dense = getattr(found, "st_blocks", size) * _BLOCK >= size
    at = 0
    while at < size and not is_dense and hasattr(os, "SEEK_DATA"):
        try:
            start = os.lseek(handle, at, os.SEEK_DATA)
            end = os.lseek(handle, start, os.SEEK_HOLE)
        except OSError as error:
            if error.errno == errno.ENXIO:  # nothing but a hole is left
                return
            break
        yield start, min(end, size)
        at = end
    if at < size:
        yield at, size


def _pieces(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in ranges:
        for at in range(start, end, _PIECE):
            yield at, min(at + _PIECE, end)


def _read(handle: int, start: int, end: int) -> bytes:
    """The bytes from one place to another; fewer only where the file ends before."""
    os.lseek(handle, start, os.SEEK_SET)
    found = []
    while start < end and (read := os.read(handle, end - start)):
        found.append(read)
        start += len(read)
    return b"".join(found)
