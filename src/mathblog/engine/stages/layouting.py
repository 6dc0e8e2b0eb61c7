"""The layout stage over a whole site: pages whose facts are unchanged and that stand on disk are not made again."""

from collections.abc import Mapping, Sequence

from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic, Severity
from mathblog.core.digest import fingerprint
from mathblog.engine.cache.memo import LAYOUT, Trace
from mathblog.engine.output.publish import Publication
from mathblog.engine.sources.site import load_document
from mathblog.engine.stages.build_run import BuildRun
from mathblog.engine.stages.compiling import compiler_of
from mathblog.model.facts.kind import FactKey
from mathblog.model.facts.view import FactView, SiteFacts
from mathblog.model.output import PageSpec
from mathblog.pipeline.layout import Layouter, is_own_list, lay_out_page
from mathblog.site.addresses import counts_on_theme, has_own_layouts
from mathblog.theme.choose import BARE
from mathblog.theme.load import LAYOUTS, Theme


@dataclass(frozen=True, slots=True)
class LaidOutSite:
    """The result of laying out pages: the digest of each file by path, problems, whose they are, and why pages were laid out again."""

    digests: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]
    reasons: Mapping[str, FactKey]
    troubled: frozenset[str]


def lay_out_site(
    run: BuildRun, specs: Sequence[PageSpec], theme: Theme, facts: SiteFacts, publication: Publication
) -> LaidOutSite:
    """Lay out every page into the publication."""
    memo, layouter = run.memo, Layouter(theme, compiler_of(run), facts)
    context = fingerprint("layout", run.context)  # which stands for all options
    layouts = {  # the digest of one that does not exist is that of the names of all
        name: theme.digests.get(f"{LAYOUTS}{name}.html") or fingerprint(theme.layouts, theme.digests)
        for name in {spec.layout for spec in specs}
    }
    keys: dict[str, str] = {}
    for spec in specs:
        # a body that is compiled for one page of a list has a digest here; other bodies are facts
        body = f".{run.sources.documents[spec.source].digest}" if is_own_list(spec) else ""
        keys[spec.output_path] = f"{context}.{layouts[spec.layout]}.{run.digests.of(spec)}{body}"
    lookup = memo.look_up(LAYOUT, keys, facts)
    traces: dict[str, Trace] = {}
    for number, spec in enumerate(specs, 1):
        run.progress("laying out", number, len(specs))
        path = spec.output_path
        hit = lookup.hits.get(path)
        if hit is not None and publication.stands(path, hit.digest):
            traces[path] = hit
            publication.keep(path, hit.digest)
            continue
        # the report of an unknown layout, that neither the site has nor a theme that it counts on, needs its place
        wanted = bool(spec.source) and spec.layout != BARE and spec.layout not in run.sources.layouts
        if wanted and spec.layout in theme.layouts:
            view = FactView(facts)
            wanted = has_own_layouts(view) and not counts_on_theme(view)
        document = load_document(run.sources, spec.source) if wanted or is_own_list(spec) else None
        laid_out, view = lay_out_page(layouter, spec, document)
        trace = traces[path] = Trace(fingerprint(laid_out.file.content), laid_out.diagnostics)
        memo.record(keys[path], view.reads, trace)
        if not any(problem.severity is Severity.ERROR for problem in laid_out.diagnostics):
            publication.stage(laid_out.file, trace.digest)
    diagnostics = tuple(problem for trace in traces.values() for problem in trace.summary)
    digests = {path: trace.digest for path, trace in traces.items()}
    troubled = frozenset(path for path, trace in traces.items() if trace.summary)
    return LaidOutSite(digests, diagnostics, lookup.misses, troubled)
