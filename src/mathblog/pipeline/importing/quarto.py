"""Quarto's pages (`.qmd`) -> posts: front matter, cells of code, divs, spans, figures, shortcodes."""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.statements.openings import kind_of
from mathblog.model.statements.kinds import StatementOptions
from mathblog.model.values import Value
from mathblog.pipeline.importing.pages import GivenPage, GivenPages, beside, readable
from mathblog.pipeline.importing.rewriting import (
    GivenFolder,
    Imported,
    PostPaths,
    Rewriting,
    day_of,
    divs,
    fenced,
    front_matter,
    keep_file,
)

_CELL = lazy_pattern(r"(`{3,}|~{3,})\{+(=?[\w.+#-]+)([^{}\n]*)\}+[ \t]*\n")
_OPTION = lazy_pattern(r"^(?:#|//|--|%)\|[ \t]*([\w.-]+):[ \t]*(.*)$\n?", re.MULTILINE)
_SHORTCODE = lazy_pattern(r"\{\{<\s*([\w-]+)\s*(.*?)\s*>\}\}")
_SPAN = lazy_pattern(r"(?<![!\]\\])\[([^\[\]\n]+)\]\{([.#][^{}\n]*)\}")
_IMAGE = lazy_pattern(r"(!?)\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]\(([^()\s]+)((?:\s+\"[^\"]*\")?)\)(\{[^{}\n]*\})?")
_RUN = lazy_pattern(r"`(?:\{\w+\}|r) ")
_LISTING = lazy_pattern(r"(?<![\w@/\\])-?@(lst-[\w-]+)|\[@(lst-[\w-]+)\]")
_ATTRIBUTE = lazy_pattern(r"([#.])([\w:-]+)|([\w-]+)=(?:\"([^\"]*)\"|([^\s\"{}]+))")
_LOST = (
    "format",
    "execute",
    "jupyter",
    "engine",
    "knitr",
    "csl",
    "filters",
    "editor",
    "listing",
    "about",
    "website",
    "freeze",
    "params",
)
_RENAMED = {"categories": "tags", "date-modified": "last_modified_at", "abstract": "description"}
_STATEMENTS = StatementOptions()


class _Page(NamedTuple):
    """A page of Quarto's on its way, the files that its post needs, and the posts of all pages by their paths."""

    folder: GivenFolder
    given: GivenPage
    files: dict[str, bytes | str]
    posts: Mapping[str, str]

    def file(self, address: str) -> str:
        """The file that an address names, '' for none."""
        return beside(self.folder, self.given.path, address)


def import_quarto(folder: GivenFolder, names: PostPaths) -> Iterator[Imported]:
    """The posts of all `.qmd` files of a folder, but for those that others include (`_part.qmd`)."""
    wanted = [path for path in folder.files if path.endswith(".qmd") and not path.rpartition("/")[2].startswith("_")]
    pages = GivenPages(folder)
    for source, head in readable(folder, wanted):
        path = source.path
        stem = path.removesuffix("/index.qmd").rpartition("/")[2].removesuffix(".qmd")
        day = day_of(head.data.get("date", stem), folder.files[path])
        has_files = any(it[1] and beside(folder, path, it[3]) for it in _IMAGE.finditer(source.text))
        stem = re.sub(r"^\d{4}-\d\d-\d\d-(?=.)", "", stem)
        post = names.post(stem, day, draft=head.data.get("draft") is True, with_files=has_files)
        pages.add(GivenPage(source, head, post), (path,))
    posts = {page.path: page.post for page in pages}
    yield from (_carry_over(_Page(folder, page, {}, posts), page.rewriting()) for page in pages)


def _carry_over(page: _Page, rewriting: Rewriting) -> Imported:
    _cells(rewriting)
    for found in rewriting.find(_SHORTCODE):
        rewriting.replace(found.start(), found.end(), _shortcode(page, rewriting, found))
    for found in rewriting.find(_IMAGE):
        address = found[3]
        if found[1] and (path := page.file(address)):
            address = quote(keep_file(page.files, posixpath.dirname(page.given.post), path))
        elif not found[1] and (post := page.posts.get(page.file(address))):
            name, *place = address.partition("#")
            address = rewriting.link(found, post, name) + "".join(place)
        if found[1] or found[5] or address != found[3]:
            shown = f"{found[1]}[{found[2]}]({address}{found[4]}){_attributes(found[5])}"
            rewriting.replace(found.start(), found.end(), shown)
    for found in rewriting.find(_SPAN):
        rewriting.replace(found.start(), found.start() + 1, f"<span{_html(found[2])}>")
        rewriting.replace(found.end(1), found.end(), "</span>")
    _unnumbered(rewriting)
    _divs(rewriting)
    text = front_matter(_data(page, rewriting)) + rewriting.result()
    return Imported(page.given.post, text, page.files, tuple(rewriting.problems))


def _unnumbered(rewriting: Rewriting) -> None:
    """Listings, which have no numbers here, and code in sentences, which is not run."""
    for found in rewriting.find(_LISTING):
        name = found[1] or found[2]
        rewriting.replace(found.start(), found.end(), f"[{name.partition('-')[2].replace('-', ' ')}](#{name})")
        rewriting.report(found.start(), found.end(), f"listings have no numbers here: `{name}` becomes a link")
    for start, end in rewriting.code_spans():
        if _RUN.match(rewriting.source.text, start):
            rewriting.report(start, end, "code in a sentence is not run: it stays code")


