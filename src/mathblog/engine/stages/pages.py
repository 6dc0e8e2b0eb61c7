"""One page of a site: laid out, with what it asked and what was wrong, the same from a worker process and from this one."""

from typing import NamedTuple

from mathblog.core.diagnostic import Diagnostic, Severity, in_file
from mathblog.core.digest import fingerprint
from mathblog.core.stops import Stop
from mathblog.engine.sources.site import Sources, load_document
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView, Reads
from mathblog.model.output import OutputFile, PageSpec
from mathblog.pipeline.compiling.refusal import HINT
from mathblog.pipeline.layout import Layouter, is_own_list, lay_out_page
from mathblog.site.addresses import counts_on_theme, has_own_layouts
from mathblog.theme.choose import BARE


class MadePage(NamedTuple):
    """A page that was laid out: its path, what it asked, the digest of its file, what was wrong with it.

    The file is None for a page with errors; of one that a worker wrote it is the name in the folder of staged files.
    """

    path: str
    reads: Reads
    digest: str
    diagnostics: tuple[Diagnostic, ...]
    file: OutputFile | str | None


def make_page(layouter: Layouter, sources: Sources, spec: PageSpec) -> MadePage:
    """Lay out a page."""
    # the report of an unknown layout, that neither the site has nor a theme that it counts on, needs its place
    wanted = bool(spec.source) and spec.layout != BARE and spec.layout not in sources.layouts
    if wanted and spec.layout in layouter.theme.layouts:
        view = FactView(layouter.facts)
        wanted = has_own_layouts(view) and not counts_on_theme(view)
    document = load_document(sources, spec.source) if wanted or is_own_list(spec) else None
    laid_out, view = lay_out_page(layouter, spec, document)
    has_errors = any(problem.severity is Severity.ERROR for problem in laid_out.diagnostics)
    digest = fingerprint(laid_out.file.content)
    return MadePage(spec.output_path, view.reads, digest, laid_out.diagnostics, None if has_errors else laid_out.file)


def refuse_page(spec: PageSpec, message: str) -> MadePage:
    """A page that could not be laid out at all: an error, and that the next build tries again."""
    problem = in_file(spec.source or spec.output_path, message, code=Stop.LOST_PAGE, hint=HINT)
    return MadePage(spec.output_path, {kinds.UNFINISHED.key: message}, fingerprint(b""), (problem,), None)
