r"""Formulas of other programs -> formulas that mean the same in each blog.

To those programs a backslash is TeX's; a blog of Jekyll's reads `$\|x\|$` as `|x|` (ADR 23). `\Vert` is the same sign, and
nothing takes its backslash.
"""

import re
from functools import partial

from mathblog.core.patterns import lazy_pattern
from mathblog.text.delimiters import Region

_COMMAND = lazy_pattern(r"\\([a-zA-Z]+|.)", re.DOTALL)
_OTHERWISE = (
    {"|": r"\Vert"},
    {">": r"\:"},
    {"_": r"\text{\_}"},
    {"{": r"\lbrace", "}": r"\rbrace"},
    {"\\": "\\\\ "},
)


def in_each_blog(text: str, area: Region, *, unescapes: bool = False) -> tuple[str, bool]:
    """A formula of a text with its delimiters, written so that no blog reads it otherwise, and whether that is possible.

    `unescapes`: the program took off the backslashes that are Markdown's, too.
    """
    opener, tex = text[area.start : area.inner_start], text[area.inner_start : area.inner_end]
    if opener in ("$$", "$`") or "\\" not in tex:
        return text[area.start : area.end], True
    shown, is_same = as_tex(tex, unescapes=unescapes)
    return f"{opener}{shown}{text[area.inner_end : area.end]}", is_same


def as_tex(tex: str, *, unescapes: bool = False) -> tuple[str, bool]:
    """The same without delimiters. Of other spellings only those are used that the formula needs."""
    from mathblog.markdown.maths.math_escapes import plain_tex
    from mathblog.text.html_tags import without_entities

    tex = plain_tex(tex) if unescapes else tex
    for spellings in _OTHERWISE:
        if plain_tex(tex) == without_entities(tex):
            return tex, True
        tex = _COMMAND.sub(partial(_spelled, spellings), tex)
    return tex, plain_tex(tex) == without_entities(tex)


def _spelled(names: dict[str, str], found: re.Match[str]) -> str:
    """A command under another name, with a space where the letters behind it would be part of it."""
    after = found.string[found.end() : found.end() + 1]
    name = names.get(found[1], found[0])
    if name == found[0] or (found[1] == "\\" and (not after.strip() or after in "[*")):
        return found[0]
    return f"{name} " if name[-1].isalpha() and after.isalpha() else name
