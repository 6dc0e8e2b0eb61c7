"""The preview's server, asked as browsers, attackers and mistakes ask: raw requests over a socket."""

import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from mathblog.serve import connections
from mathblog.serve.hosts import policy_for
from mathblog.serve.listen import listen
from mathblog.serve.preview import Preview, ShownProblem
from mathblog.serve.reload import Hub
from mathblog.serve.server import PreviewServer, make_app

PAGE = "<!DOCTYPE html>\n<html><body><p>글</p></body></html>\n"
FILES = {
    "index.html": PAGE,
    "404.html": "<body>no such page here</body>",
    "about.html": "a page without a body",
    "글/index.html": PAGE,
    "main.css": "body {}",
    "app.js": "1",
    "feed.xml": "<feed/>",
    "data": "bytes",
    "font.woff2": "font",
    "film.mp4": "0123456789",
    ".mathblog-manifest.json": "{}",
}


@dataclass
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Served:
    """A running server, and the hub that it shows."""

    hub: Hub
    port: int
    root: Path

    def connect(self, request: str) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=5)
        connection.sendall(request.encode("latin-1"))
        return connection

    def ask(self, target: str, method: str = "GET", **headers: str) -> Reply:
        """Send one request as it is; keywords are headers, with `_` for `-`."""
        fields = {"host": f"127.0.0.1:{self.port}", "connection": "close", **headers}
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in fields.items() if value]
        with self.connect("\r\n".join([f"{method} {target} HTTP/1.1", *lines, "", ""])) as connection:
            received = b"".join(iter(lambda: connection.recv(1 << 16), b""))
        head, _, body = received.decode().partition("\r\n\r\n")
        first, *rest = head.split("\r\n")
        pairs = (line.split(": ", 1) for line in rest)
        return Reply(int(first.split()[1]), {name.lower(): value for name, value in pairs}, body)

    @contextmanager
    def listening(self, page: str, digest: str) -> Iterator[Iterator[dict[str, object]]]:
        """The events that a page receives."""
        request = f"GET /__mathblog/events?page={page}&digest={digest} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        with self.connect(request) as connection, connection.makefile(encoding="utf-8") as lines:
            yield (json.loads(line[6:]) for line in lines if line.startswith("data: "))


@contextmanager
def serving(root: Path, *, baseurl: str = "", livereload: bool = True) -> Iterator[Served]:
    hub, listening = Hub(), listen("127.0.0.1", 0)
    app = make_app(hub, policy_for("127.0.0.1", "studio"), livereload=livereload)
    with PreviewServer(app, hub, listening.socket):
        hub.show(Preview(1, root, baseurl))
        yield Served(hub, listening.port, root)


def write_site(folder: Path) -> Path:
    root = folder / "site"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (folder / "secret.txt").write_text("secret", encoding="utf-8")
    (root / "link.txt").symlink_to(folder / "secret.txt")
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_site(tmp_path)


@pytest.fixture
def served(root: Path) -> Iterator[Served]:
    with serving(root) as served:
        yield served


