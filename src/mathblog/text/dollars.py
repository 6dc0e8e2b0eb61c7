r"""Single dollars: which two of them hold a formula, and which are prices, variables of a shell, dollars.

MathJax takes each dollar with the next one. So does mathblog, blanks inside or not (`$x$`, `$ x $`, `$x $`), unless what stands
between them reads as prose, or a digit follows (Pandoc's rule). Where the first pairing is not clean, because brackets,
quotes or `**` open or close in it that belong to the text around, or words of a language without case stand in it,
and the dollar that closes it opens a clean formula, that one is the formula: `It costs $5 ($x$ each)`.
"""

import re
from functools import cache

from mathblog.core.patterns import lazy_pattern
from mathblog.text.brackets import are_paired

# the step through a `$…$`: dollars inside \text{…} belong to the text
_STEP = lazy_pattern(r"\\(?:text[a-z]*|mbox|hbox)\s*\{|\\.|[{}$]", re.DOTALL)
_FARTHEST = 1000  # characters searched for the end of a \text{…} that holds a dollar: keeps the search linear
_BLANKS = (" ", "\t", "\n")
_SURE = lazy_pattern(r"\\[a-zA-Z]|[\w)\]}]\s*[_^]")  # no price and no prose has these
_COMMAND = lazy_pattern(r"\\[a-zA-Z]{2}")
_GROUPS = lazy_pattern(
    r"\\(?:text[a-z]*|mbox|hbox|operatorname\*?|math[a-z]+|tag|label)\s*\{[^{}]*\}|\\[a-zA-Z]+|\\.", re.DOTALL
)
_QUOTES = lazy_pattern(r"[\"“”„«»]|\s'\Z|</|\]\(")
_STARS = lazy_pattern(r"(?<![\^{*])\*\*(?!\*)")  # Markdown's, not those of `a^{**}`
_CLOSES = {"*": lazy_pattern(r"\w\*{1,2}(?![\w*])"), "'": lazy_pattern(r"\w'(?![\w'])")}  # what stands before a dollar
_BRACKETS = lazy_pattern(r"[()\[\]]")
_BRACES = lazy_pattern(r"\\.|([{}])", re.DOTALL)
_MARK_FIRST = lazy_pattern(r"[,;:!?)]|\.(?!\d)")
_LETTER = lazy_pattern(r"[^\W_]|\\[a-zA-Z]")
_FUNCTIONS = lazy_pattern(
    r"(?<![A-Za-z])(?:a?(?:sin|cos|tan|cot)h?|arc(?:sin|cos|tan)|log|ln|exp|max|min|sup|inf|lim|mod|gcd|lcm|det|dim|ker|deg"
    r"|arg|argmax|argmin|sgn|sign|tr|rank|span|diag|id|dx|dy|dt|dz)(?![A-Za-z])"
)
_WORD = lazy_pattern(r"(?<![A-Za-z])[a-z]{2,}(?![A-Za-z])")
_ANY_WORD = lazy_pattern(r"[A-Za-z]{2}")
_WORDS = lazy_pattern(  # a word beside another, or beside a letter or a number
    r"(?<![A-Za-z])[A-Za-z]{2,}\s+[A-Za-z]{2}|[A-Za-z0-9]\s+[A-Za-z]{3}|(?<![A-Za-z])[A-Za-z]{3,}\s+[A-Za-z0-9]"
)
_SENTENCE = lazy_pattern(r"(?<![A-Za-z])[A-Za-z]{2,}\s+[A-Za-z]{2,}\s+[A-Za-z]{2,}")
_CLOSING_TAG = lazy_pattern(r"</([A-Za-z][\w-]*)\s*>")
_SMALL_WORD = lazy_pattern(
    r"(?<![A-Za-z])(?<![+=*/-] )(?:an?d|as|at|but|by|for|if|in|is|it|of|on|or|per|so|the|to|was|with)(?![A-Za-z])"
)
_RELATION = lazy_pattern(r"[=<>+*/|-]")
_OPEN_END = lazy_pattern(r"(?:[+*/=<>,;:.?@&-]|\A[^|]*\|)\Z")
_MARK_LAST = lazy_pattern(
    r"=.*[^=\s][,;.]\Z|\A[^\d]*[a-zA-Z)][,;.]\Z", re.DOTALL
)  # the sentence's own mark, in the formula
_VARIABLE = lazy_pattern(r"\A\{?[A-Z_]{2,}|[/:,;=@.&+*-]\Z|\A[a-z]\w+[/.:@-]")


