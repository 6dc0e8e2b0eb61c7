"""Configuration values as the types they have to be; what is of another type is coerced with a warning or refused."""

import difflib
from collections.abc import Mapping, Sequence

from mathblog.core.dataclass import dataclass, field
from mathblog.core.diagnostic import Diagnostic, at, in_file
from mathblog.core.source import SourceText, Span
from mathblog.core.stops import Stop
from mathblog.model.values import Data, Value

CODE = "config"
COMMAND_LINE = "command line"
Place = tuple[SourceText, Span]

# keys at whose values of another type Jekyll stops, most of them in `Configuration#validate` and the reader
_JEKYLL_STOPS = frozenset(
    ("cache_dir", "collections", "data_dir", "exclude", "include", "keep_files", "kramdown", "layouts_dir", "limit_posts",
     "liquid", "markdown_ext", "permalink", "plugins")
)  # fmt: skip
_ALSO_THEMES = frozenset(
    ("highlight", "math", "theme_settings", "theorems")
)  # mappings of ours; themes have switches of these names


@dataclass(slots=True)
class Settings:
    """The merged configuration, read key by key. A key is a path of words; `problems` collects what was wrong."""

    data: Data
    places: Mapping[tuple[str, ...], Place]
    keys: Mapping[tuple[str, ...], Place] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def get(self, *key: str) -> Value:
        """A value, None where there is none."""
        value: Value = self.data
        for part in key:
            if not isinstance(value, Mapping):
                return None
            value = value.get(part)
        return value

    def report(self, key: tuple[str, ...], message: str, hint: str = "", *, code: str | Stop = CODE) -> None:
        """Notes a problem at the place of a key."""
        self._note(self.places.get(key), message, hint, code)

    def report_key(self, key: tuple[str, ...], hint: str) -> None:
        """Notes a key that means nothing, where the key stands."""
        self._note(self.keys.get(key), f"unknown key `{'.'.join(key)}`", hint, CODE)

    def _note(self, place: Place | None, message: str, hint: str, code: str | Stop) -> None:
        if place is None:
            self.problems.append(in_file(COMMAND_LINE, message, code=code, hint=hint))
        else:
            self.problems.append(at(*place, message, code=code, hint=hint))

    def refuse(self, key: tuple[str, ...], wanted: str, hint: str = "") -> None:
        """Notes that a value cannot be used, which is an error where Jekyll stops at it; else it counts as not written."""
        stops = (
            (key[0] in _JEKYLL_STOPS and len(key) == 1)
            or key[:-1] == ("collections",)
            or key == ("kramdown", "toc_levels")
        )
        message = f"`{'.'.join(key)}` has to be {wanted}, not {describe(self.get(*key))}"
        if stops:
            self.report(key, message, hint, code=Stop.CONFIG_VALUE)
        else:
            self.report(key, f"{message}: it is left out of account", hint)

    def text(self, *key: str, default: str = "") -> str:
        """A text; a number counts as its digits."""
        value = self.get(*key)
        if value is None:
            return default
        if isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        self.refuse(key, "text")
        return default

    def path(self, *key: str, default: str) -> str:
        """A text that can be the path of a folder."""
        value = self.text(*key, default=default)
        if "\0" in value:
            self.report(key, f"`{key[-1]}` holds a zero byte, which no path may have", code=Stop.CONFIG_VALUE)
        return value.replace("\0", "")

    def flag(self, *key: str, default: bool = False) -> bool:
        """True or false; the words in quotes count with a warning."""
        value = self.get(*key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
        if isinstance(value, str) and value.strip().lower() in words:
            self.report(key, f"`{'.'.join(key)}` is the text `{value}`, taken as the word", "leave the quotes out")
            return words[value.strip().lower()]
        self.refuse(key, "true or false")
        return default

    def number(self, *key: str, default: int = 0) -> int:
        """A whole number, 0 or more; digits in quotes count with a warning."""
        value = self.get(*key)
        if value is None or value is False:
            return default if value is None else 0
        if isinstance(value, str) and value.strip().isdecimal() and len(value) < 10:  # noqa: PLR2004 - no site has more posts
            self.report(key, f"`{'.'.join(key)}` is the text `{value}`, taken as the number", "leave the quotes out")
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.refuse(key, "a whole number")
            return default
        return value

    def words(self, *key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts. One text instead is refused, as Jekyll does."""
        value = self.get(*key)
        if value is None:
            return default
        if isinstance(value, str) or not isinstance(value, Sequence):
            hint = f"write `{key[-1]}: [{value}]`" if isinstance(value, str) else ""
            self.refuse(key, "a list", hint)
            return default
        if wrong := [entry for entry in value if not isinstance(entry, str | int | float)]:
            self.report(key, f"`{'.'.join(key)}` has to hold texts, not {describe(wrong[0])}")
        return tuple(str(entry) for entry in value if isinstance(entry, str | int | float))

    def section(self, *key: str) -> Data:
        """A mapping, empty where there is none, and where a key of ours is a switch of a theme's (`math: true`)."""
        value = self.get(*key)
        if value is None or isinstance(value, Mapping):
            return value or {}
        if key[0] not in _ALSO_THEMES:
            self.refuse(key, "a mapping")
        return {}

    def choice(self, *key: str, of: Sequence[str]) -> str:
        """One of some words, the first where nothing is said."""
        value = self.text(*key, default=of[0])
        if value in of:
            return value
        close = difflib.get_close_matches(value, of, 1)
        hint = f"did you mean `{close[0]}`?" if close else ""
        self.refuse(key, f"one of {', '.join(f'`{word}`' for word in of)}", hint)
        return of[0]


def describe(value: Value) -> str:
    """The type of a value, in an author's words."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "a list"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`"
