"""The server: which site an open file belongs to, and its places as the protocol has them."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from mathblog import __version__
from mathblog.core.diagnostic import Diagnostic
from mathblog.core.source import SourceText
from mathblog.core.surrogates import with_whole_characters
from mathblog.engine.authoring.editing import find_site
from mathblog.engine.request import BuildRequest
from mathblog.lsp.positions import Positions
from mathblog.lsp.session import Session, path_below
from mathblog.pipeline.editing.places import CurrentTexts, FileStretch
from mathblog.reading.decode import decode

MakeRequest = Callable[[Path], BuildRequest]


class BlogServer(LanguageServer):
    """A server for the sites whose files are open. `make` gives the request for the folder of a site; `root` is the only one.

    `takes_pictures` says that the editor shows pictures of formulas in its hovers.
    """

    def __init__(self, make: MakeRequest, root: Path | None) -> None:
        # whole texts: the lines of the protocol and those of `str.splitlines` are not the same
        super().__init__("mathblog", __version__, types.TextDocumentSyncKind.Full)
        self._make, self._root = make, root
        self.takes_pictures = False
        self._sessions: dict[Path, Session] = {}

    def place(self, uri: str) -> tuple[Session, str] | None:
        """The session of a file's site, and its path below it; None for a file of no site."""
        name = to_fs_path(uri)
        root = None if name is None else (self._root or find_site(Path(name)))
        if name is None or root is None:
            return None
        if root not in self._sessions:
            self._sessions[root] = Session(self._make(root), partial(self._publish, root), self._tell)
        session = self._sessions[root]
        path = path_below(session.root, Path(name))
        return None if path is None else (session, path)

    def source(self, uri: str, path: str) -> SourceText:
        """The text of an open file."""
        return decode(path, self.text(uri).encode()).source or SourceText(path, "")

    def text(self, uri: str) -> str:
        """The same as the editor has it, of which a change may have left half a character."""
        return with_whole_characters(self.workspace.get_text_document(uri).source)

    def positions(self, source: SourceText) -> Positions:
        """Places of a text in the encoding that was agreed upon."""
        return Positions(source, str(getattr(self.workspace.position_encoding, "value", "utf-16")))

    def close(self) -> bool:
        """End all sessions; False says that a check of one goes on."""
        ended = [session.close() for session in self._sessions.values()]
        self._sessions.clear()
        return all(ended)

    def range(self, texts: CurrentTexts, place: FileStretch) -> types.Range:
        """A stretch of a file."""
        source = texts.read(place.path) or SourceText(place.path, "")
        return self.positions(source).range(place.span)

    def uri(self, session: Session, path: str) -> str:
        """The address of a file: that by which the editor has it open, else one of its path."""
        known = (uri for uri in self.workspace.text_documents if self.place(uri) == (session, path))
        return next(known, "") or from_fs_path(str(session.root / path)) or ""

    def _publish(self, root: Path, problems: Mapping[str, list[Diagnostic]], versions: Mapping[str, int]) -> None:
        session = self._sessions[root]
        for path, found in problems.items():
            uri = self.uri(session, path)
            positions = self.positions(self.source(uri, path))
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(uri, [positions.diagnostic(it) for it in found], versions.get(path))
            )

    def _tell(self, message: str) -> None:
        self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, f"mathblog: {message}"))
