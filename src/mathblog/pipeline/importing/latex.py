r"""A paper in LaTeX -> a post, by way of pandoc. Displayed formulas go around it, so that their environments, labels and rows stay.

`prepare` makes a text for pandoc, in which a word stands for each displayed formula; `finish` reads pandoc's Markdown.
"""

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mathblog.core.dataclass import dataclass, field
from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.markdown.rules.statements.openings import kind_of
from mathblog.model.statements.kinds import StatementOptions
from mathblog.model.values import Value
from mathblog.pipeline.importing.formulas import as_tex
from mathblog.pipeline.importing.rewriting import (
    RULE,
    GivenFolder,
    Imported,
    PostPaths,
    Rewriting,
    divs,
    front_matter,
    keep_file,
)
from mathblog.reading.decode import decode
from mathblog.reading.frontmatter import read_front_matter
from mathblog.text.tex.definitions import find_definitions

_COMMENT = lazy_pattern(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_INPUT = lazy_pattern(r"\\(?:input|include|subfile)\s*\{([^{}]+)\}")
_DISPLAY = lazy_pattern(
    r"\\begin\{(equation|align|alignat|gather|multline|flalign|eqnarray|displaymath|(?:sub)?numcases|empheq)(\*?)\}.*?\\end\{\1\2\}|(?<!\\)\\\[.*?\\\]|(?<!\\)\$\$.*?\$\$",
    re.DOTALL,
)
_STYLE = lazy_pattern(r"\\theoremstyle\{\w+\}")
_THEOREM = lazy_pattern(r"\\newtheorem\*?\{([^{}]+)\}(?:\[[^\]]*\])?\{([^{}]+)\}")
_REFERENCE = lazy_pattern(
    r"\[(?:[^\[\]\\]|\\.)*\]\(#[^()\s]*\)\{reference-type=\"([\w+]+)\"\s+reference=\"([^\"]*)\"\}"
)
_WORD = "mathblogdisplay"
_STANDS = lazy_pattern(rf"[ \t]*{_WORD}(\d+)x[ \t]*")
_HEADING = lazy_pattern(r"^(#{1,6} [^\n]*?)[ \t]*\{#([^\s{}]+)[^{}\n]*\}[ \t]*$", re.MULTILINE)
_IMAGE = lazy_pattern(r"(!\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\]\()([^()\s]+)(\))(\{[^{}\n]*\})?")
_PROOF = lazy_pattern(r"^\*Proof(?: of [^*\n]*)?\.\*[ \t]*", re.MULTILINE)
_QED = lazy_pattern(r"[ \t]*◻[ \t]*$", re.MULTILINE)
_ESCAPED = lazy_pattern(r"\\([@^~'\"<>])")
_UNIMPORTANT = lazy_pattern(
    r"\\(?:end|maketitle|centering|bibliographystyle|newpage|clearpage|tableofcontents|appendix|noindent|vspace|hspace|vskip|hskip|vfill|"
    r"pagestyle|thispagestyle|setcounter|setlength|numberwithin|allowdisplaybreaks|raggedright|sloppy|date|qedhere|medskip|bigskip|smallskip)\b"
)
_DIV_LABEL = lazy_pattern(r"^:::+ \{#([^\s{}]+)", re.MULTILINE)
_CLASS = lazy_pattern(r"\.([\w*-]+)")
_LABEL = lazy_pattern(r"\\label\{([^{}]+)\}")
_BRACKETS = lazy_pattern(r"(?<!\\)\\\[(.*?)(?<!\\)\\\]", re.DOTALL)
_COMMANDS = {"eqref": "eqref", "ref+label": "cref", "ref+Label": "Cref", "autoref": "autoref"}
_STATEMENTS = StatementOptions()
_PICTURES = (".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp")
WRITER = (
    "markdown-smart-simple_tables-multiline_tables-grid_tables+pipe_tables-bracketed_spans-raw_attribute-fancy_lists-example_lists"
    "-line_blocks-escaped_line_breaks-inline_code_attributes-superscript-subscript-raw_tex-implicit_header_references"
)


class Prepared(NamedTuple):
    """A text for pandoc; the formulas that went around it, and where each of its lines is written: a text, and a line of it."""

    text: str
    formulas: tuple[str, ...]
    lines: tuple[tuple[SourceText, int], ...]


def prepare(source: SourceText, folder: GivenFolder) -> Prepared:
    """The paper with the files that it reads in their places, those below its folder."""
    lines = list(_lines(source, folder, ()))
    text = "\n".join(line for line, _, _ in lines)
    text = _COMMENT.sub(lambda found: f"{found[1]}%", text)
    formulas: list[str] = []

    def stand_in(found: re.Match[str]) -> str:
        formulas.append(found[0].replace("%\n", "\n"))
        rest = "%\n" * found[0].count("\n")  # as many lines as before, so that pandoc's numbers of lines hold
        return rf"\par {_WORD}{len(formulas) - 1}x \par{rest}"

    upright = r"\theoremstyle{definition}" if "\\newtheorem" in text else ""
    text = upright + _DISPLAY.sub(stand_in, _STYLE.sub("", text))
    return Prepared(text, tuple(formulas), tuple((it, line) for _, it, line in lines))


def _lines(source: SourceText, folder: GivenFolder, above: Sequence[str]) -> Iterator[tuple[str, SourceText, int]]:
    """The lines of a file, those of files that it reads in their places."""
    for number, line in enumerate(source.text.split("\n"), 1):
        found = _INPUT.search(_COMMENT.sub("", line))
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source.path), found[1].strip())) if found else ""
        path = path if not path or folder.has(path) else f"{path}.tex"
        inner = decode(path, folder.read(path)).source if found and path not in above and folder.has(path) else None
        if inner is None or found is None:
            yield line, source, number
            continue
        yield line[: found.start()], source, number
        yield from _lines(inner, folder, (*above, path))
        yield line[found.end() :], source, number


