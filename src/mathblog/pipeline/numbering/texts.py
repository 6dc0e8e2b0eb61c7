"""The references in the running text of a page, with what they show."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mathblog.pipeline.numbering.formulas import Page, finder
from mathblog.pipeline.numbering.references import html_of, refer, text_of

if TYPE_CHECKING:
    from markdown_it.token import Token

_INLINE_COMMANDS = {"at": "cite"}


def put_in_references(page: Page, tokens: "Sequence[Token]") -> None:
    """Put into the tokens of references what they show."""
    for token in tokens:
        if token.children and any(child.type in ("reference", "citation_open") for child in token.children):
            token.children = list(_with_references(page, token.children))


def _with_references(page: Page, children: "Sequence[Token]") -> "Iterator[Token]":
    """The tokens of a line of text with what references show; those in the words of a link have no link of their own."""
    links = 0
    index = 0
    while index < len(children):
        token = children[index]
        links += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "reference" and "html" not in token.meta:
            _resolve(page, token, linked=links > 0)
        elif token.type == "citation_open" and (reference := _labelled(page, token)):
            _resolve(page, reference, linked=links > 0)
            yield reference
            while children[index].type != "citation_close":
                index += 1
            index += 1
            continue
        elif token.type in ("citation_open", "citation_close"):
            token.type = "text"
        yield token
        index += 1


def _resolve(page: Page, token: "Token", *, linked: bool) -> None:
    command = token.meta["command"]
    names = token.meta["names"]
    known = [name for name in names if page.labels.find(name)]
    if (command == "at" and not known) or command == "label":
        token.type = "text"
        return
    if len(known) < len(names):
        page.reports.unknown(token, next(name for name in names if name not in known), page.labels)
    command = _INLINE_COMMANDS.get(command, command)
    runs = refer(command, names, finder(page, ""), page.words)
    token.content = text_of(runs)
    token.meta["html"] = html_of(runs, links=not linked)
    token.meta["listed"] = html_of(refer(command, names, finder(page, page.url), page.words), links=not linked)


def _labelled(page: Page, token: "Token") -> "Token | None":
    """`[@eq-a; @thm-b]` as a reference, where all of its keys are labels."""
    items = token.meta["items"]
    if not all(page.labels.find(item.key) for item in items) or any(item.before or item.behind for item in items):
        return None
    meta = {
        "command": "cite",
        "names": tuple(item.key for item in items),
        "start": token.meta["start"],
        "end": token.meta["end"],
    }
    return token.copy(type="reference", meta=meta)
