"""Attributes in tags that the author wrote as HTML."""

import re
from collections.abc import Mapping, Sequence
from html import escape

from markdown_it.token import Token

from mathblog.core.patterns import lazy_pattern
from mathblog.text.html_elements import RAW_TEXT

_NAME = lazy_pattern(r"</?([A-Za-z][\w-]*)")
_CLASS = lazy_pattern(r"(\sclass\s*=\s*)(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+))", re.IGNORECASE)
# in SVG and MathML such a section is markup of its own
_SECTION = lazy_pattern(
    rf"<({'|'.join((*RAW_TEXT, 'svg', 'math'))})(?=[\s>]).*?</\1\s*>|<!--.*?--!?>|<!\[CDATA\[(?P<text>.*?)\]\]>",
    re.DOTALL | re.IGNORECASE,
)
_FAR = 64  # tokens looked at before a closing tag


def opened_tag(tokens: Sequence[Token]) -> Token | None:
    """The tag that the last token closes, or itself where it is an element alone; None where it opens one."""
    name = _NAME.match(tokens[-1].content)
    if name is None:
        return None
    if not tokens[-1].content.startswith("</"):
        return tokens[-1] if tokens[-1].content.endswith("/>") or name[1].lower() in ("img", "br", "input") else None
    opening = re.compile(rf"<{name[1]}(?=[\s/>])", re.IGNORECASE)
    closers = 0
    for token in reversed(tokens[-_FAR:-1]):
        if token.type == "html_inline":
            closers += token.content[: len(name[0])].lower() == name[0].lower()
            if opening.match(token.content):
                if not closers:
                    return token
                closers -= 1
    return None


def with_attributes(html: str, attributes: Mapping[str, str | int | float]) -> str:
    """HTML with some attributes in its first tag; classes are added to those it has."""
    name = _NAME.search(html)
    if not attributes or name is None:
        return html
    end = html.find(">", name.end())
    tag = html[name.end() : end]
    rest = dict(attributes)
    given = _CLASS.search(tag)
    if given and "class" in rest:
        classes = f"{given[2] or given[3] or given[4] or ''} {rest.pop('class')}".strip()
        tag = f'{tag[: given.start()]}{given[1]}"{classes}"{tag[given.end() :]}'
    added = "".join(f' {key}="{escape(str(value))}"' for key, value in rest.items())
    return f"{html[: name.end()]}{added}{tag}{html[end:]}"


def with_sections_as_text(html: str) -> str:
    """HTML in which `<![CDATA[…]]>` is text, as in kramdown; in scripts and styles it stays for them to read."""
    return _SECTION.sub(lambda found: found[0] if found["text"] is None else escape(found["text"], quote=False), html)
