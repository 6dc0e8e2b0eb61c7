"""A new post or draft: its file name and its front matter."""

import datetime
import json
from collections.abc import Sequence

from mathblog.core.patterns import lazy_pattern
from mathblog.text.slugs import slugify

_PLAIN = lazy_pattern(r"[^\W\d_](?:[^:#'\"\\\[\]{}&*!|>%@`,\n]*[^\s:#'\"\\\[\]{}&*!|>%@`,])?\Z")
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
