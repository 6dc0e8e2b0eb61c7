"""The daily work on a text: publish it, take it back, rename it."""

import datetime
from urllib.parse import unquote

from mathblog.authoring.front_matter import TextEdit, set_key
from mathblog.authoring.post import published_path, quoted, renamed_path, unpublished_path
from mathblog.engine.authoring.moving import Move, carry_out, head_of, links_to, place_after, plan_move
from mathblog.engine.authoring.texts import find_text, read_texts
from mathblog.engine.request import BuildRequest
from mathblog.engine.sources.site import load_document
from mathblog.model.plugins import REDIRECTS
from mathblog.model.zones import load_zone
from mathblog.text.slugs import slugify


def publish_draft(
    request: BuildRequest, name: str, day: datetime.date | None, *, timed: bool, dry_run: bool = False
) -> Move:
    """Move a draft to the posts of a day: the one given, else that of its `date:`, else today. `timed` writes `date:`, too.

    Raises:
        BuildStopped: 2 where there is no such draft, or a post of this name and day; 3 where a file cannot be written.

    """
    texts = read_texts(request)
    document = load_document(texts.sources, find_text(texts, name, of="_drafts").path)
    now = datetime.datetime.now(load_zone(texts.config.reading.timezone)).replace(microsecond=0)
    own = document.meta.date if document.meta.data.get("date") is not None else None
    chosen = day or (own or now).date()
    edits: list[TextEdit] = []
    if timed or (day is not None and own is not None and own.date() != day):
        moment = (own or now).replace(year=chosen.year, month=chosen.month, day=chosen.day)
        edits += set_key(document.source.text, head_of(document), "date", moment.strftime("%Y-%m-%d %H:%M:%S %z"))
    path = published_path(document.meta.path, chosen)
    move = plan_move(texts, document, path, edits)
    if not dry_run:
        carry_out(texts, move)
    return move


def unpublish_post(
    request: BuildRequest, name: str, *, dry_run: bool = False
) -> tuple[Move, tuple[tuple[str, int], ...]]:
    """Move a post back to the drafts; with it the places, path and line, that lead to it, which are left as they are.

    Raises:
        BuildStopped: 2 where there is no such post, or a draft of this name; 3 where a file cannot be written.

    """
    texts = read_texts(request)
    document = load_document(texts.sources, find_text(texts, name, of="_posts").path)
    path = unpublished_path(document.meta.path)
    move = plan_move(texts, document, path, (), mend=False)
    left: list[tuple[str, int]] = []
    for source, edits in links_to(texts, document, move.new):
        if source.path != document.meta.path:
            lines = dict.fromkeys(source.position(it.span.start).line for it in edits)
            left += [(source.path, line) for line in lines]
    if not dry_run:
        carry_out(texts, move)
    return move, tuple(left)


def rename_text(request: BuildRequest, name: str, title: str, *, dry_run: bool = False) -> tuple[Move, bool]:
    """Give a text another title, and the file and address that follow from it; mend what leads to it.

    The old address stays in `redirect_from:`, where it is one of the built site's. With it whether the site makes redirects.

    Raises:
        BuildStopped: 2 where there is no such text, or a file of the new name; 3 where a file cannot be written.

    """
    texts = read_texts(request)
    document = load_document(texts.sources, find_text(texts, name).path)
    old, text, head = document.meta, document.source.text, head_of(document)
    edits = [*set_key(text, head, "title", quoted(title))]
    if "slug" in document.keys:
        edits += set_key(text, head, "slug", quoted(slugify(title)))
    is_index = old.path.removesuffix(old.ext).rpartition("/")[2] == "index"
    path = old.path if is_index else renamed_path(old.path, title)
    new = place_after(document, path, edits, texts)
    if new.url != old.url and not old.draft:
        said = old.data.get("redirect_from")
        known = [said] if isinstance(said, str) else said if isinstance(said, list | tuple) else []
        addresses = dict.fromkeys(unquote(str(it)) for it in (*known, old.url))
        addresses.pop(unquote(new.url), None)  # a text that gets a name back that it had
        edits += set_key(text, head, "redirect_from", f"[{', '.join(map(quoted, addresses))}]")
    move = plan_move(texts, document, path, edits)
    if not dry_run:
        carry_out(texts, move)
    return move, REDIRECTS in texts.config.generators.plugins
