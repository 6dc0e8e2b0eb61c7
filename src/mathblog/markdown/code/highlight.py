"""Code -> HTML through Pygments' lexers, in the markup that Rouge gives to a page of Jekyll's."""

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from mathblog.core.patterns import lazy_pattern

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

_LINE_RANGE = lazy_pattern(r"(\d{1,6})(?:-(\d{1,6}))?")
_PLAIN = ("", "plaintext", "text", "plain", "txt", "none", "nohighlight")
_LONGEST_RANGE = 10_000
_TAG_BLOCK = lazy_pattern(r'<figure class="highlight"><pre><code.*?</code></pre></figure>', re.DOTALL)
# what scripts of a page draw: no lexer knows it, and none is missed
DRAWN = frozenset((
    "abc", "chartjs", "diff2html", "echarts", "geojson", "markmap", "mermaid", "plantuml", "plotly", "tikz", "tikzcd", "typograms",
    "vega", "vega-lite", "vega_lite",
))  # fmt: skip
# names that Rouge knows and Pygments does not, or knows as something else
_ROUGE = {
    "bsl": "text", "conf": "ini", "console": "console", "escape": "text", "gherkin": "gherkin", "hack": "php",
    "irb": "irb", "javascript": "javascript", "jsx": "jsx", "json5": "json5", "json-doc": "json", "jsonc": "json5",
    "magik": "text", "nasm": "nasm", "objective_c": "objective-c", "objc": "objective-c", "plist": "xml",
    "sage": "python", "sagemath": "python", "shell": "bash", "vb": "vb.net", "vue": "html", "xlang": "text",
    "m": "matlab", "pseudocode": "text", "pseudo": "text", "output": "text", "latex": "tex", "mathematica": "mathematica",
    "wolfram": "mathematica", "cuda": "cuda", "cu": "cuda", "proto": "protobuf", "dockerfile": "docker",
    "apex": "java", "armasm": "gas", "batchfile": "batch", "behat": "gherkin", "common_lisp": "common-lisp",
    "config": "ini", "configuration": "ini", "csvs": "text", "dlang": "d", "e-mail": "email", "eex": "html",
    "epp": "puppet", "eps": "postscript", "eruby": "erb", "gnumake": "make", "gradle": "groovy",
    "hbs": "handlebars", "heex": "html", "hocon": "text", "hql": "sql", "irb_output": "text", "kdb+": "q",
    "leex": "html", "litcoffee": "text", "literate_coffeescript": "text", "literate_haskell": "literate-haskell",
    "lithaskell": "literate-haskell", "ls": "livescript", "microsoftshell": "powershell", "minizinc": "text",
    "mkd": "markdown", "ml": "ocaml", "msshell": "powershell", "mustache": "html", "nes": "ca65", "nesasm": "ca65",
    "obj-cpp": "objective-c++", "obj_c": "objective-c", "obj_c++": "objective-c++", "obj_cpp": "objective-c++",
    "objcpp": "objective-c++", "ocl": "text", "patch": "diff", "plsql": "sql", "pp": "puppet",
    "prometheus": "promql", "pry": "irb", "ps": "postscript", "realbasic": "text", "rescript": "reasonml",
    "robot": "robotframework", "robot-framework": "robotframework", "robot_framework": "robotframework",
    "rs,ignore": "rust", "rs,no_run": "rust", "rs,should_panic": "rust", "rust,ignore": "rust",
    "rust,no_run": "rust", "rust,should_panic": "rust", "shell_session": "console", "ssh": "text",
    "terminal": "console", "ttcn3": "text", "unit-file": "ini", "varnish": "vcl", "viml": "vim",
    "vimscript": "vim", "vuejs": "html", "xojo": "text", "xpath": "text",
}  # fmt: skip


LONGEST_LINE = 5000  # characters


class Markup(NamedTuple):
    """The display of lines: numbered, and which of them marked (counted from 1); whether the code is coloured at all."""

    line_numbers: bool = False
    marked: frozenset[int] = frozenset()
    coloured: bool = True


PLAIN = Markup()


class HtmlAndKnown(NamedTuple):
    """The HTML, and whether there is a lexer for the language: without one the code is plain.

    `too_long` is the length of a line that no lexer is asked about, 0 where there is none: the code is plain, too.
    """

    html: str
    known: bool
    too_long: int = 0


def highlight_code(code: str, language: str, markup: Markup = PLAIN) -> HtmlAndKnown:
    """A fenced block as Jekyll with Rouge shows it."""
    inner, known, too_long = highlight_inner(code, language, markup)
    name = escape(language.lower()) if language else "plaintext"
    return HtmlAndKnown(
        f'<div class="language-{name} highlighter-rouge"><div class="highlight">'
        f'<pre class="highlight"><code>{inner}</code></pre></div></div>',
        known,
        too_long,
    )


