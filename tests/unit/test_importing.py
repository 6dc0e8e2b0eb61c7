"""Texts of other programs as posts: golden cases, notebooks, and pandoc's Markdown of papers."""

import base64
import datetime
import json
from collections.abc import Callable, Iterator

import pytest

from mathblog.core.diagnostic import Diagnostic
from mathblog.core.source import SourceText
from mathblog.pipeline.compiling.cleaning import clean_html
from mathblog.pipeline.importing.hugo import import_hugo
from mathblog.pipeline.importing.latex import finish, prepare
from mathblog.pipeline.importing.notebook import import_notebook
from mathblog.pipeline.importing.obsidian import import_obsidian
from mathblog.pipeline.importing.quarto import import_quarto
from mathblog.pipeline.importing.rewriting import GivenFolder, Imported, PostPaths
from support.golden import Case, load

DAY = datetime.date(2026, 1, 15)
KINDS: dict[str, tuple[str, Callable[[GivenFolder, PostPaths], Iterator[Imported]]]] = {
    "obsidian": ("Note.md", import_obsidian),
    "hugo": ("page.md", import_hugo),
    "quarto": ("page.qmd", import_quarto),
}
AROUND = {
    "obsidian": {"Other.md": "# A heading\n", "pic.png": "x", "sub/pic.png": "x"},
    "hugo": {
        "later.md": "---\ndate: 2024-01-01\ndraft: true\n---\n",
        "other.md": "---\ndate: 2024-01-01\n---\n",
        "pic.png": "x",
        "static/img/c.png": "x",
    },
    "quarto": {"other.qmd": "x", "_part.qmd": "Part {{ x }}", "pic.png": "x", "refs.bib": "x"},
}


def folder_of(files: dict[str, str]) -> GivenFolder:
    return GivenFolder(dict.fromkeys(files, DAY), lambda path: files[path].encode(), files.__contains__)


def told(problems: tuple[Diagnostic, ...]) -> list[str]:
    ordered = sorted(problems, key=lambda it: it.sort_key)
    return [f"{it.line}:{it.column}: {it.message}" for it in ordered]


@pytest.mark.parametrize("head", ['{"a":' + "[" * 100_000, "+++\na = " + "[" * 5000 + "\n+++\n"])
def test_a_head_that_is_nested_too_deeply(head: str) -> None:
    (post,) = import_hugo(folder_of({"page.md": head}), PostPaths())
    assert "nested too deeply" in told(post.problems)[0]


@pytest.mark.parametrize("case", load("import"), ids=lambda case: case.title)
def test_golden(case: Case, request: pytest.FixtureRequest) -> None:
    (kind,) = case.settings
    path, convert = KINDS[kind]
    posts = convert(folder_of({path: case.input, **AROUND[kind]}), PostPaths())
    (post,) = [it for it in posts if "other" not in it.path and "later" not in it.path]
    lines = [f"{post.path} {' '.join(sorted(post.files))}".rstrip(), post.text.rstrip("\n"), *told(post.problems)]
    case.check("\n".join(lines), update=request.config.getoption("--update-golden"))


def test_hugo_takes_backslashes_off_formulas_unless_it_passes_them_through() -> None:
    page = {"content/posts/a.md": "---\ndate: 2024-01-01\n---\n$x\\_1$, $\\\\|y\\\\|$"}
    for settings, shown in (
        ("", "$x_1$, $\\Vert y\\Vert$"),
        ("[markup.goldmark.extensions.passthrough]\nenable = true", "$x\\text{\\_}1$"),
    ):
        (post,) = import_hugo(folder_of({**page, "hugo.toml": settings}), PostPaths())
        assert shown in post.text


