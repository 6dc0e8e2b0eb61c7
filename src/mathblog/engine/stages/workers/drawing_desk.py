"""Cards that are drawn in worker processes: what these are told, and what they do."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mathblog.core.dataclass import dataclass
from mathblog.engine.programs.cards import Artist, DrawnCard
from mathblog.engine.stages.build_run import BuildRun
from mathblog.engine.stages.workers.pool import SharedWork
from mathblog.engine.stages.workers.worker import Bench, ChunkAnswer, Desk
from mathblog.site.cards import Card

_CHUNK = 8  # cards: some sixty milliseconds


@dataclass(frozen=True, slots=True)
class Drawing:
    """An `Assignment`: everything that a card depends on beside its words. `system` are fonts."""

    colors: Mapping[str, str]
    system: tuple[Path, ...]

    def take(self, bench: Bench) -> Desk:
        """Return a function that draws chunks, which are cards; no formula is rendered any more."""
        bench.renderers.close()
        artist = Artist(self.colors, self.system)
        return lambda chunk: ChunkAnswer(list(artist.draw(chunk)), {})


def draw_shared(
    run: BuildRun, cards: Sequence[Card], colors: Mapping[str, str], system: Sequence[Path]
) -> Iterator[DrawnCard]:
    """Draw cards here and in workers; they come in no particular order. One that ends two processes is drawn here."""
    artist = Artist(colors, system)

    def draw_here(chunk: Sequence[Card]) -> list[DrawnCard]:
        return list(artist.draw(chunk))

    chunks = [tuple(cards[start : start + _CHUNK]) for start in range(0, len(cards), _CHUNK)]
    work = SharedWork(Drawing(colors, tuple(system)), chunks, draw_here, lambda card: draw_here([card])[0])
    yield from run.workers().share(work, run.memo.store)
