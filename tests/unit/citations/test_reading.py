"""BibTeX files: entries, strings, inheritance, and what is said about broken ones."""

import pytest

from mathblog.citations.reading import read_bibliography
from mathblog.core.source import SourceText

FILE = "_bibliography/own.bib"


def read(text: str) -> dict[str, dict[str, str]]:
    return {it.key: dict(it.fields) for it in read_bibliography(SourceText(FILE, text)).references}


def problems(text: str) -> list[tuple[int, int, str]]:
    found = read_bibliography(SourceText(FILE, text)).diagnostics
    assert all(problem.path == FILE for problem in found)
    return [(problem.line, problem.column, problem.message) for problem in found]


def test_values_are_joined_and_strings_put_in() -> None:
    text = """---
---
@string{ams = {Amer. Math. Soc.}}
@comment{ nobody reads this }
@Book(lang93, TITLE = "Real " # {and {F}unctional}, publisher = ams, year = 1993, month = AUG,)
"""
    assert read(text) == {
        "lang93": {
            "title": "Real and {F}unctional",
            "publisher": "Amer. Math. Soc.",
            "year": "1993",
            "month": "August",
        }
    }
    assert not problems(text)


def test_fields_are_inherited_by_crossref() -> None:
    text = """@incollection{part, title = {Part}, crossref = {Whole}, pages = {1}}
@book{whole, title = {Whole}, publisher = {Press}, year = 1900, note = {own}}
"""
    assert read(text)["part"] == {
        "title": "Part", "crossref": "Whole", "pages": "1", "booktitle": "Whole", "publisher": "Press", "year": "1900",
    }  # fmt: skip


def test_fields_of_xdata_go_to_who_names_it() -> None:
    text = """@xdata{press, publisher = {Press}, location = {Here}}
@xdata{series, series = {Notes}, publisher = {Other}}
@book{a, title = {A}, location = {There}, xdata = {press, series}}
@set{both, entryset = {a, b}}
"""
    assert [*read(text)] == ["a"]
    fields = dict(read(text)["a"])
    assert (fields["publisher"], fields["location"], fields["series"]) == ("Press", "There", "Notes")


def test_a_broken_entry_is_told_at_its_place_and_the_rest_is_used() -> None:
    text = """@article{first, title = {One}}
@article{second, author = {B, C} year = 1999}
write to me@example.org
@article{third, title = {Three}}
"""
    assert problems(text) == [(2, 34, "the entry `second` is broken: `,` or `}` expected")]
    assert read(text) == {"first": {"title": "One"}, "second": {"author": "B, C"}, "third": {"title": "Three"}}


def test_an_entry_that_does_not_end_takes_no_other_along() -> None:
    text = "@book{open, title = {A {B}, year = 2001}\n\n@book{next, title = {C}}\n"
    assert problems(text) == [(1, 1, "the entry `open` does not end")]
    assert read(text)["next"] == {"title": "C"}


def test_a_value_may_hold_a_line_that_looks_like_an_entry() -> None:
    text = "@misc{a, abstract = {cite it as\n@misc{x, title={y}}\n}, title = {A}}\n@misc{b, title = {B}}\n"
    assert not problems(text)
    assert list(read(text)) == ["a", "b"]


@pytest.mark.parametrize("names", ["M&uuml;ller, P. and Kn&ouml;ll, B.", "Erd&#337;s, P.", "R&#xe9;nyi, A."])
def test_entities_part_no_names(names: str) -> None:
    assert not problems(f"@misc{{a, author = {{{names}}}}}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "@misc{a, author = {Smith, J., Doe, K., Roe, L.}}",
            "the names of `author` of `a` are not joined by `and`",
        ),
        ("@misc{a, editor = {Smith, J.; Doe, K.}}", "the names of `editor` of `a` are not joined by `and`"),
        ("@misc{a, author = {M&uuml;ller, P.; Doe, K.}}", "the names of `author` of `a` are not joined by `and`"),
        ("@misc{a, title = nowhere}", "no `@string` is called `nowhere`"),
        ("@misc{a, title = {x}, title = {y}}", "`a` has two fields `title`"),
        ("@misc{a, title = {x}}\n@misc{a, title = {y}}", "a second entry `a`"),
        ("@misc{a, crossref = {b}}", "`a` takes fields from `b`, which is no entry of this file"),
    ],
)
def test_smaller_faults(text: str, message: str) -> None:
    assert [said for _, _, said in problems(text)] == [message]


def test_many_broken_entries_take_no_longer_each() -> None:
    """Each of them would search the whole rest of the file for its end: the time is that of four entries."""
    text = "".join(f"@misc{{k{number}, title = {{open\n" for number in range(3000))
    assert len(problems(text)) == 3000


def test_strings_that_double_are_stopped() -> None:
    strings = "".join(f"@string{{s{it + 1} = s{it} # s{it}}}\n" for it in range(40))
    text = (
        f'@string{{s0 = "xx"}}\n{strings}@book{{a, title = s40, month = jan}}\n@book{{b, title = {{B}}, month = feb}}\n'
    )
    assert read(text)["b"] == {"title": "B", "month": "February"}
    assert any("too much text" in message for _, _, message in problems(text))
    assert sum(len(value) for fields in read(text).values() for value in fields.values()) < 1_000_000
