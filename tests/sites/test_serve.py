"""`mathblog serve`, from its start to its end: a program that builds, serves, follows edits and reports them."""

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.gems import serve_themes
from support.site import Site, program_environment

POST = "_posts/2018-10-06-vae.md"
ADDRESS = "/2018/10/06/vae.html"
PATIENCE = 15.0
Events = Iterator[dict[str, object]]


@dataclass
class Preview:
    """A running `mathblog serve`."""

    site: Site
    program: "subprocess.Popen[str]"
    lines: list[str]
    port: int
    closing: ExitStack

    def ask(self, path: str, **headers: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with self.closing_soon(connection):
            connection.request("GET", path, headers=headers)
            reply = connection.getresponse()
            return reply.status, reply.read().decode()

    def closing_soon(self, connection: http.client.HTTPConnection) -> ExitStack:
        stack = ExitStack()
        stack.callback(connection.close)
        return stack

    def page(self, path: str) -> str:
        status, body = self.ask(path)
        assert status == 200, f"{path}: {status}"
        return body

    def events(self, path: str) -> Events:
        """What a browser at `path` is told from now on, beginning with how things stand."""
        found = re.search(r'data-page="(\w+)"', self.ask(path)[1])
        assert found
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self.closing.callback(connection.close)
        connection.request("GET", f"/__mathblog/events?page={path}&digest={found[1]}")
        reply = connection.getresponse()
        self.closing.callback(reply.close)
        told = (json.loads(line[6:]) for line in reply if line.startswith(b"data: "))
        assert next(told)["reload"] is False
        return told

    def line(self, part: str) -> str:
        """Wait for a line of the report."""
        while True:
            line = self.program.stdout.readline() if self.program.stdout else ""
            assert line, f"no {part!r} in {self.lines}"
            self.lines.append(line.rstrip())
            if part in line:
                return line.rstrip()

    def end(self, number: int) -> int:
        self.program.send_signal(number)
        return self.program.wait(5)


Start = Callable[..., Preview]


@pytest.fixture
def start(site: Site) -> Iterator[Start]:
    """Start a preview of the site; arguments are flags."""
    site.post("2018-10-06-vae", "처음 $x$")
    site.post("2019-01-01-other", "다른 글")
    with ExitStack() as stack:

        def run(*flags: str, port: int = 0, **environment: str) -> Preview:
            program = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "mathblog", "serve", "-s", str(site.source), "-P", str(port), *flags],
                    env=program_environment(**environment),
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                    encoding="utf-8",
                )
            )
            stack.callback(program.kill)
            watchdog = threading.Timer(4 * PATIENCE, program.kill)  # who waits for a line shall not wait for ever
            watchdog.start()
            stack.callback(watchdog.cancel)
            preview = Preview(site, program, [], 0, stack.enter_context(ExitStack()))
            address = re.search(r":(\d+)/", preview.line("serving http://"))
            assert address
            preview.port = int(address[1])
            return preview

        yield run


def test_an_edit_is_seen_at_once_where_it_belongs(start: Start) -> None:
    preview = start("-j", "1")
    assert "처음" in preview.page(ADDRESS)
    edited, other = preview.events(ADDRESS), preview.events("/2019/01/01/other.html")
    preview.site.post("2018-10-06-vae", "둘째 $y$")
    assert next(edited)["reload"] is True
    assert "둘째" in preview.page(ADDRESS)
    assert next(other)["reload"] is False
    assert re.fullmatch(rf"{POST}: \d+ files? in \d+ ms", preview.line(POST))
    assert not preview.site.output.exists()
    assert not (preview.site.source / "_site").exists()
    assert preview.end(signal.SIGINT) == 0
    assert preview.program.stdout is not None
    assert preview.program.stdout.read() == ""  # nothing more to say, above all no traceback


def test_an_error_leaves_the_last_good_site_and_goes_away_by_itself(start: Start) -> None:
    preview = start("-j", "1")
    good = preview.page(ADDRESS)
    events = preview.events(ADDRESS)
    preview.site.post("2018-10-06-vae", "{% include missing.html %}")
    told = next(events)
    assert (told["failed"], told["reload"]) == (True, False)
    (problem,) = told["problems"] if isinstance(told["problems"], list) else ()
    assert problem["place"].startswith(f"{POST}:3:")
    assert "{% include missing.html %}" in problem["text"]
    assert problem["link"].startswith("vscode://file/")
    assert preview.page(ADDRESS) == good
    preview.site.post("2018-10-06-vae", "처음 $x$")
    told = next(events)
    assert (told["failed"], told["reload"], told["problems"]) == (False, False, [])
    assert preview.line("nothing published")


def test_a_blog_that_starts_broken(start: Start, site: Site) -> None:
    site.write({"_posts/2020-01-01-broken.md": "{% nope %}"})
    preview = start("-j", "1")
    assert preview.ask(ADDRESS)[0] == 503
    events = preview.events(ADDRESS)
    site.remove("_posts/2020-01-01-broken.md")
    assert next(events)["reload"] is True
    assert "처음" in preview.page(ADDRESS)


def test_the_configuration_is_followed_too(start: Start) -> None:
    preview = start("-j", "1")
    assert f'href="http://127.0.0.1:{preview.port}{ADDRESS}"' in preview.page(ADDRESS)
    events = preview.events("/")
    preview.site.config("baseurl: /blog\n")
    assert next(events)["reload"] is True
    assert "처음" in preview.page(f"/blog{ADDRESS}")
    assert preview.ask(ADDRESS)[0] == 404
    events = preview.events("/blog/")
    preview.site.config("baseurl: [\n")
    assert next(events)["failed"] is True
    assert "처음" in preview.page(f"/blog{ADDRESS}")
    preview.site.config("baseurl: /blog\ntitle: 새 제목\n")
    while not next(events)["reload"]:
        pass
    assert "새 제목" in preview.page("/blog/")


