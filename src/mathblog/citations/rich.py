"""pybtex's `Text`, `join` and `optional`, put together in one loop: an entry is made of some thirty texts."""

from collections.abc import Mapping, Sequence
from typing import Any

from pybtex import richtext
from pybtex.richtext import BaseText, String
from pybtex.style.template import FieldIsMissing, node


class RichText(richtext.Text):  # type: ignore[misc]  # pybtex has no types
    """The same text that pybtex's class makes of some parts (`BaseMultipartText.__init__`): no empty ones, those alike joined."""

    def __init__(self, *parts: "BaseText | str") -> None:
        own: list[BaseText] = []
        for part in parts:
            for item in part.parts if isinstance(part, richtext.Text) else (part,):
                if not item:
                    continue
                if isinstance(item, str):
                    item = String(item)  # noqa: PLW2901 - the same part
                elif not isinstance(item, BaseText):
                    message = f"a part of a text, not {type(item).__name__}"
                    raise TypeError(message)
                if own and type(item) is String and type(own[-1]) is String:
                    own[-1] = String(own[-1].value, item.value)
                elif own and type(item) is not String and _are_alike(own[-1], item):
                    own[-1] = type(item)(*item.info, *own[-1].parts, *item.parts)
                else:
                    own.append(item)
        self.parts = own
        self.length = sum(map(len, own))


def _are_alike(one: BaseText, other: BaseText) -> bool:
    """Whether two parts are one, as two links to one address are."""
    kind, info = one._typeinfo()  # noqa: SLF001 - how pybtex compares them
    return kind is not None and other._typeinfo() == (kind, info)  # noqa: SLF001


Context = Mapping[str, Any]


def _parts(children: Sequence[Any], context: Context) -> list[Any]:
    return [child.format_data(context) if hasattr(child, "format_data") else child for child in children]


@node  # type: ignore[untyped-decorator]
def join(children: Sequence[Any], context: Context, sep: str = "") -> BaseText:
    """The parts that are not empty, with `sep` between them."""
    parts = [part for part in _parts(children, context) if part]
    if sep and len(parts) > 1:
        parts = [it for part in parts for it in (sep, part)][1:]
    return RichText(*parts)


@node  # type: ignore[untyped-decorator]
def optional(children: Sequence[Any], context: Context) -> BaseText:
    """The parts; nothing where a field of theirs is missing."""
    try:
        return RichText(*_parts(children, context))
    except FieldIsMissing:
        return RichText()
