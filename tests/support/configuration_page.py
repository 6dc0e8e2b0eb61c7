"""The tables of `docs/reference/configuration.md`, made of the JSON schema of `_config.yml`.

A key of the schema is in the table of its `x-section`, with `x-default`, and with `x-meaning` where the page says more than the
description, which an editor shows. Keys that follow one another and have the same meaning share a row.
"""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import mathblog

SCHEMA = Path(mathblog.__file__).parent / "schemas/config.schema.json"
_TABLE = re.compile(
    r"(?P<head>^## (?P<section>[^\n]+)\n(?:(?!^## ).*\n)*?<!-- this table [^\n]+\n\| key \|[^\n]+\n\|---[^\n]+\n)(?:\|[^\n]*\n)*",
    re.MULTILINE,
)


def with_tables(page: str) -> str:
    """The text of the page with its tables as the schema has them now."""
    keys = list(_keys(json.loads(SCHEMA.read_text("utf-8"))["properties"]))
    return _TABLE.sub(lambda found: found["head"] + _rows(keys, found["section"]), page)


def sections(page: str) -> set[str]:
    """The headings of the page that have a table of the schema's."""
    return {found["section"] for found in _TABLE.finditer(page)}


def sections_of_schema() -> set[str]:
    """The sections that the schema names."""
    keys = _keys(json.loads(SCHEMA.read_text("utf-8"))["properties"])
    return {schema["x-section"] for _, schema in keys if "x-section" in schema}


def _keys(properties: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, schema in properties.items():
        yield f"{above}{name}", schema
        yield from _keys(schema.get("properties", {}), f"{above}{name}.")


def _rows(keys: list[tuple[str, Mapping[str, Any]]], section: str) -> str:
    own = [(key, schema) for key, schema in keys if schema.get("x-section") == section]
    rows = ""
    for meaning, shared in groupby(own, key=lambda item: item[1].get("x-meaning", item[1]["description"])):
        row = list(shared)
        names = ", ".join(f"`{key}`" for key, _ in row)
        defaults = ", ".join(dict.fromkeys(schema["x-default"] for _, schema in row))
        rows += f"| {names} | {defaults} | {meaning} |\n"
    return rows
