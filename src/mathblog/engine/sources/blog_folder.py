"""Whether a folder is that of a blog, and which one was meant where it is not."""

import os
from pathlib import Path

from mathblog.engine.problem import USAGE, BuildStopped

CONFIG_NAMES = ("_config.yml", "_config.yaml", "_config.toml")
_OF_POSTS = {"_posts", "_drafts"}
# folders of a blog, where a command may be given by mistake
_PARTS = ("_posts", "_drafts", "_includes", "_layouts", "_data", "_theme")
_ROOTS = ("/", "/dev", "/proc", "/sys")  # their files are no real files, or belong to all programs
_OF_THE_SYSTEM = ("/proc/", "/sys/")  # not `/dev/`: a blog may lie in its shared memory
_LOOKED_AT = 10_000  # files and folders, until a folder without a configuration is taken for no blog
_HINT = "name the folder of your blog with `--source`"


def require_folder(root: Path) -> None:
    """Stop where a blog cannot lie.

    Raises:
        BuildStopped: 2 for what is no folder, or one of the system's.

    """
    if not os.path.isdir(root):  # noqa: PTH112 - no error, whatever the name is
        is_file = os.path.exists(root)  # noqa: PTH110
        message = (
            f"`{root}` is a file, not the folder of a blog" if is_file else f"the source folder `{root}` does not exist"
        )
        raise BuildStopped(message, code=USAGE, hint=_HINT)
    if os.path.realpath(root).startswith(_OF_THE_SYSTEM) or os.path.realpath(root) in _ROOTS:
        message = f"`{root}` is a folder of the system, and holds no blog"
        raise BuildStopped(message, code=USAGE, hint=_HINT)


def require_content(root: Path) -> None:
    """Stop where a folder without a configuration has nothing that could be published, or is a part of a blog.

    Raises:
        BuildStopped: 2, with the folder that was meant.

    """
    folder = Path(os.path.realpath(root))
    if folder.name in _PARTS and any((folder.parent / name).is_file() for name in CONFIG_NAMES):
        message = f"`{root}` is a folder of the blog above it"
        raise BuildStopped(message, code=USAGE, hint=f"name that one: `--source {os.path.normpath(root / '..')}`")
    if not _holds_content(root):
        message = f"`{root}` holds no blog: no `_config.yml`, no `_posts`, no file to publish"
        raise BuildStopped(message, code=USAGE, hint=_HINT)


def require_blog(root: Path) -> None:
    """Stop where neither a configuration nor a folder of posts says that a text belongs here.

    Raises:
        BuildStopped: 2, with the blog that lies in the folder.

    """
    if not any((root / name).exists() for name in (*CONFIG_NAMES, *_OF_POSTS)):
        below = find_blog_below(root)
        hint = (
            f"did you mean `--source {os.path.normpath(root / below)}`?"
            if below
            else f"{_HINT}; `mathblog new` begins one"
        )
        message = f"`{root}` holds no blog: no `_config.yml`, no `_posts`"
        raise BuildStopped(message, code=USAGE, hint=hint)


def find_blog_below(root: Path) -> str:
    """The first folder in a folder that has a configuration of its own; '' for none."""
    names = sorted(path.parent.name for path in root.glob(f"[!._]*/{CONFIG_NAMES[0]}"))
    return names[0] if names else ""


def _holds_content(root: Path) -> bool:
    """Whether there is a file that Jekyll would publish, or a folder of posts, in a folder or below it."""
    from mathblog.config.defaults import ALWAYS_EXCLUDED
    from mathblog.model.options import ReadingOptions
    from mathblog.reading.entries import accepts

    looked_at, options = 0, ReadingOptions(exclude=ALWAYS_EXCLUDED)
    for place, folders, files in os.walk(root):
        folder = Path(place).relative_to(root).as_posix().removeprefix(".")
        if _OF_POSTS.intersection(folders) or any(accepts(name, folder, options) for name in files):
            return True
        looked_at += len(folders) + len(files)
        if looked_at > _LOOKED_AT:
            return False
        folders[:] = [name for name in folders if accepts(name, folder, options, directory=True)]
    return False
