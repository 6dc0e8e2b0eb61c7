"""The requests of an editor, and the answers; `serve` is the whole of it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from mathblog.core.source import SourceText
from mathblog.engine.authoring.editing import ShownFormula
from mathblog.lsp.pictures import picture, takes_pictures
from mathblog.lsp.positions import Positions
from mathblog.lsp.server import BlogServer, MakeRequest
from mathblog.lsp.session import Session
from mathblog.pipeline.editing.completion import Completion, Sort, complete
from mathblog.pipeline.editing.known_site import LabelPlace
from mathblog.pipeline.editing.mentions import mention_at
from mathblog.pipeline.editing.places import CurrentTexts, FileStretch, RenameError

_SIGNS = ["{", "#", "@", ",", "\\", " ", ":", "-"]  # behind which an editor asks for completions by itself
_KINDS = {
    Sort.REFERENCE: types.CompletionItemKind.Reference,
    Sort.ENTRY: types.CompletionItemKind.Reference,
    Sort.FILE: types.CompletionItemKind.File,
    Sort.KEY: types.CompletionItemKind.Property,
    Sort.VALUE: types.CompletionItemKind.Value,
    Sort.MACRO: types.CompletionItemKind.Function,
}


class _AtPlace(Protocol):
    """Parameters of a request about a place of a file."""

    @property
    def text_document(self) -> types.TextDocumentIdentifier: ...

    @property
    def position(self) -> types.Position: ...


def changed(ls: BlogServer, params: types.DidOpenTextDocumentParams | types.DidChangeTextDocumentParams) -> None:
    """A file was opened or changed."""
    if (place := ls.place(uri := params.text_document.uri)) is not None:
        place[0].change(place[1], ls.text(uri), ls.workspace.get_text_document(uri).version or 0)


def closed(ls: BlogServer, params: types.DidCloseTextDocumentParams) -> None:
    """A file was closed: its problems go."""
    if (place := ls.place(params.text_document.uri)) is not None:
        place[0].change(place[1], None)
        ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))


def saved(ls: BlogServer, params: types.DidSaveTextDocumentParams) -> None:
    """A file was saved: others may be, too."""
    if (place := ls.place(params.text_document.uri)) is not None:
        place[0].check_soon()


async def completion(ls: BlogServer, params: types.CompletionParams) -> list[types.CompletionItem]:
    """Return what may stand at a place."""
    found = await _asked(ls, params)
    if found is None:
        return []
    _, texts, source, offset = found
    positions = ls.positions(source)
    return [_item(it, positions) for it in complete(texts.site, source, offset)]


async def hover(ls: BlogServer, params: types.HoverParams) -> types.Hover | None:
    """Return what a name leads to, or the formula at a place: in words, and as a picture where the editor draws it."""
    found = await _asked(ls, params)
    if found is None:
        return None
    session, texts, source, offset = found
    words, html = await session.shown(texts, lambda it: _shown(session, it, source, offset))
    if not words:
        return None
    if address := picture(html) if ls.takes_pictures else "":
        markdown = f"![]({address})\n\n````text\n{words}\n````"
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, markdown))
    return types.Hover(types.MarkupContent(types.MarkupKind.PlainText, words))


async def definition(ls: BlogServer, params: types.DefinitionParams) -> types.Location | None:
    """Return where it stands that a place names."""
    found = await _asked(ls, params)
    place = found[1].definition(found[2], found[3]) if found else None
    return _location(ls, found[0], found[1], place) if found and place else None


async def references(ls: BlogServer, params: types.ReferenceParams) -> list[types.Location]:
    """Return all places that name the label at a place."""
    found = await _asked(ls, params)
    label = found[1].label_at(found[2], found[3]) if found else None
    places = found[1].places(label[1]) if found and label else ()
    return [_location(ls, found[0], found[1], place) for place, _ in places] if found else []


async def prepare_rename(ls: BlogServer, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    """Return the name of the label at a place; None where there is none."""
    found = await _asked(ls, params)
    label = found[1].label_at(found[2], found[3]) if found else None
    if found is None or label is None:
        return None
    return types.PrepareRenamePlaceholder(ls.positions(found[2]).range(label[0].span), label[1].label.name)


async def rename(ls: BlogServer, params: types.RenameParams) -> types.WorkspaceEdit | None:
    """Return the edits that give the label at a place another name, in all documents."""
    found = await _asked(ls, params)
    label = found[1].label_at(found[2], found[3]) if found else None
    if found is None or label is None:
        return None
    session, texts, *_ = found
    try:
        edits = texts.renamed(label[1], params.new_name.strip())
    except RenameError as error:
        raise JsonRpcInvalidParams(str(error)) from error
    changes: dict[str, list[types.TextEdit]] = {}
    for place, text in edits:
        edit = types.TextEdit(ls.range(texts, place), text)
        changes.setdefault(ls.uri(session, place.path), []).append(edit)
    return types.WorkspaceEdit(changes=changes)


def fixes(ls: BlogServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    """Return the fixes of problems in a stretch, those of `mathblog check --fix`."""
    uri = params.text_document.uri
    if (place := ls.place(uri)) is None:
        return []
    positions, found = ls.positions(ls.source(uri, place[1])), list[types.CodeAction]()
    for problem in place[0].problems.get(place[1], ()):
        shown = positions.diagnostic(problem)
        if problem.fix is not None and params.range.start <= shown.range.end and shown.range.start <= params.range.end:
            edit = types.WorkspaceEdit(changes={uri: [types.TextEdit(shown.range, problem.fix)]})
            title = f"write `{problem.fix}`"
            found.append(types.CodeAction(title, types.CodeActionKind.QuickFix, [shown], edit=edit))
    return found


async def _asked(ls: BlogServer, params: _AtPlace) -> tuple[Session, CurrentTexts, SourceText, int] | None:
    """The session, the site, the text and the offset that a request is about; None for a file of no site."""
    uri = params.text_document.uri
    place = ls.place(uri)
    texts = await place[0].known() if place else None
    if place is None or texts is None:
        return None
    source = ls.source(uri, place[1])
    return place[0], texts, source, ls.positions(source).offset(params.position)


def _item(completion: Completion, positions: Positions) -> types.CompletionItem:
    return types.CompletionItem(
        completion.text,
        kind=_KINDS[completion.sort],
        detail=completion.about or None,
        documentation=completion.more or None,
        filter_text=completion.text,
        text_edit=types.TextEdit(positions.range(completion.span), completion.text),
    )


def _location(ls: BlogServer, session: Session, texts: CurrentTexts, place: FileStretch) -> types.Location:
    return types.Location(ls.uri(session, place.path), ls.range(texts, place))


def _shown(session: Session, texts: CurrentTexts, source: SourceText, offset: int) -> ShownFormula:
    """Return the target of a name at a place with its formula, else the formula there. It runs in the session's thread."""
    site, options = session.site, texts.site.config.markdown
    mention = mention_at(source.text, options, offset)
    place = texts.site.resolve(source.path, mention) if mention else None
    if site is None:
        return ShownFormula("")
    if place is None:
        formula = texts.formula_at(source, offset)
        return site.shown(formula) if formula else ShownFormula("")
    about = texts.site.describe(place, source.path)
    formula = texts.formula_of(place) if isinstance(place, LabelPlace) else None
    if formula is None:
        return ShownFormula(about)
    found = site.shown(formula)
    return found._replace(words=f"{about}\n{found.words}")


