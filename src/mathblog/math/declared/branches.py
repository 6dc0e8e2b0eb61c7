"""The Liquid in a layout's HTML and scripts, put out of the way: nothing is rendered, what a build cannot know stays open."""

import json
import re
from collections.abc import Iterator, Mapping

from mathblog.core.dataclass import dataclass
from mathblog.core.digits import to_number
from mathblog.core.patterns import lazy_pattern
from mathblog.model.values import Data, Value

_TAG = lazy_pattern(r"\{%-?\s*(\w+)((?:[^%]|%(?!\}))*+)%\}")
_OUTPUT = lazy_pattern(r"\{\{-?((?:[^}]|\}(?!\}))*+)\}\}")
_CONDITION = lazy_pattern(
    r"\s*site\.([\w.-]+?)\s*(?:(==|!=)\s*(?:'([^']*)'|\"([^\"]*)\"|(true|false|nil|\d+))\s*)?-?\s*\Z"
)
_SETTING = lazy_pattern(r"\s*site\.([\w.-]+?)\s*(?:\|\s*(?:jsonify|relative_url|escape|strip)\s*)*-?\s*\Z")
_WORDS: Mapping[str, Value] = {"true": True, "false": False, "nil": None}
_LOOPS = ("for", "tablerow")
_OPENING = frozenset({"if", "unless", "case", *_LOOPS})
_CLOSING = frozenset({"endif", "endunless", "endcase", "endfor", "endtablerow"})
_TURNING = frozenset({"else", "elsif", "when"})
# What `site` has besides the keys of the configuration, or where Jekyll has a value of its own.
_JEKYLLS = frozenset(
    [
        "baseurl",
        "categories",
        "collections",
        "data",
        "defaults",
        "documents",
        "encoding",
        "exclude",
        "github",
        "highlighter",
        "html_files",
        "html_pages",
        "include",
        "kramdown",
        "liquid",
        "markdown",
        "pages",
        "permalink",
        "plugins",
        "posts",
        "static_files",
        "tags",
        "theme",
        "time",
        "timezone",
        "url",
    ]
)


@dataclass(slots=True)
class _Block:
    """An open block: whether the text around it stays, whether a branch of it did, and whether one surely is shown."""

    outer: bool
    taken: bool = False
    settled: bool = False


def drop_dead_branches(html: str, site: Data) -> str:
    """A text of the same length, blank where a condition on `site` (`{% if site.mathjax %}`) surely leaves text out.

    All branches of other conditions stay: some page may show each.
    """
    if "site." not in html or "{%" not in html:
        return html
    parts = []
    for text, stays in _branches(html, site, first_only=False):
        parts.append(text if stays else re.sub(r"[^\n]", " ", text))
    return "".join(parts)


def without_liquid(script: str, site: Data) -> str:
    """A script as JavaScript: settings put in, `null` or nothing for other values, the first branch that may be shown."""
    if "{%" in script:
        texts = _branches(script, site, first_only=True)
        script = "".join(text for text, stays in texts if stays and not text.startswith("{%"))
    pieces, at = [], 0
    for output in _OUTPUT.finditer(script):
        before = script[max(0, output.start() - 40) : output.start()]
        is_due = before.rstrip().endswith(tuple(":=(,[?+"))
        setting = _SETTING.match(output[1])
        value = _look_up(site, setting[1])[0] if setting else None
        shown = "null" if is_due else ""
        if value is not None and "jsonify" in output[1]:
            shown = json.dumps(value, default=str)
        elif isinstance(value, bool):
            shown = "true" if value else "false"
        elif isinstance(value, str | int | float):
            shown = str(value)
        pieces += [script[at : output.start()], shown]
        at = output.end()
    return "".join([*pieces, script[at:]])


def _branches(text: str, site: Data, *, first_only: bool) -> Iterator[tuple[str, bool]]:
    """The tags of a text and what stands between them, each with whether it stays.

    With `first_only`, one branch of a condition stays at most, and nothing of a loop.
    """
    blocks: list[_Block] = []
    stays, at = True, 0
    for tag in _TAG.finditer(text):
        yield text[at : tag.start()], stays
        word, at = tag[1], tag.end()
        yield tag[0], True
        if word in _CLOSING and blocks:
            stays = blocks.pop().outer
        elif word in _OPENING or (word in _TURNING and blocks):
            if word in _OPENING:
                blocks.append(_Block(stays))
            block = blocks[-1]
            known = _judge(word, tag[2], site)
            shown = known is not False and not block.settled and not (first_only and block.taken)
            stays = block.outer and shown and not (first_only and word in _LOOPS)
            block.taken |= shown and word not in ("case", *_LOOPS)
            block.settled |= known is True
    yield text[at:], stays


def _judge(word: str, condition: str, site: Data) -> bool | None:
    """Whether a condition holds; None where only a page knows."""
    found = _CONDITION.match(condition)
    if found is None or word not in ("if", "unless", "elsif"):
        return None
    path, operator, single, double, plain = found.groups()
    value, is_known = _look_up(site, path)
    if not is_known:
        return None
    if operator:
        text = single if single is not None else double
        other: Value = text if text is not None else _WORDS.get(plain, to_number(plain))
        holds = (value == other and isinstance(value, bool) == isinstance(other, bool)) == (operator == "==")
    else:
        holds = value is not None and value is not False
    return holds != (word == "unless")


def _look_up(site: Data, path: str) -> tuple[Value, bool]:
    """A setting, and whether it is known; one that is not there is nil."""
    names = path.split(".")
    value: Value = site
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    labels = site.get("collections")
    others = {*_JEKYLLS, *(labels if isinstance(labels, Mapping) else ())}
    return value, value is not None or names[0] not in others
