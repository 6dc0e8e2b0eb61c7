"""The socket of the preview."""

import os
import socket

import pytest

from mathblog.engine.problem import BuildStopped
from mathblog.serve.listen import listen


def test_the_next_port_when_one_is_taken() -> None:
    with listen("127.0.0.1", 0).socket as first:
        taken = first.getsockname()[1]
        found = listen("127.0.0.1", taken)
        with found.socket:
            assert taken < found.port < taken + 20
            assert found.asked == taken
            assert found.origin == f"http://127.0.0.1:{found.port}"


def test_ports_end_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mathblog.serve.listen._TRIES", 1)
    with listen("127.0.0.1", 0).socket as first:
        taken = first.getsockname()[1]
        with pytest.raises(BuildStopped, match=f"ports {taken} to {taken} of `127.0.0.1` are in use") as stop:
            listen("127.0.0.1", taken)
    assert stop.value.code == 3
    assert stop.value.hint == "choose another with `--port`"


def has_ipv6() -> bool:
    """Whether this machine has the address `::1`; many containers have none."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="no IPv6 loopback address")
def test_a_computer_with_ipv6_only() -> None:
    found = listen("::1", 0)
    with found.socket:
        assert found.origin == f"http://[::1]:{found.port}"


def test_an_address_of_another_computer() -> None:
    with pytest.raises(BuildStopped, match=r"cannot listen on `192\.0\.2\.1`, port 4000: ") as stop:
        listen("192.0.2.1", 4000)
    assert stop.value.code == 3


def test_a_host_that_does_not_exist() -> None:
    with pytest.raises(BuildStopped, match=r"there is no host `a\.\.b`") as stop:
        listen("a..b", 4000)
    assert stop.value.code == 3


@pytest.mark.skipif(os.name != "posix", reason="privileged ports are a matter of POSIX")
def test_a_privileged_port(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("socket.socket.bind", refuse)  # the tests may run as root, who may have any port
    with pytest.raises(BuildStopped, match="port 80 may not be used") as stop:
        listen("127.0.0.1", 80)
    assert stop.value.code == 3
    assert stop.value.hint == "ports below 1024 need rights of their own; choose another with `--port`"
