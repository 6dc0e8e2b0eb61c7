"""Problems of the configuration or of documents that spoil generated pages."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator

from mathblog.core.diagnostic import Diagnostic, at, in_file
from mathblog.core.source import Span
from mathblog.model.document import MOST_NAMES
from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.plugins import FEED, SITEMAP
from mathblog.site.addresses import has_own_layouts, makes_file
from mathblog.site.lists.pagination import DEFAULT_PATH, misses_template
from mathblog.site.navigation import chosen_pages, name_pages
from mathblog.site.redirects import Redirect, find_conflicts, list_redirects
from mathblog.text.urls import find_danger

CONFIG = "_config.yml"


def check_options(view: FactView, options: GeneratorOptions) -> tuple[Diagnostic, ...]:
    """Warnings about the configuration file as a whole, redirects that cannot be made, and keys that collections sort by.

    A document without the key that others of its collection are sorted by is told of as in `Collection#order_with_warning`.
    """
    problems = list(_config_problems(view, options))
    for redirect in list_redirects(view, options):
        if danger := find_danger(redirect.file):
            message = f"`redirect_from: {redirect.origin}` cannot be used: {danger}"
            hint = "write the old path of the page, from `/` on"
            problems.append(_at_redirect(view, redirect, message, hint))
    for redirect, other in find_conflicts(view, options):
        message = f"`redirect_from: {redirect.origin}` is the address of `{other}`, which stays there"
        problems.append(_at_redirect(view, redirect, message, "take it out of `redirect_from`"))
    problems += _crowds(view)
    for collection in view[kinds.COLLECTIONS]:
        key = collection.sort_by
        if not key or isinstance(collection.data.get("order"), list | tuple):
            continue
        documents = view.get(kinds.COLLECTION, collection.label) or ()
        without = [meta for meta in documents if meta.data.get(key) is None]
        for meta in without if len(without) < len(documents) else ():
            message = f"'{key}' not defined: the file comes after those of `{collection.label}` that have it"
            hint = f"write `{key}:`, by which `_config.yml` sorts the collection"
            problems.append(in_file(meta.path, message, code="front-matter", hint=hint))
    return tuple(problems)


def _at_redirect(view: FactView, redirect: Redirect, message: str, hint: str) -> Diagnostic:
    """A warning at an address that a document gives in `redirect_from`; without its text, about the whole file."""
    source = view.get(kinds.FILE, redirect.document)
    key = source.text.find("redirect_from") if source else -1
    written = re.compile(rf"(?<![^\s\[,'\"]){re.escape(redirect.origin)}(?![^\s\],'\"])")
    found = written.search(source.text, key) if source and key >= 0 else None
    if source is None or found is None:
        return in_file(redirect.document, message, code="url", hint=hint)
    return at(source, Span(*found.span()), message, code="url", hint=hint)


def _crowds(view: FactView) -> Iterator[Diagnostic]:
    """Texts with so many names, and names of so many texts, that lists of lists would grow with their square."""
    for meta in view[kinds.POSTS]:
        for key, names in (("tags", meta.tags), ("categories", meta.categories)):
            if len(names) > MOST_NAMES:
                message = f"{len(names):,} {key}: there are pages and feeds for the first {MOST_NAMES} of this text"
                yield in_file(meta.path, message, code="front-matter", hint="name what it is about, with fewer words")
    first: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for meta in (*view[kinds.POSTS], *view[kinds.PAGES]):
        if isinstance(ref := meta.data.get("ref"), str):
            counts[ref] += 1
            first.setdefault(ref, meta.path)
    for ref, count in counts.items():
        if count > MOST_NAMES:
            message = f"`ref: {ref}` is that of {count:,} texts: each names {MOST_NAMES} of them as its translations"
            yield in_file(
                first[ref],
                message,
                code="front-matter",
                hint="give each text and its translations a `ref` of their own",
            )


def _config_problems(view: FactView, options: GeneratorOptions) -> Iterator[Diagnostic]:
    site = view[kinds.SITE]
    if not site.url and any(makes_file(view, options, plugin) for plugin in (FEED, SITEMAP)):
        message = "no `url`: the addresses in the feed and the sitemap have no host name"
        yield in_file(CONFIG, message, code="config", hint="set `url: https://example.org`, without a path")
    if ":num" not in options.paginate_path:
        message = f"`paginate_path: {options.paginate_path}` has no `:num`: `{DEFAULT_PATH}` is used"
        yield in_file(CONFIG, message, code="config", hint="write `:num` where the number of the page belongs")
    if misses_template(view, options):
        message = (
            "`paginate` is set, but no `index.html` lies on the way to `paginate_path`: there are no pages of posts"
        )
        hint = "the page that lists `paginator.posts` has to be named `index.html`"
        yield in_file(CONFIG, message, code="config", hint=hint)
    if (chosen := chosen_pages(view)) and not has_own_layouts(view):
        known, pages = name_pages(view, options), {meta.path for meta in view[kinds.PAGES]}
        for path in (path for path in chosen if path not in known):
            near = [f"did you mean `{name}`?" for name in difflib.get_close_matches(path, known, 1)]
            missing = next(iter(near), "write the path of a page, such as `about.md`")
            hint = "give it a `title:`" if path in pages else missing
            message = f"`header_pages` names `{path}`, which is no page with a title: it is left out of the menu"
            yield in_file(CONFIG, message, code="config", hint=hint)
    for key, path in (("tag_path", options.tag_path), ("category_path", options.category_path)):
        if path and ":name" not in path:
            message = f"`{key}: {path}` has no `:name`: all its pages have the same address"
            yield in_file(CONFIG, message, code="config", hint=f"write `{key}: {path.rstrip('/')}/:name/`")
