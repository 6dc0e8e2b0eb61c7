"""`mathblog build` as it is typed: Jekyll's flags and ours, the report in three formats, the exit codes."""

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from mathblog.cli.main import command
from support.site import NewSite, Site, program_environment

WRONG = "$$\\nope$$"


@pytest.fixture
def blog(site: Site) -> Site:
    """Three posts, a draft, a post of the future and one that is not published."""
    site.post("2018-10-05-first", "$$a$$ 하나").post("2018-10-06-second", "$$a$$ 둘").post(
        "2018-10-07-third", "$$b$$ 셋"
    )
    site.post("2999-01-01-later", "나중").post("2018-10-08-hidden", "숨김", "published: false")
    return site.write({"_drafts/idea.md": "---\ntitle: 생각\n---\n아직"})


def pages(site: Site) -> set[str]:
    return {path.rpartition("/")[2] for path in site.files() if re.match(r"\d{4}/", path)}


def test_the_summary_says_what_was_made_and_what_was_left_out(blog: Site) -> None:
    result = blog.run()
    assert result.exit_code == 0
    assert re.fullmatch(
        r"6 pages, 3 formulas in \d+\.\d\d s \(development\); "
        r"skipped 1 draft, 1 future, 1 unpublished \(use --drafts, --future, --unpublished\)\n",
        result.output,
    )
    assert re.fullmatch(
        r"6 pages, 3 formulas in \d+\.\d\d s \(development\), nothing changed; skipped .*\n", blog.run().output
    )


@pytest.mark.parametrize(
    ("flags", "made"),
    [
        ([], {"first.html", "second.html", "third.html"}),
        (["--future"], {"first.html", "second.html", "third.html", "later.html"}),
        (["--unpublished"], {"first.html", "second.html", "third.html", "hidden.html"}),
        (["--limit_posts", "2"], {"second.html", "third.html"}),
        (["--limit-posts", "1"], {"third.html"}),
    ],
)
def test_which_posts_are_built(blog: Site, flags: list[str], made: set[str]) -> None:
    assert blog.run(*flags).exit_code == 0
    assert pages(blog) == made


@pytest.mark.parametrize("flag", ["--drafts", "-D"])
def test_drafts_are_built_when_asked_for(blog: Site, flag: str) -> None:
    assert blog.run(flag).exit_code == 0
    assert "idea.html" in pages(blog)


@pytest.mark.parametrize("flag", ["-b", "--baseurl"])
def test_the_site_below_a_path(blog: Site, flag: str) -> None:
    assert blog.run(flag, "/blog").exit_code == 0
    blog.has("index.html", 'href="/blog/2018/10/07/third.html"', 'href="/blog/assets/css/main.css')
    assert [link for link in blog.links("index.html") if not link.startswith(("/blog/", "#"))] == []
    blog.has("feed.xml", "https://example.org/blog/2018/10/07/third.html")


