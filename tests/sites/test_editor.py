"""`mathblog lsp` with a client that speaks to it over pipes, as an editor does."""

import asyncio
import base64
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.client import LanguageClient

from mathblog.cli.main import command
from mathblog.engine.authoring.editing import find_site
from support.site import program_environment

BIB = "@book{knuth84,\n  author = {Knuth, Donald},\n  title = {The {\\TeX}book},\n  year = 1984,\n}\n"
FIRST = "\n".join(
    (
        "---",
        "title: First 첫째",
        "tags: [alpha, beta]",
        "---",
        "한글 😀 $\\frac{a}{b}$ and 😀 $\\badd$ here.",
        "",
        "$$x^2 \\le \\RR \\label{eq:square}$$",
        "",
        "> Odd. {: .theorem}",
        "",
        "::: {#thm-euler .theorem}",
        "See \\eqref{eq:square}, [](#eq-square) and [@knuth84].",
        ":::",
        "",
        "{% include note.html %}",
        "",
        "## Own words",
        "",
        "## Others {#named}",
        "",
        '[a](#own-words), [b](#named), <a href="#named">c</a>',
        "",
    )
)
SECOND = "---\ntitle: Second\n---\nBy 😀 \\eqref{first:square}, \\cref{first:eq-square, first:thm-euler}\n"


class Editor:
    """An editor with a site open; `problems` are the last ones of each file."""

    def __init__(self, root: Path) -> None:
        self.root, self.loop = root, asyncio.new_event_loop()
        self.client = LanguageClient("test", "1")
        self.problems: dict[str, list[types.Diagnostic]] = {}
        self.told: list[str] = []
        self.versions, self.numbers = 0, dict[str, int]()
        self.heard = asyncio.Event()

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            if params.version == self.numbers.get(params.uri):
                self.problems[params.uri] = list(params.diagnostics)
            self.heard.set()

        @self.client.feature(types.WINDOW_SHOW_MESSAGE)
        def shown(params: types.ShowMessageParams) -> None:
            self.told.append(params.message)
            self.heard.set()

    def run(self, work: Any) -> Any:
        return self.loop.run_until_complete(asyncio.wait_for(work, 60))

    def begin(self) -> types.InitializeResult:
        starting = self.client.start_io(sys.executable, "-m", "mathblog", "lsp", env=program_environment())
        self.run(starting)
        hovers = types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown, types.MarkupKind.PlainText])
        capabilities = types.ClientCapabilities(text_document=types.TextDocumentClientCapabilities(hover=hovers))
        about = types.ClientInfo("Visual Studio Code - Insiders")
        params = types.InitializeParams(capabilities, client_info=about, root_uri=self.root.as_uri())
        return self.run(self.client.initialize_async(params))

    def end(self) -> None:
        self.run(self.client.shutdown_async(None))
        self.client.exit(None)
        self.run(self.client.stop())
        self.loop.close()

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    def open(self, path: str) -> list[types.Diagnostic]:
        text = (self.root / path).read_text(encoding="utf-8")
        self.versions += 1
        self.numbers[self.uri(path)] = self.versions
        item = types.TextDocumentItem(self.uri(path), "markdown", self.versions, text)
        return self.heard_of(path, lambda: self.client.text_document_did_open(types.DidOpenTextDocumentParams(item)))

    def write(self, path: str, text: str) -> list[types.Diagnostic]:
        """What the server says of a file after it was changed."""
        return self.heard_of(path, lambda: self.type(path, text))

    def type(self, path: str, text: str) -> None:
        self.versions += 1
        self.numbers[self.uri(path)] = self.versions
        identifier = types.VersionedTextDocumentIdentifier(self.versions, self.uri(path))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))

    def heard_of(self, path: str, do: Any) -> list[types.Diagnostic]:
        async def wait() -> None:
            self.problems.pop(self.uri(path), None)
            do()
            while self.uri(path) not in self.problems:
                self.heard.clear()
                await self.heard.wait()

        self.run(wait())
        return self.problems[self.uri(path)]

    def place(self, path: str, line: int, character: int) -> dict[str, Any]:
        return {
            "text_document": types.TextDocumentIdentifier(self.uri(path)),
            "position": types.Position(line, character),
        }

    def complete(self, path: str, text: str, line: int) -> dict[str, types.CompletionItem]:
        """The completions at the end of a line of a changed text."""
        self.type(path, text)
        units = len(text.split("\n")[line].encode("utf-16-le")) // 2
        params = types.CompletionParams(**self.place(path, line, units))
        return {it.label: it for it in self.run(self.client.text_document_completion_async(params))}

    def hover(self, path: str, line: int, character: int) -> str:
        """The words of a hover, without the picture before them."""
        words = self.whole_hover(path, line, character)
        return words.partition("````text\n")[2].removesuffix("\n````") if words.startswith("![](data:") else words

    def whole_hover(self, path: str, line: int, character: int) -> str:
        params = types.HoverParams(**self.place(path, line, character))
        found = self.run(self.client.text_document_hover_async(params))
        if found:
            is_markdown = found.contents.kind == types.MarkupKind.Markdown
            assert is_markdown == found.contents.value.startswith("![](data:")
        return found.contents.value if found else ""


