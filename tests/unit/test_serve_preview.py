"""What a page is told of the site's problems and addresses."""

from pathlib import Path

from mathblog.core.diagnostic import Diagnostic, Severity, as_error, in_file
from mathblog.serve.preview import Preview, address_of, show_problems

UNDEFINED = Diagnostic(
    Severity.WARNING,
    "math",
    "undefined control sequence `\\RRR`",
    "_posts/2018-10-06-잠재 변수.md",
    line=41,
    column=3,
    end_column=7,
    excerpt="$$\\RRR$$",
    hint="did you mean `\\RR`?",
)


def test_a_problem_has_a_place_an_excerpt_and_a_link_into_the_editor(tmp_path: Path) -> None:
    (problem,) = show_problems([UNDEFINED], tmp_path)
    assert problem.severity == "warning"
    assert problem.place == "_posts/2018-10-06-잠재 변수.md:41:3"
    assert problem.text.splitlines() == [
        "warning: undefined control sequence `\\RRR` [math]",
        "   41 | $$\\RRR$$",
        "      |   ^^^^",
        "      = did you mean `\\RR`?",
    ]
    name = "_posts/2018-10-06-%EC%9E%A0%EC%9E%AC%20%EB%B3%80%EC%88%98.md"
    assert problem.link == f"vscode://file{tmp_path.resolve().as_posix()}/{name}:41:3"


def test_another_editor(tmp_path: Path) -> None:
    (problem,) = show_problems([in_file("a.md", "no", code="x")], tmp_path, "txmt://open?url=file://{path}&line={line}")
    assert problem.link == f"txmt://open?url=file://{tmp_path.resolve().as_posix()}/a.md&line=1"
    assert show_problems([UNDEFINED], tmp_path, "")[0].link == ""


def test_a_problem_without_a_file_leads_nowhere(tmp_path: Path) -> None:
    (problem,) = show_problems([as_error(in_file("", "the disk is full", code="build"))], tmp_path)
    assert (problem.place, problem.link) == ("", "")
    assert problem.text == "error: the disk is full [build]"


def test_errors_come_first_and_a_flood_is_counted(tmp_path: Path) -> None:
    flood = [in_file(f"{number:03}.md", "odd", code="x") for number in range(30)]
    problems = show_problems([*flood, as_error(in_file("z.md", "bad", code="x"))], tmp_path)
    assert problems[0].place == "z.md"
    assert [problem.text for problem in problems[-2:]] == ["warning: odd [x]", "11 more, in the terminal"]
    assert len(problems) == 21


def test_addresses_of_files() -> None:
    preview = Preview(1, None, baseurl="/blog")
    assert address_of(preview, "index.html") == "/blog/"
    assert address_of(preview, "2018/vae/index.html") == "/blog/2018/vae/"
    assert address_of(preview, "about.html") == "/blog/about.html"
    assert address_of(preview, "태그/myindex.html") == "/blog/%ED%83%9C%EA%B7%B8/myindex.html"
    assert address_of(preview, "50%.html") == "/blog/50%25.html"
