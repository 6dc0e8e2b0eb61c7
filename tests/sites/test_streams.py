"""Standard streams that are closed, or lead to a full disk, and what a program that is no editor sends to the language server."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from support.site import Site, program_environment

MATHBLOG = f"{sys.executable} -m mathblog"
pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")


def shell(line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "-c", line], env=program_environment(), capture_output=True, text=True, check=False
    )


def test_closed_streams_are_no_reason_to_publish_nothing(site: Site) -> None:
    """Of a closed standard error nothing was built; and the first file that is opened would be it."""
    site.post("2020-01-01-a", "$\\foo$")
    flags = " ".join(site.flags)
    assert shell(f"{MATHBLOG} build {flags} <&- >&- 2>&-").returncode == 0
    assert "2020/01/01/a.html" in site.files()
    assert not any(b"undefined control" in path.read_bytes() for path in site.source.rglob("*.db"))


@pytest.mark.parametrize("arguments", ["--help", "list -s {}"])
def test_a_full_disk_behind_a_report(site: Site, arguments: str) -> None:
    site.post("2020-01-01-a", "x")
    done = shell(f"{MATHBLOG} {arguments.format(site.source)} > /dev/full")
    assert done.returncode == 3
    assert done.stderr == "mathblog: error: what is printed cannot be written: is the disk full?\n"


def test_a_folder_that_is_gone(site: Site, tmp_path: Path) -> None:
    """Relative paths mean nothing there, and Python's own tools for paths fail."""
    gone = tmp_path / "gone"
    done = shell(f"mkdir {gone}; cd {gone}; rmdir {gone}; {MATHBLOG} build {' '.join(site.flags)}")
    assert (done.returncode, "Traceback" in done.stderr) == (3, False)
    assert "mathblog: error: the current folder is not there any more" in done.stderr


def test_no_memory_is_a_sentence(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("mathblog.engine.builder.Builder.build", fail)
    done = site.run()
    assert done.exit_code == 3
    assert "mathblog: error: the memory is used up" in done.output + done.stderr


def frame(message: object) -> bytes:
    data = message if isinstance(message, bytes) else json.dumps({"jsonrpc": "2.0", **dict(message)}).encode()  # type: ignore[call-overload]
    return b"Content-Length: %d\r\n\r\n%s" % (len(data), data)


def test_the_server_of_an_editor_lives_through_odd_messages(site: Site) -> None:
    """No traceback, no file outside of a site is read, and requests that follow are answered."""
    odd = [
        b"{",
        b"[]",
        b"null",
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"jsonrpc": "2.0", "id": 5, "method": "textDocument/hover", "params": {"position": {"line": -1}}}',
    ]
    uris = ["file:///etc/passwd", f"{site.source.as_uri()}/../../etc/passwd", "http://x/y.md", "file:///%00", "", "::"]
    hover = {"method": "textDocument/hover", "params": {"position": {"line": 1 << 30, "character": 1 << 30}}}
    asked = [
        {**hover, "id": 10 + number, "params": {**hover["params"], "textDocument": {"uri": uri}}}  # type: ignore[dict-item]
        for number, uri in enumerate(uris)
    ]
    start = {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}}
    last = [{"id": 99, "method": "shutdown"}, {"method": "exit"}]
    done = subprocess.run(
        [sys.executable, "-m", "mathblog", "lsp"],
        input=b"".join(map(frame, [start, {"method": "initialized", "params": {}}, *odd, *asked, *last])),
        env=program_environment(),
        cwd=site.source,
        capture_output=True,
        timeout=60,
        check=False,
    )
    printed = done.stdout + done.stderr
    assert b"root:" not in printed
    assert b"Traceback" not in done.stderr
    assert all(b'"id": %d,' % number in printed or b'"id":%d,' % number in printed for number in (1, 10, 12, 99))
    assert done.returncode == 0
