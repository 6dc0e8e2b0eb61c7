"""A folder of Obsidian notes -> posts: wiki links, embeds, callouts, tags, highlights, comments."""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from mathblog.core.dataclass import dataclass, field
from mathblog.core.patterns import lazy_pattern
from mathblog.model.values import Data
from mathblog.pipeline.importing.heads import read_yaml_head
from mathblog.pipeline.importing.pages import GivenPage, GivenPages, readable
from mathblog.pipeline.importing.rewriting import (
    GivenFolder,
    Imported,
    PostPaths,
    Rewriting,
    day_of,
    front_matter,
    keep_file,
)
from mathblog.text.slugs import slugify

_WIKI = lazy_pattern(r"(!?)\[\[([^\[\]\n|#^\\]*)(?:#([^\[\]\n|\\]*))?(?:\\?\|([^\[\]\n]*))?\]\]")
_IMAGE = lazy_pattern(r"!\[([^\[\]\n]*)\]\(<?([^()\s<>]+(?: [^()<>\n]*?)?)>?\)")
_LINK = lazy_pattern(r"(?<=\]\()<?([^()\s<>#:]+\.md)(?:#([^()\s<>]+))?>?\)")
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
    notes = [path for path in shown if path.endswith(".md")]
    for path in shown:
        for name in () if path.endswith(".md") else _names(path):
            vault.files.setdefault(name.lower(), path)
    for source, head in readable(folder, notes, read_yaml_head):
        stem = source.path.rpartition("/")[2].removesuffix(".md")
        dated = _DATED.match(stem)
        day = day_of(
            head.data.get("date", head.data.get("created", dated[1] if dated else None)), folder.files[source.path]
        )
        name = stem[dated.end() :] if dated and dated.end() < len(stem) else stem
        post = names.post(name, day, with_files=any(_embedded(vault, source.text, source.path)))
        note = GivenPage(source, head, post, str(head.data.get("title") or name))
        vault.add(note, _names(source.path.removesuffix(".md")))
    for note in vault:
        yield _carry_over(vault, note, note.rewriting())


def _carry_over(vault: _Vault, note: GivenPage, rewriting: Rewriting) -> Imported:
    files: dict[str, bytes | str] = {}
    tags = list(_listed(note.head.data))
    for found in rewriting.find(_COMMENT):
        rewriting.replace(found.start(), found.end(), "")
        rewriting.report(found.start(), found.start() + 2, "a comment is left out")
    for found in rewriting.find(_WIKI):
        rewriting.replace(found.start(), found.end(), _wiki(vault, note, rewriting, found, files))
    for found in rewriting.find(_IMAGE):
        path = vault.file(found[2], note.path) if "://" not in found[2] else ""
        if path:
            size = found[1].rpartition("|")[2]
            words = found[1].rpartition("|")[0] if _SIZE.match(size) else found[1]
            rewriting.replace(found.start(), found.end(), _picture(note, path, words, size, files))
    for found in rewriting.find(_LINK):
        target = vault.note(posixpath.normpath(posixpath.join(posixpath.dirname(note.path), unquote(found[1]))))
        target = target or vault.note(unquote(found[1]))
        if target is not None:
            place = f"#{slugify(unquote(found[2]))}" if found[2] else ""
            rewriting.replace(found.start(), found.end(), f"{{% link {target.post} %}}{place})")
    _carry_over_marks(rewriting)
    tags += _carry_over_tags(rewriting)
    data = {key: value for key, value in note.head.data.items() if key not in ("title", "tag", "tags")}
    text = front_matter({"title": note.title, "tags": list(dict.fromkeys(tags)), **data}) + rewriting.result()
    return Imported(note.post, text, files, tuple(rewriting.problems))


