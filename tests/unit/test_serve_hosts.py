"""Under which names the preview answers, and whose pages may listen to it."""

import pytest

from mathblog.serve.hosts import policy_for

LOCAL = policy_for("127.0.0.1", "studio")
OPEN = policy_for("0.0.0.0", "Studio")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:4000", "127.0.0.1:4000", "[::1]:4000", "[::1]", "localhost."])
def test_names_of_this_computer(host: str) -> None:
    assert LOCAL.allows(host)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "localhost:4000@evil.example",
        "evil.example/localhost",
        "localhost:",
        "localhost:x",
        "",
        " localhost",
        "[::1",
        "192.168.0.7",
        "studio",
        "0.0.0.0",
    ],
)
def test_all_other_names(host: str) -> None:
    assert not LOCAL.allows(host)


def test_the_name_given_by_host() -> None:
    policy = policy_for("Blog.Test", "studio")
    assert policy.allows("blog.test:4000")
    assert policy.allows("localhost")
    assert not policy.allows("other.test")


def test_a_preview_for_the_network_knows_addresses_but_no_foreign_names() -> None:
    for host in ("192.168.0.7:4000", "[fe80::1]:4000", "studio:4000", "studio.local", "localhost"):
        assert OPEN.allows(host), host
    assert not OPEN.allows("evil.example")


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("http://localhost:4000", True),
        ("https://LOCALHOST:4000", True),
        ("http://localhost:4001", False),
        ("http://localhost", False),
        ("http://127.0.0.1:4000", False),
        ("http://evil.example", False),
        ("ftp://localhost:4000", False),
        ("null", False),
        ("", False),
    ],
)
def test_only_the_servers_own_pages_listen(origin: str, allowed: bool) -> None:  # noqa: FBT001 - a column of the table
    assert LOCAL.allows_origin(origin, "localhost:4000") is allowed
