"""The stage of cards: an image for each post that has none, drawn once for what stands on it."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.digest import fingerprint
from mathblog.engine.cache.shapes import shape_of
from mathblog.engine.programs.cards import choose_colors, draw_card, missing
from mathblog.engine.programs.fonts import Fonts, find_system_fonts
from mathblog.engine.programs.wanted import site_font
from mathblog.engine.stages.staging import GENERATED, Staging
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.output import OutputFile
from mathblog.model.values import Data
from mathblog.pipeline.titles import TitleMaths
from mathblog.site.cards import Card, author_of

COLORS = "card_colors"  # the setting of a theme
_IMAGE, _LOST = shape_of(bytes), shape_of(str)
_SHOWN = 20  # signs in a warning


class _Wanted(NamedTuple):
    """A card, the file that it is, the digest of all that it is made of, and the text that it is for."""

    card: Card
    path: str
    key: str
    source: str


def stage_cards(staging: Staging, settings: Data) -> tuple[Diagnostic, ...]:
    """Stage the cards of all posts that have one, in the colours of the theme; a warning for signs that no font has."""
    run, publication = staging.run, staging.publication
    written = settings.get(COLORS)
    colors = choose_colors(written if isinstance(written, Mapping) else {})
    wanted = list(_list_wanted(staging, fingerprint(run.toolchain, run.config.generators.cards, colors)))
    known = run.memo.store.get_many([f"{item.key}/lost" for item in wanted], _LOST)
    system = find_system_fonts(site_font(run.sources.snapshot.root, run.config.generators.cards))
    fonts: dict[str, Fonts] = {}
    lost: dict[str, str] = {}
    for item in wanted:
        stands = publication.stands(item.path, item.key)
        image = b"" if stands else run.memo.store.get(item.key, _IMAGE)
        if image is None or f"{item.key}/lost" not in known:
            own = fonts.setdefault(item.card.lang, Fonts(system, item.card.lang))
            image = draw_card(item.card, colors, own)
            known[f"{item.key}/lost"] = missing(item.card.title, own)
            run.memo.store.put(item.key, image, large=True)
            run.memo.store.put(f"{item.key}/lost", known[f"{item.key}/lost"])
        lost |= dict.fromkeys(known[f"{item.key}/lost"], item.source)
        if stands:
            publication.keep(item.path, item.key)
        else:
            staging.stage(OutputFile(item.path, image, GENERATED), item.key)
    if not lost:
        return ()
    message = f"no font here has `{''.join(lost)[:_SHOWN]}`: the card of the title is drawn without"
    hint = "install a font such as Noto Sans CJK, or name one of the site's: `social_cards: {font: assets/fonts/a.ttf}`"
    return (in_file(next(iter(lost.values())), message, code="config", hint=hint),)


def _list_wanted(staging: Staging, around: str) -> Iterator[_Wanted]:
    run, view = staging.run, FactView(staging.facts)
    site, titles = view[kinds.SITE], TitleMaths(run.config.markdown, partial(run.renderer, 1))
    for meta in view[kinds.POSTS]:
        if url := view.get(kinds.ADDRESS, "card", meta.path):
            title = " ".join(titles.words(meta.title).split())
            card = Card(title, titles.words(site.title), author_of(view, meta), meta.lang or site.lang)
            yield _Wanted(card, unquote(url).lstrip("/"), fingerprint("card", around, card), meta.path)
