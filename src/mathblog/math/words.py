r"""A formula in plain words, for places that hold no HTML: `\frac{a}{b}` is `a/b`, `\mathbb{R}^2` is `ℝ²`.

They are read off the MathML that KaTeX writes, which knows the macros.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from mathblog.core.patterns import lazy_pattern

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MATHML = lazy_pattern(r"<math\b.*?</math>", re.DOTALL)
_PREFIX = "{http://www.w3.org/1998/Math/MathML}"
_ACCENTS = {
    "^": "\u0302",
    "ˉ": "\u0304",
    "‾": "\u0304",
    "¯": "\u0304",
    "~": "\u0303",
    "˙": "\u0307",
    "¨": "\u0308",
    "⃗": "\u20d7",
}
_RAISED = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_ATTACHED = frozenset(["msub", "msup", "msubsup", "munder", "mover", "munderover"])
_HIDDEN = frozenset(["annotation", "mphantom"])
_ALPHABETS = ("DOUBLE-STRUCK", "SCRIPT", "FRAKTUR")  # whose letters mean something else
_INVISIBLE = lazy_pattern("[\u2061-\u2064\u200b]")
_APPLIED = lazy_pattern(r"\u2061(?=[^\W_])", re.UNICODE)
_NO_XML = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # a backspace in TeX, as some editors leave it
_SIMPLE = lazy_pattern(r"\W?\w*|\([^()]*\)", re.UNICODE)


def formula_words(html: str, tex: str) -> str:
    """The words of a formula that KaTeX rendered; its TeX where it was refused."""
    found = _MATHML.search(html)
    if found is None:
        return tex
    from xml.etree import ElementTree as ET

    root = ET.fromstring(_NO_XML.sub("", found[0]))  # noqa: S314 - KaTeX's own
    said: dict[Element, str] = {}
    for element in reversed(list(root.iter())):  # each after what it holds: formulas may be deeper than calls may be
        said[element] = _words(element, [said.pop(child) for child in element])
    return " ".join(_INVISIBLE.sub("", _APPLIED.sub(" ", said[root])).replace("\xa0", " ").split())


def _words(element: "Element", parts: Sequence[str]) -> str:
    """The words of an element, which holds `parts`."""
    tag = element.tag.removeprefix(_PREFIX)
    if tag in _HIDDEN:
        return ""
    if tag in ("mi", "mn") and not len(element):
        return "".join(map(_letter, element.text or ""))
    if tag == "mo" and not len(element):
        text = element.text or ""
        return f" {text} " if len(text) == 1 and unicodedata.category(text) == "Sm" and text not in "|∣∥/¬" else text
    if tag in _ATTACHED:
        return _attached(tag, parts)
    match tag, parts:
        case "mfrac", [above, below]:
            return f"{_one(above)}/{_one(below)}"
        case "msqrt", _:
            return f"√{_one(''.join(parts))}"
        case "mroot", [inner, degree]:
            return f"{degree}√{_one(inner)}"
        case "mo", _:  # a sign with something above or below it
            return f" {''.join(parts).strip()} "
        case (("mtr" | "mspace"), _):
            return " ".join(parts) + " "
    return (element.text or "") + "".join(parts)


def _attached(tag: str, parts: Sequence[str]) -> str:
    """A base with what stands above and below it."""
    base, first, *second = (part.strip() for part in parts)
    if tag in ("mover", "munder") and first in _ACCENTS and len(base) == 1:
        return unicodedata.normalize("NFC", base + _ACCENTS[first])
    if tag == "msup" and first and not first.strip("′"):
        return base + first
    if second:
        return base + _index(first, "_", _LOWERED) + _index(second[0], "^", _RAISED)
    return base + (_index(first, "_", _LOWERED) if tag in ("msub", "munder") else _index(first, "^", _RAISED))


def _index(words: str, sign: str, small: Mapping[str, str]) -> str:
    """Write an index or a power: in Unicode's small signs where it has them all, else behind a sign; nothing for an empty one."""
    characters = words.replace(" ", "")
    if not characters:
        return ""
    if all(char in small for char in characters):
        return "".join(small[char] for char in characters)
    return f"{sign}{_one(words)}"


def _one(words: str) -> str:
    """Words that stay together: in parentheses where they are more than a name or a number."""
    words = words.strip(" \u2061")
    return words if _SIMPLE.fullmatch(words) else f"({words})"


def _letter(char: str) -> str:
    """A letter as it is read: one of the bold, sans serif and typewriter alphabets is a usual one."""
    is_styled = "\U0001d400" <= char <= "\U0001d7ff"
    is_sign = is_styled and any(kind in unicodedata.name(char, "") for kind in _ALPHABETS)
    return unicodedata.normalize("NFKC", char) if is_styled and not is_sign else char
