"""Finding and reading the configuration files."""

from mathblog.config.parse import Parsed, parse_config
from mathblog.core.diagnostic import Diagnostic
from mathblog.core.source import SourceText
from mathblog.engine.problem import ENVIRONMENT, USAGE, BuildStopped
from mathblog.engine.request import BuildRequest

_NAMES = ("_config.yml", "_config.yaml", "_config.toml")
_CONTENT = ("_posts", "_drafts", "*.md", "*.markdown", "*.html")


def load_config(request: BuildRequest) -> Parsed:
    """The configuration of a blog: `--config`'s files, else `_config.yml`.

    Raises:
        BuildStopped: 2 where there is no such file, or nothing that looks like a blog.

    """
    from mathblog.reading.decode import decode

    root = request.source
    if not root.is_dir():
        message = f"the source folder `{root}` does not exist"
        raise BuildStopped(message, code=USAGE, hint="name the folder of your blog with `--source`")
    names = request.config_files or tuple(name for name in _NAMES if (root / name).is_file())[:1]
    if not names and not any(any(root.glob(name)) for name in _CONTENT):
        message = f"`{root}` holds no blog: no `_config.yml`, no `_posts`, no page"
        raise BuildStopped(message, code=USAGE, hint="name the folder of your blog with `--source`")
    sources: list[SourceText] = []
    problems: list[Diagnostic] = []
    for name in names:
        try:
            decoded = decode(name, (root / name).read_bytes())
        except FileNotFoundError as error:
            message = f"the configuration file `{name}` does not exist"
            raise BuildStopped(
                message, code=USAGE, hint="files named by `--config` are looked for in the source folder"
            ) from error
        except OSError as error:
            message = f"cannot read `{name}`: {(error.strerror or str(error)).lower()}"
            raise BuildStopped(message, code=ENVIRONMENT) from error
        problems += decoded.diagnostics
        if decoded.source is not None:
            sources.append(decoded.source)
    parsed = parse_config(sources, request.overrides)
    return Parsed(parsed.config, (*problems, *parsed.diagnostics))
