"""The files of KaTeX, Sass and the text face in the installed package: put there when mathblog is installed, never committed."""

from pathlib import Path

import mathblog
from mathblog.engine.problem import ENVIRONMENT, BuildStopped
from mathblog.math.katex import SCRIPTS

_PACKAGE = Path(mathblog.__file__).parent
_FOLDER = _PACKAGE / "_katex"


def katex_scripts() -> tuple[str, ...]:
    """The JavaScript to run in a new engine, in order: KaTeX, ours.

    Raises:
        BuildStopped: when KaTeX is not installed.

    """
    ours = ((_PACKAGE / "math" / name).read_text(encoding="utf-8") for name in SCRIPTS)
    return (_read("katex.min.js"), *ours)


def chemistry_script() -> str:
    """KaTeX's extension mhchem, which takes a seventh of the time that all scripts take to start.

    Raises:
        BuildStopped: when KaTeX is not installed.

    """
    return _read("mhchem.min.js")


def sass_script() -> str:
    """Sass's compiler in JavaScript, which lies with KaTeX's files: both come from npm.

    Raises:
        BuildStopped: when it is not installed.

    """
    return _read("sass.dart.js")


def katex_files() -> dict[str, Path]:
    """The fonts by their path below the folder that a site gives them.

    Raises:
        BuildStopped: when KaTeX is not installed.

    """
    folder = "fonts"
    fonts = sorted(_FOLDER.glob(f"{folder}/*.woff2"))
    if not fonts:
        raise _missing(folder)
    return {f"{folder}/{it.name}": it for it in fonts}


def face_files() -> dict[str, Path]:
    """The text face's style sheet and fonts, by their path below the folder that a site gives them; {} where it is not installed."""
    folder = _FOLDER / "text"
    return {it.relative_to(folder).as_posix(): it for it in sorted(folder.rglob("*")) if it.is_file()}


def katex_styles() -> Path:
    """The style sheet."""
    return _FOLDER / "katex.min.css"


def _read(name: str) -> str:
    try:
        return (_FOLDER / name).read_text(encoding="utf-8")
    except OSError as error:
        raise _missing(name) from error


def _missing(name: str) -> BuildStopped:
    hint = "install mathblog again: `pip install --force-reinstall mathblog`, or `pip install -e .` in its repository"
    what = "Sass" if name.startswith("sass") else "KaTeX"
    return BuildStopped(f"{what} is not installed with mathblog: `{name}` is missing", code=ENVIRONMENT, hint=hint)