def test_in_production_the_url_is_the_sites_own(start: Start) -> None:
    preview = start("-j", "1", JEKYLL_ENV="production")
    assert f'href="https://example.org{ADDRESS}"' in preview.page(ADDRESS)


def test_two_edits_quickly_are_both_seen(start: Start) -> None:
    preview = start("-j", "1")
    preview.page(ADDRESS)
    preview.site.post("2018-10-06-vae", "둘째")
    preview.site.post("2019-01-01-other", "둘째")
    time.sleep(0.02)  # in the middle of the build
    preview.site.post("2018-10-06-vae", "셋째")
    end = time.monotonic() + PATIENCE
    while "셋째" not in preview.page(ADDRESS) or "둘째" not in preview.page("/2019/01/01/other.html"):
        assert time.monotonic() < end


def test_style_sheets_and_posts_that_come_and_go(start: Start) -> None:
    preview = start("-j", "1", "--navigate")
    preview.site.write({"assets/my.css": "body { color: red }"})
    preview.line("assets")
    events = preview.events(ADDRESS)
    preview.site.write({"assets/my.css": "body { color: blue }"})
    told = next(events)
    assert (told["reload"], told["assets"], told["navigate"]) == (False, ["/assets/my.css"], "")
    preview.site.post("2020-01-01-new", "새 글")
    assert next(events)["navigate"] == "/2020/01/01/new.html"
    assert "새 글" in preview.page("/2020/01/01/new.html")
    preview.site.remove("_posts/2020-01-01-new.md")
    next(events)
    assert preview.ask("/2020/01/01/new.html")[0] == 404


def test_foreign_hosts_are_refused(start: Start) -> None:
    preview = start("-j", "1")
    assert preview.ask("/", Host="evil.example")[0] == 403


def test_the_next_port_is_taken_and_said(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        preview = start("-j", "1", port=number)
        assert preview.lines[0] == f"mathblog: port {number} is in use: serving on port {preview.port}"
        assert preview.page("/")


def test_it_ends_when_told_to(start: Start) -> None:
    preview = start("-j", "1")
    preview.events("/")  # a browser that stays
    begun = time.monotonic()
    assert preview.end(signal.SIGTERM) == 143
    assert time.monotonic() - begun < 8
    assert "Traceback" not in (preview.program.stdout.read() if preview.program.stdout else "")


def test_everyone_may_read_it_only_with_a_warning(start: Start) -> None:
    preview = start("-j", "1", "-H", "0.0.0.0")
    assert preview.lines[0] == "mathblog: everyone in this network can read the preview, drafts too"
    assert preview.ask("/", Host="192.168.0.7")[0] == 200
    assert preview.ask("/", Host="evil.example")[0] == 403


def test_no_blog_no_preview(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mathblog", "serve", "-s", str(tmp_path), "-P", "0"],
        env=program_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 2
    assert "holds no blog" in done.stderr


def test_a_blog_with_the_theme_of_a_gem(start: Start, site: Site, tmp_path: Path) -> None:
    """A save in the site, in a file over the theme's, and another version in `Gemfile.lock` are followed."""
    lock = "GEM\n  specs:\n    quiet ({})\n"
    with serve_themes() as host:
        for version in ("1.0", "2.0"):
            layout = (
                f"<html><head></head><body>{{% include foot.html %}} theme {version} {{{{ content }}}}</body></html>"
            )
            host.add_gem("quiet", version, {"_layouts/post.html": layout, "_includes/foot.html": "lent"})
        front = "title: A\nlayout: post"
        site.config("theme: quiet\n").write({"Gemfile.lock": lock.format("1.0")}).post(
            "2018-10-06-vae", "처음 $x$", front
        )
        themes = str(tmp_path / "themes")
        preview = start("-j", "1", MATHBLOG_OFFLINE="", MATHBLOG_THEMES=themes, MATHBLOG_GEMS=host.url)
        assert "lent theme 1.0" in preview.page(ADDRESS)
        for change, expected in (
            ({"_posts/2018-10-06-vae.md": f"---\n{front}\n---\n둘째 $y$"}, "lent theme 1.0 <p>둘째"),
            ({"_includes/foot.html": "mine"}, "mine theme 1.0 <p>둘째"),
            ({"Gemfile.lock": lock.format("2.0")}, "mine theme 2.0 <p>둘째"),
        ):
            events = preview.events(ADDRESS)
            site.write(change)
            assert next(events)["reload"] is True
            assert expected in preview.page(ADDRESS)


def test_a_blog_with_a_theme_in_a_folder(start: Start, site: Site) -> None:
    layout = "<html><head></head><body>{{% include foot.html %}} {} {{{{ content }}}}</body></html>"
    site.config("theme: quiet\n").post("2018-10-06-vae", "처음 $x$", "title: A\nlayout: post")
    site.write({"Gemfile": 'gem "quiet", path: "theme"', "theme/quiet.gemspec": "Gem::Specification.new"})
    site.write({"theme/_layouts/post.html": layout.format("one"), "theme/_includes/foot.html": "lent"})
    preview = start("-j", "1")
    assert "lent one <p>처음" in preview.page(ADDRESS)
    events = preview.events(ADDRESS)
    site.write({"theme/_layouts/post.html": layout.format("two")})
    assert next(events)["reload"] is True
    assert "lent two <p>처음" in preview.page(ADDRESS)
