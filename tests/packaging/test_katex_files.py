"""The build hook brings exactly the pinned KaTeX, or says why it cannot."""

import base64
import importlib.util
import json
import re
import shutil
from functools import cache
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[2]


def load_hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hook = load_hook()
lighter = hook.load_beside("lighter_fonts")

STYLESHEET = (
    '@font-face{font-family:KaTeX_Main;src:url(fonts/KaTeX_Main-Bold.woff2) format("woff2"),'
    'url(fonts/KaTeX_Main-Bold.woff) format("woff"),url(fonts/KaTeX_Main-Bold.ttf) format("truetype")}'
    ".katex{font:normal 1.21em KaTeX_Main}"
)
PIN = hook.Pin("0.19.7", "sha512-x", "sha512-s")
FACE_RANGE = "U+0000-00FF"
# of two tables of classes the first decides; a change of 7 cannot be seen
KERNING = """feature kern {
    pos A plus -42;
    pos [A plus] [A plus] 7;
    pos A eacute -60;
    subtable;
    pos [A plus] [A plus] -90;
} kern;"""


@cache
def write_font(family: str) -> bytes:
    """A font with a reserved name, kerning, two signs that most pages have and two that they have not, as woff2."""
    glyphs = {".notdef": 0, "A": ord("A"), "plus": ord("+"), "eacute": ord("é"), "ohungarumlaut": ord("ő")}
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({code: name for name, code in glyphs.items() if code})
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"copyright": f"with Reserved Font Name {family}", "familyName": family})
    builder.setupOS2()
    builder.setupPost()
    addOpenTypeFeaturesFromString(builder.font, KERNING)
    builder.font.flavor = "woff2"
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


def family_of(name: str) -> str:
    return "KaTeX_Main" if "KaTeX" in name else "Source Serif 4"


def face_file(subset: str, cut: str) -> str:
    weight, _, style = cut.partition("-")
    return f"source-serif-4-{subset}-{weight}-{style or 'normal'}.woff2"


def write_face(cut: str) -> str:
    """A style sheet of the package's form, with one script more than mathblog takes."""
    rule = (
        "/* {0} */\n@font-face {{\n  src: url(./files/{1}) format('woff2'), url(./files/{0}.woff) format('woff');\n"
        f"  unicode-range: {FACE_RANGE};\n}}}}"
    )
    files = [face_file(name, cut) for name in ("greek-ext", *hook.SUBSETS)]
    return "\n\n".join(rule.format(name.removesuffix(".woff2"), name) for name in files)


def write_package(folder: Path, version: str = PIN.version, css: str = STYLESHEET) -> Path:
    """Write a npm package of KaTeX's form, with more in it than mathblog takes."""
    files = {
        "package.json": json.dumps({"name": "katex", "version": version}),
        "LICENSE": "MIT",
        "cli.js": "",
        "dist/katex.min.css": css,
        "dist/katex.min.js": "var katex;",
        "dist/katex.mjs": "export {};",
        "dist/contrib/mhchem.min.js": "ce",
        "dist/contrib/copy-tex.min.js": "",
        "dist/fonts/KaTeX_Main-Bold.woff2": "a",
        "dist/fonts/KaTeX_Main-Bold.woff": "b",
        "dist/fonts/KaTeX_Main-Bold.ttf": "c",
        "../sass/LICENSE": "MIT",
        "../sass/sass.dart.js": "var sass;",
        "../sass/types/index.d.ts": "",
        f"../{hook.FACE}/LICENSE": "OFL",
        **{f"../{hook.FACE}/{cut}.css": write_face(cut) for cut in hook.CUTS},
    }
    for cut in hook.CUTS:
        files |= {f"../{hook.FACE}/files/{face_file(name, cut)}": "f" for name in ("greek-ext", *hook.SUBSETS)}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write_font(family_of(name)) if name.endswith(".woff2") else text.encode())
    return folder


@pytest.fixture
def arranged(tmp_path: Path) -> Path:
    hook.arrange(write_package(tmp_path / "npm"), tmp_path / "katex", PIN)
    return tmp_path / "katex"


def test_the_lock_file_says_what_but_not_where_from() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    assert lock["lockfileVersion"] == 3
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert "node_modules/katex" in packages
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not any("resolved" in package for package in packages.values())
    assert "http://" not in json.dumps(lock)


def test_the_pin_is_one_exact_version() -> None:
    pin = hook.read_pin(ROOT)
    assert pin.version.split(".")[:2] == ["0", "19"]
    assert json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"] == {
        "katex": pin.version,
        "sass": "1.108.2",
        hook.FACE: "5.3.1",
    }


def test_a_range_of_versions_is_refused(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"dependencies": {"katex": "^0.19.0"}}')
    shutil.copy(ROOT / "package-lock.json", tmp_path)
    with pytest.raises(hook.KatexBuildError, match="pin one exact version"):
        hook.read_pin(tmp_path)
    (tmp_path / "package.json").write_text(json.dumps({"dependencies": {"katex": hook.read_pin(ROOT).version}}))
    with pytest.raises(hook.KatexBuildError, match="asks for sass None"):
        hook.read_pin(tmp_path)


def test_only_woff2_fonts_stay_in_the_stylesheet() -> None:
    assert hook.keep_woff2(STYLESHEET) == (
        '@font-face{font-family:KaTeX_Main;src:url(fonts/KaTeX_Main-Bold.woff2) format("woff2")}'
        ".katex{font:normal 1.21em KaTeX_Main}"
    )


