"""Lighter fonts for the build hook: no hints, the signs of most pages apart from the others, kerning in one small table.

`docs/adr/0057-lighter-fonts.md` and `docs/adr/0065-lighter-still.md` have the reasons.
"""

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FONT_RULE = re.compile(r"@font-face\s*\{[^}]*url\(fonts/([\w-]+)\.woff2\)[^}]*\}")
UNICODE_RANGE = re.compile(r"\s*unicode-range:[^;}]*;")
# The signs of a font that most pages have. The others go into files of their own, which are loaded where a page has one of them.
ENGLISH = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0©·\u0304\u0308‐‑–—‘’“”•…"
LETTERS = "".join(chr(code) for code in range(0xC0, 0x100) if code not in {0xD7, 0xF7}) + "Œœ"  # of Western Europe
COMMON_MATHS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "\u00a0¬°±·×÷ˆˉ˙˜ΓΔΘΛΞΠΣΦΨΩ\u2009\u200a–—†‡‘’“”…′\u20d7ℏℑℓℜℵ←↑→↓↔↦⇒⇔∀∂∃∅∇∈−∓∖∗∘√∝∞∣∥∧∨∩∪∫∼≃≅≈≡≤≥≪≫≺⊂⊃⊆⊇⊕⊗⊢⊥⋅⋆⋮⋯⋱⌈⌉⌊⌋⟨⟩⟶⟹⟺\ue020"
)
LARGE = " \u00a0()/[]{}∏∑√∣∥∫∮⋀⋁⋂⋃⌈⌉⌊⌋⟨⟩⨁⨂"  # brackets and operators
NAMES = "ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĪīİıŁłŃńŇňŌōŐőŒœŘřŚśŞşŠšŢţŤťŪūŮůŰűŹźŻżŽžȘșȚț"  # of mathematicians
BLACKBOARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZk"
CUT_NAMES = ("400-normal", "400-italic", "600-normal")
SPLIT = {
    "KaTeX_Main-Regular": {"": COMMON_MATHS},
    "KaTeX_AMS-Regular": {"": BLACKBOARD},
    "KaTeX_Size1-Regular": {"": LARGE},
    "KaTeX_Size2-Regular": {"": LARGE},
    **{f"source-serif-4-latin-{cut}": {"": ENGLISH, "-letters": LETTERS} for cut in CUT_NAMES},
    **{f"source-serif-4-latin-ext-{cut}": {"": NAMES} for cut in CUT_NAMES},
}
# fonts that stand in the style sheet itself, so that the first lines that a reader sees are set in them and do not move
INLINE = (
    "KaTeX_Main-Regular",
    "KaTeX_Math-Italic",
    "KaTeX_Size1-Regular",
    "KaTeX_Size2-Regular",
    *(f"source-serif-4-latin-{cut}" for cut in CUT_NAMES),
)
# a changed font must not bear its reserved name (OFL 3); style sheets name families by names of their own
RESERVED = {"KaTeX_": "Mathblog ", "Source Serif 4": "Mathblog Text", "SourceSerif4": "MathblogText"}
UNHINTED = {0xFFFF: 0b1010}  # smooth at all sizes: greyscale and symmetric, as browsers draw fonts without instructions
FEATURES = ("kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum")
# of kerning, in thousandths of an em: at 18 pixels 10 are a sixth of a pixel
LEAST, STEP = 10, 5
PAIRS, EXTENSION = 2, 9  # kinds of lookups in GPOS


def lighten(css: str, folder: Path) -> str:
    """Make the fonts in `folder` lighter and return the rules of `css` for what they then are: see `SPLIT` and `INLINE`."""

    def rules_of(match: "re.Match[str]") -> str:
        rule, name = match[0], match[1]
        font = folder / f"{name}.woff2"
        if name not in SPLIT:
            cut_font(font, font)
            return inlined(rule, font) if name in INLINE else rule
        bare = UNICODE_RANGE.sub("", rule).rstrip("}").rstrip().removesuffix(";")
        others = ENGLISH + LETTERS if "-latin-ext-" in name else ""  # which another file of the face has
        parts = SPLIT[name]
        rules = []
        for suffix, only in [
            ("-more", ""),
            *reversed(parts.items()),
        ]:  # the font itself last: it is read for all of them
            part = font.with_name(f"{name}{suffix}.woff2")
            signs = cut_font(font, part, only=only, without="" if only else "".join(parts.values()) + others)
            if not signs:
                part.unlink()
                continue
            own = bare.replace(f"fonts/{name}.woff2", f"fonts/{part.name}") + f";unicode-range:{as_range(signs)}}}"
            rules.append(inlined(own, part) if name in INLINE and not suffix else own)
        return "".join(rules)

    return FONT_RULE.sub(rules_of, css)


def cut_font(source: Path, target: Path, *, only: str = "", without: str = "") -> list[int]:
    """Write a font without hints and, if asked for, with some of its signs only, and return these.

    Kerning, ligatures and marks stay; fractions and other kinds of figures than those of tables go. Browsers kern no sign with
    one of another file: what most texts have few signs of has no kerning.
    """
    from fontTools.subset import Options, Subsetter  # not needed when the files are here already
    from fontTools.ttLib import TTFont, newTable

    font = TTFont(source, recalcTimestamp=False)
    signs = [code for code in font.getBestCmap() if (not only or chr(code) in only) and chr(code) not in without]
    options = Options(hinting=False, glyph_names=False, notdef_outline=True, name_IDs=["*"], recalc_timestamp=False)
    is_rare = bool(without) or only in (LETTERS, NAMES)
    options.layout_features = [name for name in FEATURES if name != "kern" or not is_rare]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=signs)
    subsetter.subset(font)
    pack_kerning(font)
    font["gasp"] = newTable("gasp")
    font["gasp"].gaspRange = UNHINTED
    for record in font["name"].names:
        if record.nameID not in {0, 13, 14}:  # the copyright and the licence stay as they are
            text = record.toUnicode()
            for reserved, ours in RESERVED.items():
                text = text.replace(reserved, ours)
            record.string = text
    font.flavor = "woff2"
    font.save(target)
    return signs


