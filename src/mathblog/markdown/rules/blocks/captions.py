"""Figures and tables with captions and labels, as Pandoc and Quarto have them, in the forms that kramdown leaves readable.

An image alone in its paragraph is a figure where it has a title, the class `figure` or an id `fig-…`. Its caption is the text below it in the paragraph,
else its title, else its description. The caption of a table is the paragraph before or behind it that begins with `:` or `Table:`.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.attribute_lists import add
from mathblog.markdown.rules.attributes import apply_spans

FIGURE, TABLE = "figure", "table"
LABELLED = {FIGURE: lazy_pattern(r"fig[-:_]."), TABLE: lazy_pattern(r"(?:tbl|tab)[-:_].")}
_CAPTION = lazy_pattern(r"(?:[Tt]able)?:[ \t]+(?=\S)")
_LIST = lazy_pattern(r"(?:(?<![ \t])[ \t]*+)?\{:?([#.][^{}\n]*)\}[ \t]*\Z")
_BREAKS = ("softbreak", "hardbreak")
_PLACED = ("math_inline", "reference", "citation_open")  # whose `meta` has offsets in the content


class Pictures(NamedTuple):
    """The images at the beginning of a paragraph: where they end among its tokens and in its text, and themselves."""

    end: int
    until: int
    images: list[Token]


class Figure(NamedTuple):
    """A figure in the place `at` of a block, a `figure` or a `table`, with the attributes of its element."""

    kind: str
    attributes: dict[str, str | int | float]
    at: Token


def caption_all(state: StateCore) -> None:
    """Make figures of a text's images and tables. What has an id is noted in the environment: it will have a number."""
    tokens, kept = state.tokens, list[Token]()
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "paragraph_open" and not token.hidden and (made := _figure(state, tokens[index : index + 3])):
            kept += made
            index += 3
        elif token.type == "table_open":
            end = next(
                at
                for at in range(index, len(tokens))
                if tokens[at].type == "table_close" and tokens[at].level == token.level
            )
            before, behind = kept[-3:], tokens[end + 1 : end + 4]
            caption = next((it for it in (before, behind) if _is_caption(it, token.level)), None)
            if caption is before:
                token.meta |= {"blank": caption[0].meta.get("blank")}
                del kept[-3:]
            kept += _table(state, tokens[index : end + 1], caption)
            index = end + 1 + 3 * (caption is behind)
        else:
            kept.append(token)
            index += 1
    state.tokens = kept


def _figure(state: StateCore, paragraph: Sequence[Token]) -> list[Token]:
    """The tokens of a figure in place of a paragraph, none where it is none."""
    opening, text, _ = paragraph
    children = text.children or []
    found = _pictures(children) if children and children[0].type in ("image", "link_open") else None
    if found is None:
        return []
    if len(found.images) > 1 and found.end == len(children) and all(_is_marked(it, FIGURE) for it in found.images):
        return [
            token
            for it in _each_alone(text, found)
            for token in _figure(state, (opening.copy(attrs={}), it, paragraph[2]))
        ]
    only = found.images[0] if len(found.images) == 1 else None
    holders = [opening] if only is None else [opening, only]
    is_marked = any(_is_marked(it, FIGURE) for it in holders)
    rest = children[found.end :]
    is_titled = only is not None and not rest and "title" in only.meta and "standalone" not in only.meta.get("refs", ())
    if not (is_marked or is_titled):
        return []
    caption = _text_below(text, found) if rest else _of_image(state, text, only) if only else None
    attributes: dict[str, str | int | float] = {}
    for holder in holders:
        classes = [word for word in str(holder.attrs.pop("class", "")).split() if word != FIGURE]
        given = str(attributes.get("class", "")).split()
        attributes |= {"class": " ".join(dict.fromkeys((*given, *classes)))} if classes else {}
        attributes |= {"id": holder.attrs.pop("id")} if "id" in holder.attrs else {}
    attributes |= {name: value for name, value in opening.attrs.items() if name not in attributes}
    pictures = text.copy(children=children[: found.end], level=opening.level + 1)
    return _made(Figure(FIGURE, attributes, opening), [pictures], caption, state)


def _table(state: StateCore, table: Sequence[Token], caption: Sequence[Token] | None) -> list[Token]:
    """The tokens of a table with its caption; the table alone where it has neither caption nor label."""
    opening = table[0]
    if caption is None and not _is_marked(opening, TABLE):
        return list(table)
    attributes: dict[str, str | int | float] = {}
    text = None
    if caption is not None:
        text = caption[1]
        mark = _CAPTION.match(text.content)
        written, end = text.content, mark.end() if mark else 0
        holder = caption[0]
        if given := _LIST.search(written, end):
            add(holder, given[1], {})
            written = written[: given.start()]
        attributes |= holder.attrs
        text = Token("inline", "", 0, content=written[end:], map=text.map, children=[])
        _parse(state, text)
    for name in ("id", "class"):
        if name in opening.attrs:
            value = opening.attrs.pop(name)
            attributes[name] = f"{attributes[name]} {value}" if name == "class" and name in attributes else value
    for token in table:
        token.level += 1
    return _made(Figure(TABLE, attributes, opening), table, text, state)


