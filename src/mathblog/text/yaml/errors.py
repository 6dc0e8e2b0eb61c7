"""An error of libyaml's -> a diagnostic with its place and a next step."""

from yaml import MarkedYAMLError, YAMLError
from yaml.reader import ReaderError

from mathblog.core.diagnostic import Diagnostic, at
from mathblog.core.source import SourceText, Span
from mathblog.core.stops import Stop
from mathblog.text.yaml.scalars import DEEPEST

_SAYINGS = (
    (
        "mapping values are not allowed",
        "a second `: ` on one line",
        "put the value in quotes: `title: 'Part 1: sets'`",
    ),
    ("unknown escape character", "unknown escape in double quotes", "TeX goes into single quotes: '$\\alpha$'"),
    ("expected hexdecimal number", "unknown escape in double quotes", "TeX goes into single quotes: '$\\alpha$'"),
    ("cannot start any token", "a value cannot start with this character", "put the value in quotes"),
    ("could not find expected ':'", "no `:` after a key", "each line is `key: value`"),
    ("unexpected end of stream", "a quote is never closed", "write the same quote at the end of the value"),
    ("expected ',' or ']'", "a `[` is never closed", "a value that starts with `[` is a list: close it, or use quotes"),
    ("expected ',' or '}'", "a `{` is never closed", "a value that starts with `{` has to be in quotes"),
    ("did not find expected key", "no key where one has to be", "check the indentation and the quotes above"),
    ("alphabetic or numeric character", "a value cannot start with `*` or `&`", "put the value in quotes"),
    (
        "block sequence entries",
        "a list cannot start on the line of its key",
        "start it on the next line, or use quotes",
    ),
    ("<document start>", "this line is indented differently from the first", "start all keys in the same column"),
    ("undefined tag handle", "unknown tag", "a value that starts with `!` has to be in quotes"),
    ("control characters are not allowed", "a control character", "remove it"),
    # libyaml 0.2.6 looks ahead, and stops at 1,000 levels before we see a hundred
    ("exceeded maximum nesting depth", f"nested more than {DEEPEST} levels deep", ""),
)
_WHOLE = "put the whole value in quotes, in `'…'` where it has `\"`"
_TAB_HINT = "indent with spaces, not with tabs"
_CLOSERS = {"expected ',' or ']'": "]", "expected ',' or '}'": "}"}
_NEVER_CLOSED = ("end of stream", *_CLOSERS)


def explain_yaml_error(source: SourceText, span: Span, error: YAMLError, code: str | Stop) -> Diagnostic:
    """The diagnostic of a syntax error in `span` of a source, at its place in the file."""
    problem = str(getattr(error, "problem", "") or getattr(error, "reason", "") or "not valid YAML")
    context = str(getattr(error, "context", "") or "")
    if comma := _missing_comma(source, span, error):
        return at(
            source, comma, "a `,` is missing between two values", code=code, hint="or put the whole value in quotes"
        )
    start = min(span.start + _place(source, span, error), span.end)
    if source.text[start : start + 1] != "\t" and not source.text[start : start + 1].strip():
        # noticed only at the start of the next line or the end of the text: mark what stands before
        while start > span.start and source.text[start - 1].isspace():
            start -= 1
        start = max(span.start, start - 1)
    message, hint = problem, ""
    for part, said, advice in _SAYINGS:
        if part in problem:
            message, hint = said, advice
            break
    else:
        message = f"{problem} {context}".strip()
    if "expected key" in problem and source.text[span.start : start].rstrip(" ")[-1:] in tuple("]}\"'"):
        message, hint = "text behind a value that is closed", _WHOLE
    if source.text[start : start + 1] == "\t":
        message, hint = "a tab where YAML wants spaces", _TAB_HINT
    return at(source, Span(start, start + 1), message, code=code, hint=hint)


def _missing_comma(source: SourceText, span: Span, error: YAMLError) -> Span | None:
    """The place of a value in brackets that stands beside another one, where the bracket is closed on the same line."""
    closer = next((_CLOSERS[said] for said in _CLOSERS if said in str(getattr(error, "problem", ""))), "")
    if not closer or not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return None
    start = span.start + error.problem_mark.index
    return Span(start, start + 1) if closer in source.text[start : source.line_at(start)[1]] else None


def _place(source: SourceText, span: Span, error: YAMLError) -> int:
    """The place of the error, in characters after the start of `span`."""
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        # what never ends is noticed at the end of the text: its start is the place to look at
        if error.context_mark is not None and any(word in str(error.problem) for word in _NEVER_CLOSED):
            mark = error.context_mark
        return mark.index if mark is not None else 0
    if isinstance(error, ReaderError):
        if error.encoding == "unicode":
            return int(error.position)
        return len(
            source.text[span.start : span.end].encode("utf-8", "replace")[: error.position].decode("utf-8", "ignore")
        )
    return 0
