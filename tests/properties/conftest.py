"""Every promise is kept for a blog of its own."""

from support.site import new_site, site

__all__ = ["new_site", "site"]
