"""The archive: every post on one page, which the layout groups by year."""

from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import PageSpec
from mathblog.site.addresses import has_own_layouts, page_file, page_url


def generate_archive(view: FactView, options: GeneratorOptions) -> tuple[PageSpec, ...]:
    """One page with all posts, newest first; none where `archive_path` is empty."""
    url = page_url(options.archive_path)
    if not url or has_own_layouts(view):
        return ()
    posts = tuple(meta.path for meta in view[kinds.POSTS])
    return (PageSpec(url, page_file(url), "archive", "archive", "", data={"posts": posts}),)
