"""The scripts of layouts, includes and script files that set up MathJax or KaTeX, made ready to be run."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from html import unescape
from itertools import takewhile
from operator import ne
from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText
from mathblog.math.declared.branches import drop_dead_branches, without_liquid
from mathblog.model.values import Data

LARGEST = 64 << 10  # characters of a script: what sets something up is short, libraries are not
_SETS_UP = lazy_pattern(r"MathJax|renderMathInElement|katex")
_START = lazy_pattern(r"<script(?=[\s>])((?:[^<>\"']|\"[^\"]{0,2000}\"|'[^']{0,2000}'){0,500}+)>", re.IGNORECASE)
_TYPE = lazy_pattern(r"\btype\s*=\s*[\"']?([\w/.+-]*)", re.IGNORECASE)
_JAVASCRIPT = ("", "module", "text/javascript", "application/javascript", "text/x-mathjax-config")
_ONLOAD = lazy_pattern(r"\sonload\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_BARE = lazy_pattern(r"MathJax\.Hub\.Config\s*\(|\bMathJax\s*=(?!=)|\brenderMathInElement\s*\(")
_SETS = lazy_pattern(r"\bMathJax\s*=(?!=)")
_EXTENDS = lazy_pattern(r"\bMathJax\s*\.\s*(?!Hub\b|InputJax\b|Ajax\b|Callback\b)\w")
_IMPORT = lazy_pattern(r"^[ \t]*import\b[^;\n]*;?", re.MULTILINE)
_DEFINED = lazy_pattern(
    r"\b(?:var|let|const|function|window\.)\s*([A-Za-z_$][\w$]*)|^\s*([A-Za-z_$][\w$]*)\s*=(?!=)", re.MULTILINE
)
_NAME = lazy_pattern(r"[A-Za-z_$][\w$]*")
_FILE = lazy_pattern(r"[\w.-]+\.js\b")
_HTML_COMMENT = (lazy_pattern("<!--"), lazy_pattern("-->"))
_LIQUID_COMMENT = (lazy_pattern(r"\{%-?\s*comment\s*-?%\}"), lazy_pattern(r"\{%-?\s*endcomment\s*-?%\}"))
_FRONT_MATTER = lazy_pattern(r"---[ \t]*\n(?:.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)


class Script(NamedTuple):
    """A script as it is run: the text of those that define what it uses, its own, and where it stands."""

    helpers: tuple[str, ...]
    text: str
    source: SourceText
    start: int


class _Piece(NamedTuple):
    text: str
    source: SourceText
    start: int


def named_files(texts: Iterable[str]) -> frozenset[str]:
    """The names of script files (`setup.js`) that stand in some texts, without their folders."""
    return frozenset(name for text in texts if ".js" in text for name in _FILE.findall(text))


def find_scripts(templates: Iterable[SourceText], files: Iterable[SourceText], site: Data) -> tuple[Script, ...]:
    """The scripts in layouts, includes and script files that set up MathJax or KaTeX. `site` is the configuration."""
    pieces = [piece for source in templates for piece in _pieces(source, site)]
    pieces += [_Piece(_body(source.text), source, 0) for source in files]
    wanted = [piece for piece in pieces if _SETS_UP.search(piece.text)]
    if not wanted:
        return ()
    texts = [piece.text for piece in pieces if len(piece.text) <= LARGEST]
    defined = {text: frozenset(it[1] or it[2] for it in _DEFINED.finditer(text)) for text in texts}
    scripts: list[Script] = []
    for piece in (piece for piece in wanted if len(piece.text) <= LARGEST):
        # after those that define names which it uses, and which it does not define itself
        used = frozenset(_NAME.findall(piece.text)) - defined[piece.text] - {"MathJax", "window", "document"}
        helpers = [text for text, names in defined.items() if text != piece.text and not used.isdisjoint(names)]
        if _EXTENDS.search(piece.text) and not _SETS.search(piece.text):  # what an earlier script set up
            before = takewhile(partial(ne, piece.text), defined)
            helpers += [it for it in before if it not in helpers and (_SETS.search(it) or _EXTENDS.search(it))]
        ready = [_IMPORT.sub("", without_liquid(text, site)) for text in (*helpers, piece.text)]
        scripts.append(Script(tuple(ready[:-1]), ready[-1], piece.source, piece.start))
    return tuple(scripts)


def _pieces(source: SourceText, site: Data) -> Iterator[_Piece]:
    """The scripts of a template. An include may be one as a whole, between the tags of its layout."""
    text = source.text
    if source.path.endswith(".js") or ("<script" not in text and _BARE.search(text)):
        yield _Piece(_body(text), source, 0)
        return
    if "<script" not in text:
        return
    text = drop_dead_branches(_blank_comments(text, (_HTML_COMMENT, _LIQUID_COMMENT)), site)
    at = 0
    while found := _START.search(text, at):
        end = text.find("</script", found.end())
        if end < 0:
            return
        handler = _ONLOAD.search(found[1])
        if handler:
            yield _Piece(unescape(handler[1] or handler[2] or ""), source, found.start())
        kind = _TYPE.search(found[1])
        if not kind or kind[1].lower() in _JAVASCRIPT:
            yield _Piece(text[found.end() : end], source, found.end())
        at = end


def _blank_comments(text: str, marks: Iterable[tuple[re.Pattern[str], re.Pattern[str]]]) -> str:
    """A text of the same length without what stands between some marks; what is never closed stays."""
    for opening, closing in marks:
        parts, at = [], 0
        while (start := opening.search(text, at)) and (end := closing.search(text, start.end())):
            parts += [text[at : start.start()], re.sub(r"[^\n]", " ", text[start.start() : end.end()])]
            at = end.end()
        text = "".join((*parts, text[at:]))
    return text


def _body(text: str) -> str:
    """A script file without its front matter: Chirpy's has one."""
    front = _FRONT_MATTER.match(text)
    return _blank_comments(text[front.end() :] if front else text, (_LIQUID_COMMENT,))
