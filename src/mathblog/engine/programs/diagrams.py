r"""Graphviz and TeX, which draw diagrams: each in a temporary folder, with bounds on its time and memory (ADR 60).

They read nothing but what is written there: TeX without `\write18`, with files of its own tree and folder only (`openin_any`,
`openout_any`), Graphviz as on a server (`SERVER_NAME`), where it loads no images by path.
"""

import os
import re
import subprocess
import tempfile
from pathlib import Path

from mathblog.core.digest import fingerprint
from mathblog.core.patterns import lazy_pattern
from mathblog.engine.programs.finding import find_program
from mathblog.engine.programs.running import run_bounded
from mathblog.model.images.diagrams import GRAPHVIZ, Diagram, DiagramOptions, Drawn

SECONDS = 30
_DOT = ("-Tsvg", "-Gbgcolor=transparent")
_LATEX = ("-interaction=nonstopmode", "-halt-on-error", "-file-line-error", "-no-shell-escape", "diagram.tex")
_DVISVGM = (
    "--no-fonts",
    "--no-mktexmf",
    "--bbox=min",
    "--no-specials=em,html,pdf,ps,tpic",
    "--stdout",
    "--verbosity=1",
    "diagram.dvi",
)
_BEFORE = r"""\documentclass[12pt]{article}
\def\pgfsysdriver{pgfsys-dvisvgm.def}
\usepackage{amsmath,amssymb,tikz}
"""
_ENVIRONMENTS = {"tikz": "tikzpicture", "tikzcd": "tikzcd"}
_DOT_FAULT = lazy_pattern(r"Error: (?:<stdin>: )?(.*?)(?: in line (\d+)(.*))?$", re.MULTILINE)
_TEX_FAULT = lazy_pattern(r"^\.?/?diagram\.tex:(\d+): (.+)", re.MULTILINE)
_SVG = lazy_pattern(r"<svg\b.*</svg>", re.DOTALL)
_COMMENT = lazy_pattern(r"<!--.*?-->\s*", re.DOTALL)
_ID = lazy_pattern(r"""(\bid=["']|href=["']#|url\(#)""")
_COLOUR = lazy_pattern(r"""((?:fill|stroke)=["'])(black|blue|red|#0{3}|#0{6}|#00f|#f00|#0000ff|#ff0000)(?=["'])""")
_FIRST_WORD = lazy_pattern(r"(?:LaTeX|Package [\w-]+) Error: ")


# plain blue and red cannot be read on a dark page, and black is the colour of the text
_BLUE, _RED = "light-dark(#00f,#8ab4f8)", "light-dark(#d00000,#ff8a80)"
_ON_PAPER = {"blue": _BLUE, "#00f": _BLUE, "#0000ff": _BLUE, "red": _RED, "#f00": _RED, "#ff0000": _RED}


class _FailureError(Exception):
    """A program failed; `printed` is all that it said."""

    def __init__(self, printed: str) -> None:
        super().__init__(printed)
        self.printed = printed


def programs_of(options: DiagramOptions) -> str:
    """A digest of the programs that draw these languages: of their places, sizes and times, '' of those that are not there."""
    wanted = (*(("dot",) if options.graphviz else ()), *(("latex", "dvisvgm") if options.tikz else ()))
    found: list[object] = []
    for name in wanted:
        place = find_program(name, Path.cwd())
        stat = Path(place).stat() if place else None
        found.append((name, place or "", stat.st_size if stat else 0, stat.st_mtime_ns if stat else 0))
    return fingerprint(found) if wanted else ""


