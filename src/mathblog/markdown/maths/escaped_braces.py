r"""Which `\{` and `\}` of a formula stand for `{` and `}`: kramdown takes the backslash of all of them, TeX shows a brace.

A pair groups where it is the argument of a script or a command (`\sum_\{X\}`, `\frac\{a\}\{b\}`, `\begin\{aligned\}`), holds what
works up to the end of its group (`\{n \choose k\}`, `\{\bf x\}`) or is a single sign (`1\{,\}000`), where one of the two has
no backslash and the braces pair only so (`x_\{t}`), and in a formula that writes `\\{` for those to be seen. All others are seen.
"""

import re

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.text.brackets import are_paired

_TWO = r"[dtc]?frac|[dt]?binom|overset|underset|stackrel|textcolor|colorbox"
_ONE = (
    r"sqrt|text[a-z]*|mbox|hbox|operatorname\*?|math(?:bb|bf|cal|frak|it|rm|scr|sf|tt|op|rel|bin|ord)|boldsymbol|bm|pmb|begin|end"
    r"|(?:wide)?(?:hat|tilde|check)|bar|vec|d{1,3}ot|breve|acute|grave|mathring|over(?:line|brace)|under(?:line|brace)"
    r"|over(?:left|right)arrow|x(?:left|right)arrow|boxed|(?:h|v)?phantom|tag|substack|p?mod|color|label|ref|eqref"
)
_ARGUMENT = lazy_pattern(rf"(?:[_^]|\\(?:{_ONE}|(?P<two>{_TWO}))(?:\[[^\[\]{{}}]*\])?)\s*\Z")
_OPENS_GROUP = lazy_pattern(
    r"\s*(?:\\(?:bf|rm|it|cal|sf|tt|displaystyle|(?:script){1,2}style|textstyle|[lL]arge|small|color)(?![a-zA-Z])|[,.=:;!+*/-]\s*\\?\})"
)
_TOKEN = lazy_pattern(
    r"\\(?:left|right|middle|[bB]igg?[lrm]?)\s*\\?[{}]|\\\\\\\\|\\\\\\?[{}]"
    r"|(?P<infix>\\(?:choose|over|atop|brace|brack)(?![a-zA-Z]))|\\[a-zA-Z]+|(?P<escaped>\\[{}])|\\.|(?P<plain>[{}])",
    re.DOTALL,
)
_FARTHEST = 60  # characters before a brace in which its command stands


@dataclass(slots=True)
class _Open:
    """A brace that is open: whether a backslash stands before it, and what says that it groups."""

    token: re.Match[str]
    escaped: bool
    groups: bool
    arguments: int  # of a command that still wants arguments, this one counted


def grouping_braces(tex: str, *, told_apart: bool) -> frozenset[int]:
    r"""The offsets of the `\{` and `\}` that group: all that pair if they are `told_apart` by `\\{`. Takes linear time."""
    if "\\{" not in tex and "\\}" not in tex:
        return frozenset()
    tokens = list(_TOKEN.finditer(tex))
    mixed = not are_paired(token["plain"] for token in tokens if token["plain"])
    pairs = _pairs(tex, tokens, mixed=mixed)
    return frozenset(
        brace.start()
        for opening, closing, groups in pairs
        if groups or told_apart or (opening["plain"] is None) != (closing["plain"] is None)
        for brace in (opening, closing)
        if brace["escaped"]
    )


def _pairs(tex: str, tokens: list[re.Match[str]], *, mixed: bool) -> list[tuple[re.Match[str], re.Match[str], bool]]:
    """Each opening brace with its closing one, and whether they group. Those of both kinds pair only if they are `mixed`.

    Then nothing pairs where one is left.
    """
    stack: list[_Open] = []
    found: list[tuple[re.Match[str], re.Match[str], bool]] = []
    closed, arguments = -1, 0  # the end of the last argument, and how many its command still wants
    for token in tokens:
        if token["infix"] and stack:
            stack[-1].groups = True
        brace, escaped, start = token["plain"] or token["escaped"], token["escaped"] is not None, token.start()
        if not brace:
            continue
        if brace[-1] == "{":
            before = _ARGUMENT.search(tex, max(0, start - _FARTHEST), start)
            wanted = arguments if closed >= 0 and not tex[closed:start].strip() else 0
            wanted = wanted or ((2 if before["two"] else 1) if before else 0)
            stack.append(_Open(token, escaped, wanted > 0 or _OPENS_GROUP.match(tex, token.end()) is not None, wanted))
            continue
        while not mixed and not escaped and stack and stack[-1].escaped:
            stack.pop()
        if stack and (mixed or stack[-1].escaped == escaped):
            opening = stack.pop()
            closed, arguments = token.end(), max(0, opening.arguments - 1)
            found.append((opening.token, token, opening.groups))
        elif mixed:
            return []
    return [] if mixed and stack else found
