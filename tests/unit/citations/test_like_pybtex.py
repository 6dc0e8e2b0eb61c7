"""What we do faster than pybtex gives what pybtex gives."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex import richtext
from pybtex.database import Person
from pybtex.database.input.bibtex import LowLevelParser
from pybtex.richtext import HRef, Protected, String, Tag
from pybtex.scanner import PybtexSyntaxError

from mathblog.citations import rich
from mathblog.citations.latex import Maths, plain
from mathblog.citations.names import Name, read_names
from mathblog.citations.reading import BibTeXParser

PIECES = (
    *("a = {b}", ",", "x=1", 'y="q {z}"', "e = {}", "n = {a {b} c}", "d = {a {b {c}}}", "m = jan", "j = {a} # {b}"),
    *("g = {a {b {c {d} e}} {f}}", "h = {a {b {c {d {e}}}}}", "i = {a {b {c}"),
    *('p = "u"', "{", "}", '"', "#", "=", " ", "\n", "1", "@", ")", "é = {a}", "s = a", "t-1 = 2 3"),
)


class Strings(dict[str, str]):
    """The `@string`s of a file, and how much text they may bring in."""

    left = 1_000_000


def fields_of(parser: LowLevelParser) -> tuple[object, ...]:
    """The commands of a parser, and the problem that stops it."""
    found: list[object] = []
    try:
        found.extend(parser)
    except PybtexSyntaxError as error:
        return found, str(error.args[0]), parser.pos
    return found, "", parser.pos


@given(
    st.lists(st.sampled_from(PIECES), max_size=8), st.sampled_from(["@a{k,%s}", "@a(k,%s)", "@a{k %s}\n@b{l,c = 1}"])
)
def test_fields_are_those_of_the_parser(pieces: list[str], entry: str) -> None:
    text = entry % "".join(pieces)
    macros = Strings(jan="January")
    assert fields_of(BibTeXParser(text, macros=macros)) == fields_of(LowLevelParser(text, macros=macros))


texts = st.recursive(
    st.text("ab ", max_size=2) | st.builds(String, st.text("ab", max_size=2)),
    lambda inner: st.builds(
        lambda kind, parts: kind(*parts),
        st.sampled_from([richtext.Text, Protected, partial(Tag, "i"), partial(Tag, "b"), partial(HRef, "u")]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@given(st.lists(texts, max_size=5))
def test_a_text_is_made_of_the_same_parts(parts: list[object]) -> None:
    one, other = rich.RichText(*parts), richtext.Text(*parts)
    assert repr(one) == repr(other)
    assert len(one) == len(other)
    assert repr(one[1:-1]) == repr(other[1:-1])


def test_formulas_in_a_text_stay_apart() -> None:
    formula, string = Maths("x"), String("a")
    assert rich.RichText(formula, formula, string, string).parts == [formula, formula, String("aa")]
    with pytest.raises(TypeError, match="not int"):
        rich.RichText(1)


@given(
    st.lists(st.sampled_from(["Knuth", "Donald E.", ", ", " ", "von", "de", "É", "J.-P.", "Ng", "3", "-"]), max_size=6)
)
def test_plain_names_are_split_as_pybtex_splits_them(words: list[str]) -> None:
    value = "".join(words)
    names = read_names(value)
    if len(names) == 1 and value.count(",") == 1 and "," not in names[0].last:
        person = Person(value)
        parts = (person.last_names, [*person.first_names, *person.middle_names], person.prelast_names)
        assert names == (Name(*(" ".join(map(plain, part)) for part in parts)),)