def finish(prepared: Prepared, markdown: str, log: str, folder: GivenFolder, names: PostPaths) -> Imported:
    """The post of pandoc's Markdown. `log` is what pandoc skipped, as JSON."""
    source = prepared.lines[0][0]
    read = read_front_matter(SourceText(source.path, markdown))
    head, text = dict(read.data or {}), markdown[read.body_start :]
    stem = source.path.rpartition("/")[2].removesuffix(".tex")
    post = names.post(stem, folder.files[source.path], with_files=bool(_IMAGE.search(text)))
    paper = _Paper(prepared, folder, post, Rewriting(SourceText(source.path, text)))
    paper.report_skipped(log)
    paper.report_missing()
    paper.carry_over_references()
    paper.carry_over_figures()
    paper.carry_over_statements()
    for found in paper.rewriting.find(_ESCAPED):
        paper.rewriting.replace(found.start(), found.end(), f"&#{ord(found[1])};")
    displays = [as_tex(it)[0] if it.startswith("\\begin") else it for it in prepared.formulas]
    body = _STANDS.sub(lambda found: f"\n\n{displays[int(found[1])]}\n\n", paper.rewriting.result())
    body = _BRACKETS.sub(lambda found: f"$${found[1]}$$", body)  # kramdown wants two backslashes before brackets
    body = re.sub(r"\n{3,}", "\n\n", body).strip("\n")
    paper.add_bibliographies(_several(head.get("bibliography")), names)
    abstract = f"**Abstract.** {str(head['abstract']).strip()}\n\n" if head.get("abstract") else ""
    data = {"title": head.get("title") or stem, "author": ", ".join(_several(head.get("author")))}
    shown = f"{front_matter(data)}{paper.macros_for(body)}{abstract}{body}\n"
    return Imported(post, shown, paper.files, tuple(paper.problems))


