"""The dialect of Markdown, and how formulas are rendered."""

from collections.abc import Sequence
from html import escape, unescape

from mathblog.config.known import LIKE_KRAMDOWN, is_for_jekyll
from mathblog.config.settings import Settings, describe
from mathblog.config.statements import read_statements
from mathblog.core.patterns import lazy_pattern
from mathblog.model.options import NUMBERS, PACKAGES, WITHIN, MarkdownOptions, MathOptions
from mathblog.text.tex.tokens import unclosed
from mathblog.text.tex.written import written_definition

_PLAIN = ("commonmark", "commonmarkghpages")
_RANGE = lazy_pattern(r"\s*([1-6])\s*\.\.\s*([1-6])\s*\Z")
_SIGN = lazy_pattern(r"[<>]|&(?!#\d+;|#[xX][0-9A-Fa-f]+;|\w+;)")  # of HTML; entities stay
_LEVELS = range(1, 7)
_COLOURING = ("rouge", "pygments", "coderay", "minted")


def read_markdown(settings: Settings) -> MarkdownOptions:
    """The slice of the Markdown room."""
    default = MarkdownOptions()
    dialect = settings.text("markdown", default="kramdown")
    word = dialect.lower().replace("-", "").replace("_", "")
    if word not in (*_PLAIN, *LIKE_KRAMDOWN):
        message = f"no Markdown dialect `{dialect}`: kramdown is used"
        settings.report(("markdown",), message, "use `kramdown` or `commonmark`")
    # `$$` alone on its lines in a paragraph looks like display maths, but kramdown makes it inline: a configuration that was written
    # for Jekyll keeps that, so that its blog looks as it did. `math.strict_kramdown` decides where it is written. One that reads
    # formulas as TeX was written for mathblog: `mathblog new` names a plugin in it, too.
    kramdowns = settings.choice("math", "escapes", of=("kramdown", "tex")) == "kramdown"
    is_strict = settings.flag("math", "strict_kramdown", default=kramdowns and is_for_jekyll(settings.data))
    code = ("kramdown", "syntax_highlighter_opts")
    numbers = (settings.get(*code, "block", "line_numbers"), settings.get(*code, "line_numbers"))
    return MarkdownOptions(
        kramdown=word not in _PLAIN,
        single_dollar=settings.flag("math", "single_dollar", default=default.single_dollar),
        strict_kramdown=settings.flag("math", "strict_kramdown", default=default.strict_kramdown),
        math_escapes=kramdowns,
        glued_display=not is_strict,
        hard_wrap=settings.flag("kramdown", "hard_wrap", default=default.hard_wrap),
        smart_quotes=settings.get("kramdown", "smart_quotes") is not False,
        quotes=_read_quotes(settings),
        header_offset=settings.number("kramdown", "header_offset", default=default.header_offset),
        auto_ids=settings.flag("kramdown", "auto_ids", default=default.auto_ids),
        auto_id_prefix=settings.text("kramdown", "auto_id_prefix", default=default.auto_id_prefix),
        parse_block_html=settings.flag("kramdown", "parse_block_html", default=default.parse_block_html),
        toc_levels=_read_levels(settings, default.toc_levels),
        line_numbers=settings.flag("highlight", "line_numbers", default=any(number is True for number in numbers)),
        uncoloured=_read_uncoloured(settings),
        guess_lang=settings.flag("kramdown", "guess_lang", default=default.guess_lang),
        default_lang=settings.text(*code, "default_lang"),
        footnote_nr=settings.number("kramdown", "footnote_nr", default=default.footnote_nr),
        footnote_backlink=_SIGN.sub(
            lambda found: escape(found[0]),
            settings.text("kramdown", "footnote_backlink", default=default.footnote_backlink),
        ),
        excerpt_separator=settings.text("excerpt_separator", default=default.excerpt_separator),
        statements=read_statements(settings),
    )


