"""Shortcodes of Hugo's and of its themes that have an equivalent in Markdown, HTML or Liquid."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from mathblog.core.patterns import lazy_pattern

SHORTCODE = lazy_pattern(
    r"\{\{(?:<|%)\s*(/?)\s*([\w./-]+)"
    r"((?:\s+(?:[\w-]+\s*=\s*)?(?:\"[^\"]*\"|`[^`]*`|(?!/?\s*[>%]\}\})[^\s\"`<>%]+))*)\s*/?\s*(?:>|%)\}\}"
)
_ARGUMENT = lazy_pattern(r"(?:([\w-]+)\s*=\s*)?(?:\"([^\"]*)\"|`([^`]*)`|([^\s\"`]+))")
_NAMES_OF_KINDS = {
    "note": "note", "info": "note", "primary": "note", "secondary": "note", "tip": "tip", "hint": "tip", "success": "tip",
    "important": "important", "warning": "warning", "attention": "warning", "caution": "caution", "danger": "caution", "error": "caution",
}  # fmt: skip
_WITH_KIND = ("notice", "admonition", "alert", "callout", "hint")  # their first word is the kind


class Shortcode(NamedTuple):
    """One shortcode: its name, whether it is an end, its words and its named values; `opened` is the text of the one that it ends."""

    name: str
    closes: bool
    words: tuple[str, ...]
    named: Mapping[str, str]
    opened: str = ""

    def value(self, *keys: str) -> str:
        """The first named value that is there, else the first word."""
        return next((self.named[key] for key in keys if key in self.named), self.words[0] if self.words else "")


def read_shortcode(found: re.Match[str], text: str) -> Shortcode:
    """The shortcode that the pattern found in a text."""
    listed = [(it[1] or "", it[2] or it[3] or it[4] or "") for it in _ARGUMENT.finditer(found[3])]
    name = found[2].lower()
    before = text[max(0, text.rfind("{{", 0, text.rfind(name, 0, found.start()))) : found.start()] if found[1] else ""
    words = tuple(value for key, value in listed if not key)
    return Shortcode(name, bool(found[1]), words, {key.lower(): value for key, value in listed if key}, before)


def write_shortcode(code: Shortcode) -> str | None:
    """Return the text in its place; None for one without an equivalent."""
    has_kind = code.name in _WITH_KIND
    if not has_kind and code.name not in _NAMES_OF_KINDS:
        write = _EQUIVALENT.get(code.name)
        return write(code) if write else None
    if code.closes:
        return ":::"
    named = code.named.get("type") or code.named.get("color") or (code.value() if has_kind else code.name)
    rest = code.words[1:] if has_kind and not {"type", "color"} & code.named.keys() else code.words
    title = code.named.get("title") or (rest[0] if rest else "")
    return f"::: {_NAMES_OF_KINDS.get(named.lower(), 'note')}{f' {title}' if title else ''}"


def figure(code: Shortcode, source: str) -> str:
    """An image with its caption below."""
    caption = code.named.get("caption") or code.named.get("title", "")
    sizes = "".join(f' {key}="{code.named[key]}"' for key in ("width", "height") if key in code.named)
    image = f"![{code.named.get('alt') or caption}]({source}){f'{{:{sizes}}}' if sizes else ''}"
    return f"{image}\n*{caption}*" if caption else image


def _details(code: Shortcode) -> str:
    title = code.value("summary", "title") or "Details"
    return "</details>" if code.closes else f'<details markdown="1"><summary>{title}</summary>'


def _formula_sign(code: Shortcode) -> str:
    words = code.opened if code.closes else f"{code.words} {list(code.named)}"
    return "$$" if "display" in words else "$"


def _tweet(code: Shortcode) -> str:
    number = code.named.get("id") or (code.words[-1] if code.words else "")
    return f"<https://twitter.com/{code.named.get('user', 'i')}/status/{number}>"


_EQUIVALENT: Mapping[str, Callable[[Shortcode], str]] = {
    **dict.fromkeys(("math", "mathjax", "rawhtml", "raw", "markdown", "md", "unsafe"), lambda _: ""),
    **dict.fromkeys(("details", "expand", "collapse"), _details),
    **dict.fromkeys(("tweet", "twitter", "x"), _tweet),
    "katex": _formula_sign,
    "highlight": lambda code: "```" if code.closes else f"```{code.value()}",
    "youtube": lambda code: f"{{% youtube {code.value('id')} %}}",
    "gist": lambda code: f"{{% gist {'/'.join(code.words[:2])} %}}",
    "vimeo": lambda code: f"<https://vimeo.com/{code.value('id')}>",
    "br": lambda _: "<br>",
}
