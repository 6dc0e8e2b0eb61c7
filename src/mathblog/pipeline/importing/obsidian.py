"""A folder of Obsidian notes -> posts: wiki links, embeds, callouts, tags, highlights, comments."""

import posixpath
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from mathblog.core.dataclass import dataclass, field
from mathblog.core.patterns import lazy_pattern
from mathblog.model.statements.kinds import StatementOptions
from mathblog.pipeline.importing.heads import read_yaml_head
from mathblog.pipeline.importing.pages import Conversion, GivenPage, GivenPages, readable
from mathblog.pipeline.importing.rewriting import GivenFolder, Imported, PostPaths, day_of
from mathblog.text.slugs import slugify

_WIKI = lazy_pattern(r"(!?)\[\[([^\[\]\n|#^\\]*)(?:#([^\[\]\n|\\]*))?(?:\\?\|([^\[\]\n]*))?\]\]")
_IMAGE = lazy_pattern(r"!\[([^\[\]\n]*)\]\(<?([^()\s<>]+(?: [^()<>\n]*?)?)>?\)")
_LINK = lazy_pattern(r"(?<=\]\()(?:<([^<>\n#:]+\.md)(?:#([^<>\n]+))?>|([^()\s<>#:]+\.md)(?:#([^()\s<>]+))?)\)")
_CALLOUT = lazy_pattern(r"^((?:[ \t]*>[ \t]*)+)\[!([\w-]+)\]([+-]?)[ \t]*(.*)$", re.MULTILINE)
_TAG = lazy_pattern(r"(?<![\w#&/\]\)(])#([^\W\d_][\w/-]*|\d+[^\W\d][\w/-]*)")
_MARK = lazy_pattern(r"(?<!=)==(?!=)|\n[ \t]*\n")
_COMMENT = lazy_pattern(r"%%.*?%%", re.DOTALL)
_BLOCK_ID = lazy_pattern(r"[ \t]+\^[\w-]+[ \t]*$|^\^[\w-]+[ \t]*$", re.MULTILINE)
_DATED = lazy_pattern(r"(\d{4}-\d\d-\d\d)[ _-]*")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp")
_SIZE = lazy_pattern(r"(\d+)(?:x(\d+))?$")
_CALLOUTS = {
    "note": "note", "abstract": "note", "summary": "note", "tldr": "note", "info": "note", "todo": "note", "question": "note",
    "help": "note", "faq": "note", "example": "note", "quote": "note", "cite": "note",
    "tip": "tip", "hint": "tip", "success": "tip", "check": "tip", "done": "tip", "important": "important",
    "warning": "warning", "attention": "warning", "caution": "caution", "failure": "caution", "fail": "caution",
    "missing": "caution", "danger": "caution", "error": "caution", "bug": "caution",
}  # fmt: skip
_STATEMENTS = StatementOptions()
_NO_PARAGRAPH = lazy_pattern(r"^(?:[ \t]|[-*+>|#]|\d+[.)] |\[\^)", re.MULTILINE)
_UNDERLINE = lazy_pattern(r"^ {0,3}(-+|=+)?[ \t]*$", re.MULTILINE)  # without a sign it is a blank line
_BLANKS = lazy_pattern(r"[ \t]*")
_RUN = ("dataview", "dataviewjs", "query", "tasks", "button", "excalidraw")  # fences that plugins of Obsidian's run


@dataclass(slots=True)
class _Vault(GivenPages):
    """The notes and the other files of a folder, by the names that links use."""

    files: dict[str, str] = field(default_factory=dict)

    def note(self, name: str) -> GivenPage | None:
        """The note that a link names: by its path or the end of it."""
        return self.named(name.strip().removesuffix(".md"))

    def file(self, name: str, own: str) -> str:
        """The path of another file, '' for none."""
        name = unquote(name).strip()
        near = posixpath.normpath(posixpath.join(posixpath.dirname(own), name))
        return near if near in self.folder.files else self.files.get(name.lower(), "")


