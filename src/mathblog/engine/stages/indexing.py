"""The index stage: the facts of a site, of what was read."""

import datetime
import os
from collections.abc import Sequence
from functools import partial

from mathblog.core.digest import fingerprint
from mathblog.engine.sources.documents import modified_time
from mathblog.engine.sources.image_sizes import SizeReader
from mathblog.engine.sources.site import read_text
from mathblog.engine.stages.build_run import BuildRun
from mathblog.model.document import Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView, SiteFacts
from mathblog.model.images.options import IMAGES
from mathblog.pipeline.index import SiteInputs, index_site, slugs
from mathblog.reading.defaults import list_unlisted
from mathblog.site.addresses import has_own_layouts
from mathblog.site.generate import derive_facts, list_generated
from mathblog.theme.load import Theme


def index_without_documents(run: BuildRun, theme: Theme, now: datetime.datetime) -> SiteFacts:
    """The facts that no document has a part in."""
    return index_site((), {}, run.config, _site_inputs(run, theme, now))


def index_documents(run: BuildRun, metas: Sequence[Meta], theme: Theme, now: datetime.datetime) -> SiteFacts:
    """The facts of a site of these documents."""
    files = run.sources.documents
    digests = {
        meta.path: file.meta_digest if meta is (file := files[meta.path]).meta else fingerprint(meta) for meta in metas
    }
    facts = index_site(metas, digests, run.config, _site_inputs(run, theme, now))
    reading = run.config.reading
    unlisted = list_unlisted(run.sources.files, reading.defaults, reading.collections_dir)
    facts = facts.extend(kinds.UNLISTED.fact(tuple(unlisted)))
    left_out = dict(run.sources.left_out)
    if not reading.future:
        read = (file.meta for file in files.values() if file.meta is not None)
        left_out |= {it.path: "future" for it in read if it.is_post and it.date is not None and it.date > now}
    named = {name: (path, reason) for path, reason in left_out.items() for name in slugs(path)}
    facts = facts.extend(kinds.LEFT_OUT.facts(named))  # by what references may call them
    facts = facts.extend(derive_facts(FactView(facts), run.config.generators))
    if not has_own_layouts(FactView(facts)):
        return facts
    return facts.extend(
        kinds.GENERATED_PAGES.fact(list_generated(FactView(facts), run.config.generators, run.extensions))
    )


def _site_inputs(run: BuildRun, theme: Theme, now: datetime.datetime) -> SiteInputs:
    sources = run.sources
    read_size = SizeReader(sources.snapshot, run.memo.store, run.toolchain)
    return SiteInputs(
        includes={**theme.includes, **sources.includes},
        site_layouts=sources.layouts,
        files=tuple(sources.files),
        paths=sources.snapshot.files.keys(),
        read=partial(read_text, sources.snapshot),
        data=sources.data,
        time=now,
        now=datetime.datetime.now(datetime.UTC),
        plugins_run=bool(run.extensions.plugins) and run.extensions.complete,
        environment=os.environ.get("JEKYLL_ENV", "development"),
        absent_theme=absent_theme(run, theme.absent),
        statics=sources.statics,
        beside=sources.beside,
        images={
            path: partial(read_size, source)
            for path, source in (*sources.files.items(), *((path, path) for path in sources.beside))
            if path.lower().endswith(IMAGES)
        },
        unvaried=sources.unvaried,
        bibliographies=sources.bibliographies,
        modified={
            file.source: partial(modified_time, sources.snapshot, file.source, now.tzinfo) for file in sources.statics
        },
    )


def absent_theme(run: BuildRun, missing: str) -> str:
    """The name of the theme that the site counts on and that is not here, '' for none."""
    options = run.config.theme
    return "" if options.gem else options.remote or missing
