"""Our `dataclass` beside that of the standard library: what a class does is the same, but for how it is made."""

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, fields, replace
from typing import Any

import pytest

from mathblog.core.dataclass import dataclass, field
from mathblog.core.diagnostic import Diagnostic, Severity
from mathblog.core.source import Span

Decorate = Callable[..., Any]
FLAGS = [{"frozen": frozen, "slots": slots} for frozen in (False, True) for slots in (False, True)]


def make(decorate: Decorate, **flags: bool) -> Any:
    @decorate(**flags)
    class Box:
        """One field of each sort."""

        name: str
        width: int = 1
        notes: list[str] = field(default_factory=list)
        seen: int = field(default=0, compare=False, repr=False)
        lid: bool = field(default=True, kw_only=True)

    return Box


def describe(box: Any) -> list[object]:
    """All that a class and its values do: with arguments of all sorts, compared, printed, replaced, hashed."""
    made = [box("a"), box("a", 2, ["x"]), box(name="a", lid=False), box("b", notes=["x"], seen=3)]
    answers: list[object] = [repr(made), [one == other for one in made for other in (*made, box("a", seen=9), "a")]]
    answers += [asdict(one) for one in made] + [repr(replace(one, width=7)) for one in made]
    answers += [[(item.name, item.init, item.compare) for item in fields(box)], box.__match_args__, box.__doc__]
    for arguments in ((), ("a", 1, [], 0, True), ("a", "b", "c", "d", "e", "f")):
        with pytest.raises(TypeError) as refused:
            box(*arguments)
        answers.append(str(refused.value).rpartition(".")[2])
    return answers


@pytest.mark.parametrize("flags", FLAGS)
def test_a_class_is_as_in_the_standard_library(flags: dict[str, bool]) -> None:
    ours, theirs = (make(decorate, **flags) for decorate in (dataclass, dataclasses.dataclass))
    assert describe(ours) == describe(theirs)
    assert hasattr(ours("a"), "__dict__") == hasattr(theirs("a"), "__dict__")
    assert ours("a").notes is not ours("a").notes


@pytest.mark.parametrize("decorate", [dataclass, dataclasses.dataclass])
def test_frozen_values_can_be_hashed_and_not_changed(decorate: Decorate) -> None:
    for slots in (False, True):

        @decorate(frozen=True, slots=slots)
        class Point:
            x: int
            y: int = field(default=0, compare=False)

        point = Point(1)
        assert hash(point) == hash(Point(1, 5)) != hash(Point(2))
        with pytest.raises(FrozenInstanceError):
            point.x = 2
        with pytest.raises(FrozenInstanceError):
            del point.x
        assert point.x == 1


@pytest.mark.parametrize("decorate", [dataclass, dataclasses.dataclass])
def test_what_changes_has_no_hash_unless_it_is_told_by_identity(decorate: Decorate) -> None:
    @decorate
    class Counter:
        count: int = 0

    @decorate(eq=False)
    class Client:
        name: str

    counter = Counter()
    counter.count += 1
    assert counter == Counter(1)
    with pytest.raises(TypeError, match="unhashable"):
        hash(counter)
    client = Client("a")
    assert client != Client("a")
    assert {client: 1}[client] == 1


@pytest.mark.parametrize("decorate", [dataclass, dataclasses.dataclass])
def test_fields_are_inherited_and_made_after_the_others(decorate: Decorate) -> None:
    @decorate(frozen=True, slots=True)
    class Pair:
        left: int
        right: int = 2

    @decorate(frozen=True, slots=True)
    class Triple(Pair):
        last: int = 3

    @decorate
    class Sum:
        left: int
        right: int
        total: int = field(init=False)
        parts: list[int] = field(init=False, default_factory=list)

        def __post_init__(self) -> None:
            self.total = self.left + self.right

    assert repr(Triple(1)).endswith("Triple(left=1, right=2, last=3)")
    assert Triple(1) != Pair(1)
    assert (Sum(1, 2).total, Sum(1, 2).parts) == (3, [])


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_frozen_values_are_copied_and_sent_to_other_processes(protocol: int) -> None:
    problem = Diagnostic(Severity.ERROR, "bad", "math", "a.md", 1, 2)
    for value in (problem, Span(3, 9)):
        assert pickle.loads(pickle.dumps(value, protocol)) == value
        assert copy.deepcopy(value) == copy.copy(value) == value


def test_a_value_that_holds_itself_can_be_shown() -> None:
    @dataclass
    class Node:
        next: Any = None

    node = Node()
    node.next = node
    assert repr(node).endswith("Node(next=...)")
