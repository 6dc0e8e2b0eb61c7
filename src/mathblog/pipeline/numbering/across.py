"""Texts of documents as a page sees them: references to other posts say what they lead to, and a text of another page has no ids."""

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape
from urllib.parse import unquote

from mathblog.core.dataclass import dataclass
from mathblog.core.diagnostic import Diagnostic
from mathblog.core.patterns import lazy_pattern
from mathblog.markdown.rules.spans.references import COMMAND
from mathblog.model.body import Body, Piece, html_pieces
from mathblog.model.compiled import Compiled, Excerpt, Label
from mathblog.model.document import Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.statements.kinds import StatementOptions
from mathblog.pipeline.numbering.labels import Labels, normal
from mathblog.pipeline.numbering.pending import MARKED, Pending, fill, in_words, mark, waits
from mathblog.pipeline.numbering.references import MATHJAX, PLACES, FoundLabel, html_of, refer, text_of
from mathblog.pipeline.numbering.statements import words_with
from mathblog.pipeline.numbering.words import words_of
from mathblog.text.tex.references import COMMANDS
from mathblog.text.urls import absolute_url, relative_url

_ID = lazy_pattern(r'(class="(?:math-display equation|equation|eqno|theorem-head)[^"]*") id="[^"]*"')
_ID_OF_GROUP = lazy_pattern(r' id="([^"]*)" role="group" aria-labelledby="\1-head"')
# commands that name another post
_NAMING = ("cref", "Cref", "zcref", "labelcref", "crefrange", "Crefrange", "cite")
_MOST_SUGGESTED = 20  # wrong names of a page with a hint each: all posts are looked through for one
_DEEPEST = 4  # tags that refer to tags of other posts
_LONGEST = 10_000_000  # characters of what waits: each round may make it many times as long
_LEFT_OUT = {
    "draft": "`{}` is a draft: `--drafts` publishes it",
    "future": "`{}` is of the future: `--future` publishes it",
    "unpublished": "`{}` says `published: false`",
}
_OWN_LINK = lazy_pattern(r'(<a class="(?:eqno|eqref)"[^>]*? ?href=")#')