def pack_kerning(font: "TTFont") -> None:
    """Put the kerning of a font into one table of classes, which compresses to a half: glyphs with the same neighbours are one class.

    Pairs are rounded to `STEP`, those below `LEAST` go, and so does kerning by what stands two signs away.
    """
    from fontTools.otlLib.builder import buildLookup, buildPairPosClassesSubtable, buildValue

    table = font["GPOS"].table if "GPOS" in font else None
    if table is None or "kern" not in {record.FeatureTag for record in table.FeatureList.FeatureRecord}:
        return
    known = set(font.getBestCmap().values())
    kerns = {
        pair: round(value / STEP) * STEP
        for pair, value in kerning_of(font)
        if abs(value) >= LEAST and known.issuperset(pair)
    }
    order = font.getGlyphOrder()
    rows, columns = _classes(kerns, order, 0), _classes(kerns, order, 1)
    values = {
        (row, column): (buildValue({"XAdvance": kerns[row[0], column[0]]}), None)
        for row in rows
        for column in columns
        if (row[0], column[0]) in kerns
    }
    marks = {
        record.FeatureTag: [table.LookupList.Lookup[index] for index in record.Feature.LookupListIndex]
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag in {"mark", "mkmk"}
    }
    features = {"kern": [buildLookup([buildPairPosClassesSubtable(values, font.getReverseGlyphMap())])], **marks}
    _set_features(table, features)


def kerning_of(font: "TTFont") -> Iterator[tuple[tuple[str, str], int]]:
    """Return the pairs of glyphs whose distance a font changes, with the change: the first table that has a pair decides."""
    seen = set()
    for lookup in font["GPOS"].table.LookupList.Lookup:
        tables = [it.ExtSubTable if lookup.LookupType == EXTENSION else it for it in lookup.SubTable]
        decided: set[str] = set()
        for table in tables if tables and tables[0].LookupType == PAIRS else ():
            for row, left in enumerate(table.Coverage.glyphs):
                if left in decided:
                    continue
                if table.Format == 1:
                    found = {it.SecondGlyph: it.Value1 for it in table.PairSet[row].PairValueRecord}
                else:  # of classes: a glyph that stands here is not looked for in later tables
                    decided.add(left)
                    records = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)].Class2Record
                    class_of = table.ClassDef2.classDefs
                    found = {right: records[class_of.get(right, 0)].Value1 for right in font.getGlyphOrder()}
                for right, value in found.items():
                    if (left, right) not in seen:
                        seen.add((left, right))
                        yield (left, right), getattr(value, "XAdvance", 0) or 0


def _classes(kerns: dict[tuple[str, str], int], order: list[str], side: int) -> list[tuple[str, ...]]:
    """The glyphs of one side of pairs, those together that have the same distances to all of the other."""
    found: dict[tuple[object, ...], list[str]] = {}
    for glyph in order:
        pairs = [(glyph, other) if side == 0 else (other, glyph) for other in order]
        distances = tuple((pair[1 - side], kerns[pair]) for pair in pairs if pair in kerns)
        if distances:
            found.setdefault(distances, []).append(glyph)
    return [tuple(glyphs) for glyphs in found.values()]


def _set_features(table: Any, features: dict[str, list[Any]]) -> None:
    """Make `features`, each with its lookups, all that a table has, for all languages."""
    from fontTools.ttLib.tables import otTables

    lookups: list[Any] = []
    records: list[Any] = []
    for tag, own in features.items():
        record = otTables.FeatureRecord()
        record.FeatureTag, record.Feature = tag, otTables.Feature()
        record.Feature.FeatureParams = None
        record.Feature.LookupListIndex = list(range(len(lookups), len(lookups) + len(own)))
        record.Feature.LookupCount = len(own)
        lookups += own
        records.append(record)
    table.LookupList.Lookup, table.LookupList.LookupCount = lookups, len(lookups)
    table.FeatureList.FeatureRecord, table.FeatureList.FeatureCount = records, len(records)
    for script in table.ScriptList.ScriptRecord:
        script.Script.LangSysRecord, script.Script.LangSysCount = [], 0
        system = script.Script.DefaultLangSys
        if system is not None:
            system.FeatureIndex, system.FeatureCount = list(range(len(records))), len(records)


def as_range(codes: list[int]) -> str:
    """Code points as CSS has them, `U+20-7E,U+A0`."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{low:X}" if low == high else f"U+{low:X}-{high:X}" for low, high in runs)


def inlined(rule: str, font: Path) -> str:
    """A rule in which the font itself stands before its file, which is left for sites that forbid `data:`."""
    data = base64.b64encode(font.read_bytes()).decode("ascii")
    return rule.replace("url(fonts/", f"url(data:font/woff2;base64,{data}) format('woff2'),url(fonts/", 1)
