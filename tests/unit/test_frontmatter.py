"""Front matter: where it is, what YAML says in it, and bad input of every kind."""

import datetime
import time
import tracemalloc

import pytest

from mathblog.core.diagnostic import Severity
from mathblog.core.excerpt import describe
from mathblog.core.source import SourceText, Span
from mathblog.model.options import ReadingOptions
from mathblog.reading.decode import decode
from mathblog.reading.frontmatter import read_front_matter, split
from mathblog.reading.naming import has_front_matter
from mathblog.reading.read import Reader, read_document
from mathblog.text.yaml.data import load_yaml
from support.golden import Case, parametrize, update_golden

__all__ = ["update_golden"]

NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@parametrize("front-matter")
def test_faults(case: Case, update_golden: bool) -> None:  # noqa: FBT001 - a fixture
    path = "_posts/2018-10-06-vae.md"
    result = read_document(Reader(ReadingOptions(timezone="Asia/Seoul"), NOW), SourceText(path, case.input))
    found = sorted(result.diagnostics, key=lambda problem: problem.sort_key)
    case.check("\n".join(map(describe, found)), update=update_golden)


@pytest.mark.parametrize(
    ("text", "yaml", "body"),
    [
        ("---\na: 1\n---\nbody\n", "a: 1\n", "body\n"),
        ("---\na: 1\n---\n\n  \n\nbody\n", "a: 1\n", "body\n"),
        ("---\na: 1\n...\nbody\n", "a: 1\n", "body\n"),
        ("---  \na: 1\n---  \nbody\n", "a: 1\n", "body\n"),
        ("---\na: 1\n---", "a: 1\n", ""),
        ("---\n---\nbody", "", "body"),
        ("---\na: |\n  ---\n---\n    code\n", "a: |\n  ---\n", "    code\n"),
        ("---\na: 1\n----\n--- x\n---\nb", "a: 1\n----\n--- x\n", "b"),
        (" ---\na: 1\n---\n", None, " ---\na: 1\n---\n"),
        ("--- x\na: 1\n---\n", None, "--- x\na: 1\n---\n"),
        ("", None, ""),
    ],
)
def test_split(text: str, yaml: str | None, body: str) -> None:
    parts = split(text)
    assert (parts.yaml and text[parts.yaml.start : parts.yaml.end]) == (yaml if yaml != "" else parts.yaml and "")
    assert text[parts.body_start :] == body


def test_the_first_line_decides() -> None:
    assert has_front_matter(b"---\r\na: 1\r\n---\r\n")
    assert has_front_matter(b"\xef\xbb\xbf---\n")
    assert not has_front_matter(b"---")
    assert not has_front_matter(b"----\n")
    assert not has_front_matter(b"")


def test_places_are_those_of_the_file() -> None:
    source = SourceText("a.md", "---\nlayout: 글\ntags:\n  - a\nempty:\n---\nbody")
    front = read_front_matter(source)
    assert {key: source.text[span.start : span.end] for key, span in front.keys.items()} == {
        "layout": "글",
        "tags": "tags",
        "empty": "empty",
    }
    assert front.data == {"layout": "글", "tags": ["a"], "empty": None}


def test_a_yaml_file_that_starts_with_a_fence_is_all_body() -> None:
    front = read_front_matter(SourceText("a.yml", "---\na: 1\n"))
    assert (front.data, front.body_start, front.diagnostics) == ({}, 0, ())


# what Psych 4 (Ruby 3.1) reads
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", True), ("No", False), ("ON", True), ("off", False), ("true", True), ("y", "y"), ("n", "n"),
        ("~", None), ("null", None), ("Null", None), ("", None), ("'yes'", "yes"), ("truely", "truely"),
        ("1", 1), ("-12", -12), ("+5", 5), ("1_000", 1000), ("1,000", 1000), ("012", 10), ("08", "08"),
        ("0x1F", 31), ("0b101", 5), ("0o7", "0o7"), ("1.5", 1.5), (".5", 0.5), ("5.", 5.0), ("1e3", "1e3"),
        ("1.5e+3", 1500.0), ("1.5e3", "1.5e3"), (".", "."), ("1.2.3", "1.2.3"), ("12:30", 45000), ("1:02:03", 3723),
        (".inf", float("inf")), ("-.inf", float("-inf")),
        ("2018-10-06", datetime.date(2018, 10, 6)), ("2018-1-6", datetime.date(2018, 1, 6)), ("2018-02-30", "2018-02-30"),
        ("2018-10-06 20:00:00", datetime.datetime(2018, 10, 6, 20, tzinfo=datetime.UTC)),
        ("2018-10-06T20:00:00Z", datetime.datetime(2018, 10, 6, 20, tzinfo=datetime.UTC)),
        ("2018-10-06 20:00:00 +0900", datetime.datetime(2018, 10, 6, 11, tzinfo=datetime.UTC)),
        ("2018-10-06 20:00", "2018-10-06 20:00"), ("2018-10-06 25:00:00", "2018-10-06 25:00:00"),
        (":compressed", "compressed"), (":a b", ":a b"), ("한글", "한글"), ("!!str 5", "5"), ("!!int '5'", 5),
        ("|\n  yes\n", "yes\n"), ("a\n  b", "a b"), ("[a, [b, {c: d}]]", ["a", ["b", {"c": "d"}]]),
    ],
)  # fmt: skip
def test_yaml_is_read_as_ruby_reads_it(text: str, value: object) -> None:
    found = load_yaml(SourceText("a.yml", f"key: {text}"), code="data")
    assert found.value == {"key": value}
    assert found.diagnostics == ()
    assert isinstance(found.value, dict)
    assert type(found.value["key"]) is type(value)


