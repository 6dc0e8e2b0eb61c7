"""Addresses: the golden cases against Jekyll's, and what must never be written outside of the site."""

import datetime

import pytest

from mathblog.core.source import SourceText
from mathblog.model.options import Collection, ReadingOptions
from mathblog.reading.addresses import find_static_path
from mathblog.reading.naming import classify
from mathblog.reading.read import Reader, ReadResult, read_document
from mathblog.text.slugs import slugify, titleize, transliterate
from mathblog.text.urls import escape_path, expand, find_danger, output_path, relative_url, reserved_name
from support.golden import Case, parametrize, update_golden

__all__ = ["update_golden"]

NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def read(path: str, text: str, **options: object) -> ReadResult:
    return read_document(Reader(ReadingOptions(**options), NOW), SourceText(path, text))  # type: ignore[arg-type]


def problems(result: ReadResult) -> list[str]:
    return [f"{problem.severity}: {problem.message}" for problem in result.diagnostics]


@parametrize("permalinks")
def test_addresses_are_jekylls(case: Case, update_golden: bool) -> None:  # noqa: FBT001 - a fixture
    settings = dict(setting.split("=", 1) for setting in case.settings)
    path, _, text = case.input.partition("\n")
    document = read(path, text, timezone="Asia/Seoul", **settings).document
    assert document is not None
    meta = document.meta
    lines = [meta.written_url, meta.output_path, *([meta.title, meta.id] if meta.id else [])]
    case.check("\n".join(lines), update=update_golden)


@pytest.mark.parametrize(
    ("text", "mode", "cased", "slug"),
    [
        ("The _config.yml file", "default", False, "the-config-yml-file"),
        ("The _config.yml file", "pretty", False, "the-_config.yml-file"),
        ("The _config.yml file", "pretty", True, "The-_config.yml-file"),
        ("The _config.yml file", "raw", False, "the-_config.yml-file"),
        ("The _cönfig.yml file", "ascii", False, "the-c-nfig-yml-file"),
        ("The cönfig.yml file", "latin", False, "the-config-yml-file"),
        ("The _config.yml file", "none", False, "the _config.yml file"),
        ("한글 제목 (1)", "default", False, "한글-제목-1"),
        ("변분—오토", "latin", False, ""),
        ("½ x² e\u0301", "default", False, "x-e\u0301"),
        ("--a--", "default", False, "a"),
    ],
)
def test_slugify(text: str, mode: str, cased: bool, slug: str) -> None:  # noqa: FBT001
    assert slugify(text, mode, cased=cased) == slug


def test_transliterate_knows_what_rubys_i18n_knows() -> None:
    assert transliterate("Çédille Ærø Straße Łódź Þór ÷ 한") == "Cedille AEro Strasse Lodz Thor ? ?"


@pytest.mark.parametrize(
    ("slug", "title"), [("hello-WORLD", "Hello World"), ("a--b-", "A  B"), ("", ""), ("ßa", "Ssa")]
)
def test_titleize(slug: str, title: str) -> None:
    assert titleize(slug) == title


def test_a_value_is_encoded_once_and_a_template_is_taken_as_written() -> None:
    assert escape_path("a b/50%?#한") == "a%20b/50%25%3F%23%ED%95%9C"
    assert expand("/50%/:title/%20", {"title": "100%"}).url == "/50%25/100%25/%20"
    assert expand("/:titel/", {"title": "x"}) == ("/:titel/", "/:titel/", ("titel",))
    assert expand("/글/:title/", {"title": "한"})[:2] == ("/%EA%B8%80/%ED%95%9C/", "/글/%ED%95%9C/")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/", "index.html"),
        ("/a/", "a/index.html"),
        ("/a", "a.html"),
        ("/a.html", "a.html"),
        ("/%ED%95%9C%20b", "한 b.html"),
    ],
)
def test_output_path(url: str, path: str) -> None:
    assert output_path(url, ".html") == path


@pytest.mark.parametrize(
    ("permalink", "reason"),
    [
        ("/%2e%2e/%2E%2e/etc/passwd", "it leaves the site"),
        ("/a/%2e%2e/b/", "it leaves the site"),
        ("/%2e/", "it leaves the site"),
        ("'..\\..\\x'", "it holds a backslash"),
        ("/a%5c..%5cb", "it holds a backslash"),
        ("C:/windows/x", "it starts with a drive"),
        ("/a%00b", "it holds a control character"),
        ("/%2f%2fetc/x", None),
    ],
)
def test_a_permalink_cannot_leave_the_site(permalink: str, reason: str | None) -> None:
    result = read("a.md", f"---\npermalink: {permalink}\n---\n")
    if reason is None:
        assert result.document is not None
        assert result.document.meta.output_path == "etc/x.html"
        return
    assert result.document is None
    assert problems(result) == [f"error: the address `{permalink.strip(chr(39))}` cannot be used: {reason}"]


