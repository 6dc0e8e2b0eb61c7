"""The configuration keys that mean something, and "did you mean" for those that nearly do."""

import difflib
from collections.abc import Collection, Mapping

from mathblog.config.defaults import JEKYLL_DEFAULTS
from mathblog.model.values import Value

OURS = (
    "title", "description", "author", "email", "lang", "url", "theme", "theme_settings", "themes", "math", "strict", "feed",
    "paginate", "check", "highlight", "tag_path", "category_path", "archive_path", "source", "theorems", "citations", "images", "diagrams",
    "full_text_search", "social_cards",
)  # fmt: skip

# keys of Jekyll's that have no default
WITHOUT_DEFAULT = ("page_excerpts", "csv_reader", "tsv_reader", "time", "data")

# keys of sections that belong to us or to kramdown; themes do not put their own in there
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "math": ("engine", "escapes", "macros", "number", "number_prefix", "number_start", "number_within", "packages", "single_dollar", "strict_kramdown"),
    "citations": ("style", "source", "bibliography"),
    "highlight": ("light", "dark", "line_numbers"),
    "theorems": ("counter", "kinds", "names", "numbered", "style", "unnumbered", "within"),
    "liquid": ("error_mode", "strict_filters", "strict_variables"),
    "optional_front_matter": ("enabled", "remove_originals"),
    "readme_index": ("enabled", "remove_originals", "with_frontmatter"),
    "relative_links": ("enabled", "collections", "exclude"),
    "titles_from_headings": ("enabled", "strip_title", "collections"),
    "kramdown": (
        "auto_id_prefix", "auto_id_stripping", "auto_ids", "coderay", "coderay_bold_every", "coderay_css",
        "coderay_default_lang", "coderay_line_number_start", "coderay_line_numbers", "coderay_tab_width",
        "coderay_wrap", "enable_coderay", "entity_output", "footnote_backlink", "footnote_backlink_inline",
        "footnote_link_text", "footnote_nr", "footnote_prefix", "forbidden_inline_options", "gfm_emojis", "gfm_quirks",
        "guess_lang", "hard_wrap", "header_links", "header_offset", "html_to_native", "input", "latex_headers",
        "line_width", "link_defs", "list_indent", "math_engine", "math_engine_opts", "parse_block_html",
        "parse_span_html", "remove_block_html_tags", "remove_line_breaks_for_cjk", "remove_span_html_tags",
        "show_warnings", "smart_quotes", "syntax_highlighter", "syntax_highlighter_opts", "template", "toc_levels",
        "transliterated_header_ids", "typographic_symbols",
    ),
}  # fmt: skip

# keys that Jekyll's plugins and widespread themes read, one letter from one of ours without being meant as it
_ELSEWHERE = (
    "authors", "feeds", "gems", "highlights", "hosts", "includes", "layout", "layouts",
    "links", "mail", "maths", "ports", "sources",
    "timezones", "titles", "urls",
)  # fmt: skip

# the options of kramdown's that `config/text.py` reads; `mathblog doctor` names the others
KRAMDOWN_HONOURED = (
    "auto_id_prefix", "auto_ids", "footnote_backlink", "footnote_nr", "guess_lang", "hard_wrap", "header_offset", "parse_block_html",
    "smart_quotes", "syntax_highlighter_opts", "toc_levels",
)  # fmt: skip

_OF_JEKYLL = ("gems", "highlighter", "kramdown", "plugins", "remote_theme", "sass", "whitelist")
LIKE_KRAMDOWN = ("kramdown", "gfm", "")  # words for `markdown:`

TOP_LEVEL = (*OURS, *JEKYLL_DEFAULTS, *WITHOUT_DEFAULT)
_CLOSE = 0.85
_LONG_ENOUGH = 5  # letters: too many shorter words differ in one letter only


def is_for_jekyll(data: Mapping[str, Value]) -> bool:
    """Whether a configuration was written for Jekyll: it has keys that no blog of mathblog's needs."""
    dialect = data.get("markdown")
    named = isinstance(dialect, str) and dialect.lower() in LIKE_KRAMDOWN
    return named or any(data.get(key) is not None for key in _OF_JEKYLL)


def suggest(key: str, known: Collection[str]) -> str:
    """The known key that `key` is nearly, or an empty text."""
    plain = key.lower().replace("-", "_")
    if plain in known and plain != key:
        return plain
    if close := difflib.get_close_matches(plain, known, 1, _CLOSE):
        return close[0]
    letters = sorted(plain)
    return next((name for name in known if sorted(name) == letters), "")


def suggest_top(key: str) -> str:
    """The same for a top-level key: themes put keys of their own there, so only a slip of the finger is named."""
    if key in TOP_LEVEL or key in _ELSEWHERE:
        return ""
    plain = _letters(key)
    return next((name for name in TOP_LEVEL if _is_slip(plain, _letters(name))), "")


def suggest_section(key: str, value: Value) -> str:
    """The section of which a mapping has only keys, under a name that is nearly that of it (`maths:`); '' for others."""
    names = tuple(value) if isinstance(value, Mapping) else ()
    near = difflib.get_close_matches(key, SECTIONS, 1, _CLOSE) if names and key not in SECTIONS else []
    return near[0] if near and all(name in SECTIONS[near[0]] for name in names) else ""


def suggest_slip(key: str, known: Collection[str]) -> str:
    """The known key of which `key` is a slip of the finger, or an empty text."""
    plain = _letters(key)
    return next((name for name in known if name != key and _is_slip(plain, _letters(name))), "")


def _letters(key: str) -> str:
    return key.lower().replace("-", "").replace("_", "")


def _is_slip(key: str, known: str) -> bool:
    """Whether two words are the same, one letter apart, or made of the same letters."""
    if min(len(key), len(known)) < _LONG_ENOUGH or abs(len(key) - len(known)) > 1:
        return key == known
    if sorted(key) == sorted(known):
        return True
    longest = max(len(key), len(known))
    start = next((at for at, (one, other) in enumerate(zip(key, known, strict=False)) if one != other), longest)
    rest, known_rest = key[start:], known[start:]
    return rest[1:] == known_rest[1:] or rest[1:] == known_rest or rest == known_rest[1:]
