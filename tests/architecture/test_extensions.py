"""Every declaration leads to code of its own room, and no code of its kind is left without a declaration."""

import ast
import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mathblog.core.digest import fingerprint
from mathblog.extend.declarations import Looks, Tag, load
from mathblog.extend.extensions import gather
from mathblog.liquid.syntax.names import words_of
from mathblog.markdown.parser import build_parser, parser_for
from mathblog.model.options import MarkdownOptions
from mathblog.model.statements.kinds import StatementOptions
from mathblog.pipeline.extensions import BUILTINS

ROOT = Path(__file__).parents[2] / "src" / "mathblog"
REFERENCES = {
    **{f"rule {rule.name}": (rule.install, "markdown") for rule in BUILTINS.rules.values()},
    **{
        f"generator {item.name}": (item.make, "pipeline.citing" if item.name == "details" else "site")
        for item in BUILTINS.generators.values()
    },
    **{f"list of {item.name}": (item.listed, "site") for item in BUILTINS.generators.values() if item.listed},
    **{
        f"check {item.name}": (item.function, "math" if item.looks in (Looks.FORMULAS, Looks.MACROS) else "pipeline")
        for item in BUILTINS.checks.values()
    },
    **{f"theme filter {item.name}": (item.function, "theme") for item in BUILTINS.theme_filters.values()},
    **{f"tag {tag.word}": (tag.read, "liquid") for tag in BUILTINS.tags.values()},
    **{f"filter {item.name}": (item.function, "liquid") for item in BUILTINS.filters.values()},
}


@pytest.mark.parametrize(("reference", "room"), REFERENCES.values(), ids=REFERENCES)
def test_a_declaration_names_a_function_of_its_room(reference: str, room: str) -> None:
    assert reference.startswith(f"mathblog.{room}.")
    assert callable(getattr(load(reference), "find", load(reference)))


def defined(folder: str, begins: str) -> Iterator[str]:
    """The functions of a folder whose names begin like this, as references."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        module = ".".join(("mathblog", *path.relative_to(ROOT).with_suffix("").parts))
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from (
            f"{module}:{node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef) and node.name.startswith(begins)
        )


def test_no_tag_is_forgotten() -> None:
    of_text = {"text:read_text", "maybe:read_maybe"}  # which are no tags
    known = {tag.read for tag in BUILTINS.tags.values()} | {f"mathblog.liquid.tags.{name}" for name in of_text}
    found = {*defined("liquid/tags", "read_"), *defined("liquid/plugins", "read_")}
    assert found - known == set()


def test_no_rule_is_forgotten() -> None:
    known = {rule.install for rule in BUILTINS.rules.values()}
    assert set(defined("markdown/rules", "install")) - known == set()


def test_no_check_is_forgotten() -> None:
    known = {check.function for check in BUILTINS.checks.values()}
    assert set(defined("pipeline/doctor", "check_")) - known == set()


@pytest.mark.parametrize("kramdown", [True, False])
def test_rules_declare_the_names_that_markdown_it_knows(*, kramdown: bool) -> None:
    md = parser_for(MarkdownOptions(kramdown=kramdown, statements=StatementOptions()), BUILTINS)
    rules = [rule for rule in BUILTINS.rules.values() if kramdown or not rule.kramdown]
    for ruler, names in (
        (md.inline.ruler, {name for rule in rules for name in rule.inline}),
        (md.block.ruler, {name for rule in rules for name in rule.block}),
    ):
        assert names - {rule.name for rule in ruler.__rules__ if rule.enabled} == set()


def test_text_stops_where_a_declared_rule_may_begin() -> None:
    """A rule with a character of its own needs no other place than its declaration."""
    rule = replace(BUILTINS.rules["strikethrough"], inline={"strikethrough": "~", "toy": "\ue000"})
    assert "\ue000" not in parser_for(MarkdownOptions(), BUILTINS).inline.terminator_re.pattern
    assert "\ue000" in build_parser(MarkdownOptions(), [rule]).inline.terminator_re.pattern


def test_the_words_of_tags_follow_from_their_declarations() -> None:
    words = words_of(BUILTINS)
    assert words.blocks["if"] == {"elsif", "else"}
    assert words.inner == {"elsif", "else", "when"}
    assert {"endif", "raw", "endcomment", "gist", "#"} < words.known
    assert "break" in words.single
    assert words_of(gather("x", tags=[Tag("shout", "a:b", inner=())])).known > {"shout", "endshout"}


def test_the_digest_stands_for_all_of_it() -> None:
    """Nothing of what is built in is walked when a build makes its keys."""
    assert pickle.loads(pickle.dumps(BUILTINS)) == BUILTINS
    assert fingerprint(BUILTINS) == fingerprint(gather(""))
    assert fingerprint(BUILTINS) != fingerprint(gather("more"))
    assert gather("more", tags=BUILTINS.tags.values()) != BUILTINS


def test_nobody_but_the_engine_takes_what_is_built_in() -> None:
    """All others are given the extensions of the build."""
    files = [path for path in ROOT.rglob("*.py") if path.relative_to(ROOT).parts[0] != "engine"]
    assert [path for path in files if "import BUILTINS" in path.read_text(encoding="utf-8")] == []
