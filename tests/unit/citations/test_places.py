"""The labels that a text seems to have, which are no keys of entries."""

import pytest

from mathblog.pipeline.citing.places import TextLabels


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("\\label{eq:a} and \\label{b}", ["a", "b"]),
        ("A figure {#fig-a} and one {.wide #b}", ["a", "b"]),
        ("{: .wide #a}", ["a"]),
        ("{# #a}", ["a"]),
        ("{.wide #a #b}", ["a", "b"]),
        ("${x}$ #a and {#b}", ["b"]),
        ("{ on a line\n#a}", []),
        ("#include <a>\nint main() {\n#define b 1\n}", []),
        ("<i>&#10;</i>#a &#10; {#b}", ["b"]),
        ("# A heading\n\n{ #", []),
    ],
)
def test_labels_of_a_text(text: str, names: list[str]) -> None:
    labels = TextLabels(text)
    assert [name for name in ("a", "b", "10", "include", "define") if name in labels] == names