A, B = "_posts/2020-01-01-first.md", "_posts/2020-01-02-second.md"


@pytest.fixture(name="editor")
def with_both_texts(server: Editor) -> Iterator[Editor]:
    """The editor, with the two texts as they are in their files after each test."""
    yield server
    server.type(B, SECOND)
    server.write(A, FIRST)


@pytest.fixture(name="server", scope="module")
def open_editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    root = tmp_path_factory.mktemp("editor") / "blog"
    files = {
        "_config.yml": "title: Blog\nmath:\n  macros:\n    RR: '\\mathbb{R}'\n",
        A: FIRST,
        B: SECOND,
        "_bibliography/books.bib": BIB,
        "_includes/note.html": "<p>note</p>\n",
        "_plugins/own.py": f"open({str(root / 'ran')!r}, 'w')\n",
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    editor = Editor(root)
    assert editor.begin().capabilities.rename_provider
    editor.open(A)
    editor.open(B)
    yield editor
    before = set(files) | {"ran"}
    found = {it.relative_to(root).as_posix() for it in root.rglob("*") if it.is_file()}
    assert found == set(files), found - before  # nothing was written, and the plugin did not run
    editor.end()


def test_problems_while_typing_stand_at_utf_16_places(editor: Editor) -> None:
    found = editor.write(A, FIRST)
    (math,) = [it for it in found if it.code == "math"]
    line = FIRST.split("\n")[4]
    start = len(line[: line.index("\\badd")].encode("utf-16-le")) // 2
    assert (math.range.start.line, math.range.start.character, math.range.end.character) == (4, start, start + 5)
    assert editor.write(A, FIRST.replace("\\badd", "b")) == [it for it in found if it.code != "math"]
    assert [it.code for it in editor.write(A, FIRST.replace("{eq:square}, [", "{eq:sqare}, ["))].count(
        "label-unknown"
    ) == 1
    assert editor.write(B, SECOND) == []
    gone, slip = editor.write(B, SECOND.replace("first:square", "first:cube") + "\n$$log(x)$$\n")
    assert "first:cube" in gone.message
    params = types.CodeActionParams(
        types.TextDocumentIdentifier(editor.uri(B)), slip.range, types.CodeActionContext([])
    )
    (fix,) = editor.run(editor.client.text_document_code_action_async(params))
    assert list(fix.edit.changes[editor.uri(B)]) == [types.TextEdit(slip.range, "\\log")]


COMPLETIONS = {
    "a label of the page and of others": ("😀 \\eqref{", {"eq:square", "thm-euler", "second:eq:two"}),
    "behind a star and a blank": ("\\ref* {", {"eq:square", "thm-euler", "second:eq:two"}),
    "behind a comma": ("\\cref{eq:square, ", {"eq:square", "thm-euler", "second:eq:two"}),
    "an id": ("[](#", {"eq-square", "thm-euler", "own-words", "named", "references"}),
    "an entry or a label": ("[see @", {"eq:square", "thm-euler", "second:eq:two", "knuth84"}),
    "an entry of LaTeX's": ("\\cite{", {"knuth84"}),
    "an entry of jekyll-scholar's": ("{% cite ", {"knuth84"}),
    "an include": ("{% include ", {"note.html"}),
    "a post": ("{% post_url ", {"2020-01-01-first", "2020-01-02-second"}),
    "a macro": ("$\\R", {"\\RR", "\\own"}),
    "nothing": ("words", set()),
    "nothing in code": ("```\n\\eqref{", set()),
}


def test_completions(editor: Editor) -> None:
    editor.write(B, SECOND + "\n$$y \\label{eq:two}$$\n")
    text = FIRST + "\n$\\newcommand{\\own}{o}$\n\n"
    line = text.count("\n")
    for title, (written, expected) in COMPLETIONS.items():
        assert set(editor.complete(A, text + written, line + written.count("\n"))) == expected, title
    found = editor.complete(A, text + "\\eqref{", line)
    assert found["eq:square"].detail == "Equation (1)"
    assert found["second:eq:two"].detail == "Equation (1) — Second"
    assert editor.complete(A, text + "[@", line)["knuth84"].detail == "Knuth, Donald (1984) The TeXbook"
    head = "---\ntitle: First\n"
    keys = editor.complete(A, head + "\n---\n", 2)
    assert "layout" in keys
    assert "tags" in editor.complete(A, "---\ntitle: New\nta", 2)  # not closed yet
    assert editor.complete(A, "---\ntitle: New\n\nta", 3) == {}
    assert "title" not in keys
    assert set(editor.complete(A, head + "tags: [x, a\n---\n", 2)) == {"alpha", "beta"}
    assert set(editor.complete(A, head + "tags:\n  - \n---\n", 3)) == {"alpha", "beta"}
    assert set(editor.complete(A, head + "published: \n---\n", 2)) == {"true", "false"}


def test_hovers_say_what_a_name_leads_to(editor: Editor) -> None:
    assert editor.hover(A, 4, 8) == "a/b"  # behind two characters, a blank, one character of two units, a blank
    assert editor.hover(A, 6, 4) == "x² ≤ ℝ"
    assert editor.hover(A, 11, 14) == "Equation (1)\nx² ≤ ℝ"
    assert editor.hover(A, 11, 50) == "Knuth, Donald (1984) The TeXbook"
    assert editor.hover(B, 3, 15) == "Equation (1) — First 첫째\nx² ≤ ℝ"
    assert editor.hover(A, 4, 0) == ""
    picture = editor.whole_hover(A, 6, 4).removeprefix("![](data:image/svg+xml;base64,").partition(")")[0]
    svg = base64.b64decode(picture).decode()
    assert "".join(ET.fromstring(svg).itertext()).rpartition("}")[2].replace("2", "²").replace("\u2061", "") == "x²≤ℝ"


def test_definitions_and_places_of_labels(editor: Editor) -> None:
    def leads_to(path: str, line: int, character: int) -> tuple[str, int, int]:
        params = types.DefinitionParams(**editor.place(path, line, character))
        found = editor.run(editor.client.text_document_definition_async(params))
        return found.uri.removeprefix(editor.root.as_uri() + "/"), found.range.start.line, found.range.start.character

    square = FIRST.split("\n")[6].index("eq:square")
    assert leads_to(A, 11, 14) == (A, 6, square)
    assert leads_to(B, 3, 15) == (A, 6, square)
    assert leads_to(A, 11, 50) == ("_bibliography/books.bib", 0, 6)
    assert leads_to(A, 14, 14) == ("_includes/note.html", 0, 0)
    assert leads_to(A, 20, 8) == (A, 16, 3)
    assert leads_to(A, 20, 25) == leads_to(A, 20, 42) == (A, 18, 12)
    params = types.ReferenceParams(types.ReferenceContext(True), **editor.place(A, 6, square))
    places = editor.run(editor.client.text_document_references_async(params))
    assert [(it.uri.rpartition("/")[2][11:12], it.range.start.line) for it in places] == [
        ("f", 6), ("f", 11), ("f", 11), ("s", 3), ("s", 3)
    ]  # fmt: skip


def test_a_label_is_renamed_in_all_posts(editor: Editor) -> None:
    def rename(line: int, character: int, name: str) -> Any:
        params = types.RenameParams(new_name=name, **editor.place(A, line, character))
        return editor.run(editor.client.text_document_rename_async(params))

    prepared = types.PrepareRenameParams(**editor.place(A, 11, 14))
    assert editor.run(editor.client.text_document_prepare_rename_async(prepared)).placeholder == "eq:square"
    changes = rename(11, 14, "eq:sum").changes
    assert [edit.new_text for edit in changes[editor.uri(A)]] == ["eq:sum", "eq:sum", "eq-sum"]
    assert [edit.new_text for edit in changes[editor.uri(B)]] == ["first:sum", "first:eq-sum"]
    at = SECOND.split("\n")[3].index("first:square") + 1  # the sign before it has two units
    assert changes[editor.uri(B)][0].range == types.Range(types.Position(3, at), types.Position(3, at + 12))
    assert len(rename(18, 13, "other").changes[editor.uri(A)]) == 3
    for name in ("thm-euler", "two words", ""):
        with pytest.raises(JsonRpcException):
            rename(11, 14, name)
    with pytest.raises(JsonRpcException, match="made of the words of its heading"):
        rename(20, 8, "new")


def test_a_fault_does_not_end_the_server(editor: Editor) -> None:
    config = editor.root / "_config.yml"
    good = config.read_text(encoding="utf-8")
    config.write_text("title: [\n", encoding="utf-8")
    editor.write(A, FIRST + "\nmore\n")
    config.write_text(good, encoding="utf-8")
    assert [it.code for it in editor.write(A, FIRST)] == ["math"]
    assert editor.hover(A, 6, 4) == "x² ≤ ℝ"


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    done = CliRunner().invoke(command, ["lsp"])
    assert done.exit_code == 3
    assert "[lsp]'" in done.stderr


def test_the_site_of_a_file(tmp_path: Path) -> None:
    for path in ("blog/src/_posts/a.md", "blog/_config.yml", "bare/_posts/b.md", "none/c.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    assert find_site(tmp_path / "blog/src/_posts/a.md") == tmp_path / "blog"
    assert find_site(tmp_path / "bare/_posts/b.md") == tmp_path / "bare"
    assert find_site(tmp_path / "none/c.md") is None


def test_half_a_character_of_a_text_stands_for_one(editor: Editor) -> None:
    """Editors of JavaScript have texts in UTF-16, and a change may leave half of a character there."""
    editor.open(A)
    found = editor.write(A, "---\ntitle: A\n---\n\ud83d $\\badd$ \ude00\n")
    assert [(it.range.start.line, it.range.start.character) for it in found] == [(3, 3)]
