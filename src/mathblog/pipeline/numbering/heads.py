"""The heads of statements, once all numbers of a page are known."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mathblog.model.statements.names import name_in
from mathblog.pipeline.numbering.formulas import PageNumbering, finder, leads_elsewhere
from mathblog.pipeline.numbering.labels import normal
from mathblog.pipeline.numbering.pending import Pending, mark
from mathblog.pipeline.numbering.references import html_of, refer, text_of
from mathblog.pipeline.numbering.statements import head_of_proof, is_proof

if TYPE_CHECKING:
    from markdown_it.token import Token


def close_gap(children: "Sequence[Token]") -> None:
    r"""Take away what parts a `\label` at the beginning of a text from the words behind it."""
    if len(children) > 1 and children[0].type == "reference" and not children[0].content:
        behind = children[1]
        if behind.type == "text":
            behind.content = behind.content.lstrip()
        elif behind.type in ("softbreak", "hardbreak"):
            behind.type, behind.tag, behind.content = "text", "", ""


def put_in_heads(page: PageNumbering, tokens: "Sequence[Token]", lang: str) -> None:
    """Put into proofs what they prove, and into callouts their names."""
    for token in tokens:
        if token.type == "callout_open":
            token.meta["name"] = name_in(token.meta["kind"], lang)
        elif token.type == "statement_open" and is_proof(token):
            name = token.meta["of"]
            label = page.labels.find(name)
            if label is None and leads_elsewhere(page, name):
                waiting = mark(Pending("link", "link", (name,), page.reports.path, lang))
                token.meta["head"] = head_of_proof("", waiting, waiting, lang)
                page.reports.pending.append((name, page.reports.problem(token, name)))
            if label is None:
                if "head" not in token.meta:
                    page.reports.unknown(token, normal(name), page.labels)
                continue
            for key, url in (("head", ""), ("listed", page.url)):
                runs = refer("link", [name], finder(page, url), page.words)
                token.meta[key] = head_of_proof(label.kind, text_of(runs), html_of(runs), lang)
