"""Patterns that are compiled late: they answer as Python's own do, and none of the program's has an error in it."""

import ast
import gc
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import mathblog
from mathblog.core.patterns import LazyPattern, lazy_pattern

WORDS = (r"(?P<word>[a-z]+)(\d)?", "", "abc", "1 ab2 Cd", "ab\ncd")


@pytest.mark.parametrize("method", ["match", "fullmatch", "search", "findall", "split"])
def test_methods_are_those_of_a_pattern(method: str) -> None:
    for flags in (0, re.IGNORECASE, re.MULTILINE | re.DOTALL):
        late, own = lazy_pattern(WORDS[0], flags), re.compile(WORDS[0], flags)
        for text in WORDS[1:]:
            assert repr(getattr(late, method)(text)) == repr(getattr(own, method)(text))
    assert [found.span() for found in late.finditer(WORDS[3])] == [(2, 5), (7, 8)]
    assert (late.sub("-", WORDS[3]), late.subn("-", WORDS[3])) == ("1 - C-", ("1 - C-", 2))
    assert (late.match("ab", 1, 2).span(), late.flags, late.groups, late.pattern) == ((1, 2), own.flags, 2, WORDS[0])
    assert late.groupindex == {"word": 1}


def test_an_error_is_raised_by_the_first_use() -> None:
    broken = lazy_pattern("(")
    with pytest.raises(re.error):
        broken.match("a")


def compiled_at_import(node: ast.AST) -> Iterator[int]:
    """The lines in which a module compiles a pattern when it is loaded: those that no function runs."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and ast.unparse(child.func) == "re.compile":
            yield child.lineno
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from compiled_at_import(child)


def test_no_module_compiles_a_pattern_when_it_is_loaded() -> None:
    root = Path(mathblog.__path__[0])
    found = {
        f"{path.relative_to(root)}:{line}: use `lazy_pattern` of `mathblog.core.patterns`"
        for path in root.rglob("*.py")
        for line in compiled_at_import(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == set()


def test_all_patterns_of_the_program_can_be_compiled() -> None:
    for module in pkgutil.walk_packages(mathblog.__path__, "mathblog."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    patterns = [value for value in gc.get_objects() if type(value) is LazyPattern]
    assert len(patterns) > 300
    refused = []
    for late in patterns:
        try:
            _ = late.groups
        except re.error as error:
            refused.append((late.pattern, str(error)))
    assert [pattern for pattern, _ in refused if pattern != "("] == []
