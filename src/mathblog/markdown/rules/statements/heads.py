"""The head of a statement as an author writes it into the text: `**Theorem 3** (Euler).`, `*Proof.*`, `**Friedman's theorem.**`."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.model.statements.kinds import PROOF, StatementKind
from mathblog.model.statements.names import NAMES, PROOF_OF_WORDS

_ATOM = "\N{OBJECT REPLACEMENT CHARACTER}"
_NUMBER = r"(?P<number>\d+(?:\.\d+)*[a-z]?['′*]?|[A-Z](?:\.?\d+)*['′]?(?!\w)|[IVXLC]+(?!\w))"
_STOP = r"[.:。：．]"
_BEHIND_NUMBER = lazy_pattern(rf"[ \t\u00a0]*{_NUMBER}(?=[ \t]*(?:{_STOP}(?:\s|$)|[(（])|(?<=\d)\s*(?:\n|$))")
_BEHIND_STOP = lazy_pattern(rf"[ \t]*{_STOP}?(?:[ \t]+[—–][ \t]+)?\s*")
_ENUMERATOR = lazy_pattern(r"[a-zA-Z]|[ivxIVX]+|\d+")
_LONGEST = 500  # characters of a head
_CLOSERS = {"(": ")", "（": "）"}


class Head(NamedTuple):
    """The head of a text. `body` is what is left of it; `named` says that the title is all of the head (`Proof of Theorem 1`)."""

    title: Sequence[Token]
    number: str
    body: list[Token]
    named: bool = False


def read_head(kind: StatementKind, tokens: Sequence[Token], *, titled: bool) -> Head | None:
    """The head at the beginning of a paragraph's tokens, None where there is none. `titled` says that a title is known already."""
    start = next((index for index, token in enumerate(tokens) if token.type != "text" or token.content.strip()), 0)
    opening = tokens[start] if tokens else None
    if opening is None:
        return None
    if opening.type not in ("strong_open", "em_open"):
        plain = tokens[start:]  # a text that is not set off, such as `Proof.` and `Theorem 3.` are
        begun = _pattern_of_text(kind).match(_flat(plain))
        return Head((), begun["number"] or "", _after(plain, begun)) if begun else None
    end = _closing(tokens, start)
    inner, rest = tokens[start + 1 : end], tokens[end + 1 :]
    if inner and inner[0].type in ("strong_open", "em_open") and _closing(inner, 0) == len(inner) - 1:
        inner = inner[1:-1]
    text = _flat(inner)
    if len(text) > _LONGEST:
        return None
    found = _pattern(kind).match(text)
    if found is not None:
        return _named(kind, inner, found, rest)
    if opening.type == "em_open" or titled:
        return None
    # a bold run may be a title without the name of a kind; a word in bold within a sentence is none
    following = _flat(rest)
    stopped = re.search(rf"{_STOP}\s*$", text) or re.match(rf"{_STOP}(\s|$)", following)
    if not stopped and not re.match(r"\s*$|\n|[ \t]+(?![a-zß-ÿ])\S", following):
        return None
    title = _part(inner, 0, len(re.sub(rf"{_STOP}?\s*$", "", text)))
    return Head(title, "", _after(rest, _BEHIND_STOP.match(following))) if title else None


def _named(kind: StatementKind, inner: Sequence[Token], found: re.Match[str], rest: Sequence[Token]) -> Head | None:
    """The head of a run that begins with the name of the kind."""
    number, title = found["number"] or "", _part(inner, *found.span("title" if found["title"] else "rest"))
    if kind.name == PROOF and (found["of"] or number):
        whole = _part(inner, found.start("name"), found.start("stop"))
        return Head(whole or (), "", _after(rest, _BEHIND_STOP.match(_flat(rest))), named=True)
    if found["of"] or title is None:
        return None
    if not title and (cited := _cited(rest)):
        return Head(cited[0], number, cited[1])
    text, at = _flat(rest), 0
    if not number and not title and not found["stop"] and (counted := _BEHIND_NUMBER.match(text)):
        number, at = counted["number"], counted.end()
    if not title and (bracket := _bracket(text, at)):
        is_list = found["stop"] and _ENUMERATOR.fullmatch(text[bracket[0] : bracket[1]])
        if not is_list and (inside := _part(rest, *bracket)) is not None:
            title, at = inside, bracket[1] + 1
    return Head(title, number, _after(rest, _BEHIND_STOP.match(text, at)))


