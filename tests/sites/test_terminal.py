"""What a stranger's file can do to the terminal, or the CI service, in which its site is built: nothing."""

import json
import logging
import re
import unicodedata

import click
import pytest
from click.testing import CliRunner

from mathblog.cli.console import Console
from mathblog.cli.main import command
from mathblog.core.diagnostic import in_file
from mathblog.core.printable import printable
from mathblog.core.stops import Stop
from mathblog.engine.request import BuildResult
from support.site import Site

RED, OVERRIDE, CSI = "\x1b[31m", "\u202e", "\x9b2J"
# the only characters of a report that are no letters, marks, numbers, signs or blanks are the ends of its lines
_OBEYED = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _obeyed(text: str) -> set[str]:
    return {char for char in text if unicodedata.category(char) in _OBEYED} - {"\n"}


@pytest.fixture
def hostile(site: Site) -> Site:
    """Names, an excerpt, an address and a value that hold what a terminal obeys."""
    site.write(
        {
            f"_posts/2020-01-01-a{RED}.md": f"---\n---\n{{{{ {OVERRIDE}x | nofilter{RED} }}}} {CSI}\n",
            "b\n::set-output name=x::y.md": "---\npermalink: /b\n---\n{{ x | nofilter }}\n",
            "::error::c.md": "---\n---\n{{ x | nofilter }}\n",
            "d.md": f"---\nlayout: 'no{OVERRIDE}{CSI}'\n---\n#\n\n##[error]x {{{{ x | nofilter }}}}",
            f"e\u2028{OVERRIDE}/f.txt": "",
        }
    )
    return site.config('permalnk: 1\ntimezone: "\\e[31mNowhere"\n')


@pytest.mark.parametrize("report_format", ["text", "json", "github"])
def test_a_report_holds_nothing_that_a_terminal_obeys(hostile: Site, report_format: str) -> None:
    result = hostile.start("--format", report_format, "--verbose")
    assert result.returncode == 0
    assert result.stderr + result.stdout
    assert _obeyed(result.stdout) | _obeyed(result.stderr) == set()


@pytest.mark.parametrize("report_format", ["text", "json", "github"])
def test_no_line_of_a_report_is_a_command_of_a_stranger(hostile: Site, report_format: str) -> None:
    result = hostile.start("--format", report_format, "--verbose", GITHUB_ACTIONS="true")
    lines = (result.stdout + result.stderr).split("\n")
    commands = [line for line in lines if line.strip().startswith("::")]
    assert all(re.match(r"::warning (file=[^:,]*,)?title=mathblog%3A", line) for line in commands)
    assert bool(commands) == (report_format == "github")
    assert [line for line in lines if "##[" in line and not line.startswith("::")] == []


def test_characters_are_named_at_their_place(site: Site) -> None:
    site.write({f"a{RED}.md": f"---\npermalink: /a\n---\n{OVERRIDE} {{{{ x | nofilter }}}} {RED}\n"}).build()
    site.warns(
        r"""
        a\x1b[31m.md:4:10: warning: unknown filter `nofilter` [liquid]
            4 | \u202e {{ x | nofilter }} \x1b[31m
              |               ^^^^^^^^
        """
    )


def test_a_report_in_json_says_the_exact_characters(site: Site) -> None:
    site.write({f"a{RED}{OVERRIDE}.md": f"---\npermalink: /a\n---\n{{{{ x | nofilter }}}} {CSI}\U000e0041\n"})
    (problem,) = json.loads(site.run("--format", "json").stdout)["diagnostics"]
    assert problem["path"] == f"a{RED}{OVERRIDE}.md"
    assert problem["excerpt"].endswith(f"{CSI}\U000e0041")


def test_texts_in_all_scripts_stay_as_they_are() -> None:
    for text in ("한글 ∑ α", "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "👩\u200d🔬", "e\u0301"):
        assert printable(text) == text


def test_words_on_the_command_line_are_shown_in_the_same_way(site: Site) -> None:
    assert r"no such option '--x\x1b[31m'" in site.start(f"--x{RED}").stderr.lower()


def test_what_the_server_logs_is_shown_in_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    logger, root = logging.getLogger("uvicorn.error"), logging.getLogger()
    before = root.handlers[:]
    root.handlers.clear()
    try:
        Console("text").take_logs()
        logger.error("bad request: %s", f"GET /{RED}\n::error::x")
    finally:
        root.handlers[:] = before
    assert capsys.readouterr().err == "mathblog: bad request: GET /\\x1b[31m\n\\x3a:error::x\n"


@pytest.mark.parametrize("locale", ["POSIX", "C"])
def test_the_locale_does_not_matter(site: Site, locale: str) -> None:
    site.write({"수식.md": "---\ntitle: 수식\n---\n$\\nope$ 한\n"})
    result = site.start(LC_ALL=locale, PYTHONUTF8="0", PYTHONIOENCODING="")
    assert result.returncode == 0
    assert "수식.md:4:2: warning: undefined control sequence" in result.stderr
    assert site.has("수식.html", "한")


def test_errors_come_first_and_the_flag_goes_before_or_behind_the_command(site: Site) -> None:
    site.write({"a.md": "---\n---\n$\\nope$\n", "b.md": "---\n---\n{% nope %}\n"})
    for words in (["build", "--color", "always"], ["build", "--color=never"], ["build"]):
        done = CliRunner().invoke(command, [*words, "-s", str(site.source)], env={"FORCE_COLOR": "", "NO_COLOR": ""})
        heads = [line for line in done.stderr.split("\n") if ".md:" in line]
        assert ("\x1b[31m" in heads[0], "\x1b[33m" in heads[1]) == (words[-1] == "always",) * 2
        assert [click.unstyle(line).split(": ")[1] for line in heads] == ["error", "warning"]


def test_a_round_of_a_preview_begins_with_a_line_and_the_time_of_day(capsys: pytest.CaptureFixture[str]) -> None:
    old, new, worse = (
        in_file("a.md", "old", code="name"),
        in_file("b.md", "new", code="name"),
        in_file("c.md", "bad", code=Stop.LIQUID),
    )
    result = BuildResult((old, new, worse), (), 0, {}, None, 0.021)
    Console("text").rebuilt(["a.md", "b.md"], result, {old})
    shown = capsys.readouterr()
    assert re.fullmatch(r"-- \d\d:\d\d:\d\d -{48}\na.md and 1 more: nothing published in 21 ms; .*\n", shown.out)
    assert shown.err.splitlines() == ["c.md: error: bad [liquid]", "b.md: warning: new [name]"]
    Console("text", quiet=True).rebuilt(["a.md"], BuildResult((old,), (), 0, {}, None, 0.0), {old})
    assert capsys.readouterr() == ("", "")
