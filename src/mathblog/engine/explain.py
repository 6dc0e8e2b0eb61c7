"""Why a page was made again, what it depends on, and what a build would do with it now."""

from dataclasses import replace
from urllib.parse import unquote, urlsplit

from mathblog.core.dataclass import dataclass
from mathblog.engine.builder import Builder
from mathblog.engine.cache.memo import COMPILE, LAYOUT
from mathblog.engine.problem import USAGE, BuildStopped
from mathblog.engine.request import BuildRequest, BuildResult
from mathblog.engine.sources.configuration import load_config
from mathblog.model.facts.catalogue import name_fact, say_changed
from mathblog.model.facts.kind import FactKey
from mathblog.model.facts.kinds import COMPILED, DOCUMENT, EXCERPT
from mathblog.model.facts.view import MISSING

_INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class PageExplanation:
    """One page, as `explain` tells of it.

    `path` is its file, `source` the document that it is made of, '' for a page that mathblog makes. `reason` says why the
    last build made it, '' where that build left it alone; `changed` are the sources that this build found changed.
    `due` says why a build would make it again now, '' where it would not. `reads` are all facts that it depends on, in words.
    """

    path: str
    source: str
    built: bool
    reason: str
    changed: tuple[str, ...]
    due: str
    reads: tuple[str, ...]


def explain(request: BuildRequest, address: str) -> PageExplanation:
    """Explain the page at `address`: a URL, a path in the site, or the path of a source file.

    Nothing is published or remembered.

    Raises:
        BuildStopped: 2 where there is no such page, 3 for the environment.

    """
    with Builder(replace(request, publish=False, offline=True)) as builder:
        result = builder.build()
        if builder.memo is None:
            message = "the configuration has errors, so that no page is made"
            raise BuildStopped(message, code=USAGE, hint="`mathblog build` names them")
        path = _find(address, result, load_config(request).config.site.baseurl)
        source = next((source for source, output in result.addresses.items() if output == path), "")
        last, memo = builder.history(result.root), builder.memo
        asked = [memo.asked[name] for name in ((COMPILE, source), (LAYOUT, path)) if name in memo.asked]
        reasons = [one.reason for one in asked if one.reason is not None]
        due = (say_changed(reasons[0]) if reasons[0] else "it was not made from these sources yet") if reasons else ""
        found: dict[FactKey, str] = {}
        for one in asked:
            found |= dict(memo.reads(one.key))
        own = {kind.key(source) for kind in (DOCUMENT, COMPILED, EXCERPT)}
        others = [(key, digest) for key, digest in sorted(found.items()) if key not in own]
        facts = [name_fact(key) + (", which does not exist" if digest == MISSING else "") for key, digest in others]
        last_line = "its layout in the theme, and the version of mathblog"
        return PageExplanation(
            path=path,
            source=source,
            built=last is not None,
            reason=last.why.get(path, "") if last else "",
            changed=last.changed if last else (),
            due=due,
            reads=(*([f"`{source}`"] if source else []), *facts, last_line),
        )


def _find(address: str, result: BuildResult, baseurl: str) -> str:
    if address in result.addresses:
        return result.addresses[address]
    path = unquote(urlsplit(address).path)
    inner = path.removeprefix(f"{baseurl}/") if baseurl and path.startswith(f"{baseurl}/") else path
    pages = set(result.pages)
    for plain in (inner.lstrip("/"), path.lstrip("/")):
        folder = plain.rstrip("/")
        for name in (plain, f"{folder}/{_INDEX}".lstrip("/"), f"{folder}.html"):
            if name in pages:
                return name
    import difflib

    near = difflib.get_close_matches(inner.lstrip("/"), [*pages, *result.addresses], 1)
    hint = f"did you mean `{near[0]}`?" if near else "`mathblog build --verbose` lists all pages"
    message = f"the site has no page `{address}`"
    raise BuildStopped(message, code=USAGE, hint=hint)
