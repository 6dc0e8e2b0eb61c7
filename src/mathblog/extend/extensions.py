"""All that a build can do with texts, templates and pages, as one value."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from mathblog.core.dataclass import dataclass, field
from mathblog.extend.declarations import Check, Declaration, Fence, Filter, Generator, Rule, Tag, ThemeFilter, load
from mathblog.extend.plugins import PluginSource


@dataclass(frozen=True)
class Extensions:
    """The rules, tags, filters, generators and checks of a build, each by its name and in their order.

    It is made once (`pipeline/extensions.py`), is part of the options, and is handed to whoever reads a text: there is no
    global list. `digest` stands for all of it, in comparisons and in the keys of stored results. That of what is
    built in is empty: it changes with the programs, whose digest every key has. `plugins` is the code that brought what is not
    built in; a worker process runs it as well. `complete` says that all of it could be loaded.
    """

    digest: str
    rules: Mapping[str, Rule] = field(compare=False)
    tags: Mapping[str, Tag] = field(compare=False)
    filters: Mapping[str, Filter] = field(compare=False)
    generators: Mapping[str, Generator] = field(compare=False)
    checks: Mapping[str, Check] = field(compare=False)
    theme_filters: Mapping[str, ThemeFilter] = field(compare=False)
    fences: Mapping[str, Fence] = field(default_factory=dict, compare=False)
    plugins: tuple[PluginSource, ...] = field(default=(), compare=False)
    complete: bool = field(default=True, compare=False)

    def extended(self, digest: str, plugins: tuple[PluginSource, ...], brought: Sequence[Declaration]) -> "Extensions":
        """These and what plugins bring, which takes the place of what has the same name."""
        return replace(
            self,
            digest=digest,
            plugins=plugins,
            rules={**self.rules, **{it.name: it for it in brought if isinstance(it, Rule)}},
            tags={**self.tags, **{it.word: it for it in brought if isinstance(it, Tag)}},
            filters={**self.filters, **{it.name: it for it in brought if isinstance(it, Filter)}},
            fences={**self.fences, **{it.language: it for it in brought if isinstance(it, Fence)}},
            theme_filters={**self.theme_filters, **{it.name: it for it in brought if isinstance(it, ThemeFilter)}},
            generators={**self.generators, **{f"plugin {it.name}": it for it in brought if isinstance(it, Generator)}},
            checks={**self.checks, **{f"plugin {it.name}": it for it in brought if isinstance(it, Check)}},
        )


def preload(extensions: Extensions) -> None:
    """Load the code of what a text may need, for a process that reads many."""
    for rule in extensions.rules.values():
        load(rule.install)
    for tag in extensions.tags.values():
        load(tag.read)
    for item in extensions.filters.values():
        load(item.function)


def gather(  # noqa: PLR0913 - one list for each kind
    digest: str,
    *,
    rules: Iterable[Rule] = (),
    tags: Iterable[Tag] = (),
    filters: Iterable[Filter] = (),
    generators: Iterable[Generator] = (),
    checks: Iterable[Check] = (),
    theme_filters: Iterable[ThemeFilter] = (),
) -> Extensions:
    """Return the extensions of these lists; `digest` must be another one wherever one of them or its code is."""
    return Extensions(
        digest,
        {rule.name: rule for rule in rules},
        {tag.word: tag for tag in tags},
        {item.name: item for item in filters},
        {generator.name: generator for generator in generators},
        {check.name: check for check in checks},
        {item.name: item for item in theme_filters},
    )
