"""Cards for social networks: 1200 by 630 pixels with a title, drawn by Pillow."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops, ImageColor, ImageDraw

from mathblog.core.patterns import lazy_pattern
from mathblog.engine.programs.fonts import Fonts
from mathblog.model.values import Data
from mathblog.site.cards import HEIGHT, WIDTH, Card

_LEFT, _TOP, _ROOM = 84, 76, (WIDTH - 2 * 84, 330)
_SIZES = (88, 80, 72, 64, 58, 52, 46, 40)
_COLORS = {"paper": "#fffdf9", "ink": "#1f1c18", "soft": "#635d55", "accent": "#8c2f24"}
_PAPER, _LINE, _ACCENT = range(3)  # places in the palette, which has sixteen; after them come the shades of two colours
_SHADES = {"ink": 8, "soft": 5}  # from the paper to each: signs have soft edges
_SMALL = 34
_LEADING = 1.22
_LONGEST = 1000  # characters of a title, more than any card has room for: to measure each of them takes time
# where a line may end: at blanks, and between characters of scripts without blanks, but not before closing signs; Korean has blanks
_WORD = lazy_pattern(
    r"[\u2e80-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff][\u3001-\u3002\uff01\uff09\uff0c\uff1a\uff1b\uff1f」』）】、。,.!?)]*"
    r"|[^\s\u2e80-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff]+"
)


def choose_colors(written: Data) -> dict[str, str]:
    """The colours of a theme, by their names; Manuscript's for those that it does not say, or that are none."""
    return {**_COLORS, **{name: str(value) for name, value in written.items() if _is_color(str(value))}}


def _is_color(text: str) -> bool:
    try:
        ImageColor.getrgb(text)
    except ValueError:
        return False
    return True


def draw_card(card: Card, colors: Mapping[str, str], fonts: Fonts) -> bytes:
    """The card as PNG of sixteen colours. Signs that no font has are left out; `missing` names them before.

    It is drawn as places in its palette, and not as colours that are counted afterwards, which took nine times as long.
    """
    image = Image.new("L", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    if "lines" in colors:
        for place in range(0, WIDTH, 42):
            draw.line((place, 0, place, HEIGHT), _LINE)
            draw.line((0, place, WIDTH, place), _LINE)
    draw.rectangle((_LEFT, _TOP + 66, _LEFT + 92, _TOP + 71), _ACCENT)
    signs = {name: Image.new("L", image.size) for name in _SHADES}  # how much of each pixel they cover
    title, around = (_Pen(ImageDraw.Draw(mask), fonts) for mask in signs.values())
    around.write(card.site[:_LONGEST], _LEFT, _TOP + _SMALL, _SMALL)
    around.write(card.author[:_LONGEST], _LEFT, HEIGHT - _TOP, _SMALL)
    size, rows = _fit(title, card.title[:_LONGEST])
    height = len(rows) * size * _LEADING
    for number, row in enumerate(rows):
        title.write(row, _LEFT, _TOP + 96 + (_ROOM[1] - height) / 2 + number * size * _LEADING + size, size)
    plain = (colors["paper"], colors.get("lines", colors["paper"]), colors["accent"])
    palette: list[Sequence[int]] = [ImageColor.getrgb(color)[:3] for color in plain]
    for name, shades in _SHADES.items():
        places = [0, *(len(palette) + shade for shade in range(shades))]
        image = ImageChops.lighter(
            image, signs[name].point([places[round(cover * shades / 255)] for cover in range(256)])
        )
        ends = list(zip(palette[_PAPER], ImageColor.getrgb(colors[name])[:3], strict=True))
        steps = range(1, shades + 1)  # from the paper to the colour
        palette += [[round(back + (front - back) * step / shades) for back, front in ends] for step in steps]
    image.putpalette(b"".join(map(bytes, palette)))
    data = BytesIO()
    image.save(data, "PNG", bits=4, compress_level=1)
    return data.getvalue()


def missing(text: str, fonts: Fonts) -> str:
    """The signs of a text that no font has."""
    return "".join(dict.fromkeys(sign for sign in text if not sign.isspace() and fonts.glyph(sign) is None))


class DrawnCard(NamedTuple):
    """A card as PNG, and the signs of its title that no font has."""

    card: Card
    image: bytes
    lost: str


class Artist:
    """Draws cards in the same colours; the fonts that it has loaded for a language stay. `system` are fonts for what ours have not."""

    def __init__(self, colors: Mapping[str, str], system: Sequence[Path]) -> None:
        self._colors = colors
        self._system = system
        self._fonts: dict[str, Fonts] = {}

    def draw(self, cards: Iterable[Card]) -> Iterator[DrawnCard]:
        """Draw cards, one after the other."""
        for card in cards:
            if card.lang not in self._fonts:
                self._fonts[card.lang] = Fonts(self._system, card.lang)
            fonts = self._fonts[card.lang]
            yield DrawnCard(card, draw_card(card, self._colors, fonts), missing(card.title, fonts))


class _Pen:
    """Writes and measures texts whose signs are in several fonts."""

    def __init__(self, draw: ImageDraw.ImageDraw, fonts: Fonts) -> None:
        self._draw = draw
        self._fonts = fonts

    def width(self, text: str, size: int) -> float:
        """How wide a text is."""
        return sum(self._fonts.load(font, pixels).getlength(run) for font, run, pixels, _ in self._runs(text, size))

    def write(self, text: str, left: float, baseline: float, size: int) -> None:
        """Write one line."""
        for number, run, pixels, rise in self._runs(text, size):
            font = self._fonts.load(number, pixels)
            self._draw.text((left, baseline - rise), run, 255, font, anchor="ls")
            left += font.getlength(run)

    def _runs(self, text: str, size: int) -> Iterator[tuple[int, str, int, float]]:
        """Stretches in one font and size: the font, the text, its size, by how much it is raised."""
        run, at = "", (0, size, 0.0)
        for sign in text:
            glyph = self._fonts.glyph(sign)
            if glyph is None:
                continue
            place = (glyph.font, round(size * glyph.scale), size * glyph.rise)
            if sign == " " and run:  # in the font of what stands before it
                place = at
            if place != at and run:
                yield at[0], run, at[1], at[2]
                run = ""
            run, at = run + glyph.text, place
        if run:
            yield at[0], run, at[1], at[2]


def _fit(pen: _Pen, title: str) -> tuple[int, Sequence[str]]:
    """The largest size in which a title has room, and its lines, of about the same width; a very long one is cut."""
    rows: list[str] = []
    for size in _SIZES:
        most = int(_ROOM[1] / (size * _LEADING))
        rows = _wrap(pen, title, size, _ROOM[0])
        if len(rows) <= most and all(pen.width(row, size) <= _ROOM[0] for row in rows):
            narrow = _ROOM[0]
            while narrow > _ROOM[0] / 2 and len(tried := _wrap(pen, title, size, narrow - 20)) == len(rows):
                rows, narrow = tried, narrow - 20
            return size, rows
    kept = rows[: int(_ROOM[1] / (_SIZES[-1] * _LEADING))]
    return _SIZES[-1], [*kept[:-1], f"{kept[-1]}…"] if kept else []


def _wrap(pen: _Pen, text: str, size: int, room: float) -> list[str]:
    rows = [""]
    end = 0
    for found in re.finditer(_WORD.pattern, text):
        gap = " " if text[end : found.start()] else ""
        wider = f"{rows[-1]}{gap}{found[0]}"
        if rows[-1] and pen.width(wider, size) > room:
            rows.append(found[0])
        else:
            rows[-1] = wider.lstrip()
        end = found.end()
    return [row for row in rows if row]
