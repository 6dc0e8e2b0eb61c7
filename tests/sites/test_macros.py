r"""Macros of the site, of a file of TeX, of a post's front matter and text: which one wins, and that none leaks."""

import re
from pathlib import Path

import pytest

from mathblog.engine.builder import build
from mathblog.engine.request import BuildRequest
from support.site import NewSite, Site


def shown(site: Site, path: str) -> str:
    """What stands in the formulas of a page, by their MathML."""
    maths = re.findall(r"<semantics>(.*?)<annotation", site.read(path), re.DOTALL)
    return " ".join(re.sub("<[^>]*>|[\u2061\u200b]", "", formula) for formula in maths)


PREAMBLE = r"""\documentclass[11pt]{article}
\usepackage{amsmath, amssymb} % 기호
\newtheorem{theorem}{Theorem}[section]
% \newcommand{\dead}{x}
\newcommand{\E}{{\mathbb{E}}}   % expectation
\providecommand{\norm}[1]{\lVert #1 \rVert}
\DeclareMathOperator*{\argmin}{arg\,min}
\DeclarePairedDelimiter{\abs}{\lvert}{\rvert}
\newenvironment{rows}{\begin{pmatrix}}{\end{pmatrix}}
\def\zz#1{#1_0}
\let\eps\varepsilon
"""


@pytest.mark.parametrize("path", ["_data/macros.tex", "_macros.tex"])
def test_the_preamble_of_a_paper_gives_its_macros(site: Site, path: str) -> None:
    text = r"$\E$ $\norm{x}$ $\argmin f$ $\abs*{y}$ $\begin{rows} 1 \end{rows}$ $\zz{z}$ $\eps$"
    site.post("2018-10-06-a", text).write({path: PREAMBLE}).build()
    assert shown(site, "2018/10/06/a.html") == "𝔼 ∥x∥ arg minf ∣y∣ (1) z0 ε".replace("arg m", "arg\u2009m")
    assert (
        f"{path}:1:1: warning: `\\documentclass`, `\\usepackage`, `\\newtheorem`: no definition, passed over"
        in site.report
    )
    assert site.report.count(path) == 1


@pytest.mark.parametrize(
    "block",
    [
        "## On $\\A$",
        "- $\\A$",
        "1. $\\A$",
        "$$\n\\A\n$$",
        "```\ncode\n```\n\n$\\A$",
        "> $\\A$",
        "\\begin{align*}\n\\A\n\\end{align*}",
        "<div>$\\A$</div>",
        "| a |\n|---|\n| $\\A$ |",
        "The set $\\A$.",
        "% a comment\n\n$\\A$",
    ],
)
def test_lines_of_definitions_may_stand_right_before_a_block(site: Site, block: str) -> None:
    defined = "\\newcommand{\\A}{\\mathrm{B}} % one\n\n\\newcommand{\\C}{c}\n\\renewcommand{\\C}{d} \\def\\D{d}\n"
    site.post("2018-10-06-a", defined + block).build()
    assert shown(site, "2018/10/06/a.html").strip() == "B"
    assert "newcommand" not in re.sub("<annotation.*?</annotation>", "", site.read("2018/10/06/a.html"))
    assert "undefined" not in site.report


@pytest.mark.parametrize("before", ["", "Words.\n\n"])
def test_a_preamble_of_macros_and_kinds_may_stand_in_a_text(site: Site, before: str) -> None:
    """Its lines follow each other without blank ones, as in a paper."""
    preamble = (
        "\\theoremstyle{definition}\n\\newcommand{\\A}{\\mathrm{A}}\n\\newtheorem{obs}{Observation}\n\\newtheorem{관찰}[obs]{관찰}\n"
        "\\DeclareMathOperator{\\B}{B} % one\n\\def\\C{\\mathrm{C}}\n"
    )
    text = "\\begin{obs} $\\A\\B\\C$ \\end{obs}\n\n\\begin{관찰} x \\end{관찰}\n\n\\begin{proof} Clear.~\\qed \\end{proof}\n"
    site.post("2018-10-06-a", f"{before}{preamble}{text}").build().is_good()
    body = site.body("2018/10/06/a.html")
    assert shown(site, "2018/10/06/a.html").split()[0].replace("\u2009", "") == "ABC"
    assert re.findall(r"<strong>(\w+.[12])</strong>", body) == ["Observation\xa01", "관찰\xa02"]
    assert 'Clear. <span class="qed">' in body
    assert "newcommand" not in re.sub("<annotation.*?</annotation>", "", body)


