"""The whole address of a page, as other machines need it."""

from mathblog.model.options import SiteOptions
from mathblog.text.urls import relative_url


def absolute_url(site: SiteOptions, path: str) -> str:
    """`url` + `baseurl` + path, encoded; without a `url` in the configuration only the last two, as in Jekyll."""
    relative = relative_url(site.baseurl, path)
    return site.url + relative if relative.startswith("/") else relative
