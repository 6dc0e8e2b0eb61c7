"""Every kind of fact is declared once, and in words that `explain` and the documentation share."""

import re
from pathlib import Path

import pytest

from mathblog.engine.incremental.build_record import DocumentRow
from mathblog.model.compiled import Compiled
from mathblog.model.facts import catalogue, kinds
from mathblog.model.facts.kind import Kind, Origin

ROOT = Path(__file__).parents[2]
KINDS = [pytest.param(kind, id=name) for name, kind in catalogue.KINDS.items()]


def row(kind: Kind[object]) -> str:
    words = ", ".join((f'"{kind.name}"', *kind.parameters))
    return f"| `({words}{'' if kind.parameters else ','})` | {kind.value} | {kind.origin.value} |"


def test_the_documentation_has_the_kinds_of_the_catalogue() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = re.search(r"\| key \| value \| follows from \|\n\|[-|]+\|\n((?:\|.*\n)+)", text)
    assert table is not None
    assert table[1].splitlines() == [row(kind) for kind in catalogue.KINDS.values()]


def test_no_two_kinds_have_one_name() -> None:
    declared = [value for value in vars(kinds).values() if isinstance(value, Kind)]
    assert len({kind.name for kind in declared}) == len(declared) == len(catalogue.KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_a_constant_of_its_name(kind: Kind[object]) -> None:
    assert getattr(kinds, kind.name.upper()) is kind


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_words_for_a_fact_and_its_change(kind: Kind[object]) -> None:
    key = (kind.name, *(f"<{word}>" for word in kind.parameters))
    words = " ".join(key[1:])
    for said in (catalogue.name_fact(key), catalogue.say_changed(key)):
        assert said
        assert "{" not in said
        assert not words or words in said


def test_each_origin_has_kinds() -> None:
    assert {kind.origin for kind in catalogue.KINDS.values()} == set(Origin)


def test_facts_of_texts_and_files_are_told_by_a_path() -> None:
    """A build that goes by changed texts makes the keys of the facts that these change, of a path each; of labels it compares those that were read."""
    told = {
        name: kind.parameters
        for name, kind in catalogue.KINDS.items()
        if name in catalogue.OF_TEXTS | catalogue.OF_FILES
    }
    assert told.pop(kinds.LABEL.name) == ("path", "name")
    assert set(told.values()) == {("path",)}


def test_no_key_is_written_out() -> None:
    """A stage names a kind by its constant, so that the type of the answer is known."""
    words = "|".join(catalogue.KINDS)
    pattern = re.compile(rf"""(?:view|facts)\.(?:get|digest)\(\(?["'](?:{words})["']""")
    files = (ROOT / "src").rglob("*.py")
    assert [str(path) for path in files if pattern.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.values[0].origin is Origin.TEXT])
def test_what_follows_from_a_text_stands_in_its_row_and_in_what_was_compiled(kind: Kind[object]) -> None:
    """A kind that follows from a text is found by its name; single labels are found in those of their document."""
    if kind is kinds.LABEL:
        return
    assert kind.name in DocumentRow._fields
    assert kind is kinds.COMPILED or hasattr(Compiled, kind.name)
