"""Diagrams in fenced code, with programs of the test's own on the PATH."""

import re
from pathlib import Path

import pytest

from mathblog.engine.programs.diagrams import draw
from mathblog.model.images.diagrams import Diagram
from support.site import Site

POST = """\
Text.

```dot
digraph { a -> b }
```
{: alt="From <a> to b" #ab}

- Item

  ```tikzcd
  A & B
  ```
"""
SVG = '<?xml version="1.0"?><!-- made --><svg width="9pt"><g id="x"><path fill="none" stroke="black"/><use href="#x"/><text fill="blue">b</text></g></svg>'
WITH_DOT = "diagrams: {graphviz: true}\n"


def put(folder: Path, name: str, script: str) -> None:
    """A program of this name, which notes its arguments; `script` is what it does besides."""
    program = folder / name
    program.write_text(f"#!/bin/sh\necho {name} $* $openin_any$openout_any >> {folder}/asked\n{script}\n")
    program.chmod(0o755)


@pytest.fixture
def programs(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of the PATH."""
    folder = tmp_path_factory.mktemp("programs")
    monkeypatch.setenv("PATH", str(folder))
    return folder


def asked(programs: Path) -> list[str]:
    notes = programs / "asked"
    return notes.read_text().splitlines() if notes.exists() else []


def test_diagrams_are_drawn_once_in_the_colours_of_the_page(site: Site, programs: Path) -> None:
    put(programs, "dot", f"echo '{SVG}'")
    put(programs, "latex", "")
    put(programs, "dvisvgm", f"echo '{SVG}'")
    site.post("2026-01-01-a", POST).config("diagrams: true\n").build().is_good()
    body = site.body("2026/01/01/a.html")
    assert '<div id="ab" class="diagram"><svg role="img" aria-label="From &lt;a&gt; to b" fill="currentColor"' in body
    assert body.count('class="diagram"') == 2
    assert 'stroke="currentColor"' in body
    assert '<text fill="light-dark(' in body
    assert len(set(re.findall(r'id="(d\w{8}-x)"><path', body))) == 2, "of each its own"
    assert "<?xml" not in body
    latex = next(line for line in asked(programs) if line.startswith("latex"))
    assert "-no-shell-escape" in latex
    assert latex.endswith(" pp")
    number = len(asked(programs))
    site.post("2026-01-01-a", f"More.\n\n{POST}").build().is_good()
    assert len(asked(programs)) == number


def test_a_missing_program_is_told_of_once_and_found_when_it_is_there(site: Site, programs: Path) -> None:
    site.post("2026-01-01-a", f"{POST}\n```dot\ngraph {{}}\n```\n").config(WITH_DOT).build()
    site.warns("""
        _posts/2026-01-01-a.md:5:1: warning: `dot` is not drawn: there is no `dot` on the PATH [diagram]
            5 | ```dot
              | ^^^^^^
              = install Graphviz, or turn it off under `diagrams:`; the source is shown
    """)
    assert "<code" in site.body("2026/01/01/a.html")
    put(programs, "dot", f"echo '{SVG}'")
    assert site.build().is_good().body("2026/01/01/a.html").count('class="diagram"') == 2


def test_what_is_refused_is_a_warning_at_its_line(site: Site, programs: Path) -> None:
    put(programs, "dot", "echo \"Error: <stdin>: syntax error in line 2 near '-'\" >&2; exit 1")
    site.post("2026-01-01-a", "> ```dot\n> graph {\n> a - b }\n> ```\n").config(WITH_DOT).build()
    site.warns("""
        _posts/2026-01-01-a.md:5:1: warning: `dot`: syntax error near '-' [diagram]
            5 | > a - b }
              | ^^^^^^^^^
              = the source is shown until it is corrected
    """)


@pytest.mark.parametrize("config", ["", "diagrams: true\nsafe: true\n"])
def test_nothing_is_run_without_being_asked_or_with_safe(site: Site, programs: Path, config: str) -> None:
    put(programs, "dot", f"echo '{SVG}'")
    site.post("2026-01-01-a", "```dot\ngraph {}\n```\n").config(config).build().is_good()
    assert "<svg" not in site.body("2026/01/01/a.html")
    assert asked(programs) == []


@pytest.mark.parametrize(
    ("log", "problem", "line"),
    [
        (r"./diagram.tex:8: Undefined control sequence.\nl.8 \\\\drow", r"TeX: undefined control sequence `\drow`", 1),
        (r"! LaTeX Error: File not found.\n./diagram.tex:9: Emergency stop.", "TeX: file not found", 2),
        (r"./diagram.tex:3: LaTeX Error: No shape.", "TeX: no shape", 0),
        ("", "TeX: it failed without saying why", 0),
    ],
)
def test_texs_log_names_the_line_of_the_code(programs: Path, log: str, problem: str, line: int) -> None:
    put(programs, "latex", f"printf '{log}\\n'; exit 1")
    put(programs, "dvisvgm", "")
    drawn = draw(Diagram("tikz", "\\draw;\n\\drow;\n"))
    assert (drawn.problem, drawn.line) == (problem, line)


def test_mermaid_is_drawn_by_the_sites_own_copy(site: Site) -> None:
    site.post("2026-01-01-a", "```mermaid\ngraph LR\n```\n").post("2026-01-02-b", "mermaid\n")
    site.config("diagrams: {mermaid: /assets/mermaid.min.js}\n").build()
    site.warns("""
        _posts/2026-01-01-a.md:3:1: warning: `mermaid` is not drawn: the site has no `/assets/mermaid.min.js` [diagram]
            3 | ```mermaid
              | ^^^^^^^^^^
              = put Mermaid's script there (`dist/mermaid.min.js` of its npm package); the source is shown
    """)
    assert "mermaid.js" not in site.read("2026/01/01/a.html")
    site.write({"assets/mermaid.min.js": "mermaid = {}"}).build().is_good()
    assert 'mermaid.js" data-library="/assets/mermaid.min.js"' in site.read("2026/01/01/a.html")
    assert "mermaid.js" not in site.read("2026/01/02/b.html")
