"""Statements and callouts as HTML: `<div class="theorem" id="thm-euler" …><p class="theorem-head">…`, `<div class="callout note">`.

What numbering said of a statement stands in `meta` of its opening: `name` (`Theorem`), `shown` (its number), `id`, and for a proof `head`.
"""

from collections.abc import Sequence
from html import unescape
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from mathblog.core.patterns import lazy_pattern

_TAG = lazy_pattern(r"<[^<>]*>")
END = '<span class="qed">∎</span>'


class StatementHtml:
    """The renderer's rules for the tokens of `rules/statements/`."""

    def statement_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Any) -> str:
        """The beginning of a statement; in a list it has no id, which stands elsewhere."""
        token = tokens[idx]
        attributes = {name: value for name, value in token.attrs.items() if name != "class"}
        before = "\n" if idx and tokens[idx - 1].hidden else ""
        name = "" if env["rendering"].in_list else escapeHtml(token.meta.get("id", ""))
        ids = f' id="{name}" role="group" aria-labelledby="{name}-head"' if name else ""
        style = f' data-style="{token.meta["style"]}"' if token.meta["style"] else ""
        html = f'{before}<div class="{escapeHtml(str(token.attrs["class"]))}"{ids}{_written(attributes)}{style}>\n'
        return html + _fold(token)

    def statement_close(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Any) -> str:
        """The end of a statement."""
        return ("</details>\n" if tokens[idx].meta["opening"].meta["fold"] else "") + "</div>\n"

    def callout_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Any) -> str:
        """The beginning of a callout."""
        token = tokens[idx]
        attributes = {name: value for name, value in token.attrs.items() if name != "class"}
        before = "\n" if idx and tokens[idx - 1].hidden else ""
        label = token.meta["label"]
        name = f' id="{escapeHtml(label)}"' if label and not env["rendering"].in_list else ""
        classes = escapeHtml(f"callout {token.attrs['class']}")
        return f'{before}<div class="{classes}" role="note"{name}{_written(attributes)}>\n' + _fold(token)

    def callout_close(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Any) -> str:
        """The end of a callout."""
        return ("</details>\n" if tokens[idx].meta["opening"].meta["fold"] else "") + "</div>\n"

    def statement_head_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Any) -> str:
        """The head up to its title: `Theorem 2.1 (`; of a callout the title is all."""
        opening, titled = tokens[idx].meta["opening"], bool(tokens[idx + 1].children)
        meta = opening.meta
        element = "summary" if meta["fold"] else "p"
        if opening.type == "callout_open":
            return f'<{element} class="callout-head">' + ("" if titled else escapeHtml(name_of(opening)))
        name = meta.get("id", "")
        ids = f' id="{escapeHtml(name)}-head"' if name and not env["rendering"].in_list else ""
        html = f'<{element} class="theorem-head"{ids}><strong>'
        if meta.get("named"):
            return html
        if "head" in meta:
            return (
                html
                + str(meta["listed" if env["rendering"].in_list and "listed" in meta else "head"])
                + "</strong>"
                + _brackets(tokens[idx + 1])[0]
            )
        number = meta.get("shown", meta["number"])
        shown = f"{name_of(opening)}\N{NO-BREAK SPACE}{number}" if number else name_of(opening)
        return f"{html}{escapeHtml(shown)}</strong>{_brackets(tokens[idx + 1])[0]}"

    def statement_head_close(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Any) -> str:
        """The head behind its title."""
        opening = tokens[idx].meta["opening"]
        element = "summary" if opening.meta["fold"] else "p"
        if opening.type == "callout_open":
            return f"</{element}>\n"
        return ("</strong>" if opening.meta.get("named") else _brackets(tokens[idx - 1])[1]) + f".</{element}>\n"

    def statement_end(self, _tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Any) -> str:
        """The mark at the end of a proof."""
        return (" " if idx else "") + END

    def statement_repeat(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:
        """A statement once more, without its ids; one that repeats itself within is not shown again."""
        rendering = env["rendering"]
        if rendering.repeating:
            return ""
        before = rendering.in_list, rendering.formulas
        rendering.in_list, rendering.formulas, rendering.repeating = True, rendering.listed, True
        html = str(self.render(tokens[idx].meta["tokens"], options, env)).lstrip("\n")  # type: ignore[attr-defined] # of the renderer
        (rendering.in_list, rendering.formulas), rendering.repeating = before, False
        return html


def _brackets(title: Token) -> tuple[str, str]:
    """Return what stands around a title; a citation that has brackets of its own gets no others."""
    children = title.children or ()
    is_bracketed = len(children) == 1 and children[0].type == "cite" and children[0].content.startswith("(")
    return ("", "") if not children else (" ", "") if is_bracketed else (" (", ")")


def name_of(opening: Token) -> str:
    """The name of a statement's kind, in the language of its page where that is known."""
    return str(opening.meta.get("name") or opening.meta["kind"].capitalize())


def head_words(opening: Token, title: str) -> str:
    """The head of a statement or a callout in plain words, as `Theorem 2.1 (Euler).` is."""
    meta = opening.meta
    if opening.type == "callout_open" or meta.get("named"):
        return f"{title or name_of(opening)}."
    number = meta.get("shown", meta["number"])
    name = unescape(_TAG.sub("", meta["head"])) if "head" in meta else f"{name_of(opening)} {number}".strip()
    return f"{name} ({title})." if title else f"{name}."


def _fold(token: Token) -> str:
    fold = token.meta["fold"]
    return f"<details{' open' if fold == '+' else ''}>\n" if fold else ""


def _written(attributes: dict[str, str | int | float]) -> str:
    return "".join(f' {escapeHtml(name)}="{escapeHtml(str(value))}"' for name, value in attributes.items())
