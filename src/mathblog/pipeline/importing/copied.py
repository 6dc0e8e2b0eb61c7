"""The kinds of files that come with texts: those that a page shows or hands over, none that runs."""

from collections.abc import Callable, Collection

from mathblog.core.diagnostic import in_file
from mathblog.pipeline.beside import Beside
from mathblog.pipeline.images.svg import clean_svg

_SHOWN = "png jpg jpeg gif webp avif bmp ico svg mp3 m4a ogg oga opus wav flac mp4 m4v webm ogv mov vtt srt"
_HANDED_OVER = "pdf bib bibtex csv tsv txt tex ps eps dvi zip gz xz bz2 tar tgz 7z ods odt odp xlsx docx pptx epub ipynb nb m mat npy npz h5 dat"
_ENDINGS = frozenset(f".{name}" for name in f"{_SHOWN} {_HANDED_OVER}".split())
_OWN_FOLDERS = ("_posts", "_drafts", "_bibliography")


def may_write(path: str) -> bool:
    """Whether an import may make a file at this path of a site.

    It may not where a program would take it for settings or code: hidden files and folders, those of the site that mathblog
    reads (`_layouts`, `_plugins`, `_data`), files that are neither posts nor of a kind that is shown or handed over.
    """
    first, *rest = path.split("/")
    if any(name.startswith(".") for name in (first, *rest)) or (first.startswith("_") and first not in _OWN_FOLDERS):
        return False
    return path.endswith(".md") or is_passive(path)


def is_passive(path: str) -> bool:
    """Whether a browser shows or keeps a file and runs nothing of it, going by its name. An SVG counts; see `clean_svg`."""
    name = path.rpartition("/")[2].lower()
    return name[name.rfind(".") :] in _ENDINGS


def without_active(beside: Beside, sources: Collection[str], read: Callable[[str], bytes]) -> Beside:
    """The files among the posts (`sources`) that `--safe` publishes: those of which a browser runs nothing, and one warning for each other one."""
    files: dict[str, str] = {}
    problems = list(beside.diagnostics)
    for path, source in beside.files.items():
        fault = _active(source, read) if source in sources else ""
        if fault:
            message = f"not published: {fault}"
            problems.append(in_file(source, message, code="safe", hint="without `--safe` it is published as it is"))
        else:
            files[path] = source
    return Beside(files, tuple(problems))


def _active(source: str, read: Callable[[str], bytes]) -> str:
    """Why a browser may run something of a file, '' where it does not."""
    if not is_passive(source):
        return "it is of no kind that pages only show"
    if not source.lower().endswith(".svg"):
        return ""
    try:
        taken = clean_svg(read(source))[1]
    except ValueError as error:
        return f"as a drawing {error}"
    return "the drawing has " + ", ".join(f"`{it}`" for it in taken) if taken else ""
