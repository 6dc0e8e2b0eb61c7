"""Jekyll's flags that do nothing here: each is accepted, so that scripts go on working, and says what holds instead."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import click

_TOLD = "mathblog.cli.jekyll_flags"
_SAFE = "--safe"
_Command: TypeAlias = Callable[..., Any]

BOTH: Mapping[str, str] = {
    "--lsi": "related posts are the newest ones, without LSI",
    "-I/--incremental": "every build is incremental, and never stale",
    "--strict_front_matter": "front matter is always checked: an error in it ends the build",
    _SAFE: "the HTML of documents is cleaned, and no theme is fetched; plugins and links out of the folder are never followed",
    "-p/--plugins=": "plugins written in Ruby are never run; `mathblog doctor` names what will be missing",
    "--profile": "there is no profile of Liquid; `mathblog explain URL` says why a page was made",
}
BUILD: Mapping[str, str] = {
    **BOTH,
    "-w/--watch": "`build` builds once; `mathblog serve` follows every edit",
    "--no-watch": "",
    "--force_polling": "",
}
SERVE: Mapping[str, str] = {
    **BOTH,
    "-w/--watch": "",
    "--no-watch": "a preview follows every edit; `mathblog build` builds once",
    "--disable-disk-cache": "the cache is kept between builds; `mathblog clean` removes it",
    "-B/--detach": "the preview stays in the foreground; your shell can put it into the background",
    "--ssl-cert=": "the preview speaks HTTP only",
    "--ssl-key=": "the preview speaks HTTP only",
    "--show-dir-listing": "a folder without `index.html` has no page, as on most hosts",
    "--skip-initial-build": "the site is built first, which takes little where nothing changed",
    "--livereload-ignore=": "pages refresh when they change, and no others",
    "--livereload-min-delay=": "pages refresh as soon as they are built",
    "--livereload-max-delay=": "pages refresh as soon as they are built",
    "--livereload-port=": "pages are refreshed through the preview's own port",
}


def accept(flags: Mapping[str, str]) -> Callable[[_Command], _Command]:
    """A decorator that lets a command accept flags, `-s/--long` or `--long=` with a value, each with its explanation."""

    def decorate(command: _Command) -> _Command:
        for flag, explanation in flags.items():
            names = flag.rstrip("=").split("/")
            kind = {"metavar": "X"} if flag.endswith("=") else {"is_flag": True}
            command = click.option(
                *names, hidden=True, expose_value=False, callback=_tell(names[-1], explanation), **kind
            )(command)
        return command

    return decorate


def _tell(name: str, explanation: str) -> Callable[[click.Context, click.Parameter, object], None]:
    def note(ctx: click.Context, _parameter: click.Parameter, value: object) -> None:
        if value and explanation:
            ctx.meta.setdefault(_TOLD, []).append(f"`{name}`: {explanation}")

    return note


def is_safe(ctx: click.Context) -> bool:
    """Whether `--safe` was given: then documents are cleaned, and nothing is asked of the network."""
    return any(explanation.startswith(f"`{_SAFE}`") for explanation in notices(ctx))


def notices(ctx: click.Context) -> list[str]:
    """The explanations of the flags that were given."""
    found: list[str] = ctx.meta.get(_TOLD, [])
    return found
