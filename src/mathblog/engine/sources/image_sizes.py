"""Sizes of images, read from the beginnings of their files."""

import re
from typing import BinaryIO

from mathblog.core.digest import fingerprint
from mathblog.core.patterns import lazy_pattern
from mathblog.engine.cache.shapes import shape_of
from mathblog.engine.cache.store import Store
from mathblog.engine.sources.snapshot import Snapshot
from mathblog.model.images.options import VECTOR, ImageSize

_SIZE = shape_of(list[int])
_HEAD = 65_536  # bytes in which the root element of an SVG begins; editors write their own words before it
_MOST_READ = 1 << 18  # bytes of another image, which are read piece by piece
_LARGEST = 100_000  # pixels of a side that is believed
_ROOT = lazy_pattern(r"<(?:[A-Za-z_][\w.-]*:)?svg\b([^<>]*)>")
# these take linear time, whatever they are given
_COMMENT = lazy_pattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ATTRIBUTE = lazy_pattern(r"(?:^|\s)(width|height|viewBox)\s*=\s*[\"']([^\"']*)[\"']")
_LENGTH = lazy_pattern(r"([0-9]{1,20}(?:\.[0-9]{1,20})?|\.[0-9]{1,20})(px|pt|pc|in|cm|mm|)")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}


class SizeReader:
    """Reads the sizes of images of the source folder, and keeps them in the store: to load what reads them takes a tenth of an edit.

    `programs` stands for what reads them. A worker gets a reader that keeps nothing.
    """

    def __init__(self, snapshot: Snapshot, store: Store | None = None, programs: str = "") -> None:
        self._snapshot, self._store, self._programs = snapshot, store, programs

    def __reduce__(self) -> tuple[object, ...]:
        return SizeReader, (self._snapshot,)

    def __call__(self, path: str) -> ImageSize | None:
        """The size of an image, as `read_size` reads it, and raises."""
        stamp = self._snapshot.files[path]
        if self._store is None or self._snapshot.is_unsure(stamp):
            return read_size(self._snapshot, path)
        key = fingerprint("image size", self._programs, path, stamp.signature)
        known: list[int] | None = self._store.get(key, _SIZE)
        if known is None:
            size = read_size(self._snapshot, path)
            known = [size.width, size.height] if size else []
            self._store.put(key, known, large=True)
        return ImageSize(*known) if known else None


def read_size(snapshot: Snapshot, path: str) -> ImageSize | None:
    """The size of an image of the source folder, None where its file does not tell.

    Raises:
        SourceChangedError, BuildStopped: as `Snapshot.read`.

    """
    with snapshot.stream(path) as file:
        try:
            if path.lower().endswith(VECTOR):
                width, height = _size_of_svg(file)
            else:
                import imagesize  # type: ignore[import-untyped] # has no types

                width, height = imagesize.get(_Bounded(file))
            size = ImageSize(round(width), round(height))
        except Exception:  # noqa: BLE001 - whatever strange bytes do to a parser: there is no size in them
            return None
    return size if 0 < size.width <= _LARGEST and 0 < size.height <= _LARGEST else None


class _Bounded:
    """A file of which no more than so many bytes are read: some formats go on byte by byte, and the file may be of gigabytes."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._left = file, _MOST_READ
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        """The next bytes.

        Raises:
            EOFError: where too many were read.

        """
        found = self._file.read(min(size, self._left) if size >= 0 else self._left)
        self._left -= max(len(found), 1)
        if self._left < 0:
            raise EOFError
        return found


def _size_of_svg(file: BinaryIO) -> tuple[float, float]:
    """Width and height of the root element; one that is missing, or a part of the page (`100%`), follows from the `viewBox`."""
    head = file.read(_HEAD).decode("utf-8", "replace")
    root = _ROOT.search(_COMMENT.sub("", head))
    said = dict(_ATTRIBUTE.findall(root[1])) if root else {}
    width, height = _pixels(said.get("width", "")), _pixels(said.get("height", ""))
    box = said.get("viewBox", "").replace(",", " ").split()
    across, down = map(float, box[2:4]) if len(box) >= 4 else (0.0, 0.0)  # noqa: PLR2004 - a corner and a size
    if across and down:
        width = width or (height * across / down if height else across)
        height = height or width * down / across
    return width, height


def _pixels(written: str) -> float:
    found = _LENGTH.fullmatch(written.strip())
    return float(found[1]) * _PIXELS[found[2]] if found else 0.0
