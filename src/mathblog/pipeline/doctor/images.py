"""Images and files that are fetched from another host although they lie in the site's own folder."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from mathblog.core.diagnostic import at
from mathblog.core.source import SourceText, Span
from mathblog.model.delimiters import CODE as CODE_REGION
from mathblog.model.delimiters import regions
from mathblog.pipeline.doctor.patient import CODE, Finding, Fix, Patient

_URL = re.compile(r"https?://[^\s\"'<>)\]]+")
_GITHUB = re.compile(
    r"https?://(?:github\.com/[^/]+/[^/]+/(?:blob|raw)/[^/]+|raw\.githubusercontent\.com/[^/]+/[^/]+(?:/refs/heads)?/[^/]+)/(.+)",
    re.IGNORECASE,
)


def check_images(patient: Patient) -> Iterator[Finding]:
    """A finding, with its remedy, for each address that stands for a file of the site's own."""
    for document in patient.documents:
        code = [region for region in regions(document.body, patient.config.markdown) if region.kind == CODE_REGION]
        spans = [Span(document.body_start + region.start, document.body_start + region.end) for region in code]
        yield from _hot_links(patient, document.source, document.body_start, spans)
    for source in patient.templates:
        yield from _hot_links(patient, source, 0, [])


def _hot_links(patient: Patient, source: SourceText, start: int, code: list[Span]) -> Iterator[Finding]:
    behind = iter(code)
    block = next(behind, None)
    for found in _URL.finditer(source.text, start):
        while block is not None and block.end <= found.start():
            block = next(behind, None)
        path = _own_file(patient, found[0])
        if not path or (block is not None and block.start <= found.start()):
            continue
        span = Span(found.start(), found.end())
        address = f"{{{{ site.baseurl }}}}/{path}"
        message = f"`{unquote(path)}` lies in this folder and is fetched from another host"
        diagnostic = at(source, span, message, code=CODE, hint=f"write `{address}`, or run `mathblog doctor --fix`")
        yield Finding(diagnostic, Fix(source.path, span, found[0], address))


def _own_file(patient: Patient, url: str) -> str:
    """The path of the site's own file that an address elsewhere stands for, as it is written there; '' for none."""
    site = patient.config.site
    home = f"{site.url}{site.baseurl}/"
    github = _GITHUB.match(url)
    if github:
        path = github[1]
    elif site.url and url.startswith(home):
        path = url[len(home) :]
    else:
        return ""
    path = path.partition("?")[0].partition("#")[0]
    return path if unquote(path) in patient.files else ""
