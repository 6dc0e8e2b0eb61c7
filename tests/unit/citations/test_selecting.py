"""Queries, orders and groups of lists."""

import pytest

from mathblog.citations.reading import read_bibliography
from mathblog.citations.selecting import Grouping, group_entries, matches, sort_entries
from mathblog.core.source import SourceText

ENTRIES = read_bibliography(
    SourceText(
        "a.bib",
        """@book{a, title={Zeta}, year=1999, month=feb, selected={true}, keywords={tori}}
@article{b, title={Eta}, year=2003, month=jan}
@phdthesis{c, title={Beta}, year=2003, selected={false}}
@mastersthesis{d, title={Alpha}, date={2010-05-01}, selected={true}}
""",
    )
).references


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("@*", "abcd"),
        ("@book", "a"),
        ("!@book", "bcd"),
        ("@book, @article", "ab"),
        ("@*[selected=true]", "ad"),
        ("@*[selected]", "acd"),
        ("@*[year>=2003]", "bcd"),
        ("@*[year>=2003 && year<2010]", "bc"),
        ("@*[year=1999 || title=Alpha]", "ad"),
        ("@*[keywords ^= tor]", "a"),
        ("@*[title ~= eta]", "abc"),
        ("@*[selected!=true]", "bc"),
    ],
)
def test_queries(query: str, keys: str) -> None:
    test = matches(query)
    assert "".join(it.key for it in ENTRIES if test(it)) == keys


def test_what_is_no_query_is_refused() -> None:
    with pytest.raises(ValueError, match="not a query: `nonsense`"):
        matches("nonsense")


@pytest.mark.parametrize(
    ("keys", "orders", "expected"),
    [(["title"], ["ascending"], "dcba"), (["year", "month"], ["descending", "ascending"], "dcba"), ([], [], "abcd")],
)
def test_orders(keys: list[str], orders: list[str], expected: str) -> None:
    assert "".join(it.key for it in sort_entries(ENTRIES, keys, orders)) == expected


def test_groups() -> None:
    years = group_entries(ENTRIES, Grouping(("year",), ("descending",)))
    assert [(group.headings, [it.key for it in group.references]) for group in years] == [
        (((0, "2010"),), ["d"]),
        (((0, "2003"),), ["b", "c"]),
        (((0, "1999"),), ["a"]),
    ]
    types = group_entries(ENTRIES, Grouping(("type", "year"), type_order=("thesis", "book")))
    assert [group.headings for group in types] == [
        ((0, "Theses"), (1, "2003")),
        ((1, "2010"),),
        ((0, "Books"), (1, "1999")),
        ((0, "Journal Articles"), (1, "2003")),
    ]