def highlight_tag(code: str, language: str, markup: Markup = PLAIN) -> HtmlAndKnown:
    """A `{% highlight %}` block (Jekyll's `tags/highlight.rb`), on one line so that it is one HTML block."""
    inner, known, too_long = highlight_inner(code.strip("\r\n"), language, markup)
    inner = (
        inner.replace("rouge-gutter", "gutter", 1).replace("rouge-code", "code", 1) if markup.line_numbers else inner
    )
    name = escape(language.lower())
    attributes = f' class="language-{name.replace("+", "-")}" data-lang="{name}"' if language else ""
    html = f'<figure class="highlight"><pre><code{attributes}>{inner}</code></pre></figure>'
    return HtmlAndKnown(html.replace("\n", "&#10;"), known, too_long)


def with_line_ends(html: str) -> str:
    """Finished HTML with the line ends of `highlight_tag`'s blocks as such: layouts count words and lines in it."""
    if "&#10;" not in html:
        return html
    return _TAG_BLOCK.sub(lambda block: block[0].replace("&#10;", "\n"), html)


def highlight_inner(code: str, language: str, markup: Markup) -> HtmlAndKnown:
    """The content of `<code>`."""
    lexer = find_lexer(language) if markup.coloured else None
    longest = max(map(len, code.splitlines())) if lexer is not None and len(code) > LONGEST_LINE else 0
    too_long = longest if longest > LONGEST_LINE else 0  # many lexers take quadratic time on one line
    html = "".join(_spans(code, None if too_long else lexer))
    if markup.marked:  # whole lines are wrapped, and a span over several lines is cut at their ends
        lines, opened = html.splitlines(keepends=True), ""
        for index, rest in enumerate(lines):
            line = opened + rest
            start, end = line.rfind("<span"), line.rfind("</span>")
            opened = line[start : line.find(">", start) + 1] if start > end else ""
            line += "</span>" if opened else ""
            lines[index] = f'<span class="hll">{line}</span>' if index + 1 in markup.marked else line
        html = "".join(lines)
    if markup.line_numbers:
        # two cells, letter by letter as Rouge writes them: themes look for this markup to take the numbers out
        count = code.count("\n") + (not code.endswith("\n"))
        numbers = "".join(f"{number}\n" for number in range(1, count + 1))
        html = (
            '<table class="rouge-table"><tbody><tr>'
            f'<td class="rouge-gutter gl"><pre class="lineno">{numbers}</pre></td>'
            f'<td class="rouge-code"><pre>{html}</pre></td>'
            "</tr></tbody></table>"
        )
    return HtmlAndKnown(
        html, known=lexer is not None or language.lower() in _PLAIN or not markup.coloured, too_long=too_long
    )


def parse_lines(text: str) -> frozenset[int]:
    """The lines that `2 4-6` or `2,4-6` names."""
    lines: set[int] = set()
    for match in _LINE_RANGE.finditer(text):
        first = int(match[1])
        lines.update(range(first, min(int(match[2] or first), first + _LONGEST_RANGE) + 1))
    return frozenset(lines)


@lru_cache(maxsize=256)
def find_lexer(language: str) -> "Lexer | None":
    """The lexer of a language by Rouge's or Pygments' name; None for plain text and for unknown ones."""
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    from mathblog.markdown.fast.lexing import dispatch_rules

    name = language.lower()
    if name in _PLAIN:
        return None
    for candidate in (_ROUGE.get(name, name), name):
        try:
            return dispatch_rules(get_lexer_by_name(candidate, stripnl=False, ensurenl=False))
        except ClassNotFound:
            continue
    return None


def language_names() -> list[str]:
    """Every name of a language that is known, for a hint."""
    from pygments.lexers import get_all_lexers

    return sorted({*_ROUGE, *(alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases)})


class _CssClasses(dict["_TokenType", str]):
    """The CSS class of each kind of token, that of the nearest kind above it that has one; white space has none."""

    def __missing__(self, kind: "_TokenType") -> str:
        from pygments.token import STANDARD_TYPES

        known = kind
        while known not in STANDARD_TYPES and known.parent is not None:
            known = known.parent
        css = STANDARD_TYPES[known]
        self[kind] = "" if css == "w" else css
        return self[kind]


_CSS_CLASSES = _CssClasses()


def _spans(code: str, lexer: "Lexer | None") -> list[str]:
    """The code as HTML: a span for each run of tokens of one class, none around white space."""
    if lexer is None:
        return [escape(code, quote=False)]
    tokens = list(lexer.get_tokens(code))
    if sum([len(value) for _, value in tokens]) < len(
        code
    ):  # lexers of sessions lose a last line that no line end ends
        tokens = list(lexer.get_tokens(f"{code}\n"))
        if "".join(value for _, value in tokens) != f"{code}\n":
            return [escape(code, quote=False)]
        kind, value = tokens.pop()
        tokens.append((kind, value[:-1]))
    spans: list[str] = []
    last, pending = "", ""
    for kind, value in tokens:
        css = _CSS_CLASSES[kind]
        if css and value.isspace():
            css = ""
        if css == last:
            pending += value
            continue
        if pending:
            spans.append(_span(last, pending))
        last, pending = css, value
    if pending:
        spans.append(_span(last, pending))
    return spans


def _span(css: str, value: str) -> str:
    # most are words and brackets, for which three looks take less than three copies
    text = escape(value, quote=False) if "&" in value or "<" in value or ">" in value else value
    return f'<span class="{css}">{text}</span>' if css else text
