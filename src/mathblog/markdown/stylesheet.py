"""The colours of code, as CSS for light and dark pages."""

from functools import lru_cache

_GUTTER = """\
.highlight .lineno { user-select: none; -webkit-user-select: none; text-align: right; opacity: 0.6; }
.highlight .hll { display: inline-block; min-width: 100%; }
"""


class UnknownStyleError(ValueError):
    """There is no Pygments style of that name."""


@lru_cache(maxsize=8)
def stylesheet(light: str, dark: str) -> str:
    """CSS for `.highlight`, light by default; dark where the reader prefers it or `data-theme` says so.

    Raises:
        UnknownStyleError: where Pygments has no style of one of the names.

    """
    day, night = _rules(light), _rules(dark)
    return (
        _scope(day, "")
        + "@media (prefers-color-scheme: dark) {\n"
        + _scope(night, ':root:not([data-theme="light"]) ')
        + "}\n"
        + _scope(night, '[data-theme="dark"] ')
        + _GUTTER
    )


def style_names() -> list[str]:
    """The styles Pygments has."""
    from pygments.styles import get_all_styles

    return sorted(get_all_styles())


def _scope(rules: list[str], scope: str) -> str:
    return "".join(f"{scope}{rule}\n" for rule in rules)


def _rules(name: str) -> list[str]:
    from pygments.formatters.html import HtmlFormatter
    from pygments.util import ClassNotFound

    try:
        formatter = HtmlFormatter[str](style=name)
    except ClassNotFound as error:
        raise UnknownStyleError(name) from error
    css: str = formatter.get_style_defs(".highlight")  # type: ignore[no-untyped-call]
    return [line.partition(" /*")[0] for line in css.splitlines() if line.startswith(".highlight")]
