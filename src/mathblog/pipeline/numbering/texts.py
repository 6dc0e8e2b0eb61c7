"""The references in the running text of a page, with what they show."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from itertools import takewhile
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.references import made
from mathblog.markdown.rules.spans.references import CERTAIN
from mathblog.pipeline.numbering.formulas import PageNumbering, finder, leads_elsewhere
from mathblog.pipeline.numbering.labels import may_be_elsewhere, without_prefix
from mathblog.pipeline.numbering.pending import Pending, mark
from mathblog.pipeline.numbering.references import MATHJAX, PAGES, PLACES, FoundLabel, html_of, refer, text_of
from mathblog.pipeline.numbering.reports import no_page

if TYPE_CHECKING:
    from markdown_it.token import Token

_REFERRING = frozenset(("reference", "citation_open", "link_open"))
_PARTICLE = lazy_pattern(r".[가-힣]{1,4}$")
_DEPTHS = {"link_open": 1, "link_close": -1}
_PLACES_OF_LINKS = _REFERRING | {"link_close", "citation_close"}
_TIE = lazy_pattern(r"(?<!~)~(?=\(?$)")  # LaTeX's, between a word and a number: `Eq.~\eqref{x}`, `Eq.~(\ref{x})`
_PLACES = lazy_pattern("|".join(map(re.escape, PLACES)))


def put_in_references(page: PageNumbering, tokens: "Sequence[Token]") -> None:
    """Put into the tokens of references what they show."""
    page.ids = {label.id: label for label in reversed(list(page.labels)) if label.id}
    for token in tokens:
        refers = False
        for child in token.children or ():
            if child.type == "image" and child.children:  # its words are an attribute
                child.children = list(_with_references(page, child.children))
            elif child.type in _REFERRING:
                refers = refers or child.type != "link_open" or "#" in str(child.attrs.get("href", ""))
        if refers:
            token.children = list(_with_references(page, token.children or ()))


def names_in(children: "Sequence[Token]") -> "Iterator[str]":
    """Return the names that references in a line of text use, in whatever spelling: commands, links within the page, citations."""
    for child in children:
        if child.type == "reference":
            yield from child.meta["names"]
        elif child.type == "citation_open":
            yield from (item.key for item in child.meta["items"])
        elif child.type == "link_open" and str(child.attrs.get("href", "")).startswith("#"):
            yield unquote(str(child.attrs["href"])[1:])
        elif child.type == "image" and child.children:
            yield from names_in(child.children)


def _with_references(page: PageNumbering, children: "Sequence[Token]") -> "Iterator[Token]":
    """The tokens of a line of text with what references show; those in the words of a link have no link of their own."""
    links = 0
    index = 0
    while index < len(children):
        token = children[index]
        if token.type not in _PLACES_OF_LINKS:
            yield token
            index += 1
            continue
        links += -1 if "closes" in token.meta else _DEPTHS.get(token.type, 0)
        if token.type == "link_open" and "label" in token.meta:
            _lead(page, children, index, linked=links > 1)
        elif token.type == "link_open" and "#" in str(token.attrs.get("href", "")):
            yield from _link(page, children, index, linked=links > 1)
            index += 2 if children[index + 1].type == "link_close" and token.attrs.keys() == {"href"} else 1
            links -= children[index - 1].type == "link_close"
            continue
        if token.type == "reference" and "html" not in token.meta:
            _resolve(page, token, linked=links > 0 or "within" in token.meta)
            _tie(children[index - 1] if index else token, token)
        elif token.type == "citation_open":
            inside = list(takewhile(lambda child: child.type != "citation_close", children[index:]))
            pieces = _labelled(page, inside, linked=links > 0)
            yield from pieces or [token]
            index += len(inside) + 1 if pieces else 1
            continue
        elif token.type == "citation_close":
            token.type = "text"
        if token.type != "link_close" or token.tag != "a" or not links:  # no end of a link in a link
            yield token
        index += 1


def _tie(before: "Token", token: "Token") -> None:
    """Make a space that no line breaks at of a `~` right before a reference that is shown."""
    if before.type == "text" and "html" in token.meta and before.content.endswith(("~", "~(")):
        before.content = _TIE.sub("\N{NO-BREAK SPACE}", before.content)


def _link(page: PageNumbering, children: "Sequence[Token]", index: int, *, linked: bool) -> "Iterator[Token]":
    """The tokens of a link up to its words: one without words is what it leads to; `%s` in its words is the number there.

    One that is `linked`, in the link of a table of contents, is only what it shows.
    """
    opening = children[index]
    href = str(opening.attrs["href"])
    name = unquote(href[1:])
    label = page.ids.get(name) or page.labels.find(name) if href.startswith("#") else None  # by its id, else by a label
    found = finder(page, "")(label.name) if label else None
    if children[index + 1].type == "link_close" and opening.attrs.keys() == {"href"}:
        meta = {"command": "link", "written": f'<a href="{escape(href)}"></a>'}
        token = opening.copy(type="reference", tag="", nesting=0, level=opening.level, attrs={}, meta=meta, content="")
        if found is not None:
            runs = refer("link", [href], lambda _: found, page.words)
            token.content = text_of(runs)

            def away() -> str:
                runs = refer("link", [href], lambda _: found._replace(page=page.url), page.words)
                return html_of(runs, links=not linked)

            token.meta.update(html=html_of(runs, links=not linked), listed=away)
        elif href.startswith("#") or "://" in href:
            token.meta["html"] = token.meta["listed"] = "" if linked else token.meta["written"]
            if name and href[0] == "#":
                near = page.labels.near(name)
                page.reports.add_unknown(name, page.reports.unseen_link(opening, href, near and f"#{near}"))
        else:
            _wait(page, token, "link", [href], form="text" if linked else "link")
            page.reports.pending.append((href, page.reports.unseen_link(opening, href)))
        yield token
        return
    inside = takewhile(lambda child: child.type != "link_close", children[index + 1 :])
    places = [
        child for child in inside if "refers" in opening.meta and child.type == "text" and _PLACES.search(child.content)
    ]
    if places:
        write = _number_at(page, opening, found)
        for child in places:
            child.content = _PLACES.sub(write, child.content)
    if not linked:
        yield opening


def _number_at(page: PageNumbering, opening: "Token", found: FoundLabel | None) -> "Callable[[re.Match[str]], str]":
    """A function that gives the text for `%s`, `{number}` or `{name}` in the words of a link; a mark where the link leads to another page."""
    href = str(opening.attrs["href"])
    if found is not None:
        opening.attrs = {"class": "eqref", **opening.attrs, "href": f"#{found.label.id}"}
        return lambda place: PLACES[place[0]](found.label)
    is_here, name = href.startswith("#"), unquote(href.partition("#")[2])
    means_label = without_prefix(name)[0]  # other words may hold `%s`, and lead to a heading
    if is_here and means_label:
        page.reports.add_unknown(name, page.reports.unnumbered_link(opening, href, name, page.labels))
    if is_here or "://" in href:
        return lambda place: place[0]
    if means_label:
        page.reports.pending.append((href, page.reports.unnumbered_link(opening, href, name)))
    waiting = Pending("words", "", (href,), page.reports.path, page.lang)
    return lambda place: mark(waiting._replace(command=place[0]))


def _lead(page: PageNumbering, children: "Sequence[Token]", index: int, *, linked: bool) -> None:
    r"""Make a link of the `\hyperref[label]{words}` at an index; in a link, or without a place, only the words are shown."""
    opening, name = children[index], children[index].meta["label"]
    label = page.labels.find(name)
    if label and label.id and not linked:
        opening.attrs = {"class": "eqref", "href": f"#{label.id}"}
        return
    elsewhere = label is None and may_be_elsewhere(name)
    if label is None and not elsewhere:
        page.reports.unknown(opening, name, page.labels)
    depth, end = 1, index
    while depth:
        end += 1
        depth += _DEPTHS.get(children[end].type, 0)
    closing = children[end]
    if elsewhere and linked:
        page.reports.pending.append((name, page.reports.problem(opening, name)))
    elif elsewhere:  # the tags wait for the layout of the page
        _wait(page, opening, "hyperref", [name], form="before")
        closing.meta["html"] = closing.meta["listed"] = mark(
            Pending("behind", "hyperref", (name,), page.reports.path, page.lang)
        )
        opening.type = closing.type = "reference"
        opening.content = closing.content = ""
        closing.meta["closes"] = True  # it still closes a link, though its type changes
        return
    opening.tag = closing.tag = "span"
    opening.attrs = {"class": "eqref" if label or elsewhere else "eqref-missing"}


def _resolve(page: PageNumbering, token: "Token", *, linked: bool) -> None:
    command, names = token.meta["command"], token.meta["names"]
    known = [name for name in names if page.labels.find(name)]
    if command == "at" and not known and (particle := _particle(page, names[0])):
        short = token.copy(
            content=token.content.removesuffix(particle), meta={**token.meta, "names": (names[0][: -len(particle)],)}
        )
        _resolve(page, short, linked=linked)
        token.content = short.content + particle
        token.meta.update(html=f"{short.meta['html']}{particle}")
        token.meta["listed"] = lambda: f"{made(short.meta['listed'])}{particle}"
        return
    if (command == "at" and not known) or command == "label":
        token.type = "text"
        is_told = command == "label" or page.reports.lenient or "told" in token.meta
        if not is_told and without_prefix(names[0])[0] in CERTAIN:
            page.reports.unknown(token, names[0], page.labels)
        return
    command = "cite" if command == "at" else command
    unknown = [name for name in names if name not in known]
    elsewhere = any(map(may_be_elsewhere, unknown))
    if command in PAGES and (known or elsewhere or not page.reports.lenient):
        page.reports.in_text(token, *no_page(token.content))
    if elsewhere:
        _wait(page, token, command, names, form="text" if linked else "link")
        return
    for name in unknown:
        page.reports.unknown(token, name, page.labels)
    if not known and page.reports.lenient and command not in MATHJAX:
        token.type = "text"
        return
    runs = refer(command, names, finder(page, ""), page.words)
    token.content = text_of(runs)
    token.meta["html"] = html_of(runs, links=not linked)
    token.meta["listed"] = partial(_listed, page, command, names, linked=linked)


def _particle(page: PageNumbering, name: str) -> str:
    """The Korean particle behind a bare name of a label: `는` of `eq-a는`; '' where none is, or where there is no such label."""
    found = _PARTICLE.search(name)
    ends = range(found.start() + 1 if found else len(name), len(name))
    return next((name[end:] for end in ends if page.labels.find(name[:end])), "")


def _listed(page: PageNumbering, command: str, names: Sequence[str], *, linked: bool) -> str:
    """A reference as it stands in an excerpt: its links lead to the page."""
    return html_of(refer(command, names, finder(page, page.url), page.words), links=not linked)


def _wait(page: PageNumbering, token: "Token", command: str, names: Sequence[str], *, form: str) -> None:
    """Leave a reference that leads to another post for the layout of the page."""
    waiting = Pending(form, command, tuple(names), page.reports.path, page.lang)
    token.content = mark(waiting._replace(form="words"))
    token.meta["html"] = token.meta["listed"] = mark(waiting)
    for name in names:
        if command != "link" and page.labels.find(name) is None:
            page.reports.pending.append((name, page.reports.problem(token, name)))


def _labelled(page: PageNumbering, inside: "Sequence[Token]", *, linked: bool) -> "list[Token]":
    """`[@eq-a; @thm-b]` and `[Eq. @eq-a]` as references and words, where all of the keys are labels; else nothing, and a warning.

    As in Quarto, words before a name, and a `-`, stand for the name of its kind.
    """
    opening = inside[0]
    items, meta = opening.meta["items"], {name: opening.meta[name] for name in ("start", "end")}
    known = [bool(page.labels.find(item.key) or leads_elsewhere(page, item.key)) for item in items]
    if not all(known) or "told" in opening.meta or not items:  # told by what looked for entries of these names
        if "told" not in opening.meta:
            _report_names(page, opening, known)
        for child in inside:
            child.meta["told"] = True
        opening.type = "text"
        return []
    pieces: list[Token] = []
    if not any(item.before or item.behind or item.bare for item in items):
        names = tuple(item.key for item in items)
        pieces = [opening.copy(type="reference", meta={**meta, "command": "cite", "names": names})]
    for number, item in enumerate(items if not pieces else ()):
        before = (", " if number else "") + (f"{item.before}\N{NO-BREAK SPACE}" if item.before else "")
        behind = f" {item.behind}" if item.behind and item.behind[0] not in ",.:;" else item.behind
        command = "labelcref" if item.before or item.bare else "cite"
        pieces += [
            opening.copy(type="text", content=before, meta={}),
            opening.copy(type="reference", meta={**meta, "command": command, "names": (item.key,)}),
            opening.copy(type="text", content=behind, meta={}),
        ]
    for piece in pieces:
        if piece.type == "reference":
            _resolve(page, piece, linked=linked)
    return pieces


def _report_names(page: PageNumbering, token: "Token", known: Sequence[bool]) -> None:
    """Warn of the names in a bracket that are no labels, where they look like some, or others there are."""
    for item, is_label in zip(token.meta["items"], known, strict=True):
        prefix = without_prefix(item.key)[0]
        looks_so = prefix in CERTAIN if page.reports.lenient else prefix  # `[@ex-user]` is a name of somebody elsewhere
        if not is_label and (any(known) or looks_so):
            hint = "write labels and entries of a bibliography in brackets of their own" if any(known) else ""
            page.reports.unknown(token, item.key, page.labels, hint)
