"""Golden cases: a title, an input, what is expected of it, in a Markdown file that reads like a manual.

    ## a title

    ~~~~ input strict_kramdown
    text
    ~~~~

    ~~~~ html
    <p>text</p>
    ~~~~

Words after `input` are the case's settings. `pytest --update-golden` rewrites the expected parts.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
_CASE = re.compile(
    r"^## (?P<title>[^\n]+)\n.*?"
    r"^~~~~ ?input(?P<settings>[^\n]*)\n(?P<input>.*?)^~~~~\n\s*"
    r"^~~~~ ?(?P<kind>\w+)\n(?P<expected>.*?)^~~~~$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Case:
    """One case; `line` is that of its title, `kind` says what is expected: `html`, `text` or `diagnostics`."""

    title: str
    input: str
    expected: str
    line: int
    kind: str
    settings: tuple[str, ...]
    path: Path

    def check(self, actual: str, *, update: bool) -> None:
        """Compare with what is expected, or write it down as expected."""
        actual = actual if actual.endswith("\n") or not actual else actual + "\n"
        if update and actual != self.expected:
            _rewrite(self, actual)
        elif not update:
            assert actual == self.expected, f"{self.path.name}:{self.line}: {self.title}"


def load(name: str) -> list[Case]:
    """The cases of `tests/golden/<name>.md`, in order. A title without a case, or two of a name, is a mistake."""
    path = GOLDEN / f"{name}.md"
    text = path.read_text(encoding="utf-8")
    cases = [
        Case(
            found["title"],
            found["input"],
            found["expected"],
            text.count("\n", 0, found.start()) + 1,
            found["kind"],
            tuple(found["settings"].split()),
            path,
        )
        for found in _CASE.finditer(text)
    ]
    titles = [case.title for case in cases]
    assert len(set(titles)) == len(titles), f"{path.name}: a title stands twice"
    headings = re.findall(
        r"^## (.+)$", re.sub(r"^~~~~.*?^~~~~$", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE
    )
    assert headings == titles, f"{path.name}: titles without a case: {set(headings) - set(titles)}"
    return cases


def parametrize(*names: str) -> pytest.MarkDecorator:
    """Run a test with each case of some files, as its argument `case`."""
    cases = [case for name in names for case in load(name)]
    return pytest.mark.parametrize("case", cases, ids=[f"{case.path.stem}: {case.title}" for case in cases])


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether expected parts are to be rewritten. Import it into a test module to use it."""
    return bool(request.config.getoption("--update-golden"))


def _rewrite(case: Case, actual: str) -> None:
    text = case.path.read_text(encoding="utf-8")
    found = next(found for found in _CASE.finditer(text) if found["title"] == case.title)
    case.path.write_text(text[: found.start("expected")] + actual + text[found.end("expected") :], encoding="utf-8")