@pytest.mark.parametrize(
    ("kind", "paths", "posts"),
    [
        ("hugo", ["posts/a.md", "posts/a/index.md"], ["a", "a-2"]),
        ("obsidian", ["a.md", "A.md"], ["a", "a-2"]),
        ("quarto", ["a.qmd", "A.qmd"], ["a", "a-2"]),
    ],
)
def test_pages_of_one_name_are_posts_each(kind: str, paths: list[str], posts: list[str]) -> None:
    made = KINDS[kind][1](folder_of({path: f"---\ndate: 2026-01-15\n---\nin {path}" for path in paths}), PostPaths())
    found = {post.path: post.text.partition("\n---\n")[2] for post in made}
    assert found == {f"_posts/2026-01-15-{post}.md": f"in {path}" for post, path in zip(posts, paths, strict=True)}


def test_bibliographies_of_one_name_are_copied_each() -> None:
    pages = {f"{name}/index.qmd": f"---\nbibliography: [refs.bib, ../all.bib]\n---\n{name}" for name in "abc"}
    lists = {"a/refs.bib": "1", "b/refs.bib": "2", "c/refs.bib": "2", "all.bib": "3"}
    posts = import_quarto(folder_of({**pages, **lists}), PostPaths())
    assert [dict(post.files) for post in posts] == [
        {"_bibliography/refs.bib": "a/refs.bib", "_bibliography/all.bib": "all.bib"},
        {"_bibliography/refs-2.bib": "b/refs.bib", "_bibliography/all.bib": "all.bib"},
        {"_bibliography/refs-2.bib": "c/refs.bib", "_bibliography/all.bib": "all.bib"},
    ]


PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()


def cell(kind: str, source: str, **more: object) -> dict[str, object]:
    return {"cell_type": kind, "metadata": {}, "source": source.splitlines(keepends=True), **more}


def output(**data: str) -> dict[str, object]:
    return {"output_type": "display_data", "metadata": {}, "data": {it.replace("__", "/"): data[it] for it in data}}


def notebook(*cells: dict[str, object], **meta: object) -> Imported:
    text = json.dumps({"cells": list(cells), "metadata": meta, "nbformat": 4, "nbformat_minor": 5}, indent=1)
    return import_notebook(SourceText("a/My book.ipynb", text), DAY, PostPaths(), clean_html)


def test_a_notebook_names_formulas_that_a_blog_may_read_otherwise() -> None:
    post = notebook(cell("markdown", r"$\|x\|$ and $x\-y$"))
    assert body(post).strip() == r"$\Vert x\Vert$ and $x\-y$"
    assert [it.message[-len("this formula") :] for it in post.problems] == ["this formula"]


def body(post: Imported) -> str:
    return post.text.partition("\n---\n")[2]


def test_cells_of_a_notebook() -> None:
    post = notebook(
        cell("markdown", "# On $x$\n\nText {{ a }}\n"),
        cell("code", "#| fig-cap: F\nx = {{1}}\n'```'", outputs=[output(image__png=PNG, text__plain="<Figure>")]),
        cell("code", "hidden", metadata={"tags": ["hide-input"]}, outputs=[output(text__plain="shown")]),
        cell("code", "gone", metadata={"tags": ["remove-cell"]}),
        cell("raw", "raw"),
        kernelspec={"language": "julia"},
    )
    assert post.path == "_posts/2026-01-15-my-book/index.md"
    assert post.text == (
        "---\ntitle: On $x$\n---\n"
        "Text {% raw %}{{{% endraw %} a }}\n\n\n"
        "````julia\nx = {% raw %}{{{% endraw %}1}}\n'```'\n````\n\n"
        "![F](output-1.png)\n\n"
        "```text\nshown\n```\n"
    )
    assert post.files == {"_posts/2026-01-15-my-book/output-1.png": base64.b64decode(PNG)}
    (problem,) = post.problems
    assert problem.message == "a raw cell is left out"
    assert problem.excerpt.strip() == "{"


