"""A document, compiled: its body, and what lists and layouts say about it."""

from typing import NamedTuple

from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic
from mathblog.model.body import Body, to_html

EQUATION, SECTION = "equation", "section"


class Label(NamedTuple):
    r"""A place that references name: `\label{eq:elbo}` as `name`, in the page the element `id`.

    `kind` is `equation`, `section` or the kind of a statement. `number` is `3`, `2.1`, `1′`, without parentheses, '' where the
    place has none; `title` is that of a statement or a section, in words.
    """

    name: str
    kind: str
    number: str
    id: str
    title: str = ""


class FileBeside(NamedTuple):
    """A file that is published with a text: the path at which its page asks for it, and where it is in the source.

    It is one among the posts that the text names; with a `form` (`480 webp`) it is a variant of an image of that width and format, whose
    `source` is the path at which it is published, of one among the posts that in the source.
    """

    path: str
    source: str
    form: str = ""


class Heading(NamedTuple):
    """A heading of the body: `level` 1 to 6, `id` may be empty, `body` is its content, `text` the same in words."""

    level: int
    id: str
    body: Body
    text: str

    @property
    def html(self) -> str:
        """Its content as HTML."""
        return to_html(self.body)


class Excerpt(NamedTuple):
    """The excerpt of a document for lists, cut on the block tree, and `summary`, the same in plain words.

    `uncut` says that it leaves out nothing but ids, notes and a table of contents.
    """

    body: Body = Body()
    summary: str = ""
    uncut: bool = False

    @property
    def html(self) -> str:
        """The excerpt as HTML."""
        return to_html(self.body)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A body, what lists and layouts say about it, and the problems found in it.

    `formulas` counts them, repeated ones too. `failed` says that the document cannot become a page. `labels` are the places that
    references name, those of other documents too. `pending` are the names that it refers to in other documents, each with the problem
    that it is if there is no such label. `cited` are the keys of the entries that it cites, each with the number of places. `beside` are
    the files that are published with it.
    """

    path: str
    body: Body
    excerpt: Excerpt
    headings: tuple[Heading, ...]
    formulas: int
    failed: bool
    diagnostics: tuple[Diagnostic, ...]
    labels: tuple[Label, ...] = ()
    cited: tuple[tuple[str, int], ...] = ()
    pending: tuple[tuple[str, Diagnostic], ...] = ()
    beside: tuple[FileBeside, ...] = ()

    @property
    def html(self) -> str:
        """The body as HTML."""
        return to_html(self.body)
