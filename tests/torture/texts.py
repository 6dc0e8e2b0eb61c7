"""Random texts of the dialect: pieces of Markdown, formulas and Liquid, cut, doubled and mixed.

`corpus.json` holds texts that a fuzzer found to take different ways through the program (each runs a line of it that those before
do not), and those that once broke something: new ones are added at its end.
"""

import json
import random
from pathlib import Path

from support import golden
from support.constructs import liquid, markdown

CORPUS: list[str] = json.loads(Path(__file__).with_name("corpus.json").read_text("utf-8"))
_PIECES = sorted({*markdown.REPEATED.values(), *liquid.REPEATED.values()})
_CASES = [
    case.input
    for name in (
        "blocks",
        "code-spans",
        "definition-lists",
        "html-blocks",
        "liquid",
        "lists",
        "math-delimiters",
        "tables",
    )
    for case in golden.load(name)
]
_CHARACTERS = "$\\`*_[](){}<>|!#:-=~^\"'&%;\n\n\n  \t\r\x00abx1é한\ue000\u2028😀"


def random_text(chance: random.Random) -> str:
    """A text of some pieces, with some small damages."""
    pieces = [_piece(chance) for _ in range(chance.randrange(1, 9))]
    text = chance.choice(("", "", "\n", " ", "\n\n")).join(pieces)
    for _ in range(chance.choice((0, 0, 1, 3, 8))):
        text = _damaged(text, chance)
    return text


def _piece(chance: random.Random) -> str:
    kind = chance.randrange(5)
    if kind == 0:
        return chance.choice(_CASES)
    if kind == 1:
        return chance.choice(CORPUS)
    if kind == 2:
        return "".join(chance.choices(_CHARACTERS, k=chance.randrange(1, 8)))
    return chance.choice(_PIECES).replace("@", str(chance.randrange(3))) * chance.choice((1, 1, 1, 2, 5))


def _damaged(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.randrange(1, 12))
    before, piece, after = text[:start], text[start:end], text[end:]
    changed = ("", chance.choice(_CHARACTERS) + piece, piece * 2, "".join(chance.sample(piece, len(piece))))
    return before + chance.choice(changed) + after
