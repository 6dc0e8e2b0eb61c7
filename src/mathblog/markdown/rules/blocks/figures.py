"""An image alone in its paragraph, with `{: standalone}`, is a figure with its description below (`convert_p`)."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from mathblog.model.options import MarkdownOptions

CAPTIONED = ("![", "|")  # without an image and a table there is nothing to caption


def install(md: MarkdownIt, options: MarkdownOptions) -> None:
    """Add a core rule, after attributes were given; where the site has captions, one for these before it, and one for those in HTML."""
    md.core.ruler.after("attributes", "figures", _change)
    if options.figures:

        def give_captions(state: StateCore) -> None:
            if any(mark in state.src for mark in CAPTIONED):
                from mathblog.markdown.rules.blocks.captions import caption_all

                caption_all(state)

        def number(state: StateCore) -> None:
            if "<figcaption" in state.src:
                from mathblog.markdown.rules.blocks.raw_figures import number_raw

                number_raw(state)

        md.core.ruler.before("figures", "captions", give_captions)
        md.core.ruler.after("math_html", "raw_figures", number)


def _change(state: StateCore) -> None:
    if "attributes" not in state.env:
        return
    for index, token in enumerate(state.tokens):
        children = token.children or ()
        if token.type == "inline" and len(children) == 1 and "standalone" in children[0].meta.get("refs", ()):
            opening, closing = state.tokens[index - 1], state.tokens[index + 1]
            if opening.type == "paragraph_open" and not opening.hidden and children[0].type == "image":
                opening.tag = closing.tag = "figure"
                image = children[0]
                for name in ("id", "class"):
                    if name in image.attrs:
                        opening.attrs.setdefault(name, image.attrs.pop(name))
                caption = [Token("html_inline", "", 0, content="<figcaption>"), *(image.children or ())]
                token.children = [image, *caption, Token("html_inline", "", 0, content="</figcaption>")]
