"""Archives of themes that harm, and hosts that do: nothing is written outside, nothing hangs, every reason is told."""

import contextlib
import gzip
import hashlib
import io
import socket
import tarfile
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from mathblog.engine.sources.gems import unpack
from mathblog.engine.sources.gems.cache import cache_folder, find_stored, list_stored
from mathblog.engine.sources.gems.download import download
from mathblog.engine.sources.gems.fetch import fetch
from mathblog.engine.sources.gems.hosts import FetchError, Hosts, is_allowed
from mathblog.engine.sources.gems.unpack import unpack_archive, unpack_gem
from mathblog.gems.wanted import GemWanted
from support.gems import Host, make_gem, make_tar, pack_gem, serve_themes, write_metadata

GOOD = {"_layouts/default.html": "{{ content }}"}
MB = 1 << 20


def entry(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, target
    return made


def files_below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "outside").write_text("mine")
    made = tmp_path / "a" / "theme"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    monkeypatch.setenv("MATHBLOG_THEMES", str(tmp_path / "themes"))
    with serve_themes() as host:
        yield host


def fetch_from(host: Host, **wanted: str) -> None:
    fetch(GemWanted("quiet", **wanted), Hosts(host.url, host.url), lambda _text: None)


def test_a_good_one(folder: Path) -> None:
    more = {
        "lib/a.rb": "exit",
        "_sass/a/b.scss": "a{}",
        "./assets/x": "y",
        "README.md": "_layouts",
        "_config.yml": "a: 1",
    }
    found = unpack_gem(make_gem("quiet", "1", GOOD | more), folder)
    assert files_below(folder) == ["_config.yml", "_layouts/default.html", "_sass/a/b.scss", "assets/x"]
    assert (found.left_out, "name: quiet" in found.specification) == (0, True)


def test_the_digest_is_that_of_the_files(folder: Path) -> None:
    """`sha256sum` of each file, sorted, and the SHA-256 of that list: it does not depend on how they are packed."""
    lines = sorted(
        f"{hashlib.sha256(text.encode()).hexdigest()}  {path}\n" for path, text in (*GOOD.items(), ("z", ""))
    )
    packed = {f"name-v1/{path}": text for path, text in (("z", ""), *GOOD.items())}
    for level in (1, 9):
        found = unpack_archive(gzip.compress(make_tar(packed), level), folder)
        assert found.digest == hashlib.sha256("".join(lines).encode()).hexdigest()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("../outside", "theirs", r"holds a file named `\.\./outside`"),
        ("_layouts/../../../outside", "theirs", "holds a file named"),
        ("/elsewhere/x", "theirs", "holds a file named `/elsewhere/x`"),
        ("_layouts\\..\\x", "theirs", "holds a file named"),
        ("_layouts/a\nb", "x", r"holds a file named `_layouts/a\?b`"),
        ("_layouts/" + "a" * 300, "x", "very long name"),
        ("_layouts/" + "a/" * 40 + "b", "x", "holds a file named"),
        ("_layouts/default.html/x", "x", "both as a file and as a folder"),
        ("dev", entry("assets/dev", tarfile.CHRTYPE), "holds a device, `assets/dev`"),
        ("dev", entry("lib/dev", tarfile.BLKTYPE), "holds a device"),
        ("pipe", entry("assets/pipe", tarfile.FIFOTYPE), "holds a device"),
    ],
)
def test_refused(folder: Path, name: str, content: str | tarfile.TarInfo, message: str) -> None:
    with pytest.raises(FetchError, match=message):
        unpack_gem(make_gem("quiet", "1", GOOD | {name: content}), folder)
    assert (folder.parents[1] / "outside").read_text() == "mine"
    assert set(files_below(folder)) <= set(GOOD)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE])
@pytest.mark.parametrize("target", ["/etc/passwd", "../../outside", "_layouts/default.html"])
def test_links_are_left_out(folder: Path, kind: bytes, target: str) -> None:
    files = GOOD | {"link": entry("_includes/link", kind, target), "other": entry("docs/link", kind, target)}
    found = unpack_gem(make_gem("quiet", "1", files), folder)
    assert (files_below(folder), found.left_out) == (list(GOOD), 1)


def test_nothing_is_written_through_a_link(folder: Path) -> None:
    away = entry("_includes", tarfile.SYMTYPE, str(folder.parents[1]))
    unpack_gem(make_gem("quiet", "1", {**GOOD, "l": away, "_includes/outside": "theirs"}), folder)
    assert (folder.parents[1] / "outside").read_text() == "mine"
    assert (folder / "_includes/outside").read_text() == "theirs"


def test_too_many_files(folder: Path) -> None:
    many = entry("spec/a", tarfile.REGTYPE).tobuf(tarfile.USTAR_FORMAT) * 100_000
    with pytest.raises(FetchError, match="more than 20,000 files"):
        unpack_gem(pack_gem(gzip.compress(many + make_tar(GOOD), 1), write_metadata("quiet", "1")), folder)
    assert files_below(folder) == []


