"""How much a page may do: limits that stop what does not end, and grow with what the site holds."""

from mathblog.core.dataclass import dataclass

_STEPS = 4  # for each byte of the sources: a filter counts one for 32 characters
_CHARACTERS = 60  # for each byte: formulas become twenty times as long, and a page may show all posts more than once
_MOST_CHARACTERS = 500_000_000  # of one text, whatever the site holds: it must fit into memory
_MOST_ITEMS = 1 << 22
_BYTES_A_SECOND = 100_000  # on a slow machine: a page may show all of the site


@dataclass(frozen=True, slots=True)
class Limits:
    """The most steps of a page's Liquid (pieces of output, rounds of loops), characters of a text, and items of a list.

    `seconds` is how long each stage may work on the page: for what counts no steps.
    """

    steps: int = 2_000_000  # some seconds
    characters: int = 20_000_000
    items: int = 1_000_000
    seconds: int = 60


LEAST = Limits()


def limits_for(size: int) -> Limits:
    """The limits for a site whose sources have `size` bytes, by the next power of two: an edit seldom changes them."""
    held = 1 << max(size - 1, 0).bit_length()
    return Limits(
        steps=max(LEAST.steps, _STEPS * held),
        characters=min(max(LEAST.characters, _CHARACTERS * held), _MOST_CHARACTERS),
        items=min(max(LEAST.items, held >> 1), _MOST_ITEMS),
        seconds=max(LEAST.seconds, held // _BYTES_A_SECOND),
    )
