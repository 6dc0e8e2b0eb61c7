"""A configuration, completed by what the site's own layouts declare about formulas."""

from collections.abc import Mapping
from dataclasses import replace

from mathblog.core.source import SourceText
from mathblog.math.declared import read_declared
from mathblog.model.layout import Layout
from mathblog.model.options import Config


def adopt_layouts(config: Config, layouts: Mapping[str, Layout], includes: Mapping[str, SourceText]) -> Config:
    """The configuration with the macros and delimiters that layouts and includes give to MathJax or KaTeX.

    What `_config.yml` says itself wins: the result is a configuration like any other, so every stage's key knows it.
    """
    found = read_declared(
        {name: layout.source.text for name, layout in layouts.items()},
        {name: source.text for name, source in includes.items()},
    )
    section = config.value("math")
    is_set = isinstance(section, Mapping) and section.get("single_dollar") is not None
    dollar = config.markdown.single_dollar if found.single_dollar is None or is_set else found.single_dollar
    math = replace(
        config.math,
        definitions=(*found.definitions, *config.math.definitions),
        color_argument=found.color_argument,
    )
    markdown = replace(config.markdown, single_dollar=dollar, loose_dollar=found.single_dollar is True)
    return replace(config, math=math, markdown=markdown)
