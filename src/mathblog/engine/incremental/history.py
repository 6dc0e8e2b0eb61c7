"""Why the last build made what it made, in words: noted by every build that publishes, read by `mathblog explain`."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from mathblog.core.dataclass import dataclass
from mathblog.core.digest import fingerprint
from mathblog.engine.cache.memo import COMPILE, GENERATE, LAYOUT, AskedRun, Memo
from mathblog.engine.cache.shapes import row, shape_of
from mathblog.engine.cache.store import Store
from mathblog.engine.incremental.built_site import Site
from mathblog.engine.output.publish import Publication
from mathblog.model.facts.catalogue import say_changed
from mathblog.model.options import Config

_FIRST = "first build"
_PROGRAM = "program"
_FILE, _OPTION, _LAYOUT = "file ", "option ", "layout "
_MOST = 20  # changed sources that are listed
_INPUTS, _NEWER = "/inputs", "/newer"  # beside the key of a history: inputs, and what they are since


@dataclass(frozen=True, slots=True)
class History:
    """The history of a build. `why` are reasons by the pages' files, `changed` the sources that it found changed.

    `inputs` are digests of what stages are given besides facts: the next build names by them what changed.
    """

    why: Mapping[str, str]
    changed: tuple[str, ...]
    inputs: Mapping[str, str]


class _Told(NamedTuple):
    """The stored form of a history, without its inputs."""

    why: dict[str, str]
    changed: list[str]


_TOLD, _DIGESTS = row(_Told), shape_of(dict[str, str])


def history_key(root: Path) -> str:
    """The key of the history of builds into a folder."""
    return fingerprint("history", str(root.resolve()))


def load_history(store: Store, key: str) -> History | None:
    """The history that was noted last; None where none is known."""
    known = store.get(key, _TOLD)
    if known is None:
        return None
    inputs, newer = (store.get(key + part, _DIGESTS) or {} for part in (_INPUTS, _NEWER))
    return History(known[0], tuple(known[1]), inputs | newer)


def note_build(store: Store, memo: Memo, inputs: Mapping[str, str], site: Site, publication: Publication) -> None:
    """Keep the history of a build that was published, as `tell` tells it.

    Where the build was not of the whole site, its inputs are added to those that are known.
    """
    key, whole = history_key(publication.root), site.delta is None
    history = tell(memo, inputs, site, publication.changed, load_history(store, key))
    store.put(key, [dict(history.why), list(history.changed)])
    if whole:
        store.put(key + _INPUTS, dict(history.inputs))
    store.put(key + _NEWER, {} if whole else {**(store.get(key + _NEWER, _DIGESTS) or {}), **history.inputs})


def gather_inputs(
    config: Config, toolchain: str, sources: Mapping[str, str], layouts: Mapping[str, str]
) -> dict[str, str]:
    """Digests of the `sources`, of the options of the stages, of the `layouts` and of the program."""
    options = {
        "Liquid": config.liquid,
        "Markdown": [config.markdown, config.reading.markdown_ext],
        "mathematics": config.math.meaning,
        "`baseurl`": config.site.baseurl,
        "`relative_links`": config.links,
    }
    return {
        _PROGRAM: toolchain,
        **{_FILE + path: digest for path, digest in sources.items()},
        **{_OPTION + name: fingerprint(value) for name, value in options.items()},
        **{_LAYOUT + path: digest for path, digest in layouts.items()},
    }


def tell(memo: Memo, inputs: Mapping[str, str], site: Site, written: Iterable[str], last: History | None) -> History:
    """The history of a build, from what its memo was asked.

    `written` are the files that were published anew. Where the build was a delta, the inputs are those that it looked at.
    """
    before = last.inputs if last else None
    sources = {output: source for source, output in site.addresses.items()}
    why: dict[str, str] = {}
    for (stage, name), asked in memo.asked.items():
        if stage == LAYOUT and asked.reason is not None:
            why[name] = _reason_of_page(memo, asked, sources.get(name, ""), inputs, before)
    for path in set(written) - why.keys():  # no page was made for it
        generated = memo.asked.get((GENERATE, path))
        if before is None:
            why[path] = _FIRST
        elif (LAYOUT, path) in memo.asked:
            why[path] = "it was made by a build that published nothing, or its published file was missing or altered"
        elif generated is None or generated.reason is None:
            why[path] = "it is new, or the file that it is a copy of changed"
        else:
            why[path] = say_changed(generated.reason) if generated.reason else "the pages of the site changed"
    known = inputs if before is None else before
    files = (name for name in ({*known, *inputs} if site.delta is None else inputs) if name.startswith(_FILE))
    changed = sorted(name.removeprefix(_FILE) for name in files if known.get(name) != inputs.get(name))
    return History(why, tuple(changed[:_MOST]), inputs)


def _reason_of_page(
    memo: Memo, asked: AskedRun, source: str, inputs: Mapping[str, str], before: Mapping[str, str] | None
) -> str:
    compiled = memo.asked.get((COMPILE, source))
    content = compiled.reason if compiled else None
    if asked.reason and not (asked.reason == ("compiled", source) and content is not None):
        return say_changed(asked.reason)
    if before is None:
        return _FIRST
    if content:
        return say_changed(content)
    if before.get(_PROGRAM) != inputs[_PROGRAM]:
        return "mathblog or one of its libraries is another version"
    others = [name for name in inputs if before.get(name) != inputs[name]]
    if content is None:
        layouts = [name.removeprefix(_LAYOUT) for name in others if name.startswith(_LAYOUT)]
        if layouts:
            return f"the theme changed: {', '.join(f'`{name}`' for name in layouts[:3])}"
        return "it is new, or its title, its address or what it lists changed"
    if _FILE + source not in before:
        return f"`{source}` is new"
    if before[_FILE + source] != inputs.get(_FILE + source):
        return f"`{source}` changed"
    options = [name.removeprefix(_OPTION) for name in others if name.startswith(_OPTION)]
    if options:
        return f"the settings of {', '.join(options)} changed"
    return f"the front matter or the address of `{source}` changed through the configuration"
