"""The configuration keys that mean something, and "did you mean" for those that nearly do."""

import difflib
from collections.abc import Collection, Mapping

from mathblog.config.defaults import JEKYLL_DEFAULTS

OURS = (
    "title", "description", "author", "email", "lang", "url", "theme", "theme_settings", "math", "strict", "feed",
    "paginate", "highlight", "tag_path", "category_path", "archive_path", "source",
)  # fmt: skip

# keys of sections that belong to us or to kramdown; themes do not put their own in there
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "math": ("engine", "macros", "single_dollar", "strict_kramdown"),
    "highlight": ("light", "dark", "line_numbers"),
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

# keys that Jekyll's plugins and widespread themes read, near to one of ours without being meant as it
_ELSEWHERE = (
    "authors", "categories", "category", "feeds", "gems", "hosts", "include_cached", "includes", "languages", "layouts",
    "links", "logo", "maths", "pagination", "plugins_settings", "remote_theme", "sass", "script", "sections", "sources",
    "subtitle", "tagline", "tags", "theme_color", "themes", "titles_from_headings", "urls",
)  # fmt: skip

TOP_LEVEL = (*OURS, *JEKYLL_DEFAULTS)
_CLOSE = 0.85


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
    """The same for a top-level key: themes put keys of their own there, so only near misses are named."""
    return "" if key in TOP_LEVEL or key in _ELSEWHERE else suggest(key, TOP_LEVEL)