def _made(figure: Figure, inner: Sequence[Token], caption: Token | None, state: StateCore) -> list[Token]:
    kind, attributes, at = figure
    opening = Token("figure_open", "figure", 1, block=True, map=at.map, level=at.level, attrs=attributes)
    classes = str(attributes.get("class", "")).split()
    label = str(attributes.get("id", ""))
    is_numbered = bool(label) and not {"unnumbered", "nonumber"} & set(classes)
    opening.meta.update(kind=kind, label=label if is_numbered else "", caption=None)
    if blank := at.meta.pop("blank", None):
        opening.meta["blank"] = blank
    if is_numbered:
        state.env["figures"] = True
    closing = Token("figure_close", "figure", -1, block=True, level=at.level)
    parts: list[Token] = []
    if caption is not None or is_numbered:
        caption = caption or Token("inline", "", 0, content="", children=[], map=at.map)
        caption.level = at.level + 2
        opening.meta["caption"] = caption
        meta = {"opening": opening}
        parts = [
            Token("figcaption_open", "figcaption", 1, block=True, level=at.level + 1, meta=meta),
            caption,
            Token("figcaption_close", "figcaption", -1, block=True, level=at.level + 1, meta=meta),
        ]
    return [opening, *parts, *inner, closing] if kind == TABLE else [opening, *inner, *parts, closing]


def _pictures(children: Sequence[Token]) -> Pictures | None:
    """The images, each alone or in a link, that a text begins with; None where another word stands before or beside one."""
    images: list[Token] = []
    at = end = until = 0
    while at < len(children):
        step = 3 if children[at].type == "link_open" else 1
        image = children[at + step // 2] if at + step // 2 < len(children) else children[at]
        if image.type != "image" or (step > 1 and (at + 2 >= len(children) or children[at + 2].type != "link_close")):
            break
        images.append(image)
        at = end = at + step
        until = int(image.meta.get("until", 0))
        while at < len(children) and (
            children[at].type == "softbreak" or (children[at].type == "text" and not children[at].content.strip())
        ):
            at += 1
    if not images or (end < len(children) and children[end].type not in _BREAKS and end == at):
        return None
    return Pictures(at if at == len(children) else end, until, images)


def _each_alone(text: Token, pictures: Pictures) -> Iterator[Token]:
    """The text of a paragraph of images in pieces with one of them each."""
    end, line = 0, text.map[0] if text.map else 0
    for image in pictures.images:
        content = text.content[end : image.meta["until"]]
        yield text.copy(children=[image], content=content, map=[line, line + content.count("\n") + 1])
        end, line = int(image.meta["until"]), line + content.count("\n")


def _is_marked(token: Token, kind: str) -> bool:
    named = kind == FIGURE and FIGURE in str(token.attrs.get("class", "")).split()
    return named or bool(LABELLED[kind].match(str(token.attrs.get("id", ""))))


def _is_caption(tokens: Sequence[Token], level: int) -> bool:
    is_paragraph = len(tokens) == 3 and tokens[0].type == "paragraph_open" and not tokens[0].hidden  # noqa: PLR2004 - opening, text, closing
    return is_paragraph and tokens[0].level == level and bool(_CAPTION.match(tokens[1].content))


def _text_below(text: Token, pictures: Pictures) -> Token:
    """The text below the images as one of its own, with the offsets of what stands in it."""
    children = list((text.children or [])[pictures.end :])
    while children and children[0].type in _BREAKS:
        del children[0]
    for child in children:
        if child.type in _PLACED and "start" in child.meta:
            child.meta.update(start=child.meta["start"] - pictures.until, end=child.meta["end"] - pictures.until)
    line = (text.map[0] if text.map else 0) + text.content.count("\n", 0, pictures.until)
    return text.copy(
        content=text.content[pictures.until :], children=children, map=[line, text.map[1] if text.map else line]
    )


def _of_image(state: StateCore, paragraph: Token, image: Token) -> Token | None:
    """The caption that an image has by its title, which is none any more, or by its description."""
    written = str(image.meta.get("title") or image.content)
    image.attrs.pop("title", None)
    if not written.strip():
        return None
    first = (paragraph.map or [0])[0] + paragraph.content.count("\n", 0, max(paragraph.content.find(written), 0))
    text = Token("inline", "", 0, content=written, map=[first, first + 1], children=[])
    _parse(state, text)
    return text


def _parse(state: StateCore, text: Token) -> None:
    children: list[Token] = []
    state.md.inline.parse(text.content, state.md, state.env, children)
    text.children = apply_spans(children, state.env.get("lists", {}))
