r"""KaTeX's words for an error -> ours: what is wrong, which characters, and what to do about it."""

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import NamedTuple, TypeAlias

from mathblog.core.patterns import lazy_pattern
from mathblog.math.katex import Refusal, Vocabulary
from mathblog.model.formula import FormulaError, FormulaKey
from mathblog.text.tex.definitions import find_definitions
from mathblog.text.tex.tokens import TexToken, find_token, unclosed


class FormulaContext(NamedTuple):
    """The input of an explanation: the formula, KaTeX's names, and the names of the site's own macros."""

    key: FormulaKey
    vocabulary: Vocabulary
    macros: tuple[str, ...] = ()

    @property
    def own_macros(self) -> tuple[str, ...]:
        """The macros of the site, of the document before this formula, and of the formula."""
        here = find_definitions(self.key.prelude) + find_definitions(self.key.tex)
        return (*self.macros, *(definition.name for definition in here))


_DELIMITED = lazy_pattern(r"(\\(?:left|right|middle|[bB]igg?[lrm]?))\s*\Z")
_COMMAND = lazy_pattern(r"\\[a-zA-Z]+")
_ALIKE = 0.75  # the share of characters in common, as difflib counts it: one slip in four letters

Explain: TypeAlias = Callable[[Refusal, "re.Match[str]", FormulaContext], FormulaError]


def explain(refusal: Refusal, context: FormulaContext) -> FormulaError:
    """The error in our words. A refusal that no rule knows keeps KaTeX's sentence in our style."""
    # KaTeX counts the blanks after a command as part of it
    marked = context.key.tex[refusal.position : refusal.position + refusal.length]
    refusal = refusal._replace(length=len(marked.rstrip()) or refusal.length) if refusal.position >= 0 else refusal
    for pattern, rule in _RULES:
        match = pattern.fullmatch(refusal.message)
        if match:
            return rule(refusal, match, context)
    text = re.sub(r"'([^']*)'", r"`\1`", refusal.message.strip().rstrip("."))
    return _error(refusal, text[:1].lower() + text[1:])


def near(word: str, names: Iterable[str]) -> str:
    """`did you mean …?` for the closest of `names`, or nothing. A leading backslash makes no two names alike."""
    known = {name.removeprefix("\\"): name for name in names}
    word = word.removeprefix("\\")
    found = get_close_matches(word, known, 5, _ALIKE)
    found.sort(key=lambda name: sorted(name) != sorted(word))  # letters that changed their places come first
    return f"did you mean `{known[found[0]]}`?" if found else ""


def _error(refusal: Refusal, message: str, hint: str = "", mark: TexToken | None = None) -> FormulaError:
    if mark is not None:
        return FormulaError(message, mark.start, mark.end - mark.start, hint)
    return FormulaError(message, refusal.position, refusal.length, hint)


def _place(refusal: Refusal, context: FormulaContext, *names: str) -> TexToken | None:
    """The first of `names` in the formula where KaTeX names no place; else the first macro that could hide it."""
    if refusal.position >= 0:
        return None
    for name in (*names, *context.own_macros):
        token = find_token(context.key.tex, name)
        if token:
            return token
    return None


def _undefined(refusal: Refusal, match: "re.Match[str]", context: FormulaContext) -> FormulaError:
    name = match[1]
    mark = _place(refusal, context, name)
    message = f"undefined control sequence `{name}`"
    if mark and find_token(context.key.tex, name) is None:
        message += f", used by `{mark.text}`"
    if name in _DELIMITERS:
        return _delimiter(refusal, name, "is a delimiter before it missing, or one too many?")
    if name in context.macros:
        hint = "the site defines it, but its definition cannot be read: do the braces pair?"
    elif name in context.vocabulary.physics:
        hint = f"`{name}` is of the package `physics`: `packages: [physics]` under `math:`"
    elif name in context.vocabulary.commands:
        hint = f"`{name}` belongs in a formula; inside `\\text{{…}}` write `${name}$`"
    else:
        hint = INSTEAD.get(name) or near(name, (*context.own_macros, *context.vocabulary.commands))
    return _error(refusal, message, hint, mark)


