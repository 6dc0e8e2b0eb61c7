"""A file without front matter, as templates see it in `site.static_files`."""

from mathblog.core.dataclass import dataclass, field
from mathblog.model.values import Data


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file that is copied.

    `source` is its path in the source folder; `path` is Jekyll's name for it (`static_file.rb`): with a slash in front, or
    that below `collections_dir` for a file of a collection. `data` are the defaults that hold for it.
    """

    source: str
    path: str
    collection: str = ""
    data: Data = field(default_factory=dict)
