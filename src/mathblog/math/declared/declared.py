r"""The declarations of a site to MathJax or KaTeX in the browser: macros, packages, numbers, and whether `$` opens a formula.

It is what scripts in layouts, includes and script files gave to `MathJax.Hub.Config` (MathJax 2), `MathJax` (3 and 4),
`renderMathInElement` and `katex.render` when they were run, what `_config.yml` says, and formulas of a layout that only
define, such as `<div hidden>$$\newcommand…$$</div>`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple, TypeGuard

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.math.declared.branches import drop_dead_branches
from mathblog.math.declared.javascript import Literal, read_literal, skip_expression
from mathblog.model.values import Data
from mathblog.text.tex.definitions import find_definitions, may_define, only_defines

KATEX, MATHJAX, MATHJAX_2 = "katex", "mathjax", "mathjax2"  # who was told
_CONFIGURATION = lazy_pattern(r"\bMathJax\.Hub\.Config\s*\(|\bMathJax\s*=(?!=)|\brenderMathInElement\s*\(")
_REMARK = lazy_pattern(r"(?<!:)//")
_LONGEST_REMARK = 200  # characters before a configuration that may comment it out
_VERSION_2 = lazy_pattern(r"MathJax\.js\b|mathjax@2|mathjax/2\.", re.IGNORECASE)
_LOADS_MATHJAX = lazy_pattern(r"\bsrc\s*=[^<>\n]{0,300}?(?:mathjax|/tex-(?:mml-)?(?:chtml|svg))", re.IGNORECASE)
_LOADS_KATEX = lazy_pattern(r"\bsrc\s*=[^<>\n]{0,300}?(?:katex|auto-render)", re.IGNORECASE)
_AUTO_RENDER = lazy_pattern(r"\bsrc\s*=[^<>\n]{0,300}?auto-render", re.IGNORECASE)
_OPENING = lazy_pattern(r"\$\$?|\\[(\[]")
_CLOSING = {"$": "$", "$$": "$$", "\\(": "\\)", "\\[": "\\]"}
_INCLUDED = lazy_pattern(r"\{%-?\s*include(?:_cached)?\s+['\"]?([\w./-]+)")
_RAW = lazy_pattern(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_PARAMETER = lazy_pattern(r"#([1-9])")
_NAME = lazy_pattern(r"\\(?:[a-zA-Z@]+|[^a-zA-Z@\s])")


class Configuration(NamedTuple):
    """A configuration that a script gave to KaTeX, MathJax or MathJax 2 (`kind`). `unread` are names that stood for a part of it.

    `source` is the file of the script: of several in one the last has the last word.
    """

    kind: str
    value: Literal
    unread: tuple[str, ...] = ()
    source: str = ""


class Declared(NamedTuple):
    r"""The declarations of a site. `single_dollar` is None where nothing says which delimiters there are, `number` where nobody is told.

    `color_argument` says that `\color{red}{x}` colours its argument alone: MathJax 2, or KaTeX when told so. `number` is
    `ams`, `all`, `labelled` or `none`, `packages` are those that MathJax loads. `double_dollar` says that a script shows `$$…$$` in
    the text of a page as a display formula: so do MathJax and KaTeX's auto-render unless their delimiters say otherwise.
    """

    definitions: tuple[str, ...] = ()
    single_dollar: bool | None = None
    color_argument: bool = False
    number: str | None = None
    packages: tuple[str, ...] = ()
    double_dollar: bool = False


def read_declared(
    layouts: Mapping[str, str], includes: Mapping[str, str], told: Sequence[Configuration], site: Data
) -> Declared:
    """Return what a site declares. Layouts and includes are by name, `site` is the configuration as written.

    The first definition of a macro wins.
    """
    used, waiting = set[str](), list(layouts.values())  # the includes that layouts name, directly or through others
    while waiting:
        further = {name for name in _INCLUDED.findall(waiting.pop()) if name in includes} - used
        used |= further
        waiting += [includes[name] for name in further]
    texts = [
        (drop_dead_branches(_without_comments(text), site), name in layouts or name in used)
        for name, text in (*sorted(layouts.items()), *sorted(includes.items()))
    ]
    scripts = _Scripts((*told, *_settings(site)), [text for text, _ in texts])
    macros = _all_macros(scripts.configurations)
    formulas = (tex for text, everywhere in texts if everywhere and may_define(text) for tex in _formulas(text))
    macros |= {found.name: found.tex for tex in formulas if only_defines(tex) for found in find_definitions(tex)}
    return Declared(
        tuple(macros.values()),
        scripts.single_dollar(),
        scripts.color_argument(),
        scripts.number(),
        tuple(dict.fromkeys(scripts.packages())),
        scripts.double_dollar(),
    )


@dataclass(frozen=True, slots=True)
class _Scripts:
    """The scripts of a site: what KaTeX and MathJax are told, and the texts that load them. Its answers are the fields of `Declared`."""

    told: Sequence[Configuration]
    texts: Sequence[str]

    @property
    def configurations(self) -> list[Mapping[str, Literal]]:
        """The values of those that are mappings."""
        return [it.value for it in self.told if isinstance(it.value, Mapping)]

    def single_dollar(self) -> bool | None:
        """Whether `$` opens a formula in a line of text."""
        said: list[Literal] | None = None
        for configuration in self.configurations:
            found = _inner(configuration, "delimiters")
            if _is_list(found):
                inline = [_inner(entry, "left") for entry in found if _inner(entry, "display") is not True]
                said = [*(said or ()), *inline]
                continue
            for keys in (("tex2jax", "inlineMath"), ("tex", "inlineMath"), ("tex", "inlineMath", "[+]")):
                found = _inner(configuration, *keys)
                if _is_list(found):
                    said = [*(said or ()), *(entry[0] for entry in found if isinstance(entry, Sequence) and entry)]
                    break
        return None if said is None else "$" in said

    def color_argument(self) -> bool:
        r"""Whether `\color{red}{x}` colours its argument alone."""
        configurations = self.configurations
        if any(it.get("colorIsTextColor") is True for it in configurations):
            return True
        told_2 = any("tex2jax" in it or "TeX" in it for it in configurations)
        extensions = [_inner(it, "TeX", "extensions") for it in configurations]
        # MathJax 2 may load an extension that makes `\color` LaTeX's
        as_latex = any(isinstance(it, Sequence) and "color.js" in it for it in extensions)
        return not as_latex and (told_2 or any(_VERSION_2.search(text) for text in self.texts))

    def number(self) -> str | None:
        """The equations that have numbers: MathJax numbers none unless it is told to, so a label says which are meant.

        KaTeX's style sheet counts all environments.
        """
        said = {
            it.source or index: str(word).lower()
            for index, it in enumerate(self.told)
            for keys in (("tex", "tags"), ("TeX", "equationNumbers", "autoNumber"))
            if (word := _inner(it.value, *keys)) is not None
        }
        words = list(said.values())
        if found := next((word for word in ("all", "ams") if word in words), None):
            return found
        if any(it.kind == KATEX for it in self.told) or any(_LOADS_KATEX.search(text) for text in self.texts):
            return "ams"
        if "none" in words:
            return "none"
        mathjax = any(it.kind in (MATHJAX, MATHJAX_2) for it in self.told)
        return "labelled" if words or mathjax or any(_LOADS_MATHJAX.search(it) for it in self.texts) else None

    def double_dollar(self) -> bool:
        """Whether a script that reads the text of pages has `$$` among its delimiters of display formulas, as by default."""
        said: list[Literal] = []
        for it in self.told:
            for keys in (("delimiters",), ("tex2jax", "displayMath"), ("tex", "displayMath")):
                found = _inner(it.value, *keys)
                if _is_list(found):
                    pairs = [entry for entry in found if isinstance(entry, Sequence) and entry]
                    said += [_inner(entry, "left") for entry in found] + [entry[0] for entry in pairs]
        if said:
            return "$$" in said
        by_default = any(it.kind in (MATHJAX, MATHJAX_2) for it in self.told)
        return by_default or any(_LOADS_MATHJAX.search(text) or _AUTO_RENDER.search(text) for text in self.texts)

    def packages(self) -> Iterator[str]:
        """`physics` for `[tex]/physics` in `load`, `physics` in `packages`, `physics.js` or its path in `extensions`."""
        for configuration in self.configurations:
            for keys in (
                ("loader", "load"),
                ("tex", "packages"),
                ("tex", "packages", "[+]"),
                ("TeX", "extensions"),
                ("extensions",),
            ):
                found = _inner(configuration, *keys)
                if _is_list(found):
                    yield from (name.rpartition("/")[2].removesuffix(".js") for name in found if isinstance(name, str))


def _is_list(value: Literal) -> TypeGuard[Sequence[Literal]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def read_macros(html: str) -> tuple[str, ...]:
    """The definitions of the macros that a page itself gives to MathJax or KaTeX, as literals."""
    return tuple(_all_macros(read_literals(_without_comments(html))).values())


def read_literals(html: str) -> Iterator[Mapping[str, Literal]]:
    """The configurations that stand in a text as literals; nothing of it is run."""
    at = 0
    while found := _CONFIGURATION.search(html, at):
        start, at = found.start(), found.end()
        if _REMARK.search(html, max(html.rfind("\n", 0, start), start - _LONGEST_REMARK), start):
            continue
        if found[0].startswith("render"):
            at = skip_expression(html, at) + 1
        value, at = read_literal(html, at)
        if isinstance(value, Mapping):
            yield value


def _settings(site: Data) -> Iterator[Configuration]:
    """The declarations in `_config.yml`: the options of a theme's MathJax, of kramdown's engine for formulas, of KaTeX."""
    kramdown, mathjax, katex = site.get("kramdown"), site.get("mathjax"), site.get("katex")
    if isinstance(mathjax, Mapping):
        parts = {"tex": mathjax, **mathjax} if "tex" not in mathjax and "TeX" not in mathjax else mathjax
        yield Configuration("", _plain(parts))
    if isinstance(kramdown, Mapping):
        kind = KATEX if kramdown.get("math_engine") == "katex" else ""
        yield Configuration(kind, _plain({"macros": _inner(_plain(kramdown), "math_engine_opts", "macros")}))
    if isinstance(katex, Mapping):
        yield Configuration("", _plain(katex))
    jektex = site.get("jektex")  # the plugin of this name has pairs: `["\\Q", "\\mathbb{Q}"]`
    pairs = jektex.get("macros") if isinstance(jektex, Mapping) else None
    if isinstance(pairs, list | tuple):
        macros = {str(pair[0]): pair[1] for pair in pairs if isinstance(pair, list | tuple) and len(pair) > 1}
        yield Configuration("", _plain({"macros": macros}))


def _plain(value: object) -> Literal:
    """A value of YAML as JavaScript would have it."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, bool | int | float | str) else None


