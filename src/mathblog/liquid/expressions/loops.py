"""`item in list reversed limit: 2 offset: 1` (Liquid's `tags/for.rb`, `tags/table_row.rb`)."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.context import Context
from mathblog.liquid.drops.drop import Drop
from mathblog.liquid.errors import FilterArgumentError, TemplateError
from mathblog.liquid.expressions.lexer import Cursor, UnreadableError
from mathblog.liquid.expressions.values import QUOTED_FRAGMENT, Expression, read_value

_LAX = lazy_pattern(rf"\s*([\w-]+)\s+in\s+({QUOTED_FRAGMENT}+)\s*(reversed)?")
_ATTRIBUTE = lazy_pattern(rf"(\w[\w-]*)\s*:\s*({QUOTED_FRAGMENT})")
_ATTRIBUTES = ("limit", "offset")


@dataclass(frozen=True, slots=True)
class Loop:
    """The head of a loop. `attributes` are `limit`, `offset` and `cols`."""

    variable: str
    collection: Expression
    backwards: bool
    attributes: Mapping[str, Expression]

    @property
    def name(self) -> str:
        """The name by which `offset: continue` finds the loop before."""
        return f"{self.variable}-{self.collection.source}"

    @property
    def goes_on(self) -> bool:
        """Whether it starts where the last loop of its name ended."""
        offset = self.attributes.get("offset")
        return offset is not None and offset.source == "continue"

    @property
    def source(self) -> str:
        """How it would be written."""
        attributes = "".join(f" {name}: {value.source}" for name, value in self.attributes.items())
        return f"{self.variable} in {self.collection.source}{' reversed' if self.backwards else ''}{attributes}"

    def number(self, attribute: str, context: Context) -> int | None:
        """The value of `limit`, `offset` or `cols`, None where there is none."""
        expression = self.attributes.get(attribute)
        value = expression.evaluate(context) if expression else None
        return None if value is None else whole_number(value)


def whole_number(value: object) -> int:
    """A whole number, or a text that is one (Liquid's `Utils.to_integer`).

    Raises:
        FilterArgumentError: when it is none.

    """
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"\s*[-+]?\d{1,4000}\s*", value, re.ASCII):
        return int(value)
    message = "not a whole number"
    raise FilterArgumentError(message)


class LoopReading(NamedTuple):
    """A loop's head, and whether only Liquid's lax mode understands it."""

    loop: Loop
    lax: bool


@lru_cache(maxsize=2048)
def read_loop(markup: str) -> LoopReading:
    """Read the loop in `{% for … %}`.

    Raises:
        TemplateError: when even Liquid's lax mode refuses it.

    """
    try:
        cursor = Cursor(markup)
        variable = cursor.take("id").text
        cursor.take("id", "in")
        collection = read_value(cursor.value())
        backwards = cursor.accept("id", "reversed") is not None
        attributes: dict[str, Expression] = {}
        while not cursor.look("end"):
            name = cursor.take("id").text
            cursor.take(":")
            if name not in _ATTRIBUTES:
                return LoopReading(read_lax_loop(markup), lax=True)
            attributes[name] = read_value(cursor.value())
        return LoopReading(Loop(variable, collection, backwards, attributes), lax=False)
    except UnreadableError:
        return LoopReading(read_lax_loop(markup), lax=True)


def read_lax_loop(markup: str) -> Loop:
    """The same by Liquid's lax rules, which `{% tablerow %}` always follows."""
    found = _LAX.match(markup)
    if found is None:
        message = f"not a loop: `{markup}`" if markup.strip() else "a loop over what?"
        raise TemplateError(message, hint="write it as `{% for post in site.posts %}`", broken=True)
    attributes = {name: read_value(value) for name, value in _ATTRIBUTE.findall(markup)}
    return Loop(found[1], read_value(found[2]), found[3] is not None, attributes)


def items_between(collection: object, start: int, stop: int | None) -> Sequence[object]:
    """The items of a list from `start` on and before `stop` (Liquid's `Utils.slice_collection`).

    A text is one item, however many are asked for; a mapping's items are pairs, a drop's its keys; nothing else has any.
    """
    if isinstance(collection, str):
        return [collection] if collection else []
    if isinstance(collection, Mapping):
        collection = [*collection] if isinstance(collection, Drop) else [[*pair] for pair in collection.items()]
    if not isinstance(collection, list | tuple | range):
        return []
    first = max(start, 0)
    return collection[first:] if stop is None else collection[first : max(stop, 0)]
