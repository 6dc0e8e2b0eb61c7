"""`sassify` and `scssify`: Sass as CSS, as in jekyll-sass-converter."""

from mathblog.liquid.context import Context
from mathblog.liquid.errors import FilterArgumentError
from mathblog.liquid.text import to_s

_WORK = 20_000  # steps that a compilation counts for


def sassify(value: object, *, context: Context) -> str:
    """Sass in its indented syntax as CSS."""
    return _compile(to_s(value), context, indented=True)


def scssify(value: object, *, context: Context) -> str:
    """SCSS as CSS."""
    return _compile(to_s(value), context, indented=False)


def _compile(text: str, context: Context, *, indented: bool) -> str:
    """Return the CSS, in the style and with the folders of `sass`. The files that it loads are read through the view."""
    if not text.strip():
        return ""
    context.run.step(_WORK)
    css, error = context.run.services.css(text, indented, context.run.view)
    if error:
        raise FilterArgumentError(error, broken=True)
    return css
