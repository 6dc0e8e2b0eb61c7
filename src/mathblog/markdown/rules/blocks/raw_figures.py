"""Numbers of figures in HTML: `<figure id="fig-x">` with a `<figcaption>` is counted as one in Markdown, and its caption begins with its number."""

from html import unescape

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.blocks.captions import LABELLED
from mathblog.text.html_tags import ATTRIBUTE, start_tags

_TAG = lazy_pattern(r"<[^<>]*>?")
_UNCOUNTED = frozenset(("unnumbered", "nonumber"))
_LONGEST = 2000  # characters of a caption that are its title where something refers to it


def number_raw(state: StateCore) -> None:
    """Put a token for its number behind the beginning of each caption whose figure has a label; a figure may go over several tokens."""
    id_ = kind = ""  # of the figure that is open
    for token in state.tokens:
        if token.type != "html_block" or "fig" not in token.content:
            continue
        pieces: list[Token] = []
        for piece in token.children or [Token("html_block", "", 0, content=token.content)]:
            begin = 0
            for tag in start_tags(piece.content) if piece.type == "html_block" else ():
                written = piece.content[tag.start : tag.end]
                if tag.name == "figure":
                    figure = {it[1].lower(): unescape(it[3].strip("\"'")) for it in ATTRIBUTE.finditer(written)}
                    counted = _UNCOUNTED.isdisjoint(figure.get("class", "").split())
                    id_ = figure.get("id", "") if counted else ""
                    kind = next((kind for kind, label in LABELLED.items() if label.match(id_)), "")
                elif tag.name == "figcaption" and kind:
                    written = piece.content[tag.end : tag.end + _LONGEST].partition("</figcaption")[0]
                    words = " ".join(_TAG.sub("", written).split())
                    caption = Token("inline", "", 0, content=words)
                    caption.children = [Token("text", "", 0, content=unescape(words))]
                    label = {"kind": kind, "label": id_, "caption": caption}
                    pieces += [_html(piece.content[begin : tag.end]), Token("figure_label", "", 0, meta=label)]
                    begin, kind = tag.end, ""
                    state.env["figures"] = True
            pieces.append(_html(piece.content[begin:]) if begin else piece)
        if len(pieces) > len(token.children or [token]):
            token.children = pieces


def _html(content: str) -> Token:
    return Token("html_block", "", 0, content=content)
