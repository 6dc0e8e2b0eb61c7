"""`Gemfile` and `Gemfile.lock`, read as texts: what they say of one gem. No Ruby is run."""

import re
from collections.abc import Mapping

from mathblog.core.dataclass import dataclass, field
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span

GEMFILE, GEMFILE_LOCK = "Gemfile", "Gemfile.lock"
_GEM = lazy_pattern(r"""^[ \t]*gem[ \t(]+["']([^"'\n]+)["'](.*)$""", re.MULTILINE)
_FILLED = lazy_pattern(r"^.*\S.*$", re.MULTILINE)
_OF_PLUGINS = lazy_pattern(r"""[:"'\[({ ]jekyll_plugins(?![\w/])""")
_DO = lazy_pattern(r"\bdo(?:\s*\|[^|]*\|)?$")
_OPENS = frozenset(
    ("if", "unless", "case", "begin", "while", "until", "for", "def", "class", "module")
)  # up to an `end`
_OPTIONS = lazy_pattern(r"(?:.*,[ \t]*\n){0,20}.*")  # an argument goes on behind a comma at the end of a line
_GITHUB = "github-pages"  # GitHub runs it whatever group it stands in
_COMMENT = lazy_pattern(r"""^((?:[^#"'\n]|"[^"\n]*"|'[^'\n]*')*+)#.*$""", re.MULTILINE)
_STRING = lazy_pattern(r"""\s*,\s*\[?\s*["']([^"']*)["']\s*\]?""")
_OPTION = lazy_pattern(r"""(?::(\w+)\s*=>|\b(\w+):)\s*["']([^"']*)["']""")
_SPEC = lazy_pattern(r"^ {4}(\S+) \(([^()\s]+)\)$")
_SETTING = lazy_pattern(r"^ {2}(\w+): (.*)$")
_CHECKSUM = lazy_pattern(r"^ {2}(\S+) \(([^()\s]+)\) (?:\S+,)?sha256=([0-9a-f]{64})\b")


@dataclass(frozen=True, slots=True)
class GemLine:
    """A gem in a `Gemfile`: its requirements (`~> 2.5`), and where it comes from (`git`, `github`, `path`)."""

    requirements: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LockedGem:
    """A gem in a `Gemfile.lock`.

    `section` is `GEM`, `GIT` or `PATH`; `settings` are that section's (`remote`, `revision`). `sha256` is '' where no
    checksum is noted.
    """

    version: str
    section: str
    settings: Mapping[str, str]
    sha256: str = ""


def read_gemfile(text: str, name: str) -> GemLine | None:
    """The line of a gem; None where it is not named. What is not written in letters, such as a variable, is not seen."""
    for found in _GEM.finditer(_COMMENT.sub(r"\1", text)):
        if found[1] != name:
            continue
        rest, at, requirements = found[2], 0, []
        while string := _STRING.match(rest, at):
            requirements += [part.strip() for part in string[1].split(",") if part.strip()]
            at = string.end()
        options = {option[1] or option[2]: option[3] for option in _OPTION.finditer(rest, at)}
        return GemLine(tuple(requirements), options)
    return None


def plugin_gems(text: str) -> dict[str, Span]:
    """The gems of a `Gemfile` that Jekyll loads as plugins, and where their lines stand (`PluginManager.require_from_bundler`).

    They are those of the group `jekyll_plugins`, and `github-pages` in any group.
    """
    plain = _COMMENT.sub(lambda found: found[1] + " " * (len(found[0]) - len(found[1])), text)
    blocks: list[bool] = []  # of each that is open, whether it is of plugins
    found: dict[str, Span] = {}
    for line in _FILLED.finditer(plain):
        written = line[0].strip()
        first = written.replace("(", " ", 1).split()[0]
        if first == "end":
            del blocks[-1:]
        elif gem := _GEM.match(plain, line.start()):
            options = _OPTIONS.match(plain, gem.start(2))
            grouped = any(blocks[-1:]) or (options is not None and _OF_PLUGINS.search(options[0]))
            if grouped or gem[1] == _GITHUB:
                found.setdefault(gem[1], Span(gem.start(1), gem.end(1)))
        elif first in _OPENS or _DO.search(written):
            blocks.append(any(blocks[-1:]) or (first == "group" and _OF_PLUGINS.search(written) is not None))
    return found


def read_gemfile_lock(text: str, name: str) -> LockedGem | None:
    """Return the gem's entry in the lock; None where there is none."""
    sums = {
        (found[1], found[2]): found[3] for line in text.splitlines() if (found := _CHECKSUM.match(line)) is not None
    }
    section, settings = "", dict[str, str]()
    for line in text.splitlines():
        if line and not line.startswith(" "):
            section, settings = line.strip(), {}
        elif section in ("GEM", "GIT", "PATH"):
            if setting := _SETTING.match(line):
                settings[setting[1]] = setting[2].strip()
            elif (spec := _SPEC.match(line)) and spec[1] == name:
                return LockedGem(spec[2], section, settings, sums.get((name, spec[2]), ""))
    return None
