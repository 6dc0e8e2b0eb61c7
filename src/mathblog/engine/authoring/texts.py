"""All texts of a site, drafts and posts of the future too, and the one that an author names."""

import difflib
import os
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from mathblog.core.dataclass import dataclass
from mathblog.engine.cache.store import Store
from mathblog.engine.problem import ENVIRONMENT, USAGE, BuildStopped
from mathblog.engine.request import BuildRequest
from mathblog.engine.sources.configuration import load_config
from mathblog.engine.sources.documents import reader
from mathblog.engine.sources.site import Classifier, Sources, read_sources, take_site_snapshot
from mathblog.engine.sources.snapshot import SourceChangedError
from mathblog.model.document import Meta
from mathblog.model.options import Config
from mathblog.pipeline.extensions import BUILTINS
from mathblog.pipeline.index import Names

_ALL = {"show_drafts": True, "future": True, "unpublished": True}


@dataclass(frozen=True, slots=True)
class SiteTexts:
    """A site's texts as their files are now. `root` is the site's folder; `metas` are those of its own documents, by path."""

    root: Path
    config: Config
    sources: Sources
    metas: Mapping[str, Meta]


def read_texts(request: BuildRequest) -> SiteTexts:
    """Read all texts of a site, also those that a build leaves out.

    Raises:
        BuildStopped: 2 for a configuration that cannot be read, 3 where a file changes meanwhile.

    """
    request = replace(request, overrides={**request.overrides, **_ALL})
    config = load_config(request).config
    try:
        snapshot = take_site_snapshot(request.source, config.reading, request.never_read(config.output))
        with closing(Store(None)) as store:
            sources = read_sources(reader(snapshot, config, store, "", BUILTINS), Classifier())
    except SourceChangedError as change:
        hint = "run it again when the files are left alone"
        raise BuildStopped(str(change), code=ENVIRONMENT, hint=hint) from change
    files = sources.documents.items()
    metas = {path: file.meta for path, file in files if file.meta is not None and path not in snapshot.elsewhere}
    return SiteTexts(request.source, config, sources, metas)


def find_text(texts: SiteTexts, name: str, *, of: str = "") -> Meta:
    """The document with a path (from here, or from the site's folder), a slug, or an address.

    With `of`, `_drafts` or `_posts`, only those below such a folder.

    Raises:
        BuildStopped: 2 where there is none, or several.

    """
    metas = {path: meta for path, meta in texts.metas.items() if not of or f"/{of}/" in f"/{path}"}
    here, root = (Path(os.path.realpath(path)) for path in (name, texts.root))
    given = here.relative_to(root).as_posix() if here.is_relative_to(root) else ""
    address = urlsplit(name).path.removeprefix(texts.config.site.baseurl)
    known = Names(list(metas.values()))
    found = [given] if given in metas else known(name) or known(address) or known(f"{address}/") or ()
    if len(found) == 1:
        return metas[found[0]]
    if found:
        message = f"`{name}` is the name of {len(found)} texts: {', '.join(f'`{path}`' for path in found)}"
        raise BuildStopped(message, code=USAGE, hint="write the path of one of them")
    words = {"_drafts": "draft", "_posts": "post"}
    others = texts.metas.items() if of else ()
    elsewhere = next((path for path, meta in others if path in (name, given) or name == meta.slug), "")
    near = difflib.get_close_matches(name, [*metas, *(meta.slug for meta in metas.values())], 1)
    hint = f"did you mean `{near[0]}`?" if near else "`mathblog list` names all of them"
    message = f"there is no {words.get(of, 'text')} `{name}`" + (f", but `{elsewhere}`" if elsewhere else "")
    raise BuildStopped(message, code=USAGE, hint=hint)