@dataclass(frozen=True)
class Across:
    """How a page sees the texts of documents (`FactView.finish`). `source` is the document of the page, '' for a list.

    `statements` says how the site calls its kinds of statements; None where it has none. While documents are compiled the
    labels of some are not known: posts leave all references `waiting`, pages those to pages, as words, since a filter may have
    put them anywhere by then (ADR 36). `portable` says that addresses have the site's host, `words` makes words of the
    formulas in titles, `lenient` keeps commands that MathJax does not read where they lead nowhere.
    """

    source: str
    baseurl: str
    statements: StatementOptions | None = None
    waiting: str = ""  # `all`, `some`
    portable: bool = False
    words: Callable[[str], str] = str
    lenient: bool = False

    def __call__(self, view: FactView, path: str, value: object) -> object:
        """A compiled document, an excerpt or a text of the front matter as the page shows it."""
        if isinstance(value, str):
            return self._said(view, path, value)
        if isinstance(value, Excerpt):
            return self._excerpt(view, path, value)
        if not isinstance(value, Compiled):
            return value
        body = self._finish(view, self._listed(view, path, value.body) if path != self.source else value.body)
        excerpt, headings = self._excerpt(view, path, value.excerpt), value.headings
        if any(_waits(it.body) or waits(it.text) for it in headings):
            headings = tuple(
                it._replace(body=self._finish(view, it.body), text=self._words(view, it.text)) for it in headings
            )
        if body is value.body and excerpt is value.excerpt and headings is value.headings:
            return value
        return replace(value, body=body, headings=headings, excerpt=excerpt)

    def _excerpt(self, view: FactView, path: str, excerpt: Excerpt) -> Excerpt:
        body = self._listed(view, path, excerpt.body)
        if body is excerpt.body and not (_waits(body) or waits(excerpt.summary)):
            return excerpt
        return excerpt._replace(body=self._finish(view, body), summary=self._words(view, excerpt.summary))

    def _said(self, view: FactView, path: str, text: str) -> str:
        """A text of the front matter of a document: numbers in the place of references, which stay where they lead nowhere."""
        meta = view.get(kinds.DOCUMENT, path)
        lang = (meta.lang if meta else "") or view[kinds.SITE].lang

        def write(found: re.Match[str]) -> str:
            names = tuple(name for it in found[2].split(",") if (name := normal(it)))
            if not names or not all(isinstance(self._look_up(view, path, name), FoundLabel) for name in names):
                return found[0]
            return self._fill(view, mark(Pending("title", found[1], names, path, lang)), self._refer)

        return text if self.waiting == "all" else COMMAND.sub(write, text)

    def report(self, view: FactView, compiled: Compiled) -> tuple[Diagnostic, ...]:
        """Return the problems of the references of the page's own document to others."""
        problems = []
        for number, (name, problem) in enumerate(compiled.pending):
            found = self._look_up(view, self.source, name)
            if isinstance(found, FoundLabel):
                continue
            if found is not None:
                hint = f"write the date, too: `{_stem(found[0])}:…` or `{_stem(found[1])}:…`"
                problems.append(
                    replace(problem, message=f"`{name}` may mean {' or '.join(f'`{it}`' for it in found)}", hint=hint)
                )
            else:
                near = self._near(view, name, compiled.labels) if number < _MOST_SUGGESTED else ""
                problems.append(replace(problem, hint=near or problem.hint))
        return tuple(problems)

    def _listed(self, view: FactView, path: str, body: Body) -> Body:
        """The body of another document: without the ids of its equations, its links lead to its page."""
        leading = [  # all that the patterns can find contains one of these, and one of the first two
            (index, text)
            for index, text in enumerate(html_pieces(body))
            if ('href="#' in text or ' id="' in text)
            and ('="eq' in text or '="math-display eq' in text or "theorem-head" in text or 'role="group"' in text)
        ]
        if not leading:
            return body
        meta = view.get(kinds.DOCUMENT, path)
        link = rf"\g<1>{escape(self._address(view, meta)) if meta else ''}#"
        own = (
            (index, _ID_OF_GROUP.sub("", _ID.sub(r"\1", text)) if ' id="' in text else text) for index, text in leading
        )
        return _with_pieces(body, [(index, _OWN_LINK.sub(link, text)) for index, text in own])

    def _finish(self, view: FactView, body: Body) -> Body:
        if self.waiting == "all":
            return body
        waiting = [(index, text) for index, text in enumerate(html_pieces(body)) if MARKED in text]
        return _with_pieces(body, [(index, self._fill(view, text, self._write)) for index, text in waiting])

    def _words(self, view: FactView, text: str) -> str:
        return text if self.waiting == "all" else self._fill(view, in_words(text), self._refer)

    def _fill(self, view: FactView, text: str, write: Callable[[FactView, Pending], str]) -> str:
        r"""A text with what its references show. A number may hold references itself, where it is that of a `\tag`."""
        before = ""
        for _ in range(_DEEPEST):
            if not waits(text) or text == before:
                return text
            if len(text) > _LONGEST:
                return fill(text, lambda _: "??")
            before, text = text, fill(text, lambda pending: write(view, pending))
        return text if self.waiting else fill(text, lambda _: "??")  # tags that refer to each other

    def _write(self, view: FactView, pending: Pending) -> str:
        """A reference in HTML."""
        shown = self._refer(view, pending)
        return escape(shown) if pending.form == "words" else shown

    def _refer(self, view: FactView, pending: Pending) -> str:
        if pending.command == "hyperref":
            return self._lead(view, pending)
        if self.waiting and any(self._is_unknown(view, pending.path, name) for name in pending.names):
            return mark(pending._replace(form="words"))

        def find(name: str) -> FoundLabel | None:
            found = self._look_up(view, pending.path, name)
            if not isinstance(found, FoundLabel):
                return None
            shows_title = found.title and pending.command in _NAMING and pending.form != "title"
            title = self._said(view, found.path, found.title) if shows_title and "ref{" in found.title else found.title
            return found._replace(title=self.words(title) if shows_title else "")

        if pending.command in PLACES:
            place = find(pending.names[0])
            return PLACES[pending.command](place.label) if place else pending.command
        if pending.command == "link" and "#" in pending.names[0] and find(pending.names[0]) is None:
            return (
                "" if pending.form in ("words", "text") else f'<a href="{escape(pending.names[0])}"></a>'
            )  # as it was written
        is_written = self.lenient and pending.command in COMMANDS.split("|") and pending.command not in MATHJAX
        if is_written and not any(map(find, pending.names)):
            written = f"\\{pending.command}{{{','.join(pending.names)}}}"
            return written if pending.form in ("words", "title") else escape(written, quote=False)
        words = words_with(self.statements, pending.lang) if self.statements else words_of(pending.lang)
        runs = refer(pending.command, pending.names, find, words)
        if pending.form in ("words", "title"):
            return in_words(text_of(runs))
        return html_of(runs, links=pending.form in ("link", "hidden"), hidden=pending.form == "hidden")

    def _lead(self, view: FactView, pending: Pending) -> str:
        r"""The tag before or behind the words of `\hyperref[slug:label]{words}`; nothing where words alone are wanted."""
        if pending.form not in ("before", "behind"):
            return ""
        found = self._look_up(view, pending.path, pending.names[0])
        address = found.address if isinstance(found, FoundLabel) else ""
        if pending.form == "behind":
            return "</a>" if address else "</span>"
        return f'<a class="eqref" href="{escape(address)}">' if address else '<span class="eqref-missing">'

    def _look_up(self, view: FactView, path: str, name: str) -> FoundLabel | tuple[str, ...] | None:
        """A labelled place: `label` of the document itself, `slug:label`, or `address#id`; the paths of those that a slug may mean."""
        if "#" not in name and (own := self._label(view, path, name)):
            return own
        paths, label = self._documents(view, path, name)
        if len(paths) > 1:
            return paths
        return self._label(view, paths[0], label) if paths else None

    def _is_unknown(self, view: FactView, path: str, name: str) -> bool:
        """Whether a name may be that of a label in a document that is not compiled yet."""
        if "#" not in name and view.get(kinds.LABEL, path, name) is not None:
            return False
        return any(view.get(kinds.LABELS, other) is None for other in self._documents(view, path, name)[0])

    def _documents(self, view: FactView, path: str, name: str) -> tuple[tuple[str, ...], str]:
        """The paths of the documents that a name leads to, `slug:label` or `address#id`, and the label there."""
        address, sharp, anchor = name.partition("#")
        if sharp:
            return self._linked(view, path, address), unquote(anchor)
        slug, _, label = name.partition(":")
        return view.get(kinds.NAMED, slug.strip()) or (), label

    def _linked(self, view: FactView, path: str, address: str) -> tuple[str, ...]:
        """The document that a link leads to: by the path of its file, as on GitHub, or by its URL."""
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address)))
        names = (beside, address.removeprefix(self.baseurl), unquote(address).strip("/"))
        return next((found for name in names if (found := view.get(kinds.NAMED, name))), ())[:1]

    def _label(self, view: FactView, path: str, name: str) -> FoundLabel | None:
        label = view.get(kinds.LABEL, path, name)
        if label is None:
            return None
        if path == self.source:
            return FoundLabel(label)
        meta = view.get(kinds.DOCUMENT, path)
        return FoundLabel(label, self._address(view, meta), meta.title, path) if meta else None

    def _address(self, view: FactView, meta: Meta) -> str:
        return absolute_url(view[kinds.SITE], meta.url) if self.portable else relative_url(self.baseurl, meta.url)

    def _near(self, view: FactView, name: str, own: tuple[Label, ...]) -> str:
        """The nearest label: of the post that a name means, else of the page, whose labels are `own` where it is no document."""
        is_link = "#" in name
        slug, _, label = name.partition("#" if is_link else ":")
        paths, _ = self._documents(view, self.source, name)
        if is_link and not paths:
            return ""
        if paths:
            near, before = Labels(view.get(kinds.LABELS, paths[0]) or ()).near(label), "#" if is_link else f"{slug}:"
            if near or self._mode(view, paths[0]) != "referenced":
                return f"did you mean `{before}{near}`?" if near else f"`{paths[0]}` has no such label"
            return f"`{paths[0]}` numbers only what it refers to itself: refer to `{label}` there, or set `number: ams`"
        left_out = view.get(kinds.LEFT_OUT, slug.strip()) if label else None
        if left_out is not None:
            return _LEFT_OUT[left_out[1]].format(left_out[0])
        near = Labels(view.get(kinds.LABELS, self.source) or own).near(name)
        return f"did you mean `{near}`?" if near else self._near_elsewhere(view, slug, label)

    def _mode(self, view: FactView, path: str) -> object:
        """How a document numbers its equations, '' where nobody says."""
        meta, settings = view.get(kinds.DOCUMENT, path), view.get(kinds.CONFIG, "math")
        of_site = settings.get("number") if isinstance(settings, Mapping) else ""
        return (meta.data.get("number") if meta else "") or of_site

    def _near_elsewhere(self, view: FactView, slug: str, label: str) -> str:
        """The post that has the label, where its slug is another one now."""
        for meta in view[kinds.POSTS]:
            if label and Labels(view.get(kinds.LABELS, meta.path) or ()).find(label):
                return f"there is no post `{slug}`; did you mean `{meta.slug}:{label}`?"
        return f"there is no post `{slug}`" if label else ""


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _waits(body: Body) -> bool:
    return any(MARKED in text for text in html_pieces(body))


def _with_pieces(body: Body, pieces: Sequence[tuple[int, str]]) -> Body:
    """A body with other HTML of some of its pieces, each with its index."""
    if not pieces:
        return body
    own: list[Piece] = [*body]
    for index, html in pieces:
        piece = own[index]
        own[index] = html if isinstance(piece, str) else piece._replace(html=html)
    return Body([piece for piece in own if piece])
