"""`docs/security.md` names the test of each promise: they exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)))
LOOSE = sorted(set(re.findall(r"`(test_\w+)…?`", PAGE)))


@cache
def names_of(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


@pytest.mark.parametrize(("path", "name"), NAMED, ids="::".join)
def test_a_named_test_exists(path: str, name: str) -> None:
    assert (ROOT / path).is_file()
    assert not name or name in names_of(ROOT / path)


def test_tests_that_are_named_without_their_file_exist() -> None:
    names = {name for path in (ROOT / "tests").rglob("test_*.py") for name in names_of(path)}
    assert [name for name in LOOSE if not any(found.startswith(name) for found in names)] == []


def test_every_row_names_a_test() -> None:
    rows = [line for line in PAGE.splitlines() if re.match(r"\| \d+ \|", line)]
    assert len(rows) == 48
    assert [row for row in rows if "::test_" not in row] == []
