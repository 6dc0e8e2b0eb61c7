"""Extras that a configuration asks for: whether they are installed, and what to say where they are not."""

from dataclasses import replace
from importlib import metadata

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.engine.extras import install_command
from mathblog.engine.programs.pagefind import PACKAGE
from mathblog.engine.request import BuildRequest
from mathblog.model.options import Config, SearchOptions


def with_extras(config: Config, request: BuildRequest) -> tuple[Config, tuple[Diagnostic, ...]]:
    """The configuration with the versions of what it asks for, which the results depend on, and a warning for each that is missing.

    A preview has the index of titles, which is made at once, and so has a site on a disk, where no script may read data.
    """
    if request.preview or request.relative:
        return replace(config, search=SearchOptions()), ()
    version = _version(PACKAGE)
    if not version:
        message = "`full_text_search` needs Pagefind, which is not installed: titles, headings and tags can be searched"
        hint = f"install it: {install_command('search')}"
        return replace(config, search=SearchOptions()), (in_file("_config.yml", message, code="config", hint=hint),)
    return replace(config, search=replace(config.search, program=version)), ()


def _version(package: str) -> str:
    """The installed version, '' for none."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
