"""Whether a site counts on code that does not run here: then a tag that nobody knows spoils its place and not the page."""

from collections.abc import Collection, Sequence

from mathblog.config.known_plugins import BUILT_IN, HARMLESS
from mathblog.model.options import Config


def counts_on_ruby(config: Config, paths: Collection[str], *, plugins_run: bool) -> bool:
    """Whether the site names a plugin that is not built in, or has Ruby files of its own among `paths`.

    So it does with its files in Python, unless these plugins run.
    """
    named = (config.value(key) for key in ("plugins", "gems"))
    lists = (value for value in named if isinstance(value, Sequence) and not isinstance(value, str))
    plugins = {name for value in lists for name in value if isinstance(name, str)} | {*config.bundled}
    folder = f"{config.reading.plugins_dir}/"
    if plugins - BUILT_IN - HARMLESS:
        return True
    if f"\n{folder}" not in "\n".join(("", *paths)):  # nearly always, and there may be thousands
        return False
    return any(path.startswith(folder) and path.endswith(".rb" if plugins_run else (".rb", ".py")) for path in paths)
