"""The text of a tag of jekyll-scholar's -> its keys and options (`utilities.rb`, `split_arguments` and `optparse`)."""

from collections.abc import Callable
from difflib import get_close_matches

from mathblog.core.patterns import lazy_pattern
from mathblog.model.citations.asked import Asked

_NAMES = {
    "-c": "cited", "-C": "cited_in_order", "-r": "remove_duplicates", "-A": "suppress_author", "-f": "file",
    "-q": "query", "-h": "bibliography_list_tag", "-p": "prefix", "-t": "text", "-l": "locator", "-L": "label",
    "-o": "offset", "-m": "max", "-s": "style", "-g": "group_by", "-G": "group_order", "-O": "type_order",
    "-T": "template",
}  # fmt: skip
_OPTIONS = frozenset((*_NAMES.values(), "clear", "sort_by", "order"))  # the last two are ours
_LONG = "|".join(sorted(_OPTIONS, key=len, reverse=True))
_OPTION = lazy_pattern(rf"(?<![\w-])(?:(-[cCfhqptTsgGOlLomAr])|--({_LONG}))(?![\w-])")
_DASHED = lazy_pattern(r"(?<!\S)--([A-Za-z][\w-]*)")
_VALUE = lazy_pattern(r"\{\{\s*([\w.-]+)\s*\}\}")
_NUMBER = lazy_pattern(r"\s*(-?\d{1,9})")
_FLAGS = {"cited": "cited", "clear": "clear", "suppress_author": "without_author", "remove_duplicates": "no_duplicates"}
_TEXTS = {
    "query": "query", "prefix": "prefix", "text": "text", "style": "style", "template": "template",
    "bibliography_list_tag": "list_tag", "group_by": "group_by", "group_order": "group_order",
    "type_order": "type_order", "sort_by": "sort_by", "order": "order",
}  # fmt: skip
_LISTS = {"file": "files", "locator": "locators", "label": "labels"}


def parse_arguments(markup: str, value_of: Callable[[str], str], *, with_keys: bool) -> Asked:
    """The keys before the first option, where the tag takes keys, and the options.

    `value_of` gives the value of a variable, '' where it has none: a key may be one, and a value may hold `{{ some }}`.
    """
    markup = _VALUE.sub(lambda match: value_of(match[1]) or match[0], markup)
    first = _OPTION.search(markup)
    words = markup[: first.start()].split() if first else markup.split()
    keys = tuple(value_of(word) or word for word in words if not word.startswith("-")) if with_keys else ()
    found = list(_OPTION.finditer(markup))
    ends = [*(option.start() for option in found[1:]), *([len(markup)] if found else [])]
    values: dict[str, object] = {}
    for option, end in zip(found, ends, strict=True):
        name = option[2] or _NAMES[option[1]]
        written = markup[option.end() : end].strip().removeprefix("=").strip()
        if len(written) > 1 and written[0] == written[-1] and written[0] in "\"'":
            written = written[1:-1]
        if name in _FLAGS:
            values[_FLAGS[name]] = True
            if name == "remove_duplicates" and written:
                values["same_by"] = tuple(field.strip().lower() for field in written.split(",") if field.strip())
        elif name == "cited_in_order":
            values |= {"cited": True, "in_order": True}
        elif name in _LISTS:
            known = values.get(_LISTS[name], ())
            values[_LISTS[name]] = (*known, written)  # type: ignore[misc]  # a tuple, by this line
        elif name in _TEXTS:
            values[_TEXTS[name]] = written
        elif number := _NUMBER.match(written):
            values["offset" if name == "offset" else "most"] = int(number[1])
    return Asked(keys=keys, **values)  # type: ignore[arg-type]  # each by its name


def unknown_option(markup: str) -> tuple[str, str]:
    """The first long option that no tag has, at which jekyll-scholar stops, and a hint; two empty texts where there is none."""
    name = next((found[1] for found in _DASHED.finditer(markup) if found[1] not in _OPTIONS), "")
    near = get_close_matches(name, sorted(_OPTIONS), 1) if name else []
    return (f"--{name}" if name else ""), (f"did you mean `--{near[0]}`?" if near else "")
