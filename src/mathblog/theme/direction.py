"""Whether a language is written from the right to the left."""

# Unicode's CLDR, the scripts of languages that are written so in the first place
_LANGUAGES = frozenset(
    ["ar", "arc", "arz", "ckb", "dv", "fa", "he", "iw", "khw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
)
_SCRIPTS = frozenset(["arab", "hebr", "thaa", "syrc", "nkoo", "adlm", "rohg", "samr", "mand"])


def direction(language: object) -> str:
    """`rtl` or `ltr` for a language tag (`ar-EG`, `he`, `az-Arab`); a script in it counts more than the language."""
    first, *rest = str(language or "").lower().replace("_", "-").split("-")
    script = next((part for part in rest if len(part) == 4), "")  # noqa: PLR2004 - ISO 15924
    if script:
        return "rtl" if script in _SCRIPTS else "ltr"
    return "rtl" if first in _LANGUAGES else "ltr"
