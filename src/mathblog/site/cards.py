"""Cards for social networks: what stands on one, which posts have one, and its address."""

from typing import NamedTuple

from mathblog.core.digest import fingerprint
from mathblog.model.document import Meta, own_image
from mathblog.model.facts import kinds
from mathblog.model.facts.kind import FactKey
from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.site.addresses import has_own_layouts
from mathblog.site.authors import list_authors
from mathblog.site.redirects import is_moved
from mathblog.text.urls import escape_path

WIDTH, HEIGHT = 1200, 630  # pixels, as the networks ask for (Open Graph)
_FOLDER = "/assets/cards/"
_LONGEST = 60  # signs of a slug
_SHOWN = 8  # signs of a digest: networks keep a card by its address


class Card(NamedTuple):
    """The words of a card: a title in which formulas are words, the site's name and the author's, '' where there is none."""

    title: str
    site: str
    author: str
    lang: str


def list_cards(view: FactView, options: GeneratorOptions) -> dict[FactKey, str]:
    """The addresses of cards: of all posts without an image of their own, where cards are wanted and a theme of ours names them."""
    if not options.cards.program or has_own_layouts(view):
        return {}
    site, found = view[kinds.SITE], {}
    for meta in view[kinds.POSTS]:
        if not own_image(meta.data) and not is_moved(meta, options):
            # the address is another one when the card is
            said = (meta.url, meta.title, site.title, author_of(view, meta), meta.lang or site.lang, options.cards)
            name = f"{meta.slug.replace('/', '-')[:_LONGEST]}-{fingerprint(said)[:_SHOWN]}.png"
            found[kinds.ADDRESS.key("card", meta.path)] = escape_path(f"{_FOLDER}{name}")
    return found


def author_of(view: FactView, meta: Meta) -> str:
    """The names of the authors of a post, else the site's."""
    return " and ".join(author.name for author in list_authors(view, meta.data)) or view[kinds.SITE].author
