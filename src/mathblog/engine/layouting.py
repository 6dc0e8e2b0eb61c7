"""The layout stage over a whole site: pages whose facts are unchanged and that stand on disk are not made again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mathblog.core.diagnostic import Diagnostic, Severity
from mathblog.core.digest import fingerprint
from mathblog.engine.memo import LAYOUT, Trace
from mathblog.engine.publish import Publication
from mathblog.engine.run import Run
from mathblog.engine.sources import load_document
from mathblog.model.facts import FactView, SiteFacts
from mathblog.model.output import PageSpec
from mathblog.theme.choose import BARE
from mathblog.theme.load import LAYOUTS, Theme


@dataclass(frozen=True, slots=True)
class LaidOutSite:
    """What came of laying out all pages: the digest of each file by path, problems, and why those that ran had to."""

    digests: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]
    reasons: Mapping[str, str]


def lay_out_site(
    run: Run, specs: Sequence[PageSpec], theme: Theme, facts: SiteFacts, publication: Publication
) -> LaidOutSite:
    """Lay out every page into the publication."""
    memo, context = run.memo, fingerprint("layout", run.toolchain)
    layouts = {name: _digest_of(theme, name) for name in {spec.layout for spec in specs}}
    keys = {spec.output_path: f"{context}.{layouts[spec.layout]}.{run.digests.of(spec)}" for spec in specs}
    lookup = memo.look_up(LAYOUT, keys, facts)
    traces: dict[str, Trace] = {}
    for spec in specs:
        path = spec.output_path
        hit = lookup.hits.get(path)
        if hit is not None and publication.stands(path, hit.digest):
            traces[path] = hit
            publication.keep(path, hit.digest)
        else:
            traces[path] = _lay_out(run, spec, theme, FactView(facts), keys[path], publication)
    diagnostics = tuple(problem for trace in traces.values() for problem in trace.light)
    digests = {path: trace.digest for path, trace in traces.items()}
    return LaidOutSite(digests, diagnostics, lookup.misses)


def _lay_out(  # noqa: PLR0913, PLR0917 - one page, and all that it is made of
    run: Run, spec: PageSpec, theme: Theme, view: FactView, key: str, publication: Publication
) -> Trace:
    from mathblog.theme.layout import lay_out

    document = load_document(run.sources, spec.source) if _is_unknown(spec, theme) else None
    laid_out = lay_out(spec, theme, view, document)
    trace = Trace(fingerprint(laid_out.file.content), laid_out.diagnostics)
    run.memo.record(key, view.reads, trace)
    if not any(problem.severity is Severity.ERROR for problem in laid_out.diagnostics):
        publication.stage(laid_out.file, trace.digest)
    return trace


def _digest_of(theme: Theme, layout: str) -> str:
    """What a page depends on that names this layout; for a layout that does not exist, the layouts that do."""
    return theme.digests.get(f"{LAYOUTS}{layout}.html") or fingerprint(theme.layouts, theme.digests)


def _is_unknown(spec: PageSpec, theme: Theme) -> bool:
    """Whether the front matter names a layout that the theme does not have: the report needs its place."""
    return bool(spec.source) and spec.layout not in (*theme.layouts, BARE)
