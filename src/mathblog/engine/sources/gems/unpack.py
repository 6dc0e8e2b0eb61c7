"""The archive of a theme -> its files in a folder. Whatever an archive holds, nothing is written outside of it."""

import gzip
import hashlib
import io
import os
import re
import sys
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.engine.sources.gems.hosts import FetchError
from mathblog.engine.sources.walk import is_text
from mathblog.model.gem import CONFIG, FOLDERS

_MOST_FILES = 20_000
_MOST_BYTES = 512 << 20  # unpacked, all together
_MOST_OF_FILE = 64 << 20
_MOST_OF_METADATA = 2 << 20
_DEEPEST = 24  # folders
_LONGEST_NAME = 255  # bytes
_CHUNK = 1 << 20
_GZIP = b"\x1f\x8b"
_CONTROL = lazy_pattern(r"[\0-\x1f\x7f]")
_PARTS = ("metadata.gz", "data.tar.gz", "checksums.yaml.gz")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The theme that was found in an archive.

    `digest` is the SHA-256 of a list of all its files with theirs, as `sha256sum` prints it: the same however the archive
    is packed. `specification` is the text that says what the theme is; `commit` that of a repository's archive, ''
    where it names none. `left_out` counts links and the like among the files of the theme.
    """

    digest: str
    specification: str
    commit: str
    left_out: int


def unpack_gem(data: bytes, folder: Path) -> Unpacked:
    """Unpack a gem (a tar file with `metadata.gz` and `data.tar.gz`) into `folder`, which is empty.

    Raises:
        FetchError: where it is no gem, or one that harms; `folder` may hold some of its files then.

    """
    if data[:512].lstrip()[:1] == b"<":
        message = "what came is a web page, and no gem"
        raise FetchError(message)
    try:
        with tarfile.open(fileobj=_Guarded(io.BytesIO(data)), mode="r:") as outer:
            parts = {
                member.name: outer.extractfile(member).read()  # type: ignore[union-attr]  # a file has one
                for member in outer
                if member.name in _PARTS and member.isreg() and member.size <= len(data)
            }
    except (tarfile.TarError, ValueError, OSError, EOFError, RecursionError) as error:
        message = "what came is no gem"
        raise FetchError(message) from error
    if not {"metadata.gz", "data.tar.gz"} <= parts.keys():
        message = "what came is no gem: it has no `metadata.gz` and `data.tar.gz`"
        raise FetchError(message)
    _check_sums(parts)
    specification = _unzip(parts["metadata.gz"], _MOST_OF_METADATA).decode("utf-8", "replace")
    found = _unpack(parts["data.tar.gz"], folder, inside=False)
    return Unpacked(found.digest, specification, "", found.left_out)


def unpack_archive(data: bytes, folder: Path) -> Unpacked:
    """Unpack the archive of a repository, a tar file by gzip with all files below one folder, into `folder`, which is empty.

    Raises:
        FetchError: as `unpack_gem`.

    """
    return _unpack(data, folder, inside=True)


def _check_sums(parts: dict[str, bytes]) -> None:
    """Compare the parts of a gem with the checksums in it, which catch what was damaged on its way."""
    if "checksums.yaml.gz" not in parts:
        return
    sums = _unzip(parts["checksums.yaml.gz"], _MOST_OF_METADATA).decode("utf-8", "replace")
    for name in ("metadata.gz", "data.tar.gz"):
        known = {
            len(digest): digest
            for digest in re.findall(rf"^\s+{re.escape(name)}:\s+['\"]?([0-9a-f]+)", sums, re.MULTILINE)
        }
        for made in (hashlib.sha256(parts[name]).hexdigest(), hashlib.sha512(parts[name]).hexdigest()):
            if known.get(len(made), made) != made:
                message = f"the gem is damaged: the checksum of its `{name}` is wrong"
                raise FetchError(message)


def _unpack(data: bytes, folder: Path, *, inside: bool) -> Unpacked:
    if data[:2] != _GZIP:
        message = "what came is no archive" + (", but a web page" if data[:512].lstrip()[:1] == b"<" else "")
        raise FetchError(message)
    with tempfile.TemporaryFile() as plain:
        for chunk in _unzipped(data, _MOST_BYTES):
            plain.write(chunk)
        plain.seek(0)
        try:
            with tarfile.open(fileobj=_Guarded(plain), mode="r:", errorlevel=2) as tar:
                return _write_files(tar, folder, inside=inside)
        except (tarfile.TarError, EOFError, ValueError, RecursionError) as error:
            message = "what came is no archive, or a damaged one"
            raise FetchError(message) from error


def _write_files(tar: tarfile.TarFile, folder: Path, *, inside: bool) -> Unpacked:
    """Write those files of an archive that make a theme; all of them are looked at."""
    listed: list[str] = []
    specification, left_out = "", 0
    for member, steps in _members(tar):
        parts = steps[int(inside) :]
        if member.isdir() or not parts:
            continue
        path = "/".join(parts)
        is_ours = parts[0] in FOLDERS or path == CONFIG
        if not member.isreg() or member.sparse is not None or not is_text(path):
            left_out += is_ours
            continue
        content = _read(tar, member)
        listed.append(f"{hashlib.sha256(content).hexdigest()}  {path}\n")
        if len(parts) == 1 and path.endswith(".gemspec") and len(content) <= _MOST_OF_METADATA:
            specification = content.decode("utf-8", "replace")
        if is_ours:  # into a folder that only this process writes to and that holds no links
            try:
                folder.joinpath(*parts[:-1]).mkdir(parents=True, exist_ok=True)
                folder.joinpath(*parts).write_bytes(content)
            except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
                message = f"the archive holds `{path}` both as a file and as a folder"
                raise FetchError(message) from error
    if not any((folder / name).exists() for name in (*FOLDERS, CONFIG)):
        message = f"the archive holds no theme: none of {', '.join(f'`{name}`' for name in FOLDERS)}"
        raise FetchError(message)
    commit = tar.pax_headers.get("comment", "")
    digest = hashlib.sha256("".join(sorted(listed)).encode()).hexdigest()
    return Unpacked(digest, specification, commit if re.fullmatch("[0-9a-f]{40}", commit) else "", left_out)


def _members(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, list[str]]]:
    """The entries of an archive, each with its folders and its name.

    Raises:
        FetchError: for too many or too large ones, a device, and a name that leads out of the folder, or that none should hold.

    """
    size = 0
    for count, member in enumerate(tar, 1):
        size += member.size
        name = member.name
        parts = [part for part in name.removeprefix("./").split("/") if part not in ("", ".")]
        odd = name.startswith("/") or "\\" in name or ".." in parts or (sys.platform == "win32" and ":" in name)
        fault = ""
        if count > _MOST_FILES:
            fault = f"more than {_MOST_FILES:,} files"
        elif member.size < 0 or size > _MOST_BYTES:
            message = f"unpacked it is larger than {_MOST_BYTES >> 20} MB"
            raise FetchError(message)
        elif member.ischr() or member.isblk() or member.isfifo():
            fault = f"a device, `{_CONTROL.sub('?', name[:100])}`"
        elif odd or _CONTROL.search(name) or len(parts) > _DEEPEST:
            fault = f"a file named `{_CONTROL.sub('?', name[:100])}`"
        elif any(len(os.fsencode(part)) > _LONGEST_NAME for part in parts):
            fault = f"a file with a very long name, `{name[:60]}…`"
        if fault:
            message = f"the archive holds {fault}"
            raise FetchError(message)
        yield member, parts


def _read(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    if member.size > _MOST_OF_FILE:
        message = f"a file in the archive is larger than {_MOST_OF_FILE >> 20} MB: `{member.name}`"
        raise FetchError(message)
    file = tar.extractfile(member)
    content = file.read() if file else b""
    if len(content) != member.size:
        message = "a file ends before its end"
        raise EOFError(message)
    return content


def _unzip(data: bytes, most: int) -> bytes:
    return b"".join(_unzipped(data, most))


def _unzipped(data: bytes, most: int) -> Iterator[bytes]:
    """The bytes that `data` was packed of; no more than `most` are ever made."""
    size = 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    message = f"unpacked it is larger than {most >> 20} MB"
                    raise FetchError(message)
                yield chunk
    except (OSError, EOFError, zlib.error) as error:
        message = "the archive is damaged"
        raise FetchError(message) from error


class _Guarded(io.RawIOBase):
    """A file that `tarfile` reads, which asks for as much at once as a header in the file says: gigabytes are refused."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _MOST_OF_FILE:
            message = "a part of the archive is too large"
            raise ValueError(message)
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True