def test_a_definition_with_a_slip_is_named_and_those_behind_it_count(site: Site) -> None:
    text = "\\newcommand{\\R}{\\mathbb{R}\n\\newcomand{\\Q}{q}\n\\DeclareMathOperator{\\foo}{foo\n\\require{ams}\n\\hello\n\\newcommand{\\Z}{z}\n\\newcommand{\\foo1}{x}\n"
    site.write({"_data/macros.tex": text}).post("2018-10-06-a", r"$\Z$").build()
    assert shown(site, "2018/10/06/a.html") == "z"
    assert [(it.line, it.message, it.hint) for it in site.done.diagnostics] == [
        (
            1,
            r"this definition cannot be read: `\newcommand{\R}{\mathbb{R}`",
            r"a brace or an argument of `\newcommand` is missing, or its name is none",
        ),
        (2, r"`\newcomand` defines nothing", r"did you mean `\newcommand`?"),
        (
            3,
            r"this definition cannot be read: `\DeclareMathOperator{\foo}{foo`",
            r"a brace or an argument of `\DeclareMathOperator` is missing, or its name is none",
        ),
        (5, r"`\hello`: no definition, passed over", "leave them out: macros are all that formulas need"),
        (
            7,
            r"this definition cannot be read: `\newcommand{\foo1}{x}`",
            r"a brace or an argument of `\newcommand` is missing, or its name is none",
        ),
    ]


def test_definitions_of_mathtools_are_read_and_those_of_xargs_are_no_slips(site: Site) -> None:
    text = "\\DeclarePairedDelimiterXPP{\\pr}[1]{P}(){'}{#1}\n\\DeclarePairedDelimiterX{\\set}[1]\\{\\}{#1}\n"
    others = ("newcommandx", "renewcommandx", "newenvironmentx")
    text += "".join(f"\\{it}{{\\foo}}[1][1=x]{{#1}}\n" for it in others)
    site.write({"_data/macros.tex": text}).post("2018-10-06-a", r"$\pr{A}$ $\set{b}$").build()
    assert shown(site, "2018/10/06/a.html").replace("\u2009", "") == "P(A)′ {b}"
    (told,) = site.done.diagnostics
    assert (told.line, "`\\newcommandx`" in told.message, "did you mean" in told.hint) == (3, True, False)


def test_the_nearest_definition_wins(site: Site) -> None:
    site.write(
        {
            "_layouts/post.html": r"<div>$$\newcommand{\a}{layout}\newcommand{\b}{layout}$$</div>{{ content }}",
            "_macros.tex": r"\newcommand{\b}{file}\newcommand{\c}{file}",
            "_config.yml": "title: t\nurl: https://e.org\nmath:\n  macros: {c: config, d: config}\n",
        }
    )
    site.post(
        "2018-10-06-a",
        "$\\a$ $\\b$ $\\c$ $\\d$ $\\e$\n\n\\newcommand{\\e}{text}\n\n$\\e$",
        r"macros: {d: front, e: front}",
    )
    site.build().is_good()
    assert shown(site, "2018/10/06/a.html").endswith("layout file config front front text")


def test_front_matter_takes_tex_and_mathjaxs_form(site: Site) -> None:
    front = "macros: |\n  \\newcommand{\\x}[1]{#1!}\n"
    site.post("2018-10-06-a", r"$\x{a}$", front).post(
        "2018-10-07-b", r"$\y ab$", r"macros: {y: ['#1/#2', 2], '\z': 'q'}"
    )
    site.post("2018-10-08-c", r"$\w{a}$", r"macros: {w: '(#1)'}").build().is_good()
    assert [shown(site, f"2018/10/0{day}/{name}.html") for day, name in ((6, "a"), (7, "b"), (8, "c"))] == [
        "a!",
        "a/b",
        "(a)",
    ]


def test_a_macro_of_one_post_is_unknown_in_the_next(site: Site) -> None:
    site.post("2018-10-06-a", "\\newcommand{\\x}{X}\n\n$\\x$").post("2018-10-07-b", r"$\x$", "macros: {z: Z}")
    site.post("2018-10-08-c", r"$\z$").build()
    assert "_posts/2018-10-07-b.md:4:2: warning: undefined control sequence `\\x`" in site.report
    assert "_posts/2018-10-08-c.md:3:2: warning: undefined control sequence `\\z`" in site.report


def test_bad_macros_of_front_matter_are_named(site: Site) -> None:
    site.post("2018-10-06-a", "x", "macros: [a]").post("2018-10-07-b", "x", "macros: {a: {b: c}}").build()
    assert "_posts/2018-10-06-a.md:2:1: warning: `macros` has to be a mapping or TeX" in site.report
    assert "_posts/2018-10-07-b.md:2:1: warning: the macro `a` has to be text" in site.report


