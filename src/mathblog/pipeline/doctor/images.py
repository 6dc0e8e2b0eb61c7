"""Images and files that are fetched from another host although they lie in the site's own folder."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from mathblog.core.diagnostic import at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.pipeline.doctor.subject import CODE, Finding, Fix, Subject
from mathblog.text.delimiters import CODE as CODE_REGION
from mathblog.text.regions import regions

_URL = lazy_pattern(r"https?://[^\s\"'<>)\]]+")
_GITHUB = lazy_pattern(
    r"https?://(?:github\.com/[^/]+/[^/]+/(?P<view>blob|raw)/[^/]+"
    r"|raw\.githubusercontent\.com/[^/]+/[^/]+(?:/refs/heads)?/[^/]+)/(?P<path>.+)",
    re.IGNORECASE,
)
_SHOWN = lazy_pattern(r"(?:!\[[^\]\n]*\]\(\s*<?|\b(?:src|srcset|poster)\s*=\s*[\"']?)\Z", re.IGNORECASE)
_LINE = 300  # characters before an address in which the mark of an image is looked for
_COMMENT = lazy_pattern(
    r"<!--.*?(?:-->|\Z)|\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}|\{::comment\}.*?\{:/(?:comment)?\}",
    re.DOTALL,
)


def check_images(subject: Subject) -> Iterator[Finding]:
    """A finding, with its remedy, for each address that stands for a file of the site's own."""
    for document in subject.documents:
        code = [region for region in regions(document.body, subject.config.markdown) if region.kind == CODE_REGION]
        spans = [Span(document.body_start + region.start, document.body_start + region.end) for region in code]
        yield from _hot_links(subject, document.source, document.body_start, spans)
    for source in subject.templates:
        yield from _hot_links(subject, source, 0, [])


def _hot_links(subject: Subject, source: SourceText, start: int, code: list[Span]) -> Iterator[Finding]:
    """Findings of one file from `start` on. `code` are spans of code; it and comments are left as they are."""
    comments = [Span(*found.span()) for found in _COMMENT.finditer(source.text, start)]
    passed_over = sorted((*code, *comments), key=lambda span: span.start)
    last = start  # where what was passed over so far ends
    behind = iter(passed_over)
    block = next(behind, None)
    for found in _URL.finditer(source.text, start):
        while block is not None and block.start <= found.start():
            last, block = max(last, block.end), next(behind, None)
        shown = _SHOWN.search(source.text, max(start, found.start() - _LINE), found.start()) is not None
        path = "" if found.start() < last else _own_file(subject, found[0], shown=shown)
        if not path:
            continue
        span = Span(found.start(), found.end())
        address = f"{{{{ site.baseurl }}}}/{path}"
        message = f"`{unquote(path)}` lies in this folder and is fetched from another host"
        diagnostic = at(source, span, message, code=CODE, hint=f"write `{address}`, or run `mathblog doctor --fix`")
        yield Finding(diagnostic, Fix(source.path, span, found[0], address))


def _own_file(subject: Subject, url: str, *, shown: bool) -> str:
    """The path of the site's own file that an address elsewhere stands for, as it is written there; '' for none.

    A link to GitHub's page about a file (`/blob/`) leads to that page, a notebook's with its output. It stands for the
    file only where an image is `shown`, or where it asks for the bytes by `?raw=true`.
    """
    site = subject.config.site
    home = f"{site.url}{site.baseurl}/"
    github = _GITHUB.match(url)
    if github:
        address, _, query = github["path"].partition("?")
        if github["view"] == "blob" and not shown and "raw=" not in query:
            return ""
    elif site.url and url.startswith(home):
        address = url[len(home) :]
    else:
        return ""
    path = address.partition("?")[0].partition("#")[0]
    return path if unquote(path) in subject.files else ""