def _all_macros(configurations: Iterable[Mapping[str, Literal]]) -> dict[str, str]:
    r"""Definitions by name, from `RR: "\\mathbb{R}"` or `abs: ["|#1|", 1]`, with a default for the first as a third item."""
    macros: dict[str, str] = {}
    for configuration in configurations:
        for keys in (("TeX", "Macros"), ("tex", "macros"), ("macros",)):
            found = _inner(configuration, *keys)
            for name, value in found.items() if isinstance(found, Mapping) else ():
                command = name if name.startswith("\\") else f"\\{name}"
                tex = define(command, value)
                if tex and _NAME.fullmatch(command):
                    macros.setdefault(command, tex)
    return macros


def _without_comments(html: str) -> str:
    html = _cut(html, "<!--", "-->")
    return _cut(html, "{% comment %}", "{% endcomment %}")


def _cut(html: str, opening: str, closing: str) -> str:
    """A text without all that stands between two marks; what is never closed stays."""
    parts, at = [], 0
    while (start := html.find(opening, at)) >= 0 and (end := html.find(closing, start)) >= 0:
        parts.append(html[at:start])
        at = end + len(closing)
    return "".join((*parts, html[at:]))


def _formulas(html: str) -> Iterator[str]:
    html = _RAW.sub("", _cut(_cut(html, "<script", "</script>"), "<style", "</style>"))
    at, unclosed = 0, set[str]()
    while found := _OPENING.search(html, at):
        closer = _CLOSING[found[0]]
        end = -1 if closer in unclosed else html.find(closer, found.end())
        if end < 0:
            unclosed.add(closer)
            at = found.end()
        else:
            yield unescape(html[found.end() : end])
            at = end + len(closer)


def _inner(value: Literal, *keys: str) -> Literal:
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def define(name: str, value: Literal) -> str:
    r"""The `\newcommand` for a macro as MathJax is told of it; an empty text for what is none."""
    parts = list(value) if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    body, count, default = (*parts, None, None)[:3] if parts else (None, None, None)
    if not isinstance(body, str):
        return ""
    arguments = int(count) if isinstance(count, float | int) else max(map(int, _PARAMETER.findall(body)), default=0)
    if not 0 <= arguments <= 9:  # noqa: PLR2004 - TeX has `#1` to `#9`
        return ""
    optional = f"[{default}]" if arguments and isinstance(default, str) else ""
    return f"\\newcommand{{{name}}}{f'[{arguments}]' if arguments else ''}{optional}{{{body}}}"