_LIST = "lists are written in Markdown, outside of formulas"
_DIAGRAM = "a fenced block of code in `{}` is a diagram, where `diagrams: {{tikz: true}}` is in `_config.yml`"
INSTEAD = {
    "IEEEeqnarray": "KaTeX does not have it; use `align`",
    "IEEEeqnarray*": "KaTeX does not have it; use `align*`",
    "tikzcd": _DIAGRAM.format("tikzcd") + "; `CD` works in formulas",
    "tikzpicture": _DIAGRAM.format("tikz"),
    r"\xymatrix": _DIAGRAM.format("tikzcd") + "; the environment `CD` works in formulas",
    "itemize": _LIST,
    "enumerate": _LIST,
    r"\newtagform": "numbers stand in round brackets; `\tag*{[1]}` writes one of your own",
    r"\usetagform": "numbers stand in round brackets; `\tag*{[1]}` writes one of your own",
    r"\usepackage": "a formula loads no packages: delete it",
    r"\documentclass": "a formula is no document: delete it",
}
"""What to do instead of what formulas do not have."""


def _environment(refusal: Refusal, match: "re.Match[str]", context: FormulaContext) -> FormulaError:
    name = match[1]
    hint = INSTEAD.get(name) or near(name, context.vocabulary.environments)
    if refusal.position < 0 or refusal.length <= len(name):
        return _error(refusal, f"unknown environment `{name}`", hint)
    return FormulaError(f"unknown environment `{name}`", refusal.position + 1, len(name), hint)


def _cut_off(refusal: Refusal, match: "re.Match[str]", context: FormulaContext) -> FormulaError:
    missing, got = match[1], match[2]
    opening = {"}": "{", "]": "[", r"\right": r"\left"}.get(missing)
    mark = unclosed(context.key.tex, opening, missing) if opening else None
    if mark:
        before = _DELIMITED.search(context.key.tex, 0, mark.start)
        hint = (
            f"write `{before[1]}\\{{` for a brace" if before and opening == "{" else f"this `{opening}` is never closed"
        )
        return _error(refusal, f"missing `{missing}`", hint, mark)
    if not got:
        return _error(refusal, "the formula ends too early", "the last command needs an argument")
    if got != "EOF":
        hint = "each cell needs its own pair: `\\right.` and `\\left.` are invisible" if missing == r"\right" else ""
        return _error(refusal, f"missing `{missing}` before `{got}`", hint)
    return _error(refusal, "the formula ends too early", f"`{missing}` is missing")


def _without_argument(refusal: Refusal, match: "re.Match[str]", _context: FormulaContext) -> FormulaError:
    name = match[1]
    if _DELIMITED.fullmatch(name):
        return _error(refusal, f"`{name}` needs a delimiter", f"`{name}.` is an invisible one, `{name}\\}}` a brace")
    return _error(refusal, f"`{name}` needs an argument")


def _unexpected(refusal: Refusal, match: "re.Match[str]", _context: FormulaContext) -> FormulaError:
    what = match[1]
    message, hint = _UNEXPECTED.get(what, (f"unexpected `{what}`", ""))
    return _error(refusal, message, hint)


_UNEXPECTED = {
    "}": ("unexpected `}`", "no `{` opens it; `\\}` shows a brace"),
    "&": ("misplaced `&`", "it separates columns in an environment such as `aligned`; `\\&` shows the sign"),
    "#": ("misplaced `#`", "`\\#` shows the sign"),
    r"\right": ("`\\right` without `\\left`", "`\\left.` opens an invisible one"),
    r"\end": ("`\\end` without `\\begin`", ""),
    r"\middle": ("`\\middle` without `\\left`", ""),
}


def _outside_of_arrays(refusal: Refusal, match: "re.Match[str]", context: FormulaContext) -> FormulaError:
    written = _COMMAND.match(context.key.tex, max(refusal.position, 0))  # `\cline` is `\hline` there
    return _error(refusal, f"`{written[0] if written else match[1]}` works only in an `array`")


