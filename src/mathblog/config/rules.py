"""The rules that an author can turn off and on, and where each of them is heeded."""

import difflib
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from mathblog.config.settings import Settings
from mathblog.model.options import CheckOptions
from mathblog.model.values import Value


class Heeded(StrEnum):
    """Where a rule is heeded when nothing is said about it."""

    BUILD = "build"  # in every build
    CHECK = "check"  # by `mathblog check`
    STYLE = "style"  # by `mathblog check --style`


class LintRule(NamedTuple):
    """A rule: its finding in a few words, and where it is heeded."""

    about: str
    heeded: Heeded


RULES: Mapping[str, LintRule] = {
    "math-brackets": LintRule("a bracket or a brace without a partner in a displayed formula", Heeded.CHECK),
    "math-function": LintRule("`log(x)`, `max_i`: the name of a function without its backslash", Heeded.CHECK),
    "math-words": LintRule("`if x > 0`: words of a sentence outside of `\\text`", Heeded.CHECK),
    "math-comparison": LintRule("`->`, `=>`, `<=`, `=<`, `>=`, `!=` for a relation", Heeded.CHECK),
    "math-angle": LintRule("`<a, b>`: relations for brackets", Heeded.CHECK),
    "math-set": LintRule("`x \\in {0, 1}`: braces of a set that are not shown", Heeded.CHECK),
    "math-width": LintRule("`f（x）`: a full-width sign of a keyboard for Korean or Chinese", Heeded.CHECK),
    "math-font": LintRule("`\\rm{d}x`: a font that goes on behind its braces", Heeded.CHECK),
    "math-row": LintRule("a row of an environment whose `\\\\` is missing", Heeded.CHECK),
    "math-dots": LintRule("`...` for `\\dots`", Heeded.STYLE),
    "math-names": LintRule("a name of four letters and more that is set as a product: `p_{data}`", Heeded.STYLE),
    "math-norm": LintRule("`||x||` for `\\|x\\|`", Heeded.STYLE),
    "math-differential": LintRule("`dx` at the end of an integral without a thin space", Heeded.STYLE),
    "math-cdots": LintRule("`\\cdots` between commas", Heeded.STYLE),
    "link-target": LintRule("a link to nothing within the site", Heeded.CHECK),
    "link-anchor": LintRule("a link to a place that the page does not have", Heeded.CHECK),
    "link-external": LintRule("a link to another site that is dead, with `--external`", Heeded.CHECK),
    "image-alt": LintRule("an image without a text for those who do not see it", Heeded.CHECK),
    "front-matter-key": LintRule("a key of front matter that is nearly a known one", Heeded.CHECK),
    "front-matter-type": LintRule("a value of front matter of a type that nothing reads", Heeded.CHECK),
    "math-hand-number": LintRule("a number written by hand for `\\tag`, by `mathblog doctor`", Heeded.CHECK),
    "macro-twice": LintRule("a macro that a text defines twice, in two ways", Heeded.CHECK),
    "macro-replaced": LintRule("a command of TeX's own that a text uses, and then gives another meaning", Heeded.CHECK),
    "macro-unused": LintRule("a macro that a text defines, and no formula of it uses", Heeded.STYLE),
    "label-unused": LintRule("a label that nothing refers to", Heeded.STYLE),
    "label-unknown": LintRule("a reference to a label that is nowhere", Heeded.BUILD),
    "label-duplicate": LintRule("a label that a page has twice, where that is no error", Heeded.BUILD),
    "label-unnumbered": LintRule("a label on what has no number", Heeded.BUILD),
    "cite-unknown": LintRule("a citation of a key that no file of BibTeX has", Heeded.BUILD),
    "citation": LintRule("an entry, a query or a file of BibTeX that cannot be read", Heeded.BUILD),
    "math": LintRule("a formula that KaTeX refuses", Heeded.BUILD),
    "math-comment": LintRule("`%` that hides the rest of a formula", Heeded.BUILD),
    "math-delimiters": LintRule(
        "`$` or `\\(` inside a formula, text between two formulas: a delimiter is missing", Heeded.BUILD
    ),
    "math-digits": LintRule("`10^10`: two digits behind `^` or `_` without braces", Heeded.BUILD),
    "math-leftover": LintRule("`$$`, `\\begin{`, `\\(` that begins no formula and stays in the text", Heeded.BUILD),
    "image": LintRule("an image that the site does not have", Heeded.BUILD),
    "highlight": LintRule("a language of code that nobody knows", Heeded.BUILD),
    "diagram": LintRule("a diagram that cannot be drawn", Heeded.BUILD),
    "url": LintRule("an address that is taken, dead or bad", Heeded.BUILD),
    "liquid": LintRule("a tag or a filter that does not do what it says", Heeded.BUILD),
    "front-matter": LintRule("front matter that cannot be used as it is", Heeded.BUILD),
    "date": LintRule("a date that is none, or another day than it says", Heeded.BUILD),
    "name": LintRule("a file name that cannot be used", Heeded.BUILD),
    "data": LintRule("a data file that is read otherwise", Heeded.BUILD),
    "layout": LintRule("a layout that is not there", Heeded.BUILD),
    "config": LintRule("a configuration that cannot be used as it is", Heeded.BUILD),
    "plugin": LintRule("a plugin that cannot run", Heeded.BUILD),
    "safe": LintRule("HTML that `--safe` takes out", Heeded.BUILD),
    "link": LintRule("a symbolic link that is left out", Heeded.BUILD),
}
"""By name. The code of a diagnostic is the name of its rule."""