def test_what_mathblog_needs_is_taken_and_nothing_else(arranged: Path) -> None:
    assert {path.relative_to(arranged).as_posix() for path in arranged.rglob("*") if path.is_file()} == {
        "LICENSE",
        "LICENSE-sass",
        "fonts/KaTeX_Main-Bold.woff2",
        "katex.min.css",
        "katex.min.js",
        "manifest.json",
        "mhchem.min.js",
        "sass.dart.js",
        "text/LICENSE",
        "text/text.css",
        *(f"text/fonts/{face_file(name, cut)}" for name in hook.SUBSETS for cut in hook.CUTS),
        *(
            f"text/fonts/{face_file('latin', cut)}".replace(".woff2", f"-{part}.woff2")
            for part in ("letters", "more")
            for cut in hook.CUTS
        ),
        "version.txt",
    }
    sheet = (arranged / "text/text.css").read_text("utf-8")
    assert sheet.count("url(fonts/") == (len(hook.SUBSETS) + 2) * len(hook.CUTS)
    assert "greek-ext" not in sheet
    assert ".woff)" not in sheet
    assert (arranged / "version.txt").read_text("utf-8") == "0.19.7\n"


def test_what_most_pages_have_stands_in_the_style_sheet_and_the_rest_in_a_file(arranged: Path) -> None:
    sheet = (arranged / "text/text.css").read_text("utf-8")
    name = face_file("latin", "400").removesuffix(".woff2")
    common = re.search(
        rf"base64,([^)]+)\) format\('woff2'\),url\(fonts/{name}.woff2\)[^}}]*unicode-range:([^;}}]*)}}", sheet
    )
    rest = [
        re.search(rf"url\(fonts/{name}-{part}.woff2\)[^}}]*unicode-range:([^;}}]*)}}", sheet)
        for part in ("letters", "more")
    ]
    assert common
    assert (common[2], [it and it[1] for it in rest]) == ("U+2B,U+41", ["U+E9", "U+151"])
    font = TTFont(BytesIO(base64.b64decode(common[1])))
    assert set(font.getBestCmap()) == {0x2B, 0x41}
    kerning = dict(lighter.kerning_of(font))
    assert {pair: value for pair, value in kerning.items() if value} == {("A", "plus"): -40}, "`A+`"
    names = {record.nameID: record.toUnicode() for record in font["name"].names}
    assert names[1] == "Mathblog Text"
    assert names[0] == "with Reserved Font Name Source Serif 4"
    assert f"unicode-range: {FACE_RANGE}" in sheet, "of the scripts that are not parted"
    assert "KaTeX_Main-Bold" in (arranged / "katex.min.css").read_text("utf-8")


def test_another_version_than_the_pinned_one_is_refused(tmp_path: Path) -> None:
    package = write_package(tmp_path / "npm", version="0.19.6")
    with pytest.raises(hook.KatexBuildError, match=r"delivered katex 0\.19\.6 instead of 0\.19\.7"):
        hook.arrange(package, tmp_path / "katex", PIN)


@pytest.mark.parametrize("css", [".katex{color:red}", '@font-face{src:url(fonts/A.otf) format("opentype")}'])
def test_a_stylesheet_of_another_form_is_refused(tmp_path: Path, css: str) -> None:
    package = write_package(tmp_path / "npm", css=css)
    with pytest.raises(hook.KatexBuildError, match="its form has changed"):
        hook.arrange(package, tmp_path / "katex", PIN)


def test_files_made_before_are_used_again(arranged: Path) -> None:
    assert hook.holds(arranged, PIN)


@pytest.mark.parametrize(
    "other", [PIN._replace(version="0.19.8"), PIN._replace(integrity="sha512-y"), PIN._replace(sass="sha512-t")]
)
def test_files_of_another_pin_are_not(arranged: Path, other: object) -> None:
    assert not hook.holds(arranged, other)


def test_changed_missing_or_added_files_are_noticed(arranged: Path) -> None:
    script = arranged / "katex.min.js"
    script.write_text("var katex = 1;")
    assert not hook.holds(arranged, PIN)
    script.unlink()
    assert not hook.holds(arranged, PIN)
    script.write_text("var katex;")
    assert hook.holds(arranged, PIN)
    (arranged / "fonts" / "more.woff2").write_text("")
    assert not hook.holds(arranged, PIN)


def test_a_folder_without_a_readable_manifest_is_not_trusted(arranged: Path, tmp_path: Path) -> None:
    assert not hook.holds(tmp_path / "nowhere", PIN)
    (arranged / "manifest.json").write_text("{")
    assert not hook.holds(arranged, PIN)


@pytest.mark.slow
def test_a_package_with_another_digest_than_the_locked_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("npm_config_prefer_offline", "true")
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    lock["packages"]["node_modules/katex"]["integrity"] = hook.fingerprint(ROOT / "LICENSE")
    (tmp_path / "package-lock.json").write_text(json.dumps(lock))
    shutil.copy(ROOT / "package.json", tmp_path)
    (tmp_path / "npm").mkdir()
    with pytest.raises(hook.KatexBuildError, match="EINTEGRITY"):
        hook.install_with_npm(tmp_path, tmp_path / "npm")
