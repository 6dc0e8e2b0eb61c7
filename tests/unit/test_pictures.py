"""Pictures of formulas for the hovers of editors."""

import base64
from xml.etree import ElementTree as ET

import pytest
from lsprotocol import types

from mathblog.lsp.pictures import picture, takes_pictures

MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML">{}</math>'


def size(html: str) -> tuple[int, int]:
    svg = base64.b64decode(picture(html).removeprefix("data:image/svg+xml;base64,")).decode()
    assert "annotation" not in svg
    root = ET.fromstring(svg)
    return int(root.attrib["width"]), int(root.attrib["height"])


def test_a_picture_is_as_high_as_katex_says_and_grows_with_the_longest_row() -> None:
    strut = '<span class="katex-strut" style="height:{}em;"></span>'
    one = MATH.format("<mi>x</mi><annotation>a &lt; b</annotation>")
    width, height = size(one + strut.format(1))
    assert (width, height) == (50, 37)  # 2.75 em and 2.05 em of 18 pixels
    assert size(one + strut.format(1) + strut.format(3))[1] == 82
    rows = MATH.format("<mtable><mtr><mi>x</mi></mtr><mtr><mn>123456</mn></mtr></mtable>")
    assert size(rows)[0] == 117
    assert size(MATH.format("<mn>1</mn>" * 1000))[0] == 810
    assert picture('<span class="katex-error">x</span>') == ""


@pytest.mark.parametrize(
    ("name", "formats", "expected"),
    [
        ("Visual Studio Code", ["markdown", "plaintext"], True),
        ("Visual Studio Code - Insiders", ["markdown"], True),
        ("VSCodium", ["markdown"], True),
        ("Visual Studio Code", ["plaintext"], False),
        ("Neovim", ["markdown"], False),
        ("", ["markdown"], False),
    ],
)
def test_editors_that_draw_them(name: str, formats: list[str], expected: bool) -> None:  # noqa: FBT001 - a table of them
    hovers = types.HoverClientCapabilities(content_format=[types.MarkupKind(it) for it in formats])
    capabilities = types.ClientCapabilities(text_document=types.TextDocumentClientCapabilities(hover=hovers))
    about = types.ClientInfo(name) if name else None
    assert takes_pictures(types.InitializeParams(capabilities, client_info=about)) is expected
    assert not takes_pictures(types.InitializeParams(types.ClientCapabilities(), client_info=about))
