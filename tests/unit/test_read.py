"""Whole documents, and data files."""

import datetime

import pytest

from mathblog.core.source import SourceText
from mathblog.model.document import Document
from mathblog.model.options import Collection, FrontMatterDefault, ReadingOptions
from mathblog.reading import data
from mathblog.reading.data import build_data, data_key, read_data_file
from mathblog.reading.read import Reader, ReadResult, read_document

NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
POST = "_posts/2018-10-06-vae.md"


def read(path: str, text: str = "", **options: object) -> ReadResult:
    return read_document(Reader(ReadingOptions(**options), NOW), SourceText(path, text))  # type: ignore[arg-type]


def document(path: str, text: str = "", **options: object) -> Document:
    found = read(path, text, **options).document
    assert found is not None
    return found


@pytest.mark.parametrize("text", ["", "---\n---\n", "---\n---", "\n"])
def test_an_empty_post_is_a_post(text: str) -> None:
    meta = document(POST, text).meta
    assert (meta.title, meta.url, meta.layout, meta.tags) == ("Vae", "/2018/10/06/vae.html", None, ())
    assert document(POST, text).body.strip() == ""


def test_a_post() -> None:
    text = "---\nlayout: post\ntitle: 변분 오토인코더\ntags: [vae, 한글, vae]\ncategories: ai\n---\n\n본문 $$x$$\n"
    found = document(POST, text)
    meta = found.meta
    assert (meta.title, meta.layout, meta.tags, meta.categories) == (
        "변분 오토인코더",
        "post",
        ("vae", "한글"),
        ("ai",),
    )
    assert (meta.slug, meta.ext, meta.collection, meta.draft) == ("vae", ".md", "posts", False)
    assert (found.body, found.body_start) == ("본문 $$x$$\n", text.index("본문"))
    assert text[slice(*found.keys["layout"])] == "post"


@pytest.mark.parametrize(
    ("front", "categories"),
    [
        ("categories: a B a", ("blog", "a", "B")),
        ("categories: [x, [y, 2018], null]", ("blog", "x", "y", "2018")),
        ("category: One Two", ("blog", "One Two")),
        ("categories: a\ncategory: b c", ("blog", "a", "b c")),
        ("categories: blog", ("blog",)),
        ("categories:", ("blog",)),
    ],
)
def test_categories(front: str, categories: tuple[str, ...]) -> None:
    assert document("blog/_posts/2018-10-06-x.md", f"---\n{front}\n---\n").meta.categories == categories


@pytest.mark.parametrize(
    ("front", "tags"),
    [
        ("tags: a b", ("a", "b")),
        ("tag: a b", ("a b",)),
        ("tag: a\ntags: b", ("a",)),
        ("tags: [c++, 2018]", ("c++", "2018")),
    ],
)
def test_tags(front: str, tags: tuple[str, ...]) -> None:
    assert document(POST, f"---\n{front}\n---\n").meta.tags == tags


@pytest.mark.parametrize(
    ("path", "text", "skipped"),
    [
        ("_posts/2026-01-02-x.md", "", "future"),
        (POST, "---\ndate: 2030-01-01\n---\n", "future"),
        (POST, "---\npublished: false\n---\n", "unpublished"),
        (POST, "---\npublished: 'false'\n---\n", "unpublished"),
        (POST, "---\npublished:\n---\n", "unpublished"),
        ("_drafts/x.md", "", "draft"),
        ("page.md", "---\npublished: false\n---\n", "unpublished"),
        ("page.md", "---\ndate: 2030-01-01\n---\n", None),
    ],
)
def test_what_is_left_out(path: str, text: str, skipped: str | None) -> None:
    result = read(path, text)
    assert (result.skipped, result.document is None) == (skipped, skipped is not None)
    assert read(path, text, drafts=True, future=True, unpublished=True).document is not None


def test_now_is_a_moment_not_a_day() -> None:
    assert read("_posts/2026-01-01-x.md", timezone="UTC").document is not None
    assert read("_posts/2026-01-01-x.md", timezone="America/New_York").skipped == "future"


def test_a_draft_has_the_time_of_its_file() -> None:
    modified = datetime.datetime(2025, 5, 5, 20, tzinfo=datetime.UTC)
    options = ReadingOptions(drafts=True, timezone="Asia/Seoul")
    source = SourceText("_drafts/x.md", "")
    found = read_document(Reader(options, NOW), source, modified=modified).document
    assert found is not None
    assert (found.meta.url, found.meta.draft) == ("/2025/05/06/x.html", True)


def test_an_invalid_date_in_the_name_counts_only_when_it_is_used() -> None:
    result = read("_posts/2018-02-40-x.md")
    assert (result.document, result.skipped) == (None, None)
    assert [problem.message for problem in result.diagnostics] == [
        "`2018-02-40` in the file's name is not a date: the post is left out"
    ]
    result = read("_posts/2018-02-40-x.md", "---\ndate: 2018-03-01\n---\n")
    assert result.document is not None
    assert [problem.severity for problem in result.diagnostics] == ["warning"]


@pytest.mark.parametrize(
    ("front", "warnings"),
    [
        ("date: 2018-10-06 14:59:59", 0),
        ("date: 2018-10-06 15:00:00", 1),
        ("date: 2018-10-06 15:00:00 +0000", 0),
        ("date: 2018-10-06 23:00:00 +0900", 0),
        ("date: 2018-10-06", 0),
        ("date: 2018-10-06 15:00:00\npermalink: /fixed/", 0),
    ],
)
def test_a_moved_day_is_said_once_and_can_be_silenced(front: str, warnings: int) -> None:
    assert len(read(POST, f"---\n{front}\n---\n", timezone="Asia/Seoul").diagnostics) == warnings