@cache
def _scripts() -> re.Pattern[str]:
    """Dashes between words, and letters and marks of languages that no formula is written in; slow to compile."""
    return re.compile(
        "[\u2013\u2014\u2026\u0400-\u06ff\u0900-\u0dff\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff60]"
    )


def dollar_formula(text: str, start: int, limit: int) -> int:
    """The place of the dollar that closes the formula which a dollar at `start` opens; -1 where it opens none."""
    end = closing_dollar(text, start + 1, limit)
    if end <= start + 1:
        return -1
    tex, after = text[start + 1 : end], text[end + 1 : end + 2]
    left = tex[0] in _BLANKS
    right = tex[-1] in _BLANKS and tex.rstrip()[-1:] != "\\"
    clean = _is_clean(tex.strip() if left or right else tex)
    if "</" in tex and (tag := _CLOSING_TAG.search(tex)) and f"<{tag[1]}" not in tex:
        return -1  # `<b>$x</b>$`: the dollars stand in two elements
    closes = _CLOSES.get(text[start - 1 : start])
    if closes is not None and closes.search(tex):  # `*$5* or`: the star in it belongs to one outside
        clean = False
    if left or right:
        is_formula = clean and not after.isdecimal() and _is_loose(text, start, end, limit)
    elif clean:
        opens = after.isascii() and (after.isalnum() or after in ("{", "_", "("))
        is_formula = not opens or _SURE.search(tex) is not None or not (after.isdecimal() or _VARIABLE.search(tex))
    elif after.isdecimal() or _opens_clean(text, end, limit, is_tex=_is_tex(tex)):
        is_formula = False
    else:  # words beside a quote, a tag or stars, and no TeX, are prose
        bare = _FUNCTIONS.sub("", _GROUPS.sub("", tex))
        is_quoted = _QUOTES.search(bare) is not None or "**" in bare
        is_formula = not is_quoted or _SURE.search(tex) is not None or _ANY_WORD.search(bare) is None
    return end if is_formula else -1


def closing_dollar(text: str, start: int, limit: int) -> int:
    """The place of the dollar that closes a formula whose TeX begins at `start`; -1 where none does before `limit`."""
    depth, candidate = 0, -1
    for match in _STEP.finditer(text, start, limit):
        step = match[0]
        if step == "$":
            if not depth:
                return match.start()
            candidate = candidate if candidate >= 0 else match.start()
        elif len(step) > 2 or (step == "{" and depth):  # noqa: PLR2004 - an escape has two characters
            depth += 1
        elif step == "}" and depth:
            depth -= 1
        if 0 <= candidate < match.start() - _FARTHEST:
            break
    return candidate if depth else -1


def escaped_end(text: str, start: int, limit: int) -> int:
    r"""The end of the `\$$…$$` that starts at `start` and ends before `limit`, or 0 where no `$$` closes it.

    kramdown leaves `$$…$$` of it. That is text, but where MathJax reads the page it shows a display formula.
    """
    end = closing_dollar(text, start + 3, limit)
    return end + 2 if end >= 0 and text.startswith("$$", end) and end + 2 <= limit else 0


def is_clean_piece(stripped: str) -> bool:
    """Whether a text between two delimiters, without blanks at its ends, reads as a formula: brackets pair, no sentence goes on."""
    return _is_clean(stripped) and not _is_prose(stripped, around=True)