def test_a_bomb(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "_MOST_BYTES", 4 * MB)
    with pytest.raises(FetchError, match="larger than 4 MB"):
        unpack_gem(make_gem("quiet", "1", GOOD | {"assets/zeros": bytes(8 * MB)}), folder)
    monkeypatch.setattr(unpack, "_MOST_OF_METADATA", MB)
    with pytest.raises(FetchError, match="larger than 1 MB"):
        unpack_gem(pack_gem(gzip.compress(make_tar(GOOD)), "a" * 3 * MB), folder)


def test_a_large_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "_MOST_OF_FILE", MB)
    with pytest.raises(FetchError, match="larger than 1 MB: `a/assets/zeros`"):
        unpack_archive(gzip.compress(make_tar({"a/_layouts/a": "", "a/assets/zeros": bytes(2 * MB)})), folder)


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.XGLTYPE])
def test_a_header_that_asks_for_gigabytes(folder: Path, kind: bytes) -> None:
    lie = entry("x", kind)
    lie.size = 7 << 30
    data = lie.tobuf(tarfile.GNU_FORMAT) + make_tar(GOOD)
    with pytest.raises(FetchError, match="archive"):
        unpack_archive(gzip.compress(data), folder)


def test_headers_of_headers(folder: Path) -> None:
    head = entry("x", tarfile.XHDTYPE)
    head.size = 9
    data = (head.tobuf(tarfile.USTAR_FORMAT) + b"9 a=bcd\n\n".ljust(512, b"\0")) * 5000
    with pytest.raises(FetchError, match="archive"):
        unpack_archive(gzip.compress(data + make_tar(GOOD)), folder)


def test_a_sparse_file_is_not_blown_up(folder: Path) -> None:
    sparse = entry("name/assets/sparse", tarfile.GNUTYPE_SPARSE)
    buffer = bytearray(sparse.tobuf(tarfile.GNU_FORMAT))
    buffer[483:495] = b"77777777777\0"  # its real size: 8 GB
    buffer[148:156] = b"        "
    buffer[148:156] = f"{sum(buffer):06o}\0 ".encode()
    data = gzip.compress(bytes(buffer) + make_tar({"name/_layouts/a.html": ""}))
    with contextlib.suppress(FetchError):  # which of the two depends on the version of Python
        assert unpack_archive(data, folder).left_out == 1
    assert "assets/sparse" not in files_below(folder)


def test_a_size_below_zero(folder: Path) -> None:
    back = entry("name/assets/back", tarfile.REGTYPE)
    buffer = bytearray(back.tobuf(tarfile.GNU_FORMAT))
    buffer[124:136] = b"\xff" * 10 + b"\xfc\x00"  # -1024
    buffer[148:156] = b"        "
    buffer[148:156] = f"{sum(buffer):06o}\0 ".encode()
    with pytest.raises(FetchError):
        unpack_archive(gzip.compress(bytes(buffer) + make_tar({"name/_layouts/a.html": ""})), folder)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no gem"),
        (b"<!DOCTYPE html><html>sign in</html>", "a web page"),
        (b"\x1f\x8b\x08 not really", "no gem"),
        (make_tar({"README": "x"}), "has no `metadata.gz`"),
        (pack_gem(gzip.compress(make_tar(GOOD))[:-20], write_metadata("quiet", "1")), "damaged"),
        (pack_gem(b"plain", write_metadata("quiet", "1")), "no archive"),
        (pack_gem(b"<html>", write_metadata("quiet", "1")), "a web page"),
        (pack_gem(gzip.compress(b"plain"), write_metadata("quiet", "1")), "no archive"),
        (make_gem("quiet", "1", {"lib/a.rb": "exit"}), "holds no theme"),
        (pack_gem(gzip.compress(make_tar(GOOD)), "name: x", f"---\nSHA256:\n  data.tar.gz: {'0' * 64}\n"), "checksum of its `data.tar.gz`"),
    ],
)  # fmt: skip
def test_no_gem(folder: Path, data: bytes, message: str) -> None:
    with pytest.raises(FetchError, match=message):
        unpack_gem(data, folder)


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        ("- a", "specification cannot be read"),
        ("{", "specification cannot be read"),
        ("!!python/object/apply:os.system [echo]", "specification cannot be read"),
        (write_metadata("loud", "1.0"), "it is the gem `loud` 1.0"),
        (write_metadata("quiet", "2.0"), "it is the gem `quiet` 2.0"),
    ],
)
def test_a_specification_that_is_not_its_own(host: Host, metadata: str, message: str) -> None:
    host.answers["/gems/quiet-1.0.gem"] = pack_gem(gzip.compress(make_tar(GOOD)), metadata)
    with pytest.raises(FetchError, match=message):
        fetch_from(host, version="1.0")
    assert not list(list_stored(cache_folder(host.url, "gems", "quiet")))
    assert not list(cache_folder(host.url, "gems", "quiet").iterdir()), "nothing is left behind"


