#!/usr/bin/env python3
"""Have Jekyll build the sites beside this file, and keep what it makes of them as `expected/`.

    python3 tests/sites/jekyll/make_reference.py [NAME ...]

A developer runs it after a change of a site, and reads `git diff` before committing; the tests only read what it wrote. It needs
Jekyll 4.3 with the plugins that the sites name (on Debian: jekyll, ruby-jekyll-archives, ruby-jekyll-include-cache, …).

    NAME/site/            the site, as its author keeps it
    NAME/expected/full/   what Jekyll makes of it: HTML, XML, JSON, CSS, scripts. Not made for a site without layouts, whose theme is a gem.
    NAME/expected/production/   the files that are others with `JEKYLL_ENV=production` than in `full/`
    NAME/expected/body/   its HTML pages with every layout replaced by `<main>{{ content }}</main>`: what mathblog's own theme is compared with
    NAME/expected/copied.txt   paths of the files that Jekyll only copied

What depends on the day of the build is taken out; the script stops when something of it is left. Comments that name a source map go, too.
"""

import datetime
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
BARE_LAYOUT = "<main>{{ content }}</main>\n"
GEM_LAYOUTS = ("default", "home", "page", "post")
KEPT = {".css", ".html", ".js", ".json", ".txt", ".xml"}
# jekyll-feed: the time of the build
FEED_TIME = re.compile(r"(<link [^>]*rel=\"alternate\"[^>]*/>)<updated>[^<]*</updated>(<id>)")
# jekyll-sitemap: when a static file was written to this disk
FILE_TIME = re.compile(r"(<loc>[^<]*\.pdf</loc>\n)<lastmod>[^<]*</lastmod>\n")
# Sass: mathblog writes no source maps
SOURCE_MAP = re.compile(r"\n*/\*# sourceMappingURL=\S+ \*/\n?")


def jekyll(source: Path, destination: Path, environment: str = "development") -> None:
    """Build a site, as a user with the plugins installed system-wide would."""
    command = ["jekyll", "build", "--quiet", "--disable-disk-cache", "-s", str(source), "-d", str(destination)]
    variables = {"LANG": "C.UTF-8", "JEKYLL_NO_BUNDLER_REQUIRE": "true", "JEKYLL_ENV": environment}
    subprocess.run(command, env={**os.environ, **variables}, check=True)


def without_layouts(site: Path, copy: Path) -> Path:
    """The site with layouts that hold nothing but the content."""
    shutil.copytree(site, copy)
    layouts = copy / "_layouts"
    layouts.mkdir(exist_ok=True)
    for place in list(files(layouts).values()) or [layouts / f"{name}.html" for name in GEM_LAYOUTS]:
        place.write_text(BARE_LAYOUT)
    config = copy / "_config.yml"
    config.write_text(re.sub(r"(?m)^theme:.*\n", "", config.read_text(encoding="utf-8")), encoding="utf-8")
    return copy


def files(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}


def copied(built: dict[str, Path], site: Path) -> list[str]:
    """What stands in the site byte for byte."""
    sources = {path.read_bytes() for path in files(site).values()}
    return [name for name, path in built.items() if path.read_bytes() in sources]


def steady(text: str) -> str:
    """The text without the time of the build; complains when it is still there."""
    text = SOURCE_MAP.sub("\n", FILE_TIME.sub(r"\1", FEED_TIME.sub(r"\1\2", text)))
    today = datetime.datetime.now(datetime.UTC).date()
    for day in (today - datetime.timedelta(1), today, today + datetime.timedelta(1)):
        if day.isoformat() in text:
            sys.exit(f"the time of the build is left in:\n{text[:400]}")
    return text


def keep(built: dict[str, Path], names: list[str], target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    for name in names:
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(steady(built[name].read_text(encoding="utf-8")), encoding="utf-8")


def make(folder: Path, work: Path) -> None:
    site, expected = folder / "site", folder / "expected"
    shutil.rmtree(expected, ignore_errors=True)
    plain = work / "body"
    jekyll(without_layouts(site, work / "site"), plain)
    built = files(plain)
    same = copied(built, site)
    if (site / "_layouts").is_dir():
        full = work / "full"
        jekyll(site, full)
        built_full = files(full)
        same = copied(built_full, site)
        kept = [name for name in built_full if name not in same and Path(name).suffix in KEPT]
        keep(built_full, kept, expected / "full")
        published = work / "production"
        jekyll(site, published, "production")
        changed = [name for name in kept if (published / name).read_bytes() != built_full[name].read_bytes()]
        keep(files(published), changed, expected / "production")
    keep(built, [name for name in built if name.endswith(".html") and name not in same], expected / "body")
    (expected / "copied.txt").write_text("".join(f"{name}\n" for name in same), encoding="utf-8")


def main() -> None:
    names = sys.argv[1:] or sorted(path.parent.name for path in HERE.glob("*/site"))
    for name in names:
        with tempfile.TemporaryDirectory() as work:
            make(HERE / name, Path(work))


if __name__ == "__main__":
    main()
