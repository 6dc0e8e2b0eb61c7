"""Extras that a configuration asks for: whether they are installed, and what to say where they are not."""

import os
from dataclasses import replace
from importlib import metadata
from pathlib import Path

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.digest import fingerprint
from mathblog.engine.extras import install_command
from mathblog.engine.programs.pagefind import PACKAGE
from mathblog.engine.request import BuildRequest
from mathblog.model.options import CardOptions, Config, SearchOptions

PILLOW = "pillow"


def with_extras(config: Config, request: BuildRequest) -> tuple[Config, tuple[Diagnostic, ...]]:
    """The configuration with what it asks for as it is installed, which the results depend on, and a warning for each that is missing.

    A preview has neither cards nor more than the index of titles, which are made at once; nor has a site on a disk the index, where no
    script may read data.
    """
    search, cards = config.search, config.generators.cards
    search = replace(search, program=_version(PACKAGE)) if search.full else search
    cards = replace(cards, program=_drawing(request.source, cards)) if cards.wanted else cards
    missing = []
    if search.full and not search.program:
        what = "`full_text_search` needs Pagefind, which is not installed: titles, headings and tags can be searched"
        missing.append((what, "search"))
    if cards.wanted and not cards.program:
        missing.append(("`social_cards` needs Pillow, which is not installed: there are no cards", "cards"))
    problems = tuple(
        in_file("_config.yml", message, code="config", hint=f"install it: {install_command(extra)}")
        for message, extra in missing
    )
    if request.preview or request.relative or not search.program:
        search = SearchOptions()
    if request.preview:
        cards = CardOptions()
    return replace(config, search=search, generators=replace(config.generators, cards=cards)), problems


def _version(package: str) -> str:
    """The installed version, '' for none."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _drawing(source: Path, cards: CardOptions) -> str:
    """One word for Pillow and for the fonts that it draws with, '' without Pillow."""
    version = _version(PILLOW)
    if not version:
        return ""
    from mathblog.engine.programs.fonts import find_system_fonts

    fonts = [(str(path), path.stat().st_size) for path in find_system_fonts(site_font(source, cards))]
    return f"{version} {fingerprint(fonts)}"


def site_font(source: Path, cards: CardOptions) -> Path | None:
    """The font that the site names, None where it names none or it is not in the site."""
    path = source / cards.font
    is_inside = Path(os.path.realpath(path)).is_relative_to(source.resolve())
    return path if cards.font and is_inside and path.is_file() else None
