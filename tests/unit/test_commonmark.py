"""CommonMark 0.31 stays intact under mathblog's dialect."""

import re
from functools import cache
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from mathblog.markdown.parser import build_parser
from mathblog.model.options import MarkdownOptions
from mathblog.pipeline.extensions import BUILTINS
from support.needs import need

SPEC = Path(__file__).resolve().parents[2] / "node_modules" / "commonmark-spec" / "spec.txt"
EXAMPLES = 652


@cache
def examples() -> list[tuple[str, str]]:
    found = re.findall(
        r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", SPEC.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    return [(markdown.replace("→", "\t"), html.replace("→", "\t")) for markdown, html in found]


@pytest.fixture(autouse=True)
def _the_specification_is_there() -> None:
    need(SPEC.exists(), "the npm package commonmark-spec is missing: run `npm ci`")


def failures(parser: MarkdownIt) -> list[int]:
    return [
        number
        for number, (markdown, html) in enumerate(examples(), 1)
        if parser.render(markdown).split("\n") != html.split("\n")
    ]


def test_all_examples_are_read() -> None:
    assert len(examples()) == EXAMPLES


def test_without_extensions_no_example_differs() -> None:
    assert failures(build_parser(MarkdownOptions(kramdown=False), [BUILTINS.rules["commonmark"]])) == []


def test_emphasis_changes_no_other_examples() -> None:
    """kramdown's emphasis differs from CommonMark's; what has no mark of emphasis is read as before."""
    changed = failures(build_parser(MarkdownOptions(), [BUILTINS.rules[name] for name in ("commonmark", "emphasis")]))
    assert all(re.search(r"[*_~]", examples()[number - 1][0]) for number in changed)
