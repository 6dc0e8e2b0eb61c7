"""Markdown without front matter that becomes a page all the same: jekyll-optional-front-matter, jekyll-readme-index."""

import posixpath
import re

from mathblog.core.patterns import lazy_pattern
from mathblog.model.document import is_markdown
from mathblog.model.options import ReadingOptions
from mathblog.reading.entries import matches
from mathblog.reading.naming import FileKind, FilePlace

# papers of a repository, which are not meant for the site (`FILENAME_BLACKLIST` of the plugin)
_PAPERS = frozenset(
    (
        "README",
        "LICENSE",
        "LICENCE",
        "COPYING",
        "CODE_OF_CONDUCT",
        "CONTRIBUTING",
        "ISSUE_TEMPLATE",
        "PULL_REQUEST_TEMPLATE",
    )
)
_README = lazy_pattern(r"readme\Z", re.IGNORECASE)


def becomes_page(place: FilePlace, options: ReadingOptions) -> bool:
    """Whether a file without front matter is a page. A README is one until it is known whether its folder has an index."""
    return _is_plain_page(place, options) or (options.plugins.readme_index and is_readme(place.path, options))


def stays_file(place: FilePlace, options: ReadingOptions) -> bool:
    """Whether its source is published beside the page, as both plugins do unless they are told to `remove_originals`."""
    if _is_plain_page(place, options):
        return not options.plugins.remove_originals
    return not options.plugins.readme_remove_originals


def is_readme(path: str, options: ReadingOptions) -> bool:
    """Whether a file is a folder's README, written in Markdown."""
    stem, ext = posixpath.splitext(posixpath.basename(path))
    return bool(_README.match(stem)) and is_markdown(ext, options.markdown_ext)


def _is_plain_page(place: FilePlace, options: ReadingOptions) -> bool:
    if not options.plugins.optional_front_matter or place.kind is not FileKind.PAGE:
        return False
    if not is_markdown(place.ext, options.markdown_ext):
        return False
    return place.slug.upper() not in _PAPERS or matches(options.include, place.path)
