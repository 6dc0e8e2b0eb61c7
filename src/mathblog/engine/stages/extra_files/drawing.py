"""The stage of cards: an image for each post that has none, drawn once for what stands on it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.digest import fingerprint
from mathblog.engine.cache.shapes import shape_of
from mathblog.engine.programs.cards import Artist, DrawnCard, choose_colors
from mathblog.engine.programs.fonts import find_system_fonts
from mathblog.engine.programs.wanted import site_font
from mathblog.engine.stages.build_run import BuildRun
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
_WORTH_WORKERS = 16  # cards: a tenth of a second
_WORTH_A_START = 100  # cards that take longer to draw than workers take to start


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
    waiting: dict[Card, list[_Wanted]] = {}

    def stage(item: _Wanted, image: bytes) -> None:
        if publication.stands(item.path, item.key):
            publication.keep(item.path, item.key)
        else:
            staging.stage(OutputFile(item.path, image, GENERATED), item.key)

    for item in wanted:
        image = b"" if publication.stands(item.path, item.key) else run.memo.store.get(item.key, _IMAGE)
        if image is None or f"{item.key}/lost" not in known:
            waiting.setdefault(item.card, []).append(item)
        else:
            stage(item, image)
    for drawn in _draw(run, tuple(waiting), colors):
        items = waiting[drawn.card]
        key = items[0].key
        known[f"{key}/lost"] = drawn.lost
        run.memo.store.put(key, drawn.image, large=True)
        run.memo.store.put(f"{key}/lost", drawn.lost)
        for item in items:
            stage(item, drawn.image)
    lost: dict[str, str] = {}
    for item in wanted:
        lost |= dict.fromkeys(known[f"{item.key}/lost"], item.source)
    if not lost:
        return ()
    message = f"no font here has `{''.join(lost)[:_SHOWN]}`: the card of the title is drawn without"
    hint = "install a font such as Noto Sans CJK, or name one of the site's: `social_cards: {font: assets/fonts/a.ttf}`"
    return (in_file(next(iter(lost.values())), message, code="config", hint=hint),)


def _draw(run: BuildRun, cards: Sequence[Card], colors: Mapping[str, str]) -> Iterable[DrawnCard]:
    """The drawn cards, in no particular order: with the workers where there are enough cards, the more where no workers run yet."""
    if not cards:
        return ()
    system = find_system_fonts(site_font(run.sources.snapshot.root, run.config.generators.cards))
    if run.jobs > 1 and len(cards) >= (_WORTH_WORKERS if run.workers().is_running else _WORTH_A_START):
        from mathblog.engine.stages.workers.drawing_desk import draw_shared

        return draw_shared(run, cards, colors, system)
    return Artist(colors, system).draw(cards)


def _list_wanted(staging: Staging, around: str) -> Iterator[_Wanted]:
    run, view = staging.run, FactView(staging.facts)
    site, titles = view[kinds.SITE], TitleMaths(run.config.markdown, partial(run.renderer, 1))
    for meta in view[kinds.POSTS]:
        if url := view.get(kinds.ADDRESS, "card", meta.path):
            title = " ".join(titles.words(meta.title).split())
            card = Card(title, titles.words(site.title), author_of(view, meta), meta.lang or site.lang)
            yield _Wanted(card, unquote(url).lstrip("/"), fingerprint("card", around, card), meta.path)
