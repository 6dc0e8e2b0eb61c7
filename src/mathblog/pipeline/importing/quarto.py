"""Quarto's pages (`.qmd`) -> posts: front matter, cells of code, divs, spans, figures, shortcodes."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.statements.openings import kind_of
from mathblog.model.statements.kinds import StatementOptions
from mathblog.model.values import Value
from mathblog.pipeline.importing.pages import Conversion, GivenPage, GivenPages, beside, readable
from mathblog.pipeline.importing.rewriting import (
    GivenFolder,
    Imported,
    PostPaths,
    Rewriting,
    day_of,
    divs,
    fenced,
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
    for page in pages:
        yield _QuartoConversion(page, page.rewriting(), {}, folder, posts, names).convert()


@dataclass(slots=True)
class _QuartoConversion(Conversion):
    """A page of Quarto's on its way. `posts` are those of all pages by the paths of the pages."""

    folder: GivenFolder
    posts: Mapping[str, str]
    names: PostPaths

    def convert(self) -> Imported:
        """The post of the page. Edits do not overlap: what comes first here wins."""
        self.convert_cells()
        self.body.sub(_SHORTCODE, self.write_shortcode)
        self.body.sub(_IMAGE, self.write_link)
        self.convert_spans()
        self.convert_listings()
        self.convert_divs()
        return self.imported(self.convert_front_matter())

    def file(self, address: str) -> str:
        """The file that an address names, '' for none."""
        return beside(self.folder, self.page.path, address)

    def convert_cells(self) -> None:
        """Cells of code: shown in colours, without their options; what they would print is named."""
        text, body = self.body.source.text, self.body
        for fence in body.fences():
            found = _CELL.match(text, fence.start)
            if found is None:
                continue
            code = text[fence.inner_start : fence.inner_end]
            language = found[2].lstrip("=.")
            if found[2].startswith("="):  # of one format
                body.replace(fence.start, fence.end, code if language == "html" else "")
                if language != "html":
                    body.report(fence.start, found.end(), f"what is written in `{language}` alone is left out")
                continue
            if found[2].startswith("."):
                body.replace(fence.start, fence.end, fenced(code, language))
                continue
            options = {it[1]: it[2].strip() for it in _OPTION.finditer(code)}
            hidden = "false" in (options.get("echo"), options.get("include")) or "echo=FALSE" in found[3]
            body.replace(fence.start, fence.end, "" if hidden else fenced(_OPTION.sub("", code), language))
            if options.get("eval") != "false":
                message = "the output of a cell is not in the page: mathblog runs no code"
                hint = "`quarto convert` makes a notebook, which may be imported with outputs"
                body.report(fence.start, found.end(), message, hint)

    def write_shortcode(self, found: re.Match[str]) -> str:
        """Return the text in the place of a shortcode."""
        name, first = found[1], found[2].strip("\"'").split(" ")[0].strip("\"'")
        if name == "video":
            is_youtube = "youtu" in first
            return f"{{% youtube {first} %}}" if is_youtube else f'<video src="{first}" controls></video>'
        if name == "include":
            path = posixpath.normpath(posixpath.join(posixpath.dirname(self.page.path), first))
            for source, head in readable(self.folder, [path] if self.folder.has(path) else []):
                return Rewriting(source, head.body_start).result()
            self.body.report(found.start(), found.end(), f"there is no file `{first}`", "write what it holds")
        elif name == "meta":
            value = self.page.head.data.get(first)
            return f"{{{{ page.{first} }}}}" if isinstance(value, str | int | float) else ""
        elif name != "pagebreak":
            message = f"the shortcode `{name}` has no equivalent"
            self.body.report(found.start(), found.end(), message, "write an include, or a plugin")
        return ""

    def write_link(self, found: re.Match[str]) -> str | None:
        """A link to another page, or an image, which is copied; Pandoc's attributes as kramdown writes them."""
        address = found[3]
        if found[1] and (path := self.file(address)):
            address = self.copy(path)
        elif not found[1] and (post := self.posts.get(self.file(address))):
            name, *place = address.partition("#")
            address = self.body.link(found, post, name) + "".join(place)
        if not (found[1] or found[5]) and address == found[3]:
            return None
        words = [f'{it[3]}="{it[4] or it[5]}"' if it[3] else it[0] for it in _ATTRIBUTE.finditer(found[5] or "")]
        shown = " ".join(word for word in words if not word.startswith(("fig-", "lightbox")))
        return f"{found[1]}[{found[2]}]({address}{found[4]})" + (f"{{: {shown}}}" if shown else "")

    def convert_spans(self) -> None:
        """Pandoc's spans: HTML, with their attributes."""
        for found in self.body.find(_SPAN):
            attributes = list(_ATTRIBUTE.finditer(found[2]))
            classes = " ".join(it[2] for it in attributes if it[1] == ".")
            shown = [f' id="{it[2]}"' for it in attributes if it[1] == "#"]
            shown += [f' class="{classes}"'] if classes else []
            shown += [f' {it[3]}="{it[4] or it[5]}"' for it in attributes if it[3]]
            self.body.replace(found.start(), found.start() + 1, f"<span{''.join(shown)}>")
            self.body.replace(found.end(1), found.end(), "</span>")

    def convert_listings(self) -> None:
        """References to listings, which have no numbers here, and code in sentences, which is not run."""
        for found in self.body.find(_LISTING):
            name = found[1] or found[2]
            link = f"[{name.partition('-')[2].replace('-', ' ')}](#{name})"
            self.body.replace(found.start(), found.end(), link)
            message = f"listings have no numbers here: `{name}` becomes a link"
            self.body.report(found.start(), found.end(), message)
        for start, end in self.body.code_spans():
            if _RUN.match(self.body.source.text, start):
                self.body.report(start, end, "code in a sentence is not run: it stays code")

    def convert_divs(self) -> None:
        """Divs: statements and callouts stay as they are, of all others only what they hold."""
        for opening, closing in divs(self.body):
            names = [it[2] for it in _ATTRIBUTE.finditer(opening[1] or "") if it[2]]
            names += [opening[2]] if opening[2] else []
            if any(kind_of(name, _STATEMENTS) or _STATEMENTS.of_label(name) for name in names):
                continue
            for found in (opening, closing):
                self.body.replace(found.start(), found.end(), "")
            message = f"the div `{(opening[1] or opening[2]).strip()}` is left out: what it holds stays"
            self.body.report(opening.start(), opening.end(), message)

    def convert_front_matter(self) -> dict[str, Value]:
        """The front matter of the post: keys by their names here. Those that mean nothing here are named."""
        data: dict[str, Value] = {}
        for key, value in self.page.head.data.items():
            start, end = self.page.head.keys.get(key) or (0, 1)
            listed = value if isinstance(value, list | tuple) else [value]
            if key in _LOST:
                self.body.report(start, end, f"the key `{key}` of the front matter is left out")
            elif key == "bibliography":
                self.copy_bibliographies([str(it) for it in listed], start, end)
            elif key == "date" and isinstance(value, str):
                if not re.match(r"\d{4}-\d\d-\d\d", value):
                    self.body.report(start, end, f"`date: {value}` is no date: the day of the file counts")
            elif key == "author":  # each may have more than a name
                data[key] = ", ".join(str(it.get("name", "") if isinstance(it, dict) else it) for it in listed)
            elif key == "image":
                data[key] = self.copy_image(value)
            elif key != "draft":
                data.setdefault(_RENAMED.get(key, key), value)
        stem = self.page.path.rpartition("/")[2].removesuffix(".qmd")
        return {"title": data.pop("title", None) or stem, **data}

    def copy_bibliographies(self, names: Sequence[str], start: int, end: int) -> None:
        """Copy bibliographies to where they are read. `start` and `end` are the place of their key."""
        for name in names:
            if path := self.file(name):
                self.files[self.names.bibliography(path, self.folder.read)] = path
            else:
                self.body.report(start, end, f"there is no file `{name}`", "put it into `_bibliography`")

    def copy_image(self, value: Value) -> Value:
        """The address of the page's image, which is copied where it lies beside the page."""
        path = self.file(str(value))
        if not path:
            return value
        stem = self.page.post.removesuffix("/index.md").removesuffix(".md")
        name = f"assets/{posixpath.basename(stem)}/{posixpath.basename(path)}"
        self.files[name] = path
        return f"/{name}"