def test_configuration_files_later_ones_win(blog: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    blog.write({"local.yml": "title: 둘째 제목\n"})
    assert blog.run("--config", "_config.yml,local.yml").exit_code == 0
    blog.has("index.html", "<title>둘째 제목</title>")


def test_configuration_files_are_looked_for_here_first_as_in_jekyll(
    blog: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    blog.write({"../here.yml": "title: 여기\ntitel: x\n"})
    result = blog.run("--config", "blog/_config.yml,here.yml")
    assert result.stderr.startswith("../here.yml:2:1: warning: unknown key `titel` [config]\n")
    blog.has("index.html", "<title>여기</title>")
    annotation = blog.run("--config", "blog/_config.yml,here.yml", "--format", "github").stdout
    assert annotation.startswith("::warning file=here.yml,title=mathblog%3A config,line=2,col=1,")


def test_a_configuration_file_that_does_not_exist(blog: Site) -> None:
    result = blog.run("--config", "nope.yml")
    assert result.exit_code == 2
    assert result.output == (
        "mathblog: error: the configuration file `nope.yml` does not exist\n"
        "      = `--config` looks for files here, then in the source folder\n"
    )


def test_quiet_prints_problems_only(blog: Site) -> None:
    assert blog.run("-q").output == ""
    blog.post("2018-10-05-first", WRONG)
    assert blog.run("--quiet").output.startswith("_posts/2018-10-05-first.md:3:3: warning: ")
    assert "pages" not in blog.run("--quiet").output


def test_verbose_prints_every_page(blog: Site) -> None:
    for flag in ("-V", "--verbose"):
        assert "  2018/10/05/first.html\n" in blog.run(flag).output


def test_problems_go_to_the_error_stream_and_the_summary_to_the_other(blog: Site) -> None:
    blog.post("2018-10-05-first", WRONG)
    result = blog.run()
    assert "undefined control sequence" in result.stderr
    assert result.stdout.count("\n") == 1
    assert result.stdout.endswith("; 1 warning\n")


def test_strict_and_keep_going(blog: Site) -> None:
    blog.post("2018-10-05-first", WRONG)
    result = blog.run("--strict")
    assert result.exit_code == 1
    assert result.stdout.startswith("nothing published: ")
    assert blog.files() == {}
    assert blog.run("--strict", "--keep-going").exit_code == 1
    assert "first.html" in pages(blog)


def test_jobs_make_no_difference(blog: Site) -> None:
    blog.run("-j", "1")
    first = blog.files()
    assert blog.run("--jobs", "3").exit_code == 0
    assert blog.files() == first


def test_json_is_one_document_with_every_problem_and_the_numbers(blog: Site) -> None:
    blog.post("2018-10-05-first", "수 $$\\mathbbb{R}$$")
    report = json.loads(blog.run("--format", "json").stdout)
    assert report["diagnostics"] == [
        {
            "severity": "warning",
            "code": "math",
            "message": "undefined control sequence `\\mathbbb`",
            "path": "_posts/2018-10-05-first.md",
            "line": 3,
            "column": 5,
            "end_column": 13,
            "excerpt": "수 $$\\mathbbb{R}$$",
            "hint": "did you mean `\\mathbb`?",
            "excerpt_start": 0,
            "fix": None,
        }
    ]
    summary = report["summary"]
    assert (summary["pages"], summary["formulas"], summary["exit_code"]) == (6, 3, 0)
    assert {key: value for key, value in summary["skipped"].items() if value} == {
        "draft": 1,
        "future": 1,
        "unpublished": 1,
    }


def test_json_also_says_why_a_build_could_not_begin(site: Site) -> None:
    result = site.run("--format", "json", "--config", "nope.yml")
    report = json.loads(result.stdout)
    assert result.exit_code == report["summary"]["exit_code"] == 2
    (problem,) = report["diagnostics"]
    assert (problem["severity"], problem["message"]) == ("error", "the configuration file `nope.yml` does not exist")
    assert (problem["path"], problem["line"]) == ("", 0)


def test_github_annotations(blog: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors come first. Paths start at the checkout; `%`, line ends, and in properties `:` and `,` are escaped."""
    monkeypatch.chdir(blog.source.parent)
    blog.post("2018-10-05-first", "수 $$\\mathbbb{R}$$").post("2018-10-06-second", "{% gadget %}")
    result = blog.run("--format", "github", "--keep-going")
    assert result.stdout.splitlines()[:-1] == [
        (
            "::error file=blog/_posts/2018-10-06-second.md,title=mathblog%3A liquid,line=3,col=4,endColumn=10::"
            "unknown tag `gadget` (put `{%25 raw %25}` before and `{%25 endraw %25}` after what is not Liquid)"
        ),
        (
            "::warning file=blog/_posts/2018-10-05-first.md,title=mathblog%3A math,line=3,col=5,endColumn=13::"
            "undefined control sequence `\\mathbbb` (did you mean `\\mathbb`?)"
        ),
    ]


def test_a_stopped_build_is_an_annotation_of_no_file(site: Site) -> None:
    result = site.run("--format", "github", "--config", "nope.yml")
    assert result.stdout == (
        "::error title=mathblog%3A build::the configuration file `nope.yml` does not exist "
        "(`--config` looks for files here, then in the source folder)\n"
    )


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--formta", "json"], "Error: No such option '--formta'. (Did you mean one of: '--force', '--format'?)"),
        (["--format", "xml"], "'xml' is not one of 'text', 'json', 'github'."),
        (["--limit_posts", "many"], "'many' is not a valid integer range."),
        (["--jobs", "0"], "0 is not in the range x>=1."),
        (["extra"], "Error: Got unexpected extra argument (extra)"),
    ],
)
def test_wrong_usage_ends_with_2(site: Site, flags: list[str], message: str) -> None:
    result = site.run(*flags)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_an_unknown_command_is_named_with_the_nearest_one() -> None:
    result = CliRunner().invoke(command, ["biuld"])
    assert result.exit_code == 2
    assert result.stderr.endswith("Error: no such command `biuld`; did you mean `build`?\n")


def test_a_fault_of_ours_is_said_without_a_traceback_unless_it_is_asked_for(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_request: object) -> None:
        message = "boom"
        raise ZeroDivisionError(message)

    monkeypatch.setattr("mathblog.engine.builder.build", broken)
    result = site.run()
    assert result.exit_code == 1
    assert result.stderr == (
        "mathblog: internal error: ZeroDivisionError: boom\n"
        "      = this is a bug in mathblog; run again with `--trace` and report what it prints\n"
    )
    assert isinstance(site.run("--trace").exception, ZeroDivisionError)
    assert json.loads(site.run("--format", "json").stdout)["diagnostics"][0]["code"] == "internal"


def test_what_the_system_says_of_a_file_is_no_fault_of_ours(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_request: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "posts/secret.md")

    monkeypatch.setattr("mathblog.engine.builder.build", broken)
    result = site.run()
    assert result.exit_code == 3
    assert result.stderr == "mathblog: error: cannot use `posts/secret.md`: permission denied\n"
    assert isinstance(site.run("--trace").exception, PermissionError)


@pytest.mark.parametrize("words", [["theme", "show"], ["explain"], ["doctor"]])
def test_a_reader_who_goes_away_ends_the_command_without_a_word(blog: Site, words: list[str]) -> None:
    """As in `mathblog explain | head -1`; Click's exit code for it is 1."""
    read, write = os.pipe()
    os.close(read)
    program = [sys.executable, "-m", "mathblog", *words]
    run = subprocess.run(
        program, cwd=blog.source, env=program_environment(), stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)
    assert b"internal error" not in run.stderr
    assert run.returncode == 1


@pytest.mark.parametrize(
    ("words", "hints"),
    [
        (["build", "_posts"], 1),
        (["build", "nope"], 0),
        (["build", "a" * 300], 0),
        (["theme", "show", "a", "_posts"], 1),
        (["open", "a", "_posts"], 1),
    ],
)
def test_a_folder_that_is_named_without_its_flag_gets_it(blog: Site, words: list[str], hints: int) -> None:
    program = [sys.executable, "-m", "mathblog", *words]
    run = subprocess.run(
        program, cwd=blog.source, env=program_environment(), capture_output=True, text=True, check=False
    )
    assert run.returncode == 2
    assert "Traceback" not in run.stderr
    assert run.stderr.endswith("      = name the folder of your blog with `--source _posts`\n") == bool(hints)


def test_the_program_has_the_exit_codes_of_its_manual(new_site: NewSite) -> None:
    good, bad, none = (
        new_site("good").post("2018-10-06-vae"),
        new_site("bad").post("2018-10-06-vae", "{% x %}"),
        new_site("none"),
    )
    none.remove("_config.yml")
    (good.source.parent / "file").write_text("x")
    assert good.start().returncode == 0
    assert bad.start().returncode == 1
    assert none.start().returncode == 2
    assert good.start("--nope").returncode == 2
    good.output = good.source.parent / "file"
    failed = good.start()
    assert failed.returncode == 3
    assert failed.stderr.startswith("mathblog: error: the destination `")


HANGS = """
    import signal, sys, threading, time
    signal.signal(signal.SIGINT, signal.default_int_handler)  # jobs that a shell starts in the background lack it
    import mathblog.engine.builder as builder

    def build(request):
        print("building", flush=True)
        time.sleep(60)

    builder.build = build
    from mathblog.cli.main import main
    main()
"""


@pytest.mark.parametrize(("name", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_build_ends_soon_and_quietly(site: Site, name: signal.Signals, code: int) -> None:
    script = "\n".join(line[4:] for line in HANGS.splitlines())
    arguments = [sys.executable, "-c", script, "build", *site.flags]
    with subprocess.Popen(
        arguments, env=program_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "building\n"
        sent = time.monotonic()
        program.send_signal(name)
        _, errors = program.communicate(timeout=10)
    assert program.returncode == code
    assert time.monotonic() - sent < 8
    assert "Traceback" not in errors


def test_help_shows_the_commands() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "mathblog", "--help"],
        env=program_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "build" in shown.stdout


JEKYLLS_BUILD = (
    "--lsi", "-I", "--incremental", "--strict_front_matter", "--safe", "-p x", "--plugins x", "--profile", "-w", "--watch",
    "--no-watch", "--force_polling", "--disable-disk-cache", "--layouts _layouts", "-t", "--trace", "-q", "-V", "--limit_posts 2",
)  # fmt: skip
JEKYLLS_SERVE = (
    *(flag for flag in JEKYLLS_BUILD if flag != "--strict"), "-H 127.0.0.1", "-P 4001", "-o", "--open-url", "-B", "--detach",
    "--ssl-cert x", "--ssl-key x", "--show-dir-listing", "--skip-initial-build", "-l", "--livereload", "--livereload-ignore x",
    "--livereload-min-delay 1", "--livereload-max-delay 2", "--livereload-port 35729",
)  # fmt: skip


@pytest.mark.parametrize("flag", JEKYLLS_BUILD)
def test_every_flag_of_jekylls_build_is_accepted(site: Site, flag: str) -> None:
    assert site.run(*flag.split()).exit_code == 0


@pytest.mark.parametrize("flag", JEKYLLS_SERVE)
def test_every_flag_of_jekylls_serve_is_accepted(flag: str) -> None:
    result = CliRunner().invoke(command, ["serve", *flag.split(), "--source", "/nowhere/at/all"])
    assert result.exit_code == 2
    assert "the source folder `/nowhere/at/all` does not exist" in result.output


@pytest.mark.parametrize("flag", ["--lsi", "--incremental", "--strict_front_matter", "--safe", "--profile", "--watch"])
def test_a_flag_that_does_nothing_here_says_what_holds_instead(site: Site, flag: str) -> None:
    assert f"mathblog: `{flag}`: " in site.run(flag).output
    assert f"`{flag}`" not in site.run(flag, "-q").output


def test_layouts_names_the_folder_of_layouts(site: Site) -> None:
    site.write({"_others/x.html": b"\xff"}).run()
    site.has("index.html")
    assert "_others/x.html:1:1: error: byte 0 (0xff) is not UTF-8" in site.run("--layouts", "_others").output


@pytest.mark.parametrize("name", ["new-theme", "docs", "compose", "help", "move", "watch"])
def test_commands_of_jekylls_that_are_not_here_say_so(name: str) -> None:
    result = CliRunner().invoke(command, [name, "x"])
    assert result.exit_code == 2
    assert f"mathblog has no command `{name}`; " in result.output


@pytest.mark.parametrize("words", [["post", ""], ["draft", " "], ["rename", "an-idea", ""]])
def test_a_title_needs_words(words: list[str]) -> None:
    result = CliRunner().invoke(command, words)
    assert result.exit_code == 2
    assert "a title needs words" in result.output


def test_server_is_serve() -> None:
    assert CliRunner().invoke(command, ["server", "--help"]).exit_code == 0
