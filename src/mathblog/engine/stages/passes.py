"""The order in which documents are compiled: each pass sees the bodies of those before it."""

from typing import Final

from mathblog.model.document import PAGES, Meta

PASSES: Final = 3


def pass_of(meta: Meta) -> int:
    """Posts and collections first, then pages, as in Jekyll (`Site#render`); last what is no HTML and may index them all.

    Among pages Jekyll goes by the order of their files, which leaves out of `search.json` what comes later.
    """
    if meta.collection != PAGES:
        return 0
    return 1 if meta.output_path.endswith((".html", ".htm")) else 2
