"""A post or a draft: its file name, also after it was published or renamed, and the front matter that it begins with."""

import datetime
import json
from collections.abc import Sequence

from mathblog.core.patterns import lazy_pattern
from mathblog.text.slugs import slugify

_PLAIN = lazy_pattern(r"[^\W\d_](?:[^:#'\"\\\[\]{}&*!|>%@`,\n]*[^\s:#'\"\\\[\]{}&*!|>%@`,])?\Z")
_DATE = lazy_pattern(r"\d{2,4}-\d{1,2}-\d{1,2}-(?=.+\.)")
_WORDS = frozenset(("yes", "no", "true", "false", "null", "on", "off"))  # what YAML takes for no text


def post_path(title: str, day: datetime.date) -> str:
    """The file of a post: `_posts/2026-01-15-title.md`."""
    return f"_posts/{day.isoformat()}-{slugify(title) or 'post'}.md"


def draft_path(title: str) -> str:
    """The file of a draft, which has no date."""
    return f"_drafts/{slugify(title) or 'draft'}.md"


def post_text(title: str, tags: Sequence[str]) -> str:
    """The front matter of a post without a text."""
    listed = f"tags: [{', '.join(quoted(tag) for tag in tags)}]\n" if tags else ""
    return f"---\ntitle: {quoted(title)}\n{listed}---\n"


def quoted(text: str) -> str:
    """A text as YAML takes it for one: in quotes where it has to be."""
    if text.lower() not in _WORDS and _PLAIN.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def published_path(path: str, day: datetime.date) -> str:
    """The file of a draft as a post of this day: `cat/_drafts/x.md` is `cat/_posts/2026-01-15-x.md`."""
    above, _, below = path.rpartition("_drafts/")
    folder, slash, name = below.rpartition("/")
    return f"{above}_posts/{folder}{slash}{day.isoformat()}-{_DATE.sub('', name)}"


def unpublished_path(path: str) -> str:
    """The file of a post as a draft, without its date."""
    above, _, below = path.rpartition("_posts/")
    folder, slash, name = below.rpartition("/")
    return f"{above}_drafts/{folder}{slash}{_DATE.sub('', name)}"


def renamed_path(path: str, title: str) -> str:
    """The file of a text with another title: its folder, date and extension stay."""
    folder, slash, name = path.rpartition("/")
    date = found[0] if (found := _DATE.match(name)) else ""
    return f"{folder}{slash}{date}{slugify(title) or 'post'}.{name.rpartition('.')[2]}"
