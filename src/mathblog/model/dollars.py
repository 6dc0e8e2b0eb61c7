"""Single dollars: where one closes."""

import re

# the step through a `$…$`: dollars inside \text{…} belong to the text
_STEP = re.compile(r"\\(?:text[a-z]*|mbox|hbox)\s*\{|\\.|[{}$]", re.DOTALL)
_FARTHEST = 1000  # characters searched for the end of a \text{…} that holds a dollar: keeps the search linear


def closing_dollar(text: str, start: int, limit: int) -> int:
    """Where the dollar stands that closes a formula whose TeX begins at `start`; -1 where none does before `limit`."""
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
