"""`mathblog import`: what it writes builds, and nothing that is there is touched."""

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mathblog.cli.main import command
from mathblog.engine.programs import pandoc
from support.site import Site

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82"
NOTEBOOK = json.dumps(
    {
        "cells": [{"cell_type": "markdown", "metadata": {}, "source": "# Book\n\n$x^2$ {{ y }}"}],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
)
PAPER = r"""\documentclass{article}\title{Paper}\begin{document}
\section{One}\label{sec:one} See \eqref{eq:p} and \cite{knuth}.
\begin{equation}\label{eq:p} a \end{equation}
\bibliography{refs}
\end{document}
"""


def imported(site: Site, *arguments: str | Path) -> Result:
    return CliRunner().invoke(command, ["import", *map(str, arguments), "-s", str(site.source)])


@pytest.fixture(name="there")
def things_to_import(tmp_path: Path) -> Path:
    files = {
        "book.ipynb": NOTEBOOK,
        "vault/.obsidian/app.json": "{}",
        "vault/One.md": "See [[Two#Part]] ![[pic one.png|20]]\n\n> [!tip] T\n> $y$\n",
        "vault/sub/Two.md": "# Part\n",
        "hugo/hugo.toml": "",
        "hugo/content/posts/b/index.md": "+++\ntitle = 'B'\ndate = 2024-02-03\n+++\n{{< figure src=pic.png >}} {{< odd >}}\n",
        "page.qmd": "---\ntitle: Q\ndate: 2024-03-04\n---\n::: {#thm-q}\nIn $z$.\n:::\n\nSee @thm-q.\n",
        "paper.tex": PAPER,
        "refs.bib": "@book{knuth, title={T}, author={K, D}, year=1984}\n",
    }
    for path, text in files.items():
        (tmp_path / "there" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "there" / path).write_text(text, encoding="utf-8")
    for path in ("vault/pic one.png", "hugo/content/posts/b/pic.png"):
        (tmp_path / "there" / path).write_bytes(PNG)
    return tmp_path / "there"


def test_what_is_imported_builds(site: Site, there: Path) -> None:
    site.config("permalink: pretty\ntheorems: true\n")
    dry = imported(site, there / "vault", "--date", "2024-01-01", "--dry-run")
    assert "would write" in dry.output
    assert not (site.source / "_posts").exists()
    paper = [there / "paper.tex"] if shutil.which("pandoc") else []
    for path in (there / "vault", there / "hugo", there / "page.qmd", there / "book.ipynb", *paper):
        done = imported(site, path, "--date", "2024-01-01")
        assert done.exit_code == 0, done.output
        if path.name == "hugo":
            assert "hugo/content/posts/b/index.md:5:28: warning: the shortcode `odd` has no equivalent" in done.stderr
    site.build(strict=True).is_good()
    site.has("2024/01/01/one/index.html", 'href="/2024/01/01/two/#part"', 'src="pic%20one.png"', 'class="callout tip"')
    assert {it.name for it in site.output.rglob("*.png")} == {"pic one.png", "pic.png"}
    site.has("2024/01/01/two/index.html", 'id="part"')
    site.has("2024/02/03/b/index.html", 'src="pic.png"')
    site.has("2024/03/04/page/index.html", 'href="#thm-q">Theorem')
    site.has("2024/01/01/book/index.html", "<title>Book", "{{ y }}", 'class="katex"')
    if paper:
        site.has("2024/01/01/paper/index.html", 'href="#eq-p">(1)</a>', 'class="cite"', "One</h1>")


def test_nothing_is_overwritten_and_nothing_written_elsewhere(site: Site, there: Path, tmp_path: Path) -> None:
    assert imported(site, there / "book.ipynb", "--date", "2024-01-01").exit_code == 0
    post = site.source / "_posts/2024-01-01-book.md"
    post.write_text("mine", encoding="utf-8")
    again = imported(site, there / "book.ipynb", "--date", "2024-01-01")
    assert "`_posts/2024-01-01-book.md` is there already" in again.output
    assert post.read_text(encoding="utf-8") == "mine"
    shutil.rmtree(site.source / "_posts")
    (tmp_path / "outside").mkdir()
    (site.source / "_posts").symlink_to(tmp_path / "outside")
    assert imported(site, there / "book.ipynb").exit_code == 3
    assert list((tmp_path / "outside").iterdir()) == []
    (there / "secret.md").write_text("secret", encoding="utf-8")
    (there / "vault/link.md").symlink_to(there / "secret.md")
    assert "link" not in imported(site, there / "vault", "--dry-run").output


def test_what_cannot_be_imported(site: Site, there: Path) -> None:
    for path, arguments, said in (
        ("gone.ipynb", (), "does not exist"),
        ("refs.bib", (), "does not say what it was written for"),
        ("refs.bib", ("--from", "notebook"), "has nothing that was written for `notebook`"),
        ("broken.ipynb", (), "this is no JSON"),
        ("deep.ipynb", (), "it is nested too deeply"),
    ):
        (there / "broken.ipynb").write_text("{", encoding="utf-8")
        (there / "deep.ipynb").write_text("[" * 100_000, encoding="utf-8")
        done = imported(site, there / path, *arguments)
        assert said in done.output + done.stderr, path
        assert done.exit_code == 2
    shutil.rmtree(site.source)
    assert f"`{site.source}` does not exist" in imported(site, there / "book.ipynb").stderr
    assert not site.source.exists()


def test_half_a_character_of_json_is_replaced(site: Site, there: Path) -> None:
    cell = '{"cell_type": "markdown", "source": "half \\ud835, whole \\ud835\\udd38"}'
    (there / "half.ipynb").write_text(f'{{"nbformat": 4, "cells": [{cell}]}}', encoding="utf-8")
    assert imported(site, there / "half.ipynb").exit_code == 0
    (post,) = (site.source / "_posts").glob("*half*")
    assert post.read_text(encoding="utf-8").endswith("half \N{REPLACEMENT CHARACTER}, whole \U0001d538\n")


def test_a_paper_that_pandoc_does_not_end_with(site: Site, there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (there / "bin").mkdir()
    (there / "bin/pandoc").write_text("#!/bin/sh\nexec sleep 60\n")
    (there / "bin/pandoc").chmod(0o755)
    (there / "papers").mkdir()
    (there / "papers/a.tex").write_text("\\begin{document}x\\end{document}")
    monkeypatch.setenv("PATH", f"{there / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(pandoc, "_SECONDS", 0.1)
    done = imported(site, there / "papers/a.tex")
    assert done.exit_code == 3
    assert "pandoc takes longer than 0.1 s" in done.output + done.stderr


def test_a_bibliography_that_lies_beside_each_page_is_copied_once(site: Site, tmp_path: Path) -> None:
    """And one of the same name that says something else is a second one."""
    for page, year in (("a", 1), ("b", 1), ("c", 2)):
        folder = tmp_path / "quarto" / page
        folder.mkdir(parents=True)
        (folder / "index.qmd").write_text(f"---\ntitle: {page}\ndate: 2024-01-01\nbibliography: refs.bib\n---\nx\n")
        (folder / "refs.bib").write_text(f"@book{{k{year}, title={{T}}, author={{A, B}}, year={{{year}}}}}\n")
    (tmp_path / "quarto/_quarto.yml").write_text("project: {type: website}\n")
    assert imported(site, tmp_path / "quarto").exit_code == 0
    copied = site.source / "_bibliography"
    assert sorted(it.name for it in copied.iterdir()) == ["refs-2.bib", "refs.bib"]
    assert "k1" in (copied / "refs.bib").read_text()
    assert "k2" in (copied / "refs-2.bib").read_text()


def test_a_folder_brings_no_settings_no_code_and_no_script(site: Site, tmp_path: Path) -> None:
    """A site of Hugo's that a stranger made: what it names below `static` would lie at the top of the blog."""
    static = (
        "_config.yml",
        "_plugins/a.py",
        ".github/workflows/a.yml",
        "_layouts/default.html",
        "Makefile",
        "a.html",
        "b.png",
        "c.svg",
    )
    named = "".join(f"![x](/{name})\n" for name in static)
    evil = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script><path d="M0"/></svg>'
    output = {"output_type": "display_data", "data": {"image/svg+xml": [evil]}}
    cells = [{"cell_type": "code", "source": "1", "outputs": [output], "metadata": {}}]
    files = {f"hugo/static/{name}": "evil" for name in static} | {
        "hugo/hugo.toml": "", "hugo/content/posts/2024-01-01-a.md": f"+++\ntitle = 'a'\n+++\n{named}", "hugo/static/c.svg": evil,
        "hugo/content/_layouts/post.md": "x", "hugo/content/_data.md": "x", "n.ipynb": json.dumps({"nbformat": 4, "cells": cells}),
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    site.remove("_config.yml")
    (site.source / "_posts").mkdir(exist_ok=True)
    assert imported(site, tmp_path / "hugo").exit_code == 0
    done = imported(site, tmp_path / "n.ipynb", "--date", "2024-01-02")
    assert "taken out of the drawing: `onload`, `<script>` [import]" in done.output + done.stderr
    written = {path.relative_to(site.source).as_posix(): path for path in site.source.rglob("*") if path.is_file()}
    assert {"b.png", "c.svg", "_posts/2024-01-01-a.md", "_posts/2024-01-02-n/output-1.svg"} < written.keys()
    assert not {*static} - {"b.png", "c.svg"} & written.keys() - {"b.png", "c.svg"}
    assert all(path.startswith("_posts/") or path in ("b.png", "c.svg") for path in written)
    assert "alert" not in "".join(path.read_text() for path in written.values() if path.suffix == ".svg")