def test_an_open_brace_in_a_macro_of_the_configuration_is_named(site: Site) -> None:
    site.config(r"math: {macros: {QQ: '\mathbb{Q', RR: '\mathbb{R}', '\set': '\{#1'}}").post(
        "2018-10-06-a", "x"
    ).build()
    (problem,) = site.done.diagnostics
    assert problem.message == "a brace of the macro `\\QQ` is never closed"


def test_a_line_of_definitions_is_no_text(site: Site) -> None:
    lines = "\\newcommand{\\E}{{\\mathbb{E}}}\n\\DeclareMathOperator{\\KL}{KL}\n"
    site.post(
        "2018-10-06-a", f"{lines}\n$\\E$ $\\KL$\n\nWrite \\newcommand{{\\a}}{{b}}.\n\n    \\def\\b{{c}}\n"
    ).build().is_good()
    assert shown(site, "2018/10/06/a.html") == "𝔼 KL"
    body = site.body("2018/10/06/a.html")
    assert "Write \\newcommand{\\a}{b}." in body
    assert "<code>\\def\\b{c}" in body


def test_a_change_of_the_file_reaches_the_pages(site: Site) -> None:
    site.post("2018-10-06-a", r"$\x$").write({"_data/macros.tex": r"\newcommand{\x}{1}"}).build().is_good()
    site.write({"_data/macros.tex": r"\newcommand{\x}{2}"}).build().is_good()
    assert shown(site, "2018/10/06/a.html") == "2"
    site.remove("_data/macros.tex").build()
    assert "undefined control sequence `\\x`" in site.report


PAPER = Path(__file__).parent / "data" / "paper.tex"


def test_the_whole_head_of_a_paper_is_one_note(site: Site) -> None:
    """Forty macros and more between what means something to LaTeX alone; they hold what LaTeX says that they hold."""
    site.write({"_data/macros.tex": PAPER.read_text(encoding="utf-8")})
    for letter in "ABCDEFGHIJKLMNOPQRST":
        site.post(f"2018-10-06-{letter.lower()}", f"$\\b{letter}$ $\\s{letter}{{2}}$")
    text = r"$\rank A$ $\esssup f$ $\ip{x}{y}$ $\opt{b}$ $\opt[a]{b}$ $\textcolor{ink}{x}$ $\late$ $\epsilon$ $\half$"
    site.post("2018-10-07-rest", text).build()
    double, script = "𝔸𝔹ℂ𝔻𝔼𝔽𝔾ℍ𝕀𝕁𝕂𝕃𝕄ℕ𝕆ℙℚℝ𝕊𝕋", "𝒜ℬ𝒞𝒟ℰℱ𝒢ℋℐ𝒥𝒦ℒℳ𝒩𝒪𝒫𝒬ℛ𝒮𝒯"
    for letter, one, other in zip("abcdefghijklmnopqrst", double, script, strict=True):
        assert shown(site, f"2018/10/06/{letter}.html") == f"{one} {other}2"
    assert shown(site, "2018/10/07/rest.html") == "rankA ess\u2009supf ⟨x,y⟩ 0/b a/b x L ε 12"
    (note,) = site.done.diagnostics
    assert (note.path, note.message) == (
        "_data/macros.tex",
        "`\\documentclass`, `\\usepackage`, `\\hypersetup` and 18 more: no definition, passed over",
    )


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("first", [6, 7])
def test_macros_of_a_post_are_its_own_in_any_order(
    new_site: NewSite, monkeypatch: pytest.MonkeyPatch, jobs: int, first: int
) -> None:
    """Chunks so small that two processes share the posts; the definition stands in the older or in the newer ones."""
    monkeypatch.setattr("mathblog.engine.stages.compiling._CHUNK", 0)
    site = new_site(f"{jobs}-{first}").write({"_data/macros.tex": r"\newcommand{\k}{K}"})
    for number in range(6):
        site.post(
            f"2018-10-{first:02}-has{number}",
            "$\\gdef\\k{L}\\k$ $\\x$\n\n\\newcommand{\\x}{X}\n\n$\\x$",
            "macros: {x: F}",
        )
        site.post(f"2018-10-{13 - first:02}-not{number}", r"$\k$ $\x$")
    result = build(BuildRequest(site.source, overrides={"destination": str(site.output)}, jobs=jobs, use_cache=False))
    assert sorted((it.path, it.line, it.message) for it in result.diagnostics) == [
        (f"_posts/2018-10-{13 - first:02}-not{number}.md", 3, "undefined control sequence `\\x`") for number in range(6)
    ]
    for number in range(6):
        assert shown(site, f"2018/10/{first:02}/has{number}.html") == "L F X"
        assert shown(site, f"2018/10/{13 - first:02}/not{number}.html") == "K"
