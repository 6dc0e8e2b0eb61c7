"""The metadata of a theme: a gem in its `metadata`, a repository in its `.gemspec`, which is only read, never run."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mathblog.core.patterns import lazy_pattern
from mathblog.model.gem import GemTheme

# the dependencies as jekyll-remote-theme finds them (its `mock_gemspec.rb`), and plain texts that are assigned
_DEPENDENCY = lazy_pattern(
    r"""^\s*\w+\.add_(?:runtime_)?dependency\(?\s*["']([\w.-]+)["'](?:\s*,\s*["']([^"']+)["'])?""", re.MULTILINE
)
_ASSIGNED = lazy_pattern(r"""^\s*\w+\.(version|summary|description)\s*=\s*["']([^"'\n]+)["']""", re.MULTILINE)
_AUTHORS = lazy_pattern(r"""^\s*\w+\.authors?\s*=\s*(.+)$""", re.MULTILINE)
_QUOTED = lazy_pattern(r"""["']([^"']*)["']""")


def read_metadata(text: str, name: str, version: str) -> GemTheme:
    """A gem's specification: YAML with Ruby's tags, of which only plain values are taken.

    Raises:
        ValueError: where it is no specification, or that of another gem.

    """
    import yaml

    class Loader(yaml.SafeLoader):
        """Takes Ruby's objects for plain mappings."""

    def plain(loader: Loader, _suffix: str, node: yaml.Node) -> object:
        if isinstance(node, yaml.MappingNode):
            return loader.construct_mapping(node, deep=True)
        if isinstance(node, yaml.SequenceNode):
            return loader.construct_sequence(node, deep=True)
        return node.value

    Loader.add_multi_constructor("!ruby/", plain)
    try:
        found = yaml.load(text, Loader)  # noqa: S506 - a safe loader with mappings for Ruby's tags
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as error:
        message = "its specification cannot be read"
        raise ValueError(message) from error
    if not isinstance(found, Mapping):
        message = "its specification cannot be read"
        raise ValueError(message)  # noqa: TRY004 - the file is wrong, not the caller
    written = found.get("version")
    own = str(written.get("version")) if isinstance(written, Mapping) else str(written)
    if found.get("name") != name or own != version:
        message = f"it is the gem `{found.get('name')}` {own}"
        raise ValueError(message)
    authors = found.get("authors")
    metadata = found.get("metadata")
    dependencies = found.get("dependencies")
    return GemTheme(
        name=name,
        version=version,
        authors=", ".join(map(str, authors)) if isinstance(authors, Sequence) else "",
        description=str(found.get("description") or found.get("summary") or ""),
        metadata={str(key): str(value) for key, value in metadata.items()} if isinstance(metadata, Mapping) else {},
        dependencies=tuple(
            _dependency(entry)
            for entry in dependencies or ()
            if isinstance(entry, Mapping) and str(entry.get("type")).strip(":") == "runtime"
        ),
    )


def _dependency(entry: Mapping[str, Any]) -> tuple[str, str]:
    requirement = entry.get("requirement") or entry.get("version_requirements")
    pairs = requirement.get("requirements") if isinstance(requirement, Mapping) else ()
    written = [
        f"{pair[0]} {pair[1].get('version')}"
        for pair in pairs or ()
        if isinstance(pair, Sequence) and len(pair) == 2 and isinstance(pair[1], Mapping)  # noqa: PLR2004 - operator, version
    ]
    return str(entry.get("name")), ", ".join(written)


def read_gemspec(text: str, name: str) -> GemTheme:
    """Return the plain values of a `.gemspec`; anything that Ruby would have to work out is left out."""
    assigned = {found[1]: found[2] for found in _ASSIGNED.finditer(text)}
    authors = _AUTHORS.search(text)
    return GemTheme(
        name=name,
        version=assigned.get("version", ""),
        authors=", ".join(_QUOTED.findall(authors[1])) if authors else "",
        description=assigned.get("description") or assigned.get("summary", ""),
        dependencies=tuple((found[1], found[2] or ">= 0") for found in _DEPENDENCY.finditer(text)),
    )