def import_obsidian(folder: GivenFolder, names: PostPaths) -> Iterator[Imported]:
    """The posts of all notes of a folder. What begins with a dot is Obsidian's own."""
    vault = _Vault(folder)
    shown = [path for path in folder.files if not any(it.startswith(".") for it in path.split("/"))]
    for path in shown:
        for name in () if path.endswith(".md") else _names(path):
            vault.files.setdefault(name.lower(), path)
    for source, head in readable(folder, [path for path in shown if path.endswith(".md")], read_yaml_head):
        path, text = source.path, source.text
        stem = path.rpartition("/")[2].removesuffix(".md")
        dated = _DATED.match(stem)
        said = head.data.get("date", head.data.get("created", dated[1] if dated else None))
        name = stem[dated.end() :] if dated and dated.end() < len(stem) else stem
        named = {it[2] for pattern in (_WIKI, _IMAGE) for it in pattern.finditer(text) if it[2] and "://" not in it[2]}
        has_files = any(it and not it.endswith(".md") for it in (vault.file(it, path) for it in named))
        post = names.post(name, day_of(said, folder.files[path]), with_files=has_files)
        note = GivenPage(source, head, post, str(head.data.get("title") or name))
        vault.add(note, _names(path.removesuffix(".md")))
    for note in vault:
        yield _ObsidianConversion(note, note.rewriting(), {}, vault).convert()


def _names(path: str) -> Iterator[str]:
    """The names by which links may call a path: itself, and each end of it."""
    parts = path.split("/")
    return ("/".join(parts[at:]) for at in range(len(parts)))


