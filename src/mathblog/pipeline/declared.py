"""A configuration, completed by what the site's own layouts and scripts declare about formulas."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.source import SourceText, Span
from mathblog.math.declared.declared import MATHJAX, Configuration, Declared, read_declared, read_literals
from mathblog.math.declared.scripts import Script, find_scripts, named_files
from mathblog.math.preamble import read_preamble
from mathblog.model.layout import Layout
from mathblog.model.options import PACKAGES, Config


class ScriptResult(NamedTuple):
    """The configurations that a script declared when it was run, and why it declared none, '' where there is nothing to say."""

    configurations: tuple[Configuration, ...]
    problem: str = ""


class ScriptTools(NamedTuple):
    """The tools from outside: the site's script files by their names, and an engine that runs scripts."""

    files: Callable[[frozenset[str]], Sequence[SourceText]]
    run: Callable[[Sequence[Script]], Sequence[ScriptResult]]


class Adopted(NamedTuple):
    """The completed configuration, and what could not be read."""

    config: Config
    diagnostics: tuple[Diagnostic, ...]


def adopt_preambles(config: Config, preambles: Sequence[SourceText]) -> Adopted:
    """The configuration with the macros of files of TeX; those of `math.macros` win."""
    found = [read_preamble(source) for source in preambles]
    definitions = tuple(tex for preamble in found for tex in preamble.definitions)
    math = replace(config.math, definitions=(*definitions, *config.math.definitions))
    return Adopted(replace(config, math=math), tuple(chain.from_iterable(preamble.diagnostics for preamble in found)))


def adopt_declared(
    config: Config, layouts: Mapping[str, Layout], includes: Mapping[str, SourceText], tools: ScriptTools
) -> Adopted:
    """The configuration with the macros, delimiters, packages and numbers that the site gives to MathJax or KaTeX.

    What `math:` in `_config.yml` says itself wins: the result is a configuration like any other, so every stage's key
    knows it.
    """
    templates = [layouts[name].source for name in sorted(layouts)] + [includes[name] for name in sorted(includes)]
    names = named_files([*(source.text for source in templates), repr(config.raw) if config.raw else ""])
    files = tools.files(names) if names else ()
    scripts = find_scripts(templates, files, config.raw)
    results = list(tools.run(scripts)) if scripts else []
    configurations: list[Configuration] = []
    for script, known in zip(scripts, results, strict=True):
        literals = read_literals(script.text) if known.problem else ()  # of one that failed
        found = [Configuration(MATHJAX, value) for value in literals] if known.problem else known.configurations
        configurations += [it._replace(source=script.source.path) for it in found]
    declared = read_declared(
        {name: layout.source.text for name, layout in layouts.items()},
        {name: source.text for name, source in includes.items()},
        configurations,
        config.raw,
    )
    problems = [(script, _problem(known)) for script, known in zip(scripts, results, strict=True) if _problem(known)]
    diagnostics: list[Diagnostic] = []
    if problems:  # one warning about all scripts that set up formulas and could not be read, at the first of them
        script, reason = problems[0]
        more = f", and so {len(problems) - 1} more" if len(problems) > 1 else ""
        message = f"cannot read all that this script tells MathJax or KaTeX: {reason}{more}"
        hint = "write its macros into `_config.yml`, under `macros:` in `math:`"
        diagnostics.append(at(script.source, Span(script.start, script.start), message, code="math", hint=hint))
    return Adopted(_complete(config, declared), tuple(diagnostics))


def _complete(config: Config, found: Declared) -> Config:
    section = config.value("math")
    written = section if isinstance(section, Mapping) else {}
    is_set = written.get("single_dollar") is not None or found.single_dollar is None
    dollar = config.markdown.single_dollar if is_set else found.single_dollar is True
    math = replace(
        config.math,
        definitions=(*found.definitions, *config.math.definitions),
        color_argument=found.color_argument,
        number=config.math.number if written.get("number") is not None else found.number or config.math.number,
        packages=tuple(name for name in PACKAGES if name in (*config.math.packages, *found.packages)),
    )
    escaped = found.double_dollar and config.markdown.kramdown
    markdown = replace(config.markdown, single_dollar=dollar, escaped_display=escaped)
    return replace(config, math=math, markdown=markdown)


def _problem(results: ScriptResult) -> str:
    unread = [name for it in results.configurations for name in it.unread]
    return results.problem or (f"`{unread[0]}` is not known here" if unread else "")
