"""`sassify` and `scssify`: Sass as CSS, by libsass as in jekyll-sass-converter 2."""

from collections.abc import Mapping

from mathblog.liquid.environment import Context
from mathblog.liquid.errors import FilterArgumentError
from mathblog.liquid.text import to_s
from mathblog.model.options import SASS_STYLES, SassOptions, read_sass_style

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
    try:
        import sass  # type: ignore[import-untyped]
    except ImportError:
        message = f"`{'sassify' if indented else 'scssify'}` needs libsass, which is not installed"
        raise FilterArgumentError(message, hint="`pip install 'mathblog[sass]'`", broken=True) from None
    context.run.step(_WORK)
    settings = context.run.view.get("config", "sass")
    style = read_sass_style(to_s(settings.get("style") if isinstance(settings, Mapping) else None))
    try:
        css = sass.compile(
            string=text,
            indented=indented,
            output_style=style if style in SASS_STYLES else SassOptions().style,
            include_paths=[],
            importers=[(0, _refuse)],
        )
    except sass.CompileError as error:
        first = str(error).splitlines()[0].removeprefix("Error: ").rstrip(".").replace('"', "`")
        raise FilterArgumentError(first[:1].lower() + first[1:], broken=True) from None
    return str(css)


def _refuse(path: str) -> list[tuple[str, str]]:
    """What is imported is an error: libsass would look for the file on the disk otherwise."""
    return [(path, '@error "a filter imports nothing";')]
