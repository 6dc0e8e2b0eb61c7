"""Compiled templates kept in the store (ADR 53): to compile them takes a quarter of the time of an edit.

What is kept is code that this process runs. So it is kept and read only under the key that lies among the user's own settings:
who can make a seal with it can change the user's programs as well.
"""

from collections.abc import Mapping
from importlib.util import MAGIC_NUMBER
from typing import TYPE_CHECKING

from jinja2.bccache import Bucket, BytecodeCache

from mathblog.core.digest import fingerprint
from mathblog.engine.cache.shapes import shape_of
from mathblog.engine.cache.store import Store

if TYPE_CHECKING:
    from jinja2 import Environment

_CODE = shape_of(bytes)


class TemplateCache(BytecodeCache):
    """Jinja's cache of bytecode over a store.

    `context` stands for the programs and the filters that templates are compiled with, `digests` for each template and all that it includes.
    """

    def __init__(self, store: Store, context: str, digests: Mapping[str, str]) -> None:
        self._store = store
        self._context = context
        self._digests = digests

    def get_bucket(self, environment: "Environment", name: str, filename: str | None, source: str) -> Bucket:
        """Return the place of a template, filled where its code is known. Its key is a digest of all that the code follows from."""
        used = self._digests.get(name)
        bucket = Bucket(environment, fingerprint(self._context, MAGIC_NUMBER, name, filename, source, used), "")
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a place."""
        known: bytes | None = self._store.get(bucket.key, _CODE)
        if known is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a template was compiled to."""
        self._store.put(bucket.key, bucket.bytecode_to_string(), large=True)
