"""YAML -> plain data with positions: the one loader of front matter, configuration and data files.

It walks libyaml's events itself, so that nothing recursive and nothing executable is ever reached: 100,000 nested
brackets stop at a depth limit, alias bombs at a limit of copies, and tags other than YAML's own are refused.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol, TypeAlias, cast

from mathblog.core.dataclass import dataclass, field
from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.core.stops import Stop
from mathblog.model.values import Value
from mathblog.text.yaml.scalars import DEEPEST, NumberTooLongError, read_scalar
from mathblog.text.yaml.tags import YamlFault, check_tag, read_tagged

MOST_NODES = 1_000_000
MOST_COPIED = 100_000  # nodes that aliases may add; a shared value costs its whole size wherever it is walked

Path: TypeAlias = tuple[str, ...]


class Yaml(NamedTuple):
    """The value of a text; it is None when it is `refused`, which the last diagnostic explains.

    `spans` says where each value stands, by its path: `("tags", "0")`; a key without a value and a key with a nested
    value stand where the key is. `keys` says where each key stands, when nested places were asked for.
    """

    value: Value
    spans: Mapping[Path, Span]
    keys: Mapping[Path, Span]
    diagnostics: tuple[Diagnostic, ...]
    refused: bool = False


class _Mark(Protocol):
    """A place in the text, in characters."""

    index: int


class _Event(Protocol):
    """The attributes of PyYAML's events that are used here, which its type stubs leave out."""

    start_mark: _Mark
    end_mark: _Mark
    value: str
    style: str | None
    tag: str | None
    anchor: str | None
    implicit: tuple[bool, bool]


_NOWHERE = Span(0, 0)


@dataclass(slots=True)
class _Node:
    """A collection whose end has not been seen yet."""

    items: dict[str, Value] | list[Value]
    path: Path
    anchor: str | None
    size: int = 1
    key: str | None = None
    key_span: Span = _NOWHERE
    is_merge: bool = False
    own_keys: set[str] = field(default_factory=set)


class _Builder:
    """Events -> value. A running position: the stack of open collections."""

    def __init__(self, origin: int, *, nested: bool, warn: Callable[[str, Span, str], None]) -> None:
        self.origin = origin
        self.nested = nested
        self.warn = warn
        self.spans: dict[Path, Span] = {}
        self.keys: dict[Path, Span] = {}
        self.stack: list[_Node] = []
        self.anchors: dict[str, tuple[Value, int] | None] = {}
        self.nodes = 0
        self.copied = 0
        self.value: Value = None

    def span(self, event: _Event) -> Span:
        return Span(self.origin + event.start_mark.index, self.origin + event.end_mark.index)

    def count(self, span: Span) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            message = f"more than {MOST_NODES:,} values"
            raise YamlFault(message, span)

    def scalar(self, event: _Event) -> None:
        span = self.span(event)
        self.count(span)
        text = event.value
        parent = self.stack[-1] if self.stack else None
        if parent is not None and parent.key is None and isinstance(parent.items, dict):
            self.take_key(parent, event, span)
            return
        try:
            value = read_scalar(text) if event.implicit[0] else read_tagged(event.tag, text, span)
        except NumberTooLongError:
            message = f"a number of {len(text):,} characters"
            raise YamlFault(message, span, "put it in quotes to make it text") from None
        if event.style == '"' and (escape := _TEX_LOST.search(text)):
            message = f"an escape in double quotes became the character U+{ord(escape[0][0]):04X}"
            self.warn(message, span, "TeX goes into single quotes: '$\\nabla f$'")
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, 1)
        self.add(value, span if text else None, 1)

    def take_key(self, parent: _Node, event: _Event, span: Span) -> None:
        key = event.value
        plain = event.implicit[0]
        if not plain:
            read_tagged(event.tag, key, span)
        if event.anchor is not None:
            self.anchors[event.anchor] = (key, 1)
        parent.key_span = span
        parent.is_merge = plain and key == "<<"
        if plain and len(key) > 1 and key.startswith(":"):
            key = key.strip(":") if key.strip(":").isidentifier() else key
        parent.key = key
        if self.nested:
            self.keys[self.child_path(parent)] = span
        if not parent.is_merge:
            if key in parent.own_keys:
                self.warn(f"`{key}` is given twice: the last one counts", span, "")
            parent.own_keys.add(key)

    def open(self, event: _Event, items: dict[str, Value] | list[Value]) -> None:
        span = self.span(event)
        self.count(span)
        check_tag(event.tag, span)
        path: Path = ()
        if self.stack:
            parent = self.stack[-1]
            if parent.key is None and isinstance(parent.items, dict):
                message = "a key has to be a word, not a list or a mapping"
                raise YamlFault(
                    message, span, "Liquid's braces and TeX's start a mapping in YAML: put the value in quotes"
                )
            path = self.child_path(parent)
        if len(self.stack) >= DEEPEST:
            message = f"nested more than {DEEPEST} levels deep"
            raise YamlFault(message, span)
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        self.stack.append(_Node(items, path, event.anchor))

    def close(self, event: _Event) -> None:
        node = self.stack.pop()
        if node.anchor is not None:
            self.anchors[node.anchor] = (node.items, node.size)
        self.add(node.items, None, node.size)
        if self.nested and not self.stack:
            self.spans.setdefault((), self.span(event))

    def alias(self, event: _Event) -> None:
        span = self.span(event)
        self.count(span)
        name = event.anchor or ""
        if name not in self.anchors:
            message = f"no anchor `&{name}` for the alias `*{name}`"
            raise YamlFault(message, span, "a value that starts with `*` has to be in quotes")
        known = self.anchors[name]
        if known is None:
            message = f"`*{name}` stands inside what it names"
            raise YamlFault(message, span)
        value, size = known
        self.copied += size
        if self.copied > MOST_COPIED:
            message = f"aliases stand for more than {MOST_COPIED:,} values"
            raise YamlFault(message, span)
        parent = self.stack[-1]
        if parent.key is None and isinstance(parent.items, dict):
            message = "an alias cannot be a key"
            raise YamlFault(message, span, "a word that starts with `*` has to be in quotes")
        self.add(value, span, size)

    def add(self, value: Value, span: Span | None, size: int) -> None:
        if not self.stack:
            self.value = value
            if span is not None:
                self.spans[()] = span
            return
        parent = self.stack[-1]
        parent.size += size
        if self.nested or len(self.stack) == 1:
            self.spans[self.child_path(parent)] = span or parent.key_span
        if isinstance(parent.items, list):
            parent.items.append(value)
        elif parent.is_merge:
            parts = reversed(value) if isinstance(value, list) else (value,)
            for part in parts:
                if isinstance(part, Mapping):
                    parent.items.update(part)
        else:
            parent.items[cast("str", parent.key)] = value
        parent.key = None

    def child_path(self, parent: _Node) -> Path:
        if isinstance(parent.items, list):
            return (*parent.path, str(len(parent.items)))
        return (*parent.path, parent.key or "")


