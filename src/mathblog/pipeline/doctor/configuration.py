"""Keys of the configuration that Jekyll knows and mathblog does not do."""

import datetime
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mathblog.config.defaults import JEKYLL_DEFAULTS
from mathblog.config.known import KRAMDOWN_HONOURED, SECTIONS
from mathblog.core.diagnostic import at, in_file
from mathblog.model.values import Value
from mathblog.pipeline.doctor.subject import CODE, Finding, Subject


class _Note(NamedTuple):
    """The finding for a key whose value is not one of those that change nothing."""

    message: str
    hint: str
    harmless: tuple[Value, ...] = (None, False)


_GONE = "take it out"
_NONE = ("none", "prism", "highlightjs", "highlight.js")  # a script in the browser colours the code
_NOTES: Mapping[tuple[str, ...], _Note] = {
    ("lsi",): _Note("related posts are the newest ones, without LSI", _GONE),
    ("incremental",): _Note("every build is incremental, and never stale", _GONE),
    ("strict_front_matter",): _Note("front matter is always checked: an error in it ends the build", _GONE),
    ("whitelist",): _Note("plugins written in Ruby are never run", _GONE, (None, ())),
    ("plugins_dir",): _Note("plugins written in Ruby are never run", _GONE, (None, "_plugins")),
    ("gems",): _Note("Jekyll 4 reads `plugins`, and no `gems` any more", "name them in `plugins`", (None, ())),
    ("profile",): _Note("there is no profile of Liquid", "`mathblog explain URL` says why a page was made"),
    ("quiet",): _Note("how much is printed is said on the command line", "`mathblog build -q`"),
    ("verbose",): _Note("how much is printed is said on the command line", "`mathblog build -V`"),
    ("host",): _Note("the preview listens where the command line says", "`mathblog serve -H HOST`", (None, "127.0.0.1", "localhost")),
    ("port",): _Note("the preview listens where the command line says", "`mathblog serve -P PORT`", (None, "4000", 4000)),
    ("detach",): _Note("the preview stays in the foreground", "your shell can put it into the background"),
    ("show_dir_listing",): _Note("the preview lists no folders", "give the folder an `index.html`"),
    ("cache_dir",): _Note(
        "`.jekyll-cache` is left to Jekyll: mathblog's cache is `.mathblog-cache`", "name another folder", (None,)
    ),
    ("highlighter",): _Note("code is coloured by Pygments, with Rouge's classes", _GONE, (None, False, "rouge", "pygments", *_NONE)),
    ("kramdown", "math_engine"): _Note("formulas are rendered by KaTeX, at build time", _GONE, (None, "mathjax", "katex")),
    ("kramdown", "math_engine_opts"): _Note(
        "formulas are rendered by KaTeX, at build time", "macros belong into `math.macros`", (None, {})
    ),
    ("kramdown", "input"): _Note("the text is read as GitHub's kramdown", _GONE, (None, "GFM")),
    ("kramdown", "syntax_highlighter"): _Note(
        "code is coloured by Pygments, with Rouge's classes", _GONE, (None, "rouge", *_NONE)
    ),
    ("liquid", "error_mode"): _Note(
        "what Liquid cannot read is an error or a warning of its own", "`strict` turns `strict_filters` on", (None, "warn", "strict")
    ),
    ("sass", "line_comments"): _Note("no comments are written into style sheets", _GONE),
    ("sass", "sourcemap"): _Note("no source maps are written", _GONE, (None, "never", False)),
    ("sass", "implementation"): _Note("style sheets are compiled by Dart Sass", _GONE, (None, "sass-embedded")),
    ("markdown",): _Note(
        "the plain dialect is CommonMark, with tables and formulas; GitHub's other extensions are left out",
        "write `markdown: kramdown` for Jekyll's own",
        (None, "kramdown", "GFM", "Kramdown", "commonmark"),
    ),
}  # fmt: skip
_OPTIONS_OF_ROUGE = frozenset({"line_numbers", "default_lang", "disable"})


def check_configuration(subject: Subject) -> Iterator[Finding]:
    """A finding for each key whose value Jekyll heeds and mathblog does not, where the key stands."""
    for key, (source, span) in subject.keys.items():
        note = _note_on(subject, key)
        if note:
            yield Finding(at(source, span, f"`{'.'.join(key)}`: {note.message}", code=CODE, hint=note.hint))
    dates = (document.meta.data.get("date") for document in subject.documents)
    if any(isinstance(date, datetime.datetime) for date in dates) and not subject.config.reading.timezone:
        message = "no `timezone`: Jekyll takes that of the machine, mathblog UTC; a date near midnight may have another address"
        yield Finding(in_file("_config.yml", message, code=CODE, hint="write `timezone: Asia/Seoul`, or what yours is"))


def _note_on(subject: Subject, key: tuple[str, ...]) -> _Note | None:
    value: Value = subject.config.raw
    for part in key:
        value = value.get(part) if isinstance(value, Mapping) else None
    if key == ("compress_html",) and not any(
        "site.compress_html" in template.text for template in (*subject.templates, *subject.lent)
    ):
        return _Note(
            "no layout of the site's own asks for it: pages are not compressed",
            "copy `_layouts/compress.html` into this folder",
        )
    note = _NOTES.get(key)
    if note is not None:
        plain = tuple(value) if isinstance(value, list) else value
        return None if plain in note.harmless else note
    if key[0] != "kramdown" or len(key) < 2:  # noqa: PLR2004 - the section and its key
        return None
    if key[1] == "syntax_highlighter_opts":
        if key[-1] in {*_OPTIONS_OF_ROUGE, "syntax_highlighter_opts", "block", "span"}:
            return None
        return _Note("this option of Rouge's changes nothing here", _GONE)
    if len(key) > 2 or key[1] in KRAMDOWN_HONOURED or key[1] not in SECTIONS["kramdown"]:  # noqa: PLR2004
        return None
    defaults = JEKYLL_DEFAULTS["kramdown"]
    if value is None or (isinstance(defaults, Mapping) and value == defaults.get(key[1])):
        return None
    return _Note("this option of kramdown's changes nothing here", _GONE)