OUTPUTS = {
    "formulas": (output(text__latex="$\\displaystyle x^2$", text__plain="x**2"), "$$\nx^2\n$$\n"),
    "markdown": (output(text__markdown="**b** {{ x }}"), "**b** {% raw %}{{{% endraw %} x }}\n"),
    "tables": (
        output(text__html="<style>a</style><table onclick='x'>\n\n<tr><td>$1\\a</td></tr></table><script>y</script>"),
        "<table>\n<tbody><tr><td>&#36;1&#92;a</td></tr></tbody></table>\n",
    ),
    "HTML of nothing": (output(text__html="<script>x</script>", text__plain="plain"), "```text\nplain\n```\n"),
    "drawings": (output(**{"image__svg+xml": "<svg/>"}), "![output of the cell above](output-1.svg)\n"),
    "errors": (
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["\x1b[31mE\x1b[0m: v"]},
        "```text\nE: v\n```\n",
    ),
    "streams": ({"output_type": "stream", "name": "stdout", "text": ["1%\r2%\n", "end"]}, "```text\n2%\nend\n```\n"),
}


@pytest.mark.parametrize(("given", "expected"), OUTPUTS.values(), ids=OUTPUTS)
def test_outputs_of_a_notebook(given: dict[str, object], expected: str) -> None:
    post = notebook(cell("code", "", outputs=[given]))
    assert body(post) == expected
    assert post.problems == ()


def test_what_a_notebook_loses_is_named() -> None:
    widget = output(**{"application__vnd.plotly.v1+json": "{}"})
    partly = output(**{"application__vnd.x+json": "{}", "text__plain": "as text"})
    broken = output(image__png="no base64!")
    attached = cell("markdown", "![a](attachment:b.png)", attachments={})
    post = notebook(cell("code", "", outputs=[widget, partly, broken]), attached)
    assert body(post) == "```text\nas text\n```\n\n![a](attachment:b.png)\n"
    assert [it.message for it in post.problems] == [
        "an output is left out: `application/vnd.plotly.v1+json`",
        "an output is carried over as plain text only: `application/vnd.x+json`",
        "an image is broken, and left out",
        "the image `b.png` is not in the notebook",
    ]
    assert len({it.line for it in post.problems}) == 2  # the place of each cell


def test_front_matter_and_attachments_of_a_notebook() -> None:
    attached = {"a b.png": {"image/png": PNG}, "c.png": {"image/png": PNG}}
    post = notebook(
        cell("raw", "---\ntitle: T\ntags: [a]\n---\n"), cell("markdown", "![x](attachment:c.png)", attachments=attached)
    )
    assert post.text == "---\ntitle: T\ntags:\n- a\n---\n![x](attachment-1.png)\n"
    assert notebook(cell("markdown", "no title"), title="Meta").text.startswith("---\ntitle: Meta\n")
    assert notebook(cell("markdown", "no title")).text.startswith("---\ntitle: My book\n")


def test_a_cell_of_an_unknown_type_is_named() -> None:
    assert told(notebook(cell("sketch", "x")).problems) == ["3:3: a cell of the type `sketch` is left out"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"nbformat": 3, "worksheets": []}', '{"nbformat": 4, "cells": 1}'])
def test_what_is_no_notebook(text: str) -> None:
    with pytest.raises(ValueError, match=r"this is no (JSON|notebook)"):
        import_notebook(SourceText("a.ipynb", text), DAY, PostPaths(), clean_html)


PAPER = r"""\newtheorem{thm}{Theorem}
\newtheorem{vermerk}{Vermerk}
\newcommand{\R}{\mathbb{R}} \newcommand{\unused}{u}
\begin{document}
\input{part}
\begin{align} % a comment
  a &= \R \label{eq:a}
\end{align}
\begin{tikzpicture}x\end{tikzpicture}
\[ y \]
"""


