"""The colours of code in the default theme, light and dark: few of them, on the tint of its pages, as in a printed listing."""

from typing import NamedTuple

from pygments.style import Style
from pygments.token import (
    Comment,
    Error,
    Generic,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Text,
    Token,
)

LIGHT, DARK = "manuscript", "manuscript-dark"


class _Inks(NamedTuple):
    """The six colours of a style."""

    ink: str
    soft: str
    red: str
    green: str
    blue: str
    brown: str


def _rules(inks: _Inks) -> dict[object, str]:
    """The rules of a style."""
    ink, soft, red, green, blue, brown = inks
    return {
        Token: ink,
        Text: ink,
        Comment: f"italic {soft}",
        Comment.Preproc: f"noitalic {brown}",
        Keyword: red,
        Keyword.Type: blue,
        Operator: ink,
        Operator.Word: red,
        Punctuation: ink,
        Name: ink,
        Name.Function: blue,
        Name.Class: f"bold {blue}",
        Name.Namespace: ink,
        Name.Exception: blue,
        Name.Builtin: blue,
        Name.Builtin.Pseudo: red,
        Name.Decorator: brown,
        Name.Attribute: blue,
        Name.Tag: red,
        Name.Constant: brown,
        Name.Variable: ink,
        Name.Entity: brown,
        Name.Label: brown,
        String: green,
        String.Escape: brown,
        String.Interpol: brown,
        String.Regex: green,
        String.Symbol: brown,
        Number: brown,
        Literal: brown,
        Generic.Heading: f"bold {ink}",
        Generic.Subheading: f"bold {soft}",
        Generic.Deleted: red,
        Generic.Inserted: green,
        Generic.Error: red,
        Generic.Traceback: red,
        Generic.Emph: "italic",
        Generic.Strong: "bold",
        Generic.Prompt: soft,
        Generic.Output: soft,
        Error: red,
    }


class Manuscript(Style):
    """For light pages."""

    name = LIGHT
    background_color = "#f6f2ea"
    highlight_color = "#efe4c6"
    line_number_color = "#635d55"
    styles = _rules(_Inks("#2a2621", "#635d55", "#8c2f24", "#3d5f22", "#1d4f91", "#7a4a06"))  # type: ignore[assignment]


class ManuscriptDark(Style):
    """For dark pages."""

    name = DARK
    background_color = "#211f1c"
    highlight_color = "#38332a"
    line_number_color = "#a39c90"
    styles = _rules(_Inks("#e4dfd6", "#a39c90", "#f0988a", "#b3d18c", "#9abdf0", "#e5bd7d"))  # type: ignore[assignment]


STYLES: dict[str, type[Style]] = {LIGHT: Manuscript, DARK: ManuscriptDark}
