"""A site that was built."""

from collections.abc import Mapping

from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic
from mathblog.engine.incremental.build_record import BuildRecord, Delta
from mathblog.engine.output.publish import Publication, Published
from mathblog.engine.request import BuildResult
from mathblog.model.facts.kind import FactKey


@dataclass(frozen=True, slots=True)
class Site:
    """A site whose every file was handed to the publication.

    `valid_until` is the time, in seconds since 1970, at which the same sources give another site; None for never.
    `due` is when the next post is due, as far as a build of the whole site knows.
    `reasons` says of each page that was compiled or laid out again why: the fact that changed, () for a new one.
    `addresses` are output paths by source paths, `sources` the digests of the documents' files by their paths,
    those that were read. A build of the whole site leaves a `record`, one that changed it a `delta` of that record.
    """

    pages: tuple[str, ...]
    formulas: int
    skipped: Mapping[str, int]
    diagnostics: tuple[Diagnostic, ...]
    valid_until: float | None
    reasons: Mapping[str, FactKey]
    addresses: Mapping[str, str]
    sources: Mapping[str, str]
    record: BuildRecord | None
    delta: Delta | None
    due: float | None = None


def result_of(
    site: Site, diagnostics: tuple[Diagnostic, ...], published: Published | None, publication: Publication
) -> BuildResult:
    """The outcome of a build whose files were committed, if they were `published`."""
    return BuildResult(
        diagnostics=diagnostics,
        pages=site.pages,
        formulas=site.formulas,
        skipped=site.skipped,
        published=published,
        seconds=0.0,
        root=publication.root,
        changed=publication.changed if published else (),
        reasons={path: " ".join(fact) for path, fact in site.reasons.items()},
        valid_until=site.valid_until,
        due=site.due,
        addresses=site.addresses,
    )
