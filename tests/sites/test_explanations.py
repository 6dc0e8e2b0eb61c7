"""`mathblog explain CODE`: every code that the program can emit is explained, and the examples bring what they are examples of."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from mathblog.cli.main import command
from mathblog.config.messages.catalogue import EXPLANATIONS, reference_page
from mathblog.config.messages.explanation import POST
from mathblog.config.rules import RULES
from mathblog.core.stops import Stop
from mathblog.engine.check import check
from mathblog.engine.doctor import diagnose
from mathblog.engine.request import BuildRequest
from support.site import Site

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src/mathblog").rglob("*.py"))
OF_THE_DOCTOR = ("math-hand-number",)
WITHOUT_EXAMPLE = {
    "encoding", "link-external", "safe", "link", "jekyll", "theme", "destination", "build", "import", "verify", "internal",
    "diagram", "search",
}  # fmt: skip


def constants(tree: ast.Module) -> dict[str, str]:
    """The texts that a module gives names to, also several in one line."""
    found: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                pairs = [(target, node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = [*zip(target.elts, node.value.elts, strict=True)]
                for name, value in pairs:
                    if isinstance(name, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
                        found[name.id] = value.value
    return found


def emitted(path: Path) -> Iterator[str]:
    """The codes that a module hands to a diagnostic: texts, and names of its own or imported constants."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known = constants(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mathblog."):
            module = ROOT / "src" / Path(*str(node.module).split(".")).with_suffix(".py")
            if module.is_file():
                theirs = constants(ast.parse(module.read_text(encoding="utf-8")))
                known |= {
                    alias.asname or alias.name: theirs[alias.name] for alias in node.names if alias.name in theirs
                }
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "code":
            for value in ast.walk(node.value):
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield value.value
                elif isinstance(value, ast.Name) and value.id in known:
                    yield known[value.id]


def test_every_code_that_is_emitted_is_explained() -> None:
    codes = {code for path in SOURCES for code in emitted(path)} - {""}
    assert {"math", "url", "label-unknown", "front-matter-key", "internal", "citation", "jekyll"} <= codes
    assert codes | set(RULES) | {stop.code for stop in Stop} <= set(EXPLANATIONS)


def test_no_code_is_explained_that_nothing_emits() -> None:
    texts = "\n".join(path.read_text("utf-8") for path in SOURCES if "messages" not in path.parts)
    assert [code for code in EXPLANATIONS if f'"{code}"' not in texts] == []


def test_the_codes_of_the_golden_cases_are_explained() -> None:
    said = re.compile(r"(?:error|warning): .* \[([a-z]+(?:-[a-z]+)*)\]$", re.MULTILINE)
    found = {code for path in (ROOT / "tests/golden").glob("*.md") for code in said.findall(path.read_text("utf-8"))}
    assert len(found) > 10
    assert found <= set(EXPLANATIONS)


def test_an_example_brings_its_message(site: Site) -> None:
    assert {code for code, it in EXPLANATIONS.items() if not it.example} == WITHOUT_EXAMPLE
    places: dict[str, str] = {}
    site.write({"_bibliography/other.bib": "@book{b, title = {B}, year = 2000}\n"})
    for day, (code, it) in enumerate(sorted(EXPLANATIONS.items())):
        if it.example:
            places[code] = it.file.replace("2026-01-15", f"2026-01-{day % 28 + 1:02}").replace("example", f"of-{code}")
            text = (
                it.example if it.file != POST or it.example.startswith("---") else f"---\ntitle: T\n---\n{it.example}\n"
            )
            if it.file == "_config.yml":
                text = f"title: T\nurl: https://example.org\ntheorems: true\nmath: {{number: ams}}\n{text}"
            site.write({places[code]: text.encode()})
    request = BuildRequest(site.source, lints=True, style=True)
    checked = check(replace(request, keep_going=True)).diagnostics
    found = {(it.code, it.path) for it in checked}
    found |= {(it.code, it.path) for it in diagnose(request).diagnostics if it.code in OF_THE_DOCTOR}
    missing = [code for code, path in places.items() if (code, path) not in found]
    assert not missing
    fixed = {it.code for it in checked if it.fix is not None and it.path == places.get(it.code)}
    assert {code for code, it in EXPLANATIONS.items() if "`mathblog check --fix` does" in it.remedy} <= fixed


def test_the_page_of_the_documentation_has_them_all(request: pytest.FixtureRequest) -> None:
    page = ROOT / "docs/reference/messages.md"
    if request.config.getoption("--update-golden"):
        page.write_text(reference_page(), encoding="utf-8")
    assert page.read_text("utf-8") == reference_page()


def test_a_code_is_explained_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for word in ("math-digits", "[math-digits]"):
        said = CliRunner().invoke(command, ["explain", word])
        assert said.exit_code == 0
        assert "There are $10^10$ of them." in said.output
        assert "`check: {math-digits: off}`" in said.output
    listed = CliRunner().invoke(command, ["explain"]).output.splitlines()
    assert [line.split()[0] for line in listed] == sorted(EXPLANATIONS)


def test_an_address_is_explained_as_before(site: Site) -> None:
    site.post("2026-01-15-x").build().is_good()
    done = CliRunner().invoke(command, ["explain", "/2026/01/15/x.html", *site.flags])
    assert "next build: leaves it as it is" in done.output
    slip = CliRunner().invoke(command, ["explain", "label-unknow", *site.flags])
    assert slip.exit_code == 2
    assert "did you mean the code `label-unknown`?" in slip.output
