"""`sassify` and `scssify`: Sass as CSS, as in jekyll-sass-converter."""

from collections.abc import Mapping

from mathblog.liquid.environment import Context
from mathblog.liquid.errors import FilterArgumentError
from mathblog.liquid.text import to_s
from mathblog.model.options import read_sass_style

_WORK = 20_000  # steps that a compilation counts for


def sassify(value: object, *, context: Context) -> str:
    """Sass in its indented syntax as CSS."""
    return _compile(to_s(value), context, indented=True)


def scssify(value: object, *, context: Context) -> str:
    """SCSS as CSS."""
    return _compile(to_s(value), context, indented=False)


def _compile(text: str, context: Context, *, indented: bool) -> str:
    """The CSS in the style of `sass.style`. A filter imports no files: what it makes must depend on its text only."""
    if not text.strip():
        return ""
    context.run.step(_WORK)
    settings = context.run.view.get("config", "sass")
    style = read_sass_style(to_s(settings.get("style") if isinstance(settings, Mapping) else None))
    css, error = context.run.services.css(text, style, indented)
    if error:
        raise FilterArgumentError(error, broken=True)
    return css
