"""The texts that a theme is made of."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from mathblog.core.source import SourceText

LAYOUTS = "layouts/"
LABELS = "labels/"  # the words of a language, `labels/de.yml`
INCLUDES = "_includes/"  # in Liquid, for the texts of a blog; a theme's own, in Jinja, are below `includes/`


class ThemeSources(NamedTuple):
    """The templates by their paths in the theme, the manifests of all of its layers, the lowest first, and the words by language.

    The `path` of a source says which file it is: one of the theme, of the theme that it is based on, or of the site.
    """

    templates: Mapping[str, SourceText]
    manifests: tuple[SourceText, ...] = ()
    labels: Mapping[str, SourceText] = MappingProxyType({})
