"""Small sites whose pages print every variable, and what Jekyll 4.3.1 made of them.

`tests/reference/NAME.site` holds a site, its files one after the other, each after a line `=== PATH`; `NAME.jekyll` holds
Jekyll's output in the same form. Only text files whose name ends in `.txt` are compared by content, of the others it is that they
exist. After a change of a `.site`, with `jekyll` installed (`apt-get install jekyll`):

    PYTHONPATH=tests python -m support.reference [NAME ...]
"""

import datetime
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[1] / "reference"
MODIFIED = 1_538_800_000  # 2018-10-06 13:26:40 in Seoul: when all files were last written
_HEAD = re.compile(r"^=== (.+)\n", re.MULTILINE)


def unpack(text: str) -> dict[str, str]:
    """The files of a bundle by their path. A line end more is written at the end of each than the file has."""
    parts = _HEAD.split(text)
    return {path: content[:-1] for path, content in zip(parts[1::2], parts[2::2], strict=True)}


def pack(files: Mapping[str, str]) -> str:
    """A bundle of files."""
    return "".join(f"=== {path}\n{content}\n" for path, content in files.items())


def write(root: Path, name: str) -> None:
    """Write the site of a bundle, all of its files equally old."""
    for path, content in unpack((REFERENCE / f"{name}.site").read_text(encoding="utf-8")).items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode())
        os.utime(target, (MODIFIED, MODIFIED))


def collect(root: Path) -> dict[str, str]:
    """The files below a folder by their path: text files with their lines, less blanks at their ends, others as `(exists)`."""
    found = {}
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        name = path.relative_to(root).as_posix()
        found[name] = normalize(path.read_text(encoding="utf-8")) if name.endswith(".txt") else "(exists)"
    return found


def normalize(text: str) -> str:
    """A text without blank lines and blanks at the ends of lines, the day of the build and its time made `NOW`."""
    today = datetime.datetime.now(datetime.UTC)
    days = "|".join(str((today + datetime.timedelta(days=shift)).date()) for shift in (-1, 0, 1))
    text = re.sub(rf"(?:{days})[ T]\d\d:\d\d:\d\d", "NOW", text)
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip())


def names() -> list[str]:
    """The names of all reference sites."""
    return sorted(path.stem for path in REFERENCE.glob("*.site"))


def run_jekyll(name: str) -> None:
    """Build a site with Jekyll and keep what it made."""
    environment = {**os.environ, "LANG": "C.UTF-8", "JEKYLL_NO_BUNDLER_REQUIRE": "true", "TZ": "UTC"}
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder) / "source", Path(folder) / "output"
        write(source, name)
        command = ["jekyll", "build", "--quiet", "--disable-disk-cache", "-s", str(source), "-d", str(output)]
        subprocess.run(command, env=environment, check=True)
        (REFERENCE / f"{name}.jekyll").write_text(pack(collect(output)), encoding="utf-8")


if __name__ == "__main__":
    for chosen in sys.argv[1:] or names():
        run_jekyll(chosen)
