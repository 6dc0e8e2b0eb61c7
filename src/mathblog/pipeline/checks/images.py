"""Images that a page names and the site does not have."""

import posixpath
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.source import Span
from mathblog.model.facts import kinds
from mathblog.pipeline.beside import local_path, source_beside
from mathblog.pipeline.checks.checked_text import CheckedText
from mathblog.pipeline.images.pictures import ImageFiles


def missing_images(subject: CheckedText) -> Iterator[Diagnostic]:
    """A warning for each image of the site's own that is not among its files, and for one of which no variants can be made."""
    document, options = subject.document, subject.options
    files = ImageFiles(document.meta, subject.view, options.baseurl)
    seen: set[str] = set()
    for image in subject.parsed.images:
        path = local_path(image.src, document.meta.url, options.baseurl)
        if not path or path in seen:
            continue
        seen.add(path)
        is_beside = source_beside(document.meta, image.src, subject.view)
        if not (subject.view.get(kinds.PUBLISHED, path) or is_beside):
            message = f"image `{path}` does not exist"
            root = "{{ site.baseurl }}/" if options.baseurl else "/"
            hint = _near(path, unquote(image.src), subject.view[kinds.STATIC], root)
        elif options.images.variants and (reason := files.refusal(image.src)):
            message = f"no variants can be made of this image: {reason}"
            hint = "save it again in a program for images; the page shows the file itself"
        else:
            continue
        written = image.src if document.source.text.find(image.src) >= 0 else unquote(image.src)
        place = subject.segments.source_span(Span(image.offset, image.offset + len(written)))
        yield at(document.source, place, message, code="image", hint=hint)


def _near(path: str, written: str, published: Sequence[str], root: str) -> str:
    """A hint for an image that is not at `path`: a file of the site in other letters, or the address of one from the `root`."""
    if same := next((it for it in published if it.casefold() == path.casefold()), ""):
        return f"there is `{same}`: servers tell small from capital letters"
    name = posixpath.basename(path).casefold()
    alike = [it for it in published if posixpath.basename(it).casefold() == name]
    if len(alike) == 1 or posixpath.normpath(written) in alike:
        found = posixpath.normpath(written) if len(alike) > 1 else alike[0]
        return f"did you mean `{root}{found}`?"
    return f"put the file at `{path}` in the site's folder, or correct the address"