def _opens_clean(text: str, start: int, limit: int, *, is_tex: bool = False) -> bool:
    """Whether a dollar at `start` opens a formula that is clean, with a blank inside both of its dollars or none.

    Where what stands before that dollar `is_tex`, it must look like TeX, too: words between two formulas are none.
    """
    end = closing_dollar(text, start + 1, limit)
    if end <= start + 1 or text[end + 1 : end + 2].isdecimal():
        return False
    tex, stripped = text[start + 1 : end], text[start + 1 : end].strip()
    around = tex[0] in _BLANKS
    if is_tex and not _SURE.search(tex):
        return False
    if around != (tex[-1] in _BLANKS) or not _LETTER.search(tex) or not _is_clean(stripped):
        return False
    return not around or not _is_prose(stripped, around=True)


def _is_tex(tex: str) -> bool:
    """Whether a piece with unpaired brackets has a command of TeX's and no small word of a sentence."""
    return _COMMAND.search(tex) is not None and not _SMALL_WORD.search(_GROUPS.sub(" ", tex))


def _is_clean(tex: str) -> bool:
    """Whether nothing opens or closes in it that belongs to a text around it, and no sentence is going on."""
    if _MARK_FIRST.match(tex) or ("**" in tex and len(_STARS.findall(tex)) % 2):
        return False
    if tex.count("{") != tex.count("}") and not are_paired(found[1] for found in _BRACES.finditer(tex) if found[1]):
        return False
    if "(" in tex or ")" in tex or "[" in tex or "]" in tex:
        brackets = _BRACKETS.findall(tex)
        rounds = [bracket for bracket in brackets if bracket in "()"]
        squares = len(brackets) - len(rounds)
        # round ones pair with square ones in intervals, and square ones are turned outwards
        if not are_paired(brackets) and not (squares and squares % 2 == 0 and are_paired(rounds)):
            return False
    if tex.isascii() and '"' not in tex and "'" not in tex and "</" not in tex and "](" not in tex:
        return True
    bare = _GROUPS.sub("", tex) if "\\" in tex else tex
    return not (_QUOTES.search(bare) or (not bare.isascii() and _scripts().search(bare)))


def _is_loose(text: str, start: int, end: int, limit: int) -> bool:
    """Whether a clean piece with a blank beside one of its dollars is a formula and no prose between two prices."""
    tex = text[start + 1 : end]
    stripped = tex.strip()
    around = tex[0] in _BLANKS and tex[-1] in _BLANKS
    if not stripped or _is_prose(stripped, around=around):
        return False
    after = text[end + 1 : end + 2]
    if _SURE.search(stripped):
        return tex[-1] not in _BLANKS or not (after.isalnum() and _opens_clean(text, end, limit))
    if around:
        return not (text[max(0, start - 2) : start].rstrip()[-1:].isdigit() and _RELATION.match(stripped))
    if tex[0] in _BLANKS:  # `5$ or`
        return start == 0 or not (text[start - 1].isascii() and text[start - 1].isalnum())
    return "=" in stripped or not (after.isascii() and (after.isalnum() or after in ("{", "_", "(", "$")))  # `$a $b`


def _is_prose(stripped: str, *, around: bool) -> bool:
    """Whether words of a sentence stand in a piece that has a blank at one end, or `around` it."""
    bare = _FUNCTIONS.sub("", _GROUPS.sub(" ", stripped))
    if _SURE.search(stripped):
        return _SENTENCE.search(bare) is not None
    if _SMALL_WORD.search(bare):
        return True
    if _OPEN_END.search(stripped) and not ((around or "=" in stripped) and _MARK_LAST.search(stripped)):
        return True
    if not around and _WORDS.search(bare):
        return True
    return _WORD.search(bare) is not None and (
        _WORDS.search(bare) is not None or (" " in stripped and not _RELATION.search(bare))
    )
