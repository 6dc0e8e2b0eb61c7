"""How much of a document is alive at once: what was made from something lets go of it."""

import gc
from contextlib import nullcontext

from markdown_it.token import Token

from mathblog.core.source import SourceText
from mathblog.engine.programs.diagrams import draw
from mathblog.engine.sass_compiler import SassEngine
from mathblog.engine.stages.text_facts import _KEPT, _KEPT_SIZE, KnownText, StoredTexts
from mathblog.model.body import Body
from mathblog.model.compiled import Compiled, Excerpt
from mathblog.model.facts.view import SiteFacts
from mathblog.model.options import LiquidOptions, MarkdownOptions, ReadingOptions
from mathblog.pipeline.compiling.compile import compile_documents
from mathblog.pipeline.compiling.options import CompileOptions, Compiler, Tools
from mathblog.pipeline.extensions import BUILTINS
from mathblog.reading.read import Reader, read_document
from support.compiling import _NOW, PATH, NoHighlights, TexRenderer
from support.liquid_site import FACTS


def tokens_alive() -> int:
    gc.collect()
    return sum(isinstance(value, Token) for value in gc.get_objects())


def test_tokens_are_gone_when_a_document_is_handed_over() -> None:
    source = SourceText(PATH, "---\ntitle: x\n---\n" + "a $x$ *b*\n\n" * 500)
    document = read_document(Reader(ReadingOptions(), _NOW), source).document
    assert document is not None
    options = CompileOptions(BUILTINS, LiquidOptions(), MarkdownOptions(), ("md",), "")
    tools = Tools(NoHighlights(), SassEngine(), lambda _seconds: nullcontext(), draw)
    before = tokens_alive()
    outcomes = compile_documents(Compiler(options, TexRenderer, tools), [[document]], SiteFacts(FACTS))
    assert next(outcomes).compiled.formulas == 500
    assert tokens_alive() - before < 100


def test_texts_that_an_include_makes_long_are_not_all_alive_at_once() -> None:
    """A chunk is some bytes of sources: forty short ones here, of which Liquid makes 100 kB each."""
    body = "---\ntitle: x\n---\n{% for i in (1..50) %}{% for j in (1..400) %}word {% endfor %}\n\n{% endfor %}"
    reader = Reader(ReadingOptions(), _NOW)
    read = [read_document(reader, SourceText(f"{number}.md", body)).document for number in range(40)]
    documents = [document for document in read if document]
    options = CompileOptions(BUILTINS, LiquidOptions(), MarkdownOptions(), ("md",), "")
    tools = Tools(NoHighlights(), SassEngine(), lambda _seconds: nullcontext(), draw)
    before = tokens_alive()
    compiling = compile_documents(Compiler(options, TexRenderer, tools), [documents], SiteFacts(FACTS))
    alive = [tokens_alive() - before for _ in compiling]
    assert len(alive) == 40
    paragraph = 4  # its begin, its end, what is in it, the words
    assert max(alive) < 15 * 50 * paragraph  # of those that are rendered, and of those that are parsed meanwhile


def compiled(path: str, size: int) -> Compiled:
    return Compiled(path, Body(("x" * size,)), Excerpt(), (), 0, failed=False, diagnostics=())


class EmptyMemo:
    """A store that has lost all."""

    def value(self, _key: object, _digest: str) -> None:
        """Nothing."""


def test_few_large_documents_are_kept_and_many_small_ones() -> None:
    made: list[str] = []

    def make(path: str) -> Compiled:
        made.append(path)
        return compiled(path, _KEPT_SIZE if path.startswith("large") else 10)

    small = [f"small {number}" for number in range(_KEPT)]
    paths = [*small, *small, "large 1", "large 1", "large 2", "large 1"]
    known = {path: KnownText(path, "", "", "", "", ()) for path in paths}
    texts = StoredTexts(EmptyMemo(), known, make)  # type: ignore[arg-type]  # of a memo it asks for values only
    for path in paths:
        assert texts.compiled(path).path == path
    assert made == [*small, "large 1", "large 2", "large 1"]
