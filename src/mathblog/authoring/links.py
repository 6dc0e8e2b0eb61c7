"""Links and references in a text to a document that moves: where they stand, and what they become."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from mathblog.authoring.front_matter import TextEdit
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.model.document import POSTS, Meta
from mathblog.text.delimiters import Region
from mathblog.text.tex.references import COMMANDS, LABEL

_POST_TAG = lazy_pattern(r"\{%-?\s*post_url\s+([^\s%{}]+)")
_LINK_TAG = lazy_pattern(r"\{%-?\s*link\s+([^\s%{}]+)")
_TARGET = r"(?:\{\{[^{}\n]*\}\})*([^\s\"'<>(){}]+)"
_DESTINATION = lazy_pattern(
    r"(?m)(?:\]\(\s*<?|^[ >]*\[[^\]\n]+\]:[ \t]*<?|\b(?:href|src)\s*=\s*[\"']?|<(?=https?:))" + _TARGET
)
_VALUE = lazy_pattern(  # of YAML in blocks and in braces, and of JSON
    r"(?m)(?:^[ \t]*(?:- +)*|[{\[,][ \t]*)(?:(?!permalink|redirect_from)[\"']?[\w-]+[\"']?:[ \t]+|(?<=- )|(?<=[\[ ]))"
    r"[\"']?([^\s\"'<>(){}\[\],]+)"
)
_FILTERED = lazy_pattern(r"\{\{-?\s*[\"']([^\"'\n]+)[\"']\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.)")
_REFERENCE = lazy_pattern(rf"\\(?:{COMMANDS}|[cC]refrange\*?{LABEL})\*?{LABEL}|\\hyperref\[([^\[\]{{}}\n]{{1,500}})\]")
_CITATION = lazy_pattern(r"(?<![\w@/\\])@\{?([^\s\[\]{};,@]+)")
_DATE = lazy_pattern(r"\A\d{2,4}-\d{1,2}-\d{1,2}-(?=.)")
_UNSAFE = lazy_pattern(r"[\s()<>\"'{}%?#]")
_RAW = ("{% raw", "{%- raw", "{% comment", "{%- comment")


class MovedDocument(NamedTuple):
    """A document before and after a change. `names` are what references call it now; `baseurl` and `host` are the site's."""

    old: Meta
    new: Meta
    source: str
    host: str = ""
    baseurl: str = ""

    @property
    def names(self) -> Mapping[str, str]:
        """Return the names that references use for the document before and after: slugs, with and without the day, paths, the address."""
        pairs = zip(_names(self.old), _names(self.new), strict=True)
        return {before: after for before, after in pairs if before}


def find_links(
    text: SourceText, links: MovedDocument, areas: Iterable[Region], own: Meta | None, head: int
) -> Iterator[TextEdit]:
    """The edits that mend all links and references of a text, in order; some may change nothing.

    `areas` are its pieces of code, in which only Liquid is heeded, which runs there, too; `own` is the document that it
    is, None for an include or data; `head` is where its front matter or data ends.
    """
    body = text.text
    code = [it for it in areas if not body.startswith(_RAW, it.start)]
    raw = [it for it in areas if body.startswith(_RAW, it.start)]
    live, read = [*_in_liquid(body, links)], list[TextEdit]()
    values = [it for it in _VALUE.finditer(body, 0, head) if "/" in it[1] or "." in it[1]]  # a word is a title, a tag
    for found in (*_DESTINATION.finditer(body), *_FILTERED.finditer(body), *values):
        if (target := _moved(found[1], links, own)) is not None:
            read.append(TextEdit(Span(*found.span(1)), target))
    read += _in_references(body, links)
    edits = {it.span: it for it in live if not any(area.start <= it.span.start < area.end for area in raw)}
    edits |= {it.span: it for it in read if not any(area.start <= it.span.start < area.end for area in (*raw, *code))}
    yield from (edit for _, edit in sorted(edits.items()))


