"""Gems and archives made here, and a server on this machine that has them."""

import gzip
import hashlib
import io
import tarfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

Answer = bytes | Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Host:
    """A server: what it answers by path, and what it was asked for."""

    url: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def add_gem(self, name: str, version: str, files: Mapping[str, str], needs: Sequence[str] = ()) -> str:
        """Offer a gem, also in the list of its versions; its checksum."""
        data = make_gem(name, version, files, needs)
        digest = hashlib.sha256(data).hexdigest()
        self.answers[f"/gems/{name}-{version}.gem"] = data
        known = self.answers.get(f"/info/{name}", b"---\n")
        assert isinstance(known, bytes)
        self.answers[f"/info/{name}"] = known + f"{version} |checksum:{digest}\n".encode()
        return digest

    def add_archive(self, repository: str, ref: str, files: Mapping[str, str], commit: str = "") -> None:
        """Offer the archive of a repository as GitHub packs it: below one folder, the commit in a comment."""
        inner = {f"{repository.rpartition('/')[2]}-{ref}/{path}": text for path, text in files.items()}
        self.answers[f"/{repository}/tar.gz/{ref}"] = gzip.compress(make_tar(inner, comment=commit))


@contextmanager
def serve_themes() -> Iterator[Host]:
    """A server on 127.0.0.1 that ends with the context."""
    host = Host()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host.asked.append(self.path)
            answer = host.answers.get(self.path)
            if answer is None:
                self.send_error(404)
            elif callable(answer):
                answer(self)
            else:
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

        def log_message(self, *_arguments: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_arguments: object) -> None:
            """Say nothing of a client that hangs up, which many of these tests want."""

    with Server(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        host.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield host
        finally:
            server.shutdown()
            thread.join()


def make_tar(files: Mapping[str, str | bytes | tarfile.TarInfo], comment: str = "") -> bytes:
    """A tar file; an entry that is no text is put in as it is."""
    out = io.BytesIO()
    headers = {"comment": comment} if comment else {}
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT, pax_headers=headers) as tar:
        for name, content in files.items():
            if isinstance(content, tarfile.TarInfo):
                tar.addfile(content)
                continue
            data = content.encode() if isinstance(content, str) else content
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def make_gem(
    name: str, version: str, files: Mapping[str, str | bytes | tarfile.TarInfo], needs: Sequence[str] = ()
) -> bytes:
    """A gem as `gem build` makes it, by the parts that are read of it; it `needs` these gems."""
    return pack_gem(gzip.compress(make_tar(files)), write_metadata(name, version, needs))


def pack_gem(data: bytes, metadata: str, sums: str | None = None) -> bytes:
    """A gem of its parts; `sums` are right ones where none are given."""
    packed = gzip.compress(metadata.encode())
    right = {"metadata.gz": hashlib.sha256(packed).hexdigest(), "data.tar.gz": hashlib.sha256(data).hexdigest()}
    lines = "".join(f"  {part}: {digest}\n" for part, digest in right.items())
    written = gzip.compress((sums or f"---\nSHA256:\n{lines}").encode())
    return make_tar({"metadata.gz": packed, "data.tar.gz": data, "checksums.yaml.gz": written})


def write_metadata(name: str, version: str, needs: Sequence[str] = ()) -> str:
    """A specification with Ruby's tags, as RubyGems writes it."""
    lines = [
        "--- !ruby/object:Gem::Specification",
        f"name: {name}",
        "version: !ruby/object:Gem::Version",
        f"  version: '{version}'",
        "authors:",
        "- Ada",
        "- Emmy",
        "dependencies:" + ("" if needs else " []"),
    ]
    for number, need in enumerate(needs):
        lines += [
            "- !ruby/object:Gem::Dependency",
            f"  name: {need}",
            f"  requirement: &id{number} !ruby/object:Gem::Requirement",
            "    requirements:",
            '    - - "~>"',
            "      - !ruby/object:Gem::Version",
            "        version: '1.2'",
            "  type: :runtime",
            f"  version_requirements: *id{number}",
        ]
    return "\n".join([*lines, "summary: A quiet theme", "description:", "metadata:", "  plugin_type: theme", ""])
