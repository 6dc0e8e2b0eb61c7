"""The layout stage over a whole site: pages whose facts are unchanged and that stand on disk are not made again."""

from collections.abc import Mapping, Sequence

from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic
from mathblog.core.digest import fingerprint
from mathblog.engine.cache.memo import LAYOUT, Trace
from mathblog.engine.output.publish import Publication
from mathblog.engine.stages.build_run import BuildRun
from mathblog.engine.stages.compiling import compiler_of
from mathblog.engine.stages.pages import MadePage, make_page
from mathblog.model.facts.kind import FactKey
from mathblog.model.facts.view import SiteFacts
from mathblog.model.output import PageSpec
from mathblog.pipeline.layout import Layouter, is_own_list
from mathblog.theme.load import LAYOUTS, Theme

_WORTH_WORKERS = 64  # pages that take longer to lay out than workers take to be told of the site
_WORTH_A_START = 400  # pages that take longer than workers take to start


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

    def note(page: MadePage) -> None:
        traces[page.path] = trace = Trace(page.digest, page.diagnostics)
        run.progress("laying out", len(traces), len(specs))
        memo.record(keys[page.path], page.reads, trace)
        if isinstance(page.file, str):
            publication.take(page.path, page.file, page.digest)
        elif page.file is not None:
            publication.stage(page.file, page.digest)

    missing: list[PageSpec] = []
    for spec in specs:
        hit = lookup.hits.get(spec.output_path)
        if hit is not None and publication.stands(spec.output_path, hit.digest):
            traces[spec.output_path] = hit
            publication.keep(spec.output_path, hit.digest)
        else:
            missing.append(spec)
    if _is_shared(run, len(missing)):
        from mathblog.engine.stages.workers.layout_desk import lay_out_shared

        lay_out_shared(run, layouter, missing, publication.place, note)
    else:
        for spec in missing:
            note(make_page(layouter, run.sources, spec))
    traces = {spec.output_path: traces[spec.output_path] for spec in specs}
    diagnostics = tuple(problem for trace in traces.values() for problem in trace.summary)
    digests = {path: trace.digest for path, trace in traces.items()}
    troubled = frozenset(path for path, trace in traces.items() if trace.summary)
    return LaidOutSite(digests, diagnostics, lookup.misses, troubled)


def _is_shared(run: BuildRun, pages: int) -> bool:
    """Whether other processes help: there are enough pages, and they can read what the store has."""
    if run.jobs < 2 or pages < _WORTH_WORKERS or not run.memo.store.share():  # noqa: PLR2004 - one is this process
        return False
    return pages >= _WORTH_A_START or run.workers().is_running