@dataclass(slots=True)
class _Paper:
    """A paper on its way: the edits of pandoc's Markdown, the files that the post needs, what is not carried over."""

    prepared: Prepared
    folder: GivenFolder
    post: str
    rewriting: Rewriting
    problems: list[Diagnostic] = field(default_factory=list)
    files: dict[str, bytes | str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The path of the paper's first file."""
        return self.rewriting.source.path

    @property
    def whole(self) -> str:
        """All files of the paper."""
        return "\n".join(it.text for it in self._sources())

    def report_skipped(self, log: str) -> None:
        """Name the pieces that pandoc skipped, at their places."""
        lines = self.prepared.lines
        for item in json.loads(log or "[]"):
            contents = str(item.get("contents", ""))
            line = item.get("line")
            if item.get("type") != "SkippedContent" or _UNIMPORTANT.match(contents) or not isinstance(line, int):
                continue
            source, number = lines[min(line, len(lines)) - 1]
            words = contents.split("\n", maxsplit=1)[0]
            start = source.text.find(words[:30], source.offset(number))
            start = start if start >= 0 else source.offset(number)
            span = Span(start, start + len(words))
            self.problems.append(at(source, span, f"`{words[:60]}` is left out", code=RULE))

    def report_missing(self) -> None:
        r"""Name the files of `\input` that are not in the paper's folder."""
        for source in self._sources():
            for found in _INPUT.finditer(_COMMENT.sub(lambda it: " " * len(it[0]), source.text)):
                path = posixpath.normpath(posixpath.join(posixpath.dirname(source.path), found[1].strip()))
                if not (self.folder.has(path) or self.folder.has(f"{path}.tex")):
                    span = Span(*found.span())
                    hint = "put it into the paper's folder, and import again"
                    self.problems.append(at(source, span, f"there is no file `{found[1]}`", code=RULE, hint=hint))

    def carry_over_references(self) -> None:
        r"""References to what has a number here are `\ref` and its like again; others are links, such as those to figures."""
        text = self.rewriting.source.text
        labels = {found[2] for found in _HEADING.finditer(text)} | set(_DIV_LABEL.findall(text))
        labels.update(label for tex in self.prepared.formulas for label in _LABEL.findall(tex))
        for found in self.rewriting.find(_REFERENCE):
            link = found[0].partition("{reference-type")[0]
            shown = f"\\{_COMMANDS.get(found[1], 'ref')}{{{found[2]}}}" if found[2] in labels else link
            self.rewriting.replace(found.start(), found.end(), shown)
        for found in self.rewriting.find(_HEADING):
            self.rewriting.replace(found.start(), found.end(), f"{found[1]} \\label{{{found[2]}}}")

    def carry_over_figures(self) -> None:
        """Pictures are copied beside the post."""
        for found in self.rewriting.find(_IMAGE):
            places = (self._below(found[2] + ending) for ending in ("", *_PICTURES, ".pdf", ".eps"))
            path = next((it for it in places if self.folder.has(it)), "")
            name = posixpath.basename(path or found[2])
            if path.lower().endswith(_PICTURES):
                name = keep_file(self.files, posixpath.dirname(self.post), path)
            else:
                said = f"the figure `{found[2]}` is no picture for a page" if path else f"there is no file `{found[2]}`"
                self._report(said, found[2], "make a PNG or an SVG of it")
            listed = " ".join((found[4] or "").strip("{}").split())
            shown = f"{found[1]}{name}){f'{{: {listed}}}' if listed else ''}"
            self.rewriting.replace(found.start(), found.end(), shown)

    def carry_over_statements(self) -> None:
        r"""Environments of `\newtheorem` are called as the kinds of statements here."""
        titles = {found[1]: found[2] for found in _THEOREM.finditer(self.whole)}
        for opening, closing in divs(self.rewriting):
            name = opening[2] or next(iter(_CLASS.findall(opening[1] or "")), "")
            words = (name.rstrip("*"), *titles.get(name, "").split())
            kind = next((kind for word in words if (kind := kind_of(word, _STATEMENTS))), "")
            if kind:
                old, new = (f".{name}", f".{kind}") if opening[1] else (name, kind)
                self.rewriting.replace(opening.start(), opening.end(), opening[0].replace(old, new))
                continue
            for found in (opening, closing):
                self.rewriting.replace(found.start(), found.end(), "")
            if name in titles:
                hint = f"name it in `theorems.kinds` of `_config.yml`: {titles[name]}"
                self._report(f"`{name}` is no kind of statements here: what it holds stays", f"{{{name}}}", hint)
        for pattern in (_PROOF, _QED):
            for found in self.rewriting.find(pattern):
                self.rewriting.replace(found.start(), found.end(), "")

    def add_bibliographies(self, wanted: Sequence[str], names: PostPaths) -> None:
        """Bibliographies are copied to where they are read."""
        for name in wanted:
            path = self._below(name if name.endswith(".bib") else f"{name}.bib")
            if self.folder.has(path):
                self.files[names.bibliography(path, self.folder.read)] = path
            else:
                self._report(f"there is no file `{path}`", name.removesuffix(".bib"), "put it into `_bibliography`")

    def macros_for(self, body: str) -> str:
        """A formula of the macros of the preamble that a body uses, and those that these use; '' for none."""
        preamble = _COMMENT.sub(r"\1", self.whole.partition("\\begin{document}")[0])
        known = {it.name: it for it in find_definitions(preamble)}
        needed = set[str]()
        waiting = [name for name in known if re.search(rf"{re.escape(name)}(?![A-Za-z])", body)]
        while waiting:
            name = waiting.pop()
            if name in known and name not in needed:
                needed.add(name)
                waiting += known[name].uses
        listed = [it.tex for name, it in known.items() if name in needed]
        return "$$\n{}\n$$\n\n".format("\n".join(listed)) if listed else ""

    def _report(self, message: str, words: str, hint: str) -> None:
        """Name what is not carried over, at the first place of some words."""
        for source in self._sources():
            if (start := source.text.find(words)) >= 0:
                self.problems.append(at(source, Span(start, start + len(words)), message, code=RULE, hint=hint))
                return

    def _sources(self) -> Iterable[SourceText]:
        return {id(source): source for source, _ in self.prepared.lines}.values()

    def _below(self, name: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), name))


def _several(value: Value) -> list[str]:
    """A text, or a list of them."""
    listed = value if isinstance(value, list | tuple) else [value]
    return [str(it) for it in listed if it]
