"""Bytes of a source file -> text, or where and why they are no UTF-8."""

from dataclasses import replace
from typing import NamedTuple

from mathblog.core.diagnostic import Diagnostic, Severity, judge
from mathblog.core.patterns import lazy_pattern
from mathblog.core.source import SourceText
from mathblog.core.stops import Stop

_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_BEYOND_ASCII = lazy_pattern(rb"[\x80-\xff]+")
_SAMPLE = 1 << 16  # bytes that a guess looks at


class Decoded(NamedTuple):
    """The text, None where the bytes are not UTF-8, and what is wrong with them."""

    source: SourceText | None
    diagnostics: tuple[Diagnostic, ...] = ()


def decode(path: str, data: bytes) -> Decoded:
    r"""The text of a file: UTF-8 with or without a byte order mark, every kind of line end as `\n`.

    Anything else is an error of code `encoding` with the offset of the first bad byte and a guess at the encoding. Zero
    bytes in a text, which Jekyll publishes and no browser shows, are left out with a warning.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(None, (_refuse(path, data, 0, name),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # the decoder counts from after the byte order mark
        start = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        if b"\0" in data[:start]:
            return Decoded(None, (_refuse_zero(path, data),))
        is_utf8_so_far = any(byte > 0x7F for byte in data[:start].removeprefix(b"\xef\xbb\xbf"))  # noqa: PLR2004 - ASCII
        return Decoded(None, (_refuse(path, data, start, "" if is_utf8_so_far else guess_encoding(data)),))
    problems: tuple[Diagnostic, ...] = ()
    if "\0" in text:
        if _is_wide(data):
            return Decoded(None, (_refuse_zero(path, data),))
        place = _refuse(path, data, data.index(0), "")
        message = f"byte {data.index(0)} is zero: it is left out"
        problems = (replace(place, severity=Severity.WARNING, message=message, hint="take it out"),)
        text = text.replace("\0", "")
    crlf = "\r\n" in text and "\n\n" not in text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(SourceText(path, text, crlf), problems)


def _refuse_zero(path: str, data: bytes) -> Diagnostic:
    """The problem of a file with zero bytes that is no text."""
    return _refuse(path, data, data.index(0), "UTF-16" if _is_wide(data) else "")


def _is_wide(data: bytes) -> bool:
    """Whether a file with zero bytes is UTF-16, where every other byte of Latin text is zero."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    return max(even, odd) > 4 * min(even, odd) and max(even, odd) * 8 > len(data)


def _refuse(path: str, data: bytes, start: int, guess: str) -> Diagnostic:
    before = data[data.rfind(b"\n", 0, start) + 1 : start].decode("utf-8", "replace").removeprefix("\ufeff")
    line_end = data.find(b"\n", start)
    rest = (
        data[start : line_end if line_end >= 0 else len(data)][:200].decode("utf-8", "replace").replace("\0", "\ufffd")
    )
    line, column = data.count(b"\n", 0, start) + 1, len(before) + 1
    is_zero = data[start] == 0
    advice = "take it out, or save the file as UTF-8" if is_zero else "save the file as UTF-8"
    hint = f"it looks like {guess}: save it as UTF-8" if guess else advice
    found = "is zero: this is no text" if is_zero else f"(0x{data[start]:02x}) is not UTF-8"
    message = f"byte {start} {found}"
    excerpt = (before + rest).rstrip("\r")
    severity, code = judge(Stop.NOT_UTF8)
    return Diagnostic(severity, code, message, path, line, column, column + 1, excerpt, hint)


def guess_encoding(data: bytes) -> str:
    """The encoding that bytes which are not UTF-8 were most likely written in, an empty text for no idea."""
    sample = data[:_SAMPLE]
    # most bytes beyond ASCII stand alone, as umlauts and accents do: a letter of two bytes has both there, mostly
    runs = _BEYOND_ASCII.findall(sample)
    is_single = 2 * sum(len(run) == 1 for run in runs) > len(runs)
    for name, codec, low, high, share in (
        ("CP949 (EUC-KR)", "cp949", "가", "힣", 0.8),
        ("Shift_JIS", "shift_jis", "ぁ", "ヿ", 0.2),
        ("EUC-JP", "euc_jp", "ぁ", "ヿ", 0.2),
        ("GBK", "gb18030", "一", "鿿", 0.7),
        ("Big5", "big5", "一", "鿿", 0.7),
    ):
        text = "" if is_single and codec != "shift_jis" else _try(sample, codec)
        beyond_ascii = [char for char in text if char > "\x7f"]
        if beyond_ascii and sum(low <= char <= high for char in beyond_ascii) >= share * len(beyond_ascii):
            return name
    return "Windows-1252 (Latin-1)" if _try(sample, "cp1252") else ""


def _try(sample: bytes, codec: str) -> str:
    for cut in range(4):  # the sample may end within a character
        try:
            return sample[: len(sample) - cut].decode(codec)
        except UnicodeDecodeError:
            continue
    return ""
