"""Commas behind the last selector of a rule in the indented syntax: Jekyll's older compilers, sassc among them, took them."""


def without_last_comma(text: str, fault: int) -> tuple[str, int] | None:
    """Return a sheet with a blank for the comma before the block that has a fault, and where it stood; None where none is.

    Sass reads on behind the comma, and stops in the first declaration of the block as in a selector.
    """
    line = text.rfind("\n", 0, fault) + 1
    before = text[:line].rstrip()
    selector = before.rpartition("\n")[2]
    if not selector.endswith(",") or _indentation(text[line:fault]) <= _indentation(selector):
        return None
    comma = len(before) - 1
    return f"{text[:comma]} {text[comma + 1 :]}", comma


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())
