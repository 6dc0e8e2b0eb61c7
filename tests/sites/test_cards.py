"""Cards for social networks: an image of its title for each post that has none of its own."""

import re
from io import BytesIO

import pytest
from PIL import Image

from mathblog.engine.programs import wanted
from mathblog.engine.programs.cards import choose_colors, draw_card
from mathblog.engine.programs.fonts import Fonts
from mathblog.site.cards import Card
from support.site import Site

POST = "2020/01/01/a.html"


def card(site: Site, page: str = POST) -> str:
    """The path of the image that a page names."""
    (address,) = re.findall(r'<meta property="og:image" content="https://example.org/([^"]*)">', site.read(page))
    return str(address)


def opened(site: Site, path: str) -> Image.Image:
    return Image.open(BytesIO((site.output / path).read_bytes()))


@pytest.fixture
def blog(site: Site) -> Site:
    site.config("social_cards: true\nauthor: Ada\n")
    site.post("2020-01-01-a", "Text.", "title: On $\\mathbb{R}^n$ & é, $\\int f \\le \\alpha$")
    return site.post("2020-01-02-own", "Text.", "title: Own\nimage: /i.png")


def test_a_card_is_drawn_once_for_what_stands_on_it(blog: Site) -> None:
    blog.build().is_good().has(POST, 'content="summary_large_image"', '<meta property="og:image:width" content="1200">')
    blog.has(POST, 'og:image:alt" content="On ℝⁿ &amp; é, ∫ f ≤ α"')
    path = card(blog)
    assert path.startswith("assets/cards/a-")
    image = opened(blog, path)
    assert (image.format, image.size) == ("PNG", (1200, 630))
    colors = image.convert("RGB").getcolors(1 << 20)
    assert colors is not None
    assert max(colors)[1] == (255, 253, 249)
    assert card(blog, "2020/01/02/own.html") == "i.png"
    blog.lacks("2020/01/02/own.html", "og:image:width").lacks("index.html", "og:image")
    assert [name for name in blog.files() if "cards/" in name] == [path]
    before = (blog.output / path).stat().st_mtime_ns
    blog.post(
        "2020-01-01-a", "Another text.", "title: On $\\mathbb{R}^n$ & é, $\\int f \\le \\alpha$"
    ).build().is_good()
    assert card(blog) == path
    assert (blog.output / path).stat().st_mtime_ns == before
    assert blog.run("--verify").exit_code == 0
    blog.post("2020-01-01-a", "Text.", "title: New").build().is_good()
    assert [name for name in blog.files() if "cards/" in name] == [card(blog)] != [path]


def test_the_colours_are_those_of_the_theme(blog: Site) -> None:
    blog.config("social_cards: true\ntheme: strap\ntheme_settings: {card_colors: {paper: '#123456', ink: no colour}}\n")
    blog.build().is_good()
    colors = opened(blog, card(blog)).convert("RGB").getcolors(1 << 20)
    assert colors is not None
    assert max(colors)[1] == (0x12, 0x34, 0x56)


def test_signs_that_no_font_has_are_named(blog: Site) -> None:
    blog.post("2020-01-03-b", "Text.", 'title: "A \\U0010FFFD b"').build()
    assert "no font here has" in blog.report
    assert opened(blog, card(blog, "2020/01/03/b.html")).size == (1200, 630)
    report = blog.report
    assert blog.post("2020-01-01-a", "Text.", "title: Other").build().report == report


def test_where_there_are_no_cards(blog: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    blog.config("social_cards: false\n").build().is_good().lacks(POST, "og:image")
    blog.config("social_cards: true\n").write({"_layouts/default.html": "{{ content }}"}).build().is_good()
    assert not any("cards/" in name for name in blog.files())
    blog.remove("_layouts/default.html")
    monkeypatch.setattr(wanted, "PILLOW", "pillow-that-nobody-has")
    assert "[cards]'`" in blog.build().report
    blog.lacks(POST, "og:image")


def test_a_title_as_long_as_a_book_is_drawn_as_far_as_it_has_room() -> None:
    card = Card("x" * 3_000_000, "y" * 3_000_000, "z" * 3_000_000, "en")
    short = Card(*(text[:1000] for text in card[:3]), "en")
    fonts = Fonts([], "en")
    assert draw_card(card, choose_colors({}), fonts) == draw_card(short, choose_colors({}), fonts)