def _open_environment(refusal: Refusal, _match: "re.Match[str]", context: FormulaContext) -> FormulaError:
    mark = unclosed(context.key.tex, r"\begin", r"\end")
    if mark is None:
        return _error(refusal, "expected `&`, `\\\\` or `\\end`", "is a `}` or a `\\right` missing before it?")
    name = re.match(r"\s*\{([^}]*)\}", context.key.tex[mark.end :])
    shown = f"\\begin{{{name[1]}}}" if name else "\\begin"
    return _error(refusal, f"`{shown}` is never closed", shown.replace("begin", "end", 1).join(("add `", "`")), mark)


def _mode(refusal: Refusal, match: "re.Match[str]", _context: FormulaContext) -> FormulaError:
    name, mode = match[1], match[2]
    if name in _DELIMITERS:
        shows = "; `\\$` shows the sign" if name == "$" else ""
        return _delimiter(refusal, name, f"is a delimiter before it missing, or one too many?{shows}")
    if mode == "text":
        return _error(refusal, f"`{name}` does not work in text", f"inside `\\text{{…}}` write `${name}…$`")
    return _error(refusal, f"`{name}` does not work in a formula", "put it inside `\\text{…}`")


_DELIMITERS = ("$", r"\(", r"\)", r"\[", r"\]")


def _delimiter(refusal: Refusal, name: str, hint: str) -> FormulaError:
    return _error(refusal, f"`{name}` inside a formula", hint)._replace(code="math-delimiters")


def _untrusted(refusal: Refusal, match: "re.Match[str]", context: FormulaContext) -> FormulaError:
    mark = _place(refusal, context, match[1])
    hint = "links may be http, https, mailto or relative" if match[2] else "only `\\href` and `\\url` make HTML here"
    where = f" to `{match[2].strip()}`" if match[2] else ""
    return _error(refusal, f"`{match[1]}`{where} is not allowed", hint, mark)


def _named(message: str, hint: str = "") -> Explain:
    """A rule whose message is a template: `{0}` is the first group, which is also looked for in the formula."""

    def rule(refusal: Refusal, match: "re.Match[str]", context: FormulaContext) -> FormulaError:
        mark = _place(refusal, context, *match.groups())
        return _error(refusal, message.format(*match.groups()), hint, mark)

    return rule


_RULES: tuple[tuple["re.Pattern[str]", Explain], ...] = tuple(
    (lazy_pattern(pattern, re.DOTALL), rule)
    for pattern, rule in (
        (r"Undefined control sequence: (.*)", _undefined),
        (r"No such environment: (.*)", _environment),
        (r"Double subscript", _named("double subscript", "use braces: `{a_b}_c` or `a_{b_c}`")),
        (r"Double superscript", _named("double superscript", "use braces: `{a^b}^c` or `a^{b^c}`")),
        (r"Expected '(\\right|\}|\]|\$)', got '(.*)'", _cut_off),
        (r"Unexpected end of input in a macro argument, expected '(.)'()", _cut_off),
        (r"Expected 'EOF', got '(.*)'", _unexpected),
        (r"Expected & or .*", _open_environment),
        (r"Mismatch: (\\begin\{.*\}) matched by (\\end\{.*\})", _named("`{0}` is closed by `{1}`")),
        (r"Expected group after '(.*)'", _named("nothing follows `{0}`", "`{}` stands for nothing")),
        (r"Expected group as argument to '(.*)'", _without_argument),
        (r"Can't use function '(.*)' in (math|text) mode", _mode),
        (
            r"Invalid delimiter '(.*)' after '(.*)'",
            _named("`{0}` is no delimiter for `{1}`", "`.` is an invisible one"),
        ),
        (r"(\\[a-z]+) valid only within array environment", _outside_of_arrays),
        (r"Too many expansions:.*", _named("macros expand without end", "does a macro use itself?")),
        (r"(?:RangeError|InternalError): .*(?:stack|recursion).*", _named("nested too deeply")),
        (r"(?:RangeError|InternalError): .*memory.*", _named("needs too much memory")),
        (r"(?:RangeError|InternalError): .*", _named("too large to render")),
        (
            r"Argument beyond those of a macro",
            _named(
                "a macro uses an argument that it does not take", "`#2` in its definition needs `[2]` behind its name"
            ),
        ),
        (r"Not trusted: (\S+)(.*)", _untrusted),
    )
)