def test_a_host_whose_list_names_another_checksum(host: Host) -> None:
    host.add_gem("quiet", "1.0", GOOD)
    host.answers["/info/quiet"] = f"---\n1.0 |checksum:{'0' * 64}\n".encode()
    with pytest.raises(FetchError, match="not the one that the host itself names"):
        fetch_from(host)


def test_a_list_that_is_a_web_page(host: Host) -> None:
    host.answers["/info/quiet"] = b"<html>\n1.0 sign in\n</html>".replace(b"1.0", b"<p>1.0")
    with pytest.raises(FetchError, match="does not answer with a list of versions"):
        fetch_from(host)


def test_what_one_host_sent_is_not_taken_for_anothers(host: Host) -> None:
    host.add_gem("quiet", "1.0", GOOD)
    fetch_from(host)
    assert find_stored(GemWanted("quiet"), Hosts(host.url, host.url))
    assert not find_stored(GemWanted("quiet"), Hosts("https://example.org", "https://example.org"))


def redirect(target: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", target)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/x", "http://example.org/x", "data:,x", "//example.org/x"])  # fmt: skip
def test_redirects_that_are_not_followed(host: Host, target: str) -> None:
    host.answers["/a"] = redirect(target)
    with pytest.raises(FetchError, match=r"which is not followed|answers 302"):
        download(f"{host.url}/a", MB)


def test_a_redirect_that_is_followed(host: Host) -> None:
    host.answers |= {"/a": redirect("/b"), "/b": b"here"}
    assert download(f"{host.url}/a", MB) == b"here"


def test_what_comes_with_a_redirect_is_not_read(host: Host) -> None:
    sent: list[int] = []

    def lead(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", "/b")
        handler.end_headers()
        with contextlib.suppress(OSError):
            while len(sent) < 64:
                handler.wfile.write(bytes(MB))
                sent.append(1)

    host.answers |= {"/a": lead, "/b": b"here"}
    assert download(f"{host.url}/a", MB) == b"here"
    assert len(sent) < 64, "more than what waits in the buffers of a connection"


def test_a_theme_of_a_name_that_leads_into_the_own_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", 1))])
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with pytest.raises(FetchError, match=r"`themes\.org` is an address of this machine"):
        download("https://themes.org/a", MB)
    monkeypatch.setenv("MATHBLOG_GEMS", "https://themes.org")
    with pytest.raises(FetchError, match="refused"):
        download("https://themes.org/a", MB)


def test_redirects_without_end(host: Host) -> None:
    host.answers |= {f"/{number}": redirect(f"/{number + 1}") for number in range(50)}
    with pytest.raises(FetchError, match="302"):
        download(f"{host.url}/0", MB)
    assert len(host.asked) <= 7


@pytest.mark.parametrize("url", ["http://example.org/x", "file:///etc/passwd", "ftp://example.org", "https://", "x", "https://[", ""])  # fmt: skip
def test_addresses_that_are_not_asked(url: str) -> None:
    assert not is_allowed(url)
    with pytest.raises(FetchError, match="no address by HTTPS"):
        download(url, MB)


def test_a_host_that_says_nothing(host: Host) -> None:
    host.answers["/a"] = lambda _handler: time.sleep(5)
    begun = time.perf_counter()
    with pytest.raises(FetchError, match="too slow"):
        download(f"{host.url}/a", MB, silence=0.2)
    assert time.perf_counter() - begun < 3


def test_a_host_that_drips(host: Host) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    host.answers["/a"] = drip
    begun = time.perf_counter()
    with pytest.raises(FetchError, match="too slow"):
        download(f"{host.url}/a", MB, silence=1, longest=0.5)
    assert time.perf_counter() - begun < 3


def test_a_host_that_sends_too_much(host: Host) -> None:
    host.answers["/a"] = bytes(3 * MB)
    with pytest.raises(FetchError, match="sends more than 1 MB"):
        download(f"{host.url}/a", MB)


def test_a_host_that_ends_too_early(host: Host) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"x")

    host.answers["/a"] = cut
    with pytest.raises(FetchError, match=r"in the middle|127\.0\.0\.1"):
        download(f"{host.url}/a", MB)


def test_a_host_that_is_not_there() -> None:
    with pytest.raises(FetchError, match=r"127\.0\.0\.1:1`"):
        download("http://127.0.0.1:1/a", MB)


def test_a_file_that_is_no_archive_of_one_folder(folder: Path) -> None:
    buffer = io.BytesIO(make_tar({"_layouts": "a file"}))
    with pytest.raises(FetchError, match="holds no theme"):
        unpack_archive(gzip.compress(buffer.getvalue()), folder)