def test_dots_in_a_permalink_are_dropped_as_in_jekyll() -> None:
    result = read("a.md", "---\npermalink: /../../etc/passwd\n---\n")
    assert result.document is not None
    assert result.document.meta.output_path == "etc/passwd.html"
    assert problems(result) == ["warning: `..` is dropped: the address is `/etc/passwd`"]


def test_an_empty_permalink_is_none() -> None:
    result = read("a.md", "---\npermalink: ''\n---\n")
    assert problems(result) == ["warning: `permalink` is empty: the address is made of the file's name"]
    assert result.document is not None
    assert result.document.meta.url == "/a.html"


@pytest.mark.parametrize("permalink", ["https://example.org/x", "//example.org/x"])
def test_the_address_of_another_site_is_a_path_of_this_one(permalink: str) -> None:
    result = read("a.md", f"---\npermalink: {permalink}\n---\n")
    assert [problem.severity for problem in result.diagnostics] == ["warning"]
    assert result.document is not None
    assert result.document.meta.output_path == permalink.replace("//", "/").lstrip("/") + ".html"


def test_an_unknown_placeholder_is_refused_with_a_suggestion() -> None:
    result = read("_posts/2018-01-01-a.md", "---\npermalink: /:yaer/:title\n---\n")
    assert result.document is None
    assert problems(result) == ["error: unknown placeholder `:yaer` in the permalink"]
    assert result.diagnostics[0].hint == "did you mean `:year`?"
    assert (result.diagnostics[0].line, result.diagnostics[0].column) == (2, 12)


def test_a_style_in_front_matter_is_an_address() -> None:
    result = read("_posts/2018-01-01-a.md", "---\npermalink: pretty\n---\n")
    assert result.document is not None
    assert result.document.meta.url == "/pretty"
    assert len(result.diagnostics) == 1


@pytest.mark.parametrize("name", ["con.md", "sub/NUL.html", "com1.x.md"])
def test_names_that_windows_reserves_are_warned_about(name: str) -> None:
    result = read(name, "---\n---\n")
    assert result.document is not None
    assert result.diagnostics[0].message.startswith("Windows cannot store a file named")


def test_names_that_only_look_reserved() -> None:
    assert reserved_name("console/nulls/com10/x") == ""
    assert find_danger("a..b/...c/a:b/C:x") == ""
    assert find_danger(".github/.gitignore/x.git/y") == ""


@pytest.mark.parametrize("path", [".git/config", "blog/.git/hooks/post-commit", ".GIT/config", "a/.git"])
def test_no_page_becomes_a_file_of_git(path: str) -> None:
    assert find_danger(path).startswith("what is in `.git` is git's")


@pytest.mark.parametrize(
    ("base", "path", "url"),
    [
        ("/b", "/a b.png", "/b/a%20b.png"),
        ("/b/", "a.png", "/b/a.png"),
        ("", "한글/", "/%ED%95%9C%EA%B8%80/"),
        ("/b", "/a%20b?q=1&r=2#top", "/b/a%20b?q=1&r=2#top"),
        ("/b", "https://example.org/x y", "https://example.org/x y"),
        ("/b", "mailto:a@b", "mailto:a@b"),
        ("/b", "/x/../y/./z", "/b/y/z"),
        ("", "", ""),
        ("/b", "", "/b"),
    ],
)
def test_relative_url(base: str, path: str, url: str) -> None:
    assert relative_url(base, path) == url


# the site of these: collections `docs` (output), `nout` (none), `pf` with a permalink; `permalink: date`; as Jekyll 4.3 does it
COLLECTIONS = (
    Collection("docs", output=True),
    Collection("nout"),
    Collection("pf", output=True, permalink="/:collection/:title/"),
)


@pytest.mark.parametrize(
    ("path", "url", "file"),
    [
        ("_docs/a.md", "/docs/a.html", "docs/a.html"),
        ("_docs/sub/b c.md", "/docs/sub/b%20c.html", "docs/sub/b c.html"),
        ("_docs/2018-02-03-dated.md", "/docs/2018-02-03-dated.html", "docs/2018-02-03-dated.html"),
        ("_docs/x.css", "/docs/x.css", "docs/x.css"),
        ("_nout/a.md", "/nout/a.html", ""),
        ("_pf/x.y.md", "/pf/x.y/", "pf/x.y/index.html"),
        ("_pf/한글.md", "/pf/%ED%95%9C%EA%B8%80/", "pf/한글/index.html"),
    ],
)
def test_collections(path: str, url: str, file: str) -> None:
    for container in ("", "cols"):
        place = f"{container}/{path}".lstrip("/")
        document = read(place, "---\n---\n", collections=COLLECTIONS, collections_dir=container).document
        assert document is not None
        assert (document.meta.url, document.meta.output_path) == (url, file)


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("img/a b.png", "img/a b.png"),
        ("_docs/sub/x.txt", "docs/sub/x.txt"),
        ("_nout/x.txt", ""),
    ],
)
def test_static_files(path: str, file: str) -> None:
    options = ReadingOptions(collections=COLLECTIONS)
    assert find_static_path(classify(path, options), options) == file