def test_a_paper_for_pandoc_and_back() -> None:
    files = {
        "p.tex": PAPER,
        "part.tex": "Part.\n\\includegraphics{plot}",
        "fig/x.tex": "",
        "plot.pdf": "",
        "plot2.png": "",
    }
    folder = folder_of({**files, "refs.bib": ""})
    prepared = prepare(SourceText("p.tex", PAPER), folder)
    lines = prepared.text.split("\n")
    assert lines[0] == r"\theoremstyle{definition}\newtheorem{thm}{Theorem}"
    assert "Part." in lines
    assert prepared.formulas == ("\\begin{align} \n  a &= \\R \\label{eq:a}\n\\end{align}", r"\[ y \]")
    number = next(at for at, line in enumerate(lines) if "tikzpicture" in line)
    assert prepared.lines[number] == (SourceText("p.tex", PAPER), 9)
    markdown = r"""---
abstract: |
  We show $x$.
author:
- Kim
- Lee
bibliography:
- refs.bib
- gone.bib
title: A paper
---

# Intro {#sec:i}

In [1](#sec:i){reference-type="ref" reference="sec:i"}, [\[eq:a\]](#eq:a){reference-type="eqref" reference="eq:a"}, [2](#fig:p){reference-type="ref" reference="fig:p"} by [@k, p. 3], a\@b.

mathblogdisplay0x

::: {#thm:e .thm}
**Theorem 1** (Euler). Let

mathblogdisplay1x
:::

::: proof
*Proof.* Clear. ◻
:::

::: vermerk
**Vermerk 2**. Stays {{ x }}
:::

![C](plot){#fig:p width="50%"} ![D](plot2.png)
"""
    log = json.dumps(
        [
            {
                "type": "SkippedContent",
                "contents": r"\begin{tikzpicture}x\end{tikzpicture}",
                "line": number + 1,
                "column": 3,
            },
            {"type": "SkippedContent", "contents": r"\maketitle", "line": 1, "column": 3},
            {"type": "CouldNotLoadIncludeFile", "path": "x.sty", "line": 1, "column": 3},
        ]
    )
    post = finish(prepared, markdown, log, folder, PostPaths())
    assert post.path == "_posts/2026-01-15-p/index.md"
    assert post.text == (
        "---\ntitle: A paper\nauthor: Kim, Lee\n---\n"
        "$$\n\\newcommand{\\R}{\\mathbb{R}}\n$$\n\n**Abstract.** We show $x$.\n\n"
        "# Intro \\label{sec:i}\n\n"
        "In \\ref{sec:i}, \\eqref{eq:a}, [2](#fig:p) by [@k, p. 3], a&#64;b.\n\n"
        "\\begin{align} \n  a &= \\R \\label{eq:a}\n\\end{align}\n\n"
        "::: {#thm:e .theorem}\n**Theorem 1** (Euler). Let\n\n$$ y $$\n\n:::\n\n"
        "::: proof\nClear.\n:::\n\n"
        "**Vermerk 2**. Stays {% raw %}{{{% endraw %} x }}\n\n"
        '![C](plot.pdf){: #fig:p width="50%"} ![D](plot2.png)\n'
    )
    assert set(post.files) == {"_posts/2026-01-15-p/plot2.png", "_bibliography/refs.bib"}
    assert [f"{it.path}:{it.line}: {it.message}" for it in post.problems] == [
        "p.tex:9: `\\begin{tikzpicture}x\\end{tikzpicture}` is left out",
        "part.tex:2: the figure `plot` is no picture for a page",
        "p.tex:2: `vermerk` is no kind of statements here: what it holds stays",
    ]


def test_a_file_that_a_paper_reads_and_that_is_not_there_is_named() -> None:
    paper = "\\input{part}\n% \\input{not read}\nx \\include{ gone/b }\n"
    folder = folder_of({"p.tex": paper, "part.tex": "\\input{inner}"})
    post = finish(prepare(SourceText("p.tex", paper), folder), "x", "[]", folder, PostPaths())
    assert [f"{it.path}:{line}" for it, line in zip(post.problems, told(post.problems), strict=True)] == [
        "p.tex:3:3: there is no file ` gone/b `",
        "part.tex:1:1: there is no file `inner`",
    ]
