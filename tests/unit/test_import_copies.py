"""What an import copies into a site: drawings that only draw, no settings, no code."""

from xml.etree import ElementTree as ET

import pytest

from mathblog.pipeline.images.svg import clean_svg
from mathblog.pipeline.importing.copied import may_write

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
MATPLOTLIB = f"""<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg {SVG} width="4pt" viewBox="0 0 4 4" version="1.1"><metadata><rdf:RDF xmlns:rdf="http://r"><a/></rdf:RDF></metadata><defs><style type="text/css">*{{stroke-linejoin: round}}</style><clipPath id="p"><rect width="4"/></clipPath></defs>
<g id="a" clip-path="url(#p)" style="fill: none; fill: url('#p')"><path d="M 0 0&#10;L 1 1"/><use xlink:href="#a"/></g>
<a href="https://example.org"><text>x &lt; y &amp; z</text></a><image href="data:image/png;base64,AA=="/></svg>"""


def test_a_drawing_stays_what_it_is() -> None:
    cleaned, taken = clean_svg(MATPLOTLIB)
    assert taken == ()
    before, after = ET.fromstring(MATPLOTLIB), ET.fromstring(cleaned)
    before.remove(before[0])
    assert [(it.tag, it.attrib, it.text) for it in after.iter()] == [
        (it.tag, it.attrib, it.text) for it in before.iter()
    ]


ATTACKS = {
    "a script": ("<script>alert(1)</script>", ("<script>",)),
    "of another prefix": ('<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>', ("<script>",)),
    "of HTML": ('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>', ()),
    "HTML inside": ('<foreignObject><b onclick="alert(1)"/></foreignObject>', ("<foreignObject>",)),
    "a handler": ('<g ONLOAD="alert(1)"/>', ("ONLOAD",)),
    "a link": ('<a xlink:href=" java&#10;script:alert(1)"><g/></a>', ("href",)),
    "an animated link": ('<a><animate attributeName="href" values="javascript:alert(1)"/></a>', ("<animate>",)),
    "a set handler": ('<set attributeName="onclick" to="alert(1)"/>', ("<set>",)),
    "an image of another host": ('<image href="https://alert.example/1"/>', ("href",)),
    "a drawing in a drawing": ('<image href="data:image/svg+xml,alert"/>', ("href",)),
    "another file": ('<use href="/alert.svg#a"/>', ("href",)),
    "a style that loads": ("<style>@import 'alert';</style>", ("@import",)),
    "a style in two pieces": ("<style>a{fill:ur<!-- -->l(//alert)}</style>", ("@import",)),
    "an escaped style": (r'<g style="fill:\75rl(alert)"/>', ("style",)),
    "an attribute that loads": (
        '<g fill="url(https://alert#a)" clip-path="url( &quot;//alert&quot;)"/>',
        ("fill", "clip-path"),
    ),
    "a base": ('<g xml:base="https://alert"/>', ()),
    "an instruction": ("<?xml-stylesheet href='alert'?><!-- alert -->", ()),
    "a section": ("<style><![CDATA[a{b:url(alert)}]]></style>", ("@import",)),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_nothing_of_a_drawing_runs_or_loads(name: str) -> None:
    content, taken = ATTACKS[name]
    cleaned, told = clean_svg(f"<svg {SVG}>{content}</svg>".encode())
    assert b"alert" not in cleaned
    assert told == taken
    ET.fromstring(cleaned)


@pytest.mark.parametrize(
    "content",
    [
        "<svg",
        "",
        "GIF89a",
        "<html><body/></html>",
        "<!DOCTYPE svg [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><svg>&b;</svg>",
        "<!DOCTYPE svg [<!ENTITY % a SYSTEM 'file:///etc/passwd'> %a;]><svg/>",
        "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg>&a;</svg>",
    ],
)
def test_what_is_no_drawing_is_left_out(content: str) -> None:
    with pytest.raises(ValueError, match="it "):
        clean_svg(content)


def test_a_drawing_of_a_hundred_thousand_levels() -> None:
    cleaned, _ = clean_svg(f"<svg {SVG}>{'<g>' * 100_000}{'</g>' * 100_000}</svg>")
    assert cleaned.count(b"<g>") == 100_000


@pytest.mark.parametrize(
    ("path", "may"),
    [
        *(
            (path, True)
            for path in ("_posts/a/b.PNG", "about.md", "_bibliography/a.bib", "assets/a/b.svg", "_drafts/a.md")
        ),
        *(
            (path, False)
            for path in ("_plugins/a.py", "_config.yml", "_layouts/a.html", "_data/a.csv", "_includes/a.md")
        ),
        *((path, False) for path in (".github/workflows/a.md", "a/.htaccess", ".git/hooks/pre-commit.md", "Makefile")),
        *(
            (path, False)
            for path in ("Gemfile", "a.html", "a/b.js", "a.xhtml", "a.svgz", "conftest.py", "a.json", "a.css")
        ),
    ],
)
def test_no_settings_and_no_code_are_written(path: str, may: bool) -> None:  # noqa: FBT001
    assert may_write(path) == may
