"""`dataclass` as in the standard library, made without generated code: a class costs a tenth of that at each start (ADR 44).

Classes are dataclasses to `fields`, `replace`, `asdict` and to type checkers, for which this is `dataclasses.dataclass` itself.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, field, fields
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

__all__ = ["dataclass", "field"]

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import dataclass  # noqa: TID251 - all others take this one
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True):  # noqa: ANN001, ANN201 - typed above
        """Make a dataclass of a class: its `__init__` is compiled by its first instance, other methods are shared functions."""
        if cls is None:
            return lambda decorated: dataclass(decorated, frozen=frozen, slots=slots, eq=eq)
        # without a docstring, one would be made of the signature, for which Python's own tokenizer is loaded
        cls.__doc__ = cls.__doc__ or cls.__name__
        cls = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)  # noqa: TID251
        methods = {"__repr__": _show, "__init__": _compile_at_first(cls, frozen=frozen, slots=slots)}
        if eq:
            methods |= _compare(cls, frozen=frozen)
        if frozen:
            methods |= {"__setattr__": _refuse, "__delattr__": _refuse}
        if frozen and slots:  # pickle sets the attributes of others itself
            methods |= {"__getstate__": _get_state, "__setstate__": _set_state}
        for name, method in methods.items():
            setattr(cls, name, method)
        return cls


def _compile_at_first(cls: type, *, frozen: bool, slots: bool) -> Callable[..., None]:
    """An `__init__` that puts the real one into its place."""

    def initialise(self: object, *values: object, **named: object) -> None:
        cls.__init__ = init = _compile(cls, frozen=frozen, slots=slots)  # type: ignore[misc]
        init(self, *values, **named)

    return initialise


def _compile(cls: type, *, frozen: bool, slots: bool) -> Callable[..., None]:
    """The `__init__` of a dataclass. One that is frozen sets its attributes past its own `__setattr__`."""
    positional: list[str] = []
    keyword: list[str] = []
    lines: list[str] = []
    names: dict[str, Any] = {"MISSING": MISSING, "set_attribute": object.__setattr__}
    for item in fields(cls):
        name, value, default = item.name, item.name, ""
        if item.default_factory is not MISSING:
            names[f"make_{name}"], default = item.default_factory, "=MISSING"
            value = f"make_{name}() if {name} is MISSING else {name}" if item.init else f"make_{name}()"
        elif item.default is not MISSING:
            names[f"default_{name}"], default = item.default, f"=default_{name}"
            value = name if item.init else f"default_{name}"
        elif not item.init:
            continue
        if item.init:
            (keyword if item.kw_only else positional).append(name + default)
        if frozen and slots:
            names[f"set_{name}"] = getattr(cls, name).__set__
            lines.append(f"set_{name}(self, {value})")
        else:
            lines.append(f"set_attribute(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    parameters = ", ".join(["self", *positional, *(["*", *keyword] if keyword else [])])
    exec("\n ".join([f"def __init__({parameters}):", *(lines or ["pass"])]), names)  # noqa: S102 - as the standard library does
    init: Callable[..., None] = names["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _compare(cls: type, *, frozen: bool) -> dict[str, Any]:
    """`__eq__` over the fields that count, and `__hash__`, which only frozen values have."""
    names = [item.name for item in fields(cls) if item.compare]
    values = attrgetter(*names) if names else lambda _value: ()

    def equal(self: object, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return {"__eq__": equal, "__hash__": (lambda self: hash(values(self))) if frozen else None}


@recursive_repr()
def _show(self: Any) -> str:
    shown = ", ".join(f"{item.name}={getattr(self, item.name)!r}" for item in fields(self) if item.repr)
    return f"{self.__class__.__qualname__}({shown})"


def _refuse(self: object, name: str, *_value: object) -> NoReturn:
    message = f"cannot change `{name}` of a frozen `{self.__class__.__qualname__}`"
    raise FrozenInstanceError(message)


def _get_state(self: Any) -> list[object]:
    return [getattr(self, item.name) for item in fields(self)]


def _set_state(self: Any, state: list[object]) -> None:
    for item, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, item.name, value)
