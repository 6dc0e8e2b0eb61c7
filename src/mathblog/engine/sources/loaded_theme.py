"""The theme of a blog's builds: its templates are loaded, and their digests found, once for all builds that leave it alone."""

from dataclasses import replace
from typing import TYPE_CHECKING

from mathblog.core.digest import fingerprint
from mathblog.engine.cache.opening import open_templates, recall_digests
from mathblog.engine.cache.store import Store
from mathblog.engine.sources.themes import ThemeFiles
from mathblog.model.options import ThemeOptions

if TYPE_CHECKING:
    from mathblog.extend.extensions import Extensions
    from mathblog.theme.load import Theme


class LoadedTheme:
    """Holds the theme that was loaded last."""

    def __init__(self) -> None:
        self.theme: Theme | None = None
        self._key = ""

    def load(
        self, files: ThemeFiles, options: ThemeOptions, extensions: "Extensions", store: Store, programs: str
    ) -> "Theme":
        """The theme of these files. `programs` stands for what templates are compiled with: mathblog, libraries, plugins."""
        from mathblog.theme.load import digest_templates, load_theme

        key = fingerprint("theme", programs, files.signature, options)
        if self.theme is None or self._key != key:
            digests = recall_digests(store, key, lambda: digest_templates(files.sources, options))
            compiled = open_templates(store, fingerprint("template", programs), digests)
            loaded = load_theme(files.sources, options, extensions, digests, compiled)
            self.theme, self._key = replace(loaded, absent=files.missing), key
        return self.theme
