"""Requests to KaTeX and its answers: JSON for `driver.js`. The engines that run it are started elsewhere."""

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from mathblog.core.surrogates import without_halves
from mathblog.model.formula import CONTROL, FormulaKey
from mathblog.model.options import MathOptions

if TYPE_CHECKING:
    from mathblog.math.lints.reading import Reading

SCRIPTS = (  # beside this module; after KaTeX
    "definitions.js",
    "commands.js",
    "packages.js",
    "symbols.js",
    "brackets.js",
    "physics.js",
    "matrices.js",
    "columns.js",
    "proofs.js",
    "cells.js",
    "numbers.js",
    "around.js",
    "parser.js",
    "faults.js",
    "alphabets.js",
    "environments.js",
    "units.js",
    "reading.js",
    "driver.js",
)
RENDER = "mathblog.render"
EXTEND = "mathblog.extend"
FINISHED = "mathblog.finished"
READ = "mathblog.read"
KNOWN = "mathblog.known"
_CHEMISTRY = (r"\ce", r"\pu", r"\tripledash")
_OF_REFUSAL = 3  # items of an answer that is a refusal


class Refusal(NamedTuple):
    """KaTeX's own words for what it refused; `position` counts characters of the formula, -1 where unknown."""

    message: str
    position: int
    length: int


class Vocabulary(NamedTuple):
    r"""The commands (`\alpha`) and environments (`aligned`) that KaTeX knows, and the commands of the package `physics`."""

    commands: tuple[str, ...]
    environments: tuple[str, ...]
    physics: tuple[str, ...] = ()


def request(keys: Sequence[FormulaKey], options: MathOptions, budget: int) -> str:
    """The argument of `RENDER` and `READ`: formulas, the site's macros, and the milliseconds after which to answer early."""
    site = {
        "definitions": options.definitions,
        "macros": dict(options.macros),
        "colour": options.color_argument,
        "packages": options.packages,
    }
    return json.dumps({"formulas": keys, **site, "budget": budget}, ensure_ascii=False)


def needs_chemistry(keys: Sequence[FormulaKey], options: MathOptions) -> bool:
    """Whether formulas or the site's macros name a command that mhchem defines."""
    macros = (*options.definitions, *(body for _, body in options.macros))
    written = "\n".join([*(part for key in keys for part in (key.prelude, key.tex)), *macros])
    seen = CONTROL.sub("", written)  # as `driver.js` leaves them out
    return any(name in seen for name in _CHEMISTRY)


class FormulaAnswer(NamedTuple):
    """The HTML of a formula, cut at its marks, and what it has to do with numbers, None for most (`marks.read_answer`)."""

    parts: list[str]
    numbering: dict[str, Any] | None = None


def response(answer: str) -> list[FormulaAnswer | Refusal]:
    """The answer of `RENDER` or `FINISHED`: HTML or a refusal for each formula, from the first, maybe not for all."""
    return [
        Refusal(*item) if len(item) == _OF_REFUSAL else FormulaAnswer(*item)
        for item in json.loads(without_halves(answer))
    ]


def read_response(answer: str) -> "list[Reading | None]":
    """The answer of `READ`: the signs of each formula from the first, None for one that is refused."""
    from mathblog.math.lints.reading import Sign, SignList

    return [
        None if lists is None else tuple(SignList(kind, tuple(Sign(*sign) for sign in signs)) for kind, signs in lists)
        for lists in json.loads(without_halves(answer))
    ]


def vocabulary_request(scripts: str) -> str:
    r"""The argument of `KNOWN`: all that looks like a name in the scripts, since KaTeX keeps its tables to itself."""
    commands = sorted({f"\\{name}" for name in re.findall(r"\\\\([a-zA-Z]+)", scripts)})
    lists = re.findall(r"names:\[([^\]]*)\]", scripts)
    environments = sorted({name for names in lists for name in re.findall(r'"([a-zA-Z]+\*?)"', names)})
    return json.dumps({"commands": commands, "environments": environments})


def vocabulary(answer: str) -> Vocabulary:
    """The answer of `KNOWN`: of those names the ones that KaTeX really knows."""
    commands, environments, physics = json.loads(answer)
    return Vocabulary(tuple(commands), tuple(environments), tuple(physics))
