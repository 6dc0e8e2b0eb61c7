"""The generators that are built in, in their order: of two pages, or two files, at one address the first one is made."""

from mathblog.extend.declarations import Generator, Makes

_SITE = "mathblog.site."

GENERATORS = (
    Generator("redirect_pages", _SITE + "redirects:generate_redirects", listed=_SITE + "redirects:list_redirect_pages"),
    Generator("home", _SITE + "lists.paginated:generate_lists"),
    Generator("tags", _SITE + "lists.tags:generate_tags"),
    Generator("categories", _SITE + "lists.tags:generate_categories"),
    Generator("autopages", _SITE + "lists.autopages:generate_autopages"),
    Generator("dated", _SITE + "lists.dated:generate_dated"),
    Generator("archive", _SITE + "lists.archives:generate_archive"),
    Generator("not_found", _SITE + "not_found:generate_not_found"),
    Generator("feeds", _SITE + "feeds.feed:generate_feeds", Makes.FILES, listed=_SITE + "feeds.feeds:list_feed_pages"),
    Generator("redirects", _SITE + "redirects:generate_redirect_files", Makes.FILES),
    Generator("maps", _SITE + "sitemap:generate_maps", Makes.MAPS, listed=_SITE + "sitemap:list_maps"),
)
