"""What is an error is declared in one place (ADR 20)."""

from pathlib import Path

from mathblog.core.stops import Stop

ROOT = Path(__file__).parents[2]


def test_only_the_table_makes_errors() -> None:
    """`Severity.ERROR` is compared with elsewhere, and given to no problem."""
    core = ROOT / "src" / "mathblog" / "core"
    files = (path for path in (ROOT / "src").rglob("*.py") if core not in path.parents)
    assert [str(path) for path in files if "severity=Severity.ERROR" in path.read_text(encoding="utf-8")] == []


def test_each_kind_has_its_reason_and_its_code_in_the_guide() -> None:
    guide = (ROOT / "docs" / "guide" / "diagnostics.md").read_text(encoding="utf-8")
    for stop in Stop:
        assert stop.why
        assert f"`{stop.code}`" in guide or stop.code == "verify"