@pytest.fixture(scope="module")
def fixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site that no test changes."""
    with serving(write_site(tmp_path_factory.mktemp("fixed"))) as served:
        yield served


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/about", "text/html; charset=utf-8"),
        ("/%EA%B8%80/", "text/html; charset=utf-8"),
        ("/main.css", "text/css; charset=utf-8"),
        ("/main.css?raw", "text/css; charset=utf-8"),
        ("/app.js", "text/javascript; charset=utf-8"),
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/font.woff2", "font/woff2"),
        ("/data", "application/octet-stream"),
    ],
)
def test_files_have_their_types_and_are_asked_for_anew(fixed: Served, target: str, kind: str) -> None:
    reply = fixed.ask(target)
    assert reply.status == 200
    assert reply.headers["content-type"] == kind
    assert reply.headers["cache-control"] == "no-cache"
    assert "access-control-allow-origin" not in reply.headers


@pytest.mark.parametrize("target", ["/", "/main.css"])
def test_an_unchanged_file_is_not_sent_again(served: Served, target: str) -> None:
    etag = served.ask(target).headers["etag"]
    same = served.ask(target, if_none_match=f'"other", W/{etag}')
    assert (same.status, same.body, same.headers["etag"]) == (304, "", etag)
    name = "index.html" if target == "/" else "main.css"
    (served.root / name).write_text("edited!", encoding="utf-8")
    assert served.ask(target, if_none_match=etag).status == 200


def test_the_script_is_put_into_pages_on_their_way_out(fixed: Served) -> None:
    found = re.search(r'<script src="(.*?)" data-page="(\w+)"></script></body></html>\n\Z', fixed.ask("/").body)
    assert found
    assert fixed.ask(found[1]).headers["content-type"] == "text/javascript; charset=utf-8"
    assert "client.js" in fixed.ask("/about").body
    assert (fixed.root / "index.html").read_text(encoding="utf-8") == PAGE
    assert fixed.ask("/", sec_fetch_dest="empty").body == PAGE  # asked for by a script
    assert "client.js" not in fixed.ask("/feed.xml").body
    assert fixed.ask("/__mathblog/client.css").headers["content-type"] == "text/css; charset=utf-8"


def test_the_script_is_small(fixed: Served) -> None:
    assert len(fixed.ask("/__mathblog/client.js").body.encode()) <= 5120


def test_without_livereload_pages_are_as_they_will_be_online(root: Path) -> None:
    with serving(root, livereload=False) as served:
        assert served.ask("/").body == PAGE
        assert served.ask("/__mathblog/events").status == 404


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/..%2fsecret.txt",
        "/%EA%B8%80/../../secret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/secret.txt%00.html",
        "/%00",
        "//secret.txt",
        "//example.org/",
        "///etc/passwd",
        "/etc/passwd",
        "http://example.org/secret.txt",
        "/link.txt",
        "/link.txt?raw",
        "/.mathblog-manifest.json",
        "/%2emathblog-manifest.json",
        "/__mathblog/../server.py",
        "/__mathblog/server.py",
        "/__mathblog/",
        "/%ff%fe",
        "/a" * 3000,
    ],
)
def test_nothing_but_the_site_is_served(fixed: Served, target: str) -> None:
    reply = fixed.ask(target)
    assert reply.status in (400, 404)
    assert "secret" not in reply.body
    assert "location" not in reply.headers


def test_a_page_that_is_missing_is_the_sites_own(served: Served) -> None:
    reply = served.ask("/nothing")
    assert reply.status == 404
    assert "no such page here" in reply.body
    assert "client.js" in reply.body  # the page may be written in a moment
    (served.root / "404.html").unlink()
    assert "There is no page here." in served.ask("/nothing").body


def test_below_a_base_url_as_it_will_be_online(root: Path) -> None:
    with serving(root, baseurl="/blog") as served:
        assert (served.ask("/").status, served.ask("/").headers["location"]) == (302, "/blog/")
        assert served.ask("/blog?a=1").headers["location"] == "/blog/?a=1"
        assert served.ask("/blog/").status == 200
        assert served.ask("/blog/%EA%B8%80").headers["location"] == "/blog/%EA%B8%80/"
        assert served.ask("/main.css").status == 404
        assert "no such page here" in served.ask("/about").body


def test_reading_is_all_that_can_be_asked(fixed: Served) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert fixed.ask("/", method).status == 405
    head = fixed.ask("/", "HEAD")
    assert (head.status, head.body) == (200, "")


def test_a_part_of_a_film(fixed: Served) -> None:
    reply = fixed.ask("/film.mp4", range="bytes=2-4")
    assert (reply.status, reply.body, reply.headers["content-range"]) == (206, "234", "bytes 2-4/10")


@pytest.mark.parametrize("target", ["/", "/main.css", "/__mathblog/client.js", "/__mathblog/events", "/nothing"])
def test_a_foreign_host_is_refused(fixed: Served, target: str) -> None:
    for host in ("evil.example", f"evil.example:{fixed.port}", "127.0.0.1.evil.example", "192.168.0.1"):
        assert fixed.ask(target, host=host).status == 403
    with fixed.connect(f"GET {target} HTTP/1.0\r\n\r\n") as connection:
        assert b" 403 " in connection.recv(64)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_pages_of_others_may_not_listen(fixed: Served, headers: dict[str, str]) -> None:
    reply = fixed.ask("/__mathblog/events?page=/", **headers)
    assert reply.status == 403
    assert "access-control-allow-origin" not in reply.headers


def digest(served: Served, target: str) -> str:
    found = re.search(r'data-page="(\w+)"', served.ask(target).body)
    assert found
    return found[1]


def test_only_pages_that_changed_are_told_to_reload(served: Served) -> None:
    with (
        served.listening("/", digest(served, "/")) as home,
        served.listening("/about", digest(served, "/about")) as about,
        served.listening("/nothing", digest(served, "/nothing")) as nothing,
    ):
        for events in (home, about, nothing):
            assert next(events)["reload"] is False
        (served.root / "about.html").write_text("edited", encoding="utf-8")
        served.hub.show(Preview(2, served.root, changed=("about.html", "main.css")))
        told = [next(events) for events in (home, about, nothing)]
        assert [event["reload"] for event in told] == [False, True, False]
        assert told[0]["assets"] == ["/main.css"]
        (served.root / "nothing.html").write_text("something", encoding="utf-8")
        served.hub.show(Preview(3, served.root, changed=("nothing.html",)))
        assert next(nothing)["reload"] is True


def test_a_page_that_was_changed_before_it_listened(served: Served) -> None:
    old = digest(served, "/about")
    (served.root / "about.html").write_text("edited", encoding="utf-8")
    with served.listening("/about", old) as events:
        assert next(events)["reload"] is True


def test_problems_stay_with_every_page_until_they_are_fixed(served: Served) -> None:
    broken = ShownProblem("error", "a.md:1:1", "vscode://file/a.md:1:1", "error: no [math]")
    with served.listening("/", digest(served, "/")) as events:
        assert next(events)["problems"] == []
        served.hub.show(Preview(2, served.root, problems=(broken,), failed=True))
        told = next(events)
        assert (told["reload"], told["failed"]) == (False, True)
        assert told["problems"] == [
            {"severity": "error", "place": "a.md:1:1", "link": "vscode://file/a.md:1:1", "text": "error: no [math]"}
        ]
        with served.listening("/about", digest(served, "/about")) as later:
            assert next(later)["failed"] is True
        served.hub.show(Preview(3, served.root))
        assert next(events)["failed"] is False


def test_too_many_changed_files_are_not_named(served: Served) -> None:
    with served.listening("/", digest(served, "/")) as events:
        next(events)
        served.hub.show(Preview(2, served.root, changed=tuple(f"{n}.png" for n in range(1000))))
        assert next(events)["assets"] is None


def test_a_browser_is_led_to_the_page_that_was_edited(root: Path) -> None:
    with serving(root, baseurl="/blog") as served, served.listening("/blog/", digest(served, "/blog/")) as events:
        assert "navigate" not in next(events)
        served.hub.show(Preview(2, served.root, baseurl="/blog", edited="글/index.html"))
        assert next(events)["navigate"] == "/blog/%EA%B8%80/"


def test_before_the_first_good_build_there_is_a_page_that_listens(root: Path) -> None:
    with serving(root) as served:
        served.hub.show(Preview(1, None, failed=True))
        reply = served.ask("/")
        assert reply.status == 503
        assert "client.js" in reply.body
        with served.listening("/", digest(served, "/")) as events:
            assert next(events)["reload"] is False
            served.hub.show(Preview(2, root))
            assert next(events)["reload"] is True


@pytest.mark.parametrize("scheme", ["http", "HTTP", "https"])
def test_a_request_for_a_whole_address(served: Served, scheme: str) -> None:
    """As a proxy asks (RFC 9112, 3.2.2)."""
    reply = served.ask(f"{scheme}://127.0.0.1:{served.port}/main.css")
    assert (reply.status, reply.body) == (200, "body {}")
    assert served.ask(f"{scheme}://127.0.0.1:{served.port}").status == 200


@pytest.mark.parametrize("target", ["http://evil.example/", "http://user@127.0.0.1/", "http:///main.css", "http://"])
def test_there_is_no_whole_address_of_somebody_else(served: Served, target: str) -> None:
    assert served.ask(target).status in (400, 404)


def test_a_whole_address_leads_nowhere_else(served: Served) -> None:
    here = f"http://127.0.0.1:{served.port}"
    for path in ("/../x", "/%2e%2e/x", "//etc/passwd", "/.mathblog-manifest.json", "/http://evil.example/"):
        assert served.ask(here + path).status == 404
    assert served.ask(f"ftp://127.0.0.1:{served.port}/main.css").status == 404


def test_a_slow_request_is_closed(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "SECONDS", 0.3)
    for begun in ("", "GET / HTT", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"):
        with served.connect(begun) as connection:
            connection.settimeout(5)
            assert connection.recv(1000) == b""
    with served.connect(f"GET /main.css HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n") as connection:
        connection.settimeout(5)
        assert b"200" in connection.recv(4000)
        connection.sendall(b"GET /")  # a second one that does not go on
        while connection.recv(4000):
            pass


def test_a_page_that_listens_is_not_closed(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "SECONDS", 0.2)
    request = f"GET /__mathblog/events?page=/ HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n"
    with served.connect(request) as connection:
        connection.settimeout(5)
        assert b"text/event-stream" in connection.recv(4000)
        time.sleep(1)
        served.hub.show(Preview(2, served.root))
        connection.settimeout(5)
        received = b""
        while b"-2" not in received:
            received += (data := connection.recv(4000))
            assert data, "it was closed"


def test_too_many_connections_are_closed(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST", 5)
    open_ones = [served.connect("") for _ in range(5)]
    with served.connect("GET / HTTP/1.1\r\n") as connection:
        connection.settimeout(5)
        with suppress(ConnectionResetError):
            assert connection.recv(1000) == b""
    for one in open_ones:
        one.close()
    time.sleep(0.2)
    assert served.ask("/main.css").status == 200


@pytest.mark.parametrize("body", ["zz\r\n", "5\r\nab", "5\r\nabcdefgh\r\nzz\r\n", "-1\r\n", "ffffffffffffffffff\r\n"])
def test_a_request_whose_body_is_broken(served: Served, caplog: pytest.LogCaptureFixture, body: str) -> None:
    head = "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    for request in (head + body, f"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n{head}{body}"):
        with served.connect(request) as connection, suppress(OSError):
            connection.settimeout(0.5)
            while connection.recv(1 << 16):
                pass
    assert served.ask("/").status == 200
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []


def test_nobody_writes_to_the_terminal(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    """A page of any site may ask for a WebSocket here; a client may send what is no request."""
    reply = served.ask(
        "/", connection="upgrade, close", upgrade="websocket", sec_websocket_key="x", sec_websocket_version="13"
    )
    assert reply.status == 200
    with served.connect("no request\r\n\r\n") as connection:
        assert connection.recv(1000).startswith(b"HTTP/1.1 400")
    assert caplog.records == []