def began(ls: BlogServer, params: types.InitializeParams) -> None:
    """The editor says what it can."""
    ls.takes_pictures = takes_pictures(params)


FEATURES: tuple[tuple[str, Callable[..., Any], Any], ...] = (
    (types.INITIALIZE, began, None),
    (types.TEXT_DOCUMENT_DID_OPEN, changed, None),
    (types.TEXT_DOCUMENT_DID_CHANGE, changed, None),
    (types.TEXT_DOCUMENT_DID_CLOSE, closed, None),
    (types.TEXT_DOCUMENT_DID_SAVE, saved, None),
    (types.TEXT_DOCUMENT_COMPLETION, completion, types.CompletionOptions(trigger_characters=_SIGNS)),
    (types.TEXT_DOCUMENT_HOVER, hover, None),
    (types.TEXT_DOCUMENT_DEFINITION, definition, None),
    (types.TEXT_DOCUMENT_REFERENCES, references, None),
    (types.TEXT_DOCUMENT_PREPARE_RENAME, prepare_rename, None),
    (types.TEXT_DOCUMENT_RENAME, rename, types.RenameOptions(prepare_provider=True)),
    (
        types.TEXT_DOCUMENT_CODE_ACTION,
        fixes,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    ),
)


def serve(make: MakeRequest, root: Path | None) -> None:
    """Serve an editor over standard input and output until it ends. What else is printed goes to standard error."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # plugins and workers print, too
    server = BlogServer(make, root)
    for name, function, options in FEATURES:
        server.feature(name, options)(function)
    try:
        server.start_io(sys.stdin.buffer, out)
    finally:
        if not server.close():
            os._exit(0)  # Python would wait for the thread of the check
