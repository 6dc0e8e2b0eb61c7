"""One declaration for each thing that can be added: a rule, a tag, a filter, a fence, a generator, a check, a filter of themes.

A declaration names its code (`mathblog.liquid.tags.gist:read_gist`, as entry points of Python packages do) and does not
import it: who asks whether a word is a tag loads no engine, and a declaration can be sent to a worker process.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple, TypeAlias

from mathblog.core.dataclass import dataclass, field

Reference: TypeAlias = str  # `package.module:name`


@cache
def load(reference: Reference) -> Any:
    """Return the object that a reference names. Its module is imported when it is first asked for."""
    module, _, name = reference.partition(":")
    return getattr(import_module(module), name)


class Tag(NamedTuple):
    """A tag of Liquid. `read` is a `ReadTag` of `liquid/syntax/parser.py`.

    `inner` is None for a tag that stands alone; for a block these are the tags that may stand between it and its `end…`.
    """

    word: str
    read: Reference
    inner: tuple[str, ...] | None = None


class Needs(StrEnum):
    """A filter's argument besides its value and those that the template gives."""

    NOTHING = ""
    CONTEXT = "context"  # the context of the running template, as `context=…`
    LIMITS = "limits"  # how long texts and lists may become, as `limits=…`


class Filter(NamedTuple):
    """A filter of Liquid: a function of a value and the arguments of the template."""

    name: str
    function: Reference
    needs: Needs = Needs.NOTHING


class Fence(NamedTuple):
    """The renderer of fenced code in a language, to HTML: a function of an `extend.api.Code`."""

    language: str
    function: Reference


Beginnings: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of Markdown. `install` adds it to a parser: `install(md, options)`.

    `inline` and `block` have the rules that it adds to markdown-it's, by their names there, and the characters that each may
    begin with; one that is not named is asked everywhere. `ends` are characters at which a stretch of text stops
    besides. `scratch` are the names in `env` under which it keeps what is needed while a text is parsed, and not after.
    `kramdown` says that it belongs to Jekyll's dialect only.
    """

    name: str
    install: Reference
    inline: Beginnings = field(default_factory=dict)
    block: Beginnings = field(default_factory=dict)
    ends: str = ""
    scratch: tuple[str, ...] = ()
    kramdown: bool = False


class Makes(StrEnum):
    """The kind of a generator's result, which says what its function is given besides the facts and the options."""

    PAGES = "pages"  # `PageSpec`s, which layouts make pages of
    FILES = "files"  # `OutputFile`s that show texts; given: a function that makes words of a title with formulas
    MAPS = "maps"  # `OutputFile`s that list pages and show no text; given: all pages


class Generator(NamedTuple):
    """A maker of pages or files of a site: `make(view, options)`, or `make(view, options, given)` (see `Makes`).

    `listed(view, options)` gives the pages that its files are in `site.pages`, where a plugin of Jekyll's lists them.
    """

    name: str
    make: Reference
    makes: Makes = Makes.PAGES
    listed: Reference = ""


class Looks(StrEnum):
    """The subject of a check."""

    TEXTS = "texts"  # of every build: a `CheckedText`, to which it says `Diagnostic`s
    LINTS = "lints"  # of `mathblog check`: the same as of texts
    FORMULAS = "formulas"  # of `mathblog check`: `function` is a `Lint` of `math/lints/reading.py`
    MACROS = (
        "macros"  # of `mathblog check`: the formulas of a text, to which it says pairs of a formula and a `LintFinding`
    )
    SITES = "sites"  # of `mathblog doctor`: a `Subject`, to which it says `Finding`s


class Check(NamedTuple):
    """A check: a function of its subject that yields what is wrong with it."""

    name: str
    function: Reference
    looks: Looks = Looks.TEXTS


class ThemeFilter(NamedTuple):
    """A filter of themes in Jinja."""

    name: str
    function: Reference


Declaration: TypeAlias = Tag | Filter | Fence | Rule | Generator | Check | ThemeFilter  # that a plugin may bring
