"""The kinds of facts about headings and labels, and about what references call documents; `kinds` has them."""

from mathblog.model.compiled import Heading, Label
from mathblog.model.facts.kind import Many, Origin

HEADINGS = Many[tuple[Heading, ...]](
    "headings", Origin.TEXT, "`Heading`s of a document; a digest of their own, so that the index of the search does not depend on bodies",
    named="the headings of `{}`", changed="a heading of `{}` changed", words=("path",),
)  # fmt: skip
LABELS = Many[tuple[Label, ...]](
    "labels", Origin.TEXT, "`Label`s: the places of a document that references name, with their numbers",
    named="the labels of `{}`", changed="a label of `{}`, or its number, changed", words=("path",),
)  # fmt: skip
LABEL = Many[Label](
    "label", Origin.TEXT, "the `Label` that a reference finds by this name, in any of its spellings; looked up in `LABELS` when it is asked for",
    named="the label `{}`", changed="the label `{}`, or its number, changed", words=("path", "name"),
)  # fmt: skip
NAMED = Many[tuple[str, ...]](
    "named", Origin.METADATA, "paths of the documents with this slug, dated slug, path or URL; made when it is asked for",
    named="what is called `{}`", changed="what is called `{}` is another document", words=("name",), recorded=tuple[str, ...],
)  # fmt: skip
LEFT_OUT = Many[tuple[str, str]](
    "left_out", Origin.METADATA, "the path of a document that is no part of the site, by its slug or dated slug, and why: `draft`, `future`, `unpublished`",
    named="what is called `{}` and is left out", changed="what is called `{}` is left out for another reason, or no more",
    words=("name",), recorded=tuple[str, str],
)  # fmt: skip
