"""A Jupyter notebook (`.ipynb`) -> a post: cells, outputs, images (nbformat 4)."""

import base64
import binascii
import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any

from mathblog.core.dataclass import dataclass, field
from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.core.surrogates import without_halves
from mathblog.pipeline.importing.rewriting import RULE, Imported, PostPaths, Rewriting, fenced, front_matter, printed
from mathblog.reading.frontmatter import read_front_matter

_CELLS = lazy_pattern(r"\"cells\"\s*:\s*\[\s*")
_NEXT = lazy_pattern(r"\s*,?\s*")
_ANSI = lazy_pattern(r"\x1b\[[0-9;?]*[A-Za-z]")
_TITLE = lazy_pattern(r"\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|$)")
_OPTION = lazy_pattern(r"^#\|[ \t]*([\w-]+):[ \t]*(.*)$\n?", re.MULTILINE)
_ATTACHED = lazy_pattern(r"\(attachment:([^()\s]+)")
_DISPLAY = lazy_pattern(r"^\$+\s*(?:\\displaystyle\s*)?(.*?)\s*\$+$", re.DOTALL)
_TAG = lazy_pattern(r"<[^<>]*>")
_IMAGES = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_ORDER = ("text/latex", "text/markdown", *_IMAGES, "text/html", "text/plain")
_HIDDEN = frozenset(("remove-cell", "remove_cell", "hide-cell", "hide_cell"))
_NO_INPUT = frozenset(("remove-input", "remove_input", "hide-input", "hide_input"))
_NO_OUTPUT = frozenset(("remove-output", "remove_output", "hide-output", "hide_output"))


def import_notebook(source: SourceText, day: datetime.date, names: PostPaths, clean: Callable[[str], str]) -> Imported:
    """The post of a notebook. `clean` keeps of HTML what `--safe` keeps.

    Raises:
        ValueError: where the text is no notebook of version 4; the message says why.

    """
    try:
        data = json.loads(without_halves(source.text))
    except ValueError as error:
        message = f"this is no JSON: {error}"
        raise ValueError(message) from error
    except RecursionError as error:
        message = "this is no notebook: it is nested too deeply"
        raise ValueError(message) from error
    if not isinstance(data, dict) or data.get("nbformat") != 4 or not isinstance(data.get("cells"), list):  # noqa: PLR2004
        message = "this is no notebook of nbformat 4: open it in Jupyter, and save it again"
        raise ValueError(message)
    meta = data["metadata"] if isinstance(data.get("metadata"), dict) else {}
    named = [meta.get("kernelspec"), meta.get("language_info")]
    languages = [
        it.get(key)
        for it, key in zip(named, ("language", "name"), strict=True)
        if isinstance(it, dict) and isinstance(it.get(key), str)
    ]
    notebook = _Notebook(source, str(languages[0]).lower() if languages else "python", clean)
    places = _places(source.text, len(data["cells"]))
    head, title = {}, str(meta.get("title") or "")
    blocks: list[str] = []
    for number, cell in enumerate(data["cells"]):
        if not isinstance(cell, dict):
            continue
        notebook.place = places[number] if number < len(places) else Span(0, 0)
        text = _joined(cell.get("source"))
        if (
            not number and cell.get("cell_type") in ("raw", "markdown") and text.startswith("---\n")
        ):  # Quarto's, fastpages'
            found = read_front_matter(SourceText(source.path, f"{text.rstrip()}\n"))
            if found.unread:
                notebook.report("the front matter cannot be read", "write it again in the post")
            head, text = dict(found.data or {}), text.rstrip()[found.body_start :]
            cell = {**cell, "cell_type": "markdown", "source": text}  # noqa: PLW2901 - what is left of it
        if (
            not title
            and not head.get("title")
            and cell.get("cell_type") == "markdown"
            and (found_title := _TITLE.match(text))
        ):
            title = found_title[1]
            cell = {**cell, "source": text[found_title.end() :]}  # noqa: PLW2901
        blocks += [block for block in notebook.blocks(cell) if block.strip()]
    stem = source.path.rpartition("/")[2].removesuffix(".ipynb")
    head = {"title": head.pop("title", None) or title or stem, **head}
    path = names.post(stem, day, with_files=bool(notebook.files))
    folder = path.rpartition("/")[0]
    files = {f"{folder}/{name}": content for name, content in notebook.files.items()}
    return Imported(path, front_matter(head) + "\n\n".join(blocks).strip("\n") + "\n", files, tuple(notebook.problems))


