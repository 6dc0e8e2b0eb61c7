"""Files below `_layouts` -> layouts by name (Jekyll's `readers/layout_reader.rb`)."""

import posixpath
from collections.abc import Mapping
from typing import NamedTuple

from mathblog.core.diagnostic import Diagnostic, Severity
from mathblog.core.source import SourceText
from mathblog.model.layout import Layout
from mathblog.reading.frontmatter import read_front_matter


class Layouts(NamedTuple):
    """The layouts, and what is wrong with their front matter."""

    layouts: Mapping[str, Layout]
    diagnostics: tuple[Diagnostic, ...]


def read_layouts(sources: Mapping[str, SourceText]) -> Layouts:
    """The layouts among `sources`, which are by their path below the folder. Of two with one name the last one counts."""
    found: dict[str, Layout] = {}
    problems: list[Diagnostic] = []
    for path, source in sorted(sources.items()):
        front = read_front_matter(source)
        problems += front.diagnostics
        name = posixpath.splitext(path)[0]
        errors = tuple(problem for problem in front.diagnostics if problem.severity is Severity.ERROR)
        found[name] = Layout(name, source, front.body_start, front.data or {}, front.keys.get("layout"), errors)
    return Layouts(found, tuple(problems))
