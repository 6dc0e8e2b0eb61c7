"""A style sheet in Sass -> CSS, by Sass's own compiler as in Jekyll's converter (jekyll-sass-converter 3's `scss.rb`)."""

import colorsys
import posixpath
import re

from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.segments import SegmentMap
from mathblog.core.source import SourceText, Span
from mathblog.core.stops import Stop
from mathblog.model.options import SassOptions
from mathblog.styles.commas import without_last_comma
from mathblog.styles.compiler import SassAnswer, SassCompiler, SassPlace, read_answer, request
from mathblog.styles.imports import Find, Imports

CODE = "sass"
_PERCENT = r"(-?\d*\.?\d+)%"
_FINE_COLOUR = lazy_pattern(
    rf"\b(?:rgba?\({_PERCENT}|hsla?\((-?\d*\.?\d+)(?:deg)?),\s*{_PERCENT},\s*{_PERCENT}(\)|,[^()]*\))"
)
_MOST_ROUNDS = 500  # names that a style sheet computes, one more each time


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """The CSS, and what was wrong; an error leaves it empty."""

    css: str
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet after Liquid: its text, the file that it came from, and the way back there."""

    text: str
    source: SourceText
    segments: SegmentMap


def compile_sass(sheet: Sheet, options: SassOptions, find: Find, compiler: SassCompiler) -> StyleSheet:
    """The CSS of a style sheet.

    `find` answers for a path in the site with its text; whatever is loaded is asked of it. A file that only a theme
    which is not there could have is a warning, and counts as empty.
    """
    imports = Imports(options, find)
    imports.learn("", sheet.text)
    indented = posixpath.splitext(sheet.source.path)[1].lower() == ".sass"
    answer = _ask(sheet.text, indented, imports, compiler)
    problems = _missing(answer, sheet, imports)
    if answer.old:  # one warning for all spellings that a later Sass will not know; this one does
        kinds = ", ".join(f"`{kind}` ({count})" for kind, count in sorted(answer.old.items()))
        total = sum(answer.old.values())
        message = f"{total} old spelling{'s' if total > 1 else ''} that a later Sass will refuse: {kinds}"
        hint = "they work here; https://sass-lang.com/d/NAME tells of each"
        problems.append(at(*_place(answer.first, sheet, imports), message, code=CODE, hint=hint))
    for source, comma in imports.commas:
        span = Span(comma, comma + 1)
        found = (source, span) if source.path else (sheet.source, sheet.segments.source_span(span))
        message = "a comma behind the last selector of a rule, which Sass refuses by now, is left out"
        problems.append(at(*found, message, code=CODE, hint="take it out"))
    problems += [at(*_place(said.place, sheet, imports), said.message, code=CODE) for said in answer.said]
    if answer.error and not (answer.missing and not options.theme):
        code, message, hint = CODE if answer.missing else Stop.SASS, _worded(answer.error.message), ""
        if answer.missing:
            message = f"the style sheet is left empty: {message}"
            hint = "the theme's style sheets that are missing may define it"
        problems.append(at(*_place(answer.error.place, sheet, imports), message, code=code, hint=hint))
    css = "" if answer.error else answer.css
    return StyleSheet(_finished(css), tuple(dict.fromkeys(problems)))


def compile_text(
    text: str, options: SassOptions, find: Find, compiler: SassCompiler, *, indented: bool
) -> tuple[str, str]:
    """Return the CSS of a text, as the filters `scssify` and `sassify` want it, and an error in words or ''.

    Names are looked up as in a style sheet of the site (jekyll-sass-converter's `Scss#sass_configs`).
    """
    imports = Imports(options, find)
    imports.learn("", text)
    answer = _ask(text, indented, imports, compiler)
    if answer.missing and not options.theme:
        return "", f"no style sheet named `{answer.missing[0][1]}`"
    if answer.missing or not answer.error:
        return _finished(answer.css), ""
    error, place = _worded(answer.error.message), answer.error.place
    if place and (source := imports.files.get(place.path)):
        error += f" in `{source.path}`, line {source.text.count(chr(10), 0, place.start) + 1}"
    return _finished(answer.css), error


def _ask(text: str, indented: bool, imports: Imports, compiler: SassCompiler) -> SassAnswer:  # noqa: FBT001
    """The compiler's answer, asked again for each name that only its own calculation showed."""
    for _ in range(_MOST_ROUNDS):
        answer = read_answer(compiler.compile(request(text, imports, indented=indented)))
        if answer.wanted is not None:
            found = imports.look_up(*answer.wanted)
            if found:
                imports.learn(found.path, found.text)
        elif (mended := _without_comma(answer, text, imports, indented=indented)) is not None:
            text = mended
        else:
            break
    return answer


def _without_comma(answer: SassAnswer, text: str, imports: Imports, *, indented: bool) -> str | None:
    """The sheet's text, after a comma at which Sass stopped was taken out of it or of a file that it loads."""
    place = answer.error.place if answer.error else None
    loaded = imports.files.get(place.path) if place else None
    if place is None or not (loaded.path.endswith(".sass") if loaded else indented):
        return None
    source = loaded or SourceText("", text)
    made = without_last_comma(source.text, _characters(source.text, place.start))
    if made is None:
        return None
    imports.commas.append((source, made[1]))
    if loaded is None:
        return made[0]
    imports.files[loaded.path] = SourceText(loaded.path, made[0])
    return text


def _missing(answer: SassAnswer, sheet: Sheet, imports: Imports) -> list[Diagnostic]:
    """A problem for each file that is nowhere, at the place that names it."""
    theme, folder = imports.options.theme, imports.options.folder
    problems = []
    for path, name in dict.fromkeys(answer.missing):
        source = imports.files.get(path, sheet.source)
        start = source.text.find(name)
        span = Span(start, start + len(name)) if start >= 0 else Span(0, 1)
        message = f"no style sheet named `{name}`"
        hint = f"there is no such file in `{folder}`"
        if theme:
            message += f": if the theme `{theme}` brings it, it is not here, and nothing is imported"
            hint = f"copy the theme's `_sass` folder into the site, or write `{folder}/{name}.scss`"
        elif "node_modules" in name:
            hint = "name `node_modules` in `sass: {load_paths: […]}` of `_config.yml`, after `npm install`"
        problems.append(at(source, span, message, code=CODE if theme else Stop.SASS, hint=hint))
    return problems


def _place(place: SassPlace | None, sheet: Sheet, imports: Imports) -> tuple[SourceText, Span]:
    """The author's file that a place of Sass's is in, and where; the beginning of the style sheet for None."""
    if place is None:
        return sheet.source, sheet.segments.source_span(Span(0, 1))
    imported = imports.files.get(place.path)
    text = imported.text if imported else sheet.text
    span = Span(_characters(text, place.start), _characters(text, place.end))
    return (imported, span) if imported else (sheet.source, sheet.segments.source_span(span))


def _finished(css: str) -> str:
    """The CSS with its last line ended, and calculated colours in eight bits a channel, which is what browsers keep.

    Sass before 1.79 and sassc wrote them like this; later ones write `rgb(12.1182566291%, 50%, 3%)`.
    """
    if "%" in css:
        css = _FINE_COLOUR.sub(_in_bytes, css)
    return css + "\n" if css and not css.endswith("\n") else css


def _in_bytes(found: "re.Match[str]") -> str:
    """A colour by its channels, or by hue, saturation and lightness, as Sass before 1.79 writes it."""
    red, hue, second, third, rest = found.groups()
    if hue is None:
        channels = [float(channel) / 100 for channel in (red, second, third)]
    else:
        channels = list(colorsys.hls_to_rgb(float(hue) / 360 % 1, float(third) / 100, float(second) / 100))
    numbers = [min(255, max(0, int(channel * 255 + 0.5))) for channel in channels]
    if rest == ")":
        return "#" + "".join(f"{number:02x}" for number in numbers)
    comma = ", " if rest.startswith(", ") else ","
    return f"rgba({comma.join(map(str, numbers))}{rest}"


def _characters(text: str, units: int) -> int:
    """An offset in characters for one in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "replace"))


def _worded(message: str) -> str:
    """Sass's words in our form."""
    first = message.partition("\n")[0].rstrip(".").replace('"', "`")
    return first[:1].lower() + first[1:]
