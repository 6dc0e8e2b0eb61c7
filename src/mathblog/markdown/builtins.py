"""The rules of Markdown that are built in, in the order in which they are installed."""

from dataclasses import replace

from mathblog.extend.declarations import Rule

_RULES = "mathblog.markdown.rules."
_BLOCKS, _HTML, _LISTS = f"{_RULES}blocks.", f"{_RULES}html.", f"{_RULES}lists."
_SPANS, _TABLES, _STATEMENTS = f"{_RULES}spans.", f"{_RULES}tables.", f"{_RULES}statements."

_BOTH = (
    Rule(
        "commonmark",
        _RULES + "commonmark:install",
        inline={
            "autolink": "<", "backticks": "`", "emphasis": "*_", "entity": "&", "escape": "\\", "html_inline": "<",
            "image": "!", "link": "[", "newline": "\n",
        },
        block={
            "blockquote": ">", "fence": "`~", "heading": "#", "hr": "*-_", "html_block": "<", "list": "*+-0123456789",
            "reference": "[",
        },
        ends="]",
    ),
    Rule("math", _RULES + "math:install", {"math_inline": "$\\"}, {"math_block": "$\\"}, scratch=("scanners",)),
    Rule("raw_html", _HTML + "raw_html:install", {"raw_element": "<"}),
    Rule("subequations", _BLOCKS + "subequations:install", block={"subequations": "\\"}),
    Rule(
        "references",
        _SPANS + "references:install",
        {"reference": "\\", "citation": "[", "bare_reference": "@"},
    ),
    Rule("gfm_tables", _TABLES + "gfm_tables:install"),
    Rule("strikethrough", _SPANS + "strikethrough:install", {"strikethrough": "~"}),
    Rule("task_lists", _LISTS + "task_lists:install"),
    Rule("heading_ids", _RULES + "heading_ids:install"),
    Rule("emoji", _SPANS + "emoji:install"),
)  # fmt: skip
_KRAMDOWN = (
    Rule("paragraphs", _BLOCKS + "paragraphs:install"),
    Rule("header_lines", _BLOCKS + "header_lines:install"),
    Rule("block_quotes", _BLOCKS + "block_quotes:install", scratch=("lines",)),
    Rule("lists", _LISTS + "lists:install", scratch=("lines", "unclosed")),
    Rule("end_of_block", _BLOCKS + "end_of_block:install", block={"end_of_block": "^"}),
    Rule("fences", _BLOCKS + "fences:install"),
    Rule("html_blocks", _HTML + "html_blocks:install", scratch=("elements",)),
    Rule("tables", _TABLES + "tables:install", scratch=("rules_end",)),
    Rule("emphasis", _SPANS + "emphasis:install", scratch=("emphasis",)),
    Rule("link_definitions", _SPANS + "link_definitions:install"),
    Rule("links", _SPANS + "links:install"),
    Rule("code_spans", _SPANS + "code_spans:install"),
    Rule("span_html", _HTML + "span_html:install", scratch=("html",)),
    Rule("footnotes", _SPANS + "footnotes:install", {"footnote_ref": "[", "footnote_text": "["}, {"footnote_def": "["}),
    Rule("definition_lists", _LISTS + "definition_lists:install", block={"definition_list": ":"}),
    Rule("escapes", _SPANS + "escapes:install"),
    Rule("line_breaks", _SPANS + "line_breaks:install", {"line_break": "\\"}),
    Rule("typography", _SPANS + "typography:install", {"guillemets": "<"}, scratch=("quotes",)),
    Rule("attributes", _RULES + "attributes:install", {"attributes": "{"}, {"attributes": "{"}, scratch=("attributes", "lists")),
    Rule("extensions", _RULES + "extensions:install", {"extensions": "{"}, {"extensions": "{"}, scratch=("missing",)),
    Rule("figures", _BLOCKS + "figures:install"),
    Rule("abbreviations", _SPANS + "abbreviations:install", block={"abbreviation": "*"}),
    Rule("contents", _BLOCKS + "contents:install"),
    Rule("statement_fences", _STATEMENTS + "fenced:install", block={"statement_fence": ":"}, scratch=("statement_fences",)),
    Rule(
        "statement_environments",
        _STATEMENTS + "environments:install",
        block={"statement_environment": "\\"},
        scratch=("statement_environments",),
    ),
    Rule("statement_declarations", _STATEMENTS + "declarations:install", block={"statement_declarations": "\\"}),
    Rule("statements", _STATEMENTS + "rule:install"),
)  # fmt: skip
RULES = (*_BOTH, *(replace(rule, kramdown=True) for rule in _KRAMDOWN))
