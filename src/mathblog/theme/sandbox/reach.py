"""The attributes that templates may read, by the class of the value: a list of what is allowed, never of what is not."""

import datetime
from collections.abc import Mapping
from functools import lru_cache
from typing import cast

from jinja2.runtime import BlockReference, LoopContext
from jinja2.utils import Cycler
from markupsafe import Markup

from mathblog.model.compiled import Heading
from mathblog.theme.metadata import Metadata
from mathblog.theme.views.documents import DocumentView, GroupView
from mathblog.theme.views.page import PageView, PaginatorView
from mathblog.theme.views.website import SiteView
from mathblog.theme.views.words import Words

_DOCUMENT = (
    "title url id slug path collection date draft year tags categories excerpt summary content headings previous next"
)
_TEXT = (
    "capitalize casefold count endswith find index isalnum isalpha isascii isdecimal isdigit islower isnumeric isspace "
    "istitle isupper lower lstrip partition removeprefix removesuffix rfind rindex rpartition rsplit rstrip split "
    "splitlines startswith strip swapcase title upper"
)
_DATE = "year month day weekday isoweekday isoformat"

REACH: Mapping[type, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in {
        # ours
        DocumentView: _DOCUMENT,
        PageView: (
            f"{_DOCUMENT} kind layout posts reading_minutes people related_posts series_posts series_part series_parts "
            "translations"
        ),
        Heading: "level id html text",
        GroupView: "name url posts size",
        PaginatorView: (
            "page per_page posts total_posts total_pages previous_page next_page previous_page_path next_page_path"
        ),
        SiteView: (
            "title description author email lang url baseurl time data navigation posts pages tags categories address publishes"
        ),
        Metadata: "canonical description author image is_card json_ld citation",
        # values: methods that change nothing and whose answer is not larger than what they are asked of
        str: _TEXT,
        Markup: f"{_TEXT} striptags unescape",
        dict: "get items keys values",
        list: "count index",
        tuple: "count index",
        datetime.date: _DATE,
        datetime.datetime: f"{_DATE} hour minute second date",
        # Jinja's own
        LoopContext: "index index0 first last length revindex revindex0 previtem nextitem depth depth0 cycle changed",
        BlockReference: "super",
        Cycler: "next reset current",
    }.items()
}
INDEXED = (str, Mapping, list, tuple, DocumentView, SiteView, Words)


@lru_cache(maxsize=256)
def reachable(kind: type) -> frozenset[str]:
    """The names of the attributes that a template may read of a value of this class; of a named tuple, its fields."""
    own = next((REACH[base] for base in kind.__mro__ if base in REACH), frozenset())
    fields = cast("tuple[str, ...]", getattr(kind, "_fields", ())) if issubclass(kind, tuple) else ()
    return own.union(fields) if fields else own


@lru_cache(maxsize=256)
def is_indexed(kind: type) -> bool:
    """Whether `x[key]` may be asked of a value of this class."""
    return issubclass(kind, INDEXED)
