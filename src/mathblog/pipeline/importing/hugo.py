"""Pages of Hugo's -> posts and pages: front matter in TOML, YAML or JSON, shortcodes, files of page bundles and of `static`."""

import datetime
import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText
from mathblog.model.values import Value
from mathblog.pipeline.importing.formulas import as_tex
from mathblog.pipeline.importing.heads import ForeignFrontMatter
from mathblog.pipeline.importing.hugo_shortcodes import SHORTCODE, figure, read_shortcode, write_shortcode
from mathblog.pipeline.importing.pages import Conversion, GivenPage, GivenPages, beside, readable
from mathblog.pipeline.importing.rewriting import (
    READ_OTHERWISE,
    GivenFolder,
    Imported,
    PostPaths,
    Rewriting,
    day_of,
    printed,
)

_LITERAL = lazy_pattern(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}")
_IMAGE = lazy_pattern(r"(!?)\[([^\[\]\n]*)\]\(\s*<?([^()\s<>]+)>?((?:\s+(?:\"[^\"]*\"|'[^']*'))?)\s*\)")
_BRACKETS = lazy_pattern(r"(?<!\\)\\([(\[])(?=\S|\s)(.+?)(?<!\\)\\([)\]])", re.DOTALL)
_DAY = lazy_pattern(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_DATED = lazy_pattern(r"\d{4}-\d\d-\d\d-(?=.)")
_SETTINGS = lazy_pattern(r"(?:hugo|config|config/.*)\.(?:toml|ya?ml|json)")
_RENAMED = {
    "lastmod": "last_modified_at",
    "url": "permalink",
    "summary": "description",
    "aliases": "redirect_from",
    "cover": "image",
    "images": "image",
    "featured_image": "image",
}
_LOST = (
    "layout",
    "type",
    "expiryDate",
    "publishDate",
    "outputs",
    "cascade",
    "build",
    "_build",
    "resources",
    "menu",
    "markup",
)


@dataclass(slots=True)
class _Site(GivenPages):
    """The pages of a folder by the names that `ref` uses."""

    def find(self, name: str, own: str) -> GivenPage | None:
        """The page that `ref` names: by its path below `content` or beside the page, or by the name of its file."""
        name = name.partition("#")[0].strip("/").removesuffix(".md").removesuffix("/index").removesuffix("/_index")
        near = posixpath.normpath(posixpath.join(posixpath.dirname(own), name))
        return self.named(near) or self.named(name)

    def linked(self, address: str, own: str) -> GivenPage | None:
        """The page that a link leads to: its file, or its address, from the root or from the address of its own page."""
        path = unquote(address.partition("#")[0].partition("?")[0])
        if not path:
            return None
        below = posixpath.join(own.removeprefix("content/").removesuffix(".md").removesuffix("/index"), path).strip("/")
        name = path.strip("/") if path.startswith("/") else posixpath.normpath(below)
        return (self.find(path, own) if path.endswith(".md") else None) or self.named(name)

    def file(self, address: str, own: str) -> str:
        """The file beside a page that an address names, '' for none."""
        path = "" if address.startswith(("/", "#")) else beside(self.folder, own, address)
        return "" if path.endswith(".md") else path

    def place(self, source: SourceText, head: ForeignFrontMatter, names: PostPaths) -> str:
        """The path of the post or page that a page becomes. What has no date and lies at the top is a page."""
        path = source.path
        below = path.removeprefix("content/")
        bundle = below.removesuffix("/index.md")
        stem = bundle.rpartition("/")[2].removesuffix(".md")
        if "date" not in head.data and not _DATED.match(stem) and below.count("/") == (bundle != below):
            return f"{bundle.removesuffix('.md')}{'/index' if bundle != below else ''}.md"
        day = day_of(head.data.get("date", stem), self.folder.files[path])
        found = _DATED.match(stem)
        named = [it[3] for it in _IMAGE.finditer(source.text)]
        named += [read_shortcode(it, "").value("src") for it in SHORTCODE.finditer(source.text)]
        has_files = any(self.file(it, path) for it in named if it)
        name = str(head.data.get("slug") or (stem[found.end() :] if found else stem))
        return names.post(name, day, draft=head.data.get("draft") is True, with_files=has_files)


def import_hugo(folder: GivenFolder, names: PostPaths) -> Iterator[Imported]:
    """The posts and pages of a folder: those below `content` where there is such a folder."""
    listed = [path for path in folder.files if path.endswith(".md")]
    content = [path for path in listed if path.startswith("content/")]
    site = _Site(folder)
    for source, head in readable(folder, content or listed):
        path = source.path
        if path.rpartition("/")[2] == "_index.md":
            rewriting = Rewriting(source, head.body_start)
            rewriting.report(0, 1, "a page of a list is left out: mathblog makes lists itself")
            yield Imported("", "", {}, tuple(rewriting.problems))
            continue
        stem = path.removesuffix(".md").removesuffix("/index")
        page = GivenPage(source, head, site.place(source, head, names))
        site.add(page, (stem, stem.removeprefix("content/"), stem.rpartition("/")[2]))
    settings = [folder.read(path) for path in folder.files if _SETTINGS.fullmatch(path)]
    unescapes = bool(settings) and b"passthrough" not in b"".join(settings)  # Goldmark's, which leaves formulas alone
    for page in site:
        yield _HugoConversion(page, page.rewriting(unescapes=unescapes), {}, site).convert()


@dataclass(slots=True)
class _HugoConversion(Conversion):
    """A page of Hugo's on its way, among the other pages of its site."""

    site: _Site

    def convert(self) -> Imported:
        """The post of the page. Edits do not overlap: what comes first here wins."""
        for found in _LITERAL.finditer(self.body.source.text, self.body.start):
            shown = f"{{{{{found[1]}{found[2]}{found[3]}}}}}"
            self.body.replace(found.start(), found.end(), printed(shown))
        self.body.sub(SHORTCODE, self.write_shortcode)
        self.body.sub(_IMAGE, self.write_link)
        self.body.sub(_BRACKETS, self.write_formula)
        return self.imported(self.convert_front_matter())

    def write_shortcode(self, found: re.Match[str]) -> str:
        """Return the text in the place of a shortcode, or of the end of one. Of one that has no equivalent only its content stays."""
        code = read_shortcode(found, self.body.source.text)
        if code.name == "figure" and not code.closes:
            return figure(code, self.copied(code.value("src")))
        if code.name in ("ref", "relref"):
            name, sign, place = code.value("path").partition("#")
            target = self.site.find(name, self.page.path) if name else None
            if target is not None or not name:
                return f"{self.body.link(found, target.post, '') or '#' if target else ''}{sign}{place}"
            self.body.report(found.start(), found.end(), f"there is no page `{name}`", "correct the link")
            return f"#{place}"
        shown = write_shortcode(code)
        if shown is None and not code.closes:
            message = f"the shortcode `{found[2]}` has no equivalent: what it holds stays"
            self.body.report(found.start(), found.end(), message, "write an include, or a plugin")
        if shown is None or not shown.startswith((":::", "```", "<details", "</details")):
            return shown or ""
        text = self.body.source.text  # they stand on lines of their own
        before = "" if found.start() == self.body.start or text[found.start() - 1] == "\n" else "\n"
        return f"{before}{shown}" + ("" if text.startswith("\n", found.end()) else "\n")

    def write_link(self, found: re.Match[str]) -> str | None:
        """A link to another page, or a link or an image of a file, which is copied."""
        target = None if found[1] or "://" in found[3] else self.site.linked(found[3], self.page.path)
        if target is not None:
            address, sign, place = found[3].partition("#")
            address = self.body.link(found, target.post, address) + sign + place
        else:
            address = self.copied(found[3])
        return None if address == found[3] else f"{found[1]}[{found[2]}]({address}{found[4]})"

    def write_formula(self, found: re.Match[str]) -> str | None:
        r"""A formula between `\(` and `\)`, which kramdown wants with two backslashes each."""
        if (found[1] == "(") != (found[3] == ")") or "\n\n" in found[2]:
            return None
        formula, is_same = as_tex(found[2], unescapes=self.body.unescapes)
        if not is_same:
            self.body.report(found.start(), found.end(), *READ_OTHERWISE)
        return f"\\\\{found[1]}{formula}\\\\{found[3]}"

    def copied(self, address: str) -> str:
        """The address of a file in the new place, where it is copied to; other addresses stay."""
        if path := self.site.file(address, self.page.path):
            return self.copy(path)
        static = f"static{address}" if address.startswith("/") else ""
        if static and self.site.folder.has(unquote(static)):
            self.files[unquote(address).lstrip("/")] = unquote(static)
            return f"{{{{ '{address}' | relative_url }}}}"
        return address

    def convert_front_matter(self) -> dict[str, Value]:
        """The front matter of the post: keys by their names here. Those that mean nothing here are named."""
        data: dict[str, Value] = {}
        is_post = self.page.post.startswith(("_posts", "_drafts"))
        for key, value in self.page.head.data.items():
            name, shown = _RENAMED.get(key, key), value
            if key in _LOST:
                start, end = self.page.head.keys.get(key) or (0, 1)
                self.body.report(start, end, f"the key `{key}` of the front matter is left out")
                continue
            if key == "draft":
                data |= {"published": False} if value is True and not is_post else {}
                continue
            if name in ("image", "series") and isinstance(value, list) and value:  # a page has one here
                shown = value[0]
            if name == "image" and isinstance(shown, Mapping):
                shown = shown.get("image", shown.get("src"))
            if key in ("date", "lastmod") and isinstance(value, str) and _DAY.fullmatch(value):
                shown = day_of(value, datetime.date.min)
            if key != "slug" or not is_post:  # that of a post is in the name of its file
                data.setdefault(name, shown)
        return {"title": data.pop("title", None) or self.page.path.rpartition("/")[2].removesuffix(".md"), **data}
