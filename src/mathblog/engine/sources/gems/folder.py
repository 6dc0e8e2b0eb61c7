"""A theme that `Gemfile` takes from a folder of the site (`gem "mine", path: "theme"`)."""

from pathlib import Path

from mathblog.engine.sources.gems.cache import Stored
from mathblog.engine.sources.opening import read_text
from mathblog.gems.gemfile import GEMFILE, GEMFILE_LOCK, read_gemfile, read_gemfile_lock
from mathblog.gems.specification import read_gemspec


def named_folder(name: str, home: Path) -> tuple[str, str]:
    """The folder that `Gemfile.lock`, else `Gemfile`, in `home` takes a gem from, as it is written, and which of them; '' for none."""
    if locked := read_gemfile_lock(read_text(home / GEMFILE_LOCK), name):
        return (locked.settings.get("remote", "."), GEMFILE_LOCK) if locked.section == "PATH" else ("", "")
    line = read_gemfile(read_text(home / GEMFILE), name)
    return (line.options["path"], GEMFILE) if line and "path" in line.options else ("", "")


def open_folder(name: str, home: Path, site: Path) -> Stored | str | None:
    """The theme in the folder that Bundler's files name; why it cannot be used; None for the site itself, or for no folder.

    Only a folder within the site is used: what lies elsewhere is not the site's to publish.
    """
    written, by = named_folder(name, home)
    root = home / written
    if not written or root.resolve() == site.resolve():
        return None
    if not root.resolve().is_relative_to(site.resolve()):
        return f"`{by}` takes it from `{written}`, which lies outside of the site: copy that folder into the site, and name it there"
    specification = root / f"{name}.gemspec"
    if not specification.is_file():
        return f"`{by}` takes it from `{written}`, where there is no `{name}.gemspec`"
    return Stored(root, read_gemspec(read_text(specification), name))
