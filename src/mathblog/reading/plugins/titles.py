"""jekyll-titles-from-headings: the first heading of a text as its title (its `generator.rb`)."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from mathblog.core.patterns import lazy_pattern
from mathblog.model.document import PAGES, Document, is_markdown
from mathblog.model.options import ReadingOptions

ToWords: TypeAlias = Callable[[str], str]  # Markdown of one line -> the words a reader sees

_MARKED = lazy_pattern(r"#{1,3}[ \t]+")
_UNDERLINE = lazy_pattern(r"(?:-+|=+)[ \t\r]*\Z")
_CLOSING = lazy_pattern(r"(?:\A|[ \t])#{1,3}\Z")
_FOOTNOTE = lazy_pattern(r"\[\^[^\]]*\]")


class FirstHeading(NamedTuple):
    """The Markdown of a heading, and where the text after it begins."""

    markdown: str
    end: int


def find_heading(text: str, start: int) -> FirstHeading | None:
    """The heading of level 1 to 3, or the underlined line, that a text begins with, from `start` on."""
    begin = _skip_blanks(text, start)
    end = _line_end(text, begin)
    line = text[begin:end].rstrip()
    if marked := _MARKED.match(line):
        markdown = _CLOSING.sub("", line[marked.end() :]).strip()
    else:
        below = end + 1
        end = _line_end(text, below)
        markdown = line if _UNDERLINE.match(text[below:end]) else ""
    return FirstHeading(markdown, _skip_blanks(text, end)) if markdown else None


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _skip_blanks(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def take_title(document: Document, options: ReadingOptions, words: ToWords) -> Document:
    """A Markdown document with the title that its first heading gives it.

    A page that has a title keeps it. Posts and members of collections are asked only with `collections: true`, and then
    the heading wins over their title, as in Jekyll. `strip_title` takes the heading out of the text.
    """
    meta, plugins = document.meta, options.plugins
    is_page = meta.collection == PAGES
    if not (is_page or plugins.titles_of_documents) or (is_page and meta.data.get("title") is not None):
        return document
    heading = find_heading(document.source.text, document.body_start)
    if heading is None or not is_markdown(meta.ext, options.markdown_ext):
        return document
    title = _FOOTNOTE.sub("", words(heading.markdown))
    strip = meta.data.get("strip_title", plugins.strip_titles) is True
    return replace(
        document,
        meta=replace(meta, title=title, data={**meta.data, "title": title}),
        body_start=heading.end if strip else document.body_start,
    )
