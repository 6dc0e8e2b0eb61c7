"""All codes of messages by their names, and what is printed about one of them."""

from collections.abc import Iterator

from mathblog.config.messages.explanation import POST
from mathblog.config.messages.formulas import FORMULAS
from mathblog.config.messages.site import SITE
from mathblog.config.messages.texts import TEXTS
from mathblog.config.rules import RULES, Heeded

EXPLANATIONS = {**FORMULAS, **TEXTS, **SITE}
_HEEDED = {
    Heeded.BUILD: "every build reports it",
    Heeded.CHECK: "`mathblog check` reports it",
    Heeded.STYLE: "`mathblog check --style` reports it",
}


def find_code(word: str) -> str:
    """The code that a word names, with or without brackets; '' for none."""
    word = word.removeprefix("[").removesuffix("]")
    return word if word in EXPLANATIONS else ""


def explain_code(code: str) -> Iterator[str]:
    """The explanation of a code, line by line."""
    found, rule = EXPLANATIONS[code], RULES.get(code)
    yield f"{code}: {found.means}"
    if found.example:
        yield from ("", f"For example, in `{found.file}`:" if found.file != POST else "For example:", "")
        yield from (f"    {line}".rstrip() for line in found.example.rstrip("\n").split("\n"))
    yield from ("", f"What to do: {found.remedy}")
    if rule is not None:
        yield from (
            "",
            f"It is a rule: {_HEEDED[rule.heeded]}. `check: {{{code}: off}}` in `_config.yml` or front matter turns it off.",
        )


def reference_page() -> str:
    """The page of the documentation with all codes."""
    lines = [
        "# Codes of messages",
        "",
        "Each message ends with its code in brackets. `mathblog explain CODE` prints what stands here; [messages](../guide/diagnostics.md) says how to read a report.",
    ]
    for code, found in sorted(EXPLANATIONS.items()):
        rule = RULES.get(code)
        lines += ["", f"## `{code}`", "", found.means]
        if found.example:
            more = f" in `{found.file}`" if found.file != POST else ""
            lines += ["", f"For example{more}:", "", "````", found.example.rstrip("\n"), "````"]
        lines += ["", found.remedy]
        if rule is not None:
            lines += ["", f"A rule: {_HEEDED[rule.heeded]}."]
    return "\n".join(lines) + "\n"