def _cited(rest: Sequence[Token]) -> tuple[list[Token], list[Token]] | None:
    """The citation that follows the name of a kind, up to a stop, and what is behind it; None where there is none."""
    start = next((index for index, token in enumerate(rest) if token.content.strip() or token.type != "text"), 0)
    if start == len(rest) or rest[start].type != "citation_open":
        return None
    end = next((index for index in range(start, len(rest)) if rest[index].type == "citation_close"), start) + 1
    stop = re.match(rf"{_STOP}(?:\s+|$)|\s*$|\s*\n", _flat(rest[end:]))
    return ([*rest[start:end]], _after(rest[end:], stop)) if stop else None


def _names(kind: StatementKind) -> str:
    words = {kind.name, *kind.aliases, kind.title, *NAMES.get(kind.name, ())} - {""}
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=64)
def _pattern(kind: StatementKind) -> re.Pattern[str]:
    of = "|".join(map(re.escape, PROOF_OF_WORDS))
    return re.compile(
        rf"\s*[(（\[【]?(?P<name>{_names(kind)})(?![a-zA-Z])(?P<of>\s+(?:{of})\b.*?)?(?:[ \t\u00a0]*{_NUMBER})?\s*"
        rf"(?:[(（\[](?P<title>.*)[)）\]]|(?:[:：—–]|(?<=\s)-\s|[.．]\s)\s*(?P<rest>[^\s.:].*?)|[)）\]】])?\s*(?P<stop>{_STOP}?)\s*$",
        re.IGNORECASE | re.DOTALL,
    )


@lru_cache(maxsize=64)
def _pattern_of_text(kind: StatementKind) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{_names(kind)})(?:[ \t\u00a0]*{_NUMBER})?[.:。：]\s+", re.IGNORECASE)


def _closing(tokens: Sequence[Token], start: int) -> int:
    """The index of the token that closes the one at `start`."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if not depth:
            return index
    return len(tokens) - 1


def _flat(tokens: Sequence[Token]) -> str:
    """The text of tokens, in which each that is no text is one character."""
    return "".join(
        token.content if token.type == "text" else "\n" if token.type in ("softbreak", "hardbreak") else _ATOM
        for token in tokens
    )


def _part(tokens: Sequence[Token], start: int, end: int) -> list[Token] | None:
    """The tokens of a stretch of `_flat`; none for -1, None where it would part a pair of tokens."""
    kept: list[Token] = []
    at, depth = 0, 0
    for token in tokens:
        length = len(token.content) if token.type == "text" else 1
        first, last = max(start - at, 0), min(end - at, length)
        if first < last:
            kept.append(token.copy(content=token.content[first:last]) if token.type == "text" else token)
            depth += token.nesting
            if depth < 0:
                return None
        at += length
    return None if depth else kept


def _after(tokens: Sequence[Token], found: re.Match[str] | None) -> list[Token]:
    """The tokens behind what was found at the beginning of their text."""
    start = found.end() if found else 0
    return _part(tokens, start, len(_flat(tokens))) or []


def _bracket(text: str, at: int) -> tuple[int, int] | None:
    """The stretch within the brackets that begin behind some blanks, on the same line."""
    while at < len(text) and text[at] in " \t\u00a0":
        at += 1
    closer = _CLOSERS.get(text[at : at + 1])
    if closer is None:
        return None
    depth, opener = 0, text[at]
    for place in range(at, len(text)):
        depth += (text[place] == opener) - (text[place] == closer)
        if not depth:
            return (at + 1, place)
        if text[place] == "\n" and text[place - 1 : place] == "\n":
            break
    return None
