"""Whose blog it is: one of mathblog's own, or one that was written for Jekyll and shows what it showed there (ADR 45)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from mathblog.config.known import is_for_jekyll
from mathblog.core.patterns import lazy_pattern
from mathblog.model.options import Config, MarkdownOptions

_OWN_KEYS = ("citations", "strict", "theme", "theme_settings", "theorems")  # that only mathblog reads
_FILES_OF_JEKYLL = ("Gemfile", "Gemfile.lock", "gems.rb")
_STYLE_SHEETS = (".css", ".scss", ".sass")
_STYLED = lazy_pattern(r"\.(?:theorem|lemma|proposition|corollary|definition|remark|proof)(?![\w-])")


def is_own_site(config: Config, paths: Iterable[str], read: Callable[[str], str]) -> bool:
    """Whether a site whose pages mathblog's theme makes is one of mathblog's own: it has theorems, and its labels are checked.

    It is where it says something that only mathblog reads. Else it is not where something was written for Jekyll alone, or
    where its style sheets say how a theorem looks. `read` gives the text of one of `paths`, '' for none.
    """
    raw, paths = config.raw, list(paths)
    if any(raw.get(key) is not None for key in _OWN_KEYS) or isinstance(raw.get("math"), Mapping):
        return True
    plugins = f"{config.reading.plugins_dir}/"
    if is_for_jekyll(raw) or any(path in _FILES_OF_JEKYLL or path.startswith(plugins) for path in paths):
        return False
    return not any(styles_statements(read(path)) for path in paths if path.endswith(_STYLE_SHEETS))


def as_styled(options: MarkdownOptions, text: str) -> MarkdownOptions:
    """The options of a page that has a style sheet of its own: one for theorems was written for quotes that are none."""
    if options.statements is None or options.statements.everywhere or not styles_statements(text):
        return options
    return replace(options, statements=None)


def styles_statements(text: str) -> bool:
    """Whether a style sheet, or a text with one in it, says how the elements of theorems look."""
    return bool(_STYLED.search(text))
