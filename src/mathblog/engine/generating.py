"""Feed, sitemap and robots.txt over a whole site: made again when something that they say has changed."""

from mathblog.core.digest import fingerprint
from mathblog.engine.memo import GENERATE, Trace
from mathblog.engine.publish import Publication
from mathblog.engine.run import Run
from mathblog.model.facts import FactView, SiteFacts
from mathblog.pipeline.addresses import Claims


def stage_generated(run: Run, claims: Claims, facts: SiteFacts, publication: Publication, taken: set[str]) -> None:
    """Stage the generated files whose addresses are not `taken` by a page or a file of the site's own."""
    options = run.config.generators
    pages = "".join(run.digests.of(spec) for spec in claims.pages)
    key = fingerprint("generated", run.toolchain, options, pages, sorted(claims.files))
    hit = run.memo.look_up(GENERATE, {"": key}, facts).hits.get("")
    if hit is not None and all(publication.stands(path, digest) for path, digest in hit.light if path not in taken):
        for path, digest in hit.light:
            if path not in taken:
                publication.keep(path, digest)
        return
    from mathblog.site.generate import generate_files

    view = FactView(facts)
    digests = []
    for file in generate_files(view, options, claims.pages):
        digests.append([file.path, fingerprint(file.content)])
        if file.path not in taken:
            publication.stage(file, digests[-1][1])
    run.memo.record(key, view.reads, Trace("", digests))
