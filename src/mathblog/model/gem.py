"""A theme that came as a gem or as a repository's archive: what it says of itself."""

from collections.abc import Mapping

from mathblog.core.dataclass import dataclass, field

LENT = "theme:"  # the folder below which the sources hold what a theme lends; assets stand where the site's own do
FOLDERS = ("_layouts", "_includes", "_sass", "_data", "assets")  # what Jekyll takes of a theme (`theme.rb`)
CONFIG = "_config.yml"


@dataclass(frozen=True, slots=True)
class GemTheme:
    """The fields of Jekyll's `theme` drop (`drops/theme_drop.rb`).

    `dependencies` are the names of the gems that the theme needs, each with its requirement (`>= 3.5, < 5.0`). `digest`
    is that of the files that the theme lends, so that another theme is never taken for this one.
    """

    name: str
    version: str = ""
    authors: str = ""
    description: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    dependencies: tuple[tuple[str, str], ...] = ()
    digest: str = ""

    @property
    def label(self) -> str:
        """The name and the version, as messages show them."""
        return f"{self.name}-{self.version}" if self.version else self.name