def _cells(rewriting: Rewriting) -> None:
    """Cells of code: shown in colours, without their options; what they would print is named."""
    text = rewriting.source.text
    for fence in rewriting.fences():
        found = _CELL.match(text, fence.start)
        if found is None:
            continue
        code = text[fence.inner_start : fence.inner_end]
        options = {it[1]: it[2].strip() for it in _OPTION.finditer(code)}
        language = found[2].lstrip("=.")
        if found[2].startswith("="):  # of one format
            rewriting.replace(fence.start, fence.end, code if language == "html" else "")
            if language != "html":
                rewriting.report(fence.start, found.end(), f"what is written in `{language}` alone is left out")
            continue
        if found[2].startswith("."):
            rewriting.replace(fence.start, fence.end, fenced(code, language))
            continue
        hidden = options.get("echo") == "false" or options.get("include") == "false" or "echo=FALSE" in found[3]
        rewriting.replace(fence.start, fence.end, "" if hidden else fenced(_OPTION.sub("", code), language))
        if options.get("eval") != "false":
            message = "the output of a cell is not in the page: mathblog runs no code"
            rewriting.report(
                fence.start,
                found.end(),
                message,
                "`quarto convert` makes a notebook, which may be imported with outputs",
            )


def _shortcode(page: _Page, rewriting: Rewriting, found: re.Match[str]) -> str:
    name, words = found[1], found[2].strip("\"'")
    first = words.split(" ")[0].strip("\"'")
    if name == "video":
        is_youtube = "youtu" in first
        return f"{{% youtube {first} %}}" if is_youtube else f'<video src="{first}" controls></video>'
    if name == "include":
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page.given.path), first))
        for source, head in readable(page.folder, [path] if page.folder.has(path) else []):
            return Rewriting(source, head.body_start).result()
        rewriting.report(found.start(), found.end(), f"there is no file `{first}`", "write what it holds")
        return ""
    if name == "meta":
        value = page.given.head.data.get(first)
        return f"{{{{ page.{first} }}}}" if isinstance(value, str | int | float) else ""
    if name == "pagebreak":
        return ""
    rewriting.report(
        found.start(), found.end(), f"the shortcode `{name}` has no equivalent", "write an include, or a plugin"
    )
    return ""


def _divs(rewriting: Rewriting) -> None:
    """Divs: statements and callouts stay as they are, of all others only what they hold."""
    for opening, closing in divs(rewriting):
        names = [it[2] for it in _ATTRIBUTE.finditer(opening[1] or "") if it[2]] + ([opening[2]] if opening[2] else [])
        if any(kind_of(name, _STATEMENTS) or _STATEMENTS.of_label(name) for name in names):
            continue
        for found in (opening, closing):
            rewriting.replace(found.start(), found.end(), "")
        message = f"the div `{(opening[1] or opening[2]).strip()}` is left out: what it holds stays"
        rewriting.report(opening.start(), opening.end(), message)


def _attributes(braces: str | None) -> str:
    """Pandoc's attributes as kramdown writes them."""
    words = [f'{it[3]}="{it[4] or it[5]}"' if it[3] else it[0] for it in _ATTRIBUTE.finditer(braces or "")]
    shown = [word for word in words if not word.startswith(("fig-", "lightbox"))]
    return f"{{: {' '.join(shown)}}}" if shown else ""


def _html(words: str) -> str:
    """Pandoc's attributes as HTML has them."""
    found = list(_ATTRIBUTE.finditer(words))
    classes = " ".join(it[2] for it in found if it[1] == ".")
    shown = [f' id="{it[2]}"' for it in found if it[1] == "#"] + ([f' class="{classes}"'] if classes else [])
    return "".join([*shown, *(f' {it[3]}="{it[4] or it[5]}"' for it in found if it[3])])


def _data(page: _Page, rewriting: Rewriting) -> dict[str, Value]:
    """The front matter of the post: keys by their names here. Bibliographies are copied to where they are read."""
    data: dict[str, Value] = {}
    for key, value in page.given.head.data.items():
        place = page.given.head.keys.get(key)
        start, end = place or (0, 1)
        if key in _LOST:
            rewriting.report(start, end, f"the key `{key}` of the front matter is left out")
        elif key == "bibliography":
            for name in value if isinstance(value, list | tuple) else [value]:
                if path := page.file(str(name)):
                    page.files[f"_bibliography/{posixpath.basename(path)}"] = path
                else:
                    rewriting.report(start, end, f"there is no file `{name}`", "put it into `_bibliography`")
        elif key == "date" and isinstance(value, str):
            if not re.match(r"\d{4}-\d\d-\d\d", value):
                rewriting.report(start, end, f"`date: {value}` is no date: the day of the file counts")
        elif key in _WRITTEN:
            data[key] = _WRITTEN[key](page, value)
        elif key != "draft":
            data.setdefault(_RENAMED.get(key, key), value)
    stem = page.given.path.rpartition("/")[2].removesuffix(".qmd")
    return {"title": data.pop("title", None) or stem, **data}


def _people(_page: _Page, value: Value) -> Value:
    """The names of authors, who may have more than a name."""
    several = value if isinstance(value, list | tuple) else [value]
    return ", ".join(str(it.get("name", "") if isinstance(it, dict) else it) for it in several)


def _image(page: _Page, value: Value) -> Value:
    """The address of a page's image, which is noted to be copied where it lies beside the page."""
    path = page.file(str(value))
    if not path:
        return value
    folder = (
        posixpath.dirname(page.given.post)
        if page.given.post.endswith("/index.md")
        else page.given.post.removesuffix(".md")
    )
    name = f"assets/{posixpath.basename(folder)}/{posixpath.basename(path)}"
    page.files[name] = path
    return f"/{name}"


_WRITTEN: Mapping[str, Callable[[_Page, Value], Value]] = {"author": _people, "image": _image}
