"""Fonts to draw with: the theme's text face and KaTeX's, and for what they have not those of the system."""

import os
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import ImageFont

from mathblog.engine.katex.assets import face_files, katex_files

_CUT = "600-normal"
_SUBSETS = ("latin", "latin-ext", "greek", "cyrillic", "vietnamese")
_REST = "-more"  # how the file is called that has the signs of a font that few formulas need
_KATEX = ("Main-Regular", "AMS-Regular", "Size1-Regular")
_ALPHABETS = {
    "DOUBLE-STRUCK": "AMS-Regular",
    "SCRIPT": "Script-Regular",
    "FRAKTUR": "Fraktur-Regular",
    "BLACK-LETTER": "Fraktur-Regular",
}
_SMALL, _UP, _DOWN = 0.66, 0.38, -0.14  # of the size: a raised or lowered sign, and by how much
# fonts that systems have for Korean, Chinese, Japanese, Arabic, Hebrew and signs, the best first
_SYSTEM = (
    "NotoSansCJK-Bold", "NotoSansCJK-Regular", "NotoSansCJKkr-Bold", "NotoSansKR-Bold", "NotoSansSC-Bold", "NotoSansJP-Bold", "SourceHanSans-Bold",
    "AppleSDGothicNeo", "PingFang", "Hiragino Sans GB", "malgunbd", "msyhbd", "YuGothB", "NanumGothicBold", "wqy-zenhei",
    "NotoSansArabic-Bold", "NotoSansHebrew-Bold", "NotoSansThai-Bold", "NotoSansDevanagari-Bold", "segoeuib", "arialbd",
    "NotoSansMath-Regular", "NotoSansSymbols2-Regular", "DejaVuSans-Bold",
)  # fmt: skip
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
_FACES = {"ja": 0, "ko": 1, "zh": 2, "zh-tw": 3, "zh-hant": 3, "zh-hk": 4}  # in Noto's collections


class Glyph(NamedTuple):
    """A sign as it is drawn: in the font at this place, in this part of the size, raised by a part of it."""

    font: int
    text: str
    scale: float = 1.0
    rise: float = 0.0


def find_system_fonts(own: Path | None) -> list[Path]:
    """The fonts for what the text face has not: `own`, which the site names, and those that are found in the system's folders."""
    found: dict[str, Path] = {}
    for folder in _FOLDERS:
        for root, folders, names in os.walk(Path(folder).expanduser()):
            folders.sort()
            for name in sorted(names):
                stem, _, extension = name.rpartition(".")
                if stem in _SYSTEM and extension.lower() in ("ttf", "ttc", "otf"):
                    found.setdefault(stem, Path(root, name))
    return [*([own] if own else []), *(found[stem] for stem in _SYSTEM if stem in found)]


class Fonts:
    """Fonts by the signs that they have. `lang` chooses the forms of Han characters."""

    def __init__(self, system: Iterable[Path], lang: str) -> None:
        face = {name.partition("fonts/")[2]: path for name, path in face_files().items()}
        katex = {name.partition("fonts/KaTeX_")[2].removesuffix(".woff2"): path for name, path in katex_files().items()}
        ours = [path for subset in _SUBSETS if (path := face.get(f"source-serif-4-{subset}-{_CUT}.woff2"))]
        self._katex = {name: len(ours) + number for number, name in enumerate(sorted(katex))}
        self._paths = [*ours, *(katex[name] for name in sorted(katex)), *system]
        usual = [number for name, number in self._katex.items() if name.removesuffix(_REST) in _KATEX]
        self._usual = [
            *range(len(ours)),
            *usual,
            *range(len(ours) + len(katex), len(self._paths)),
        ]
        self._index = _FACES.get(lang.lower(), _FACES.get(lang[:2].lower(), 0))
        self._loaded: dict[tuple[int, int], ImageFont.FreeTypeFont] = {}
        self._glyphs: dict[str, Glyph | None] = {}

    def load(self, number: int, size: int) -> ImageFont.FreeTypeFont:
        """A font in a size."""
        key = (number, size)
        if key not in self._loaded:
            path = self._paths[number]
            index = self._index if path.suffix == ".ttc" and "CJK" in path.name else 0
            self._loaded[key] = ImageFont.truetype(str(path), size, index=index)
        return self._loaded[key]

    def glyph(self, sign: str) -> Glyph | None:
        """A sign as it is drawn; None where no font has it."""
        if sign not in self._glyphs:
            self._glyphs[sign] = next(self._candidates(sign), None)
        return self._glyphs[sign]

    def _candidates(self, sign: str) -> Iterator[Glyph]:
        number = next((number for number in self._usual if self._has(number, sign)), None)
        if number is not None:
            yield Glyph(number, sign)
        plain, kind = unicodedata.normalize("NFKD", sign), unicodedata.decomposition(sign).partition(" ")[0]
        if kind in ("<super>", "<sub>") and (inner := self.glyph(plain)):
            yield Glyph(inner.font, inner.text, _SMALL, _UP if kind == "<super>" else _DOWN)
        alphabet = next((font for word, font in _ALPHABETS.items() if word in unicodedata.name(sign, "")), None)
        for name in (alphabet, f"{alphabet}{_REST}"):
            if name in self._katex and len(plain) == 1 and self._has(self._katex[name], plain):
                yield Glyph(self._katex[name], plain)

    def _has(self, number: int, sign: str) -> bool:
        """Whether a font has a sign: what it has not looks as what no font has."""
        font = self.load(number, 32)
        return sign.isspace() or bytes(font.getmask(sign)) != bytes(font.getmask("\uffff"))
