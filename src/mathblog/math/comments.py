"""`%` in a formula on one line: TeX takes all behind it for a comment, which nobody writes there."""

import re

from mathblog.model.formula import FormulaError

_SIGN = re.compile(r"\\(?:text[a-z]*|mbox|hbox|href|url)\s*\{[^{}]*\}|\\.|%", re.DOTALL)


def hidden_by_comment(tex: str) -> FormulaError | None:
    """A warning for the sign that hides the end of a formula; None where it hides nothing, or a line among others."""
    if "%" not in tex or "\n" in tex:
        return None
    for found in _SIGN.finditer(tex):
        if found[0] == "%":
            hidden = tex[found.end() :].strip()
            message = f"`%` begins a comment in TeX: `{hidden}` is not shown"
            return (
                FormulaError(message, found.start(), 1, "`\\%` shows the sign, `\\bmod` the remainder")
                if hidden
                else None
            )
    return None