def test_an_empty_value_keeps_a_documents_default_and_hides_a_pages() -> None:
    defaults = (FrontMatterDefault("", "", {"layout": "base", "categories": ["d"], "date": "2017-01-01"}),)
    post = document(POST, "---\nlayout:\ncategories: [c]\n---\n", defaults=defaults).meta
    assert (post.layout, post.categories, post.url) == ("base", ("d", "c"), "/d/c/2017/01/01/vae.html")
    assert document("a.md", "---\nlayout:\n---\n", defaults=defaults).meta.layout is None
    assert document("a.md", "---\n---\n", defaults=defaults).meta.layout == "base"


@pytest.mark.parametrize(
    ("value", "layout"), [("none", None), ("false", None), ("''", None), ("404", "404"), ("post", "post")]
)
def test_layouts(value: str, layout: str | None) -> None:
    assert document(POST, f"---\nlayout: {value}\n---\n").meta.layout == layout


def test_a_future_member_of_a_collection_is_listed_but_not_written() -> None:
    collections = (Collection("talks", output=True),)
    meta = document("_talks/x.md", "---\ndate: 2030-01-01\n---\n", collections=collections).meta
    assert (meta.url, meta.output_path) == ("/talks/x.html", "")


def test_data_files_become_a_tree() -> None:
    sources = [
        SourceText("_data/people/김 철수.yml", "name: 김\n"),
        SourceText("_data/people.json", '{"all": [1, 2.5, null]}'),
        SourceText("_data/table.csv", 'a,b\n1,"x, y"\n3\n'),
        SourceText("_data/tabs.tsv", "a\tb\n한\t글\n"),
        SourceText("_data/list.yaml", "- a\n- b\n"),
        SourceText("_data/empty.yml", ""),
    ]
    value, problems = build_data(sources)
    assert problems == ()
    assert value == {
        "people": {"all": [1, 2.5, None], "김_철수": {"name": "김"}},
        "table": [{"a": "1", "b": "x, y"}, {"a": "3", "b": None}],
        "tabs": [{"a": "한", "b": "글"}],
        "list": ["a", "b"],
        "empty": None,
    }


@pytest.mark.parametrize(
    ("name", "key"), [("a b", "a_b"), ("c++", "c"), ("x-y_z", "x-y_z"), ("v1.2", "v12"), ("한글", "한글")]
)
def test_data_keys(name: str, key: str) -> None:
    assert data_key(name) == key


@pytest.mark.parametrize(
    ("path", "text", "place", "message"),
    [
        ("_data/a.yml", "a: [1\nb: 2\n", (1, 4), "error: a `[` is never closed"),
        ("_data/a.yml", "b: 1\na: {x: 1\nb: 2\n", (2, 4), "error: a `{` is never closed"),
        ("_data/a.yml", "a: ['x' y,\n 2]\n", (1, 4), "error: a `[` is never closed"),
        ("_data/a.yml", "a: [1, 'b' 'c']\n", (1, 12), "error: a `,` is missing between two values"),
        ("_data/a.yml", "a: [Note] on groups\n", (1, 11), "error: text behind a value that is closed"),
        ("_data/a.yml", "a: 'one' or 'two'\n", (1, 10), "error: text behind a value that is closed"),
        ("_data/a.yml", "a: 1\n  b: 2\n", (2, 4), "error: a second `: ` on one line"),
        ("_data/a.json", '{"a": 1,\n "b" 2}', (2, 6), "error: not JSON: expecting ':' delimiter"),
        ("_data/a.json", '{"a": 1,\n}', (2, 1), "warning: not JSON: "),
        ("_data/a.json", "[" * 100_000, (1, 101), "error: nested more than 100 levels deep"),
        (
            "_data/a.json",
            '{"[\\"{": \n[' + "[" * 98 + '{"a":{}}' + "]" * 99 + "}",
            (2, 100),
            "error: nested more than 100 levels",
        ),
        (
            "_data/a.csv",
            ",".join(map(str, range(3000))) + "\n1" * 1000,
            (668, 1),
            "error: the rows up to this one lack more",
        ),
        ("_data/a.csv", 'a,b\n1,"x" y\n', (2, 1), "error: not a table: "),
    ],
)
def test_broken_data(path: str, text: str, place: tuple[int, int], message: str) -> None:
    (problem,) = read_data_file(SourceText(path, text)).diagnostics
    assert (problem.line, problem.column) == place
    assert f"{problem.severity}: {problem.message}".startswith(message)


def test_data_as_deep_as_may_be_are_read() -> None:
    deep = "[" * 99 + '["[[[[[[[", "]"]' + "]" * 99
    assert read_data_file(SourceText("_data/a.json", deep)).diagnostics == ()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("_data/a.json", "[" + "1," * 100 + "1]"),
        ("_data/a.csv", "a,b\n" + "1,2\n" * 51),
        ("_data/a.tsv", "a\n" + "1\n" * 101),
    ],
)
def test_data_of_very_many_values_is_refused(path: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten megabytes of `1,2` took a gigabyte; YAML had a limit."""
    assert read_data_file(SourceText(path, text)).diagnostics == ()
    monkeypatch.setattr(data, "_MOST", 99)
    found = read_data_file(SourceText(path, text))
    assert found.value is None
    assert [it.message.startswith("more than 99 values") for it in found.diagnostics] == [True]