# what double quotes make of `\alpha`, `\beta`, `\frac`, `\varepsilon`, `\nabla`, `\theta`, `\rho` and their like
_TEX_LOST = lazy_pattern(
    "[\x07\x08\x0b\x0c\x1b]|\n(?:abla|u\\b|eq?\\b)|\t(?:heta|imes|au\\b|ext|o\\b)|\r(?:ho\\b|ight|angle)"
)


def load_yaml(
    source: SourceText, span: Span | None = None, *, code: str, refusal: str | Stop = "", nested: bool = False
) -> Yaml:
    """The value of the YAML in `span` of a source (all of it by default), read as Ruby's Psych reads it.

    Only the first document of the text counts. `nested` asks for the places of values at all depths, not only of the
    top level. Problems are diagnostics of `code` with places in the file; what refuses the text (syntax errors, unknown
    tags, bombs) is of the kind `refusal`, where one is given.
    """
    import yaml

    start, end = span or Span(0, len(source.text))
    problems: list[Diagnostic] = []

    def warn(message: str, where: Span, hint: str) -> None:
        problems.append(at(source, where, message, code=code, hint=hint))

    builder = _Builder(start, nested=nested, warn=warn)
    try:
        _feed(builder, source.text[start:end])
    except YamlFault as fault:
        problems.append(at(source, fault.span, str(fault), code=refusal or code, hint=fault.hint))
    except yaml.YAMLError as error:
        from mathblog.text.yaml.errors import explain_yaml_error

        problems.append(explain_yaml_error(source, Span(start, end), error, refusal or code))
    else:
        return Yaml(builder.value, builder.spans, builder.keys, tuple(problems))
    return Yaml(None, builder.spans, builder.keys, tuple(problems), refused=True)


def _feed(builder: _Builder, text: str) -> None:
    import yaml
    from yaml import events

    parser = yaml.CSafeLoader(text)
    steps: dict[type, Callable[[_Event], None]] = {
        events.ScalarEvent: builder.scalar,
        events.AliasEvent: builder.alias,
        events.MappingStartEvent: lambda event: builder.open(event, {}),
        events.SequenceStartEvent: lambda event: builder.open(event, []),
        events.MappingEndEvent: builder.close,
        events.SequenceEndEvent: builder.close,
    }
    try:
        while True:
            event = parser.get_event()
            step = steps.get(type(event))
            if step is not None:
                step(cast("_Event", event))
            elif isinstance(event, events.DocumentEndEvent):
                # Psych stops here without a word; what follows would be lost unseen
                if isinstance(after := parser.get_event(), events.DocumentStartEvent):
                    builder.warn("only the first YAML document counts", builder.span(cast("_Event", after)), "")
                return
            elif isinstance(event, events.StreamEndEvent):
                return
    finally:
        parser.dispose()