ALL = "*"
_WORDS = {"off": False, "on": True, "false": False, "true": True}


def is_on(name: str, options: CheckOptions) -> bool:
    """Whether a rule is heeded."""
    said = {rule: on for rule, on in options.rules if rule in (name, ALL)}
    if said:
        return said.get(name, said.get(ALL, True))
    rule = RULES.get(name)
    return {
        None: True,
        Heeded.BUILD: True,
        Heeded.CHECK: options.lints,
        Heeded.STYLE: options.style,
    }[rule.heeded if rule else None]


class Said(NamedTuple):
    """The rules that a `check:` turns off or on, and the words in it that mean nothing, each with a hint."""

    rules: tuple[tuple[str, bool], ...] = ()
    wrong: tuple[tuple[str, str], ...] = ()


def read_rules(value: Value) -> Said:
    """Read `check: {math-brackets: off}`; `check: off` turns all rules off."""
    if value is None:
        return Said()
    if isinstance(value, bool):
        return Said(((ALL, value),))
    if not isinstance(value, Mapping):
        return Said((), (("`check` has to be a mapping of rules", "write `check: {math-brackets: off}`"),))
    rules: list[tuple[str, bool]] = []
    wrong: list[tuple[str, str]] = []
    for name, word in value.items():
        on = word if isinstance(word, bool) else _WORDS.get(str(word).lower())
        if name not in RULES:
            wrong.append(unknown_rule(str(name)))
        elif on is None:
            wrong.append((f"`{name}` is `on` or `off`, not `{word}`", f"write `{name}: off`"))
        else:
            rules.append((str(name), on))
    return Said(tuple(rules), tuple(wrong))


def unknown_rule(name: str) -> tuple[str, str]:
    """The message about a rule that does not exist, and the next step."""
    near = difflib.get_close_matches(name, [*RULES], 1) or [rule for rule in RULES if rule.endswith(f"-{name}")]
    hint = f"did you mean `{near[0]}`?" if near else "`mathblog check --rules` lists them"
    return f"there is no rule `{name}`", hint


def read_check(settings: Settings) -> CheckOptions:
    """The rules that `check:` of the configuration turns off and on, with a warning for what is none."""
    value = settings.get("check")
    if value is not None and not isinstance(value, bool | Mapping):
        settings.refuse(("check",), "a mapping of rules", "write `check: {math-brackets: off}`")
        return CheckOptions()
    said = read_rules(value)
    for message, hint in said.wrong:
        settings.report(("check",), message, hint)
    return CheckOptions(said.rules)
