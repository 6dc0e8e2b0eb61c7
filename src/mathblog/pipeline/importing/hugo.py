"""Pages of Hugo's -> posts and pages: front matter in TOML, YAML or JSON, shortcodes, files of page bundles and of `static`."""

import datetime
import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText
from mathblog.model.values import Value
from mathblog.pipeline.importing.formulas import as_tex
from mathblog.pipeline.importing.heads import ForeignFrontMatter
from mathblog.pipeline.importing.hugo_shortcodes import SHORTCODE, figure, read_shortcode, write_shortcode
from mathblog.pipeline.importing.pages import GivenPage, GivenPages, beside, readable
from mathblog.pipeline.importing.rewriting import (
    READ_OTHERWISE,
    GivenFolder,
    Imported,
    PostPaths,
    Rewriting,
    day_of,
    front_matter,
    keep_file,
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
        page = GivenPage(source, head, _place(source, head, folder, names))
        site.add(page, (stem, stem.removeprefix("content/"), stem.rpartition("/")[2]))
    settings = [folder.read(path) for path in folder.files if _SETTINGS.fullmatch(path)]
    unescapes = bool(settings) and b"passthrough" not in b"".join(settings)  # Goldmark's, which leaves formulas alone
    for page in site:
        yield _carry_over(site, page, page.rewriting(unescapes=unescapes))


def _place(source: SourceText, head: ForeignFrontMatter, folder: GivenFolder, names: PostPaths) -> str:
    """The path of the post or page that a page becomes. What has no date and lies at the top is a page."""
    path = source.path
    below = path.removeprefix("content/")
    bundle = below.removesuffix("/index.md")
    stem = bundle.rpartition("/")[2].removesuffix(".md")
    if "date" not in head.data and not _DATED.match(stem) and below.count("/") == (bundle != below):
        return f"{bundle.removesuffix('.md')}{'/index' if bundle != below else ''}.md"
    day = day_of(head.data.get("date", stem), folder.files[path])
    found = _DATED.match(stem)
    named = [it[3] for it in _IMAGE.finditer(source.text)]
    named += [read_shortcode(it, "").value("src") for it in SHORTCODE.finditer(source.text)]
    has_files = any(_named(folder, path, it) for it in named if it)
    name = str(head.data.get("slug") or (stem[found.end() :] if found else stem))
    return names.post(name, day, draft=head.data.get("draft") is True, with_files=has_files)


def _named(folder: GivenFolder, own: str, address: str) -> str:
    """The file beside a page that an address names, '' for none."""
    path = "" if address.startswith(("/", "#")) else beside(folder, own, address)
    return "" if path.endswith(".md") else path


def _carry_over(site: _Site, page: GivenPage, rewriting: Rewriting) -> Imported:
    files: dict[str, bytes | str] = {}
    for found in _LITERAL.finditer(rewriting.source.text, page.head.body_start):
        shown = f"{{{{{found[1]}{found[2]}{found[3]}}}}}"
        rewriting.replace(found.start(), found.end(), printed(shown))
    for found in rewriting.find(SHORTCODE):
        shown = _shortcode(site, page, rewriting, found, files)
        if shown.startswith((":::", "```", "<details", "</details")):  # they stand on lines of their own
            text = rewriting.source.text
            before = "" if found.start() == page.head.body_start or text[found.start() - 1] == "\n" else "\n"
            after = "" if text.startswith("\n", found.end()) else "\n"
            shown = f"{before}{shown}{after}"
        rewriting.replace(found.start(), found.end(), shown)
    for found in rewriting.find(_IMAGE):
        target = None if found[1] or "://" in found[3] else site.linked(found[3], page.path)
        place = found[3][found[3].find("#") :] if "#" in found[3] else ""
        if target is not None:
            address = rewriting.link(found, target.post, found[3].partition("#")[0]) + place
        else:
            address = _address(site, page, found[3], files)
        if address != found[3]:
            rewriting.replace(found.start(), found.end(), f"{found[1]}[{found[2]}]({address}{found[4]})")
    for found in rewriting.find(_BRACKETS):
        if (found[1] == "(") == (found[3] == ")") and "\n\n" not in found[2]:
            formula, is_same = as_tex(found[2], unescapes=rewriting.unescapes)
            rewriting.replace(found.start(), found.end(), f"\\\\{found[1]}{formula}\\\\{found[3]}")
            if not is_same:
                rewriting.report(found.start(), found.end(), *READ_OTHERWISE)
    data = _data(page, rewriting)
    return Imported(page.post, front_matter(data) + rewriting.result(), files, tuple(rewriting.problems))


def _address(site: _Site, page: GivenPage, address: str, files: dict[str, bytes | str]) -> str:
    """The address of a file in the new place, with what must be copied noted; other addresses stay."""
    if path := _named(site.folder, page.path, address):
        return quote(keep_file(files, posixpath.dirname(page.post), path))
    static = f"static{address}" if address.startswith("/") else ""
    if static and site.folder.has(unquote(static)):
        files[unquote(address).lstrip("/")] = unquote(static)
        return f"{{{{ '{address}' | relative_url }}}}"
    return address


def _shortcode(
    site: _Site, page: GivenPage, rewriting: Rewriting, found: re.Match[str], files: dict[str, bytes | str]
) -> str:
    """Return the text in the place of a shortcode, or of the end of one. Of one that has no equivalent only its content stays."""
    code = read_shortcode(found, rewriting.source.text)
    if code.name == "figure" and not code.closes:
        return figure(code, _address(site, page, code.value("src"), files))
    if code.name in ("ref", "relref"):
        name, sign, place = code.value("path").partition("#")
        target = site.find(name, page.path) if name else None
        if target is not None or not name:
            return f"{rewriting.link(found, target.post, '') or '#' if target else ''}{sign}{place}"
        rewriting.report(found.start(), found.end(), f"there is no page `{name}`", "correct the link")
        return f"#{place}"
    shown = write_shortcode(code)
    if shown is None:
        message = f"the shortcode `{found[2]}` has no equivalent: what it holds stays"
        if not code.closes:
            rewriting.report(found.start(), found.end(), message, "write an include, or a plugin")
        return ""
    return shown


def _data(page: GivenPage, rewriting: Rewriting) -> Mapping[str, Value]:
    """The front matter of the post: keys by their names here. Those that mean nothing here are named."""
    data: dict[str, Value] = {}
    is_post = page.post.startswith(("_posts", "_drafts"))
    for key, value in page.head.data.items():
        if key in _LOST:
            start, end = page.head.keys.get(key) or (0, 1)
            rewriting.report(start, end, f"the key `{key}` of the front matter is left out")
        elif key == "draft":
            data |= {"published": False} if value is True and not is_post else {}
        elif key != "slug" or not is_post:  # that of a post is in the name of its file
            data.setdefault(_RENAMED.get(key, key), _written(key, value))
    return {"title": data.pop("title", None) or page.path.rpartition("/")[2].removesuffix(".md"), **data}


def _written(key: str, value: Value) -> Value:
    """A value as it is written here: one image and one series of a page, dates that are dates."""
    first = value[0] if isinstance(value, list) and value else value
    if key in ("cover", "image", "images", "featured_image"):
        return first.get("image", first.get("src")) if isinstance(first, Mapping) else first
    if key == "series":
        return first
    if key in ("date", "lastmod") and isinstance(value, str) and _DAY.fullmatch(value):
        return day_of(value, datetime.date.min)
    return value
