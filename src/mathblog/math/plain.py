r"""TeX -> one short line for summaries and alternative texts: still TeX, without what only a typesetter needs."""

import re

from mathblog.math.tokens import tokenize

_SIZES = frozenset(f"\\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "m", "r"))
_STYLES = frozenset({r"\displaystyle", r"\textstyle", r"\scriptstyle", r"\limits", r"\nolimits"})
_SILENT = frozenset({r"\left", r"\right", r"\middle", r"\nonumber", r"\notag", r"\!", r"\/"})
_DROPPED = _SIZES | _STYLES | _SILENT
_BLANK = frozenset({r"\,", r"\;", r"\:", r"\>", r"\ ", r"\quad", r"\qquad", r"\\", "~", "&"})
_ARGUMENT = r"\{([^{}]*)\}"
_REMOVED = re.compile(rf"\\(?:label|tag\*?|htmlId|begin|end|phantom|vspace|hspace\*?)\s*{_ARGUMENT}")
_WORDS = re.compile(rf"\\(?:text|mbox|textrm|textit|textbf|operatorname\*?)\s*{_ARGUMENT}")


def plain_text(tex: str) -> str:
    r"""The formula on one line: no comments, sizes, tags and column marks; `\text{if }` gives its words."""
    shorter = _WORDS.sub(r" \1 ", _REMOVED.sub(" ", tex))
    return " ".join("".join(_shown(token.text) for token in tokenize(shorter)).split())


def _shown(token: str) -> str:
    if token in _DROPPED:
        return ""
    return " " if token in _BLANK else token