def _read_uncoloured(settings: Settings) -> tuple[str, ...]:
    """The kinds of code that nobody colours: `highlighter: none`, or kramdown's `syntax_highlighter_opts: {disable: true}`.

    Jekyll hands its `highlighter` to kramdown, where kramdown is told of none (`kramdown_parser.rb`); `false` is for its tag alone.
    """
    for_tags = settings.get("highlighter")
    named = settings.get("kramdown", "syntax_highlighter") or for_tags or "rouge"
    code = ("kramdown", "syntax_highlighter_opts")
    off = named not in _COLOURING or settings.get(*code, "disable") is True
    kinds = [kind for kind in ("block", "span") if off or settings.get(*code, kind, "disable") is True]
    has_plain_tags = for_tags is not None and for_tags not in _COLOURING[:2]
    return (*kinds, "tag") if has_plain_tags else tuple(kinds)


def read_math(settings: Settings) -> MathOptions:
    r"""The slice of the maths room. Macros are written `macros: {\RR: '\mathbb{R}'}`, the backslash may be left out."""
    engine = settings.choice("math", "engine", of=("auto", "quickjs", "v8"))
    macros: dict[str, str] = {}
    definitions: dict[str, str] = {}
    for name, value in settings.section("math", "macros").items():
        command = name if name.startswith("\\") else f"\\{name}"
        if isinstance(value, str):
            macros[command] = value  # KaTeX counts the arguments itself
            if unclosed(value, "{", "}"):
                message = f"a brace of the macro `{command}` is never closed"
                settings.report(("math", "macros", name), message, "is a `}` missing?")
        elif definition := written_definition(command, value):
            definitions[command] = definition
        else:
            message = f"a macro has to be text, not {describe(value)}"
            settings.report(("math", "macros", name), message, "put the TeX in single quotes")
    wanted = settings.words("math", "packages")  # the commands of others are there always, or not at all
    for name in wanted:
        if name not in PACKAGES:
            message = f"`math.packages` knows no `{name}`: it is left out"
            settings.report(("math", "packages"), message, f"there is {', '.join(f'`{it}`' for it in PACKAGES)}")
    return MathOptions(
        engine,
        tuple(sorted(macros.items())),
        tuple(definitions[name] for name in sorted(definitions)),
        number=settings.choice("math", "number", of=("ams", *(it for it in NUMBERS if it != "ams"))),
        number_within=settings.choice("math", "number_within", of=WITHIN),
        number_start=settings.number("math", "number_start", default=1),
        number_prefix=settings.text("math", "number_prefix"),
        packages=tuple(name for name in PACKAGES if name in wanted),
    )


def _read_quotes(settings: Settings) -> str:
    """The four signs that kramdown's `smart_quotes` names, as entities or by their numbers; `apos,apos,quot,quot` keeps quotes straight."""
    value, default = settings.get("kramdown", "smart_quotes"), MarkdownOptions().quotes
    if not isinstance(value, str | Sequence):
        return default
    names = [str(name).strip() for name in (value.split(",") if isinstance(value, str) else value)]
    signs = [unescape(f"&#{name};" if name.isdecimal() else f"&{name};") for name in names]
    if len(signs) == len(default) and all(len(sign) == 1 for sign in signs):
        return "".join(signs)
    message = "`kramdown.smart_quotes` has to be four names of signs: English quotes are used"
    settings.report(("kramdown", "smart_quotes"), message, "write `lsquo,rsquo,ldquo,rdquo`, or others in their order")
    return default


def _read_levels(settings: Settings, default: tuple[int, ...]) -> tuple[int, ...]:
    value = settings.get("kramdown", "toc_levels")
    if value is None:
        return default
    if isinstance(value, str) and (found := _RANGE.match(value)):
        return tuple(range(int(found[1]), int(found[2]) + 1))
    parts = value.split(",") if isinstance(value, str) else value if isinstance(value, Sequence) else [value]
    words = [str(part).strip() for part in parts]
    if all(word.isdecimal() and len(word) == 1 and int(word) in _LEVELS for word in words):
        return tuple(map(int, words))
    settings.refuse(("kramdown", "toc_levels"), "levels from 1 to 6", "write `1..3` or `[1, 2, 3]`")
    return default
