"""A style sheet in Sass -> CSS, by libsass as in Jekyll's converter (`converters/scss.rb` of jekyll-sass-converter 2)."""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from mathblog.core.diagnostic import Diagnostic, Severity, at
from mathblog.core.source import SourceText, Span
from mathblog.model.options import SassOptions

CODE = "sass"
_ENDINGS = (".scss", ".css")  # libsass cannot import the indented syntax through a function
_PLACE = re.compile(r"^\s+on line (\d+):(\d+) of (.+)$", re.MULTILINE)
_STDIN = "stdin"
Find = Callable[[str], SourceText | None]


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """The CSS, and what was wrong; an error leaves it empty."""

    css: str
    diagnostics: tuple[Diagnostic, ...] = ()


def compile_sass(text: str, source: SourceText, body_start: int, options: SassOptions, find: Find) -> StyleSheet:
    """The CSS of `text`, the body of `source` after Liquid.

    `find` answers for a path in the site with its text; whatever is imported is asked of it. A file that only a theme
    which is not there could have is a warning, and imports nothing.
    """
    try:
        import sass  # type: ignore[import-untyped]
    except ImportError:
        message = "style sheets in Sass need libsass, which is not installed"
        hint = "`pip install 'mathblog[sass]'`"
        span = Span(body_start, body_start + 1)
        return StyleSheet("", (at(source, span, message, code=CODE, severity=Severity.ERROR, hint=hint),))
    imports = _Imports(source, body_start, options, find)
    indented = posixpath.splitext(source.path)[1].lower() == ".sass"
    try:
        css = sass.compile(
            string=text, output_style=options.style, indented=indented, importers=[(0, imports)], include_paths=[]
        )
    except sass.CompileError as error:
        return StyleSheet("", tuple(imports.problems) or (_refused(str(error), imports),))
    broken = any(problem.severity is Severity.ERROR for problem in imports.problems)
    # libsass marks compressed CSS that is not ASCII, and Jekyll's converter takes the mark away
    return StyleSheet("" if broken else css.removeprefix("\ufeff"), tuple(imports.problems))


@dataclass(slots=True)
class _Imports:
    """Answers libsass's imports from the site's files, and keeps what it answered.

    A partial in the indented syntax (`.sass`) is not found: libsass reads that only from a disk.
    """

    source: SourceText
    body_start: int
    options: SassOptions
    find: Find
    files: dict[str, SourceText] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def __call__(self, path: str, previous: str) -> list[tuple[str, str]]:
        """The file that an `@import` in `previous` means, as libsass wants it."""
        for candidate in self._candidates(path, previous):
            found = self.find(candidate)
            if found is not None:
                self.files[found.path] = found
                return [(found.path, found.text)]
        self._report(path, self.files.get(previous, self.source))
        return [(f"missing/{path}.scss", "")]

    def _candidates(self, path: str, previous: str) -> Iterator[str]:
        own = [] if previous == _STDIN else [posixpath.dirname(previous)]
        for folder in (*own, self.options.folder, *self.options.load_paths):
            stem = posixpath.normpath(posixpath.join(folder, path))
            if stem.startswith("../"):
                continue
            where, name = posixpath.split(stem)
            for base in (name, f"_{name}"):
                plain = posixpath.join(where, base)
                yield from [plain] if posixpath.splitext(base)[1] in _ENDINGS else [plain + end for end in _ENDINGS]
            yield posixpath.join(stem, "_index.scss")

    def _report(self, path: str, source: SourceText) -> None:
        start = source.text.find(path)
        span = Span(start, start + len(path)) if start >= 0 else Span(self.body_start, self.body_start + 1)
        theme = self.options.theme
        severity = Severity.WARNING if theme else Severity.ERROR
        message = f"no style sheet named `{path}`"
        hint = f"there is no such file in `{self.options.folder}`"
        if theme:
            message = f"{message}: if the theme `{theme}` brings it, it is not here, and nothing is imported"
            hint = f"copy the theme's `_sass` folder into the site, or write `{self.options.folder}/{path}.scss`"
        self.problems.append(at(source, span, message, code=CODE, severity=severity, hint=hint))


def _refused(message: str, imports: _Imports) -> Diagnostic:
    """Libsass's error at its place: a line of the text that it was given, which begins where the body does."""
    first = message.splitlines()[0].removeprefix("Error: ").rstrip(".").replace('"', "`")
    place = _PLACE.search(message)
    source, line, column = imports.source, 1, 1
    above = imports.source.text.count("\n", 0, imports.body_start)
    if place:
        source = imports.files.get(place[3], imports.source)
        line, column = int(place[1]) + (above if source is imports.source else 0), int(place[2])
    offset = min(source.offset(line) + column - 1, len(source.text))
    text = first[:1].lower() + first[1:]
    return at(source, Span(offset, offset + 1), text, code=CODE, severity=Severity.ERROR)
