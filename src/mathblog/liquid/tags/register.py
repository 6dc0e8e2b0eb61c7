"""All tags by their words."""

from collections.abc import Mapping

from mathblog.liquid.plugins.details import read_details
from mathblog.liquid.plugins.file_exists import read_file_exists
from mathblog.liquid.plugins.formulas import read_katex, read_katexmm, read_tufte_edge
from mathblog.liquid.plugins.media import read_twitter, read_youtube
from mathblog.liquid.plugins.tabs import read_tab, read_tabs
from mathblog.liquid.plugins.tufte import read_tufte
from mathblog.liquid.syntax.parser import ReadTag
from mathblog.liquid.syntax.token import TokenKind
from mathblog.liquid.tags.assign import read_assign, read_capture
from mathblog.liquid.tags.choice import read_case, read_if
from mathblog.liquid.tags.comment import read_comment
from mathblog.liquid.tags.contents import read_contents
from mathblog.liquid.tags.feed_meta import read_feed_meta
from mathblog.liquid.tags.gist import read_gist
from mathblog.liquid.tags.jekyll.highlight import read_highlight
from mathblog.liquid.tags.jekyll.include import read_include
from mathblog.liquid.tags.jekyll.link import read_link
from mathblog.liquid.tags.jekyll.post_url import read_post_url
from mathblog.liquid.tags.loop import read_break, read_continue, read_for
from mathblog.liquid.tags.maybe import read_maybe
from mathblog.liquid.tags.output import read_output_tag
from mathblog.liquid.tags.seo import read_seo
from mathblog.liquid.tags.state import read_counter, read_cycle, read_ifchanged
from mathblog.liquid.tags.tablerow import read_tablerow
from mathblog.liquid.tags.text import read_text

TAGS: Mapping[str, ReadTag] = {
    TokenKind.CONTENT: read_text,
    TokenKind.MAYBE: read_maybe,
    TokenKind.OUTPUT: read_output_tag,
    "#": read_comment,
    "assign": read_assign,
    "break": read_break,
    "capture": read_capture,
    "case": read_case,
    "continue": read_continue,
    "cycle": read_cycle,
    "decrement": read_counter,
    "details": read_details,
    "echo": read_output_tag,
    "em": read_tufte_edge,
    "endmath": read_tufte_edge,
    "epigraph": read_tufte,
    "feed_meta": read_feed_meta,
    "file_exists": read_file_exists,
    "for": read_for,
    "fullwidth": read_tufte,
    "gist": read_gist,
    "highlight": read_highlight,
    "if": read_if,
    "ifchanged": read_ifchanged,
    "include": read_include,
    "include_cached": read_include,
    "include_relative": read_include,
    "increment": read_counter,
    "katex": read_katex,
    "katexmm": read_katexmm,
    "link": read_link,
    "m": read_tufte_edge,
    "maincolumn": read_tufte,
    "marginfigure": read_tufte,
    "marginnote": read_tufte,
    "math": read_tufte_edge,
    "newthought": read_tufte,
    "post_url": read_post_url,
    "seo": read_seo,
    "sidenote": read_tufte,
    "tab": read_tab,
    "tablerow": read_tablerow,
    "tabs": read_tabs,
    "toc": read_contents,
    "twitter": read_twitter,
    "twitternocache": read_twitter,
    "unless": read_if,
    "youtube": read_youtube,
}
