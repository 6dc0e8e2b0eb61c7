"""The wheel, built from the sdist as an installer would: it has all that the program needs, and nothing of this machine."""

import os
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# One worker of pytest-xdist runs all of them, so that the wheel is built once.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


@pytest.fixture(scope="module")
def artifacts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, then the wheel from the sdist; return the folder with both."""
    folder = tmp_path_factory.mktemp("artifacts")
    run = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"npm_config_prefer_offline": "true"},
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(artifacts: Path) -> dict[str, bytes]:
    """The files of the wheel by name."""
    with zipfile.ZipFile(next(artifacts.glob("*.whl"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def sdist(artifacts: Path) -> dict[str, bytes]:
    """The files of the sdist by name, without the folder they stand in."""
    with tarfile.open(next(artifacts.glob("*.tar.gz"))) as archive:
        files = [(member, archive.extractfile(member)) for member in archive.getmembers()]
        return {member.name.partition("/")[2]: file.read() for member, file in files if file is not None}


def files_named(css: bytes) -> set[str]:
    """The files that a style sheet names; some fonts stand in it."""
    return {url for url in re.findall(r"url\(([^)]+)\)", css.decode()) if not url.startswith("data:")}


def test_katex_is_in_the_wheel(wheel: dict[str, bytes]) -> None:
    katex = {name.removeprefix("mathblog/_katex/") for name in wheel if name.startswith("mathblog/_katex/")}
    face = {name for name in katex if name.startswith("text/")}
    fonts = {name for name in katex if name.startswith("fonts/")}
    scripts = {"katex.min.css", "katex.min.js", "mhchem.min.js", "sass.dart.js"}
    assert katex - fonts - face == scripts | {"LICENSE", "LICENSE-sass", "version.txt"}
    assert len(fonts) == 24, "twenty, of which four are parted"
    assert all(wheel[f"mathblog/_katex/{font}"].startswith(b"wOF2") for font in fonts)


def test_the_text_face_is_in_the_wheel(wheel: dict[str, bytes]) -> None:
    place = "mathblog/_katex/text/"
    face = {name.removeprefix(place) for name in wheel if name.startswith(place)}
    fonts = face - {"LICENSE", "text.css"}
    assert len(face) - len(fonts) == 2
    assert fonts == files_named(wheel[f"{place}text.css"])
    assert wheel[f"{place}text.css"].count(b"url(data:font/woff2;base64,d09GMg") == 3, "the cuts for English"
    assert len(fonts) == 24, "three cuts for five scripts, and three further parts of those for Latin"
    assert all(wheel[f"{place}{font}"].startswith(b"wOF2") for font in fonts)


def test_script_stylesheet_and_fonts_are_of_one_katex(wheel: dict[str, bytes]) -> None:
    version = wheel["mathblog/_katex/version.txt"].decode().strip()
    assert f'version:"{version}"' in wheel["mathblog/_katex/katex.min.js"].decode()
    place = "mathblog/_katex/"
    fonts = {name.removeprefix(place) for name in wheel if name.startswith(f"{place}fonts/")}
    assert fonts == files_named(wheel[f"{place}katex.min.css"])
    assert wheel[f"{place}katex.min.css"].count(b"url(data:font/woff2;base64,d09GMg") == 4, (
        "what nearly each page needs"
    )


def test_the_themes_are_in_the_wheel(wheel: dict[str, bytes]) -> None:
    themes = ROOT / "themes"
    expected = {
        f"mathblog/themes/{path.relative_to(themes).as_posix()}" for path in themes.rglob("*") if path.is_file()
    }
    assert any(name.endswith("/theme.yml") for name in expected)
    assert {name for name in wheel if name.startswith("mathblog/themes/")} == expected


def test_every_file_of_the_package_is_in_the_wheel(wheel: dict[str, bytes]) -> None:
    package = ROOT / "src" / "mathblog"
    files = {path.relative_to(package) for path in package.rglob("*") if path.is_file()}
    own = {f"mathblog/{path.as_posix()}" for path in files if not {"_katex", "__pycache__"} & set(path.parts)}
    assert "mathblog/py.typed" in own
    assert own <= wheel.keys()


def test_each_command_has_a_man_page_in_the_wheel(wheel: dict[str, bytes]) -> None:
    pages = {name.rpartition("/")[2]: text.decode() for name, text in wheel.items() if "share/man/man1/" in name}
    assert {"mathblog.1", "mathblog-build.1", "mathblog-theme-fetch.1"} <= pages.keys()
    assert pages["mathblog.1"].startswith('.TH "MATHBLOG" "1"')
    assert ".SH COMMANDS\n" in pages["mathblog.1"]
    assert "\n.nf\nExamples:\n  mathblog build\n" in pages["mathblog-build.1"]
    assert not any("\b" in text for text in pages.values())


def test_nothing_else_is_in_the_wheel(wheel: dict[str, bytes]) -> None:
    tops = {name.split("/")[0] for name in wheel}
    assert {re.sub(r"-.*\.", ".", top) for top in tops} == {"mathblog", "mathblog.dist-info", "mathblog.data"}
    unwanted = re.compile(r"\.(ttf|woff|pyc)$|node_modules|manifest\.json$")
    assert [name for name in wheel if unwanted.search(name)] == []


def test_the_metadata_name_the_command_the_licence_and_the_extra(wheel: dict[str, bytes]) -> None:
    info = next(name for name in wheel if name.endswith(".dist-info/METADATA")).removesuffix("METADATA")
    metadata = HeaderParser().parsestr(wheel[f"{info}METADATA"].decode())
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    assert {"all", "v8"} <= set(metadata.get_all("Provides-Extra") or ())
    assert wheel[f"{info}entry_points.txt"].decode().split() == [
        "[console_scripts]",
        "mathblog",
        "=",
        "mathblog.__main__:main",
    ]
    assert f"{info}licenses/LICENSE" in wheel


def test_the_sdist_has_what_the_wheel_is_built_from(sdist: dict[str, bytes]) -> None:
    needed = {
        "hatch_build.py",
        "lighter_fonts.py",
        "man_pages.py",
        "package.json",
        "package-lock.json",
        "pyproject.toml",
        "LICENSE",
        "README.md",
    }
    assert needed <= sdist.keys()
    assert "src/mathblog/py.typed" in sdist
    unwanted = re.compile(r"(^|/)(_katex|node_modules|_site|\.venv|\.mathblog-cache|__pycache__)/")
    assert [name for name in sdist if unwanted.search(name)] == []


def test_no_place_of_this_machine_is_in_the_wheel(wheel: dict[str, bytes]) -> None:
    places = {str(ROOT), str(Path.home()), sys.prefix, tempfile.gettempdir()} - {"/"}
    patterns = [re.compile(rb"(?<![\w/.-])" + re.escape(os.fsencode(place)) + rb"/") for place in places]
    assert [name for name, content in wheel.items() if any(pattern.search(content) for pattern in patterns)] == []


def test_the_unpacked_wheel_builds_a_site_without_node(artifacts: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    with zipfile.ZipFile(next(artifacts.glob("*.whl"))) as archive:
        archive.extractall(installed)
    blog = tmp_path / "blog"
    (blog / "_posts").mkdir(parents=True)
    (blog / "_config.yml").write_text("title: 수학\n", "utf-8")
    (blog / "_posts" / "2026-01-02-euler.md").write_text("---\ntitle: 오일러\n---\n$$e^{i\\pi} = -1$$\n", "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "mathblog", "build"],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=blog,
        env={"PYTHONPATH": str(installed), "PATH": ""},
    )
    assert run.returncode == 0, run.stdout + run.stderr
    [page] = (blog / "_site").rglob("*euler*.html")
    assert 'class="katex-display"' in page.read_text("utf-8")
    assert len(list((blog / "_site").rglob("KaTeX_*.woff2"))) == 24