def _carry_over_marks(rewriting: Rewriting) -> None:
    """Callouts, highlights, the names of blocks, and code that plugins of Obsidian's run."""
    for found in rewriting.find(_CALLOUT):
        kind = _CALLOUTS.get(found[2].lower())
        title = found[4].strip() or found[2].replace("-", " ").capitalize()
        if kind is None:
            kind = "note"
            rewriting.report(found.start(2), found.end(2), f"the callout `{found[2]}` becomes a note", "")
        is_same = kind == found[2].lower() and not found[4].strip()
        rewriting.replace(found.start(2) - 2, found.end(), f"[!{kind}]{found[3]}{'' if is_same else f' {title}'}")
    opening: re.Match[str] | None = None
    for found in [*rewriting.find(_MARK)]:
        before, after = (rewriting.source.text[it : it + 1] for it in (found.start() - 1, found.end()))
        if opening is not None and found[0] == "==" and not before.isspace():
            rewriting.replace(opening.start(), opening.end(), "<mark>")
            rewriting.replace(found.start(), found.end(), "</mark>")
            opening = None
        else:  # a blank line ends what was begun
            opening = found if found[0] == "==" and after and not after.isspace() else None
    for found in rewriting.find(_BLOCK_ID):
        rewriting.replace(found.start(), found.end(), "")
    for fence in rewriting.fences():
        language = rewriting.source.text[fence.start : fence.inner_start].strip("`~ \n").split(" ")[0]
        if language in _RUN:
            rewriting.report(fence.start, fence.start + 3, f"`{language}` is run by Obsidian only: it stays code")


def _carry_over_tags(rewriting: Rewriting) -> Iterator[str]:
    """The tags of a text, which stay in it."""
    for found in rewriting.find(_TAG):
        yield found[1]
        line = rewriting.source.text.rfind("\n", 0, found.start()) + 1
        if not rewriting.source.text[line : found.start()].strip(" \t>"):  # it would begin a heading
            rewriting.replace(found.start(), found.start() + 1, "\\#")


def _wiki(
    vault: _Vault, note: GivenPage, rewriting: Rewriting, found: re.Match[str], files: dict[str, bytes | str]
) -> str:
    """A link to another note, or an embedded file."""
    embeds, name, place, words = found[1], found[2].strip(), (found[3] or "").strip(), (found[4] or "").strip()
    path = vault.file(name, note.path) if name else ""
    if path and not vault.note(name):
        if embeds and path.lower().endswith(_PICTURES):
            return _picture(note, path, "" if _SIZE.match(words) else words, words, files)
        copied = keep_file(files, posixpath.dirname(note.post), path)
        if embeds:
            rewriting.report(found.start(), found.end(), f"`{name}` is not shown in the page: it becomes a link")
        return f"[{words or name}]({quote(copied)})"
    target = vault.note(name) if name else note
    if target is None:
        rewriting.report(
            found.start(),
            found.end(),
            f"there is no {'file' if embeds else 'note'} `{name}`: its words stay",
            "import it, too",
        )
        return words or name
    if place.startswith("^"):
        rewriting.report(found.start(), found.end(), "a link to a block becomes one to its note")
        place = ""
    heading = place.rpartition("#")[2]
    shown = words or (f"{target.title}: {heading}" if heading and target is not note else heading or target.title)
    if embeds:
        rewriting.report(found.start(), found.end(), f"the note `{name}` is not shown in the page: it becomes a link")
    anchor = f"#{slugify(heading)}" if heading else ""
    address = "" if target is note else f"{{% link {target.post} %}}"
    return f"[{shown}]({address}{anchor})" if address or anchor else shown


def _picture(note: GivenPage, path: str, words: str, size: str, files: dict[str, bytes | str]) -> str:
    """An image, which is copied beside the post."""
    name = keep_file(files, posixpath.dirname(note.post), path)
    found = _SIZE.match(size)
    sizes = (
        "".join(f' {key}="{value}"' for key, value in zip(("width", "height"), found.groups(), strict=True) if value)
        if found
        else ""
    )
    alt = words or posixpath.splitext(name)[0].replace("-", " ").replace("_", " ")
    return f"![{alt}]({quote(name)})" + (f"{{:{sizes}}}" if sizes else "")


def _embedded(vault: _Vault, text: str, own: str) -> Iterator[str]:
    """The files that a note names."""
    for found in (*_WIKI.finditer(text), *_IMAGE.finditer(text)):
        path = vault.file(found[2], own) if found[2] and "://" not in found[2] else ""
        if path and not path.endswith(".md"):
            yield path


def _names(path: str) -> Iterator[str]:
    """The names by which links may call a path: itself, and each end of it."""
    parts = path.split("/")
    return ("/".join(parts[at:]) for at in range(len(parts)))


def _listed(data: Data) -> Iterator[str]:
    """The tags of front matter, as a list or as words."""
    for key in ("tags", "tag"):
        value = data.get(key)
        words = value.replace(",", " ").split() if isinstance(value, str) else value
        for word in words if isinstance(words, list | tuple) else ():
            if word is not None:
                yield str(word).lstrip("#")