def draw(diagram: Diagram) -> Drawn:
    """Draw a diagram. A program that is not there, fails or takes too long is told of in the answer."""
    graphviz = diagram.language in GRAPHVIZ
    wanted = ("dot",) if graphviz else ("latex", "dvisvgm")
    if missing := [name for name in wanted if not find_program(name, Path.cwd())]:
        return Drawn(missing=missing[0])
    with tempfile.TemporaryDirectory(prefix="mathblog-diagram-") as folder:
        try:
            if graphviz:
                printed = _run("dot", _DOT, folder, diagram.code)
            else:
                Path(folder, "diagram.tex").write_text(_document(diagram)[0], encoding="utf-8")
                _run("latex", _LATEX, folder)
                printed = _run("dvisvgm", _DVISVGM, folder)
        except subprocess.TimeoutExpired as error:
            return Drawn(problem=f"`{wanted[0]}` took longer than {error.timeout:.0f} seconds")
        except _FailureError as error:
            return _dot_fault(error.printed) if graphviz else _tex_fault(error.printed, diagram)
    svg = _SVG.search(printed)
    if svg is None or ("<path" not in svg[0] and "<text" not in svg[0]):
        return Drawn(problem="the diagram is empty")
    # it may stand in a page beside others: its names are its own, and what is black has the colour of the text
    shown = _ID.sub(rf"\g<1>d{fingerprint(diagram)[:8]}-", _COMMENT.sub("", svg[0]))
    shown = _COLOUR.sub(lambda found: found[1] + _ON_PAPER.get(found[2], "currentColor"), shown)
    return Drawn(shown.replace("<svg ", '<svg fill="currentColor" ', 1))


def _document(diagram: Diagram) -> tuple[str, int]:
    """The TeX of a diagram, and how many of its lines stand before the code."""
    environment = _ENVIRONMENTS[diagram.language]
    package = "\\usepackage{tikz-cd}\n" if diagram.language == "tikzcd" else ""
    before = f"{_BEFORE}{package}{diagram.preamble}\n\\pagestyle{{empty}}\n\\begin{{document}}\n"
    after = "\n\\end{document}\n"
    if f"\\begin{{{environment}}}" not in diagram.code:
        before, after = f"{before}\\begin{{{environment}}}\n", f"\\end{{{environment}}}{after}"
    return f"{before}{diagram.code.rstrip()}\n{after}", before.count("\n")


def _run(name: str, arguments: tuple[str, ...], folder: str, text: str = "") -> str:
    """The output of a program, run in a folder with next to nothing of the user's environment.

    Raises:
        _FailureError: where it fails.
        subprocess.TimeoutExpired: where it takes too long.

    """
    program = find_program(name, Path.cwd()) or name
    environment = {
        "HOME": folder,
        "TEXMFVAR": folder,
        "openin_any": "p",
        "openout_any": "p",
        "SERVER_NAME": "mathblog",
        "LC_ALL": "C.UTF-8",
    }
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "TEMP") if key in os.environ}
    run = run_bounded([program, *arguments], folder, {**kept, **environment}, text, seconds=SECONDS)
    if run.code:
        raise _FailureError(f"{run.printed}\n{run.said}" if name == "latex" else run.said or run.printed)
    return run.printed


def _dot_fault(printed: str) -> Drawn:
    found = _DOT_FAULT.search(printed)
    if found is None:
        return Drawn(
            problem="`dot` failed without saying why"
            if not printed.strip()
            else f"`dot`: {printed.strip().splitlines()[0]}"
        )
    return Drawn(problem=f"`dot`: {found[1]}{found[3] or ''}", line=int(found[2] or 0))


def _tex_fault(printed: str, diagram: Diagram) -> Drawn:
    """The first error of TeX's log, at its line of the code, 0 for one outside."""
    found = _TEX_FAULT.search(printed)
    if found is None or "Emergency stop" in found[2]:  # where it gave up, what it wanted is said before
        said = re.search(r"^! (.+)", printed, re.MULTILINE)
        message = said[1] if said else "it failed without saying why"
    else:
        reached = re.search(rf"^l\.{found[1]} (.*)", printed, re.MULTILINE)
        word = re.search(r"\\[A-Za-z]+$", reached[1]) if reached and "Undefined control sequence" in found[2] else None
        message = found[2].rstrip(".") + (f" `{word[0]}`" if word else "")
    message = _FIRST_WORD.sub("", message)
    if message[1:2].islower() and not message.startswith("TeX"):
        message = f"{message[0].lower()}{message[1:]}"
    line = int(found[1]) - _document(diagram)[1] if found else 0
    inside = 1 <= line <= diagram.code.count("\n") + 1
    return Drawn(problem=f"TeX: {message.rstrip('.')}", line=line if inside else 0)
