"""Tokens -> HTML, with the marks and classes that kramdown and Rouge give to a page of Jekyll's."""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from markdown_it.common.utils import escapeHtml, unescapeAll
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from mathblog.core.dataclass import dataclass, field
from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.code.fence_info import parse_info
from mathblog.markdown.code.highlight import PLAIN, HtmlAndKnown, Markup
from mathblog.markdown.fast.tags import TagHtml
from mathblog.markdown.headings import HeadingHtml
from mathblog.markdown.images import ImageHtml
from mathblog.markdown.indentation import indented
from mathblog.markdown.marks import Marks
from mathblog.markdown.maths.nobreak import attached_after, attached_before, join
from mathblog.markdown.references import ReferenceHtml
from mathblog.markdown.rules.html.html_tags import with_attributes, with_sections_as_text
from mathblog.markdown.rules.inline_options import default_language
from mathblog.markdown.statements import END, StatementHtml
from mathblog.model.body import Piece

Env = Any  # markdown-it's own type of it is a mapping of anything
Highlighter = Callable[[str, str, Markup], HtmlAndKnown]

HIGHLIGHTED = "highlighter-rouge"
CODE_CLASS = f"language-plaintext {HIGHLIGHTED}"
_LANGUAGE = "language-"
_MARKDOWN = lazy_pattern(r"^(<[A-Za-z][^<>]*?)\smarkdown\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_CODE = lazy_pattern(r"<code>(.*)</code>", re.DOTALL)
_WRAPPER = lazy_pattern(r'<div class="([^"]*)">')


@dataclass(slots=True)
class Rendering:
    """The input of one rendering, and the languages that it found no lexer for."""

    formulas: Mapping[int, Piece]  # by identity of the token
    highlight: Highlighter
    kramdown: bool
    line_numbers: bool
    guess_lang: bool
    footnote_backlink: str
    header_offset: int
    uncoloured: tuple[str, ...] = ()
    in_list: bool = False  # an excerpt or a table of contents: no ids and no footnote marks, which stand elsewhere
    repeating: bool = False  # a statement that is shown once more
    listed: Mapping[int, Piece] = field(default_factory=dict)  # the formulas without ids
    in_outline: bool = False  # a table of contents: no links
    marks: Marks = field(default_factory=Marks)
    unknown: list[tuple[str, Token]] = field(default_factory=list)
    too_long: list[tuple[int, Token]] = field(default_factory=list)


class HtmlRenderer(HeadingHtml, StatementHtml, ReferenceHtml, ImageHtml, TagHtml):
    """The rules that differ from CommonMark's; `env["rendering"]` holds the `Rendering`."""

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: Env) -> str:
        """The HTML of some blocks."""
        rendering = env.get("rendering")
        if rendering is None or not rendering.kramdown:
            return super().render(tokens, options, env)
        rules, plain = self.rules, self.renderToken
        pieces = [
            self.renderInline(token.children or (), options, env)
            if token.type == "inline"
            else rules.get(token.type, plain)(tokens, idx, options, env)
            for idx, token in enumerate(tokens)
        ]
        return indented(tokens, pieces)

    def math_inline(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """The piece given for the formula, on one line with what is attached to it."""
        token = tokens[idx]
        rendering: Rendering = env["rendering"]
        attached = escapeHtml(_attached_before(tokens, idx)), escapeHtml(_attached_after(tokens, idx))
        before, formula, after = join(attached[0], rendering.formulas[id(token)], attached[1])
        html = rendering.marks.stand_in(formula)
        if "anchor" in token.meta:
            html = f"<span{_with_class(token, '', numbered=not rendering.in_list)}>{html}</span>"
        elif token.attrs:
            html = f"<span{self.renderAttrs(token)}>{html}</span>"
        return f"{before}{html}{after}"

    def text(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Text, without what is attached to a formula beside it and stands there; kramdown leaves its quotes as they are."""
        content = tokens[idx].content
        if idx and tokens[idx - 1].type == "math_inline":
            content = content[len(_attached_after(tokens, idx - 1)) :]
        if idx + 1 < len(tokens) and tokens[idx + 1].type == "math_inline":
            content = content[: len(content) - len(_attached_before(tokens, idx + 1))]
        rendering = env.get("rendering")
        kramdown = rendering is not None and rendering.kramdown
        return escape(content, quote=False) if kramdown else escapeHtml(content)

    def math_block(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """The piece given for the formula, in a box of its own that can scroll."""
        rendering: Rendering = env["rendering"]
        html = rendering.marks.stand_in(rendering.formulas[id(tokens[idx])])
        html += END if tokens[idx].meta.get("qed") else ""  # a proof ends with it
        if not html:  # it only defines
            return ""
        before = "\n" if idx and tokens[idx - 1].hidden else ""
        return f"{before}<div{_with_class(tokens[idx], 'math-display', numbered=not rendering.in_list)}>{html}</div>\n"

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Raw HTML, around the formulas in it."""
        token = tokens[idx]
        html = str(self.renderInline(token.children, options, env) if token.children else token.content)
        if "<![CDATA[" in html and (rendering := env.get("rendering")) and rendering.kramdown:
            html = with_sections_as_text(html)
        return with_attributes(html, token.attrs)

    def html_inline(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """A tag in running text."""
        html = tokens[idx].content
        if "<![CDATA[" in html and (rendering := env.get("rendering")) and rendering.kramdown:
            html = with_sections_as_text(html)
        if "markdown" in html:  # kramdown's attribute says how the content is read
            html = _MARKDOWN.sub(r"\1", html)
        return with_attributes(html, tokens[idx].attrs)

    def blockquote_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Env) -> str:
        """A quote; the line end stands in an empty one, too, as in CommonMark's examples."""
        before = "\n" if idx and tokens[idx - 1].hidden else ""
        return f"{before}<blockquote{self.renderAttrs(tokens[idx])}>\n"

    def td_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """A cell; an empty one holds a blank that keeps its height, as in kramdown."""
        rendering = env.get("rendering")
        filled = rendering is None or not rendering.kramdown or tokens[idx + 1].content
        return f"<{tokens[idx].tag}{self.renderAttrs(tokens[idx])}>{'' if filled else '&nbsp;'}"

    th_open = td_open

    def s_open(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: Env) -> str:
        """Struck text is deleted text, as in kramdown."""
        return "<del>"

    def s_close(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: Env) -> str:
        """The end of struck text."""
        return "</del>"

    def code_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """A code span."""
        rendering = env.get("rendering")
        if rendering is None or not rendering.kramdown:
            return super().code_inline(tokens, idx, options, env)
        token = tokens[idx]
        if "span" in rendering.uncoloured:
            return f"<code{_attributes(token)}>{escapeHtml(token.content)}</code>"
        own = _language(token) if token.attrs else ""
        if language := own or default_language(env):
            html, known, _ = rendering.highlight(token.content, language, PLAIN)
            inner = _CODE.search(html)
            if known and inner:
                classes = _with_class(token, HIGHLIGHTED if own else f"language-{escapeHtml(language)} {HIGHLIGHTED}")
                return f"<code{classes}>{inner[1]}</code>"
            return f"<code{_attributes(token)}>{escape(token.content, quote=False)}</code>"
        classes = _with_class(token, CODE_CLASS) if rendering.guess_lang else _attributes(token)
        return f"<code{classes}>{escape(token.content, quote=False)}</code>"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """A fenced block, highlighted."""
        rendering, token = env.get("rendering"), tokens[idx]
        if rendering is None:
            return super().fence(tokens, idx, options, env)
        language, markup = parse_info(unescapeAll(token.info).strip(), line_numbers=rendering.line_numbers)
        classes = str(token.attrs.get("class", "")).split()
        if "lineno" in classes or "nolineno" in classes:
            markup = markup._replace(line_numbers="lineno" in classes)
        language = language or _language(token) or default_language(env)
        return _highlighted(rendering, token, language, markup)

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Indented code."""
        rendering = env.get("rendering")
        if rendering is None:
            return super().code_block(tokens, idx, options, env)
        language = _language(tokens[idx]) or default_language(env)
        return _highlighted(rendering, tokens[idx], language, Markup(line_numbers=rendering.line_numbers))

    def footnote_ref(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """The mark of a footnote in the text (kramdown `converter/html.rb`, `convert_footnote`)."""
        if env["rendering"].in_list:
            return ""
        meta = tokens[idx].meta
        name = escapeHtml(meta["label"])
        repeat = f":{meta['subId']}" if meta["subId"] else ""
        return (
            f'<sup id="fnref:{name}{repeat}"><a href="#fn:{name}" class="footnote" rel="footnote" '
            f'role="doc-noteref">{meta["id"] + 1}</a></sup>'
        )

    def footnote_block_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Env) -> str:
        """The start of the footnotes."""
        return f'<div class="footnotes" role="doc-endnotes">\n  <ol{self.renderAttrs(tokens[idx])}>\n'

    def footnote_block_close(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: Env) -> str:
        """The end of the footnotes."""
        return "  </ol>\n</div>\n"

    def footnote_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Env) -> str:
        """The start of a footnote's text."""
        return f'<li id="fn:{escapeHtml(tokens[idx].meta["label"])}">\n'

    def footnote_close(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: Env) -> str:
        """The end of a footnote's text."""
        return "</li>\n"

    def footnote_anchor(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """The way back, at the end of the last paragraph; after another block it has a paragraph of its own."""
        meta, words = tokens[idx].meta, env["rendering"].footnote_backlink
        name, again = escapeHtml(meta["label"]), meta["subId"]
        repeat, mark = (f":{again}", f"<sup>{again + 1}</sup>") if again else ("", "")
        link = f'<a href="#fnref:{name}{repeat}" class="reversefootnote" role="doc-backlink">{words}{mark}</a>'
        first, last = tokens[idx - 1].type != "footnote_anchor", tokens[idx + 1].type != "footnote_anchor"
        if tokens[idx - int(again) - 1].type == "inline":
            return f"&nbsp;{link}"
        return f"{'<p>' if first else '&nbsp;'}{link}{'</p>' if last else ''}" + ("\n" if last else "")


def _highlighted(rendering: Rendering, token: Token, language: str, markup: Markup) -> str:
    """A block of code in its box, with the attributes of its list; one of them may name the language.

    It has no box where the site colours no code, nor without a language where it says `guess_lang: false` (kramdown's `syntax_highlighter/rouge.rb`).
    """
    name = f' class="{_LANGUAGE}{escapeHtml(language)}"' if language else ""
    plain = f"<pre{_attributes(token)}><code{name}>{escapeHtml(token.content)}</code></pre>\n"
    if "block" in rendering.uncoloured or (not language and not rendering.guess_lang):
        return plain
    classes = str(token.attrs.get("class", "")).split()
    html, known, too_long = rendering.highlight(token.content, language, markup)
    if too_long:
        rendering.too_long.append((too_long, token))
    if not known:
        rendering.unknown.append((language, token))
        if rendering.kramdown:  # no box, as where Rouge knows no lexer: scripts (Mermaid's) look for this element
            return plain
    if token.attrs and (wrapper := _WRAPPER.match(html)):
        added = " ".join(name for name in wrapper[1].split() if name not in classes)
        html = f"<div{_with_class(token, added)}>{html[wrapper.end() :]}"
    return f"{html}\n"


def _language(token: Token) -> str:
    """The language that an attribute list names, "" where it names none."""
    classes = str(token.attrs.get("class", "")).split()
    return next((name.removeprefix(_LANGUAGE) for name in classes if name.startswith(_LANGUAGE)), "")


def _attached_after(tokens: Sequence[Token], idx: int) -> str:
    """The text after an inline formula that stays on its line; none after any other token."""
    is_formula = tokens[idx].type == "math_inline" and not tokens[idx].meta["display"]
    followed = is_formula and idx + 1 < len(tokens) and tokens[idx + 1].type == "text"
    return attached_after(tokens[idx + 1].content) if followed else ""


def _attached_before(tokens: Sequence[Token], idx: int) -> str:
    """The text before an inline formula that stays on its line, but for what is attached to a formula before that."""
    is_formula = tokens[idx].type == "math_inline" and not tokens[idx].meta["display"]
    if not is_formula or idx == 0 or tokens[idx - 1].type != "text":
        return ""
    taken = len(_attached_after(tokens, idx - 2)) if idx > 1 else 0
    return attached_before(tokens[idx - 1].content[taken:])


def _with_class(token: Token, name: str, *, numbered: bool = True) -> str:
    """A token's attributes, with a class of ours after those of its attribute list; an equation with a number has its id, but for lists."""
    if "anchor" in token.meta:
        classes = " ".join(filter(None, (f"{name} equation".strip(), str(token.attrs.get("class", "")))))
        own = {"class": classes, **({"id": token.meta["anchor"]} if numbered else {})}
        return _written(own | {key: it for key, it in token.attrs.items() if key not in ("id", "class")})
    if not token.attrs:
        return f' class="{name}"'
    classes = f"{token.attrs['class']} {name}" if "class" in token.attrs else name
    return _written({**token.attrs, "class": classes})


def _attributes(token: Token) -> str:
    return _written(token.attrs) if token.attrs else ""


def _written(attributes: Mapping[str, str | int | float]) -> str:
    return "".join(f' {escapeHtml(key)}="{escapeHtml(str(value))}"' for key, value in attributes.items())
