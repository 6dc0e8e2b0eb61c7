"""Warnings of files among the posts whose names are not those of posts."""

import posixpath
import re

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.patterns import lazy_pattern
from mathblog.model.options import ReadingOptions
from mathblog.reading.naming import FileKind, FilePlace, is_text

# `20180106_vae`
_NEARLY_DATED = lazy_pattern(r"(\d{4})[-_. ]?(\d{2})[-_. ]?(\d{2})(?:[-_. ]+(.*))?", re.DOTALL | re.ASCII)


def report_undated(place: FilePlace, options: ReadingOptions) -> tuple[Diagnostic, ...]:
    """The warning for a text among the posts that is left out because its name has no date; Jekyll is silent."""
    if place.kind is not FileKind.UNDATED or not is_text(place, options):
        return ()
    name = posixpath.basename(place.path)
    stem, ext = posixpath.splitext(name)
    found = _NEARLY_DATED.fullmatch(stem)
    better = f"{found[1]}-{found[2]}-{found[3]}-{found[4] or 'title'}{ext}" if found else f"YYYY-MM-DD-{name}"
    message = "a post needs a date in its name: this file is left out"
    return (in_file(place.path, message, code="name", hint=f"name it `{better}`, or move it out of `_posts`"),)


def report_unreadable(place: FilePlace, options: ReadingOptions) -> tuple[Diagnostic, ...]:
    """The warning for a document or its like among the posts, which Jekyll leaves out, too; nothing for what should be a text."""
    if place.kind not in (FileKind.POST, FileKind.DRAFT) or is_text(place, options):
        return ()
    message = "this file among the posts is no text: it is left out"
    return (in_file(place.path, message, code="name", hint="move it out of `_posts`, to `assets` for example"),)


def report_data(place: FilePlace) -> tuple[Diagnostic, ...]:
    """The warning for YAML among the posts, which has no text: Jekyll leaves it out in silence (`PostReader#processable?`)."""
    if place.kind not in (FileKind.POST, FileKind.DRAFT) or place.ext not in (".yml", ".yaml"):
        return ()
    message = "this file among the posts is data: it is left out"
    return (in_file(place.path, message, code="name", hint="move it to `_data`"),)
