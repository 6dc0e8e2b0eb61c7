"""The links in the header of every page."""

from typing import NamedTuple


class NavigationItem(NamedTuple):
    """A link: a title of the author's, or '' and a `kind` (`archive`, `tags`) that the theme has a word for.

    `icon` is a name of Font Awesome's (`fa-search`), which a theme may show in place of the title.
    """

    title: str
    url: str
    kind: str = ""
    icon: str = ""
