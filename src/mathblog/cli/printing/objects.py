"""Reports as objects of JSON, which a CI service and a terminal show as they are."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from mathblog.core.diagnostic import Diagnostic
from mathblog.core.patterns import lazy_pattern
from mathblog.core.printable import printable

OLD_COMMAND = lazy_pattern(r"#(?=#(?:vso)?\[)")  # of GitHub and Azure, anywhere in a line


def to_json(diagnostics: Iterable[Diagnostic], summary: Mapping[str, object]) -> str:
    """The problems and a summary."""
    problems = [asdict(item) for item in diagnostics]
    return printable_json(json.dumps({"diagnostics": problems, "summary": summary}, ensure_ascii=False, indent=2))


def printable_json(text: str) -> str:
    """An object of JSON whose texts are exact: JSON's own escapes stand for what may not be printed."""
    shown = OLD_COMMAND.sub(r"\\u0023", text)
    return "\n".join(
        "".join(char if printable(char) == char else json.dumps(char)[1:-1] for char in line)
        for line in shown.split("\n")
    )
