"""The key by which a build knows values of its own: it lies with the user, never with a site."""

import contextlib
import hashlib
import hmac
import os
from pathlib import Path

from mathblog.engine.user_folders import user_settings_folder

VARIABLE = "MATHBLOG_CACHE_KEY"
SEAL = 16  # bytes in front of a stored value
UNSEALED = bytes(SEAL)
_LENGTH = 32
_FILE = "cache.key"


class NoKeyError(Exception):
    """There is no key, and no place for one; the message says why."""


class Seals:
    """Makes and checks seals: a keyed digest over the name of a value and its bytes.

    The name is part of it, so that no value can stand for another one.
    """

    def __init__(self, key: bytes) -> None:
        self._begun = hashlib.blake2b(key=key, digest_size=SEAL)

    def seal(self, name: str, data: bytes | memoryview) -> bytes:
        """The seal of a value."""
        digest = self._begun.copy()
        digest.update(f"{name}\0".encode())
        digest.update(data)
        return digest.digest()

    def holds(self, seal: bytes, name: str, data: bytes | memoryview) -> bool:
        """Whether this is the seal of a value."""
        return hmac.compare_digest(seal, self.seal(name, data))


def find_key(source: Path) -> bytes:
    """The key: from the environment, else from the user's own folder, where one is made when it is first needed.

    A folder inside the site's own (`source`) is no place of the user's: the site could bring the key.

    Raises:
        NoKeyError: where there is no place for one.

    """
    named = os.environ.get(VARIABLE)
    if named:
        return hashlib.blake2b(os.fsencode(named), digest_size=_LENGTH).digest()
    try:
        file = user_settings_folder() / _FILE
        if file.resolve().is_relative_to(source.resolve()):
            message = f"its key would lie in the site's folder, in `{file.parent}`"
            raise NoKeyError(message)
        return _read(file) or _make(file)
    except (OSError, RuntimeError) as error:
        message = f"there is no place for its key: {(getattr(error, 'strerror', '') or str(error)).lower()}"
        raise NoKeyError(message) from error


def _read(file: Path) -> bytes:
    """The key in a file, b'' where there is none or something else."""
    with contextlib.suppress(FileNotFoundError):
        with file.open("rb") as opened:
            key = opened.read(_LENGTH + 1)
        if len(key) == _LENGTH:
            return key
    return b""


def _make(file: Path) -> bytes:
    """Put a new key into its place as a whole; where another build was faster, its key is the one."""
    import secrets
    import tempfile

    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".key-")  # of mode 0600
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(secrets.token_bytes(_LENGTH))
        damaged = file.exists()
        try:
            made.replace(file) if damaged else os.link(made, file)
        except FileExistsError:
            pass
        except OSError:  # a file system without hard links
            made.replace(file)
    finally:
        made.unlink(missing_ok=True)
    key = _read(file)
    if not key:
        message = f"`{file}` holds no key"
        raise NoKeyError(message)
    return key
