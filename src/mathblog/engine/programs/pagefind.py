"""Pagefind, which makes an index of whole texts: a program without a network, in the package `pagefind_bin` (ADR 56)."""

import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from mathblog.core.patterns import lazy_pattern
from mathblog.model.output import HTML_EXTENSIONS

PACKAGE = "pagefind_bin"
_SECONDS = 300.0
_PAGES = f"**/*.{{{','.join(extension[1:] for extension in HTML_EXTENSIONS)}}}"
# what a search loads; the rest of what it writes are user interfaces
_NEEDED = lazy_pattern(
    r"pagefind(-worker)?\.js|pagefind-entry\.json|wasm\.[\w-]+\.pagefind|pagefind\.[\w-]+\.pf_meta|(index|fragment|filter)/[\w.-]+"
)


class PagefindError(Exception):
    """Pagefind made no index; the message says why."""


def index_pages(pages: Mapping[str, str], lang: str, signs: str) -> dict[str, bytes]:
    """The files of an index of HTML pages, by their paths in its folder. The same pages give the same bytes.

    All of them count as of one language, so that each page finds all. `signs` are characters that are words besides letters.

    Raises:
        PagefindError: where it cannot be started, fails, or takes too long.

    """
    try:
        with tempfile.TemporaryDirectory(prefix="mathblog-search-") as folder:
            root = Path(folder)
            for path, html in pages.items():
                place = root / "site" / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(html, encoding="utf-8", errors="replace", newline="\n")
            _run(root, lang, signs)
            files = {path.relative_to(root / "index").as_posix(): path for path in sorted((root / "index").rglob("*"))}
            return {name: path.read_bytes() for name, path in files.items() if _NEEDED.fullmatch(name)}
    except OSError as error:  # of the temporary folder, or of the program
        raise PagefindError((error.strerror or str(error)).lower()) from error


def _run(root: Path, lang: str, signs: str) -> None:
    """Run it in the temporary folder; what the author's environment tells Pagefind does not count."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    try:
        program = str(import_module(PACKAGE).get_executable())
        flags = [f"--force-language={re.split('[-_]', lang)[0] or 'en'}", "--silent", f"--include-characters={signs}"]
        run = subprocess.run(  # noqa: S603 - the package's own program
            [program, "--site", "site", "--glob", _PAGES, "--output-path", "index", *flags],
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        message = f"it took longer than {_SECONDS:.0f} seconds"
        raise PagefindError(message) from error
    except (ImportError, AttributeError) as error:
        raise PagefindError(str(error).lower()) from error
    if run.returncode or not (root / "index" / "pagefind-entry.json").is_file():
        said = (run.stderr.strip() or run.stdout.strip() or f"exit {run.returncode}").splitlines()[-1]
        raise PagefindError(said)