@dataclass(slots=True)
class _ObsidianConversion(Conversion):
    """A note on its way, among the others of its vault."""

    vault: _Vault

    def convert(self) -> Imported:
        """The post of the note. Edits do not overlap: what comes first here wins."""
        for found in self.body.find(_COMMENT):
            self.body.replace(found.start(), found.end(), "")
            self.body.report(found.start(), found.start() + 2, "a comment is left out")
        self.body.sub(_WIKI, self.write_wiki_link)
        self.body.sub(_IMAGE, self.write_image)
        self.body.sub(_LINK, self.write_link)
        self.convert_callouts()
        self.body.sub(_BLOCK_ID, lambda _: "")
        self.set_displays_apart(self.convert_highlights())
        self.report_code()
        tags = [*self.tags_above(), *self.tags_within()]
        data = {key: value for key, value in self.page.head.data.items() if key not in ("title", "tag", "tags")}
        return self.imported({"title": self.page.title, "tags": list(dict.fromkeys(tags)), **data})

    def write_wiki_link(self, found: re.Match[str]) -> str:
        """A link to another note or to a file, or an embedded file."""
        embeds, name, place, words = found[1], found[2].strip(), (found[3] or "").strip(), (found[4] or "").strip()
        start, end = found.span()
        path = self.vault.file(name, self.page.path) if name else ""
        if path and not self.vault.note(name):
            if embeds and path.lower().endswith(_PICTURES):
                return self.picture(path, "" if _SIZE.match(words) else words, words)
            if embeds:
                self.body.report(start, end, f"`{name}` is not shown in the page: it becomes a link")
            return f"[{words or name}]({self.copy(path)})"
        target = self.vault.note(name) if name else self.page
        if target is None:
            message = f"there is no {'file' if embeds else 'note'} `{name}`: its words stay"
            self.body.report(start, end, message, "import it, too")
            return words or name
        if place.startswith("^"):
            self.body.report(start, end, "a link to a block becomes one to its note")
            place = ""
        if embeds:
            self.body.report(start, end, f"the note `{name}` is not shown in the page: it becomes a link")
        heading = place.rpartition("#")[2]
        is_other = target is not self.page
        shown = words or (f"{target.title}: {heading}" if heading and is_other else heading or target.title)
        address = f"{{% link {target.post} %}}" if is_other else ""
        address += f"#{slugify(heading)}" if heading else ""
        return f"[{shown}]({address})" if address else shown

    def write_image(self, found: re.Match[str]) -> str | None:
        """An image of the vault, whose words may end with its size."""
        path = self.vault.file(found[2], self.page.path) if "://" not in found[2] else ""
        words, _, size = found[1].rpartition("|")
        return self.picture(path, words if _SIZE.match(size) else found[1], size) if path else None

    def picture(self, path: str, words: str, size: str) -> str:
        """An image, which is copied beside the post."""
        address = self.copy(path)
        alt = words or posixpath.splitext(unquote(address))[0].replace("-", " ").replace("_", " ")
        found = _SIZE.match(size)
        given = zip(("width", "height"), found.groups() if found else (), strict=False)
        sizes = "".join(f' {key}="{value}"' for key, value in given if value)
        return f"![{alt}]({address})" + (f"{{:{sizes}}}" if sizes else "")

    def write_link(self, found: re.Match[str]) -> str | None:
        """The address and the closing bracket of a link to another note."""
        name, place = unquote(found[1] or found[3]), found[2] or found[4]
        near = posixpath.normpath(posixpath.join(posixpath.dirname(self.page.path), name))
        target = self.vault.note(near) or self.vault.note(name)
        if target is None:
            return None
        return f"{{% link {target.post} %}}{f'#{slugify(unquote(place))}' if place else ''})"

    def convert_callouts(self) -> None:
        """Callouts of Obsidian's kinds: of those that pages have here."""
        for found in self.body.find(_CALLOUT):
            said = found[2].lower()
            if said not in _CALLOUTS and _STATEMENTS.find(said):
                continue
            if said not in _CALLOUTS:
                self.body.report(found.start(2), found.end(2), f"the callout `{found[2]}` becomes a note")
            kind = _CALLOUTS.get(said, "note")
            title = found[4].strip() or ("" if kind == said else found[2].replace("-", " ").capitalize())
            shown = f"[!{kind}]{found[3]}{f' {title}' if title else ''}"
            self.body.replace(found.start(2) - 2, found.end(), shown)

    def set_displays_apart(self, marks: Sequence[tuple[int, int]]) -> None:
        """Put blank lines around formulas between two dollars within sentences: Obsidian displays them there, too.

        In lists, quotes, tables, headings and marked words they stay as they are.
        """
        text = self.body.source.text
        for start, end in self.body.displays():
            above = text[max(self.body.start, text.rfind("\n\n", 0, start) + 1) : start]
            index = bisect_left(marks, (start,))
            is_marked = index > 0 and start < marks[index - 1][1]
            below = _UNDERLINE.search(text, text.find("\n", end) + 1 or len(text))
            if is_marked or (below and below[1]) or _NO_PARAGRAPH.search(above):
                continue
            before, after = len(above) - len(above.rstrip(" ")), _BLANKS.match(text, end)
            if above.rpartition("\n")[2].strip():
                self.body.replace(start - before, start, "\n\n")
            if after and text[after.end() : after.end() + 1] not in ("", "\n"):
                self.body.replace(end, after.end(), "\n\n")

    def convert_highlights(self) -> list[tuple[int, int]]:
        """Make a `mark` of words between `==` and `==`; where they are."""
        marks: list[tuple[int, int]] = []
        text = self.body.source.text
        opening: re.Match[str] | None = None
        for found in [*self.body.find(_MARK)]:
            before, after = (text[it : it + 1] for it in (found.start() - 1, found.end()))
            if opening is not None and found[0] == "==" and not before.isspace():
                self.body.replace(*opening.span(), "<mark>")
                self.body.replace(*found.span(), "</mark>")
                marks.append((opening.start(), found.end()))
                opening = None
            else:  # a blank line ends what was begun
                opening = found if found[0] == "==" and after and not after.isspace() else None
        return marks

    def report_code(self) -> None:
        """Name the code that plugins of Obsidian's run."""
        text = self.body.source.text
        for fence in self.body.fences():
            language = text[fence.start : fence.inner_start].strip("`~ \n").split(" ")[0]
            if language in _RUN:
                self.body.report(fence.start, fence.start + 3, f"`{language}` is run by Obsidian only: it stays code")

    def tags_above(self) -> Iterator[str]:
        """The tags of front matter, as a list or as words."""
        for key in ("tags", "tag"):
            value = self.page.head.data.get(key)
            words = value.replace(",", " ").split() if isinstance(value, str) else value
            for word in words if isinstance(words, list | tuple) else ():
                if word is not None:
                    yield str(word).lstrip("#")

    def tags_within(self) -> Iterator[str]:
        """The tags of the text, which stay in it."""
        text = self.body.source.text
        for found in self.body.find(_TAG):
            yield found[1]
            line = text.rfind("\n", 0, found.start()) + 1
            if not text[line : found.start()].strip(" \t>"):  # it would begin a heading
                self.body.replace(found.start(), found.start() + 1, "\\#")
