"""Front matter against the schema that the package carries (`schemas/front-matter.schema.json`), which serves editors, too."""

import datetime
from collections.abc import Iterator, Mapping, Sequence

from mathblog.config.known import suggest_slip
from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.source import Span
from mathblog.model.values import Data, Value
from mathblog.pipeline.checks.checked_text import CheckedText

KEY, TYPE = "front-matter-key", "front-matter-type"
KEYWORDS = frozenset(("type", "enum", "items", "description"))
"""The keys of a property of the schema: all of them are heeded here."""
_WORDS = {
    "string": "text", "number": "a number", "integer": "a whole number", "boolean": "`true` or `false`", "array": "a list",
    "object": "a mapping",
}  # fmt: skip


_KINDS: Mapping[str, type | tuple[type, ...]] = {
    "string": (str, datetime.date), "number": (int, float), "integer": int, "object": Mapping, "null": type(None),
}  # fmt: skip


def check_front_matter(subject: CheckedText) -> Iterator[Diagnostic]:
    """A warning for each key that is nearly a known one, and for each value of a type that nothing reads. Own keys are free."""
    document, properties = subject.document, subject.options.check.front_matter
    for key, place in document.keys.items():
        known = properties.get(key)
        if isinstance(known, Mapping):
            if not _fits(document.meta.data.get(key), known):
                words = known.get("enum")
                wanted = " or ".join(_WORDS[name] for name in _types(known) if name in _WORDS)
                if isinstance(words, Sequence):
                    wanted = f"one of {', '.join(f'`{str(word).lower()}`' for word in words)}"
                message = f"`{key}` has to be {wanted}"
                yield at(document.source, place, message, code=TYPE, hint=str(known.get("description", "")))
        elif near := suggest_slip(key, tuple(properties)):
            message = f"`{key}` is no key that mathblog reads"
            text = document.source.text
            start = text.rfind(key, 0, place.start)
            is_value = start >= 0 and not text.startswith(key, place.start)  # `place` is that of the value
            span = Span(start, start + len(key)) if is_value else place
            yield at(document.source, span, message, code=KEY, hint=f"did you mean `{near}`?")


def _fits(value: Value, schema: Data) -> bool:
    """Whether a value is one of those that a schema allows; what YAML reads as a date is text in JSON."""
    options = schema.get("enum")
    if isinstance(options, Sequence) and value not in options:
        return False
    is_list = isinstance(value, Sequence) and not isinstance(value, str)
    names = {"array"} if is_list else {name for name, kinds in _KINDS.items() if isinstance(value, kinds)}
    if isinstance(value, bool):
        names = {"boolean"}
    if names.isdisjoint(_types(schema)):
        return False
    items = schema.get("items")
    if isinstance(items, Mapping) and isinstance(value, Sequence) and not isinstance(value, str):
        return all(_fits(entry, items) for entry in value)
    return True


def _types(schema: Data) -> tuple[str, ...]:
    types = schema.get("type", ())
    return (types,) if isinstance(types, str) else tuple(map(str, types)) if isinstance(types, Sequence) else ()
