"""The colours of code, as CSS for light and dark pages."""

from collections.abc import Iterable
from functools import lru_cache

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.code.contrast import READABLE, blend, contrast

# A marked line holds its own line end, as in Jekyll: as a block it takes one line and all of its width. That width is
# the longest line's, so that the colour does not end where the code scrolls.
_LAYOUT = """\
.highlight .lineno { user-select: none; -webkit-user-select: none; text-align: right; }
@media screen { .highlight pre > code { display: block; width: max-content; min-width: 100%; } }
.highlight .hll { display: block; }
"""
_MARK = 0.14  # how far a marked line's colour goes towards the text's, where the style's own is hard to read on
_BEARABLE = 0.8  # the share of its contrast that code keeps on a style's own colour for marked lines
_HEX = lazy_pattern(r"#(?:[0-9a-fA-F]{3}){1,2}")


class UnknownStyleError(ValueError):
    """There is no Pygments style of that name."""


@lru_cache(maxsize=8)
def stylesheet(light: str, dark: str) -> str:
    """CSS for `.highlight`, light by default; dark where the reader prefers it or `data-theme` says so.

    The scopes of the dark rules weigh nothing, so that a theme's own `.highlight .k` needs no more than theirs.

    Raises:
        UnknownStyleError: where Pygments has no style of one of the names.

    """
    day, night = _rules(light), _rules(dark)
    return (
        _scope(day, "")
        + "@media screen and (prefers-color-scheme: dark) {\n"
        + _scope(night, ':where(:root:not([data-theme="light"])) ')
        + "}\n"
        + "@media screen {\n"
        + _scope(night, ':where([data-theme="dark"]) ')
        + "}\n"
        + _LAYOUT
    )


def _scope(rules: list[str], scope: str) -> str:
    return "".join(f"{scope}{rule}\n" for rule in rules)


def _rules(name: str) -> list[str]:
    from pygments.formatters.html import HtmlFormatter
    from pygments.util import ClassNotFound

    from mathblog.markdown.code.manuscript import STYLES

    try:
        formatter = HtmlFormatter[str](style=STYLES.get(name, name))
    except ClassNotFound as error:
        raise UnknownStyleError(name) from error
    css: str = formatter.get_style_defs(".highlight")  # type: ignore[no-untyped-call]
    rules = [line.partition(" /*")[0] for line in css.splitlines() if line.startswith(".highlight")]
    # Most styles leave the colour of marked lines to Pygments' default, a light yellow, and on `github-dark` it is a grey as light
    # as the code: then it is a shade of the background, where that is easier to read on.
    style = formatter.style
    ground, marked = style.background_color, style.highlight_color
    colours = [f"#{rule['color']}" for _, rule in style if rule["color"] and not rule["bgcolor"]]
    texts = [colour for colour in colours if _HEX.fullmatch(colour) and contrast(colour, ground) >= READABLE]
    if (
        texts
        and _HEX.fullmatch(ground)
        and not (_HEX.fullmatch(marked) and _least(texts, marked) > _BEARABLE * _least(texts, ground))
    ):
        strongest = max(texts, key=lambda colour: contrast(colour, ground))
        shades = (blend(ground, strongest, _MARK * part / 4) for part in (4, 3, 2, 1))
        marked = max(shades, key=lambda shade: min(READABLE, _least(texts, shade)))
    mark = f".highlight .hll {{ background-color: {marked} }}"
    # a style without a colour for text has that of the page, which may be dark on dark
    return [mark, *(rule for rule in rules if not rule.startswith(".highlight .hll"))]


def _least(texts: Iterable[str], ground: str) -> float:
    return min(contrast(colour, ground) for colour in texts)