@dataclass(slots=True)
class _Notebook:
    """One notebook on its way: the files of its images, what is not carried over, where its present cell stands."""

    source: SourceText
    language: str
    clean: Callable[[str], str]
    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    place: Span = Span(0, 0)

    def report(self, message: str, hint: str = "") -> None:
        """Name what the present cell loses."""
        self.problems.append(at(self.source, self.place, message, code=RULE, hint=hint))

    def blocks(self, cell: Mapping[str, Any]) -> Iterator[str]:
        """The text of a cell, and that of each of its outputs."""
        kind, text = cell.get("cell_type"), _joined(cell.get("source"))
        meta = cell.get("metadata")
        tags = set(map(str, _list(meta.get("tags")))) if isinstance(meta, dict) else set()
        if tags & _HIDDEN or not kind:
            return
        if kind == "markdown":
            yield self._markdown(text, cell["attachments"] if isinstance(cell.get("attachments"), dict) else {})
        elif kind == "raw":
            if text.strip():
                self.report("a raw cell is left out", "write it as a text")
        elif kind != "code":
            self.report(f"a cell of the type `{kind}` is left out", "write it as a text")
        else:
            options = {found[1]: found[2].strip() for found in _OPTION.finditer(text)}
            text = _OPTION.sub("", text)
            if options.get("include") == "false":
                return
            if text.strip() and options.get("echo") != "false" and not tags & _NO_INPUT:
                yield fenced(text, self.language)
            if options.get("output") != "false" and not tags & _NO_OUTPUT:
                yield from self._outputs(_list(cell.get("outputs")), options.get("fig-cap", "").strip("\"'"))

    def _outputs(self, given: list[Any], caption: str) -> Iterator[str]:
        """The texts of outputs, those of one stream in a row as one."""
        outputs = [it for it in given if isinstance(it, dict)]
        streams = groupby(outputs, lambda it: (it.get("output_type") == "stream", it.get("name")))
        for (is_stream, _), group in streams:
            if is_stream:
                yield fenced(_plain("".join(_joined(it.get("text")) for it in group)), "text")
            else:
                yield from (self._output(output, caption) for output in group)

    def _markdown(self, text: str, attachments: Mapping[str, Any]) -> str:
        rewriting = Rewriting(SourceText(self.source.path, text))
        for found in rewriting.find(_ATTACHED):
            name, held = found[1], attachments.get(found[1])
            kind, data = next(iter(held.items()), ("", "")) if isinstance(held, dict) else ("", "")
            file = self._file(f"attachment-{len(self.files) + 1}.{_IMAGES[kind]}", data) if kind in _IMAGES else ""
            if file:
                rewriting.replace(found.start(), found.end(), f"({file}")
            else:
                self.report(f"the image `{name}` is not in the notebook")
        text = rewriting.result()
        for message, hint in {(it.message, it.hint) for it in rewriting.problems}:  # their places are those in the cell
            self.report(message, hint)
        return text

    def _output(self, output: Mapping[str, Any], caption: str) -> str:
        """One output: the richest form of it that a page can show."""
        if output.get("output_type") == "error":
            trace = (
                "\n".join(map(str, _list(output.get("traceback")))) or f"{output.get('ename')}: {output.get('evalue')}"
            )
            return fenced(_plain(trace), "text")
        data = output.get("data")
        forms = data if isinstance(data, dict) else {}
        before = len(self.problems)
        for form in _ORDER:
            if form in forms and (shown := self._shown(form, _joined(forms[form]), caption)):
                if form == "text/plain" and any(it.startswith("application/") for it in forms):
                    others = ", ".join(f"`{it}`" for it in forms if it.startswith("application/"))
                    self.report(f"an output is carried over as plain text only: {others}", "save it as an image there")
                return shown
        if forms and len(self.problems) == before:
            named = ", ".join(f"`{form}`" for form in forms)
            self.report(f"an output is left out: {named}", "save it as an image or a table there")
        return ""

    def _shown(self, form: str, text: str, caption: str) -> str:
        if form in _IMAGES:
            name = self._file(f"output-{len(self.files) + 1}.{_IMAGES[form]}", text, plain=form == "image/svg+xml")
            return f"![{caption or 'output of the cell above'}]({name})" if name else ""
        if form == "text/latex":
            found = _DISPLAY.match(text.strip())
            return f"$$\n{found[1] if found else text.strip()}\n$$"
        if form == "text/markdown":
            return self._markdown(text, {})
        if form == "text/html":
            cleaned = self.clean(text)
            lines = [line.strip() for line in cleaned.split("\n")]
            html = "\n".join(line for line in lines if line)
            shown = html if _TAG.sub("", html).strip() or "<img" in html else ""
            return printed(shown.replace("$", "&#36;").replace("\\", "&#92;"))  # which begin no formulas here
        return fenced(_plain(text), "text") if text.strip() else ""

    def _file(self, name: str, data: object, *, plain: bool = False) -> str:
        """Keep the bytes of an image; '' where they are none."""
        text = _joined(data)
        if plain and "<" in text:
            self.files[name] = text.encode()
            return name
        try:
            content = base64.b64decode("".join(text.split()), validate=True)
        except (binascii.Error, ValueError):
            content = b""
        if not content:
            self.report("an image is broken, and left out")
            return ""
        self.files[name] = content
        return name


def _list(value: object) -> list[Any]:
    """A value that should be a list; an empty one otherwise."""
    return value if isinstance(value, list) else []


def _joined(text: object) -> str:
    """The text of a field: nbformat splits it into lines."""
    if isinstance(text, list):
        return "".join(map(str, text))
    return text if isinstance(text, str) else ""


def _plain(text: str) -> str:
    """Return the text as a terminal would show it: without colours, each line as it was written last."""
    lines = _ANSI.sub("", text).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines)


def _places(text: str, count: int) -> list[Span]:
    """Where each cell stands in the file; none where they cannot be told."""
    found, decoder, places = _CELLS.search(text), json.JSONDecoder(), list[Span]()
    offset = found.end() if found else len(text)
    while len(places) < count and offset < len(text):
        try:
            _, end = decoder.raw_decode(text, offset)
        except ValueError:
            break
        places.append(Span(offset, offset + 1))
        following = _NEXT.match(text, end)
        offset = following.end() if following else len(text)
    return places
