"""Links and images that begin at the root of the host in a site with a base path: online they lead nowhere."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import Span
from mathblog.model.facts import kinds
from mathblog.pipeline.checks.checked_text import CheckedText
from mathblog.text.regions import regions

_ADDRESS = r"(/(?![/\\])[^\s\"'<>)]*)"
# each begins with a fixed character, which is searched for fast: a link, an image or a definition in Markdown; an attribute
_IN_MARKDOWN = lazy_pattern(rf"\][(:][ \t]*<?{_ADDRESS}")
_IN_HTML = lazy_pattern(rf"=[ \t]*[\"']{_ADDRESS}")
_ATTRIBUTES = ("src", "href", "poster")


def dead_addresses(subject: CheckedText) -> Iterator[Diagnostic]:
    """A warning for each address without `baseurl` that means a file or a page of the site.

    An address of which the site has nothing may lead to another site of the
    same host, and is left alone.
    """
    text, baseurl = subject.text, subject.options.baseurl
    if not baseurl:
        return
    in_html = (
        found
        for found in _IN_HTML.finditer(text)
        if text[max(0, found.start() - 9) : found.start()].rstrip(" \t").lower().endswith(_ATTRIBUTES)
    )
    rooted = [
        found for found in (*_IN_MARKDOWN.finditer(text), *in_html) if not f"{found[1]}/".startswith(f"{baseurl}/")
    ]
    if not rooted:
        return
    rooted.sort(key=lambda found: found.start())
    code = iter(regions(text, subject.options.markdown))
    region = next(code, None)
    for found in rooted:
        while region is not None and region.end <= found.start():
            region = next(code, None)
        address = found[1]
        inside = region is not None and region.start <= found.start()
        if inside:
            continue
        path = unquote(re.split(r"[?#]", address, maxsplit=1)[0]).lstrip("/")
        names = (path, f"{path}.html", f"{path}/index.html") if path and path[-1] != "/" else (f"{path}index.html",)
        if not any(subject.view.get(kinds.PUBLISHED, name) or subject.view.get(kinds.PAGE, name) for name in names):
            continue
        place = subject.segments.source_span(Span(*found.span(1)))
        message = f"`{address}` lacks the base path `{baseurl}`: online it leads nowhere"
        yield at(subject.document.source, place, message, code="url", hint=f"write `{{{{ site.baseurl }}}}{address}`")
