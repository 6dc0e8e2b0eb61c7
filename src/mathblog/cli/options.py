"""The flags that several commands have, and the configuration that they stand for."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import click

from mathblog.model.values import Value

if TYPE_CHECKING:
    from mathblog.cli.console import Console
    from mathblog.cli.progress import ProgressLine
    from mathblog.engine.request import BuildRequest

_Command: TypeAlias = Callable[..., Any]


def _worded(_ctx: click.Context, _parameter: click.Parameter, value: str) -> str:
    """A title, which has to say something: the name of a file follows from it."""
    if not value.strip():
        message = "a title needs words"
        raise click.BadParameter(message)
    return value


title = click.argument("title", callback=_worded)
source = click.option(
    "-s",
    "--source",
    type=click.Path(path_type=Path),
    help="The blog's folder (default: here, or the folder that `source:` names in `_config.yml`).",
)
config_files = click.option(
    "--config", "config_files", metavar="A,B", help="Configuration files, later ones win (default: `_config.yml`)."
)
baseurl = click.option("-b", "--baseurl", help="Serve the site below this path, such as `/blog`.")
drafts = click.option("-D", "--drafts", is_flag=True, default=None, help="Also build `_drafts`.")
future = click.option("--future", is_flag=True, default=None, help="Also build posts with a date in the future.")
unpublished = click.option(
    "--unpublished", is_flag=True, default=None, help="Also build posts marked `published: false`."
)
limit_posts = click.option(
    "--limit_posts",
    "--limit-posts",
    "limit_posts",
    type=click.IntRange(min=0),
    metavar="N",
    help="Build only the N newest posts.",
)
layouts = click.option("--layouts", metavar="DIR", help="The folder of the site's layouts (default: `_layouts`).")
jobs = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    default=None,
    metavar="N",
    help="Worker processes (default: the processors).",
)
trust_cache = click.option(
    "--trust-cache",
    is_flag=True,
    help="Use the cache also where it was not written with this user's key: only where nobody else can write it.",
)
offline = click.option("--offline", is_flag=True, help="Do not fetch the site's theme: use it only where it is here.")
allow_plugins = click.option(
    "--allow-plugins",
    is_flag=True,
    help="Run the Python files in `_plugins`, now and later while they stay as they are. Read them first: they are code.",
)
report_format = click.option(
    "--format",
    "report_format",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How problems are reported.",
)
every = click.option("--all", "every", is_flag=True, help="Show each of many equal problems.")
color = click.Option(
    ["--color"],
    type=click.Choice(["auto", "always", "never"]),
    expose_value=False,
    callback=lambda ctx, _param, value: _choose_color(ctx, value),
    help="Colours in reports (default: on a terminal, unless `NO_COLOR` is set).",
)
quiet = click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
trace = click.option("-t", "--trace", is_flag=True, help="Show the full traceback of an internal fault.")


def _choose_color(ctx: click.Context, value: str | None) -> None:
    """Let the reports of a command, and of those below it, have colours or none; without a choice as it was."""
    if value is not None:
        ctx.color = {"always": True, "never": False}.get(value)


def split_names(names: str | None) -> tuple[str, ...]:
    """The files that `--config A,B` names."""
    return tuple(name.strip() for name in (names or "").split(",") if name.strip())


def request_build(source: Path | None, config_files: str | None, overrides: Mapping[str, Value]) -> "BuildRequest":
    """The request of a command: for the folder that it names, else for the one that the configuration names.

    Raises:
        BuildStopped: where no folder is named, and here is no blog.

    """
    from mathblog.engine.request import BuildRequest
    from mathblog.engine.sources.configuration import follow_source

    named = "destination" in overrides
    request = BuildRequest(source or Path(), split_names(config_files), overrides, named=named)
    return request if source else follow_source(request)


def override(destination: Path | None, **given: Value) -> Mapping[str, Value]:
    """The configuration keys that the command line sets: those that were given."""
    keys = {"destination": None if destination is None else str(destination.absolute()), **given}
    return {key: value for key, value in keys.items() if value is not None}


class BuildFlags(NamedTuple):
    """The flags that `build` and `serve` share: which folder is built, what of it, and how."""

    source: Path | None
    destination: Path | None
    config_files: str | None
    baseurl: str | None
    drafts: bool | None
    future: bool | None
    unpublished: bool | None
    limit_posts: int | None
    layouts: str | None
    trust_cache: bool
    offline: bool
    allow_plugins: bool
    jobs: int | None

    def request(self, console: "Console", progress: "ProgressLine", *, safe: bool, **given: Value) -> "BuildRequest":
        """The request that they stand for; `given` are more configuration keys of the command line.

        Raises:
            BuildStopped: as `request_build`.

        """
        overrides = override(
            self.destination,
            baseurl=self.baseurl,
            show_drafts=self.drafts,
            future=self.future,
            unpublished=self.unpublished,
            limit_posts=self.limit_posts,
            layouts_dir=self.layouts,
            safe=safe or None,
            **given,
        )
        return replace(
            request_build(self.source, self.config_files, overrides),
            jobs=self.jobs,
            progress=progress,
            tell=progress.telling(console.news),
            trust_cache=self.trust_cache,
            offline=self.offline or safe,
            allow_plugins=self.allow_plugins,
        )


def build_flags(destination: str) -> Callable[[_Command], _Command]:
    """A decorator that gives a command `BuildFlags` as its argument `flags`; `destination` is the help of that flag."""
    place = click.option("-d", "--destination", type=click.Path(path_type=Path), help=destination)
    kept = (source, place, config_files, baseurl, drafts, future, unpublished, limit_posts, layouts)
    declared: tuple[Callable[[_Command], _Command], ...] = (*kept, trust_cache, offline, allow_plugins, jobs)

    def decorate(command: _Command) -> _Command:
        @functools.wraps(command)
        def call(*arguments: object, **given: Any) -> object:
            flags = BuildFlags(**{name: given.pop(name) for name in BuildFlags._fields})
            return command(*arguments, flags=flags, **given)

        decorated: _Command = call
        for option in reversed(declared):
            decorated = option(decorated)
        return decorated

    return decorate
