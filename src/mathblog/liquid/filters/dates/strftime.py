"""Ruby's `strftime`: English names on every machine, with Ruby's flags and widths."""

import datetime
import re
from collections.abc import Callable

from mathblog.core.patterns import lazy_pattern
from mathblog.text.english_dates import DAYS, MONTHS

_DIRECTIVE = lazy_pattern(r"%([-0^#_]*)(\d{0,3})(:{0,2})(?:E(?=[cCxXyY])|O(?=[deHkIlmMSuUVwWy]))?([A-Za-z%])")
_NOON = 12


def strftime(value: datetime.date, form: str) -> str:
    """A date or time in a Ruby format; a date counts as its midnight, a time without a zone as UTC.

    Flags `-` (no padding), `0`, `_`, `^` (upper case), `#` (swap case) and a width work as in Ruby. An unknown directive
    stays as it is.
    """
    moment = value if isinstance(value, datetime.datetime) else datetime.datetime.combine(value, datetime.time())

    def expand(match: re.Match[str]) -> str:
        flags, width, colons, letter = match.groups()
        if letter == "z":
            offset = moment.utcoffset() or datetime.timedelta()
            hours, minutes, seconds = str(abs(offset)).split(":")
            rest = (minutes, f":{minutes}", f":{minutes}:{seconds[:2]}")[len(colons)]
            return f"{'-' if offset < datetime.timedelta() else '+'}{hours:0>2}{rest}"
        composite = _COMPOSITES.get(letter)
        if composite:
            return _styled(strftime(moment, composite), flags, int(width or 0), " ")
        number = _NUMBERS.get(letter)
        if number:
            amount, usual, fill = number[0](moment), number[1], number[2]
            if "-" in flags:
                return str(amount)
            fill = " " if "_" in flags else "0" if "0" in flags else fill
            return str(amount).rjust(int(width) if width else usual, fill)
        word = _WORDS.get(letter)
        if word is None or colons:
            return match[0]
        text = word(moment)
        return _styled(text[: int(width)] if letter in "LN" and width else text, flags, int(width or 0), " ")

    return _DIRECTIVE.sub(expand, form)


def _styled(text: str, flags: str, width: int, fill: str) -> str:
    if "^" in flags:
        text = text.upper()
    elif "#" in flags:
        text = text.lower() if text.isupper() else text.upper()
    return text.rjust(width, "0" if "0" in flags else fill)


def _week(moment: datetime.datetime, first: int) -> int:
    """The week of the year, weeks beginning on Sunday (`first` 6) or Monday (0)."""
    since = (moment.weekday() - first) % 7
    return (moment.timetuple().tm_yday + 6 - since) // 7


_COMPOSITES = {
    "c": "%a %b %e %H:%M:%S %Y",
    "D": "%m/%d/%y",
    "F": "%Y-%m-%d",
    "r": "%I:%M:%S %p",
    "R": "%H:%M",
    "T": "%H:%M:%S",
    "v": "%e-%^b-%Y",
    "x": "%m/%d/%y",
    "X": "%H:%M:%S",
}
_NUMBERS: dict[str, tuple[Callable[[datetime.datetime], int], int, str]] = {
    "Y": (lambda m: m.year, 4, "0"),
    "C": (lambda m: m.year // 100, 2, "0"),
    "y": (lambda m: m.year % 100, 2, "0"),
    "m": (lambda m: m.month, 2, "0"),
    "d": (lambda m: m.day, 2, "0"),
    "e": (lambda m: m.day, 2, " "),
    "j": (lambda m: m.timetuple().tm_yday, 3, "0"),
    "H": (lambda m: m.hour, 2, "0"),
    "k": (lambda m: m.hour, 2, " "),
    "I": (lambda m: m.hour % _NOON or _NOON, 2, "0"),
    "l": (lambda m: m.hour % _NOON or _NOON, 2, " "),
    "M": (lambda m: m.minute, 2, "0"),
    "S": (lambda m: m.second, 2, "0"),
    "u": (lambda m: m.isoweekday(), 1, "0"),
    "w": (lambda m: m.isoweekday() % 7, 1, "0"),
    "G": (lambda m: m.isocalendar().year, 4, "0"),
    "g": (lambda m: m.isocalendar().year % 100, 2, "0"),
    "V": (lambda m: m.isocalendar().week, 2, "0"),
    "U": (lambda m: _week(m, 6), 2, "0"),
    "W": (lambda m: _week(m, 0), 2, "0"),
    "s": (lambda m: int((m if m.tzinfo else m.replace(tzinfo=datetime.UTC)).timestamp()), 1, "0"),
}
_WORDS: dict[str, Callable[[datetime.datetime], str]] = {
    "B": lambda m: MONTHS[m.month - 1],
    "b": lambda m: MONTHS[m.month - 1][:3],
    "h": lambda m: MONTHS[m.month - 1][:3],
    "A": lambda m: DAYS[m.weekday()],
    "a": lambda m: DAYS[m.weekday()][:3],
    "p": lambda m: "AM" if m.hour < _NOON else "PM",
    "P": lambda m: "am" if m.hour < _NOON else "pm",
    "Z": lambda m: m.tzname() or "UTC",
    "L": lambda m: f"{m.microsecond // 1000:03}",
    "N": lambda m: f"{m.microsecond:06}000",
    "n": lambda _: "\n",
    "t": lambda _: "\t",
    "%": lambda _: "%",
}
