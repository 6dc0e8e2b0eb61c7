"""Imports go down only, rooms of one level never import each other, and only `engine` touches disk, clock, processes."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "src" / "mathblog"
LEVELS = {
    "core": 0,
    "model": 1,
    "text": 2,
    "extend": 2,
    **dict.fromkeys(
        (
            "authoring",
            "citations",
            "config",
            "reading",
            "liquid",
            "markdown",
            "math",
            "site",
            "styles",
            "theme",
            "plugins",
            "gems",
        ),
        3,
    ),
    "pipeline": 4,
    "engine": 5,
    "serve": 6,
    "lsp": 6,
    "cli": 7,
}
OUTSIDE = {
    "os",
    "pathlib",
    "subprocess",
    "multiprocessing",
    "threading",
    "time",
    "shutil",
    "tempfile",
    "socket",
    "sqlite3",
}
FILES = sorted(path for path in ROOT.rglob("*.py") if path.parent != ROOT)


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down(path: Path) -> None:
    own = room(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "mathblog" or len(parts) < 2 or parts[1] not in LEVELS:
            continue
        other = parts[1]
        assert other == own or LEVELS[other] < LEVELS[own], f"{own} imports {other}"


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if LEVELS[room(path)] < LEVELS["engine"]],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_only_the_engine_touches_the_outside(path: Path) -> None:
    for name in imports(path):
        assert name.split(".")[0] not in OUTSIDE, f"{room(path)} imports {name}"
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"open", "print", "input"}, f"{path.name}:{node.lineno} calls {node.func.id}"
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}:
            owner = node.value
            assert not (isinstance(owner, ast.Name) and owner.id in {"datetime", "date"}), (
                f"{path.name}:{node.lineno} asks the clock"
            )


def test_rooms_are_packages_that_import_nothing() -> None:
    for name in LEVELS:
        init = ROOT / name / "__init__.py"
        if not (ROOT / name).is_dir():
            continue
        assert init.exists(), name
        assert not list(imports(init)), f"{name}/__init__.py imports something"


def test_files_are_short_enough_to_read() -> None:
    long = {str(path): lines for path in FILES if (lines := path.read_text(encoding="utf-8").count("\n")) > 300}
    assert not long


def test_no_modules_import_each_other_in_a_circle() -> None:
    modules = {".".join(("mathblog", *path.relative_to(ROOT).with_suffix("").parts)): path for path in FILES}
    graph = {name: {other for other in imports(path) if other in modules} - {name} for name, path in modules.items()}
    TopologicalSorter(graph).prepare()  # raises `CycleError`, which shows the circle


def test_the_rooms_of_the_engine_have_an_order() -> None:
    engine = ROOT / "engine"
    rooms = {path.name for path in engine.iterdir() if (path / "__init__.py").exists()}
    graph = {
        name: {
            parts[2]
            for path in (engine / name).rglob("*.py")
            for imported in imports(path)
            if len(parts := imported.split(".")) > 2 and parts[:2] == ["mathblog", "engine"] and parts[2] in rooms
        }
        - {name}
        for name in rooms
    }
    TopologicalSorter(graph).prepare()


def test_a_folder_holds_no_more_files_than_one_can_look_through() -> None:
    folders = {path.parent for path in FILES}
    crowded = {str(folder): count for folder in folders if (count := len(list(folder.glob("*.py")))) > 17}
    assert not crowded