def _in_liquid(text: str, links: MovedDocument) -> Iterator[TextEdit]:
    """`{% post_url 2026-01-15-x %}` with and without a folder, `{% link _posts/2026-01-15-x.md %}`."""
    old, new = _stem(links.old), _stem(links.new)
    above, _, below = links.old.path.rpartition("/")[0].rpartition("_posts")
    folders = {"", above.strip("/"), below.strip("/")}
    for found in _POST_TAG.finditer(text):
        folder, slash, name = found[1].rpartition("/")
        if name == old and folder.strip("/") in folders:
            yield TextEdit(Span(*found.span(1)), f"{folder}{slash}{new}")
    for found in _LINK_TAG.finditer(text):
        if (path := found[1].lstrip("/")) and (links.old.path == path or links.old.path.endswith(f"/{path}")):
            lead = links.old.path[: len(links.old.path) - len(path)]
            yield TextEdit(Span(*found.span(1)), found[1].removesuffix(path) + links.new.path.removeprefix(lead))


def _moved(target: str, links: MovedDocument, own: Meta | None) -> str | None:
    """A link's target after the move, written in the same manner; None where it leads elsewhere."""
    path = target[: min((at for at in (target.find("?"), target.find("#")) if at >= 0), default=len(target))]
    behind = target[len(path) :]
    if not path:
        return None
    for base in (links.host + links.baseurl, links.baseurl, ""):
        rooted = path.removeprefix(base)
        if path.startswith(base) and rooted.startswith("/") and (after := _address(rooted, links)):
            return path[: len(path) - len(rooted)] + after + behind
    if own is None:  # data and settings name files from the folder of the site
        return links.new.path + behind if unquote(path) == links.old.path else None
    if path.startswith("/") or ":" in path:
        return None
    if after := _address(urljoin(own.url, path), links):
        relative = posixpath.relpath(after, own.url[: own.url.rindex("/")] or "/")
        return relative + ("/" if after.endswith("/") else "") + behind
    folder = posixpath.dirname(own.path)
    if posixpath.normpath(posixpath.join(folder, unquote(path))) == links.old.path:  # as jekyll-relative-links reads it
        return posixpath.relpath(links.new.path, folder or ".") + behind
    return None


def _address(path: str, links: MovedDocument) -> str:
    """The address after the move of a path from the root of the site; '' where it is none of the document's."""
    old, new = links.old.url, links.new.url
    forms = {old: new}
    for ending in ("/", ".html"):
        if old.endswith(ending) and new.endswith(ending) and old != ending:
            forms[old.removesuffix(ending)] = new.removesuffix(ending)
    if old.endswith("/"):
        forms[f"{old}index.html"] = f"{new}index.html"
    plain = {unquote(before): after for before, after in forms.items()}
    after = plain.get(unquote(path), "")
    return after if "%" in path or _UNSAFE.search(unquote(after)) else unquote(after)


def _in_references(text: str, links: MovedDocument) -> Iterator[TextEdit]:
    r"""`\eqref{x:eq:a}`, `\cref{x:a, x:b}`, `[@x:eq-a]`; the last one may be a citation, and is none where the text has such a label."""
    for found in _REFERENCE.finditer(text):
        for group in range(1, len(found.groups()) + 1):
            start = found.start(group)
            for item in (found[group] or "").split(","):
                lead = len(item) - len(item.lstrip())
                yield from _named(item.strip(), start + lead, links)
                start += len(item) + 1
    for found in _CITATION.finditer(text):
        label = found[1].rpartition(":")[2]
        for word in (label, label.partition("-")[2], label.partition("_")[2]):
            if word and (f"{{{word}}}" in links.source or f":{word}" in links.source or f"-{word}" in links.source):
                yield from _named(found[1], found.start(1), links)
                break


def _named(reference: str, start: int, links: MovedDocument) -> Iterator[TextEdit]:
    for before, after in links.names.items():
        if reference.startswith(f"{before}:"):
            yield TextEdit(Span(start, start + len(before)), after)
            return


def _stem(meta: Meta) -> str:
    """The name of a document's file without its extension."""
    return meta.path.rpartition("/")[2].removesuffix(meta.ext)


def _names(meta: Meta) -> tuple[str, ...]:
    """The names of a document, as `pipeline.index.Names` has them: a page is not called by the name of its file alone."""
    stem = meta.path.removesuffix(meta.ext)
    slugs = (_stem(meta), _DATE.sub("", _stem(meta), 1)) if meta.collection == POSTS else ()
    return meta.path, meta.url, stem, stem.lstrip("_"), *slugs
