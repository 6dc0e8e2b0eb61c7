"""Every test of a site starts with a blog of its own."""

from support.site import new_site, site

__all__ = ["new_site", "site"]
