"""Links to other sites, asked of a server of our own."""

import contextlib
import threading
import time
import urllib.error
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from mathblog.engine import external
from mathblog.engine.external import check_addresses, is_public_address
from mathblog.engine.sources.gems import connections


class Host(BaseHTTPRequestHandler):
    """Answers `/404` with 404, and so on; `/get` knows only GET, `/to/X` leads to X, `/drip` sends a byte now and then."""

    asked: list[str] = []  # noqa: RUF012

    def do_HEAD(self) -> None:
        self._answer(405 if self.path == "/get" else 404 if self.path == "/head404" else None)

    def do_GET(self) -> None:
        self._answer(None)

    def _answer(self, status: int | None) -> None:
        self.asked.append(f"{self.command} {self.path}")
        if self.path == "/drip":
            self._drip()
        if self.path.startswith("/to/"):
            self.send_response(302)
            to = self.path.removeprefix("/to/")
            self.send_header("Location", to if to.startswith("http") else f"/{to}")
        else:
            number = self.path.lstrip("/").partition("?")[0]
            self.send_response(status or (int(number) if number.isdigit() else 200))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _drip(self) -> None:
        with contextlib.suppress(OSError):
            for byte in b"HTTP/1.0 200 OK\r\nX: " + bytes(b"x" * 200):
                self.wfile.write(bytes((byte,)))
                time.sleep(0.05)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(external, "_PAUSE", 0.0)
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    Host.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def all_may(_address: str) -> bool:
    return True


def test_what_is_gone_is_dead_and_nothing_else(host: str) -> None:
    paths = ("200", "404", "410", "403", "429", "500", "get", "head404", "to/404", "to/200", "200?a=b")
    dead, left = check_addresses([f"{host}/{path}" for path in paths], None, all_may)
    assert dead == {
        f"{host}/404": "the host answers 404",
        f"{host}/410": "the host answers 410",
        f"{host}/to/404": "the host answers 404",
    }
    assert left == 0
    assert "GET /200" not in Host.asked, "HEAD is enough"
    assert {"HEAD /get", "GET /get", "HEAD /head404", "GET /head404"} <= set(Host.asked)


def test_each_is_asked_once_a_day(host: str, tmp_path: Path) -> None:
    addresses = [f"{host}/404", f"{host}/200", f"{host}/404"]
    first = check_addresses(addresses, tmp_path, all_may, now=1000.0)
    asked = list(Host.asked)
    assert asked.count("HEAD /404") == 1
    assert check_addresses(addresses, tmp_path, all_may, now=1000.0 + 86_399) == first
    assert Host.asked == asked
    check_addresses(addresses, tmp_path, all_may, now=1000.0 + 86_401)
    assert len(Host.asked) == 2 * len(asked)
    (tmp_path / "links.json").write_text("{]")
    assert check_addresses(addresses, tmp_path, all_may) == first


def test_a_host_that_drips_is_not_waited_for(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte begins the patience of a connection anew: all links together have an end of their own."""
    monkeypatch.setattr(external, "_LONGEST", 1.0)
    other = host.replace("127.0.0.1", "localhost")
    begun = time.monotonic()
    assert check_addresses([f"{host}/drip", f"{other}/404"], None, all_may) == (
        {f"{other}/404": "the host answers 404"},
        1,
    )
    assert time.monotonic() - begun < 5


def test_a_fault_of_a_request_is_no_end_of_the_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    faults = list[type[BaseException]]()
    monkeypatch.setattr(threading, "excepthook", lambda it: faults.append(it.exc_type))

    def ask(*_: object) -> None:
        raise IndexError

    monkeypatch.setattr(external, "_ask_host", ask)
    assert check_addresses(["https://example.org/a"], None, all_may) == ({}, 1)
    assert faults == [IndexError]


def test_a_private_host_is_never_asked_nor_followed_to(host: str) -> None:
    assert check_addresses([f"{host}/404"], None) == ({}, 1)
    assert Host.asked == []
    dead, _ = check_addresses([f"{host}/to/{host}/404"], None, lambda address: "/to/" in address)
    assert dead == {}
    assert set(Host.asked) == {f"HEAD /to/{host}/404"}


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/x",
        "https://host.local/",
        "https://a:b@example.org/",
        "https://example.org:8080/",
        "http://intranet/",
    ],
)
def test_hosts_that_are_private(address: str) -> None:
    assert not is_public_address(address)


@pytest.mark.usefixtures("host")
def test_a_name_that_leads_elsewhere_when_it_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the first answer is public, the next one is not; nothing is connected to."""
    answers, connected = iter(["93.184.216.34", "169.254.169.254"]), []
    monkeypatch.setattr(connections.socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (next(answers), 80))])
    monkeypatch.setattr(connections.socket, "create_connection", lambda *it, **_: connected.append(it))
    assert check_addresses(["http://rebinding.org/latest/meta-data"], None) == ({}, 0)
    assert next(answers, None) is None, "it was looked up twice"
    assert connected == []


def test_a_redirect_to_a_name_that_leads_into_the_own_network(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = host.rpartition(":")[2]
    found = {"out.org": [("127.0.0.1", True)], "in.org": [("127.0.0.1", True), ("127.0.0.1", False)]}
    monkeypatch.setattr(connections, "look_up", lambda name, _port: found[name])
    opener = connections.web_opener(external._Redirects(all_may), public=True)
    assert opener.open(f"http://out.org:{port}/200").status == 200
    with pytest.raises(urllib.error.URLError, match=r"`in\.org` is an address of this machine"):
        opener.open(f"http://out.org:{port}/to/http://in.org:{port}/404")
    assert Host.asked == ["GET /200", f"GET /to/http://in.org:{port}/404"]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:4700::1111", True),
        ("10.0.0.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("fe80::1%eth0", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::5db8:d822", True),
    ],
)
def test_addresses_of_the_public_net(address: str, *, public: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections.socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (address, 80))])
    assert connections.look_up("example.org") == [(address, public)]


def test_no_more_than_so_many(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(external, "MOST", 2)
    assert check_addresses([f"{host}/{number}" for number in (404, 410, 411)], None, all_may)[1] == 1


@pytest.mark.usefixtures("host")
def test_a_host_that_refuses() -> None:
    dead, _ = check_addresses(["http://127.0.0.1:1/x"], None, all_may)
    assert dead == {"http://127.0.0.1:1/x": "its host refuses the connection"}