def test_keys_are_words() -> None:
    text = ":compressed: 1\n2018: a\non: b\n'~': c\n"
    assert load_yaml(SourceText("a.yml", text), code="data").value == {
        "compressed": 1,
        "2018": "a",
        "on": "b",
        "~": "c",
    }


def test_anchors_and_merges() -> None:
    text = "base: &b {x: 1, y: 2}\nmore:\n  <<: *b\n  y: 3\n"
    value = load_yaml(SourceText("a.yml", text), code="data").value
    assert value == {"base": {"x": 1, "y": 2}, "more": {"x": 1, "y": 3}}


def test_nested_places() -> None:
    text = "head: 1\na:\n  b: [x, {c: 한}]\n"
    found = load_yaml(SourceText("a.yml", text), Span(8, len(text)), code="data", nested=True)
    at = {"/".join(path): text[span.start : span.end] for path, span in found.spans.items() if path}
    assert at == {"a": "a", "a/b": "b", "a/b/0": "x", "a/b/1": "", "a/b/1/c": "한"}
    assert text[slice(*found.keys["a", "b", "1", "c"])] == "c"


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20)
)
MERGES = "a0: &a0 {k0: 1}\n" + "".join(
    f"a{n}: &a{n}\n  k{n}: 1\n  <<: [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20)
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 100_000, "nested more than 100 levels deep"),
        ("{a: " * 100_000, "nested more than 100 levels deep"),
        ("- " * 100_000, "nested more than 100 levels deep"),
        ("".join(" " * n + "a:\n" for n in range(3000)), "nested more than 100 levels deep"),
        (BOMB, "aliases stand for more than 100,000 values"),
        (MERGES, "aliases stand for more than 100,000 values"),
        ("a: " + "9" * 1_000_000, "a number of 1,000,000 characters"),
        ("a: 0x" + "f" * 1_000_000, "a number of 1,000,002 characters"),
        ("a: &a [*a]", "`*a` stands inside what it names"),
        ("a: *b", "no anchor `&b` for the alias `*b`"),
        ("a: !ruby/object:File x", "unknown tag `!ruby/object:File`"),
        ("!!python/name:os.system x: 1", "unknown tag `!!python/name:os.system`"),
        ("{{ a }}: b", "a key has to be a word, not a list or a mapping"),
    ],
    ids=lambda text: text[:20],
)
def test_bombs_are_refused_fast_and_small(text: str, message: str) -> None:
    source = SourceText("a.yml", text)
    load_yaml(SourceText("a.yml", "a: 1"), code="data")
    start = time.process_time()
    found = load_yaml(source, code="data")
    assert time.process_time() - start < 1
    assert found.value is None
    assert [problem.message for problem in found.diagnostics] == [message]
    tracemalloc.start()
    try:
        load_yaml(source, code="data")
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


def test_a_second_document_is_not_lost_in_silence() -> None:
    found = load_yaml(SourceText("a.yml", "a: 1\n---\nb: 2\n"), code="data")
    assert found.value == {"a": 1}
    assert [problem.message for problem in found.diagnostics] == ["only the first YAML document counts"]


def test_decode_takes_utf8_with_any_line_ends() -> None:
    assert decode("a.md", "\ufeff한글\r\nb\rc\n".encode()).source == SourceText("a.md", "한글\nb\nc\n", crlf=True)


def test_decode_leaves_zero_bytes_of_a_text_out() -> None:
    found = decode("a.md", b"$a\0b$ and some words\n\0")
    assert found.source == SourceText("a.md", "$ab$ and some words\n")
    (problem,) = found.diagnostics
    assert (problem.line, problem.column, problem.message) == (1, 3, "byte 2 is zero: it is left out")
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("data", "place", "message", "guess"),
    [
        ("a\n변분 오토인코더".encode("cp949"), (2, 1), "byte 2 (0xba) is not UTF-8", "CP949 (EUC-KR)"),
        ("这是一个中文博客".encode("gbk"), (1, 1), "byte 0 (0xd5) is not UTF-8", "GBK"),
        ("これは日本語です".encode("shift_jis"), (1, 1), "byte 0 (0x82) is not UTF-8", "Shift_JIS"),
        ("한글 café".encode() + b"\xe9", (1, 8), "byte 12 (0xe9) is not UTF-8", ""),
        ("Un café".encode("cp1252"), (1, 7), "byte 6 (0xe9) is not UTF-8", "Windows-1252 (Latin-1)"),
        ("---\n".encode("utf-16"), (1, 1), "byte 0 (0xff) is not UTF-8", "UTF-16"),
        ("---\n".encode("utf-16-le"), (1, 2), "byte 1 is zero: this is no text", "UTF-16"),
    ],
    ids=str,
)
def test_decode_says_where_and_what_it_looks_like(
    data: bytes | str, place: tuple[int, int], message: str, guess: str
) -> None:
    found = decode("a.md", data if isinstance(data, bytes) else data.encode())
    assert found.source is None
    (problem,) = found.diagnostics
    assert ((problem.line, problem.column), problem.message, problem.code) == (place, message, "encoding")
    assert guess in problem.hint
