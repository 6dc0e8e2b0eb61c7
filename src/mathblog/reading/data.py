"""Data files (`_data/**`): YAML, JSON, CSV and TSV -> nested data (Jekyll's `data_reader.rb`)."""

import csv
import json
import posixpath
import re
from collections.abc import Iterable
from typing import NamedTuple

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText, Span
from mathblog.core.stops import Stop
from mathblog.core.surrogates import without_halves
from mathblog.model.options import ReadingOptions, TableOptions
from mathblog.model.values import Value
from mathblog.model.zones import load_zone
from mathblog.reading.dates.dates import localize
from mathblog.text.yaml.data import load_yaml
from mathblog.text.yaml.scalars import DEEPEST

CODE = "data"
_DROPPED = lazy_pattern(r"[^\w\s-]+|(?:^|(?<=\b\s))\s+(?=$|\s?\b)")
_BLANKS = lazy_pattern(r"\s+")
_SEPARATORS = {".csv": ",", ".tsv": "\t"}
_NUMBERS = {  # what Ruby's `Integer()` and `Float()` take of it
    "integer": lazy_pattern(r"\s*[-+]?\d{1,300}(?:_\d{1,300})*\s*", re.ASCII),
    "float": lazy_pattern(r"\s*[-+]?\d{1,300}(?:\.\d{1,300})?(?:[eE][-+]?\d{1,3})?\s*", re.ASCII),
}


class ReadData(NamedTuple):
    """The value of a data file, or of all of them; None for a file that cannot be read."""

    value: Value
    diagnostics: tuple[Diagnostic, ...] = ()


def data_key(name: str) -> str:
    """The key of a data file or folder: all but letters, digits, `_`, `-` dropped, blanks made `_`.

    Letters of every script stay; Jekyll drops all but ASCII and is left with an empty key.
    """
    return _BLANKS.sub("_", _DROPPED.sub("", name))


def read_data_file(source: SourceText, options: ReadingOptions | None = None) -> ReadData:
    """The value of one data file, by its extension; what is broken is an error with its place.

    What only YAML accepts in JSON (comments, a last comma) Jekyll reads as YAML, and so do we, with a warning.
    """
    ext = posixpath.splitext(source.path)[1].lower()
    if ext in _SEPARATORS:
        options = options or ReadingOptions()
        return _read_table(source, _SEPARATORS[ext], options.csv if ext == ".csv" else options.tsv)
    if ext != ".json":
        found = load_yaml(source, code=CODE, refusal=Stop.DATA)
        return ReadData(found.value, found.diagnostics)
    if (place := _too_deep(source.text)) >= 0:
        message = f"nested more than {DEEPEST} levels deep"
        return ReadData(None, (at(source, Span(place, place + 1), message, code=Stop.DATA),))
    if (many := source.text.count(",") + source.text.count(":")) > _MOST:  # in words there are fewer
        message = f"more than {_MOST:,} values, or {many:,} commas and colons"
        return ReadData(None, (at(source, Span(0, 1), message, code=Stop.DATA, hint=_SMALLER),))
    try:
        return ReadData(json.loads(without_halves(source.text), parse_constant=_refuse_constant))
    except json.JSONDecodeError as error:
        span, message = Span(error.pos, error.pos + 1), f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
    except ValueError as error:
        long = _LONG_NUMBER.search(source.text) if "digits" in str(error) else None
        span = Span(*long.span()) if long else Span(0, 1)
        message = "a number with too many digits" if long else f"not JSON: {error}"
    found = load_yaml(source, code=CODE)
    if found.value is None and not source.text.strip():
        return ReadData(None)
    hint = "JSON wants double quotes around names and texts, a comma between two values, and none after the last"
    stops = CODE if found.value is not None else Stop.DATA
    return ReadData(found.value, (at(source, span, message, code=stops, hint=hint),))


def build_data(sources: Iterable[SourceText], options: ReadingOptions | None = None) -> ReadData:
    """All data files as `site.data`: folders are mappings, files entries of them."""
    options = options or ReadingOptions()
    data: dict[str, Value] = {}
    problems: list[Diagnostic] = []
    for source in sorted(sources, key=lambda source: source.path):
        found = read_data_file(source, options)
        problems += found.diagnostics
        folder, name = posixpath.split(source.path.removeprefix(f"{options.data_dir}/"))
        place = data
        for part in folder.split("/") if folder else ():
            inner = place.get(data_key(part))
            if not isinstance(inner, dict):
                inner = place[data_key(part)] = {}
            place = inner
        key = data_key(posixpath.splitext(name)[0])
        known = place.get(key)
        if isinstance(known, dict) and isinstance(found.value, dict):
            place[key] = {**known, **found.value}
        else:
            place[key] = found.value
    return ReadData(localize(data, load_zone(options.timezone)), tuple(problems))


_SMALLER = "keep in `_data` what pages show, or let the reader load the file: one outside of `_data` is copied as it is"
_NESTING = lazy_pattern(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
_MOST_ADDED = 2_000_000  # values that short rows of a table lack and are given
_MOST = 3_000_000  # values of a table or of JSON: they take a gigabyte
_LONG_NUMBER = lazy_pattern(r"[0-9]{1000,}")


def _too_deep(text: str) -> int:
    """The place of the first bracket of JSON that is nested too deeply, -1 where none is."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return -1
    depth = 0
    for found in _NESTING.finditer(text):
        depth += (found[0] in ("[", "{")) - (found[0] in ("]", "}"))
        if depth > DEEPEST:
            return found.start()
    return -1


def _refuse_constant(name: str) -> Value:
    message = f"`{name}` is no JSON number"
    raise ValueError(message)


def _read_table(source: SourceText, separator: str, options: TableOptions) -> ReadData:
    """A list of rows, each a mapping from the names in the first row, or a list where there are no such names.

    Values are text unless they are to be converted; what is empty or missing is None.
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(source.text)))  # Ruby's has none
    rows = csv.reader(source.text.splitlines(keepends=True), delimiter=separator, strict=True)
    try:
        names = next(rows, []) if options.headers else []
        table: list[Value] = []
        added = held = 0
        for row in rows:
            cells: list[Value] = []
            for cell in row:  # as the first converter makes it that can (Ruby's `CSV::Converters`)
                kind = next((name for name in options.converters if _NUMBERS[name].fullmatch(cell)), "")
                digits = cell.replace("_", "")
                cells.append(int(digits) if kind == "integer" else float(digits) if kind else cell or None)
            held += len(cells)
            if held > _MOST:
                message = f"more than {_MOST:,} values up to this row"
                return ReadData(None, (_of_table(source, rows.line_num, message, _SMALLER),))
            added += max(0, len(names) - len(cells))
            if added > _MOST_ADDED:
                message = f"the rows up to this one lack more than {_MOST_ADDED:,} values that the first row names"
                return ReadData(None, (_of_table(source, rows.line_num, message, "fill them, or name fewer columns"),))
            cells += [None] * (len(names) - len(cells))
            table.append(dict(zip(names, cells, strict=False)) if names else cells)
        return ReadData(table)
    except csv.Error as error:
        hint = 'a quote inside a value is written `""`, and the value stands in quotes'
        return ReadData(None, (_of_table(source, rows.line_num, f"not a table: {error}", hint),))


def _of_table(source: SourceText, line: int, message: str, hint: str) -> Diagnostic:
    start = source.offset(max(1, line))
    return at(source, Span(start, start + 1), message, code=Stop.DATA, hint=hint)
