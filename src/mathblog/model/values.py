"""The values of YAML, JSON and CSV: the type of front matter, configuration and data files."""

import datetime
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Value: TypeAlias = (
    "bool | int | float | str | datetime.date | datetime.datetime | Sequence[Value] | Mapping[str, Value] | None"
)
Data: TypeAlias = Mapping[str, Value]
