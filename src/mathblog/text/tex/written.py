"""A macro that is written as a value of YAML -> its definition in TeX."""

from collections.abc import Sequence

from mathblog.model.values import Value

_MOST_ARGUMENTS = 9  # TeX has `#1` to `#9`


def written_definition(command: str, value: Value) -> str | None:
    r"""The definition of a macro that is written as a value, None for what is none.

    `\RR: \mathbb{R}` has as many arguments as its highest `#1`; MathJax's form is `[TeX, number of arguments, default of the first]`.
    """
    if isinstance(value, str):
        count = max((int(digit) for digit in "123456789" if f"#{digit}" in value), default=0)
        return f"\\newcommand{{{command}}}{f'[{count}]' if count else ''}{{{value}}}"
    parts = list(value) if isinstance(value, Sequence) else [value]
    tex, count, default = (*parts, None, None, None)[:3]
    count = 0 if count is None else count
    if not isinstance(tex, str) or not isinstance(count, int) or not 0 <= count <= _MOST_ARGUMENTS:
        return None
    arguments = f"[{count}]" if count else ""
    optional = f"[{default}]" if count and default is not None else ""
    return f"\\newcommand{{{command}}}{arguments}{optional}{{{tex}}}"
