"""`jsonify`: a value as Ruby's `to_json` writes it."""

import json
from collections.abc import Iterator, Mapping

from mathblog.liquid.errors import FilterArgumentError
from mathblog.liquid.text import to_s, too_long, too_many
from mathblog.model.limits import LEAST, Limits


def jsonify(value: object, *, limits: Limits = LEAST) -> str:
    """A value as JSON; times, ranges and other objects as texts.

    Raises:
        FilterArgumentError: when it is nested too deeply, as a page that holds itself.
        LimitError: when it is too much.

    """
    parts: list[str] = []
    length = 0
    try:
        for part in _parts(value):
            parts.append(part)
            length += len(part)
            if length > limits.characters:
                raise too_long(limits)
            if len(parts) > limits.items:
                raise too_many(limits)
    except RecursionError:
        message = "too deep for JSON"
        raise FilterArgumentError(message) from None
    return "".join(parts)


def _parts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield "{"
        for index, (key, item) in enumerate(value.items()):
            yield f"{',' if index else ''}{_text(to_s(key))}:"
            yield from _parts(item)
        yield "}"
    elif isinstance(value, list | tuple):
        yield "["
        for index, item in enumerate(value):
            if index:
                yield ","
            yield from _parts(item)
        yield "]"
    elif value is None or isinstance(value, bool):
        yield {None: "null", True: "true", False: "false"}[value]
    else:
        yield to_s(value) if isinstance(value, int | float) else _text(to_s(value))


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
