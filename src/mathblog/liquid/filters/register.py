"""All filters of ours, handed to the Liquid library."""

from collections.abc import Callable

from liquid import Environment
from liquid.undefined import is_undefined

from mathblog.liquid.filters import arrays, dates, expressions, numbers, stripped, urls, words
from mathblog.liquid.run import LimitError
from mathblog.liquid.text import to_text

_OURS: dict[str, Callable[..., object]] = {
    "absolute_url": urls.absolute_url,
    "array_to_sentence_string": arrays.array_to_sentence_string,
    "cgi_escape": urls.cgi_escape,
    "date": dates.date,
    "date_to_long_string": dates.date_to_long_string,
    "date_to_rfc822": dates.date_to_rfc822,
    "date_to_string": dates.date_to_string,
    "date_to_xmlschema": dates.date_to_xmlschema,
    "escape": words.escape,
    "escape_once": words.escape_once,
    "find": arrays.find,
    "find_exp": expressions.find_exp,
    "group_by": arrays.group_by,
    "group_by_exp": expressions.group_by_exp,
    "h": words.escape,
    "inspect": words.inspect_value,
    "join": arrays.join,
    "jsonify": words.jsonify,
    "markdownify": words.markdownify,
    "normalize_whitespace": words.normalize_whitespace,
    "number_of_words": words.number_of_words,
    "pop": arrays.pop,
    "push": arrays.push,
    "relative_url": urls.relative_url,
    "round": numbers.round_number,
    "sample": arrays.sample,
    "shift": arrays.shift,
    "slugify": words.slugify_value,
    "smartify": words.smartify,
    "sort": arrays.sort,
    "split": words.split,
    "strip_html": stripped.strip_html,
    "strip_index": urls.strip_index,
    "times": numbers.times,
    "to_integer": words.to_integer,
    "truncate": stripped.truncate,
    "truncatewords": words.truncatewords,
    "uniq": arrays.uniq,
    "unshift": arrays.unshift,
    "uri_escape": urls.uri_escape,
    "where": arrays.where,
    "where_exp": expressions.where_exp,
    "xml_escape": words.xml_escape,
}
# filters of the library that would print Python's words for None, numbers and dates
_TEXT = frozenset(
    [
        "append",
        "prepend",
        "capitalize",
        "downcase",
        "upcase",
        "lstrip",
        "rstrip",
        "strip",
        "newline_to_br",
        "remove",
        "remove_first",
        "remove_last",
        "replace",
        "replace_first",
        "replace_last",
        "strip_newlines",
        "url_encode",
        "url_decode",
        "squish",
        "base64_encode",
    ]
)
_LONGEST_RANGE = 100_000


def register_filters(environment: Environment) -> None:
    """Add our filters; they win over the library's of the same name."""
    for name, function in _OURS.items():
        environment.add_filter(name, function)


def adapt(name: str, function: Callable[..., object]) -> Callable[..., object]:
    """A filter that gets Ruby's texts where it wants texts, and no range that is too long to be listed."""

    def call(value: object, *arguments: object, **named: object) -> object:
        if isinstance(value, range):
            value = _listed(value)
        if name in _TEXT:
            value = to_text(value)
            arguments = tuple(argument if isinstance(argument, int) else to_text(argument) for argument in arguments)
        else:
            arguments = tuple(None if is_undefined(argument) else argument for argument in arguments)
        return function(value, *arguments, **named)

    return call


def _listed(value: range) -> list[int]:
    if len(value) > _LONGEST_RANGE:
        message = f"a range of more than {_LONGEST_RANGE:,} numbers"
        raise LimitError(message, token=None)
    return list(value)
